package norms

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"splinternet/models/modeltest"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

const exact = 1e-12

// plain makes the mechanism with the given parameters, by name without prefix.
func plain(t testing.TB, changes map[string]float64) *Norms {
	t.Helper()
	set := new(sim.Parameters)
	m := New(set)
	for name, value := range changes {
		if err := set.Set("norms."+name, value); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// add puts a text into force in a forum that is open to all states, with the given
// adherents.
func add(w *world.World, binding bool, position, depth float64, adherents ...int) *world.Text {
	f := modeltest.AddForum(w, "forum")
	f.Text = len(w.Texts)
	text := world.Text{
		ID: "text", Title: "Text", Line: world.ICTSecurity, Kind: world.Norm, Forum: len(w.Forums) - 1, Binding: binding,
		Position: make([]float64, w.Dim), Depth: depth, Stack: -1, Status: world.InForce, Adopted: -12,
		Adherence: make([]uint8, w.States.N), Compliance: make([]float64, w.States.N),
	}
	for d := range text.Position {
		text.Position[d] = position
	}
	f.Rule = world.Majority
	for _, i := range adherents {
		text.Adherence[i], text.Compliance[i] = world.Endorsed, world.Compliance(w.Position(i), text.Position)
	}
	w.Texts = append(w.Texts, text)
	return &w.Texts[len(w.Texts)-1]
}

// years plays the mechanism for a number of years in quarters.
func years(t testing.TB, w *world.World, m *Norms, seed uint64, number int) {
	t.Helper()
	modeltest.Play(t, w, seed, number*w.Calendar.PerYear(), m)
}

func count(t *world.Text, least uint8) int {
	n := 0
	for _, a := range t.Adherence {
		if a >= least {
			n++
		}
	}
	return n
}

// crowd is the share of the other members of a crowd who have joined.
func crowd(joined []bool, i int) float64 {
	n := 0
	for j, in := range joined {
		if in && j != i {
			n++
		}
	}
	return float64(n) / float64(len(joined)-1)
}

// Granovetter 1978: thresholds 0, 1, ..., 99 bring all 100 in; put 2 in the place
// of 1 and one stays alone. The mechanism itself agrees, a round a year.
func TestGranovetter(t *testing.T) {
	for _, c := range []struct{ second, want int }{{1, 100}, {2, 1}} {
		thresholds := make([]float64, 100)
		for k := range thresholds {
			thresholds[k] = float64(k) / 99
		}
		thresholds[1] = float64(c.second) / 99
		if got := Cascade(make([]bool, 100), thresholds, crowd); got != c.want {
			t.Errorf("Cascade: %d join, want %d", got, c.want)
		}
		w, m := modeltest.World(100), plain(t, map[string]float64{"distance": 0, "power": 0, "erosion": 0, "reconsider": 1})
		add(w, false, .5, .2)
		modeltest.Begin(w, 1, m)
		copy(m.Thresholds, thresholds)
		for k := range 110 {
			m.Step(modeltest.At(w, 1, "norms", 4*k), w)
		}
		if got := count(&w.Texts[0], world.Endorsed); got != c.want {
			t.Errorf("mechanism: %d join, want %d", got, c.want)
		}
	}
}

// Watts 2002: a node tips after one neighbour if it has at most 1/phi of them. The global
// cascades that follow on Poisson graphs are among the verified numbers of
// scenarios/evidence.
func TestWatts(t *testing.T) {
	const phi = .18
	if !Vulnerable(5, phi) || Vulnerable(6, phi) || Vulnerable(0, phi) {
		t.Error("vulnerable are those with at most five neighbours at .18")
	}
}

// Peers without trust are none, and a text that is far, or binds, needs more of
// them.
func TestThreshold(t *testing.T) {
	for _, c := range []struct {
		name    string
		trust   float64 // in the adherents
		binding bool
		text    float64
		want    bool
	}{
		{"half of the peers", 1, false, .5, true},
		{"peers who are trusted little", .2, false, .5, false},
		{"a voluntary text that is far", 1, false, 1, true},
		{"a binding text that is far", 1, true, 1, false},
	} {
		// Five states; two of the four peers adhere: a share of one half.
		w := modeltest.World(5)
		m := plain(t, map[string]float64{"threshold": .4, "spread": 0, "distance": .4, "soft": .25, "power": 0, "ratification": 0, "reconsider": 1})
		for _, j := range []int{1, 2} {
			w.Dyads.Trust[j] = c.trust
		}
		text := add(w, c.binding, c.text, .2, 1, 2)
		years(t, w, m, 1, 1)
		if got := text.Adherence[0] == world.Endorsed; got != c.want {
			t.Errorf("%s: joins %v", c.name, got)
		}
	}
}

func TestBeta(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct{ mean, sd float64 }{{.33, .18}, {.5, .1}, {.2, .3}, {.33, 0}, {0, .2}, {1, .2}} {
		sum, square := 0.0, 0.0
		const n = 20000
		for range n {
			x := Beta(rng, c.mean, c.sd)
			if !(x >= 0 && x <= 1) {
				t.Fatalf("Beta draws %g", x)
			}
			sum, square = sum+x, square+x*x
		}
		mean := sum / n
		modeltest.Near(t, "mean", mean, c.mean, .01)
		if c.mean > 0 && c.mean < 1 {
			modeltest.Near(t, "deviation", math.Sqrt(max(0, square/n-mean*mean)), c.sd, .01)
		}
	}
}

// A state has the threshold that its identifier and the seed give it, whoever else
// there is.
func TestThresholdsAreKeyed(t *testing.T) {
	one, other := plain(t, nil), plain(t, nil)
	small, large := modeltest.World(3), modeltest.World(9)
	modeltest.Begin(small, 5, one)
	modeltest.Begin(large, 5, other)
	if !slices.Equal(one.Thresholds, other.Thresholds[:3]) || one.Thresholds[0] == one.Thresholds[1] {
		t.Errorf("%v and %v", one.Thresholds, other.Thresholds)
	}
}

func TestAdmission(t *testing.T) {
	w := modeltest.World(4)
	club := *modeltest.AddForum(w, "club", 0, 1)
	all := *modeltest.AddForum(w, "all")
	experts, treaty, open := club, world.Text{Binding: true}, world.Text{Binding: true, Open: true}
	experts.Access, experts.Members = world.AccessMultistakeholder, make([]bool, 4)
	for _, c := range []struct {
		name  string
		forum world.Forum
		text  world.Text
		state int
		want  bool
	}{
		{"member of a club", club, treaty, 1, true},
		{"outsider of a club", club, treaty, 2, false},
		{"outsider of a club whose convention is open", club, open, 2, true},
		{"anybody at the United Nations", all, treaty, 3, true},
		{"anybody where states are no members", experts, world.Text{}, 3, true},
	} {
		if got := Admits(&c.forum, &c.text, c.state); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestHazard(t *testing.T) {
	m := plain(t, map[string]float64{"ratification": .02, "closeness": 4, "peers": 2, "capacity": 1, "rival": 1})
	modeltest.Near(t, "at the text, alone", m.Hazard(0, 0, 0, false), .02, exact)
	modeltest.Near(t, "with everything", m.Hazard(.5, .5, 1, false), .02*math.Exp(-2+1+1), exact)
	modeltest.Near(t, "bound nearer", m.Hazard(.5, .5, 1, true), .02/math.E, exact)
}

// Vaupel, Manton and Stallard 1979: where hazards differ by a gamma distributed factor of
// mean 1, the mean factor of those who are left after a cumulated hazard H is
// 1 / (1 + variance H).
func TestFrail(t *testing.T) {
	const variance, h, n = 1.5, .2, 200000
	m := plain(t, map[string]float64{"frailty": variance})
	rng := rand.New(rand.NewPCG(3, 4))
	for _, years := range []float64{0, 2, 10, 17} {
		sum, left := 0.0, 0.0
		for range n {
			z := variance * gamma(rng, 1/variance)
			stays := math.Exp(-z * h * years)
			sum, left = sum+z*h*stays, left+stays
		}
		modeltest.Near(t, fmt.Sprintf("mean hazard of those left after %g years", years), m.Frail(h, years), sum/left, .002)
	}
	if alike := plain(t, map[string]float64{"frailty": 0}); alike.Frail(h, 40) != h {
		t.Error("without frailty time changes nothing")
	}
}

// Those who could have acceded for long hold out; those who were invited of late come,
// and nobody does in the first year of a treaty.
func TestInvitation(t *testing.T) {
	const n = 200
	w, m := modeltest.World(n), plain(t, map[string]float64{"ratification": .2, "closeness": 0, "peers": 0, "capacity": 0, "frailty": 3})
	text := add(w, true, .5, .3)
	text.Open, text.Adopted = true, -80
	text.Since, text.Invited = slices.Repeat([]int{world.NotAdopted}, n), slices.Repeat([]int{world.NotAdopted}, n)
	late := func(i int) bool { return i%2 == 0 }
	for i := range n {
		if late(i) {
			text.Invited[i] = -2
		}
	}
	years(t, w, m, 5, 3)
	came := [2]int{}
	for i, a := range text.Adherence {
		if a >= world.Ratified {
			came[i%2]++
		}
	}
	if !(came[0] > 25 && came[1] < 10) {
		t.Errorf("of 100 invited lately %d came, of 100 who could for twenty years %d", came[0], came[1])
	}
	// A text at the other pole is for those only who asked to accede to it.
	far := modeltest.World(4, .1, .1, .1, .1)
	pole := add(far, true, .9, .3)
	pole.Open, pole.Adopted, pole.Invited = true, -80, []int{-2, world.NotAdopted, -2, 400}
	years(t, far, plain(t, map[string]float64{"ratification": 1, "closeness": 0, "frailty": 0}), 5, 12)
	if a := pole.Adherence; a[0] < world.Ratified || a[2] < world.Ratified || a[1] != world.Outside || a[3] != world.Outside {
		t.Errorf("adherence to a text at the other pole: %v", a)
	}
	fresh := modeltest.World(n)
	young := add(fresh, true, .5, .3)
	young.Open, young.Adopted = true, -1
	years(t, fresh, plain(t, map[string]float64{"ratification": 1, "closeness": 0}), 5, 1)
	if got := count(young, world.Ratified); got != 0 {
		t.Errorf("%d ratified within a year of the adoption", got)
	}
}

// Nobody ratifies a treaty in the year of its signature.
func TestSignatureComesFirst(t *testing.T) {
	w, m := modeltest.World(6), plain(t, map[string]float64{"threshold": 0, "spread": 0, "distance": 0, "reconsider": 1, "ratification": 1, "peers": 20, "closeness": 0, "frailty": 0})
	text := add(w, true, .5, .3, 0, 1, 2)
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, "norms", 0), w)
	if signed := count(text, world.Endorsed); signed != 6 || text.Adherence[5] != world.Endorsed {
		t.Errorf("%d states signed in the first year, and the last of them stands at %d", signed, text.Adherence[5])
	}
	for k := 4; k < 20; k += 4 {
		m.Step(modeltest.At(w, 1, "norms", k), w)
	}
	if got := count(text, world.Ratified); got != 6 {
		t.Errorf("%d of 6 ratified in the years after", got)
	}
}

// Half of those whom their peers would tip take it up, if every second state has the
// question on its desk; of those with a vote on record a quarter does, and none within
// a year of it. Nobody takes it up from a foe.
func TestReconsider(t *testing.T) {
	const n = 300
	play := func(share float64, adopted, span int, vote bool, trust float64) int {
		w, m := modeltest.World(n), plain(t, map[string]float64{"threshold": 0, "spread": 0, "distance": 0, "reconsider": share})
		text := add(w, false, .5, .2, 0, 1, 2)
		text.Adopted, text.Sponsors = adopted, []int{0}
		w.Forums[0].Universal = vote
		for i := range n {
			w.Dyads.Trust[i*n] = trust
		}
		years(t, w, m, 1, span)
		return count(&w.Texts[0], world.Endorsed) - 3
	}
	if got := play(1, -12, 1, false, 1); got != n-3 {
		t.Errorf("%d of %d follow where all take it up", got, n-3)
	}
	modeltest.Near(t, "followers in a year", float64(play(.5, -12, 1, false, 1)), (n-3)/2., 30)
	modeltest.Near(t, "followers in two years", float64(play(.5, -12, 2, false, 1)), (n-3)*3/4., 30)
	modeltest.Near(t, "followers who had voted otherwise", float64(play(.5, -12, 1, true, 1)), (n-3)/4., 25)
	if got := play(1, -2, 1, true, 1); got != 0 {
		t.Errorf("%d went back on a vote of the same year", got)
	}
	if got := play(1, -12, 3, false, .2); got != 0 {
		t.Errorf("%d took up what a foe proposes", got)
	}
}

// Under the same hazard, months, quarters and years bring as many ratifications a
// year, as many as the hazard says.
func TestTicksAgree(t *testing.T) {
	const n, span, runs = 40, 5, 20
	for length := sim.Month; length <= sim.Year; length++ {
		ratified := 0
		for seed := range uint64(runs) {
			w := modeltest.World(n)
			w.Calendar.Tick = length
			m := plain(t, map[string]float64{"ratification": .1, "peers": 0, "capacity": 0, "entry": 1, "frailty": 0})
			add(w, true, .5, .3).Open = true
			years(t, w, m, seed, span)
			ratified += count(&w.Texts[0], world.Ratified)
		}
		want := n * (1 - math.Exp(-.1*span))
		modeltest.Near(t, "ratifications with ticks of a "+length.String(), float64(ratified)/runs, want, 2)
	}
}

// A treaty needs what it says itself, or else a share of those whom it is for.
func TestNeeded(t *testing.T) {
	m := plain(t, nil)
	for states, want := range map[int]int{193: 40, 54: 12, 8: 5, 3: 3, 1: 1} {
		if got := m.Needed(states); got != want {
			t.Errorf("%d states: %d needed, want %d", states, got, want)
		}
	}
	w := modeltest.World(10)
	clause := add(w, true, .5, .3)
	modeltest.Begin(w, 3, m)
	u := m.turn(modeltest.At(w, 3, "norms", 0), w, 0)
	w.Forums[0].Product = world.Product{ID: clause.ID, Needed: 7}
	if got := u.needed(); got != 7 {
		t.Errorf("a treaty that its forum was to draft needs %d, want the 7 of its clause", got)
	}
	if clause.Needed = 4; u.needed() != 4 {
		t.Errorf("a treaty needs %d, want the 4 that it says itself", u.needed())
	}
}

// H10: made binding, the same text covers fewer states, who comply more.
func TestDepthAndParticipation(t *testing.T) {
	play := func(binding bool) (coverage, compliance float64) {
		positions := make([]float64, 20)
		for i := range positions {
			positions[i] = float64(i) / 19
		}
		w := modeltest.World(20, positions...)
		add(w, binding, .7, .5, 10, 11, 12, 13, 14, 15)
		years(t, w, plain(t, map[string]float64{"entry": .1}), 11, 15)
		text := &w.Texts[0]
		for i := range w.States.N {
			if text.Covers(i) {
				coverage++
				compliance += text.Compliance[i]
			}
		}
		return coverage, compliance / max(1, coverage)
	}
	soft, softly := play(false)
	hard, firmly := play(true)
	if !(hard < soft && hard > 0 && firmly > softly+.05) {
		t.Errorf("soft: %g states comply by %.2f; binding: %g by %.2f", soft, softly, hard, firmly)
	}
}

func TestComply(t *testing.T) {
	m := plain(t, map[string]float64{"compliance": .3, "violation": .2, "gain": .6, "enforcement": .5})
	for _, c := range []struct {
		name                                     string
		before, pressure, violations, temptation float64
		binding                                  bool
		want                                     float64
	}{
		{"left alone", .5, 0, 0, 0, false, .5},
		{"pressed", .5, 1, 0, 0, false, .5 + .15},
		{"tempted", .5, 0, 0, .5, false, .5 - .15},
		{"tempted but bound", .5, 0, 0, .5, true, .5 - .075},
		{"blamed", .5, 0, 1, 0, false, .5 - .1},
		{"temptation has an end", .5, 0, 0, 9, false, .5 - .3},
	} {
		modeltest.Near(t, c.name, m.Comply(c.before, c.pressure, c.violations, c.temptation, c.binding), c.want, exact)
	}
	// Where all comply alike, compliance settles at 1 - g d T / r.
	c := .9
	for range 400 {
		c = m.Comply(c, c, 0, .2, false)
	}
	modeltest.Near(t, "fixed point", c, 1-.6*.2/.3, 1e-9)
}

// What a state is blamed for costs it compliance, with texts on conduct, as far as
// the others distrust it.
func TestViolations(t *testing.T) {
	play := func(blame, trust float64, line world.Line) float64 {
		w := modeltest.World(6)
		for j := 1; j < 6; j++ {
			w.Dyads.Trust[j*6] = trust
		}
		w.States.Blame[0] = blame
		add(w, false, .5, .2, 0, 1, 2, 3, 4, 5).Line = line
		w.Texts[0].Compliance[0] = .5
		years(t, w, plain(t, nil), 1, 3)
		return w.Texts[0].Compliance[0]
	}
	innocent := play(0, .2, world.ICTSecurity)
	if got := play(2, .2, world.ICTSecurity); !(got < innocent) {
		t.Errorf("blamed %.3f, innocent %.3f", got, innocent)
	}
	if play(2, 1, world.ICTSecurity) != innocent || play(2, .2, world.Standards) != innocent {
		t.Error("friends believe an accusation, or it counts against a text that it does not concern")
	}
}

// Members who disowned the text of a living forum come back by its sessions.
func TestDisowned(t *testing.T) {
	for status, want := range map[world.ForumStatus]bool{world.Alive: false, world.Dormant: true} {
		w := modeltest.World(5)
		add(w, false, .5, .2, 0, 1, 2, 3)
		w.Forums[0].Rule, w.Forums[0].Status = world.Consensus, status
		years(t, w, plain(t, map[string]float64{"reconsider": 1}), 1, 1)
		if got := w.Texts[0].Covers(4); got != want {
			t.Errorf("forum %v: back %v", status, got)
		}
	}
}

// answer is a rule that always adheres, or never.
type answer struct{ yes bool }

func (a answer) Decide(_ *world.World, asked world.Asked) world.Answer {
	if asked.Question == world.AdoptQuestion {
		return world.YesOrNo(a.yes)
	}
	return asked.Model
}

func TestRules(t *testing.T) {
	for _, binding := range []bool{false, true} {
		w := modeltest.World(6)
		m := plain(t, map[string]float64{"threshold": .3, "spread": 0, "ratification": 1, "peers": 20})
		w.Rules.State = []world.Rule{nil, answer{yes: true}, answer{}, nil, nil, nil}
		text := add(w, binding, 1, .2, 3, 4, 5)
		text.Open = binding
		w.Dyads.Trust[1*6+3], w.Dyads.Trust[1*6+4], w.Dyads.Trust[1*6+5] = 0, 0, 0 // the model would say no
		years(t, w, m, 1, 1)
		least := world.Endorsed
		if binding {
			least = world.Ratified
		}
		if text.Adherence[1] < least {
			t.Errorf("binding %v: a scripted yes does not count", binding)
		}
		years(t, w, m, 1, 20)
		if text.Adherence[2] != world.Outside {
			t.Errorf("binding %v: a scripted no does not count", binding)
		}
	}
}

// Whoever accedes to a convention of invited states becomes a member of its
// committee.
func TestAccession(t *testing.T) {
	w := modeltest.World(6)
	f := modeltest.AddForum(w, "committee", 0, 1)
	f.Access, f.Text = world.AccessInvited, 0
	w.Texts = append(w.Texts, world.Text{
		ID: "convention", Kind: world.Treaty, Line: world.Cybercrime, Binding: true, Open: true, Position: []float64{.5}, Depth: .5, Stack: -1, Adopted: -12,
		Adherence: []uint8{world.Party, world.Party, 0, 0, 0, 0}, Compliance: []float64{1, 1, 0, 0, 0, 0},
	})
	years(t, w, plain(t, map[string]float64{"ratification": 1, "peers": 20, "frailty": 0}), 1, 3)
	for i := range 6 {
		if !f.Members[i] || w.Texts[0].Adherence[i] != world.Party || w.Texts[0].Compliance[i] == 0 {
			t.Errorf("state %d: member %v, adherence %d", i, f.Members[i], w.Texts[0].Adherence[i])
		}
	}
	shared := slices.Clone(w.Dyads.Shared)
	if w.CountShared(); shared[5] != 1 || !slices.Equal(shared, w.Dyads.Shared) {
		t.Errorf("shared forums: %v, counted again %v", shared, w.Dyads.Shared)
	}
}

// Who called for a convention ratifies it as soon as it can, wherever the text has come to
// lie, others who proposed it sooner than most, and who takes its lead for a foe never.
func TestProposersRatify(t *testing.T) {
	const n = 60
	m := plain(t, map[string]float64{"frailty": .2, "peers": 2})
	w := modeltest.World(n)
	text := add(w, true, .5, .3)
	f := &w.Forums[0]
	f.Sponsor = 0
	for i := range n {
		text.Adherence[i] = world.Endorsed
		w.States.Position[i] = 0 // nearly beyond reach
		if i > 0 && i < 20 {
			f.Product.Proposers = append(f.Product.Proposers, i)
		}
		if i >= 50 {
			w.Dyads.Trust[i*n] = m.Foe / 2
		}
	}
	came := func() (sponsors, others, foes int) {
		for i, a := range text.Adherence {
			switch {
			case a < world.Ratified || i == 0:
			case i < 20:
				sponsors++
			case i < 50:
				others++
			default:
				foes++
			}
		}
		return sponsors, others, foes
	}
	years(t, w, m, 4, 2)
	if sponsors, others, _ := came(); text.Adherence[0] < world.Ratified || sponsors < 8 || others > 7 {
		t.Errorf("its lead stands at %d, and %d of 19 sponsors and %d of 30 others have ratified", text.Adherence[0], sponsors, others)
	}
	years(t, w, m, 4, 40)
	if _, others, foes := came(); others < 20 || foes > 0 {
		t.Errorf("of 30 others %d came in the end, of 10 foes of its lead %d", others, foes)
	}
}

// Who voted against a resolution, or wrote that of the other side, does not come round to it.
func TestDeclined(t *testing.T) {
	w, m := modeltest.World(8), plain(t, map[string]float64{"threshold": 0, "spread": 0, "distance": 0, "reconsider": 1})
	add(w, false, .3, .2, 0, 1)
	add(w, false, .9, .2).Sponsors = []int{2}
	text := &w.Texts[0]
	for k := range w.Forums {
		w.Forums[k].Universal = true
	}
	text.Against = make([]bool, 8)
	text.Against[3] = true
	for i := range 8 {
		w.States.Position[i] = .5
	}
	years(t, w, m, 1, 6)
	for i, a := range text.Adherence {
		if want := i != 2 && i != 3; (a == world.Endorsed) != want {
			t.Errorf("state %d stands at %d", i, a)
		}
	}
}

// Who is on record against a treaty does not ratify it, even if it has signed.
func TestOpposedDoNotRatify(t *testing.T) {
	w, m := modeltest.World(8), plain(t, map[string]float64{"ratification": 1, "peers": 20, "frailty": 0})
	text := add(w, true, .5, .3, 0, 1, 2, 3, 4, 5, 6, 7)
	text.Against = make([]bool, 8)
	text.Against[3] = true
	years(t, w, m, 1, 10)
	for i, a := range text.Adherence {
		if ratified := a >= world.Ratified; ratified != (i != 3) {
			t.Errorf("state %d stands at %d", i, a)
		}
	}
}

// Who loses twice as much to crime as at the start ratifies a convention on cybercrime at twice
// the hazard, and other treaties at the same.
func TestNeed(t *testing.T) {
	w, m := modeltest.World(4), plain(t, nil)
	add(w, true, .5, .3)
	w.Crime = world.Crime{Share: make([]float64, 16), Loss: []float64{.2, .4, .1, .2}, Before: []float64{.2, .2, .2, .2}}
	m.Prepare(w)
	m.Begin(modeltest.Start(w, 1, m.Name()), w)
	for line, want := range map[world.Line][]float64{world.Cybercrime: {1, 2, .5, 1}, world.ICTSecurity: {1, 1, 1, 1}} {
		w.Texts[0].Line = line
		u := m.turn(modeltest.At(w, 1, m.Name(), 0), w, 0)
		for i, x := range want {
			modeltest.Near(t, "need on "+string(line), u.need(i), x, 1e-12)
		}
	}
}

// In any world and with any parameters compliance stays in [0, 1], nobody falls
// back from a text, and the order of the states does not matter.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := modeltest.Draw(r, modeltest.Limits{States: 7})
		set := new(sim.Parameters)
		m := New(set)
		modeltest.DrawParameters(r, set)
		n := w.States.N
		for k := range rapid.IntRange(1, 3).Draw(r, "texts") {
			text := add(w, k%2 == 1, rapid.Float64Range(0, 1).Draw(r, "position"), rapid.Float64Range(0, 1).Draw(r, "depth"))
			text.Open = k == 1
			for i := range n {
				text.Adherence[i] = rapid.Uint8Range(0, world.Party).Draw(r, "adherence")
				text.Compliance[i] = rapid.Float64Range(0, 1).Draw(r, "compliance")
			}
		}
		order := rand.New(rand.NewPCG(1, 1)).Perm(n)
		p := modeltest.Permute(w, order)
		before := w.Clone()
		modeltest.Begin(w, 1, m)
		for k := range 12 {
			m.Step(modeltest.At(w, 1, "norms", k), w)
		}
		for k := range w.Texts {
			for i, c := range w.Texts[k].Compliance {
				if !(c >= 0 && c <= 1) {
					r.Fatalf("compliance %g", c)
				}
				if w.Texts[k].Adherence[i] < before.Texts[k].Adherence[i] {
					r.Fatalf("state %d fell back", i)
				}
			}
		}
		if wrong := modeltest.Invalid(w); wrong != "" {
			r.Fatal(wrong)
		}
		modeltest.Begin(p, 1, m)
		m.Step(modeltest.At(p, 1, "norms", 0), p)
		again := before.Clone()
		modeltest.Begin(again, 1, m)
		m.Step(modeltest.At(again, 1, "norms", 0), again)
		for k := range again.Texts {
			for at, i := range order {
				if math.Abs(p.Texts[k].Compliance[at]-again.Texts[k].Compliance[i]) > 1e-9 {
					r.Fatalf("text %d, state %d: %g, permuted %g", k, i, again.Texts[k].Compliance[i], p.Texts[k].Compliance[at])
				}
			}
		}
	})
}

func TestStepAllocatesNothing(t *testing.T) {
	w := modeltest.World(30)
	add(w, false, .8, .3, 0, 1, 2)
	add(w, true, .2, .3, 3, 4, 5)
	m := plain(t, nil)
	modeltest.Begin(w, 1, m)
	now := modeltest.At(w, 1, "norms", 0)
	m.Step(now, w)
	if n := testing.AllocsPerRun(20, func() { m.Step(now, w) }); n != 0 {
		t.Errorf("%g allocations a year", n)
	}
}

func TestWeighAll(t *testing.T) {
	for n := range 11 {
		matrix, column, sums := make([]float64, n*n), make([]float64, n), make([]float64, n)
		for k := range matrix {
			matrix[k] = float64(k%7) + .5
		}
		for k := range column {
			column[k] = float64(k*k) - 3
		}
		weighAll(sums, matrix, column)
		for i := range n {
			want := 0.0
			for k, x := range column {
				want += x * matrix[i*n+k]
			}
			modeltest.Near(t, "sum", sums[i], want, 1e-9)
		}
	}
}

// Looking at some rows, and at what is not zero, must give the very same sums.
func TestWeighFew(t *testing.T) {
	for n := range 23 {
		matrix, column, all := make([]float64, n*n), make([]float64, n), make([]float64, n)
		var rows []int
		var few []voice
		for k := range matrix {
			matrix[k] = 1 / float64(k+3)
		}
		for k := range column {
			if k%3 == 0 {
				column[k] = math.Sqrt(float64(k + 2))
				few = append(few, voice{k, 1, column[k]})
			}
			if k%2 == 1 {
				rows = append(rows, k)
			}
		}
		weighAll(all, matrix, column)
		some := make([]float64, n)
		weighFew(some, matrix, rows, few)
		for i := range n {
			if want := all[i] * float64(i%2); some[i] != want {
				t.Errorf("row %d of %d sums to %g; want %g", i, n, some[i], want)
			}
		}
	}
}
