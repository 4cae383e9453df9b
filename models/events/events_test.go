package events_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/events"
	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"
)

// exact is the rounding of a handful of operations.
const exact = 1e-12

// stage is events.Stage with a chronicle.
func stage() (*world.World, *events.Mechanism) {
	w, m := events.Stage()
	w.Chronicle.Teller = chronicle.Chronicle{}
	return w, m
}

// happen schedules effects for tick 0, plays it and returns the entries.
func happen(w *world.World, m *events.Mechanism, effects ...events.Effect) []world.Entry {
	m.Events = nil
	for _, e := range effects {
		m.Events = append(m.Events, events.Event{Name: "it", Tick: 0, Kind: "kind", Effect: e})
	}
	w.Chronicle.Entries = nil
	modeltest.Begin(w, 1, m)
	now := modeltest.At(w, 1, m.Name(), 0)
	world.Open(now, w)
	m.Step(now, w)
	return w.Chronicle.Entries
}

func number(x float64) *float64 { return &x }

// Events happen in their tick, once, and the chronicle tells them: by the
// scenario's own sentence where it gives one.
func TestStep(t *testing.T) {
	w, m := stage()
	m.Events = []events.Event{
		{Name: "a", Tick: 1, Kind: "shock", Effect: &events.Shock{Targets: []string{"state.s0"}, Variable: "control", Add: number(.1)}},
		{Name: "b", Tick: 2, Kind: "shock", Why: "Because.", Effect: &events.Shock{Targets: []string{"state.s0"}, Variable: "control", Add: number(.1)}},
	}
	for tick, want := range []float64{0, .1, .2, .2} {
		now := modeltest.At(w, 1, m.Name(), tick)
		world.Open(now, w)
		m.Step(now, w)
		modeltest.Near(t, "control", w.States.Control[0], want, exact)
	}
	e := w.Chronicle.Entries
	if len(e) != 2 || e[0].Name != "a" || e[0].Tick != 1 || e[0].By != "scenario" || e[0].Kind != "shock" || e[0].Text == "" || e[1].Text != "Because." {
		t.Errorf("entries %+v", e)
	}
}

// Every variable that a shock can change changes, in each of the three ways, and
// stays in its domain.
func TestShocks(t *testing.T) {
	dyad := func(w *world.World, i, j int) float64 { return w.Dyads.Trust[i*5+j] }
	reads := map[string]map[string]func(w *world.World) float64{
		"state": {
			"position": func(w *world.World) float64 { return w.States.Position[1] }, "anchor": func(w *world.World) float64 { return w.States.Anchor[1] },
			"stubbornness": func(w *world.World) float64 { return w.States.Stubbornness[1] }, "salience": func(w *world.World) float64 { return w.States.Salience[1] },
			"growth": func(w *world.World) float64 { return w.States.Growth[1] }, "users": func(w *world.World) float64 { return w.States.Population[1] },
			"diplomacy": func(w *world.World) float64 { return w.States.Diplomacy[1] }, "control": func(w *world.World) float64 { return w.States.Control[1] },
			"threat": func(w *world.World) float64 { return w.States.Threat[1] }, "trust": func(w *world.World) float64 { return dyad(w, 1, 2) },
			"economy": nil, "capability": nil, "offence": nil, // shares: below
		},
		"firm": {
			"position": func(w *world.World) float64 { return w.Firms.Position[1] }, "tie": func(w *world.World) float64 { return w.Firms.Tie[1] },
			"size": func(w *world.World) float64 { return w.Firms.Size[1] }, "diplomacy": func(w *world.World) float64 { return w.Firms.Diplomacy[1] },
		},
		"forum": {
			"legitimacy": func(w *world.World) float64 { return w.Forums[1].Legitimacy }, "position": func(w *world.World) float64 { return w.Forums[1].Position[0] },
		},
		"stack": {
			"potential": func(w *world.World) float64 { return w.Stacks[1].Potential }, "position": func(w *world.World) float64 { return w.Stacks[1].Position[0] },
			"recognition": func(w *world.World) float64 { return w.Stacks[1].Recognition },
		},
	}
	ids := map[string]string{"state": "state.s1", "firm": "firm.seller", "forum": "forum.club", "stack": "stack.new"}
	unbounded := []string{"salience", "users", "threat", "size", "growth", "potential"}
	for kind, variables := range events.ShockVariables {
		for _, variable := range variables {
			read, known := reads[kind][variable]
			if !known {
				t.Errorf("no test of a shock to %s of a %s", variable, kind)
			}
			if read == nil {
				continue
			}
			shock := func(s events.Shock) (before, after float64) {
				w, m := stage()
				s.Targets, s.Variable = []string{ids[kind]}, variable
				before = read(w)
				entries := happen(w, m, &s)
				if len(entries) != 1 || strings.Contains(entries[0].Text, "could not") || !(entries[0].Weight >= 0 && entries[0].Weight <= 1) {
					t.Errorf("%s of a %s: %+v", variable, kind, entries)
				}
				return before, read(w)
			}
			before, after := shock(events.Shock{Add: number(.1)})
			modeltest.Near(t, kind+" "+variable+" add", after, before+.1, 1e-6)
			before, after = shock(events.Shock{Factor: number(.5)})
			modeltest.Near(t, kind+" "+variable+" factor", after, before/2, 1e-6)
			_, after = shock(events.Shock{Value: number(.25)})
			modeltest.Near(t, kind+" "+variable+" value", after, .25, exact)
			if !slices.Contains(unbounded, variable) {
				_, after = shock(events.Shock{Add: number(7)})
				modeltest.Near(t, kind+" "+variable+" above its domain", after, 1, exact)
				_, after = shock(events.Shock{Add: number(-7)})
				modeltest.Near(t, kind+" "+variable+" below its domain", after, 0, exact)
			}
		}
	}
}

// Shares of the world stay shares.
func TestShocksToShares(t *testing.T) {
	for variable, read := range map[string]func(w *world.World) []float64{
		"economy":    func(w *world.World) []float64 { return w.States.Economy },
		"capability": func(w *world.World) []float64 { return w.States.Capability },
		"offence":    func(w *world.World) []float64 { return w.States.Offence },
	} {
		w, m := stage()
		happen(w, m, &events.Shock{Targets: []string{"state.s1"}, Variable: variable, Factor: number(3)})
		shares := read(w)
		modeltest.Near(t, variable+" of the shocked", shares[1], .6/1.4, exact)
		modeltest.Near(t, variable+" of another", shares[0], .2/1.4, exact)
	}
}

// Groups are shocked as a whole; trust changes in both directions, toward those
// named or toward all, each pair once.
func TestShocksToGroupsAndTrust(t *testing.T) {
	w, m := stage()
	happen(w, m, &events.Shock{Targets: []string{"group.east", "state.s4"}, Variable: "salience", Add: number(1)})
	if want := []float64{2, 2, 1, 1, 2}; !slices.Equal(w.States.Salience, want) {
		t.Errorf("salience %v", w.States.Salience)
	}
	happen(w, m, &events.Shock{Targets: []string{"group.east"}, Toward: []string{"state.s1", "state.s4"}, Variable: "trust", Add: number(-.2)})
	for pair, want := range map[[2]int]float64{{0, 1}: .3, {1, 0}: .3, {0, 4}: .3, {4, 0}: .3, {1, 4}: .3, {4, 1}: .3, {0, 2}: .5, {2, 3}: .5, {1, 1}: 1} {
		modeltest.Near(t, "trust", w.Dyads.Trust[pair[0]*5+pair[1]], want, exact)
	}
	w, m = stage()
	happen(w, m, &events.Shock{Targets: []string{"state.s0"}, Variable: "trust", Value: number(.9)})
	for j := 1; j < 5; j++ {
		modeltest.Near(t, "trust toward all", w.Dyads.Trust[j*5], .9, exact)
		modeltest.Near(t, "trust of all", w.Dyads.Trust[j], .9, exact)
	}
	modeltest.Near(t, "trust among the others", w.Dyads.Trust[1*5+2], .5, exact)
}

func TestBanAndLift(t *testing.T) {
	w, m := stage()
	entries := happen(w, m, &events.Ban{States: []string{"group.east", "state.s1"}, Firms: []string{"seller"}, Strength: 1})
	f := &w.Firms
	if !slices.Equal(f.Ban[5:], []float64{1, 1, 0, 0, 0}) || w.Standing.Bans != 2 || w.Activity.Bans != 2 {
		t.Errorf("bans %v, %+v, %+v", f.Ban, w.Standing, w.Activity)
	}
	// Half of what one side runs on and the other bars: .4/2 with an outsider, both
	// ways among the banners.
	modeltest.Near(t, "exclusion", w.Dyads.Exclusion[0*5+3], .2, exact)
	modeltest.Near(t, "exclusion among banners", w.Dyads.Exclusion[0*5+1], .4, exact)
	if !strings.Contains(entries[0].Text, "ban seller") {
		t.Errorf("told as %q", entries[0].Text)
	}
	entries = happen(w, m, &events.Ban{States: []string{"s0"}, Firms: []string{"seller"}, Strength: 0})
	if w.Standing.Bans != 1 || w.Activity.Bans != 0 || !strings.Contains(entries[0].Text, "readmits") {
		t.Errorf("lifted: %+v, %q", w.Standing, entries[0].Text)
	}
	modeltest.Near(t, "exclusion after lifting", w.Dyads.Exclusion[0*5+3], 0, exact)
}

func TestAgreementAndLapse(t *testing.T) {
	w, m := stage()
	happen(w, m, &events.Agreement{Parties: []string{"group.east", "state.s4"}, Channel: .6, Bridge: .4, Trust: .2})
	d := &w.Dyads
	for _, pair := range [][2]int{{0, 1}, {1, 4}, {4, 0}} {
		k := pair[0]*5 + pair[1]
		modeltest.Near(t, "channel", d.Channel[k], .6, exact)
		modeltest.Near(t, "bridge", d.Bridge[k], .4, exact)
		modeltest.Near(t, "trust", d.Trust[k], .7, exact)
	}
	if w.Standing.Channels != 3 || d.Channel[0*5+2] != 0 || len(d.Marked) != 3 {
		t.Errorf("%d channels, marked %v", w.Standing.Channels, d.Marked)
	}
	// Less than what stands does not undo it, and trust has an end.
	happen(w, m, &events.Agreement{Parties: []string{"s0", "s1"}, Channel: .1, Trust: .9})
	modeltest.Near(t, "channel", d.Channel[1], .6, exact)
	modeltest.Near(t, "trust", d.Trust[1], 1, exact)
	happen(w, m, &events.Agreement{Parties: []string{"s0", "s1"}, Lapse: true})
	if d.Channel[1] != 0 || d.Bridge[5] != 0 || w.Standing.Channels != 2 || d.Trust[1] != 1 {
		t.Errorf("lapsed: channel %g, bridge %g, %d channels", d.Channel[1], d.Bridge[5], w.Standing.Channels)
	}
}

func TestTreaty(t *testing.T) {
	w, m := stage()
	happen(w, m, &events.Treaty{Text: "convention", Title: "Convention", Forum: "club", Position: []float64{.6}, Depth: .5, Parties: []string{"group.east", "s4"}})
	text := &w.Texts[w.FindText("convention")]
	if text.Status != world.InForce || !text.Binding || text.Adopted != 0 || text.Depth != .5 || text.Forum != 1 {
		t.Errorf("%+v", text)
	}
	for i, want := range []uint8{world.Party, world.Party, world.Outside, world.Outside, world.Party} {
		compliance := 0.0
		if want == world.Party {
			compliance = world.Compliance(w.Position(i), text.Position)
		}
		if text.Adherence[i] != want || text.Compliance[i] != compliance {
			t.Errorf("state %d: adherence %d, compliance %g", i, text.Adherence[i], text.Compliance[i])
		}
	}
}

func TestProposal(t *testing.T) {
	w, m := stage()
	happen(w, m, &events.Proposal{
		Text: "a/1", Title: "Title", Forum: "council", Kind: world.Treaty, Sponsors: []string{"state.s3", "s0", "firm.maker"},
		Position: []float64{.2}, Depth: .3, StatusQuo: []float64{.7}, Stack: "new",
	})
	text := &w.Texts[0]
	if text.Status != world.Tabled || !slices.Equal(text.Sponsors, []int{3, 0}) || !slices.Equal(text.Firms, []int{0}) ||
		text.Line != w.Forums[0].Line || !text.Binding || text.Stack != 1 || text.StatusQuo[0] != .7 {
		t.Errorf("%+v", text)
	}
	// A text that starts negotiations on a treaty is not the treaty.
	happen(w, m, &events.Proposal{Text: "a/2", Forum: "council", Kind: world.Treaty, Serves: "pact", Line: world.Rights, Position: []float64{.2}})
	if text := &w.Texts[1]; text.Binding || text.Line != world.Rights || text.Stack != -1 || text.Serves != "pact" {
		t.Errorf("%+v", text)
	}
	happen(w, m, &events.Proposal{Text: "a/joint", Forum: "council", Kind: world.Support, Joint: true, Position: []float64{.5}})
	if text := w.Texts[w.FindText("a/joint")]; !text.Joint || w.Texts[w.FindText("a/1")].Joint {
		t.Error("a text that all sides table is not marked as joint, or another is")
	}
}

func TestStack(t *testing.T) {
	w, m := stage()
	entries := happen(w, m, &events.NewStack{Stack: "new", Sponsors: []string{"s0", "s4"}, Firms: []string{"maker"}})
	s := &w.Stacks[1]
	if !s.Proposed || !slices.Equal(s.Recognised, []bool{true, false, false, false, true}) || w.Firms.Stack[0] != 1 || w.Firms.Stack[1] != 0 {
		t.Errorf("%+v, firms sell %v", s, w.Firms.Stack)
	}
	modeltest.Near(t, "recognition", s.Recognition, .4, exact)
	if len(entries) != 1 || entries[0].Weight <= 0 {
		t.Errorf("entries %+v", entries)
	}
}

func TestForumEvents(t *testing.T) {
	w, m := stage()
	born := world.Forum{ID: "new", Name: "New", Members: slices.Repeat([]bool{true}, 5), Firms: make([]bool, 2), Position: []float64{.4}, Structured: true}
	entries := happen(w, m, &events.Found{Forum: born, Mandate: 2})
	k := w.FindForum("new")
	if k < 0 || w.Forums[k].Status != world.Alive || w.Forums[k].MandateEnd != 8 || len(entries) != 1 || entries[0].Kind != "forum" {
		t.Fatalf("forum %d, entries %+v", k, entries)
	}
	w.Forums[k].Members[0] = false
	if !born.Members[0] {
		t.Error("the forum shares its members with the scenario, and so with other replicates")
	}
	if w.Dyads.Shared[1*5+2] != 1 {
		t.Error("members of the new forum share none")
	}

	happen(w, m, &events.End{Forum: "new"})
	if w.Forums[k].Status != world.Dead || w.Dyads.Shared[1*5+2] != 0 {
		t.Errorf("closed: %s, shared %d", w.Forums[k].Status, w.Dyads.Shared[1*5+2])
	}
	happen(w, m, &events.End{Forum: "club", Into: "pact"})
	if w.Forums[1].Status != world.Merged || !slices.Equal(w.Forums[2].Members, []bool{true, true, false, true, true}) {
		t.Errorf("merged: %s, %v", w.Forums[1].Status, w.Forums[2].Members)
	}
	if w.Dyads.Shared[0*5+3] != 1 || w.Dyads.Shared[0*5+1] != 1 {
		t.Errorf("the merged forum's members share %d and %d", w.Dyads.Shared[0*5+3], w.Dyads.Shared[0*5+1])
	}
	// Called again, a forum wakes.
	happen(w, m, &events.Found{Forum: born})
	if len(w.Forums) != 4 || w.Forums[k].Status != world.Alive || w.Forums[k].MandateEnd != world.NoEnd {
		t.Errorf("%d forums, %s", len(w.Forums), w.Forums[k].Status)
	}
}

func TestParameter(t *testing.T) {
	w, m := stage()
	happen(w, m, &events.SetParameter{Parameter: "security.rate", Value: 7})
	if m.Security.Rate != 7 {
		t.Errorf("rate %g", m.Security.Rate)
	}
	for _, e := range []events.SetParameter{{"security.rate", -1}, {"security.nonsense", 1}} {
		if entries := happen(w, m, &e); !strings.Contains(entries[0].Text, "could not happen") || m.Security.Rate != 7 {
			t.Errorf("%+v: %+v", e, entries)
		}
	}
}

// What an event does stands in the chronicle in columns, too: who acts, on whom, and how
// much.
func TestEventsHaveActorsTargetsAndValues(t *testing.T) {
	for _, c := range []struct {
		what            string
		effects         []events.Effect
		actors, targets []string
		value           float64
	}{
		{"a shock", []events.Effect{&events.Shock{Targets: []string{"group.east", "state.s4"}, Variable: "salience", Add: number(1)}}, nil, []string{"s0", "s1", "s4"}, 1},
		{"a shock within bounds", []events.Effect{&events.Shock{Targets: []string{"firm.maker"}, Variable: "diplomacy", Value: number(.25)}}, nil, []string{"maker"}, .25},
		{"a shock to trust", []events.Effect{&events.Shock{Targets: []string{"s0"}, Toward: []string{"s1"}, Variable: "trust", Factor: number(.5)}}, nil, []string{"s0", "s1"}, -.25},
		{"a shock to trust among all", []events.Effect{&events.Shock{Targets: []string{"s0"}, Variable: "trust", Add: number(.75)}}, nil, []string{"s0"}, .5},
		{"a ban", []events.Effect{&events.Ban{States: []string{"group.east"}, Firms: []string{"seller"}, Strength: .75}}, []string{"s0", "s1"}, []string{"seller"}, .75},
		{"a lifted ban", []events.Effect{
			&events.Ban{States: []string{"s0"}, Firms: []string{"seller"}, Strength: .75},
			&events.Ban{States: []string{"s0"}, Firms: []string{"seller"}},
		}, []string{"s0"}, []string{"seller"}, -.75},
		{
			"a proposal",
			[]events.Effect{&events.Proposal{Text: "a/1", Forum: "council", Sponsors: []string{"s3", "firm.maker"}, Position: []float64{.2}, Depth: .3, Serves: "pact", Stack: "new"}},
			[]string{"s3", "maker"},
			[]string{"a/1", "pact", "new"},
			.3,
		},
		{"a joint proposal", []events.Effect{&events.Proposal{Text: "a/1", Forum: "council", Joint: true, Position: []float64{.2}, Depth: .3}}, []string{"council"}, []string{"a/1"}, .3},
		{"a treaty", []events.Effect{&events.Treaty{Text: "pax", Title: "Pax", Forum: "club", Position: []float64{.6}, Parties: []string{"group.east"}}}, []string{"s0", "s1"}, []string{"pax"}, 2},
		{"an agreement", []events.Effect{&events.Agreement{Parties: []string{"s0", "s1"}, Channel: .6, Bridge: .4}}, []string{"s0", "s1"}, nil, .6},
		{"a bridge", []events.Effect{&events.Agreement{Parties: []string{"s0", "s1"}, Bridge: .4}}, []string{"s0", "s1"}, nil, .4},
		{"an agreement that lapses", []events.Effect{
			&events.Agreement{Parties: []string{"s0", "s1"}, Channel: .6},
			&events.Agreement{Parties: []string{"s0", "s1"}, Lapse: true},
		}, []string{"s0", "s1"}, nil, -.6},
		{"a stack", []events.Effect{&events.NewStack{Stack: "new", Sponsors: []string{"s0"}, Firms: []string{"maker"}}}, []string{"s0", "maker"}, []string{"new"}, .2},
		{"an end", []events.Effect{&events.End{Forum: "club"}}, nil, []string{"club"}, -2},
		{"a merger", []events.Effect{&events.End{Forum: "club", Into: "pact"}}, nil, []string{"club", "pact"}, -2},
		{"a parameter", []events.Effect{&events.SetParameter{Parameter: "security.rate", Value: 7}}, nil, []string{"security.rate"}, 7},
		{"what cannot happen", []events.Effect{&events.End{Forum: "none"}}, nil, nil, 0},
	} {
		w, m := stage()
		entries := happen(w, m, c.effects...)
		e := entries[len(entries)-1]
		if !slices.Equal(e.Actors, c.actors) || !slices.Equal(e.Targets, c.targets) {
			t.Errorf("%s: by %v on %v, want %v on %v", c.what, e.Actors, e.Targets, c.actors, c.targets)
		}
		modeltest.Near(t, "value of "+c.what, e.Value, c.value, exact)
	}
}

// A forum and an incident are told by others, unless the scenario has a sentence for them,
// which then has its columns, too.
func TestOwnWordsHaveActorsTargetsAndValues(t *testing.T) {
	w, m := stage()
	born := world.Forum{ID: "new", Name: "New", Sponsor: 2, Members: []bool{true, false, true, true, false}, Firms: make([]bool, 2), Position: []float64{.4}}
	m.Events = []events.Event{
		{Name: "a", Kind: "forum", Why: "A forum.", Effect: &events.Found{Forum: born}},
		{Name: "b", Kind: "crisis", Why: "A crisis.", Effect: &events.Crisis{Initiator: "s0", Target: "s3", Blamed: "s2", Severity: 7}},
		{Name: "c", Kind: "crisis", Why: "Another.", Effect: &events.Crisis{Initiator: "s0", Target: "s3", Blamed: "s0", Severity: 6}},
	}
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), 0), w)
	want := map[string]world.Entry{
		"A forum.":  {Actors: []string{"s2"}, Targets: []string{"new"}, Value: 3},
		"A crisis.": {Actors: []string{"s0"}, Targets: []string{"s3", "s2"}, Value: 7},
		"Another.":  {Actors: []string{"s0"}, Targets: []string{"s3"}, Value: 6},
	}
	for _, e := range w.Chronicle.Entries {
		if c, own := want[e.Text]; own {
			delete(want, e.Text)
			if !slices.Equal(e.Actors, c.Actors) || !slices.Equal(e.Targets, c.Targets) || e.Value != c.Value {
				t.Errorf("%+v, want %+v", e, c)
			}
		}
	}
	if len(want) > 0 {
		t.Errorf("not told: %v", want)
	}
}

// A crisis enters by the same door as any incident: the model says whom the target
// blames, unless the scenario does; then the blame is public, and may be wrong.
func TestCrisis(t *testing.T) {
	w, m := stage()
	w.Dyads.Rival[0*5+4], w.Dyads.Rival[4*5+0] = true, true
	modeltest.Set(t, m.Declared, map[string]float64{
		"security.trust-loss": .4, "security.escalation": 1, "security.attribution": 1, "security.public": 1,
	})
	entries := happen(w, m, &events.Crisis{Initiator: "s0", Target: "s4", Severity: 5})
	a := w.Activity
	if a.Incidents != 1 || a.Attributed != 1 || a.Misattributed != 0 || a.Severity != .5 || a.Escalations != 1 || w.Dyads.Ladder[4*5+0] != world.Sanctions { // it is grave, and trust is gone
		t.Errorf("%+v, rung %d", a, w.Dyads.Ladder[4*5+0])
	}
	modeltest.Near(t, "trust of the target", w.Dyads.Trust[4*5+0], .4, exact)
	modeltest.Near(t, "trust of the initiator", w.Dyads.Trust[0*5+4], .4, exact)
	if len(entries) != 2 || entries[0].Kind != "incident" || entries[1].Kind != "response" {
		t.Errorf("entries %+v", entries)
	}
	modeltest.Set(t, m.Declared, map[string]float64{"security.public": 0})
	happen(w, m, &events.Crisis{Initiator: "state.s0", Target: "state.s3", Blamed: "s2", Severity: 10})
	if w.Activity.Misattributed != 1 {
		t.Errorf("%+v", w.Activity)
	}
	modeltest.Near(t, "trust in the wrongly blamed", w.Dyads.Trust[3*5+2], .3, exact)
	modeltest.Near(t, "trust in the initiator", w.Dyads.Trust[3*5+0], .5, exact)
}

// Agents that do not exist make an event pass with an entry that says so, change
// nothing and break nothing.
func TestUnknownAgents(t *testing.T) {
	for _, e := range []events.Effect{
		&events.Shock{Targets: []string{"state.nobody"}, Variable: "control", Value: number(1)},
		&events.Shock{Targets: []string{"group.nobody"}, Variable: "control", Value: number(1)},
		&events.Shock{Targets: []string{"firm.nobody"}, Variable: "tie", Value: number(1)},
		&events.Shock{Targets: []string{"forum.nobody"}, Variable: "legitimacy", Value: number(1)},
		&events.Shock{Targets: []string{"stack.nobody"}, Variable: "potential", Value: number(1)},
		&events.Shock{Targets: []string{"planet.mars"}, Variable: "position", Value: number(1)},
		&events.Shock{Targets: []string{"state.s0"}, Variable: "nonsense", Value: number(1)},
		&events.Shock{Targets: []string{"firm.maker"}, Variable: "nonsense", Value: number(1)},
		&events.Shock{Targets: []string{"state.nobody"}, Variable: "trust", Value: number(1)},
		&events.Shock{Targets: []string{"state.s0"}, Toward: []string{"state.nobody"}, Variable: "trust", Value: number(1)},
		&events.Shock{Targets: []string{"firm.maker"}, Variable: "trust", Value: number(1)},
		&events.Proposal{Text: "x", Forum: "nobody"},
		&events.Proposal{Text: "x", Forum: "council", Stack: "nobody"},
		&events.Ban{States: []string{"nobody"}, Firms: []string{"maker"}, Strength: 1},
		&events.Ban{States: []string{"s0"}, Firms: []string{"nobody"}, Strength: 1},
		&events.End{Forum: "nobody"},
		&events.End{Forum: "club", Into: "nobody"},
		&events.Treaty{Text: "x", Forum: "nobody"},
		&events.Treaty{Text: "x", Forum: "club", Parties: []string{"nobody"}},
		&events.Crisis{Initiator: "nobody", Target: "s0", Severity: 5},
		&events.Crisis{Initiator: "s0", Target: "nobody", Severity: 5},
		&events.Crisis{Initiator: "s0", Target: "s1", Blamed: "nobody", Severity: 5},
		&events.Agreement{Parties: []string{"s0", "nobody"}, Channel: 1},
		&events.NewStack{Stack: "nobody"},
		&events.NewStack{Stack: "new", Sponsors: []string{"nobody"}},
		&events.NewStack{Stack: "new", Firms: []string{"nobody"}},
	} {
		w, m := stage()
		before, _ := stage()
		entries := happen(w, m, e)
		if len(entries) != 1 || !strings.HasPrefix(entries[0].Text, "it could not happen: ") || entries[0].Weight != 0 {
			t.Errorf("%T %+v: %+v", e, e, entries)
		}
		s, o := &w.States, &before.States
		same := slices.Equal(s.Control, o.Control) && slices.Equal(w.Dyads.Trust, before.Dyads.Trust) && slices.Equal(w.Dyads.Channel, before.Dyads.Channel) &&
			slices.Equal(w.Firms.Ban, before.Firms.Ban) && len(w.Texts) == 0 && w.Stacks[1].Proposed == before.Stacks[1].Proposed &&
			w.Forums[1].Status == world.Alive && w.Activity.Incidents == 0
		if !same {
			t.Errorf("%T %+v changes the world", e, e)
		}
	}
}

// With the chronicle off events happen all the same.
func TestSilence(t *testing.T) {
	w, m := stage()
	w.Chronicle.On = false
	if entries := happen(w, m, &events.Shock{Targets: []string{"state.s0"}, Variable: "control", Value: number(.5)}); len(entries) != 0 {
		t.Errorf("entries %+v", entries)
	}
	if w.States.Control[0] != .5 {
		t.Error("the shock did not happen")
	}
	if math.IsNaN(w.States.Power[0]) {
		t.Error("NaN")
	}
}

// A scenario that says how a forum comes about says so first, and the bare sentence that it
// is set up is left out.
func TestFoundingIsToldOnce(t *testing.T) {
	w, m := stage()
	f := w.Forums[0]
	f.ID, f.Name = "call", "Call"
	m.Events = []events.Event{{
		Name: "launch", Kind: "forum", Why: "France launches the Call.",
		Effect: &events.Found{Forum: f, Endorsers: []string{"s0", "s1"}, Depth: .2},
	}}
	m.Step(modeltest.At(w, 1, "events", 0), w)
	var told []string
	for _, e := range w.Chronicle.Entries {
		told = append(told, e.Text)
	}
	if len(told) != 2 || told[0] != "France launches the Call." || !strings.HasPrefix(told[1], "2 states endorse") {
		t.Errorf("told as %q", told)
	}
}

// A run goes on from a copy of its world, or from one that was saved, as it would have:
// with the parameters that events have changed, and with what states remember of
// incidents, also where the mechanism that plays them is off.
func TestContinues(t *testing.T) {
	w, _ := stage()
	schedule := []events.Event{
		{Name: "rate", Tick: 1, Kind: "parameter", Effect: &events.SetParameter{Parameter: "security.trust-loss", Value: .9}},
		{Name: "escalation", Tick: 1, Kind: "parameter", Effect: &events.SetParameter{Parameter: "security.attribution", Value: 0}},
		{Name: "founding", Tick: 2, Kind: "forum", Why: "A forum is born.", Effect: &events.Found{Forum: world.Forum{ID: "new", Name: "New", Members: make([]bool, 5), Position: []float64{.4}}}},
	}
	for tick := range 8 {
		schedule = append(schedule, events.Event{Name: "crisis", Tick: tick, Kind: "crisis", Effect: &events.Crisis{Initiator: "s0", Target: "s4", Severity: 5}})
	}
	modeltest.Continues(t, w, 1, 9, func() []sim.Mechanism[*world.World] {
		_, m := stage()
		m.Events = schedule
		return []sim.Mechanism[*world.World]{m}
	})
}
