package scenarios

import (
	"math"
	"runtime"
	"testing"
	"time"

	"splinternet/models"
	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"
)

// These tests hold the real world of 2018 to what was recorded. They use few ticks
// and many seeds, and bounds wide enough for parameters to be tuned within them.

// The recorded votes come out on average: yes, no and abstentions of the six roll
// calls of 2018 and 2019 (data/votes.csv). Those of 2018 are in-sample.
func TestBaselineVotes(t *testing.T) {
	s, err := Load("baseline", Options{Ticks: 6})
	if err != nil {
		t.Fatal(err)
	}
	const runs = 20
	recorded := map[string][3]float64{ // yes, no, abstain
		"A/RES/73/27": {119, 46, 14}, "A/RES/73/187": {94, 59, 33}, "A/RES/73/266": {138, 12, 16},
		"A/RES/74/28": {163, 10, 6}, "A/RES/74/29": {129, 6, 45}, "A/RES/74/247": {79, 60, 33},
	}
	means := map[string][3]float64{}
	m := simulation(t, s, s.Settings)
	for replicate := range runs {
		for _, e := range play(t, m, sim.ReplicateSeed(1, replicate), models.Recording{Chronicle: true}).Entries {
			if _, known := recorded[e.Name]; known && e.Kind == "vote" {
				mean := means[e.Name]
				for k, n := range []int{e.Yes, e.No, e.Abstain} {
					mean[k] += float64(n) / runs
				}
				means[e.Name] = mean
			}
		}
	}
	// The yes votes decide; no and abstention share what is left, and who was absent
	// on a day is not in the model.
	// The least fitting is 74/29, whose opponents of 2018 abstained in 2019: the model
	// lets half of them vote no still.
	const yes, rest = 12, 24
	for text, want := range recorded {
		got := means[text]
		t.Logf("%-13s recorded %v, mean %.1f", text, want, got)
		modeltest.Near(t, text+": yes", got[0], want[0], yes)
		modeltest.Near(t, text+": no", got[1], want[1], rest)
		modeltest.Near(t, text+": abstain", got[2], want[2], rest)
	}
}

// The baseline's first year sees the recorded number of incidents between rivals,
// and most go unanswered (Valeriano and Maness 2014; Kreps and Schneider 2019): fewer than
// 15 % climb a rung.
func TestBaselineIncidents(t *testing.T) {
	const ticks, runs = 24, 25
	s, err := Load("baseline", Options{Ticks: ticks})
	if err != nil {
		t.Fatal(err)
	}
	settings := s.Settings
	settings.Parameters = map[string]float64{"security.rate": 20}
	settings.Events = nil // a crisis that a scenario schedules is no part of the rate
	m := simulation(t, s, settings)
	first, all, climbs := 0.0, 0.0, 0.0
	for replicate := range runs {
		r := play(t, m, sim.ReplicateSeed(2, replicate), models.Recording{})
		for tick := range ticks {
			n := r.Series.Of("incidents")[tick]
			all += n
			climbs += r.Series.Of("escalations")[tick]
			if tick < 4 {
				first += n / runs
			}
		}
	}
	// Four standard deviations of the mean of 25 Poisson years.
	modeltest.Near(t, "incidents in the first year", first, 20, 4*math.Sqrt(20./runs))
	if share := climbs / all; share >= .15 || climbs == 0 {
		t.Errorf("%.1f %% of %g incidents climb a rung", 100*share, all)
	}
}

// Links, power and positions of the first day are those that the specification was
// checked against: West .57 of power, openness .53-.57, native reachability .82.
func TestBaselineStart(t *testing.T) {
	s, err := Load("baseline", Options{Ticks: 1})
	if err != nil {
		t.Fatal(err)
	}
	r := play(t, simulation(t, s, s.Settings), 1, models.Recording{})
	for name, want := range map[string]float64{"western_power": .57, "openness": .55, "native_reachability": .82} {
		const tuning = .05 // positions and filters are estimates that better ones may replace
		modeltest.Near(t, name, r.Series.Of(name)[0], want, tuning)
	}
}

// A tick in which nothing is on the calendar allocates nothing: neither the
// mechanisms nor the headline measures.
func TestSteadyTickAllocatesNothing(t *testing.T) {
	s, err := Load("baseline", Options{Ticks: 36, Set: []string{`time.tick="month"`}})
	if err != nil {
		t.Fatal(err)
	}
	settings := s.Settings
	settings.Events = nil
	// The list of pairs with a response grows when one more responds.
	settings.Parameters = map[string]float64{"security.escalation": 0}
	m := simulation(t, s, settings)
	// Forums meet in June, states ratify in July, the Assembly sits in December, and
	// stacks, controls, markets and offices have their day in January: those months
	// make texts and lists. From the ninth tick on all buffers have their size.
	busy := map[time.Month]bool{time.June: true, time.July: true, time.December: true, time.January: true}
	least := map[int]uint64{}
	for range 3 { // the least of three: the runtime allocates at times, too
		var before, after runtime.MemStats
		record := headline()
		standing := 0
		record.Each = func(now *sim.Tick, w *world.World) error {
			runtime.ReadMemStats(&after)
			// Nor is a tick steady in which a forum or one of its members comes or goes.
			was := standing
			standing = 0
			for k := range w.Forums {
				standing += 1000 * int(w.Forums[k].Status)
				for _, in := range w.Forums[k].Members {
					if in {
						standing++
					}
				}
			}
			if now.Index > 8 && !busy[now.Date.Month()] && standing == was {
				n := after.Mallocs - before.Mallocs
				if old, seen := least[now.Index]; !seen || n < old {
					least[now.Index] = n
				}
			}
			runtime.ReadMemStats(&before)
			return nil
		}
		play(t, m, 1, record)
	}
	if len(least) < 12 {
		t.Fatalf("only %d ticks are steady", len(least))
	}
	for tick, n := range least {
		if n > 0 {
			t.Errorf("tick %d, in %s, allocates %d times", tick, s.Calendar.Date(tick).Month(), n)
		}
	}
}
