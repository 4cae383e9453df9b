package security

import (
	"math"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// bind puts a text of a forum of its own in force, which the states keep to by half.
func bind(w *world.World, line world.Line, depth float64, states ...int) *world.Text {
	f := modeltest.AddForum(w, string(line), states...)
	f.Legitimacy = 1
	n := w.States.N
	text := world.Text{
		ID: f.ID, Line: line, Depth: depth, Stack: -1, Forum: len(w.Forums) - 1, Position: make([]float64, w.Dim),
		Adherence: make([]uint8, n), Compliance: make([]float64, n),
	}
	for _, i := range states {
		text.Adherence[i], text.Compliance[i] = world.Endorsed, .5
	}
	w.Texts = append(w.Texts, text)
	return &w.Texts[len(w.Texts)-1]
}

// Who is bound by a rule of ICT security owes it to all, by another to those who are
// bound too, and by a rule on anything else to nobody; a text on the table binds nobody.
func TestWhomRulesAreOwedTo(t *testing.T) {
	w := wary(3)
	bind(w, world.ICTSecurity, .4, 0)
	bind(w, world.Confidence, .6, 0, 1)
	bind(w, world.Standards, 1, 0, 1, 2)
	bind(w, world.Cybercrime, 1, 0, 1, 2).Status = world.Tabled
	m := plain(t, map[string]float64{"restraint": 2, "restraint-start": .1})
	begin(m, w)
	m.deriveRestraint(w)
	for _, c := range []struct {
		i, j int
		r    float64
	}{{0, 1, 1 - .8*.7}, {0, 2, .2}, {1, 0, .3}, {1, 2, 0}, {2, 0, 0}, {2, 1, 0}} {
		modeltest.Near(t, "factor", m.left(3, c.i, c.j), math.Exp(-2*(c.r-.1)), exact)
	}
}

// Rules lower the incidents of a year the more the stronger the restraint, whether the initiator acts far away, on a neighbour, a
// rival or one that it holds something against; what it would do to each state adds up
// to what it does.
func TestRulesLowerIncidents(t *testing.T) {
	for _, nu := range []float64{0, .5, 1.5} {
		w := wary(4)
		w.States.Region = []int{0, 0, 1, 1}
		w.States.Offence = []float64{1, 0, 0, 0}
		rivals(w, 0, 2)
		bind(w, world.ICTSecurity, .4, 0, 1, 2, 3)
		m := plain(t, map[string]float64{"restraint": nu, "restraint-start": 0, "grievance": 1})
		begin(m, w)
		m.remember(0, 3, 1)
		free := m.hazards(w)
		m.deriveRestraint(w)
		held := m.hazards(w)
		modeltest.Near(t, "hazard that is left", held, free*math.Exp(-nu*.2), 1e-9)
		m.suspects(w, 0)
		sum := 0.0
		for _, x := range m.weight {
			sum += x
		}
		modeltest.Near(t, "hazard on all targets", sum, held, 1e-9)
	}
}

// Who is rightly named for breaking a rule keeps to it less, and the forum loses
// legitimacy; not so if nobody says it, if the accusation is false, or if the rule is
// not owed to the victim.
func TestBreach(t *testing.T) {
	for _, c := range []struct {
		what     string
		line     world.Line
		states   []int
		incident Incident
		stays    float64
	}{
		{"in public", world.ICTSecurity, []int{0}, Incident{Blamed: 0, Public: true}, 1 - .5*.4*.3},
		{"in private", world.ICTSecurity, []int{0}, Incident{Blamed: 0}, 1},
		{"falsely", world.ICTSecurity, []int{0, 2}, Incident{Blamed: 2, Public: true}, 1},
		{"to a stranger", world.Confidence, []int{0, 2}, Incident{Blamed: 0, Public: true}, 1},
		{"to a partner", world.Confidence, []int{0, 1}, Incident{Blamed: 0, Public: true}, 1 - .5*.4*.3},
	} {
		w := wary(3)
		text := bind(w, c.line, .6, c.states...)
		m := plain(t, map[string]float64{"breach": .5})
		begin(m, w)
		c.incident.Target, c.incident.Severity, c.incident.Climb, c.incident.Reply = 1, 4, 1, 1
		m.Happen(w, c.incident)
		modeltest.Near(t, c.what+": compliance", text.Compliance[0], .5*c.stays, exact)
		modeltest.Near(t, c.what+": legitimacy", w.Forums[0].Legitimacy, c.stays, exact)
	}
}

// A private suspicion is answered by a rung in a share of the cases in which public blame
// is, and not at all at 0.
func TestCovertAnswers(t *testing.T) {
	for _, c := range []struct {
		covert float64
		public bool
		want   uint8
	}{{0, false, world.NoResponse}, {.3, false, world.NoResponse}, {.5, false, world.Protest}, {0, true, world.Protest}} {
		w := wary(2)
		m := plain(t, map[string]float64{"covert": c.covert, "escalation": .5})
		begin(m, w)
		m.Happen(w, Incident{Initiator: 0, Target: 1, Severity: 3, Blamed: 0, Public: c.public, Climb: .2, Reply: 1})
		if got := w.Dyads.Ladder[1*2+0]; got != c.want {
			t.Errorf("covert %g, public %v: rung %d, want %d", c.covert, c.public, got, c.want)
		}
	}
}

// With covert answers those who are wrongly suspected answer, too, so that certain
// attribution spares answers; without them it brings more.
func TestCertainAttributionSparesCovertAnswers(t *testing.T) {
	escalations := func(attribution, covert float64) int {
		m := plain(t, map[string]float64{
			"rate": 50, "attribution": attribution, "covert": covert, "escalation": .1, "public": .5, "doubt": .7, "reply": 1, "deescalation": 1, "channel": 0,
		})
		total, _ := play(m, wary(12), 5, 4*80)
		return total.Escalations
	}
	if sure, unsure := escalations(1, 1), escalations(.5, 1); sure >= unsure {
		t.Errorf("%d answers with certain attribution, %d without", sure, unsure)
	}
	if sure, unsure := escalations(1, 0), escalations(.5, 0); sure <= unsure {
		t.Errorf("without covert answers: %d with certain attribution, %d without", sure, unsure)
	}
}

// An office closes a share of what is missing to certainty.
func TestOfficesAskBeforeTheyAccuse(t *testing.T) {
	w := wary(2)
	w.States.Office[0] = 0
	m := plain(t, map[string]float64{"attribution": .6, "offices": .5})
	begin(m, w)
	modeltest.Near(t, "with an office", m.probability(w, 0), .8, exact)
	modeltest.Near(t, "without", m.probability(w, 1), .6, exact)
}

// Who has lost a share of a link since the first year answers the more readily; more of a
// link than then, or no link then, changes nothing.
func TestSeparationMakesAnswersLikelier(t *testing.T) {
	w := wary(2)
	w.Tick = w.Calendar.PerYear()
	m := plain(t, map[string]float64{"escalation": .1, "separation": 2})
	begin(m, w)
	e := Incident{Initiator: 1, Target: 0, Severity: 3, Blamed: 1, Public: true}
	for _, c := range []struct{ first, now, want float64 }{{.4, .4, .1}, {.4, .1, .1 * 2.5}, {.4, 0, .1 * 3}, {.4, .8, .1}, {0, .2, .1}} {
		w.Dyads.Contact[0*2+1], w.Dyads.Link[0*2+1] = c.first, c.now
		modeltest.Near(t, "chance of an answer", m.chance(w, e), c.want, exact)
	}
	w.Tick--
	w.Dyads.Contact[0*2+1], w.Dyads.Link[0*2+1] = .4, 0
	modeltest.Near(t, "in the first year", m.chance(w, e), .1, exact)
}

// A state that becomes capable reaches beyond its neighbourhood if the day counts, and
// stays in it if the record of the start does.
func TestReachOfTheDay(t *testing.T) {
	for _, c := range []struct{ day, want float64 }{{0, 0}, {1, 1 - 1/(1+8.)}} {
		w := wary(2)
		w.States.Region = []int{0, 1}
		w.States.Power = []float64{1, 0}
		w.States.Offence = []float64{.6, 0}
		m := plain(t, map[string]float64{"reach-of-the-day": c.day})
		begin(m, w)
		w.States.Offence[1] = .3
		m.deriveMeans(w)
		modeltest.Near(t, "reach of the newcomer", m.reach[1], c.want, exact)
		modeltest.Near(t, "reach of the first", m.reach[0], 1-1/(1+64.), exact)
	}
}
