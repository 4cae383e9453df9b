package events

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/forums"
	"splinternet/models/forums/regime"
	"splinternet/models/forums/texts"
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
			list = append(list, w.MembersOf(&w.Groups[g])...)
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

// Apply puts the text on the table of its forum.
func (e *Proposal) Apply(_ *sim.Tick, w *world.World, _ *Mechanism, on *Event) error {
	k := w.FindForum(e.Forum)
	if k < 0 {
		return fmt.Errorf("there is no forum %s", e.Forum)
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
			return fmt.Errorf("there is no stack %s", e.Stack)
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
	t := texts.Table(w, text)
	if w.Rules.State != nil {
		texts.Cosponsor(w, t, func(int) bool { return false }) // the scenario has named those whom it wants
	}
	on.did(w, Tabled{Text: t, Sponsors: text.Sponsors, Firms: text.Firms})
	return nil
}

// Apply denies, or ends the denial.
func (e *Denial) Apply(_ *sim.Tick, w *world.World, _ *Mechanism, on *Event) error {
	states, err := agents(w, e.States, "state")
	if err != nil {
		return err
	}
	targets, err := agents(w, e.Targets, "state")
	if err != nil {
		return err
	}
	d := Denied{States: ascending(states), Targets: ascending(targets), Strength: e.Strength}
	for _, i := range d.States {
		for _, j := range d.Targets {
			if i == j {
				continue
			}
			denial := &w.Denials(i)[j]
			before, strength := *denial, e.Strength
			if strength > 0 {
				strength = max(strength, before)
			}
			*denial = w.AskDeny(i, j, strength)
			d.Change += (*denial - before) / float64(len(d.States)*len(d.Targets))
		}
	}
	w.CountDenials()
	interconnection.DeriveExclusion(w)
	on.did(w, d)
	return nil
}

// Apply bans, or lifts the ban.
func (e *Ban) Apply(_ *sim.Tick, w *world.World, _ *Mechanism, on *Event) error {
	states, err := agents(w, e.States, "state")
	if err != nil {
		return err
	}
	firms, err := agents(w, e.Firms, "firm")
	if err != nil {
		return err
	}
	r := Restricted{States: ascending(states), Firms: firms, Strength: e.Strength}
	for _, f := range firms {
		for _, i := range r.States {
			ban := &w.Firms.Ban[f*w.States.N+i]
			before, strength := *ban, e.Strength
			if strength > 0 {
				strength = max(strength, before) // nobody relents by signing a memorandum
			}
			if *ban = w.AskBan(i, f, strength); *ban > before {
				w.Activity.Bans++
			}
			r.Bans = append(r.Bans, Ruling{State: i, Firm: f, Before: before, After: *ban})
		}
	}
	interconnection.DeriveExclusion(w)
	w.CountBans()
	on.did(w, r)
	return nil
}

// Apply founds the forum or wakes it.
func (e *Found) Apply(now *sim.Tick, w *world.World, _ *Mechanism, on *Event) error {
	endorsers, err := agents(w, e.Endorsers, "state")
	if err != nil {
		return err
	}
	founding := Founding{Forum: e.Forum.ID, Members: e.Forum.Size()}
	if e.Forum.Sponsor >= 0 {
		founding.By = []int{e.Forum.Sponsor}
	}
	on.did(w, founding)
	k := regime.Found(now, w, &e.Forum, e.Mandate, on.Why != "")
	switch {
	case len(endorsers) == 0 || k < 0:
	case w.Forums[k].Text < 0:
		forums.Endorse(now, w, k, ascending(endorsers), e.Depth)
	default:
		join(w, &w.Texts[w.Forums[k].Text], ascending(endorsers), world.Endorsed)
	}
	return nil
}

// join lets states that are outside a text join it.
func join(w *world.World, text *world.Text, states []int, as uint8) {
	for _, i := range states {
		if text.Adherence[i] == world.Outside {
			text.Adherence[i] = as
			text.Compliance[i] = world.Compliance(w.Position(i), text.Position)
		}
	}
}

// Apply closes or merges the forum.
func (e *End) Apply(_ *sim.Tick, w *world.World, _ *Mechanism, on *Event) error {
	k := w.FindForum(e.Forum)
	if k < 0 {
		return fmt.Errorf("there is no forum %s", e.Forum)
	}
	f := &w.Forums[k]
	if e.Into == "" {
		f.Status = world.Dead
		w.CountShared()
		on.did(w, Closed{Forum: k})
		return nil
	}
	into := w.FindForum(e.Into)
	if into < 0 {
		return fmt.Errorf("there is no forum %s", e.Into)
	}
	f.Status = world.Merged
	for i, in := range f.Members {
		w.Forums[into].Members[i] = w.Forums[into].Members[i] || in
	}
	w.CountShared()
	on.did(w, Merged{Forum: k, Into: into})
	return nil
}

// Apply brings the binding text into force for its parties.
func (e *Treaty) Apply(now *sim.Tick, w *world.World, _ *Mechanism, on *Event) error {
	k := w.FindForum(e.Forum)
	if k < 0 {
		return fmt.Errorf("there is no forum %s", e.Forum)
	}
	parties, err := agents(w, e.Parties, "state")
	if err != nil {
		return err
	}
	parties = ascending(parties)
	t := texts.Table(w, world.Text{
		ID: e.Text, Title: e.Title, Line: w.Forums[k].Line, Kind: world.Treaty, Forum: k,
		Position: slices.Clone(e.Position), Depth: e.Depth, Binding: true, Open: true, Stack: -1,
	})
	text := &w.Texts[t]
	text.Status, text.Adopted = world.InForce, now.Index
	join(w, text, parties, world.Party)
	on.did(w, Concluded{Text: t, Parties: parties})
	return nil
}

// Apply strikes.
func (e *Crisis) Apply(now *sim.Tick, w *world.World, m *Mechanism, on *Event) error {
	ids := []string{e.Initiator, e.Target}
	if e.Blamed != "" {
		ids = append(ids, e.Blamed)
	}
	states, err := agents(w, ids, "state")
	if err != nil {
		return err
	}
	if e.Blamed == "" {
		m.Security.Strike(now, w, states[0], states[1], e.Severity)
	} else {
		// A crisis that a scenario schedules is blamed in public, and answered if the
		// victim's temper of the tick says so.
		rng := now.Stream.Pair(w.States.Key[states[0]], w.States.Key[states[1]])
		m.Security.Happen(w, security.Incident{
			Initiator: states[0], Target: states[1], Severity: e.Severity, Blamed: states[2], Public: true,
			Climb: rng.Float64(), Reply: rng.Float64(), Scripted: true,
		})
	}
	struck := Struck{Initiator: states[0], Target: states[1], Blamed: security.Nobody, Severity: e.Severity}
	if e.Blamed != "" {
		struck.Blamed = states[2]
	}
	on.did(w, struck)
	return nil
}

// Apply sets channels, bridges and trust between all pairs of parties.
func (e *Agreement) Apply(now *sim.Tick, w *world.World, _ *Mechanism, on *Event) error {
	parties, err := agents(w, e.Parties, "state")
	if err != nil {
		return err
	}
	parties = ascending(parties)
	n, d, lapsed := w.States.N, &w.Dyads, mean{}
	for a, i := range parties {
		for _, j := range parties[a+1:] {
			there, back := i*n+j, j*n+i
			if e.Lapse {
				lapsed.add(d.Channel[there])
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
	on.did(w, Agreed{Agreement: e, Parties: parties, Level: e.level(lapsed.value())})
	return nil
}

// level is the size of the agreement as Agreed has it, given the mean level of the channels
// that lapse.
func (e *Agreement) level(lapsed float64) float64 {
	switch {
	case e.Lapse:
		return 0 - lapsed
	case e.Channel > 0:
		return e.Channel
	case e.Bridge > 0:
		return e.Bridge
	}
	return e.Trust
}

// Apply makes the stack available.
func (e *NewStack) Apply(_ *sim.Tick, w *world.World, _ *Mechanism, on *Event) error {
	s := w.FindStack(e.Stack)
	if s < 0 {
		return fmt.Errorf("there is no stack %s", e.Stack)
	}
	sponsors, err := agents(w, e.Sponsors, "state")
	if err != nil {
		return err
	}
	firms, err := agents(w, e.Firms, "firm")
	if err != nil {
		return err
	}
	w.Stacks[s].Proposed = true
	for _, i := range sponsors {
		w.Stacks[s].Recognised[i] = true
	}
	for _, f := range firms {
		w.Firms.Stack[f] = w.AskSell(f, s)
	}
	standards.Recount(w, s)
	on.did(w, Launched{Stack: s, Sponsors: sponsors, Firms: firms})
	return nil
}

// Apply sets the parameter.
func (e *SetParameter) Apply(_ *sim.Tick, w *world.World, m *Mechanism, on *Event) error {
	if err := m.Declared.Set(e.Parameter, e.Value); err != nil {
		return err
	}
	setting := Setting{Parameter: e.Parameter, Value: e.Value}
	m.Settings = append(m.Settings, setting)
	on.did(w, setting)
	return nil
}
