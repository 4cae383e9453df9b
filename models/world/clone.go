package world

import "slices"

// CopyFrom makes w a deep copy of the world from, reusing w's memory where the
// sizes agree, so that replicate after replicate starts afresh without
// allocating.
func (w *World) CopyFrom(from *World) {
	w.Calendar, w.Tick, w.Dim, w.Gateway = from.Calendar, from.Tick, from.Dim, from.Gateway
	w.Network, w.Activity, w.Standing, w.Rules = from.Network, from.Activity, from.Standing, from.Rules
	w.States.copyFrom(&from.States)
	w.Firms.copyFrom(&from.Firms)
	w.Dyads.copyFrom(&from.Dyads)
	w.Groups, w.Catalogue = from.Groups, from.Catalogue // never changed during a run

	w.Forums = resize(w.Forums, len(from.Forums))
	for k := range from.Forums {
		w.Forums[k].copyFrom(&from.Forums[k])
	}
	w.Texts = resize(w.Texts, len(from.Texts))
	for k := range from.Texts {
		w.Texts[k].copyFrom(&from.Texts[k])
	}
	w.Stacks = resize(w.Stacks, len(from.Stacks))
	for k := range from.Stacks {
		old := w.Stacks[k]
		w.Stacks[k] = from.Stacks[k]
		w.Stacks[k].Position = refill(old.Position, from.Stacks[k].Position)
		w.Stacks[k].Recognised = refill(old.Recognised, from.Stacks[k].Recognised)
	}
	w.Chronicle.On, w.Chronicle.Ballots = from.Chronicle.On, from.Chronicle.Ballots
	// Entries are handed to whoever records them, so they are not reused.
	w.Chronicle.Entries, w.Chronicle.Votes, w.Chronicle.decided = nil, nil, nil
}

// refill copies from into the memory of to.
func refill[T any](to, from []T) []T { return append(to[:0], from...) }

// resize keeps the old elements behind the new length, whose memory is reused.
func resize[T any](list []T, n int) []T {
	list = list[:min(cap(list), max(n, len(list)))]
	if len(list) < n {
		list = append(list, make([]T, n-len(list))...)
	}
	return list[:n]
}

func (s *States) copyFrom(from *States) {
	old := *s
	*s = *from // identifiers are shared: they never change
	for _, pair := range []struct {
		to       *[]float64
		old, now []float64
	}{
		{&s.Position, old.Position, from.Position},
		{&s.Anchor, old.Anchor, from.Anchor},
		{&s.Uncertainty, old.Uncertainty, from.Uncertainty},
		{&s.Stubbornness, old.Stubbornness, from.Stubbornness},
		{&s.Salience, old.Salience, from.Salience},
		{&s.Economy, old.Economy, from.Economy},
		{&s.Growth, old.Growth, from.Growth},
		{&s.Capability, old.Capability, from.Capability},
		{&s.Structure, old.Structure, from.Structure},
		{&s.Power, old.Power, from.Power},
		{&s.Population, old.Population, from.Population},
		{&s.Penetration, old.Penetration, from.Penetration},
		{&s.Users, old.Users, from.Users},
		{&s.Wealth, old.Wealth, from.Wealth},
		{&s.Democracy, old.Democracy, from.Democracy},
		{&s.Offence, old.Offence, from.Offence},
		{&s.Diplomacy, old.Diplomacy, from.Diplomacy},
		{&s.Attendance, old.Attendance, from.Attendance},
		{&s.Control, old.Control, from.Control},
		{&s.Threat, old.Threat, from.Threat},
		{&s.Blame, old.Blame, from.Blame},
		{&s.Stack, old.Stack, from.Stack},
	} {
		*pair.to = refill(pair.old, pair.now)
	}
	s.Office = refill(old.Office, from.Office)
	s.Effort = refill(old.Effort, from.Effort)
}

func (f *Firms) copyFrom(from *Firms) {
	old := *f
	*f = *from
	f.Size = refill(old.Size, from.Size) // shocks change it
	f.Stack = refill(old.Stack, from.Stack)
	f.Position = refill(old.Position, from.Position)
	f.Tie = refill(old.Tie, from.Tie)
	f.Diplomacy = refill(old.Diplomacy, from.Diplomacy)
	f.Share = refill(old.Share, from.Share)
	f.Ban = refill(old.Ban, from.Ban)
	f.Served = refill(old.Served, from.Served)
}

func (d *Dyads) copyFrom(from *Dyads) {
	for _, pair := range []struct{ to, from *[]float64 }{
		{&d.Trust, &from.Trust},
		{&d.Contact, &from.Contact},
		{&d.Exclusion, &from.Exclusion},
		{&d.Link, &from.Link},
		{&d.Channel, &from.Channel},
		{&d.Bridge, &from.Bridge},
		{&d.Sanction, &from.Sanction},
		{&d.Severed, &from.Severed},
	} {
		*pair.to = refill(*pair.to, *pair.from)
	}
	d.MostShared = from.MostShared
	d.Shared = refill(d.Shared, from.Shared)
	d.TrustStart, d.Rival, d.Ally = from.TrustStart, from.Rival, from.Ally // never changed during a run
	d.Ladder = refill(d.Ladder, from.Ladder)
	d.Marked = refill(d.Marked, from.Marked)
	d.marked = refill(d.marked, from.marked)
	d.Agreements = refill(d.Agreements, from.Agreements)
	d.Ended = refill(d.Ended, from.Ended)
}

func (f *Forum) copyFrom(from *Forum) {
	old := *f
	*f = *from
	f.Members = refill(old.Members, from.Members)
	f.Firms = refill(old.Firms, from.Firms)
	f.Position = refill(old.Position, from.Position)
}

func (t *Text) copyFrom(from *Text) {
	old := *t
	*t = *from // Since and Invited are never changed during a run
	t.Sponsors = refill(old.Sponsors, from.Sponsors)
	t.Firms = refill(old.Firms, from.Firms)
	t.Position = refill(old.Position, from.Position)
	t.Adherence = refill(old.Adherence, from.Adherence)
	t.Against = refill(old.Against, from.Against)
	t.Compliance = refill(old.Compliance, from.Compliance)
}

// Clone returns a deep copy in memory of its own.
func (w *World) Clone() *World {
	c := new(World)
	c.CopyFrom(w)
	c.Groups = slices.Clone(w.Groups)
	return c
}
