package modeltest

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"splinternet/models/world"
	"splinternet/sim"

	"pgregory.net/rapid"
)

// Limits bounds the worlds that Draw makes.
type Limits struct {
	States, Dim, Stacks, Firms int  // at most; zero counts as 8, 2, 3 and 3
	Unmarked                   bool // no bridges, channels or rungs above protest
}

// Draw makes any small world within the limits: unequal shares, trust without
// symmetry, networks on several stacks, bans, bridges, channels and rungs.
// Rapid chooses the sizes, which shrink, and a seed for the rest.
func Draw(t *rapid.T, limits Limits) *world.World {
	or := func(limit, otherwise int) int {
		if limit == 0 {
			return otherwise
		}
		return limit
	}
	n := rapid.IntRange(1, or(limits.States, 8)).Draw(t, "states")
	dim := rapid.IntRange(1, or(limits.Dim, 2)).Draw(t, "dimensions")
	stacks := rapid.IntRange(1, or(limits.Stacks, 3)).Draw(t, "stacks")
	firms := rapid.IntRange(0, or(limits.Firms, 3)).Draw(t, "firms")
	seed := rapid.Uint64().Draw(t, "seed")
	return Random(rand.New(rand.NewPCG(seed, 1)), n, dim, stacks, firms, !limits.Unmarked)
}

// Random makes a world of the given size with everything else at random.
func Random(rng *rand.Rand, n, dim, stacks, firms int, marked bool) *world.World {
	r := random{rng}
	positions := make([]float64, n*dim)
	r.some(positions)
	w := World(n, positions...)
	r.states(&w.States)
	r.stacks(w, stacks)
	r.firms(w, firms)
	r.dyads(w, marked)
	w.Dyads.MarkAll(n)
	w.CountChannels()
	return w
}

// random draws the parts of a world, one after the other.
type random struct{ *rand.Rand }

// unit is a number from 0 to 1. A tenth of all sits on either edge, where formulas break.
func (r random) unit() float64 {
	switch r.IntN(20) {
	case 0:
		return 0
	case 1:
		return 1
	}
	return r.Float64()
}

func (r random) some(list []float64) {
	for k := range list {
		list[k] = r.unit()
	}
}

func (r random) states(s *world.States) {
	for _, list := range [][]float64{s.Anchor, s.Control, s.Democracy, s.Stubbornness, s.Diplomacy, s.Attendance} {
		r.some(list)
	}
	for i := range s.N {
		s.Growth[i] = -.05 + .15*r.Float64()
		s.Salience[i] = 3 * r.Float64()
		s.Threat[i] = 2 * r.Float64()
		s.Blame[i] = s.Threat[i] * s.Stubbornness[i]
		s.Population[i] = 1e5 + 1e9*r.Float64()
		s.Penetration[i] = .01 + .99*r.Float64()
		s.Users[i] = s.Population[i] * s.Penetration[i]
		if r.IntN(3) == 0 {
			s.Stubbornness[i] = -1
		}
	}
	for _, shares := range [][]float64{s.Economy, s.Capability, s.Structure, s.Offence, s.Power} {
		for k := range shares {
			shares[k] = .001 + r.Float64()*r.Float64()
		}
	}
	for _, shares := range [][]float64{s.Economy, s.Capability, s.Structure, s.Offence, s.Power, s.Users} {
		Shares(shares)
	}
}

func (r random) stacks(w *world.World, stacks int) {
	s, n := &w.States, w.States.N
	for k := 1; k < stacks; k++ {
		at := make([]float64, w.Dim)
		r.some(at)
		stack := AddStack(w, fmt.Sprintf("stack%d", k), at...)
		stack.Potential, stack.Immature = r.NormFloat64(), -2*r.Float64()
		stack.Proposed = r.IntN(4) > 0
		stack.Recognition = 0
		for i := range n {
			stack.Recognised[i] = r.IntN(2) == 0
			if stack.Recognised[i] {
				stack.Recognition += w.Weight(i)
			}
		}
		stack.Recognition = min(1, stack.Recognition)
	}
	for i := range n {
		row := s.Stack[i*stacks : i*stacks+stacks]
		for k := range row {
			row[k] = 0
			if w.Stacks[k].Proposed {
				row[k] = r.unit()
			}
		}
		row[0] += 1e-3
		Shares(row)
	}
}

func (r random) firms(w *world.World, firms int) {
	n := w.States.N
	for k := range firms {
		AddFirm(w, fmt.Sprintf("firm%d", k), r.IntN(n+1)-1, r.IntN(len(w.Stacks)), 0)
	}
	for i := range n {
		rest := 1.0
		for k := range firms {
			share := rest
			if k < firms-1 {
				share *= r.unit()
			}
			w.Firms.Share[k*n+i] = share
			rest -= share
			if r.IntN(3) == 0 && w.Firms.Home[k] != i {
				w.Firms.Ban[k*n+i] = r.unit()
			}
		}
	}
	w.CountBans()
}

func (r random) dyads(w *world.World, marked bool) {
	d, n := &w.Dyads, w.States.N
	for i := range n {
		for j := range n {
			if i != j {
				d.Trust[i*n+j] = r.unit()
				d.Ladder[i*n+j] = uint8(r.IntN(2))
			}
		}
		for j := i + 1; j < n; j++ {
			Both(w, d.TrustStart, i, j, r.unit())
			d.Shared[i*n+j] = uint8(r.IntN(4))
			d.Shared[j*n+i] = d.Shared[i*n+j]
			d.MostShared = max(d.MostShared, d.Shared[i*n+j])
			if r.IntN(4) == 0 {
				d.Rival[i*n+j], d.Rival[j*n+i] = true, true
			}
			if !marked {
				continue
			}
			for _, matrix := range [][]float64{d.Bridge, d.Channel} {
				if r.IntN(3) == 0 {
					Both(w, matrix, i, j, r.unit())
				}
			}
			if r.IntN(3) == 0 {
				d.Ladder[i*n+j] = uint8(r.IntN(int(world.CrossDomain) + 1))
			}
		}
	}
}

// DrawParameters gives every parameter any value of its domain.
func DrawParameters(t *rapid.T, set *sim.Parameters) {
	for _, p := range set.All() {
		var value float64
		switch p.Kind {
		case sim.Number:
			value = rapid.Float64Range(p.Domain.Min, p.Domain.Max).Draw(t, p.Name)
		default:
			value = float64(rapid.IntRange(int(p.Domain.Min), int(p.Domain.Max)).Draw(t, p.Name))
		}
		if err := set.Set(p.Name, value); err != nil {
			t.Fatal(err)
		}
	}
}

// Shares rescales numbers to sum to 1.
func Shares(list []float64) {
	total := 0.0
	for _, x := range list {
		total += x
	}
	for k := range list {
		list[k] /= total
	}
}

// rounding is what sums of shares may be off by after many ticks.
const rounding = 1e-9

// Invalid lists what is wrong with a world: shares that do not sum to 1, values
// outside their domain, NaN, and dyads without the symmetry that they must have.
// A valid world gives an empty text.
func Invalid(w *world.World) string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	within := func(what string, list []float64, low, high float64) {
		for k, x := range list {
			if !(x >= low && x <= high) {
				say("%s[%d] is %g, outside %g to %g", what, k, x, low, high)
			}
		}
	}
	sum := func(what string, list []float64) {
		total := 0.0
		for _, x := range list {
			total += x
		}
		if !(math.Abs(total-1) <= rounding) {
			say("%s sums to %g", what, total)
		}
	}
	s, d, n := &w.States, &w.Dyads, w.States.N
	for what, list := range map[string][]float64{
		"position": s.Position, "anchor": s.Anchor, "economy": s.Economy, "capability": s.Capability, "structure": s.Structure,
		"power": s.Power, "penetration": s.Penetration, "users": s.Users, "democracy": s.Democracy, "offence": s.Offence,
		"diplomacy": s.Diplomacy, "attendance": s.Attendance, "control": s.Control, "share of a stack": s.Stack,
		"trust": d.Trust, "channel": d.Channel, "bridge": d.Bridge,
		"denial": d.Denial, "exclusion": d.Exclusion, "link": d.Link, "ban": w.Firms.Ban, "market share": w.Firms.Share,
	} {
		within(what, list, -rounding, 1+rounding)
	}
	within("salience", s.Salience, 0, math.MaxFloat64)
	within("threat", s.Threat, 0, math.MaxFloat64)
	within("blame", s.Blame, 0, math.MaxFloat64)
	for what, list := range map[string][]float64{
		"economy": s.Economy, "capability": s.Capability, "structure": s.Structure, "power": s.Power, "users": s.Users,
	} {
		sum(what, list)
	}
	k := len(w.Stacks)
	for i := range n {
		sum("stacks of "+s.ID[i], s.Stack[i*k:i*k+k])
	}
	for what, list := range map[string][]float64{
		"start of trust": d.TrustStart, "channel": d.Channel, "bridge": d.Bridge, "exclusion": d.Exclusion,
	} {
		for i := range n {
			for j := range i {
				if math.Abs(list[i*n+j]-list[j*n+i]) > rounding {
					say("%s of (%d, %d) is not symmetric", what, i, j)
				}
			}
		}
	}
	for i := range n {
		if d.Trust[i*n+i] != 1 {
			say("state %d does not trust itself", i)
		}
	}
	for k := range w.Stacks {
		within("recognition", []float64{w.Stacks[k].Recognition}, 0, 1)
	}
	for k := range w.Forums {
		within("forum", append([]float64{w.Forums[k].Legitimacy}, w.Forums[k].Position...), 0, 1)
	}
	net := &w.Network
	within("reachability and losses", []float64{net.Native, net.Effective, net.Technical, net.Governmental, net.Commercial}, -rounding, 1+rounding)
	slices.Sort(wrong)
	return strings.Join(wrong, "\n")
}
