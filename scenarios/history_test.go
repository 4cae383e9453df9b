package scenarios

import (
	"math"
	"testing"

	"splinternet/models"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"
)

// The history tells what happened: who tabled and ratified what, which texts passed
// without a vote, tallies near the recorded ones where the model's states decide them, and the Global
// Mechanism in the place of the open-ended working group.
func TestHistoryFollowsTheRecord(t *testing.T) {
	s, err := Load("history-2018-2025", Options{})
	if err != nil {
		t.Fatal(err)
	}
	m := simulation(t, s, s.Settings)
	const runs, within = 12, 15
	type tally [3]float64 // yes, no, abstain
	recorded := map[string]tally{
		"A/RES/75/32": {153, 11, 9}, "A/RES/75/240": {92, 50, 21}, "A/RES/77/37": {157, 6, 14},
		"A/RES/78/16": {158, 10, 12}, "A/RES/78/237": {112, 52, 11},
	}
	loose := map[string]float64{"A/RES/78/237": 30} // only its tally in the committee is at hand
	mean, quiet := map[string]tally{}, map[string]int{}
	for replicate := range runs {
		var last *world.World
		result := play(t, m, sim.ReplicateSeed(1, replicate), models.Recording{Chronicle: true, Ballots: true, Each: func(now *sim.Tick, w *world.World) error {
			if now.Index == s.Calendar.Ticks-1 {
				last = w.Clone()
			}
			return nil
		}})
		for _, e := range result.Entries {
			if _, divided := recorded[e.Name]; divided && e.Kind == "vote" {
				sum := mean[e.Name]
				for k, n := range []int{e.Yes, e.No, e.Abstain} {
					sum[k] += float64(n) / runs
				}
				mean[e.Name] = sum
			} else if e.Kind == "text" {
				quiet[e.Name]++
			}
		}
		for _, b := range result.Ballots {
			if b.Text == "A/RES/77/37" && last.States.ID[b.State] == "RUS" && b.Vote != voting.No {
				t.Errorf("Russia votes %v on the programme of action", b.Vote)
			}
		}
		for text, want := range map[string]int{"budapest-convention": 77, "malabo-convention": 15, "un-cybercrime-convention": 0} {
			k, got := last.FindText(text), 0
			for i := 0; k >= 0 && i < last.States.N; i++ {
				if last.Texts[k].Covers(i) {
					got++
				}
			}
			if got != want {
				t.Errorf("%s binds %d states at the end, recorded %d", text, got, want)
			}
		}
		if k := last.FindText("paris-call"); last.Texts[k].Adherence[last.FindState("USA")] == world.Outside {
			t.Error("the United States is not behind the Paris Call at the end")
		}
		mechanism, group := last.FindForum("un_global_mechanism"), last.FindForum("un_oewg")
		if mechanism < 0 || last.Forums[mechanism].Status != world.Alive || last.Forums[mechanism].MandateEnd != world.NoEnd {
			t.Error("there is no permanent Global Mechanism at the end")
		}
		if last.Forums[group].Status != world.Merged {
			t.Errorf("the open-ended working group is %v at the end", last.Forums[group].Status)
		}
	}
	for text, want := range recorded {
		got, most := mean[text], float64(within)
		if loose[text] > 0 {
			most = loose[text]
		}
		t.Logf("%-12s recorded %v, mean %.0f", text, want, got)
		for k := range want {
			if math.Abs(got[k]-want[k]) > most {
				t.Errorf("%s: recorded %v, mean %.0f", text, want, got)
				break
			}
		}
	}
	for _, text := range []string{"A/RES/76/19", "A/RES/79/237"} {
		if quiet[text] != runs {
			t.Errorf("%s passes without a vote in %d runs of %d", text, quiet[text], runs)
		}
	}
}
