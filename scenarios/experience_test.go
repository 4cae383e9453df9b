package scenarios

import (
	"testing"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/sim"
)

// Two histories that differ in the trust of their first day are the further apart after
// forty years the more of what happened stays; without experience hardly anything is left.
func TestExperienceMakesPathsDiverge(t *testing.T) {
	const blow = "extends = \"baseline\"\n[[event]]\nname = \"blow\"\ntick = 0\nkind = \"shock\"\ntargets = [\"group.west\"]\ntoward = [\"group.brics\", \"group.sco\"]\nvariable = \"trust\"\nfactor = 0.4\n"
	trust := func(text, rate string) float64 {
		s := load(t, text, Options{Ticks: 160, Set: []string{"security.experience=" + rate}})
		sum, pairs := 0.0, 0.0
		play(t, simulation(t, s, s.Settings), 1, models.Recording{Each: func(now *sim.Tick, w *world.World) error {
			if now.Index < 159 {
				return nil
			}
			west, brics := w.Groups[w.FindGroup("west")].Members, w.Groups[w.FindGroup("brics")].Members
			for _, i := range west {
				for _, j := range brics {
					sum, pairs = sum+w.MeanTrust(i, j), pairs+1
				}
			}
			return nil
		}})
		return sum / pairs
	}
	gap := func(rate string) float64 { return trust("extends = \"baseline\"\n", rate) - trust(blow, rate) }
	none, some, much := gap("0"), gap("0.05"), gap("0.1")
	t.Logf("gap of trust after forty years: %.3f without experience, %.3f at .05, %.3f at .1", none, some, much)
	if none > .02 || some < none+.03 || much < some+.01 {
		t.Errorf("gap of trust after forty years: %.3f without experience, %.3f at .05, %.3f at .1", none, some, much)
	}
}
