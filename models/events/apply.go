package events

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"splinternet/models/forums"
	"splinternet/models/interconnection"
	"splinternet/models/security"
	"splinternet/models/standards"
	"splinternet/models/world"
	"splinternet/sim"
)

// agents resolves identifiers such as state.IND or group.eu of the given kind to
// ascending indices. Bare identifiers are allowed where only one kind can be meant.
func agents(w *world.World, ids []string, kind string) ([]int, error) {
	var list []int
	for _, id := range ids {
		prefix, name, dotted := strings.Cut(id, ".")
		if !dotted {
			prefix, name = kind, id
		}
		switch {
		case prefix == "group" && kind == "state":
			g := w.FindGroup(name)
			if g < 0 {
				return nil, fmt.Errorf("there is no group %s", name)
			}
			list = append(list, w.Groups[g].Members...)
			continue
		case prefix != kind:
			return nil, fmt.Errorf("%s is not a %s", id, kind)
		}
		k := -1
		switch kind {
		case "state":
			k = w.FindState(name)
		case "firm":
			k = w.FindFirm(name)
		}
		if k < 0 {
			return nil, fmt.Errorf("there is no %s %s", kind, name)
		}
		list = append(list, k)
	}
	return list, nil
}

// ascending sorts agents and drops doubles.
func ascending(list []int) []int {
	slices.Sort(list)
	return slices.Compact(list)
}

// called lists names of states for a sentence.
func called(w *world.World, states []int) string {
	const most = 4
	names := make([]string, 0, most)
	for _, i := range states {
		if len(names) == most {
			return strings.Join(names, ", ") + fmt.Sprintf(" and %d more", len(states)-most)
		}
		names = append(names, w.Called(i))
	}
	return world.Listed(names)
}

// verb is the form of a verb that goes with the number of subjects.
func verb(subjects int, one, many string) string {
	if subjects == 1 {
		return one
	}
	return many
}

// Apply changes the variable.
func (e *Shock) Apply(_ *sim.Tick, w *world.World, m *Mechanism) (string, float64, error) {
	if e.Variable == "trust" {
		return e.shockTrust(w)
	}
	touched := 0.0
	for _, target := range e.Targets {
		prefix, name, _ := strings.Cut(target, ".")
		weight, err := e.shockOne(w, m, prefix, name)
		if err != nil {
			return "", 0, err
		}
		touched += weight
	}
	return fmt.Sprintf("A shock changes %s of %s.", e.Variable, strings.Join(e.Targets, ", ")), min(1, touched/2), nil
}

func (e *Shock) shockOne(w *world.World, m *Mechanism, prefix, name string) (weight float64, err error) {
	switch prefix {
	case "state", "group":
		states, err := agents(w, []string{prefix + "." + name}, "state")
		if err != nil {
			return 0, err
		}
		return w.WeightOf(states), e.shockStates(w, m, states)
	case "firm":
		f := w.FindFirm(name)
		if f < 0 {
			return 0, fmt.Errorf("there is no firm %s", name)
		}
		return .05, e.shockFirm(w, f)
	case "forum":
		k := w.FindForum(name)
		if k < 0 {
			return 0, fmt.Errorf("there is no forum %s", name)
		}
		forum := &w.Forums[k]
		if e.Variable == "legitimacy" {
			e.change(&forum.Legitimacy, 0, 1)
		} else {
			e.changeAll(forum.Position)
		}
		return .1, nil
	case "stack":
		s := w.FindStack(name)
		if s < 0 {
			return 0, fmt.Errorf("there is no stack %s", name)
		}
		stack := &w.Stacks[s]
		switch e.Variable {
		case "potential":
			e.change(&stack.Potential, -20, 20)
		case "recognition":
			e.change(&stack.Recognition, 0, 1)
		default:
			e.changeAll(stack.Position)
		}
		return .2, nil
	}
	return 0, fmt.Errorf("%s.%s cannot be shocked", prefix, name)
}

// change applies the shock to one number and keeps it within its domain.
func (e *Shock) change(x *float64, low, high float64) {
	switch {
	case e.Value != nil:
		*x = *e.Value
	case e.Factor != nil:
		*x *= *e.Factor
	case e.Add != nil:
		*x += *e.Add
	}
	*x = min(high, max(low, *x))
}

func (e *Shock) changeAll(x []float64) {
	for d := range x {
		e.change(&x[d], 0, 1)
	}
}

func (e *Shock) shockStates(w *world.World, m *Mechanism, states []int) error {
	s := &w.States
	plain := map[string]struct {
		values []float64
		high   float64
	}{
		"salience": {s.Salience, 100},
		"economy":  {s.Economy, 1}, "growth": {s.Growth, 1}, "capability": {s.Capability, 1},
		"users": {s.Population, math.MaxFloat64}, "offence": {s.Offence, 1},
		"diplomacy": {s.Diplomacy, 1}, "control": {s.Control, 1}, "threat": {s.Threat, 100},
	}
	offence := sum(s.Offence) // it grows as capability spreads; a shock only shifts it
	for _, i := range states {
		switch e.Variable {
		case "stubbornness":
			if s.Stubbornness[i] < 0 { // as the parameter says, until now
				s.Stubbornness[i] = m.Parameters.Value("influence.stubbornness")
			}
			e.change(&s.Stubbornness[i], 0, 1)
		case "position":
			e.changeAll(s.Position[i*w.Dim : i*w.Dim+w.Dim])
		case "anchor":
			e.changeAll(s.Anchor[i*w.Dim : i*w.Dim+w.Dim])
		default:
			variable, ok := plain[e.Variable]
			if !ok {
				return fmt.Errorf("%s is not a variable of a state", e.Variable)
			}
			low := 0.0
			if e.Variable == "growth" {
				low = -1
			}
			e.change(&variable.values[i], low, variable.high)
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

func (e *Shock) shockFirm(w *world.World, f int) error {
	switch e.Variable {
	case "position":
		e.changeAll(w.Firms.Position[f*w.Dim : f*w.Dim+w.Dim])
	case "tie":
		e.change(&w.Firms.Tie[f], 0, 1)
	case "size":
		e.change(&w.Firms.Size[f], 0, math.MaxFloat64)
	case "diplomacy":
		e.change(&w.Firms.Diplomacy[f], 0, 1)
	default:
		return fmt.Errorf("%s is not a variable of a firm", e.Variable)
	}
	return nil
}

// shockTrust changes trust between the targets and the states in Toward, in both
// directions; without Toward, between the targets and everybody.
func (e *Shock) shockTrust(w *world.World) (string, float64, error) {
	from, err := agents(w, e.Targets, "state")
	if err != nil {
		return "", 0, err
	}
	toward, err := agents(w, e.Toward, "state")
	if err != nil {
		return "", 0, err
	}
	if len(e.Toward) == 0 {
		for j := range w.States.N {
			toward = append(toward, j)
		}
	}
	n := w.States.N
	done := map[[2]int]bool{}
	for _, i := range ascending(from) {
		for _, j := range ascending(toward) {
			pair := [2]int{min(i, j), max(i, j)}
			if i == j || done[pair] {
				continue
			}
			done[pair] = true
			e.change(&w.Dyads.Trust[i*n+j], 0, 1)
			e.change(&w.Dyads.Trust[j*n+i], 0, 1)
		}
	}
	others := "everybody else"
	if len(e.Toward) > 0 {
		others = strings.Join(e.Toward, ", ")
	}
	return fmt.Sprintf("Trust changes between %s and %s.", strings.Join(e.Targets, ", "), others),
		min(1, w.WeightOf(from)/2), nil
}

// Apply puts the text on the table of its forum.
func (e *Proposal) Apply(now *sim.Tick, w *world.World, _ *Mechanism) (string, float64, error) {
	k := w.FindForum(e.Forum)
	if k < 0 {
		return "", 0, fmt.Errorf("there is no forum %s", e.Forum)
	}
	text := world.Text{
		ID: e.Text, Title: e.Title, Line: e.Line, Kind: e.Kind, Forum: k, Position: slices.Clone(e.Position), Depth: e.Depth,
		Binding: e.Kind == world.Treaty && e.Serves == "", Serves: e.Serves, Mandate: e.Mandate, StatusQuo: e.StatusQuo, Joint: e.Joint, Stack: -1,
	}
	if text.Line == "" {
		text.Line = w.Forums[k].Line
	}
	if e.Stack != "" {
		if text.Stack = w.FindStack(e.Stack); text.Stack < 0 {
			return "", 0, fmt.Errorf("there is no stack %s", e.Stack)
		}
	}
	for _, id := range e.Sponsors {
		if name, isFirm := strings.CutPrefix(id, "firm."); isFirm {
			if f := w.FindFirm(name); f >= 0 {
				text.Firms = append(text.Firms, f)
			}
			continue
		}
		if i := w.FindState(strings.TrimPrefix(id, "state.")); i >= 0 {
			text.Sponsors = append(text.Sponsors, i)
		}
	}
	t := forums.Table(w, text)
	if w.Rules.State != nil {
		forums.Cosponsor(w, t, func(int) bool { return false }) // the scenario has named those whom it wants
	}
	var sponsors []string
	if len(text.Sponsors) > 0 {
		sponsors = append(sponsors, called(w, text.Sponsors))
	}
	for _, f := range text.Firms {
		sponsors = append(sponsors, w.Firms.Name[f])
	}
	by := strings.Join(sponsors, " and ")
	if by == "" {
		by = "A sponsor"
	}
	return fmt.Sprintf("%s %s %s in the %s.", by, verb(max(1, len(text.Sponsors)+len(text.Firms)), "tables", "table"), w.Texts[t].Called(), w.Forums[k].Name), .02, nil
}

// Apply bans, or lifts the ban.
func (e *Ban) Apply(_ *sim.Tick, w *world.World, _ *Mechanism) (string, float64, error) {
	states, err := agents(w, e.States, "state")
	if err != nil {
		return "", 0, err
	}
	firms, err := agents(w, e.Firms, "firm")
	if err != nil {
		return "", 0, err
	}
	const hard = .75 // people speak of a ban, whatever is added to it
	states, touched, changed, fresh := ascending(states), 0.0, false, e.Strength == 0
	var movers []int // who had not done so of its own accord
	names := make([]string, 0, len(firms))
	for _, f := range firms {
		names = append(names, w.Firms.Name[f])
		for _, i := range states {
			before := w.Firms.Ban[f*w.States.N+i]
			strength := e.Strength
			if strength > 0 {
				strength = max(strength, before) // nobody relents by signing a memorandum
			}
			strength = w.AskBan(i, f, strength)
			changed = changed || strength != before && min(strength, before) < hard
			fresh = fresh || before == 0
			if strength > before {
				w.Activity.Bans++
			}
			if strength != before && !slices.Contains(movers, i) {
				movers = append(movers, i)
			}
			w.Firms.Ban[f*w.States.N+i] = strength
			touched += w.States.Users[i] * w.Firms.Share[f*w.States.N+i] * strength
		}
	}
	interconnection.DeriveExclusion(w)
	w.CountBans()
	if !changed {
		return "", 0, nil // they had done so of their own accord
	}
	slices.Sort(movers)
	act := verb(len(movers), "restricts", "restrict")
	if e.Strength == 0 {
		act = verb(len(movers), "readmits", "readmit")
	} else if e.Strength >= 1 {
		act = verb(len(movers), "bans", "ban")
	}
	if !fresh { // of their own accord they had gone half of the way
		act = verb(len(movers), "tightens its restrictions on", "tighten their restrictions on")
		if e.Strength >= 1 {
			act = verb(len(movers), "now bans", "now ban")
		}
	}
	return fmt.Sprintf("%s %s %s.", called(w, movers), act, strings.Join(names, " and ")),
		min(1, touched+w.WeightOf(states)*e.Strength/4), nil
}

// Apply founds the forum or wakes it.
func (e *Found) Apply(now *sim.Tick, w *world.World, _ *Mechanism) (string, float64, error) {
	endorsers, err := agents(w, e.Endorsers, "state")
	if err != nil {
		return "", 0, err
	}
	k := forums.Found(now, w, &e.Forum, e.Mandate)
	switch {
	case len(endorsers) == 0 || k < 0:
	case w.Forums[k].Text < 0:
		forums.Endorse(now, w, k, ascending(endorsers), e.Depth)
	default:
		text := &w.Texts[w.Forums[k].Text]
		for _, i := range ascending(endorsers) {
			if text.Adherence[i] == world.Outside {
				text.Adherence[i] = world.Endorsed
				text.Compliance[i] = world.Compliance(w.States.Position[i*w.Dim:i*w.Dim+w.Dim], text.Position)
			}
		}
	}
	return "", 0, nil // the forum's own entry tells it
}

// Apply closes or merges the forum.
func (e *End) Apply(_ *sim.Tick, w *world.World, _ *Mechanism) (string, float64, error) {
	k := w.FindForum(e.Forum)
	if k < 0 {
		return "", 0, fmt.Errorf("there is no forum %s", e.Forum)
	}
	f := &w.Forums[k]
	if e.Into == "" {
		f.Status = world.Dead
		w.CountShared()
		return fmt.Sprintf("The %s is closed.", f.Name), .3 * f.Legitimacy, nil
	}
	into := w.FindForum(e.Into)
	if into < 0 {
		return "", 0, fmt.Errorf("there is no forum %s", e.Into)
	}
	f.Status = world.Merged
	for i, in := range f.Members {
		w.Forums[into].Members[i] = w.Forums[into].Members[i] || in
	}
	w.CountShared()
	return fmt.Sprintf("The %s merges into the %s.", f.Name, w.Forums[into].Name), .3 * f.Legitimacy, nil
}

// Apply brings the binding text into force for its parties.
func (e *Treaty) Apply(now *sim.Tick, w *world.World, _ *Mechanism) (string, float64, error) {
	k := w.FindForum(e.Forum)
	if k < 0 {
		return "", 0, fmt.Errorf("there is no forum %s", e.Forum)
	}
	parties, err := agents(w, e.Parties, "state")
	if err != nil {
		return "", 0, err
	}
	parties = ascending(parties)
	t := forums.Table(w, world.Text{
		ID: e.Text, Title: e.Title, Line: w.Forums[k].Line, Kind: world.Treaty, Forum: k,
		Position: slices.Clone(e.Position), Depth: e.Depth, Binding: true, Open: true, Stack: -1,
	})
	text := &w.Texts[t]
	text.Status, text.Adopted = world.InForce, now.Index
	for _, i := range parties {
		text.Adherence[i] = world.Party
		text.Compliance[i] = world.Compliance(w.States.Position[i*w.Dim:i*w.Dim+w.Dim], text.Position)
	}
	return fmt.Sprintf("%s is opened; %d states join at once.", e.Title, len(parties)), w.WeightOf(parties) * e.Depth, nil
}

// Apply strikes.
func (e *Crisis) Apply(now *sim.Tick, w *world.World, m *Mechanism) (string, float64, error) {
	ids := []string{e.Initiator, e.Target}
	if e.Blamed != "" {
		ids = append(ids, e.Blamed)
	}
	states, err := agents(w, ids, "state")
	if err != nil {
		return "", 0, err
	}
	if e.Blamed == "" {
		m.Security.Strike(now, w, states[0], states[1], e.Severity)
		return "", 0, nil
	}
	blamed := states[2]
	// A crisis that a scenario schedules is blamed in public, and answered if the
	// victim's temper of the tick says so.
	rng := now.Stream.Pair(w.States.Key[states[0]], w.States.Key[states[1]])
	m.Security.Happen(w, security.Incident{
		Initiator: states[0], Target: states[1], Severity: e.Severity, Blamed: blamed, Public: true,
		Climb: rng.Float64(), Reply: rng.Float64(), Scripted: true,
	})
	return "", 0, nil // the incident's own entry tells it
}

// Apply sets channels, bridges and trust between all pairs of parties.
func (e *Agreement) Apply(now *sim.Tick, w *world.World, _ *Mechanism) (string, float64, error) {
	parties, err := agents(w, e.Parties, "state")
	if err != nil {
		return "", 0, err
	}
	parties = ascending(parties)
	n, d := w.States.N, &w.Dyads
	for a, i := range parties {
		for _, j := range parties[a+1:] {
			there, back := i*n+j, j*n+i
			if e.Lapse {
				d.EndAgreement(n, i, j, 0, now.Index)
				d.Bridge[there], d.Bridge[back] = 0, 0
				continue
			}
			if e.Channel > 0 {
				d.Agree(n, i, j, e.Channel, now.Index)
			}
			d.Bridge[there] = max(d.Bridge[there], e.Bridge)
			d.Bridge[back] = d.Bridge[there]
			d.Trust[there] = min(1, max(0, d.Trust[there]+e.Trust))
			d.Trust[back] = min(1, max(0, d.Trust[back]+e.Trust))
			d.Mark(n, i, j)
		}
	}
	w.CountChannels()
	what := "agree on channels and bridges between them"
	if e.Lapse {
		what = "let their agreement lapse"
	}
	return fmt.Sprintf("%s %s.", called(w, parties), what), w.WeightOf(parties) * max(e.Channel, e.Bridge, .1) / 2, nil
}

// Apply makes the stack available.
func (e *NewStack) Apply(_ *sim.Tick, w *world.World, _ *Mechanism) (string, float64, error) {
	s := w.FindStack(e.Stack)
	if s < 0 {
		return "", 0, fmt.Errorf("there is no stack %s", e.Stack)
	}
	sponsors, err := agents(w, e.Sponsors, "state")
	if err != nil {
		return "", 0, err
	}
	firms, err := agents(w, e.Firms, "firm")
	if err != nil {
		return "", 0, err
	}
	w.Stacks[s].Proposed = true
	for _, i := range sponsors {
		w.Stacks[s].Recognised[i] = true
	}
	for _, f := range firms {
		w.Firms.Stack[f] = w.AskSell(f, s)
	}
	standards.Recount(w, s)
	by := called(w, sponsors)
	if by == "" {
		by = "A group of firms"
	}
	return fmt.Sprintf("%s %s forward %s, a new suite of network standards.", by, verb(max(1, len(sponsors)), "puts", "put"), w.Stacks[s].Name), max(.1, w.WeightOf(sponsors)), nil
}

// Apply sets the parameter.
func (e *SetParameter) Apply(_ *sim.Tick, _ *world.World, m *Mechanism) (string, float64, error) {
	if err := m.Parameters.Set(e.Parameter, e.Value); err != nil {
		return "", 0, err
	}
	return fmt.Sprintf("From now on %s is %g.", e.Parameter, e.Value), .05, nil
}
