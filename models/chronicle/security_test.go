package chronicle_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/modeltest"
	"splinternet/models/security"
	"splinternet/models/world"
	"splinternet/sim"
)

// secure makes the mechanism of incidents with known values of what a test of its words
// depends on.
func secure(t *testing.T, changes map[string]float64) *security.Security {
	t.Helper()
	set := new(sim.Parameters)
	m := security.New(set)
	modeltest.Set(t, set, map[string]float64{
		"security.rate": 20, "security.rivalry": 100, "security.grievance": 0, "security.attribution": 1, "security.attribution-capability": 0,
		"security.public": 1, "security.doubt": 0, "security.channel": .5, "security.deterrence": 0,
		"security.escalation": 0, "security.deescalation": 0,
		"security.trust-gain": 0, "security.trust-loss": 0, "security.trust-return": 0, "security.memory": 0,
	})
	modeltest.Set(t, set, changes)
	return m
}

// wary is a world of n states that half trust one another, whose chronicle is on.
func wary(n int) *world.World {
	w := modeltest.World(n)
	w.TrustAll(.5)
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	return w
}

// Incidents of a tick that would read the same are told in one sentence.
func TestAlikeIncidentsAreToldOnce(t *testing.T) {
	w := wary(3)
	m := secure(t, nil)
	modeltest.Begin(w, 1, m)
	e := security.Incident{Initiator: 0, Target: 1, Severity: 5, Blamed: 0, Climb: 1}
	other := e
	other.Severity = 6
	for _, next := range []security.Incident{e, other, e} {
		next.Climb += .5 // no draw matters to what is told
		m.Happen(w, next)
	}
	m.Happen(w, e)
	w.Tell(security.Counted{})
	w.Tick++
	m.Happen(w, e)
	var texts []string
	for _, entry := range w.Chronicle.Entries {
		texts = append(texts, entry.Text)
	}
	const end = "; it knows the author, and stays silent."
	want := []string{
		"s1 is hit three times by cyber operations of s0 (severity 5 of 10)" + end,
		"s1 is hit by a cyber operation of s0 (severity 6 of 10)" + end,
		"s1 is hit by a cyber operation of s0 (severity 5 of 10)" + end,
	}
	if !slices.Equal(texts, want) {
		t.Errorf("%q", texts)
	}
	modeltest.Near(t, "weight of three", w.Chronicle.Entries[0].Weight, 3*w.Chronicle.Entries[2].Weight, 1e-9)
}

// The chronicle says what happened, to whom, and who is blamed for it.
func TestIncidentsAreTold(t *testing.T) {
	w := wary(3)
	m := secure(t, map[string]float64{"security.escalation": 1})
	modeltest.Begin(w, 1, m)
	for _, c := range []struct {
		incident security.Incident
		words    string
		entries  int
	}{
		{security.Incident{Initiator: 0, Target: 1, Severity: 5, Blamed: 2, Public: true, Climb: 5, Reply: 1}, "wrongly accuses s2 in public, but takes no step against it.", 1},
		{security.Incident{Initiator: 0, Target: 1, Severity: 5, Blamed: 0, Public: true, Reply: 1}, "is hit by a cyber operation of s0 (severity 5 of 10) and publicly names s0.", 2}, // and the response
		{security.Incident{Initiator: 0, Target: 1, Severity: 5, Blamed: 0, Reply: 1}, "stays silent", 1},
		{security.Incident{Initiator: 0, Target: 1, Severity: 4, Blamed: 2, Public: true, Climb: .99, Reply: 1}, "wrongly accuses s2", 2},
		{security.Incident{Initiator: 0, Target: 1, Severity: 5, Blamed: 2, Reply: 1}, "does not find out who did it", 1}, // a whim that nobody need know of
		{security.Incident{Initiator: 0, Target: 1, Severity: 5, Blamed: security.Nobody, Public: true, Reply: 1}, "nobody is blamed", 1},
	} {
		before := len(w.Chronicle.Entries)
		m.Happen(w, c.incident)
		got := w.Chronicle.Entries[before:]
		if len(got) != c.entries || !strings.Contains(got[0].Text, c.words) || got[0].Weight < 0 || got[0].Weight > 1 {
			t.Errorf("%+v: %+v", c.incident, got)
		}
	}
}

// Grave incidents, great powers that are blamed in public, and what leads to something
// are told on their own, and whatever a scenario plays; the rest once a year, counted.
func TestLesserIncidentsAreSummedUp(t *testing.T) {
	w := wary(60) // weights of 1/60
	w.Calendar.Ticks = 6
	m := secure(t, map[string]float64{"security.rate": 0, "security.escalation": 1})
	modeltest.Begin(w, 1, m)
	lesser := security.Incident{Initiator: 0, Target: 1, Severity: 4, Blamed: 0, Public: true, Climb: 9, Reply: 1}
	quiet := lesser
	quiet.Public = false
	told := func(change func(e *security.Incident)) int {
		e, before := lesser, len(w.Chronicle.Entries)
		change(&e)
		m.Happen(w, e)
		return len(w.Chronicle.Entries) - before
	}
	for what, c := range map[string]struct {
		change func(e *security.Incident)
		want   int
	}{
		"lesser":                   {func(*security.Incident) {}, 0},
		"grave":                    {func(e *security.Incident) { e.Severity = 5 }, 1},
		"of a scenario":            {func(e *security.Incident) { e.Scripted = true }, 1},
		"a false accusation":       {func(e *security.Incident) { e.Blamed = 3 }, 0},
		"a protest":                {func(e *security.Incident) { e.Climb = 0 }, 0},
		"a protest to another":     {func(e *security.Incident) { e.Initiator, e.Blamed, e.Climb = 2, 2, 0 }, 0},
		"a trifling one":           {func(e *security.Incident) { e.Blamed, e.Severity = 3, 3 }, 0},
		"a false suspicion":        {func(e *security.Incident) { e.Blamed, e.Public = 3, false }, 0},
		"blamed on nobody":         {func(e *security.Incident) { e.Blamed = security.Nobody }, 0},
		"of another lesser state":  {func(e *security.Incident) { e.Initiator, e.Blamed = 2, 2 }, 0},
		"of that state once again": {func(e *security.Incident) { e.Initiator, e.Blamed = 2, 2 }, 0},
	} {
		if got := told(c.change); got != c.want {
			t.Errorf("%s: %d entries, want %d", what, got, c.want)
		}
	}
	w.States.Power[0], w.States.Users[0] = .2, .2
	if got := told(func(*security.Incident) {}); got != 0 {
		t.Errorf("an accused power and a lesser victim: %d entries", got)
	}
	w.States.Power[1], w.States.Users[1] = .1, .1
	if got := told(func(*security.Incident) {}); got != 1 {
		t.Errorf("between powers: %d entries", got)
	}
	w.Dyads.Trust[1*60+0] = .4 // who trusts imposes no sanctions
	for what, c := range map[string]struct {
		change func(e *security.Incident)
		want   int
	}{
		"between powers, in silence":        {func(e *security.Incident) { e.Public = false }, 0},
		"a false accusation between powers": {func(e *security.Incident) { e.Blamed = 3 }, 0},
		"one that is answered":              {func(e *security.Incident) { e.Blamed, e.Climb = 4, 0 }, 2},
		"a protest against a trifle":        {func(e *security.Incident) { e.Target, e.Climb, e.Severity = 5, 0, 2 }, 0},
		"sanctions over a trifle":           {func(e *security.Incident) { e.Climb, e.Severity = 0, 2 }, 2}, // after the protest
	} {
		if got := told(c.change); got != c.want {
			t.Errorf("%s: %d entries, want %d", what, got, c.want)
		}
	}
	before := len(w.Chronicle.Entries)
	for tick := range 6 {
		w.Tick = tick
		if tick == 5 {
			m.Happen(w, quiet)
		}
		m.Step(modeltest.At(w, 1, m.Name(), tick), w)
	}
	got := w.Chronicle.Entries[before:]
	year := w.Calendar.Start.Year()
	want := []string{
		fmt.Sprintf("In %d there are 13 lesser cyber operations, by s0 (10) and s2 (3); three drew a protest, two of them from s1.", year),
		fmt.Sprintf("In %d there is one lesser cyber operation, by s0.", year+1),
	}
	if len(got) != 2 || got[0].Text != want[0] || got[1].Text != want[1] || got[0].Tick != 1 || got[1].Tick != 5 || got[0].Actors[0] != "s0" {
		t.Errorf("%+v, want %q", got, want)
	}
}

// The chronicle tells the answer of a state that is punished for what it did not do.
func TestRepliesAreTold(t *testing.T) {
	for _, c := range []struct {
		what    string
		blamed  int
		channel float64
		draw    float64
		before  uint8
		want    bool
	}{
		{"wrongly accused", 2, 0, .59, world.NoResponse, true},
		{"forgiven", 2, 0, .61, world.NoResponse, false},
		{"a channel", 2, 1, .31, world.NoResponse, false},
		{"below a channel", 2, 1, .29, world.NoResponse, true},
		{"even already", 2, 0, 0, world.Protest, false},
		{"rightly accused", 1, 0, 0, world.NoResponse, false},
	} {
		w := wary(3)
		modeltest.Both(w, w.Dyads.Channel, 0, 2, c.channel)
		w.Dyads.Ladder[c.blamed*3] = c.before
		m := secure(t, map[string]float64{"security.escalation": 1, "security.reply": .6})
		modeltest.Begin(w, 1, m)
		m.Happen(w, security.Incident{Initiator: 1, Target: 0, Severity: 9, Blamed: c.blamed, Public: true, Reply: c.draw})
		tells := slices.ContainsFunc(w.Chronicle.Entries, func(e world.Entry) bool { return strings.HasPrefix(e.Text, "Wrongly accused, s2") })
		if tells != c.want {
			t.Errorf("%s: told %v", c.what, tells)
		}
	}
}

// What is summed up at the end of a year outlives a run that is broken off within it.
func TestYearOfIncidentsContinues(t *testing.T) {
	w := modeltest.Random(rand.New(rand.NewPCG(4, 1)), 9, 1, 2, 2, true)
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	modeltest.Continues(t, w, 1, 10, func() []sim.Mechanism[*world.World] {
		return []sim.Mechanism[*world.World]{security.New(new(sim.Parameters))}
	})
}

// That an agreement did not prevent an operation is told once for each agreement.
func TestAnAgreementThatDoesNotHoldIsToldOnce(t *testing.T) {
	w := wary(3)
	m := secure(t, map[string]float64{"security.escalation": 0})
	modeltest.Begin(w, 1, m)
	w.Dyads.Agree(3, 0, 1, .5, 0)
	silent := security.Incident{Initiator: 0, Target: 1, Severity: 5, Blamed: 0, Climb: 1, Reply: 1}
	named := silent
	named.Public = true
	for _, c := range []struct {
		incident security.Incident
		since    int
		want     string
	}{
		{silent, 0, "s1 is hit by a cyber operation of s0 (severity 5 of 10), their agreement notwithstanding; it knows the author, and stays silent."},
		{named, 0, "s1 is hit by a cyber operation of s0 (severity 5 of 10) and publicly names s0, but takes no step against it."},
		{named, 4, "s1 is hit by a cyber operation of s0 (severity 5 of 10), their agreement notwithstanding, and publicly names s0, but takes no step against it."},
	} {
		w.Dyads.Agreements[0].Since = c.since
		m.Happen(w, c.incident)
		w.Tell(security.Counted{})
		if got := w.Chronicle.Entries[len(w.Chronicle.Entries)-1].Text; got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// A private suspicion that is answered is answered without a word in public.
func TestCovertAnswersAreTold(t *testing.T) {
	w := wary(3)
	m := secure(t, map[string]float64{"security.escalation": 1, "security.covert": 1})
	modeltest.Begin(w, 1, m)
	m.Happen(w, security.Incident{Initiator: 0, Target: 1, Severity: 5, Blamed: 0, Reply: 1})
	want := []string{"s1 is hit by a cyber operation of s0 (severity 5 of 10); it knows the author.", "Without a word in public, s1 protests to s0."}
	for k, entry := range w.Chronicle.Entries {
		if entry.Text != want[k] {
			t.Errorf("%q, want %q", entry.Text, want[k])
		}
	}
}
