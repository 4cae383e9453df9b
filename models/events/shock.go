package events

import (
	"fmt"
	"math"
	"strings"

	"splinternet/models/world"
	"splinternet/sim"
)

// Apply changes the variable.
func (e *Shock) Apply(_ *sim.Tick, w *world.World, m *Mechanism, on *Event) error {
	if e.Variable == "trust" {
		return e.shockTrust(w, on)
	}
	shocked, changed := Shocked{Variable: e.Variable}, mean{}
	for _, id := range e.Targets {
		target, err := e.shockOne(w, m, id, &changed)
		if err != nil {
			return err
		}
		shocked.Targets = append(shocked.Targets, target)
	}
	shocked.Change = changed.value()
	on.did(w, shocked)
	return nil
}

// mean is the mean of numbers, 0 of none.
type mean struct {
	sum float64
	n   int
}

func (m *mean) add(x float64) { m.sum, m.n = m.sum+x, m.n+1 }

func (m *mean) value() float64 { return m.sum / float64(max(1, m.n)) }

// shockOne changes the variable of one target, or of those in a group, and adds by how much
// to changed.
func (e *Shock) shockOne(w *world.World, m *Mechanism, id string, changed *mean) (target Target, err error) {
	prefix, name, _ := strings.Cut(id, ".")
	target = Target{ID: id, Kind: prefix}
	switch prefix {
	case "state", "group":
		target.Kind = "state"
		if target.States, err = agents(w, []string{id}, "state"); err != nil {
			return target, err
		}
		return target, e.shockStates(w, m, target.States, changed)
	case "firm":
		f := w.FindFirm(name)
		if f < 0 {
			return target, fmt.Errorf("there is no firm %s", name)
		}
		return target, e.shockFirm(w, f, changed)
	case "forum":
		k := w.FindForum(name)
		if k < 0 {
			return target, fmt.Errorf("there is no forum %s", name)
		}
		forum := &w.Forums[k]
		if e.Variable == "legitimacy" {
			e.change(changed, &forum.Legitimacy, 0, 1)
		} else {
			e.changeAll(changed, forum.Position)
		}
		return target, nil
	case "stack":
		s := w.FindStack(name)
		if s < 0 {
			return target, fmt.Errorf("there is no stack %s", name)
		}
		stack := &w.Stacks[s]
		switch e.Variable {
		case "potential":
			e.change(changed, &stack.Potential, -m.MostQuality, m.MostQuality)
		case "recognition":
			e.change(changed, &stack.Recognition, 0, 1)
		default:
			e.changeAll(changed, stack.Position)
		}
		return target, nil
	}
	return target, fmt.Errorf("%s.%s cannot be shocked", prefix, name)
}

// change applies the shock to one number and keeps it within its domain.
func (e *Shock) change(changed *mean, x *float64, low, high float64) {
	before := *x
	switch {
	case e.Value != nil:
		*x = *e.Value
	case e.Factor != nil:
		*x *= *e.Factor
	case e.Add != nil:
		*x += *e.Add
	}
	*x = min(high, max(low, *x))
	changed.add(*x - before)
}

func (e *Shock) changeAll(changed *mean, x []float64) {
	for d := range x {
		e.change(changed, &x[d], 0, 1)
	}
}

func (e *Shock) shockStates(w *world.World, m *Mechanism, states []int, changed *mean) error {
	s := &w.States
	plain := map[string]struct {
		values []float64
		high   float64
	}{
		"salience": {s.Salience, m.MostAttention},
		"economy":  {s.Economy, 1}, "growth": {s.Growth, 1}, "capability": {s.Capability, 1},
		"users": {s.Population, math.MaxFloat64}, "offence": {s.Offence, 1},
		"diplomacy": {s.Diplomacy, 1}, "control": {s.Control, 1}, "threat": {s.Threat, m.MostAttention},
	}
	offence := sum(s.Offence) // it grows as capability spreads; a shock only shifts it
	for _, i := range states {
		switch e.Variable {
		case "stubbornness":
			if s.Stubbornness[i] < 0 { // as the parameter says, until now
				s.Stubbornness[i] = m.Declared.Value("influence.stubbornness")
			}
			e.change(changed, &s.Stubbornness[i], 0, 1)
		case "position":
			e.changeAll(changed, s.Position[i*w.Dim:i*w.Dim+w.Dim])
		case "anchor":
			e.changeAll(changed, s.Anchor[i*w.Dim:i*w.Dim+w.Dim])
		default:
			variable, ok := plain[e.Variable]
			if !ok {
				return fmt.Errorf("%s is not a variable of a state", e.Variable)
			}
			low := 0.0
			if e.Variable == "growth" {
				low = -1
			}
			e.change(changed, &variable.values[i], low, variable.high)
		}
	}
	// Shares stay shares: power derives them anew, but it may be switched off.
	switch e.Variable {
	case "economy":
		rescale(s.Economy, 1)
	case "capability":
		rescale(s.Capability, 1)
	case "offence":
		rescale(s.Offence, offence)
	}
	return nil
}

// rescale makes numbers sum to a total, unless they are all zero.
func rescale(shares []float64, total float64) {
	if sum := sum(shares); sum > 0 {
		for i := range shares {
			shares[i] *= total / sum
		}
	}
}

func sum(list []float64) float64 {
	total := 0.0
	for _, x := range list {
		total += x
	}
	return total
}

func (e *Shock) shockFirm(w *world.World, f int, changed *mean) error {
	switch e.Variable {
	case "position":
		e.changeAll(changed, w.Firms.Position[f*w.Dim:f*w.Dim+w.Dim])
	case "tie":
		e.change(changed, &w.Firms.Tie[f], 0, 1)
	case "size":
		e.change(changed, &w.Firms.Size[f], 0, math.MaxFloat64)
	case "diplomacy":
		e.change(changed, &w.Firms.Diplomacy[f], 0, 1)
	default:
		return fmt.Errorf("%s is not a variable of a firm", e.Variable)
	}
	return nil
}

// shockTrust changes trust between the targets and the states in Toward, in both
// directions; without Toward, between the targets and everybody.
func (e *Shock) shockTrust(w *world.World, on *Event) error {
	from, err := agents(w, e.Targets, "state")
	if err != nil {
		return err
	}
	toward, err := agents(w, e.Toward, "state")
	if err != nil {
		return err
	}
	if len(e.Toward) == 0 {
		for j := range w.States.N {
			toward = append(toward, j)
		}
	}
	from, toward = ascending(from), ascending(toward)
	n, changed := w.States.N, mean{}
	done := map[[2]int]bool{}
	for _, i := range from {
		for _, j := range toward {
			pair := [2]int{min(i, j), max(i, j)}
			if i == j || done[pair] {
				continue
			}
			done[pair] = true
			e.change(&changed, &w.Dyads.Trust[i*n+j], 0, 1)
			e.change(&changed, &w.Dyads.Trust[j*n+i], 0, 1)
		}
	}
	on.did(w, TrustShocked{Between: e.Targets, Toward: e.Toward, States: from, Others: toward, Change: changed.value()})
	return nil
}
