package standards_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/modeltest"
	"splinternet/models/standards"
	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

// with makes the mechanism without alignment, switching cost or extra quality, and
// with all equipment renewed every year, but for the values given.
func with(tb testing.TB, changes map[string]float64) *standards.Standards {
	tb.Helper()
	set := new(sim.Parameters)
	m := standards.New(set)
	modeltest.Set(tb, set, map[string]float64{
		"standards.alignment": 0, "standards.switching": 0, "standards.quality": 0, "standards.replacement": 1, "standards.uptake": 1,
	})
	modeltest.Set(tb, set, changes)
	return m
}

// two is a world of n alike states with the given share on the second of two
// stacks of equal quality.
func two(n int, share float64) *world.World {
	w := modeltest.World(n)
	modeltest.AddStack(w, "other", .25)
	for i := range n {
		w.States.Stack[2*i], w.States.Stack[2*i+1] = 1-share, share
	}
	return w
}

// TestPitchfork is the choice of a homogeneous population, s = 1/(1+exp(-J(2s-1))):
// below J = 2 networks split evenly, above it the stack ahead wins all but a rest.
// Switching cost adds to the network effect, so that with it the threshold is
// J + C = 2. (Urn models of lock-in, which draw adopters one by one, are not
// limits of this mechanism: it moves shares without chance.)
func TestPitchfork(t *testing.T) {
	const n = 5
	for _, c := range []struct {
		network, switching, low float64 // low is the share of the stack behind
	}{
		{0, 0, .5},
		{1, 0, .5},
		{1.9, 0, .5},
		{2.5, 0, .145},
		{4, 0, .021},
		{1.5, .4, .5},
		{0, 1.9, .5},
		{1.5, 1, .145},
		{0, 2.5, .145},
		{3, 1, .021},
	} {
		m := with(t, map[string]float64{"standards.network": c.network, "standards.switching": c.switching})
		for _, start := range []float64{.02, .45, .5, .55, .98} {
			w := two(n, start)
			modeltest.Play(t, w, 1, 2000, m)
			want := c.low
			if start > .5 {
				want = 1 - c.low
			}
			if start == .5 {
				want = .5 // nobody is ahead
			}
			for i := range n {
				modeltest.Near(t, fmt.Sprintf("J %g C %g from %g: share", c.network, c.switching, start), w.States.Stack[2*i+1], want, 5e-4) // published to three digits
			}
			share := w.States.Stack[1]
			modeltest.Near(t, "fixed point", share, 1/(1+math.Exp(-(c.network+c.switching)*(2*share-1))), 1e-9)
		}
	}
	// On either side of the threshold.
	for total, split := range map[float64]bool{1.98: false, 2.02: true} {
		for _, switching := range []float64{0, .5} {
			w := two(n, .6)
			modeltest.Play(t, w, 1, 20000, with(t, map[string]float64{"standards.network": total - switching, "standards.switching": switching}))
			if got := w.States.Stack[1] > .55; got != split {
				t.Errorf("J + C = %g with C = %g ends at a share of %g", total, switching, w.States.Stack[1])
			}
		}
	}
}

// TestReplacement: the share of equipment that is renewed within a year does not
// depend on the length of a tick.
func TestReplacement(t *testing.T) {
	for length := range sim.TickLengths {
		w := two(3, 0)
		w.Calendar.Tick = sim.TickLength(length)
		modeltest.Play(t, w, 1, 5*w.Calendar.PerYear(), with(t, map[string]float64{"standards.network": 0, "standards.replacement": .15}))
		modeltest.Near(t, "share after five years in "+w.Calendar.Tick.String()+"s", w.States.Stack[1], .5*(1-math.Pow(.85, 5)), 1e-12)
	}
}

// TestUtility compares one choice with the formula, for states that differ in
// position, trust, users and bans.
func TestUtility(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{States: 7, Stacks: 4})
		set := new(sim.Parameters)
		m := standards.New(set)
		modeltest.DrawParameters(t, set)
		const tick = 0 // the third quarter: nothing is recognised
		want, moves := reference(m, w, sim.PerTick(m.Replacement, w.Calendar.Years()))
		modeltest.Begin(w, 1, m)
		m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		if !moves {
			return
		}
		for k, a := range w.States.Stack {
			if math.Abs(a-want[k]) > 1e-9 {
				t.Fatalf("share %d is %g; want %g", k, a, want[k])
			}
		}
	})
}

// reference is the equation of the package comment, term by term. It tells whether
// there is anything to choose from.
func reference(m *standards.Standards, w *world.World, rho float64) (next []float64, moves bool) {
	s, f, n, stacks := &w.States, &w.Firms, w.States.N, len(w.Stacks)
	next = slices.Clone(s.Stack)
	available := 0
	for k := range stacks {
		if w.Stacks[k].Proposed {
			available++
		}
	}
	if available < 2 {
		return next, false
	}
	for i := range n {
		weight := make([]float64, stacks)
		for k := range stacks {
			stack := &w.Stacks[k]
			if !stack.Proposed {
				continue
			}
			on, all := 0.0, 0.0
			for j := range n {
				all += w.Dyads.Trust[i*n+j] * s.Users[j]
				on += w.Dyads.Trust[i*n+j] * s.Users[j] * s.Stack[j*stacks+k]
			}
			sold, barred := 0.0, 0.0
			for a := range f.N {
				if f.Stack[a] == k {
					sold += f.Share[a*n+i]
					barred += f.Share[a*n+i] * f.Ban[a*n+i]
				}
			}
			if sold > 0 {
				barred /= sold
			}
			distance := 0.0
			for d := range w.Dim {
				distance += math.Abs(s.Position[i*w.Dim+d]-stack.Position[d]) / float64(w.Dim)
			}
			quality := stack.Immature + (stack.Potential-stack.Immature)*stack.Recognition
			if k > 0 {
				quality += m.Quality * stack.Recognition
			}
			weight[k] = math.Exp(quality + m.Network*on/all + m.Alignment*(1-distance) - m.Ban*barred - m.Switching*(1-s.Stack[i*stacks+k]))
		}
		modeltest.Shares(weight)
		for k := range stacks {
			next[i*stacks+k] += rho * (weight[k] - next[i*stacks+k])
		}
	}
	return next, true
}

// TestUnavailable: a stack that nobody has proposed is chosen by nobody, however
// good it is, and alone the incumbent keeps everything.
func TestUnavailable(t *testing.T) {
	w := two(3, 0)
	modeltest.AddStack(w, "third", .5)
	w.Stacks[2].Potential, w.Stacks[2].Proposed = 10, false
	modeltest.Play(t, w, 1, 100, with(t, nil))
	for i := range 3 {
		if w.States.Stack[3*i+2] != 0 || w.States.Stack[3*i+1] == 0 {
			t.Errorf("shares of state %d are %v", i, w.States.Stack[3*i:3*i+3])
		}
	}
	w = two(3, 0)
	w.Stacks[1].Proposed = false
	w.Stacks[1].Potential = 10
	modeltest.Play(t, w, 1, 100, with(t, nil))
	if !slices.Equal(w.States.Stack, []float64{1, 0, 1, 0, 1, 0}) {
		t.Errorf("without a second stack the shares are %v", w.States.Stack)
	}
}

// TestBans: banning the vendors of a stack lowers its share, in proportion to
// what they sell of it, at home only.
func TestBans(t *testing.T) {
	share := func(bans ...float64) float64 {
		w := two(2, .5)
		modeltest.AddFirm(w, "a", world.Abroad, 1, .45)
		modeltest.AddFirm(w, "b", world.Abroad, 1, .15)
		modeltest.AddFirm(w, "c", world.Abroad, 0, .4)
		for k, strength := range bans {
			w.Firms.Ban[k*2] = strength // of state 0
		}
		w.CountBans()
		modeltest.Play(t, w, 1, 40, with(t, map[string]float64{"standards.network": 0, "standards.ban": 2}))
		if len(bans) > 0 {
			modeltest.Near(t, "share where nothing is banned", w.States.Stack[3], .5, 1e-12)
		}
		return w.States.Stack[1]
	}
	logistic := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	for _, c := range []struct {
		bans []float64
		cost float64 // in logits, of two for all vendors of the stack
	}{{nil, 0}, {[]float64{0, 1}, .5}, {[]float64{.5}, .75}, {[]float64{1}, 1.5}, {[]float64{1, 1}, 2}, {[]float64{1, 1, 1}, 0}} {
		modeltest.Near(t, fmt.Sprintf("share with bans %v", c.bans), share(c.bans...), logistic(-c.cost), 1e-9)
	}
}

// TestBanOfTheTick: a ban counts from the tick in which it comes into force.
func TestBanOfTheTick(t *testing.T) {
	w := two(2, .5)
	modeltest.AddFirm(w, "a", world.Abroad, 1, 1)
	m := with(t, map[string]float64{"standards.network": 0})
	modeltest.Play(t, w, 1, 1, m)
	before := w.States.Stack[1]
	w.Firms.Ban[0] = 1
	w.CountBans()
	m.Step(modeltest.At(w, 1, m.Name(), 1), w)
	if w.States.Stack[1] >= before-.01 {
		t.Errorf("in the tick of the ban the share moves from %g to %g", before, w.States.Stack[1])
	}
}

// TestRecognition: every January states recognise a stack that stands nearer to
// them than the incumbent, by more than the parameter; that lifts its quality, and
// is not taken back.
func TestRecognition(t *testing.T) {
	w := modeltest.World(4, .1, .3, .6, .9)
	modeltest.AddStack(w, "new", .2)
	stack := &w.Stacks[1]
	stack.Recognition, stack.Recognised = 0, make([]bool, 4)
	stack.Immature, stack.Potential = -1.5, .5
	copy(w.States.Power, []float64{.4, .1, .2, .3})
	runs(w, 1)
	m := with(t, map[string]float64{"standards.recognition": .15, "standards.replacement": 0})
	quality := stack.Quality()
	modeltest.Near(t, "quality at first", quality, -1.5, 0)
	// July and October: nobody is asked. Nearer by .55, .35, -.25 and -.55.
	modeltest.Play(t, w, 1, 2, m)
	if stack.Recognition != 0 {
		t.Errorf("recognition before January is %g", stack.Recognition)
	}
	modeltest.Play(t, w, 1, 3, m)
	if !slices.Equal(stack.Recognised, []bool{true, true, false, false}) {
		t.Errorf("recognised by %v", stack.Recognised)
	}
	modeltest.Near(t, "recognition", stack.Recognition, (.4+.1)/2+.25, 1e-12)
	modeltest.Near(t, "quality", stack.Quality(), -1.5+2*.5, 1e-12)
	// The second state turns away; the third turns to it.
	w.States.Position[1], w.States.Position[2] = .9, .35
	modeltest.Play(t, w, 1, 3, m)
	if !slices.Equal(stack.Recognised, []bool{true, true, true, false}) {
		t.Errorf("a year on it is recognised by %v", stack.Recognised)
	}
	modeltest.Near(t, "recognition a year on", stack.Recognition, .7/2+.75/2, 1e-12)

	// The better recognised, the better chosen.
	last := -1.0
	for recognised := range 4 {
		w := two(4, .1)
		other := &w.Stacks[1]
		other.Immature, other.Potential = -1.5, 0
		for i := range 4 {
			other.Recognised[i] = i < recognised
		}
		standards.Recount(w, 1)
		modeltest.Play(t, w, 1, 2, with(t, map[string]float64{"standards.network": 1}))
		if w.States.Stack[1] <= last {
			t.Errorf("recognised by %d the share is %g; by one less it was %g", recognised, w.States.Stack[1], last)
		}
		last = w.States.Stack[1]
	}
}

// TestIncumbentQuality: the parameter lifts newcomers, in proportion to their
// recognition, and never the incumbent.
func TestIncumbentQuality(t *testing.T) {
	for recognition, want := range map[float64]float64{0: .5, .5: 1 / (1 + math.Exp(-.7)), 1: 1 / (1 + math.Exp(-1.4))} {
		w := two(2, .5)
		w.Stacks[1].Recognition = recognition
		modeltest.Play(t, w, 1, 2, with(t, map[string]float64{"standards.network": 0, "standards.quality": 1.4, "standards.replacement": 1}))
		modeltest.Near(t, "share", w.States.Stack[1], want, 1e-12)
	}
}

// stubborn steers its network to the second stack alone, and recognises nothing.
type stubborn struct{ asked *int }

func (r stubborn) Decide(_ *world.World, asked world.Asked) world.Answer {
	switch mix := asked.Model.Mix; {
	case asked.Question == world.RecogniseQuestion:
		return world.YesOrNo(false)
	case asked.Question != world.StackQuestion:
		return asked.Model
	case asked.Agent != 1 || len(mix) != 2 || math.Abs(mix[0]+mix[1]-1) > 1e-12:
		return world.Answer{}
	default:
		*r.asked++
		mix[0], mix[1] = 0, 1
		return asked.Model
	}
}

// TestRecognitionNeedsTrust: a state joins those who recognise a stack if it trusts them
// and does not bar their vendors.
func TestRecognitionNeedsTrust(t *testing.T) {
	w := modeltest.World(4, .1, .1, .1, .1)
	modeltest.AddStack(w, "new", .1)
	stack := &w.Stacks[1]
	stack.Recognition, stack.Recognised = .25, []bool{true, false, false, false}
	w.Dyads.Trust[1*4+0] = .1 // mistrusts the one that recognises it
	vendor := modeltest.AddFirm(w, "vendor", 0, 1, .5)
	w.Firms.Ban[vendor*4+2], w.Standing.Bans = .5, 1 // the third state bars its vendor
	runs(w, 1)
	modeltest.Play(t, w, 1, 4, with(t, map[string]float64{"standards.recognition": .1, "standards.replacement": 0}))
	if !slices.Equal(stack.Recognised, []bool{true, false, false, true}) {
		t.Errorf("recognised by %v", stack.Recognised)
	}
}

// TestRules: a state's rule has the last word on its mix of stacks and on what it
// recognises.
func TestRules(t *testing.T) {
	w := two(2, 0)
	w.States.Position[0], w.States.Position[1] = .2, .2
	w.Stacks[1].Recognition, w.Stacks[1].Recognised = 0, make([]bool, 2)
	asked := 0
	w.Rules.State = []world.Rule{nil, stubborn{asked: &asked}}
	modeltest.Play(t, w, 1, 4, with(t, map[string]float64{"standards.replacement": .5, "standards.network": 0}))
	if asked != 4 {
		t.Errorf("the rule was asked %d times in 4 ticks", asked)
	}
	modeltest.Near(t, "share of the state with the rule", w.States.Stack[3], .5, 1e-12)
	modeltest.Near(t, "share of the other", w.States.Stack[1], .25, 1e-12)
	if !slices.Equal(w.Stacks[1].Recognised, []bool{true, false}) {
		t.Errorf("recognised by %v", w.Stacks[1].Recognised)
	}
}

// TestTakeOff: the chronicle tells once each that a new stack carries a tenth and a
// quarter of the world.
func TestTakeOff(t *testing.T) {
	w := two(2, 0)
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	modeltest.Play(t, w, 1, 20, with(t, map[string]float64{"standards.network": 0, "standards.replacement": .15}))
	var told []world.Entry
	for _, e := range w.Chronicle.Entries {
		if e.Kind == "stack" {
			told = append(told, e)
		}
	}
	if len(told) != 2 || told[0].Name != "other" || told[0].Weight < .1 || told[0].Weight > .15 || told[1].Weight < .25 || told[1].Weight > .3 {
		t.Errorf("the chronicle tells %+v", told)
	}
}

// TestMeasure: networks that split evenly make two stacks.
func TestMeasure(t *testing.T) {
	m := with(t, nil).Declare().Measures[0]
	modeltest.Near(t, m.Name+" of an even split", m.Value(two(4, .5)), 2, 1e-12)
	modeltest.Near(t, m.Name+" of one stack", m.Value(modeltest.World(3)), 1, 1e-12)
}

func TestSoftmax(t *testing.T) {
	u := []float64{1000, 1000 + math.Log(3), math.Inf(-1)}
	standards.Softmax(u)
	modeltest.Near(t, "first", u[0], .25, 1e-12)
	modeltest.Near(t, "second", u[1], .75, 1e-12)
	modeltest.Near(t, "one that does not exist", u[2], 0, 0)
}

// TestValid plays any parameters on any world: shares sum to 1, and the order of
// states does not matter.
func TestValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := modeltest.Draw(t, modeltest.Limits{Stacks: 4})
		set := new(sim.Parameters)
		m := standards.New(set)
		modeltest.DrawParameters(t, set)
		order := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1)).Perm(w.States.N)
		other, stacks := modeltest.Permute(w, order), len(w.Stacks)
		step := func(w *world.World, tick int) {
			modeltest.Begin(w, 1, m)
			m.Step(modeltest.At(w, 1, m.Name(), tick), w)
		}
		const january = 2
		step(w, january)
		step(other, january)
		for k, i := range order {
			for s := range stacks {
				if gap := math.Abs(other.States.Stack[k*stacks+s] - w.States.Stack[i*stacks+s]); gap > 1e-9 {
					t.Fatalf("in another order state %d chooses otherwise, by %g", i, gap)
				}
			}
		}
		before := make([]float64, stacks)
		for k := range w.Stacks {
			before[k] = w.Stacks[k].Recognition
		}
		for tick := range 9 {
			step(w, tick)
		}
		if wrong := modeltest.Invalid(w); wrong != "" {
			t.Fatal(wrong)
		}
		for k := range w.Stacks {
			if w.Stacks[k].Recognition < before[k]-1e-12 {
				t.Fatalf("recognition of stack %d falls from %g to %g", k, before[k], w.Stacks[k].Recognition)
			}
		}
	})
}

func TestStepDoesNotAllocate(t *testing.T) {
	w := modeltest.Random(rand.New(rand.NewPCG(1, 1)), 40, 1, 3, 3, false)
	w.Stacks[1].Proposed = true
	m := with(t, nil)
	modeltest.Begin(w, 1, m)
	for tick := range 4 { // January included
		now := modeltest.At(w, 1, m.Name(), tick)
		if n := testing.AllocsPerRun(20, func() { m.Step(now, w) }); n != 0 {
			t.Errorf("tick %d allocates %g times", tick, n)
		}
	}
}

// BenchmarkStep is a tick with two stacks by number of states.
func BenchmarkStep(b *testing.B) {
	for _, n := range []int{50, 193, 500, 1000, 2000} {
		b.Run(fmt.Sprintf("states=%d", n), func(b *testing.B) {
			w := modeltest.Random(rand.New(rand.NewPCG(1, 1)), n, 1, 2, 3, false)
			w.Stacks[1].Proposed = true
			m := standards.New(new(sim.Parameters))
			modeltest.Begin(w, 1, m)
			now := modeltest.At(w, 1, m.Name(), 1)
			for b.Loop() {
				m.Step(now, w)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n*n), "ns/dyad")
		})
	}
}

// runs lets every network run on the second stack by a share.
func runs(w *world.World, share float64) {
	for i := range w.States.N {
		w.States.Stack[2*i], w.States.Stack[2*i+1] = 1-share, share
	}
}

// States take a stack up one after another: in a year a share of those that would, in
// proportion to how much of the networks that they see runs on it. Nobody recognises
// what nobody runs.
func TestUptake(t *testing.T) {
	const states, years, uptake = 400, 10, .2
	for _, share := range []float64{0, .5, 1} {
		w := modeltest.World(states, make([]float64, states)...)
		modeltest.AddStack(w, "new", .1)
		stack := &w.Stacks[1]
		stack.Recognition, stack.Recognised = 0, make([]bool, states)
		runs(w, share)
		m := with(t, map[string]float64{"standards.recognition": .1, "standards.uptake": uptake, "standards.replacement": 0})
		modeltest.Begin(w, 1, m)
		for year := range years {
			w.Tick = 2 + 4*year // the first tick is a July
			m.Step(modeltest.At(w, 1, m.Name(), w.Tick), w)
			out := 0
			for _, yes := range stack.Recognised {
				if !yes {
					out++
				}
			}
			want := math.Pow(1-uptake*share, float64(year+1))
			if got := float64(out) / states; math.Abs(got-want) > 3*math.Sqrt(want*(1-want)/states) {
				t.Errorf("with %g on it, after %d years %.3f have not taken it up, expected %.3f", share, year+1, got, want)
			}
		}
	}
}

// A state follows those whom it trusts: with all users elsewhere mistrusted, it looks at
// its own alone.
func TestUptakeFollowsTrust(t *testing.T) {
	for _, c := range []struct {
		trust float64
		want  bool
	}{{0, false}, {1, true}} {
		w := modeltest.World(2, .1, .1)
		modeltest.AddStack(w, "new", .1)
		stack := &w.Stacks[1]
		stack.Recognition, stack.Recognised = 0, make([]bool, 2)
		copy(w.States.Stack, []float64{1, 0, 0, 1}) // only the second runs on it
		copy(w.States.Users, []float64{.001, .999})
		w.Dyads.Trust[1] = c.trust
		modeltest.Play(t, w, 1, 3, with(t, map[string]float64{"standards.recognition": .1, "standards.uptake": 1, "standards.replacement": 0}))
		if stack.Recognised[0] != c.want || !stack.Recognised[1] {
			t.Errorf("trusting %g: recognised by %v", c.trust, stack.Recognised)
		}
	}
}

// A run goes on from a copy of its world, or from one that was saved, as it would have.
func TestContinues(t *testing.T) {
	w := modeltest.Random(rand.New(rand.NewPCG(3, 1)), 12, 1, 3, 3, false)
	w.Stacks[1].Proposed = true
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	modeltest.Continues(t, w, 1, 10, func() []sim.Mechanism[*world.World] {
		return []sim.Mechanism[*world.World]{banning{}, with(t, map[string]float64{"standards.uptake": .5, "standards.recognition": 0})}
	})
}

// banning bars a firm in a tick that is not the first of a year, without notice.
type banning struct{}

func (banning) Name() string                  { return "banning" }
func (banning) Prepare(*world.World)          {}
func (banning) Begin(*sim.Tick, *world.World) {}
func (banning) Step(now *sim.Tick, w *world.World) {
	if now.Index == 6 {
		w.Bans(1)[3] = 1
	}
}

// TestReliance: a stack whose supporters have learnt to do without others gains the logits of
// what they have learnt; at 0 it gains nothing.
func TestReliance(t *testing.T) {
	for _, c := range []struct{ gain, learnt, want float64 }{
		{0, 1, .5},
		{3, 0, .5},
		{3, .2, 1 / (1 + math.Exp(-.6))},
		{3, .5, 1 / (1 + math.Exp(-1.5))},
	} {
		w := two(3, .5)
		w.Stacks[1].Reliance = c.learnt
		modeltest.Play(t, w, 1, 1, with(t, map[string]float64{"standards.network": 0, "standards.replacement": 1, "standards.reliance": c.gain}))
		rho := sim.PerTick(1, w.Calendar.Years())
		modeltest.Near(t, fmt.Sprintf("share at %g x %g", c.gain, c.learnt), w.States.Stack[1], .5+rho*(c.want-.5), 1e-12)
	}
}

// TestDenialCostsTheStack: what is denied costs as what is barred.
func TestDenialCostsTheStack(t *testing.T) {
	barred, denied := two(3, .5), two(3, .5)
	for _, w := range []*world.World{barred, denied} {
		modeltest.AddFirm(w, "supplier", 0, 0, 1)
	}
	barred.Firms.Ban[2], denied.Dyads.Denial[2] = .6, .6
	barred.CountBans()
	denied.CountDenials()
	for _, w := range []*world.World{barred, denied} {
		modeltest.Play(t, w, 1, 1, with(t, map[string]float64{"standards.network": 0, "standards.ban": 2}))
	}
	if !slices.Equal(barred.States.Stack, denied.States.Stack) || denied.States.Stack[5] <= .5 || denied.States.Stack[3] != .5 {
		t.Errorf("networks barred from %v, denied %v", barred.States.Stack, denied.States.Stack)
	}
}
