package scenarios

import (
	"context"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/models/forums/regime"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/sim"
	"splinternet/sim/experiment"
)

// This file holds what the politics of whole runs must look like: over joint draws of
// all parameters from their plausible ranges, and of the positions of states from what
// votes leave open.

// history is what one run's politics came to.
type history struct {
	label     verdict.Label
	births    int  // forums founded during the run, but for those that the scenario schedules
	busiest   int  // most such births in one tick
	minnow    bool // one of them was led by a state that is not among the leading diplomats
	votes     int  // contested votes of the Assembly after 2021: a tenth or more against or abstaining
	close     int  // of these, votes that less than two thirds of those voting yes or no won
	unanimous int  // votes after 2021 that are not contested
	longest   float64
	sequence  bool // a line saw parallel processes that coexisted for a year, and then their merger into a thin one
	births2   map[string]int
	clumsy    string // a sentence of the chronicle that no person would write
}

// unwritten is what a chronicle for people must not hold: identifiers, gaps, doubled
// marks, states without their article.
var unwritten = regexp.MustCompile(`\b[a-z]+_[a-z0-9_]+|%!|  |\.\.|, ,|(^|[^e] )United (States|Kingdom|Arab)|\b1 (states|votes|members|ratifications)\b|^[a-z]{3,} [a-z]+ [a-z]`)

// jointly gives every parameter but the thresholds of the verdict a value of its
// plausible range, with equal chance.
func jointly(rng *rand.Rand, settings models.Settings) models.Settings {
	drawn := settings
	drawn.Parameters = map[string]float64{}
	for name, value := range settings.Parameters {
		drawn.Parameters[name] = value
	}
	for _, p := range models.Declarations().All() {
		u := rng.Float64()
		if p.Kind != sim.Number && p.Kind != sim.Integer || p.Plausible.Max <= p.Plausible.Min || strings.HasPrefix(p.Name, "verdict.") {
			continue
		}
		x := p.Plausible.Min + u*(p.Plausible.Max-p.Plausible.Min)
		if p.Kind == sim.Integer {
			x = math.Round(x)
		}
		drawn.Parameters[p.Name] = x
	}
	return drawn
}

// chronicled plays one run and looks at its politics.
func chronicled(ctx context.Context, m *models.Simulation, seed uint64) (history, error) {
	h := history{births2: map[string]int{}}
	scheduled := map[string]bool{"un_oewg": true, "un_ahc": true, "paris_call": true, "wto_ecommerce": true, "un_gge": true}
	known, together := 0, map[world.Line]int{}
	merged := map[int]bool{}
	result, err := m.Run(ctx, seed, models.Recording{Chronicle: true, Each: func(now *sim.Tick, w *world.World) error {
		if now.Index == 0 {
			known = len(w.Forums)
		}
		born := 0
		for ; known < len(w.Forums); known++ {
			f := &w.Forums[known]
			if scheduled[f.ID] {
				continue
			}
			born++
			h.births2[string(f.Line)]++
			better := 0
			for _, d := range w.States.Diplomacy {
				if d > w.States.Diplomacy[f.Sponsor] {
					better++
				}
			}
			h.minnow = h.minnow || better >= 25 // a year may pass between the founding and the look at it
		}
		h.births += born
		h.busiest = max(h.busiest, born)
		for k := range w.Forums {
			f := &w.Forums[k]
			if f.Status != world.Merged || merged[k] {
				continue
			}
			merged[k] = true
			for l := range w.Forums {
				other := &w.Forums[l]
				thin := other.Text >= 0 && w.Texts[other.Text].Depth < .4
				if l != k && other.Line == f.Line && other.Status == world.Alive && thin && together[f.Line] >= now.PerYear {
					h.sequence = true
				}
			}
		}
		for _, line := range world.Lines {
			if regime.Contested(w, line) {
				together[line]++
			}
		}
		return nil
	}})
	if err != nil {
		return h, err
	}
	h.label = result.Verdict.Label
	last := 0
	for _, e := range result.Entries {
		if h.clumsy == "" && unwritten.MatchString(e.Text) {
			h.clumsy = e.Text
		}
		if e.Kind == "vote" && e.Tick >= 14 && e.Yes+e.No > 0 {
			if 10*(e.No+e.Abstain) >= e.Yes+e.No+e.Abstain {
				h.votes++
				if 3*e.Yes < 2*(e.Yes+e.No) {
					h.close++
				}
			} else {
				h.unanimous++
			}
		}
		switch e.Kind {
		case "vote", "text", "forum", "treaty", "norm", "deadlock":
			h.longest = max(h.longest, float64(e.Tick-last)/4)
			last = e.Tick
		}
	}
	return h, nil
}

// histories plays joint draws of the baseline.
func histories(t *testing.T, draws int) []history {
	t.Helper()
	s, err := Load("baseline", Options{Set: []string{"world.initial=draw"}})
	if err != nil {
		t.Fatal(err)
	}
	var list []history
	_, err = experiment.Ordered(context.Background(), 0, draws, runtime.GOMAXPROCS(0),
		func() (experiment.Job[history], error) {
			return func(ctx context.Context, i int) (history, error) {
				m, err := models.New(s.World, jointly(rand.New(rand.NewPCG(7, uint64(i))), s.Settings))
				if err != nil {
					return history{}, err
				}
				return chronicled(ctx, m, sim.ReplicateSeed(7, i))
			}, nil
		},
		func(_ int, h history, failure *experiment.Failure) error {
			if failure != nil {
				return failure
			}
			list = append(list, h)
			return nil
		})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Over joint draws no label is certain, forums are born at a plausible rate and by
// those who can, parallel processes come together again in a good part of histories,
// and the Assembly goes on voting on what divides it.
func TestJointDraws(t *testing.T) {
	draws := 12
	if os.Getenv("SPLINTERNET_FULL") != "" {
		draws = 200
	}
	list := histories(t, draws)
	labels, lines := map[verdict.Label]int{}, map[string]int{}
	n, births, votes, close, sequences, crowded, quiet := float64(len(list)), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	for _, h := range list {
		labels[h.label]++
		births += float64(h.births) / n
		votes += float64(h.votes) / n
		close += float64(h.close) / n
		if h.sequence {
			sequences += 1 / n
		}
		if h.busiest > 2 {
			crowded += 1 / n
		}
		if h.longest > 2 {
			quiet += 1 / n
		}
		if h.clumsy != "" {
			t.Errorf("the chronicle says %q", h.clumsy)
		}
		if h.minnow {
			t.Error("a small state leads the founding of a forum")
		}
		for line, k := range h.births2 {
			lines[line] += k
		}
	}
	t.Logf("%d draws: labels %v, %.2f births a decade (%v), %.1f contested votes after 2021, %.1f of them close, sequence in %.0f %%, more than two births at once in %.0f %%, two years of silence in %.0f %%",
		len(list), labels, births/2.25, lines, votes, close, 100*sequences, 100*crowded, 100*quiet)
	if os.Getenv("SPLINTERNET_FULL") == "" {
		return
	}
	for label, k := range labels {
		if float64(k) > .8*n {
			t.Errorf("%s in %d of %d draws: the default is not open", label, k, len(list))
		}
	}
	if births/2.25 < .5 || births/2.25 > 2 {
		t.Errorf("%.2f births a decade", births/2.25)
	}
	if sequences < .1 {
		t.Errorf("split, coexistence and thin merger in %.0f %% of draws", 100*sequences)
	}
	if votes < 5 {
		t.Errorf("%.1f contested votes in the nineteen years after 2021", votes)
	}
}
