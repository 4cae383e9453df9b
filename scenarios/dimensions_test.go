package scenarios

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/models/measures"

	"pgregory.net/rapid"
)

// inDimensions is a lively world of ten listed states whose positions are the same in
// every dimension.
func inDimensions(dim int, start string, ticks int) string {
	text := lively(10, 1, "quarter", start, ticks)
	generate := regexp.MustCompile(`(?s)\[world\.generate\].*?\n\n`)
	var states strings.Builder
	for k := 1; k <= 10; k++ {
		fmt.Fprintf(&states, "[[world.state]]\nid = \"S%02d\"\nbloc = \"bloc%d\"\nposition = [%.3f]\neconomy = %d\ndemocracy = %.2f\n", k, (k-1)*3/10+1, .05+.09*float64(k), 12-k, .1*float64(k))
	}
	text = generate.ReplaceAllLiteralString(text, states.String()+"\n")
	if dim == 1 {
		return text
	}
	point := regexp.MustCompile(`\[(0?\.\d+)\]`)
	text = point.ReplaceAllString(text, "[$1, $1]")
	return strings.Replace(text, "dimensions = 1", "dimensions = 2", 1)
}

// A second dimension that repeats the first is none: without domestic shocks, which
// come in each dimension, every mechanism does in two dimensions what it does in one.
func TestSecondDimensionThatRepeatsTheFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := rapid.SampledFrom([]string{"2018-07-01", "2018-10-01", "2019-01-01"}).Draw(t, "start")
		seed := rapid.Uint64().Draw(t, "seed")
		quiet := []string{"influence.noise=0", "forums.rival-members=2", "forums.founding=1", "forums.initiative=1"}
		var results []*models.Result
		for _, dim := range []int{1, 2} {
			s, err := Parse("dim.toml", inDimensions(dim, start, 16), Options{Set: quiet})
			if err != nil {
				t.Fatal(err)
			}
			results = append(results, play(t, simulation(t, s, s.Settings), seed, everything))
		}
		one, two := results[0], results[1]
		for k, m := range measures.All() {
			if m.Name == "effective_blocs" || m.Name == "modularity" || m.Name == "cross_bloc_links" {
				continue // Louvain may break a tie of rounding otherwise
			}
			for tick, x := range one.Series.Values[k] {
				if y := two.Series.Values[k][tick]; math.Abs(x-y) > 1e-6 {
					t.Fatalf("%s in tick %d is %g in one dimension and %g in two", m.Name, tick, x, y)
				}
			}
		}
		if len(one.Entries) != len(two.Entries) || len(one.Ballots) != len(two.Ballots) || one.Verdict.Label != two.Verdict.Label {
			t.Fatalf("%d entries and %d ballots in one dimension, %d and %d in two", len(one.Entries), len(one.Ballots), len(two.Entries), len(two.Ballots))
		}
	})
}

// On the data both dimensions move, and the rest of the world with them: the second is
// no copy, and changes what happens.
func TestBaselineInTwoDimensions(t *testing.T) {
	one := onBaseline(t, "", "time.ticks=24")
	two := onBaseline(t, "", "time.ticks=24", "world.dimensions=2")
	for _, r := range two {
		if len(r.w.States.Position) != 2*r.w.States.N {
			t.Fatal("positions are not of two dimensions")
		}
		moved := [2]bool{}
		for k, x := range r.w.States.Position {
			if x != r.w.States.Anchor[k] {
				moved[k%2] = true
			}
		}
		if moved != [2]bool{true, true} {
			t.Errorf("dimensions that move: %v", moved)
		}
	}
	if total(two, "votes") == 0 || total(two, "texts_adopted") == 0 || last(two, "bans") == 0 {
		t.Error("in two dimensions nothing happens")
	}
	if average(one, yeas("A/RES/73/27")) == average(two, yeas("A/RES/73/27")) {
		t.Error("values at home change no vote")
	}
	told(t, two, `asking (hardly anything|little|something|much|a great deal)`, `\(0\.\d\d and 0\.\d\d\)`)
	for _, measure := range []string{"native_reachability", "cooperation_depth", "openness", "hostility"} {
		if x := last(two, measure); !(x > 0 && x < 1) {
			t.Errorf("%s is %g in two dimensions", measure, x)
		}
	}
}
