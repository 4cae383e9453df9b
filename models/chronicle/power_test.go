package chronicle_test

import (
	"regexp"
	"strings"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/modeltest"
	"splinternet/models/power"
	"splinternet/sim"
)

// What states build is told of those that matter, and of those that make a number full.
func TestDiffusionIsTold(t *testing.T) {
	w := modeltest.World(30)
	for i := range w.States.N {
		w.States.Offence[i] = 0
	}
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	modeltest.Play(t, w, 1, 60, power.New(new(sim.Parameters)))
	told := map[string]int{}
	texts := ""
	for _, e := range w.Chronicle.Entries {
		told[e.Kind]++
		texts += e.Text + "\n"
		if e.Weight < 0 || e.Weight > 1 || !strings.HasSuffix(e.Text, ".") || len(e.Actors) == 0 {
			t.Errorf("%+v", e)
		}
	}
	if told["office"] == 0 || told["capability"] == 0 || told["office"] > 30 {
		t.Errorf("the chronicle has %v", told)
	}
	for _, want := range []string{
		"can now mount cyber operations of its own, as the first state.", "as one other can.", "as 7 others can.",
		"30 states can now mount cyber operations of their own; s", "; 25 states now have one.",
	} {
		if strings.Count(texts, want) != 1 {
			t.Errorf("%q is not told, or more than once", want)
		}
	}

	// Of states that do not matter only those that make a number full are told.
	small := modeltest.World(150)
	small.Chronicle.On, small.Chronicle.Teller = true, chronicle.Chronicle{}
	modeltest.Play(t, small, 1, 60, power.New(new(sim.Parameters)))
	full := regexp.MustCompile(`^\d+ states (can now mount cyber operations|now have an office)`)
	for _, e := range small.Chronicle.Entries {
		if !full.MatchString(e.Text) {
			t.Errorf("%+v", e)
		}
	}
}
