package scenarios

import (
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/sim"
)

// regimes is the strength at which rules are recommended to open and close networks.
const (
	regimes   = "interconnection.regimes=0.5"
	noRegimes = "interconnection.regimes=0"
)

// At the strength recommended, what all states come to agree on opens networks: with
// every state in the Budapest Convention users reach more of each other. Nothing of this
// shows at 0.
func TestRulesMoveReachability(t *testing.T) {
	s := mustLoad(t, "baseline")
	all := s.World.States.ID
	text := func(text, answer string, states []string) string {
		var b strings.Builder
		for _, id := range states {
			b.WriteString("[[decision]]\nagent = \"state." + id + "\"\ndecide = \"adopt\"\nabout = \"" + text + "\"\nanswer = \"" + answer + "\"\n")
		}
		return b.String()
	}
	reach := func(changes string, set ...string) float64 {
		s := load(t, "title = \"Changed\"\nextends = \"baseline\"\n"+changes, Options{Ticks: 48, Set: append([]string{"crime.rate=0", "security.restraint=0"}, set...)}) // which move with rules, too
		m, sum := simulation(t, s, s.Settings), 0.0
		const runs = 3
		for replicate := range runs {
			result := play(t, m, sim.ReplicateSeed(1, replicate), models.Recording{})
			series := result.Series.Of("native_reachability")
			sum += series[len(series)-1] / runs
		}
		return sum
	}
	joined := text("budapest-convention", "yes", all)
	on, off, together := reach("", regimes), reach("", noRegimes), reach(joined, regimes)
	t.Logf("where rules count %.4f, and %.4f where everybody joins; where they do not %.4f", on, together, off)
	if together < on+.01 {
		t.Errorf("reachability where everybody joins is %.4f, else %.4f", together, on)
	}
	if got := reach(joined, noRegimes); got < off-.003 || got > off+.003 {
		t.Errorf("where rules do not count, reachability is %.4f where everybody joins and %.4f else", got, off)
	}
}
