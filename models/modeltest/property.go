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
	// A tenth of all values sits on either edge, where formulas break.
	unit := func() float64 {
		switch rng.IntN(20) {
		case 0:
			return 0
		case 1:
			return 1
		}
		return rng.Float64()
	}
	some := func(list []float64) {
		for k := range list {
			list[k] = unit()
		}
	}
	positions := make([]float64, n*dim)
	some(positions)
	w := World(n, positions...)
	s := &w.States
	some(s.Anchor)
	some(s.Control)
	some(s.Democracy)
	some(s.Stubbornness)
	some(s.Diplomacy)
	some(s.Attendance)
	for i := range n {
		s.Growth[i] = -.05 + .15*rng.Float64()
		s.Salience[i] = 3 * rng.Float64()
		s.Threat[i] = 2 * rng.Float64()
		s.Blame[i] = s.Threat[i] * s.Stubbornness[i]
		s.Population[i] = 1e5 + 1e9*rng.Float64()
		s.Penetration[i] = .01 + .99*rng.Float64()
		s.Users[i] = s.Population[i] * s.Penetration[i]
		if rng.IntN(3) == 0 {
			s.Stubbornness[i] = -1
		}
	}
	for _, shares := range [][]float64{s.Economy, s.Capability, s.Structure, s.Offence, s.Power} {
		for k := range shares {
			shares[k] = .001 + rng.Float64()*rng.Float64()
		}
	}
	for _, shares := range [][]float64{s.Economy, s.Capability, s.Structure, s.Offence, s.Power, s.Users} {
		Shares(shares)
	}
	for k := 1; k < stacks; k++ {
		at := make([]float64, dim)
		some(at)
		stack := AddStack(w, fmt.Sprintf("stack%d", k), at...)
		stack.Potential, stack.Immature = rng.NormFloat64(), -2*rng.Float64()
		stack.Proposed = rng.IntN(4) > 0
		stack.Recognition = 0
		for i := range n {
			stack.Recognised[i] = rng.IntN(2) == 0
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
				row[k] = unit()
			}
		}
		row[0] += 1e-3
		Shares(row)
	}
	for k := range firms {
		AddFirm(w, fmt.Sprintf("firm%d", k), rng.IntN(n+1)-1, rng.IntN(stacks), 0)
	}
	for i := range n {
		rest := 1.0
		for k := range firms {
			share := rest
			if k < firms-1 {
				share *= unit()
			}
			w.Firms.Share[k*n+i] = share
			rest -= share
			if rng.IntN(3) == 0 && w.Firms.Home[k] != i {
				w.Firms.Ban[k*n+i] = unit()
			}
		}
	}
	w.CountBans()
	d := &w.Dyads
	for i := range n {
		for j := range n {
			if i != j {
				d.Trust[i*n+j] = unit()
				d.Ladder[i*n+j] = uint8(rng.IntN(2))
			}
		}
		for j := i + 1; j < n; j++ {
			Both(w, d.TrustStart, i, j, unit())
			d.Shared[i*n+j] = uint8(rng.IntN(4))
			d.Shared[j*n+i] = d.Shared[i*n+j]
			d.MostShared = max(d.MostShared, d.Shared[i*n+j])
			if rng.IntN(4) == 0 {
				d.Rival[i*n+j], d.Rival[j*n+i] = true, true
			}
			if !marked {
				continue
			}
			for _, matrix := range [][]float64{d.Bridge, d.Channel} {
				if rng.IntN(3) == 0 {
					Both(w, matrix, i, j, unit())
				}
			}
			if rng.IntN(3) == 0 {
				d.Ladder[i*n+j] = uint8(rng.IntN(int(world.CrossDomain) + 1))
			}
		}
	}
	d.MarkAll(n)
	w.CountChannels()
	return w
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
		"exclusion": d.Exclusion, "link": d.Link, "ban": w.Firms.Ban, "market share": w.Firms.Share,
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

// Permute returns the same world with its states in another order: state k of
// the result is state order[k] of the original.
func Permute(w *world.World, order []int) *world.World {
	c, n := w.Clone(), w.States.N
	to := make([]int, n) // where each state of the original goes
	for k, i := range order {
		to[i] = k
	}
	s, d := &c.States, &c.Dyads
	s.ID, s.Name, s.Key = rows(s.ID, 1, order), rows(s.Name, 1, order), rows(s.Key, 1, order)
	s.Office = rows(s.Office, 1, order)
	if s.Region != nil {
		s.Region = rows(s.Region, 1, order)
	}
	s.Effort = rows(s.Effort, 1, order)
	for _, list := range []*[]float64{
		&s.Stubbornness, &s.Salience, &s.Economy, &s.Growth, &s.Capability, &s.Structure, &s.Power, &s.Population, &s.Penetration,
		&s.Users, &s.Wealth, &s.Democracy, &s.Offence, &s.Diplomacy, &s.Attendance, &s.Control, &s.Threat, &s.Blame,
	} {
		*list = rows(*list, 1, order)
	}
	for _, list := range []*[]float64{&s.Position, &s.Anchor, &s.Uncertainty} {
		*list = rows(*list, w.Dim, order)
	}
	s.Stack = rows(s.Stack, len(w.Stacks), order)
	for _, m := range []*[]float64{&d.Trust, &d.TrustStart, &d.Channel, &d.Bridge, &d.Exclusion} {
		*m = square(*m, order)
	}
	// Only the half above the diagonal holds anything: read both halves from it.
	for _, m := range []*[]float64{&d.Contact, &d.Link} {
		whole := slices.Clone(*m)
		for i := range n {
			for j := range i {
				whole[i*n+j] = whole[j*n+i]
			}
		}
		*m = square(whole, order)
	}
	d.Rival, d.Ally, d.Shared, d.Ladder = square(d.Rival, order), square(d.Ally, order), square(d.Shared, order), square(d.Ladder, order)
	marks := world.NewDyads(n)
	for _, pair := range d.Marked {
		marks.Mark(n, to[pair[0]], to[pair[1]])
	}
	marks.Trust, marks.TrustStart, marks.Contact, marks.Rival, marks.Ally = d.Trust, d.TrustStart, d.Contact, d.Rival, d.Ally
	marks.Shared, marks.MostShared, marks.Channel, marks.Bridge, marks.Ladder = d.Shared, d.MostShared, d.Channel, d.Bridge, d.Ladder
	marks.Exclusion, marks.Link = d.Exclusion, d.Link
	for _, a := range d.Agreements {
		i, j := to[a.I], to[a.J]
		a.I, a.J = int32(min(i, j)), int32(max(i, j))
		marks.Agreements = append(marks.Agreements, a)
	}
	for _, e := range d.Ended {
		i, j := to[e.I], to[e.J]
		marks.Ended = append(marks.Ended, world.Ending{I: int32(min(i, j)), J: int32(max(i, j)), Tick: e.Tick})
	}
	c.Dyads = marks
	state := func(i int) int {
		if i < 0 {
			return i
		}
		return to[i]
	}
	for k, home := range c.Firms.Home {
		if k == 0 {
			c.Firms.Home = slices.Clone(c.Firms.Home)
		}
		c.Firms.Home[k] = state(home)
		copy(c.Firms.Share[k*n:k*n+n], rows(c.Firms.Share[k*n:k*n+n], 1, order))
		copy(c.Firms.Ban[k*n:k*n+n], rows(c.Firms.Ban[k*n:k*n+n], 1, order))
	}
	for k := range c.Stacks {
		c.Stacks[k].Recognised = rows(c.Stacks[k].Recognised, 1, order)
	}
	for k := range c.Forums {
		f := &c.Forums[k]
		f.Members, f.Region = rows(f.Members, 1, order), rows(f.Region, 1, order)
		f.Sponsor, f.Chair = state(f.Sponsor), state(f.Chair)
	}
	for k := range c.Texts {
		t := &c.Texts[k]
		t.Adherence, t.Compliance = rows(t.Adherence, 1, order), rows(t.Compliance, 1, order)
		for a, i := range t.Sponsors {
			t.Sponsors[a] = state(i)
		}
	}
	for k := range c.Groups {
		c.Groups[k].Members = slices.Clone(c.Groups[k].Members)
		for a, i := range c.Groups[k].Members {
			c.Groups[k].Members[a] = to[i]
		}
		slices.Sort(c.Groups[k].Members)
	}
	return c
}

// rows picks the rows of a list of rows of the given width; a list that is left
// empty stays so.
func rows[T any](list []T, width int, order []int) []T {
	if len(list) == 0 {
		return list
	}
	picked := make([]T, 0, len(list))
	for _, i := range order {
		picked = append(picked, list[i*width:i*width+width]...)
	}
	return picked
}

func square[T any](matrix []T, order []int) []T {
	n := len(order)
	picked := make([]T, 0, n*n)
	for _, i := range order {
		for _, j := range order {
			picked = append(picked, matrix[i*n+j])
		}
	}
	return picked
}
