package scenarios

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"splinternet/models/world"

	"gonum.org/v1/gonum/stat"
)

const tiny = `
title = "tiny"
[time]
start = 2020-01-01
tick = "year"
ticks = 10
[[world.state]]
id = "A"
position = 0.2
economy = 3
[[world.state]]
id = "B"
position = 0.8
`

func TestSmallWorldDefaults(t *testing.T) {
	w := load(t, tiny, Options{}).World
	sound(t, w)
	if w.States.Economy[0] != .75 || w.States.Users[0] != .5 || w.States.Democracy[1] != .8 || w.States.Anchor[1] != .8 {
		t.Errorf("%+v", w.States)
	}
	if got := w.Dyads.Trust[1]; math.Abs(got-.14) > 1e-12 {
		t.Error("trust", got)
	}
	if len(w.Stacks) != 1 || w.FindGroup("west") < 0 {
		t.Error("stacks or groups", w.Stacks, w.Groups)
	}
}

func TestBlocs(t *testing.T) {
	s, err := Load("two-blocs", Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := s.World
	n := w.States.N
	pair := func(a, b string) int { return w.FindState(a)*n + w.FindState(b) }
	d := &w.Dyads
	if !d.Ally[pair("ALD", "BOR")] || d.Ally[pair("ALD", "HAR")] || !d.Rival[pair("GOR", "ALD")] || d.Rival[pair("GOR", "BOR")] {
		t.Error("allies or rivals")
	}
	g := w.Groups[w.FindGroup("league")]
	if !g.Cue || !slices.Equal(g.Members, []int{4, 5, 6}) || len(w.Groups[w.FindGroup("west")].Members) != 4 {
		t.Errorf("%+v", w.Groups)
	}
	if len(w.Catalogue) != 1 || w.Catalogue[0].ID != "working-group" || w.FindForum("working-group") >= 0 {
		t.Error("a forum that does not exist yet belongs in the catalogue")
	}
	if k := w.FindForum("open-accord"); w.Texts[w.Forums[k].Text].Adherence[0] != world.Party {
		t.Error("members of a binding forum are parties")
	}
}

func TestGenerate(t *testing.T) {
	text := "title = \"g\"\n[time]\nstart = 2020-01-01\nticks = 4\n[world.generate]\nstates = 40\nblocs = 2\nswing = 0.2\nsizes = \"zipf\"\n"
	a, b := load(t, text, Options{}), load(t, text, Options{})
	if !reflect.DeepEqual(a.World, b.World) {
		t.Error("two worlds of one table differ")
	}
	sound(t, a.World)
	w := a.World
	if w.States.N != 40 || w.States.ID[0] != "S01" || len(w.Groups[0].Members) != 16 || w.States.Economy[0] <= w.States.Economy[1] {
		t.Errorf("%v %+v", w.States.ID, w.Groups)
	}
	// The draws of a state do not depend on how many states there are.
	more := load(t, text, Options{Set: []string{"world.generate.states=60"}}).World
	if more.States.Position[0] != w.States.Position[0] || more.States.Position[38] != w.States.Position[38] {
		t.Error("draws depend on the number of states")
	}
	other := load(t, text, Options{Set: []string{"world.generate.seed=2"}}).World
	if other.States.Position[0] == w.States.Position[0] {
		t.Error("the seed does nothing")
	}
}

func TestTwoDimensions(t *testing.T) {
	s := load(t, tiny+"[[world.forum]]\nid = \"f\"\n", Options{Set: []string{"world.dimensions=2", "world.state.A.position=[0.1, 0.9]"}})
	sound(t, s.World)
	if !slices.Equal(s.World.States.Position, []float64{.1, .9, .8, .8}) {
		t.Error(s.World.States.Position)
	}
	real, err := Load("baseline", Options{Set: []string{"world.dimensions=2", "state.IND.position=[0.4, 0.7]"}})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, real.World)
	k := real.World.FindState("IND") * 2
	p := real.World.States.Position
	if p[k] != .4 || p[k+1] != .7 {
		t.Error(p[k : k+2])
	}
	// The second dimension is values at home: Indonesia is nearer to the West there than
	// in what it wants of institutions, Singapore the other way round.
	of := func(id string) (institutions, values float64) {
		i := real.World.FindState(id) * 2
		return p[i], p[i+1]
	}
	for _, id := range []string{"IDN", "ZAF", "BRA"} {
		if institutions, values := of(id); values < institutions+.1 {
			t.Errorf("%s stands at %.2f abroad and %.2f at home", id, institutions, values)
		}
	}
	if institutions, values := of("SAU"); values > institutions-.1 {
		t.Errorf("Saudi Arabia stands at %.2f abroad and %.2f at home", institutions, values)
	}
	var first, second []float64
	for i := range real.World.States.N {
		if i != k/2 {
			first, second = append(first, p[2*i]), append(second, p[2*i+1])
		}
	}
	a, b := stat.PopMeanStdDev(first, nil)
	c, d := stat.PopMeanStdDev(second, nil)
	if math.Abs(a-c) > .02 || math.Abs(b-d) > .03 { // but for clipping, alike
		t.Errorf("mean %.3f and spread %.3f, in the second dimension %.3f and %.3f", a, b, c, d)
	}
}

func TestOverrides(t *testing.T) {
	text := tiny + `
[[world.firm]]
id = "f"
home = "A"
[[world.firm]]
id = "g"
home = "B"
[[world.forum]]
id = "k"
[[world.stack]]
id = "s"
[[world.stack]]
id = "t"
proposed = false
[groups]
all = ["A", "B"]
a-few = ["group.some"]
some = { members = ["group.all"], cue = true, cohesion = 0.4 }
[state.A]
position = 0.3
users = 0.9
stacks = { t = 0.25 }
[firm.f]
tie = 0.9
size = 4
[forum.k]
legitimacy = 0.9
depth = 0.7
[stack.t]
potential = 2
`
	w := load(t, text, Options{}).World
	sound(t, w)
	s := &w.States
	if s.Position[0] != .3 || s.Anchor[0] != .3 || s.Users[0] != .9 || math.Abs(s.Users[1]-.1) > 1e-12 {
		t.Errorf("%+v", s)
	}
	if !slices.Equal(s.Stack, []float64{.75, .25, 1, 0}) {
		t.Error(s.Stack)
	}
	if online := s.Population[0] * s.Penetration[0] / (s.Population[1] * s.Penetration[1]); math.Abs(online-9) > 1e-9 {
		t.Error("population does not follow users:", online)
	}
	if w.Firms.Tie[0] != .9 || w.Firms.Size[0] != 4 || w.Forums[0].Legitimacy != .9 || w.Texts[0].Depth != .7 || w.Stacks[1].Potential != 2 {
		t.Error("firm, forum or stack")
	}
	if g := w.Groups[w.FindGroup("some")]; !g.Cue || g.Cohesion != .4 || len(g.Members) != 2 {
		t.Errorf("%+v", g)
	}
}

func TestSharesHold(t *testing.T) {
	s, err := Load("baseline", Options{Set: []string{"state.IND.economy=0.2", "state.CHN.economy=0.3"}})
	if err != nil {
		t.Fatal(err)
	}
	sound(t, s.World)
	w := s.World
	if w.States.Economy[w.FindState("IND")] != .2 || w.States.Economy[w.FindState("CHN")] != .3 {
		t.Error("the shares that are set do not hold")
	}
}

// A small world without states is refused, and not an empty world.
func TestNoStates(t *testing.T) {
	got := problems(t, "title = \"x\"\n[time]\nstart = 2020-01-01\nticks = 4\n[world]\nstate = []\n", Options{})
	if !strings.Contains(got, ":5: world: lists no states") {
		t.Error(got)
	}
}
