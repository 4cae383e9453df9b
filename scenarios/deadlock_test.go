package scenarios

import (
	"os"
	"testing"

	"splinternet/models/measures"
)

// Of the sessions of the United Nations a tenth to two fifths end in deadlock, as two of
// the six groups of governmental experts did; where chairs see all moods hardly any does.
func TestSessionsOfTheUnitedNationsFail(t *testing.T) {
	runs := 8
	if os.Getenv("SPLINTERNET_FULL") != "" {
		runs = 100
	}
	count := func(set []string) (sessions, deadlocks float64) {
		for _, r := range playLibrary(t, "baseline", runs, set...) {
			for k, m := range measures.All() {
				for _, x := range r.Series.Values[k] {
					switch m.Name {
					case "un_sessions":
						sessions += x
					case "un_deadlocks":
						deadlocks += x
					}
				}
			}
		}
		return sessions, deadlocks
	}
	sessions, deadlocks := count(nil)
	t.Logf("%.0f of %.0f sessions of the United Nations in %d runs of the baseline end in deadlock: %.1f %%", deadlocks, sessions, runs, 100*deadlocks/sessions)
	if share := deadlocks / sessions; share < .1 || share > .4 {
		t.Errorf("%.2f of sessions end in deadlock, want between a tenth and two fifths", share)
	}
	if sessions, deadlocks = count([]string{"forums.ambition=0", "forums.worthwhile=0"}); deadlocks > .02*sessions {
		t.Errorf("%.0f of %.0f sessions end in deadlock although chairs see all moods", deadlocks, sessions)
	}
}
