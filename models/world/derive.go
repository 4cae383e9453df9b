package world

import "math"

// What follows from other fields by definition stands here, once.

// DeriveStructure derives the share of world users whom each firm serves, and the
// structural power of states from it: the share of those served that the firms of a
// state serve (Strange 1988). In a world whose firms have no home in it, states have the
// share of their own users, so that the weight of structure in power does not vanish.
func (w *World) DeriveStructure() {
	s, f := &w.States, &w.Firms
	if len(s.Structure) != s.N {
		s.Structure = make([]float64, s.N)
	}
	if len(f.Served) != f.N {
		f.Served = make([]float64, f.N)
	}
	clear(s.Structure)
	served := 0.0
	for k, home := range f.Home {
		users, sum := s.Users, 0.0
		share := f.Share[k*s.N : k*s.N+s.N][:len(users)]
		for j, u := range users {
			sum += u * share[j]
		}
		f.Served[k] = sum
		if home != Abroad {
			s.Structure[home] += sum
			served += sum
		}
	}
	if served == 0 {
		copy(s.Structure, s.Users)
		return
	}
	for i := range s.Structure {
		s.Structure[i] /= served
	}
}

// DerivePower derives composite power: the mean of the shares of economy, capability and
// structure by their weights, as a share of the world (E1).
func (s *States) DerivePower(economy, capability, structure float64) {
	if len(s.Power) != s.N {
		s.Power = make([]float64, s.N)
	}
	weights := economy + capability + structure
	if weights == 0 {
		weights = 1
	}
	for i := range s.Power {
		s.Power[i] = (economy*s.Economy[i] + capability*s.Capability[i] + structure*s.Structure[i]) / weights
	}
	Normalise(s.Power)
}

// leastCompliance is what is left of compliance with a text at the other pole: nobody
// breaks all of it (assumption).
const leastCompliance = .05

// Compliance is how far a state at a position keeps to a text when it begins to adhere:
// the nearer the text is to what it does anyway, the more.
func Compliance(position, text []float64) float64 {
	return max(leastCompliance, 1-Distance(position, text))
}

// IsStandard tells whether text t is a technical standard: what a body of engineers has
// worked out, or what recognises a stack.
func (w *World) IsStandard(t int) bool {
	return w.Texts[t].Stack >= 0 || w.Forums[w.Texts[t].Forum].Engineers()
}

// ComplyByUse sets how far states keep to standard t: no government promises it or is
// watched over it, but networks run on its stack or on another. The share of them on the
// stack that it recognises, or else on the one nearest to it, is the compliance.
func (w *World) ComplyByUse(t int) {
	text, stacks := &w.Texts[t], len(w.Stacks)
	stack := text.Stack
	if stack < 0 {
		stack = w.NearestStack(text.Position)
	}
	for i := range text.Adherence {
		if text.Covers(i) {
			text.Compliance[i] = w.States.Stack[i*stacks+stack]
		}
	}
}

// NearestStack is the stack that embodies the governance position nearest to one; the
// first of those equally near.
func (w *World) NearestStack(position []float64) int {
	nearest, least := 0, math.Inf(1)
	for k := range w.Stacks {
		if d := Distance(w.Stacks[k].Position, position); d < least-Tie {
			nearest, least = k, d
		}
	}
	return nearest
}

// DeriveUse sets compliance with all standards.
func (w *World) DeriveUse() {
	for t := range w.Texts {
		if w.IsStandard(t) {
			w.ComplyByUse(t)
		}
	}
}
