package events

import (
	"slices"
	"strings"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/voting"
	"splinternet/models/world"
)

// always is the last tick of a decision that holds to the end.
const always = 1 << 20

// scripted installs decisions in a stage with one text.
func scripted(t *testing.T, decisions ...Decision) *world.World {
	t.Helper()
	w, _ := stage()
	w.Texts = []world.Text{{ID: "a/1", Forum: 0}, {ID: "a/2", Forum: 0}}
	for k := range decisions {
		if decisions[k].Until == 0 {
			decisions[k].Until = always
		}
	}
	rules, err := Rules(w, decisions)
	if err != nil {
		t.Fatal(err)
	}
	w.Rules, w.Tick = rules, 0
	return w
}

// Every question of every kind of agent has a script that answers it, and leaves
// every other question to the model.
func TestScripts(t *testing.T) {
	asked := map[string]map[string]bool{"state": {}, "firm": {}, "forum": {}}
	model := &world.Draft{Kind: world.Views, Position: []float64{.5}, Depth: .1}
	mix := []float64{.5, .5}
	for _, c := range []struct {
		decision Decision
		answers  func(w *world.World) bool
	}{
		{Decision{Agent: "state.s1", Decide: "vote", Word: "abstain"}, func(w *world.World) bool {
			return w.AskVote(1, 0, voting.Yes) == voting.Abstain
		}},
		{Decision{Agent: "state.s1", Decide: "stance", Word: "block"}, func(w *world.World) bool {
			return w.AskStance(1, 0, world.Join) == world.Block
		}},
		{Decision{Agent: "state.s1", Decide: "propose", Position: []float64{.3}, Number: .4}, func(w *world.World) bool {
			d := w.AskPropose(1, 0, model)
			return d != nil && d.Position[0] == .3 && d.Depth == .4
		}},
		{Decision{Agent: "state.s1", Decide: "recognise", Word: "yes"}, func(w *world.World) bool {
			return w.AskRecognise(1, 1, false)
		}},
		{Decision{Agent: "state.s1", Decide: "stack", Position: []float64{.2, .8}}, func(w *world.World) bool {
			return slices.Equal(w.AskStack(1, mix), []float64{.2, .8})
		}},
		{Decision{Agent: "state.s1", Decide: "control", Number: .7}, func(w *world.World) bool {
			return w.AskControl(1, .1) == .7
		}},
		{Decision{Agent: "state.s1", Decide: "answer", Word: "sanctions"}, func(w *world.World) bool {
			return w.AskAnswer(1, 2, 5, world.NoResponse) == world.Sanctions
		}},
		{Decision{Agent: "state.s1", Decide: "ban", Number: .6}, func(w *world.World) bool {
			return w.AskBan(1, 0, 0) == .6
		}},
		{Decision{Agent: "state.s1", Decide: "deny", Number: .6}, func(w *world.World) bool {
			return w.AskDeny(1, 2, 0) == .6
		}},
		{Decision{Agent: "state.s1", Decide: "effort", Position: []float64{.1, .2, .3, .4}}, func(w *world.World) bool {
			return w.AskEffort(1, world.UsualEffort) == [world.Efforts]float64{.1, .2, .3, .4}
		}},
		{Decision{Agent: "state.s1", Decide: "agree", Word: "yes"}, func(w *world.World) bool { return w.AskAgree(1, 2, false) }},
		{Decision{Agent: "state.s1", Decide: "adopt", Word: "yes"}, func(w *world.World) bool { return w.AskAdopt(1, 0, false) }},
		{Decision{Agent: "state.s1", Decide: "found", Word: "yes"}, func(w *world.World) bool {
			return w.AskFound(1, world.Standards, false)
		}},
		{Decision{Agent: "state.s1", Decide: "sponsor", Word: "yes"}, func(w *world.World) bool { return w.AskSponsor(1, 0, false) }},
		{Decision{Agent: "state.s1", Decide: "join", Word: "yes"}, func(w *world.World) bool { return w.AskJoin(1, 0, false) }},
		{Decision{Agent: "state.s1", Decide: "leave", Word: "yes"}, func(w *world.World) bool { return w.AskLeave(1, 0, false) }},
		{Decision{Agent: "state.s1", Decide: "renew", Word: "yes"}, func(w *world.World) bool { return w.AskRenew(1, 0, false) }},
		{Decision{Agent: "firm.maker", Decide: "sponsor", Word: "yes"}, func(w *world.World) bool { return w.AskSign(0, 0, false) }},
		{Decision{Agent: "firm.maker", Decide: "represent", Word: "yes"}, func(w *world.World) bool { return w.AskRepresent(0, 0, false) }},
		{Decision{Agent: "firm.maker", Decide: "lobby", Position: []float64{.2}, Number: .7}, func(w *world.World) bool {
			p := w.AskLobby(0, world.Pressure{Position: []float64{.5}, Strength: .5})
			return p.Position[0] == .2 && p.Strength == .7
		}},
		{Decision{Agent: "firm.maker", Decide: "sell", Word: "new"}, func(w *world.World) bool {
			return w.AskSell(0, 0) == 1
		}},
		{Decision{Agent: "forum.council", Decide: "text", Position: []float64{.3}, Number: .4}, func(w *world.World) bool {
			d := w.AskText(0, *model)
			return d.Position[0] == .3 && d.Depth == .4 && d.Kind == world.Views
		}},
	} {
		kind, _, _ := strings.Cut(c.decision.Agent, ".")
		asked[kind][c.decision.Decide] = true
		w := scripted(t, c.decision)
		if !c.answers(w) {
			t.Errorf("%+v does not answer", c.decision)
		}
		if left := leaves(w, model, mix); slices.Contains(left, kind+" "+c.decision.Decide) || len(left) != len(world.Questions)-1 {
			t.Errorf("%+v: leaves to the model %v", c.decision, left)
		}
		other := c.decision
		other.From, other.Until = 3, 4
		for tick, want := range map[int]bool{2: false, 3: true, 4: true, 5: false} {
			w := scripted(t, other)
			w.Tick = tick
			if c.answers(w) != want {
				t.Errorf("%+v in tick %d: answers %v", other, tick, !want)
			}
		}
	}
	for _, q := range world.Questions {
		if !asked[q.Agent][q.Decide] {
			t.Errorf("no test of the question %q to a %s", q.Decide, q.Agent)
		}
	}
}

// leaves lists the questions that the rules answer as the model does.
func leaves(w *world.World, model *world.Draft, mix []float64) []string {
	var list []string
	push := world.Pressure{Position: []float64{.5}, Strength: .5}
	for question, same := range map[string]bool{
		"state vote":      w.AskVote(1, 0, voting.Yes) == voting.Yes,
		"state stance":    w.AskStance(1, 0, world.Join) == world.Join,
		"state propose":   w.AskPropose(1, 0, model) == model,
		"state recognise": !w.AskRecognise(1, 1, false),
		"state stack":     slices.Equal(w.AskStack(1, mix), mix),
		"state control":   w.AskControl(1, .1) == .1,
		"state answer":    w.AskAnswer(1, 2, 5, world.NoResponse) == world.NoResponse,
		"state ban":       w.AskBan(1, 0, 0) == 0,
		"state deny":      w.AskDeny(1, 2, 0) == 0,
		"state effort":    w.AskEffort(1, world.UsualEffort) == world.UsualEffort,
		"state agree":     !w.AskAgree(1, 2, false),
		"state adopt":     !w.AskAdopt(1, 0, false),
		"state found":     !w.AskFound(1, world.Standards, false),
		"state sponsor":   !w.AskSponsor(1, 0, false),
		"state join":      !w.AskJoin(1, 0, false),
		"state leave":     !w.AskLeave(1, 0, false),
		"state renew":     !w.AskRenew(1, 0, false),
		"firm sell":       w.AskSell(0, 0) == 0,
		"firm sponsor":    !w.AskSign(0, 0, false),
		"firm represent":  !w.AskRepresent(0, 0, false),
		"firm lobby":      w.AskLobby(0, push).Strength == .5,
		"forum text":      w.AskText(0, *model).Depth == model.Depth,
	} {
		if same {
			list = append(list, question)
		}
	}
	return list
}

// About narrows a decision to one text, forum, stack, firm or state; of several
// that fit, the last counts.
func TestAbout(t *testing.T) {
	w := scripted(t,
		Decision{Agent: "state.s1", Decide: "vote", Word: "no"},
		Decision{Agent: "state.s1", Decide: "vote", Word: "absent", About: "a/2"},
		Decision{Agent: "state.s1", Decide: "propose", Word: "nothing", About: "club"},
		Decision{Agent: "state.s1", Decide: "answer", Word: "protest", About: "s2"},
		Decision{Agent: "state.s1", Decide: "ban", Number: 1, About: "seller"},
		Decision{Agent: "state.s1", Decide: "recognise", Word: "yes", About: "new"},
	)
	draft := &world.Draft{Position: []float64{.5}}
	for what, ok := range map[string]bool{
		"a text":         w.AskVote(1, 0, voting.Yes) == voting.No,
		"another text":   w.AskVote(1, 1, voting.Yes) == voting.Absent,
		"a forum":        w.AskPropose(1, 1, draft) == nil,
		"another forum":  w.AskPropose(1, 0, draft) == draft,
		"a state":        w.AskAnswer(1, 2, 5, world.CrossDomain) == world.Protest,
		"another state":  w.AskAnswer(1, 3, 5, world.CrossDomain) == world.CrossDomain,
		"a firm":         w.AskBan(1, 1, 0) == 1,
		"another firm":   w.AskBan(1, 0, 0) == 0,
		"a stack":        w.AskRecognise(1, 1, false),
		"another agent":  w.AskVote(2, 0, voting.Yes) == voting.Yes,
		"other forums":   w.AskText(1, *draft).Depth == draft.Depth,
		"the other firm": w.AskSell(1, 0) == 0,
	} {
		if !ok {
			t.Errorf("%s: the script answers wrongly", what)
		}
	}
}

// A text that a script tables must not be changed by what becomes of it: the
// decisions are those of all replicates.
func TestScriptsKeepTheirPositions(t *testing.T) {
	decisions := []Decision{
		{Agent: "state.s1", Decide: "propose", Position: []float64{.3}, Number: .4},
		{Agent: "forum.council", Decide: "text", Position: []float64{.3}, Number: .4},
	}
	w := scripted(t, decisions...)
	w.AskPropose(1, 0, nil).Position[0] = .9
	w.AskText(0, world.Draft{}).Position[0] = .9
	for _, d := range decisions {
		modeltest.Near(t, "position of "+d.Decide, d.Position[0], .3, exact)
	}
}

func TestRulesOfUnknownAgents(t *testing.T) {
	w, _ := stage()
	for _, agent := range []string{"state.nobody", "firm.nobody", "forum.nobody", "planet.mars", "s1", ""} {
		if _, err := Rules(w, []Decision{{Agent: agent, Decide: "vote"}}); err == nil {
			t.Errorf("a decision of %q is accepted", agent)
		}
	}
	rules, err := Rules(w, nil)
	if err != nil || rules.State != nil || rules.Firm != nil || rules.Chair != nil {
		t.Errorf("rules without decisions: %+v, %v", rules, err)
	}
}
