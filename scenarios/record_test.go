package scenarios

import (
	"maps"
	"slices"
	"testing"
	"time"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/scenarios/data"
	"splinternet/sim"
)

// beyond are the events of the scenarios that follow the record which the timeline does
// not have: what follows from another event, and what stands for a development.
var beyond = []string{
	"oewg-ends", "positions-after-the-invasion", "russia-moves-away", "china-moves-away", "new-ip", "paris-call", "vendor-bans", "vendor-limits",
}

// The timeline is the one truth on what happened after 2020: events of these years in the history
// bear the name and the day of one of its rows, or are a restriction of bans.csv.
func TestHistoryIsNamedByTheTimeline(t *testing.T) {
	rows, bans := recorded(t)
	for _, name := range []string{"history-2018-2025", "baseline-2025"} {
		s, err := Load(name, Options{})
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for _, e := range s.tree.Get("event").Nodes {
			id := e.Get("name").Text()
			day, ok := e.Get("date").Value.(time.Time)
			if !ok {
				t.Fatalf("%s: %s has no date", name, id)
			}
			if day.Year() < 2021 || slices.Contains(beyond, id) {
				continue
			}
			row, known := rows[id]
			switch {
			case known && name == "history-2018-2025" && !row.Date.Equal(day):
				t.Errorf("%s: %s is of %s, in the timeline of %s", name, id, day.Format(time.DateOnly), row.Date.Format(time.DateOnly))
			case !known && !slices.ContainsFunc(bans, day.Equal):
				t.Errorf("%s: %s is neither in timeline.csv nor in bans.csv", name, id)
			case known:
				found++
			}
		}
		t.Logf("%s: %d events of rows of the timeline", name, found)
		if found < 8 {
			t.Errorf("%s: %d events only are of the timeline", name, found)
		}
	}
}

// recorded are the rows of the timeline by identifier, and the days of restrictions on Huawei.
func recorded(t *testing.T) (map[string]data.Happening, []time.Time) {
	t.Helper()
	list, err := data.Timeline()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]data.Happening{}
	for _, h := range list {
		rows[h.ID] = h
	}
	bans, err := data.Restrictions()
	if err != nil {
		t.Fatal(err)
	}
	var days []time.Time
	for _, b := range bans {
		days = append(days, b.Date)
	}
	return rows, days
}

// What of the record after 2020 is left to the model, and in how many of the runs it comes out
// as it did: logged as it falls, and asserted only where a run that differs would be wrong about
// the war, the texts that are scripted or most of what is not.
func TestHistoryLeavesToTheModel(t *testing.T) {
	const runs = 20
	s, err := Load("history-2018-2025", Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := simulation(t, s, s.Settings)
	happened, least := map[string]int{}, map[string]int{ // runs at least, of those that happened in the record
		"the open-ended working group reports by consensus by 2022":          runs / 2,
		"the group of governmental experts reports by consensus by 2022":     runs / 4,
		"the ITU does not adopt New IP":                                      runs - 1,
		"the committee brings about a convention on cybercrime by 2024":      runs - 2,
		"and does so without a vote":                                         runs / 4,
		"nobody who sides against Russia has an agreement or a line with it": runs,
		"nor do they trust each other as before":                             runs,
		"the Counter Ransomware Initiative lives":                            runs,
		"nobody is bound by the convention on artificial intelligence":       runs,
	}
	for replicate := range runs {
		var before, after *world.World
		result := play(t, m, sim.ReplicateSeed(2, replicate), models.Recording{Chronicle: true, Each: func(now *sim.Tick, w *world.World) error {
			switch now.Index {
			case s.Calendar.At(time.Date(2022, time.January, 1, 0, 0, 0, 0, time.UTC)) - 1:
				before = w.Clone()
			case s.Calendar.Ticks - 1:
				after = w.Clone()
			}
			return nil
		}})
		for what, ok := range comesOut(s, result.Entries, before, after) {
			if ok {
				happened[what]++
			}
		}
	}
	for _, what := range slices.Sorted(maps.Keys(least)) {
		want := least[what]
		t.Logf("%2d of %d runs: %s", happened[what], runs, what)
		if happened[what] < want {
			t.Errorf("%s in %d of %d runs, want %d at least", what, happened[what], runs, want)
		}
	}
}

// comesOut tells what of the record a run has brought about.
func comesOut(s *Scenario, entries []world.Entry, before, after *world.World) map[string]bool {
	told := func(kind, name string, by int) bool {
		last := s.Calendar.At(time.Date(by, time.December, 31, 0, 0, 0, 0, time.UTC))
		return slices.ContainsFunc(entries, func(e world.Entry) bool { return e.Kind == kind && e.Name == name && e.Tick <= last })
	}
	russia, n := after.FindState("RUS"), after.States.N
	agrees, was, is := false, 0.0, 0.0
	for i := range n {
		if !after.Dyads.AtWar(i, russia, after.Tick) {
			continue
		}
		agrees = agrees || after.Dyads.Agreement(i, russia) >= 0 || after.Dyads.Channel[i*n+russia] > 0
		was += before.MeanTrust(i, russia)
		is += after.MeanTrust(i, russia)
	}
	bound := 0
	if k := after.FindText("ai-convention"); k >= 0 {
		for i := range n {
			if after.Texts[k].Covers(i) {
				bound++
			}
		}
	}
	club, convention := after.FindForum("counter_ransomware"), after.FindText("un-cybercrime-convention")
	return map[string]bool{
		"the open-ended working group reports by consensus by 2022":          told("text", "oewg-2021-report", 2022),
		"the group of governmental experts reports by consensus by 2022":     told("text", "gge-2015-norms", 2022),
		"the ITU does not adopt New IP":                                      !told("text", "new-ip", 2025),
		"the committee brings about a convention on cybercrime by 2024":      convention >= 0 && after.Texts[convention].Status == world.InForce,
		"and does so without a vote":                                         told("text", "un-cybercrime-convention", 2024),
		"nobody who sides against Russia has an agreement or a line with it": !agrees,
		"nor do they trust each other as before":                             is < .75*was,
		"the Counter Ransomware Initiative lives":                            club >= 0 && after.Forums[club].Status == world.Alive,
		"nobody is bound by the convention on artificial intelligence":       bound == 0,
	}
}

// What the model reads in the years of the war is the anchor for what counts as hostile: the
// two-year mean of hostility lies above that of the first two years in nearly every run.
func TestHostilityOfTheWar(t *testing.T) {
	const runs = 20
	s, err := Load("history-2018-2025", Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := simulation(t, s, s.Settings)
	mean := func(result *models.Result, measure string, year int) float64 {
		from := max(0, s.Calendar.At(time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)))
		values := result.Series.Of(measure)[from : from+2*s.Calendar.PerYear()]
		sum := 0.0
		for _, v := range values {
			sum += v
		}
		return sum / float64(len(values))
	}
	higher := 0
	for _, measure := range []string{"hostility", "native_reachability", "cooperation_depth", "openness"} {
		var early, war, low, high float64 = 0, 0, 1, 0
		for replicate := range runs {
			result := play(t, m, sim.ReplicateSeed(1, replicate), models.Recording{})
			before, during := mean(result, measure, 2018), mean(result, measure, 2022)
			early, war = early+before/runs, war+during/runs
			low, high = min(low, during), max(high, during)
			if measure == "hostility" && during > before {
				higher++
			}
		}
		t.Logf("%s: %.3f in the first two years, %.3f in 2022-23 (%.3f to %.3f over %d runs)", measure, early, war, low, high, runs)
	}
	if higher < runs-2 {
		t.Errorf("hostility is higher in 2022-23 than in the first two years in %d of %d runs only", higher, runs)
	}
}
