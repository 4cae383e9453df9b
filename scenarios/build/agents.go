package build

import (
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/scenarios/data"
	"splinternet/scenarios/spec"
	"splinternet/sim"
)

// stacks lays out the stacks of a small world; without any there is today's internet
// alone.
func stacks(list []spec.Stack, dim int) []world.Stack {
	middle := func() []float64 { return slices.Repeat([]float64{.75}, dim) }
	if len(list) == 0 {
		return []world.Stack{{ID: "internet", Name: "Internet", Position: middle(), Proposed: true, Recognition: 1}}
	}
	var out []world.Stack
	for _, s := range list {
		stack := world.Stack{
			ID: s.ID, Name: otherwise(s.Name, s.ID), Position: s.Position,
			Potential: s.Potential, Immature: s.Immature, Proposed: s.Proposed,
		}
		if s.Proposed {
			stack.Recognition = 1
		}
		if s.Position == nil {
			stack.Position = middle()
		}
		out = append(out, stack)
	}
	return out
}

// firms lays out the firms of a small world and divides the markets.
func (b *builder) firms() {
	w := b.world
	f := &w.Firms
	var bias []float64
	for _, s := range b.spec.World.Firms {
		home := b.state(s.Home, world.Abroad)
		place := s.Position
		if place == nil && home >= 0 {
			place = w.Position(home)
		} else if place == nil {
			place = slices.Repeat([]float64{.5}, w.Dim)
		}
		stack := 0
		if b.exists(s.Stack) {
			stack = w.FindStack(s.Stack.ID)
		}
		f.N++
		f.ID, f.Name, f.Key = append(f.ID, s.ID), append(f.Name, otherwise(s.Name, s.ID)), append(f.Key, sim.Key(s.ID))
		f.Home, f.Sector = append(f.Home, home), append(f.Sector, otherwise(s.Sector, "platform"))
		f.Size, f.Position, f.Stack = append(f.Size, s.Size), append(f.Position, place...), append(f.Stack, stack)
		f.Tie, f.Diplomacy = append(f.Tie, s.Tie), append(f.Diplomacy, s.Diplomacy)
		bias = append(bias, s.HomeBias)
	}
	f.Ban = make([]float64, f.N*w.States.N)
	divide(w, bias)
}

// divide gives the firms their market shares: the root of the size times
// exp(home bias + 2 x trust in the home), as in the data.
func divide(w *world.World, bias []float64) {
	f, n := &w.Firms, w.States.N
	f.Share = make([]float64, f.N*n)
	for j := range n {
		column := make([]float64, f.N)
		for k := range column {
			trust, home := .5, 0.0
			if f.Home[k] != world.Abroad {
				trust = w.Dyads.Trust[j*n+f.Home[k]]
			}
			if f.Home[k] == j {
				home = bias[k]
			}
			column[k] = math.Sqrt(f.Size[k]) * math.Exp(home+2*trust)
		}
		if len(column) > 0 {
			world.Normalise(column)
		}
		for k := range column {
			f.Share[k*n+j] = column[k]
		}
	}
}

// forums lays out the forums of a small world: those that exist, with a text in force,
// and those that a text or an event can set up.
func (b *builder) forums() {
	w, s := b.world, &b.spec.World
	for k := range s.Forums {
		f := world.Forum{ID: s.Forums[k].ID, Text: -1, Sponsor: -1, Chair: -1}
		depth := b.define(&f, &s.Forums[k])
		f.AgeAtStart = ageOfOld
		f.Founded = -int(ageOfOld * float64(w.Calendar.PerYear()))
		if depth > 0 {
			f.Text = len(w.Texts)
			w.Texts = append(w.Texts, textOf(w, &f, len(w.Forums), depth))
		}
		w.Forums = append(w.Forums, f)
	}
	for k := range s.Later {
		f := world.Forum{ID: s.Later[k].ID, Text: -1, Sponsor: -1, Chair: -1}
		b.define(&f, &s.Later[k])
		w.Catalogue = append(w.Catalogue, f)
	}
	w.CountShared()
}

// ageOfOld is the age in years of the forums of a small world.
const ageOfOld = 10

// textOf is the text that a forum stands for at the start of a small world: its
// members have joined, and comply the better the nearer they stand.
func textOf(w *world.World, f *world.Forum, forum int, depth float64) world.Text {
	n := w.States.N
	t := world.Text{
		ID: world.ReportID(f.ID), Title: "Text of " + f.Name, Line: f.Line, Kind: world.Norm, Forum: forum,
		Position: slices.Clone(f.Position), Depth: depth, Binding: f.Binding, Open: f.Binding && f.Access == world.AccessInvited, Stack: -1,
		Adopted: f.Founded, Adherence: make([]uint8, n), Compliance: make([]float64, n),
	}
	if f.Binding {
		t.Kind = world.Treaty
	}
	for i := range n {
		switch {
		case f.Members[i] && f.Binding:
			t.Adherence[i] = world.Party
		case f.Members[i], f.Access == world.AccessMultistakeholder:
			t.Adherence[i] = world.Endorsed
		}
		t.Compliance[i] = world.Compliance(w.Position(i), t.Position)
	}
	return t
}

// define sets what defines a forum, over what it already is, and returns the depth of the
// text that it stands for.
func (b *builder) define(f *world.Forum, s *spec.Forum) (depth float64) {
	w, fresh := b.world, f.Name == ""
	f.Name = otherwise(s.Title, f.Name, f.ID)
	f.Key = sim.Key(f.ID)
	f.Line = otherwise(s.Line, f.Line, world.ICTSecurity)
	f.Rule = otherwise(s.Rule, f.Rule, world.Consensus)
	f.Negotiates = otherwise(s.Negotiates, f.Negotiates, world.Centroid)
	usual := world.AccessStates
	if s.Listed {
		usual = world.AccessClosed
	}
	f.Access = otherwise(s.Access, f.Access, usual)
	b.join(f, s, fresh)
	f.Universal = or(s.Universal, f.Universal || fresh && f.Access == world.AccessStates)
	f.Structured = or(s.Structured, f.Structured || fresh)
	set(&f.WesternLed, s.WesternLed)
	set(&f.Binding, s.Binding)
	if fresh {
		f.Legitimacy, f.Cycle, f.MandateEnd = .5, usualCycle, world.NoEnd
	}
	set(&f.Legitimacy, s.Legitimacy)
	set(&f.Cycle, s.Cycle)
	if years := or(s.Mandate, 0); years > 0 {
		f.MandateEnd = w.Calendar.Span(years)
	}
	if s.Position != nil {
		f.Position = s.Position
	} else if fresh {
		f.Position = centre(w, f.Members)
	}
	depth = or(s.Depth, usualDepth)
	if fresh || s.Depth != nil {
		f.Output = data.Output(depth)
	}
	return depth
}

// join sets the members of a forum.
func (b *builder) join(f *world.Forum, s *spec.Forum, fresh bool) {
	w := b.world
	listed := b.members(s.Members)
	firms := make([]bool, w.Firms.N)
	for _, n := range s.Firms {
		if b.exists(n) {
			firms[w.FindFirm(n.ID)] = true
		}
	}
	f.Sponsor, f.Chair = b.state(s.Sponsor, f.Sponsor), b.state(s.Chair, f.Chair)
	if fresh || s.Members != nil || s.Access != "" {
		f.Members = slices.Repeat([]bool{f.Access == world.AccessStates && s.Members == nil}, w.States.N)
		for _, i := range listed {
			f.Members[i] = true
		}
	}
	if fresh || s.Firms != nil {
		f.Firms = firms
	}
}

// centre is the mean position of the members, or the middle without any.
func centre(w *world.World, members []bool) []float64 {
	out, n := make([]float64, w.Dim), 0.0
	for i, in := range members {
		if !in {
			continue
		}
		n++
		for d, x := range w.Position(i) {
			out[d] += x
		}
	}
	for d := range out {
		if n > 0 {
			out[d] /= n
		} else {
			out[d] = .5
		}
	}
	return out
}
