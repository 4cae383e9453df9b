package build

import (
	"slices"

	"splinternet/models/events"
	"splinternet/models/world"
	"splinternet/scenarios/spec"
)

// events are the scheduled events with what each does.
func (b *builder) events() []events.Event {
	list := make([]events.Event, 0, len(b.spec.Events))
	for _, e := range b.spec.Events {
		if e.Forum != nil {
			if b.world == nil {
				continue
			}
			e.Effect = b.found(&e)
		}
		list = append(list, e.Event)
	}
	return list
}

// found sets up a forum, which may be one that the world or its catalogue knows.
func (b *builder) found(e *spec.Event) *events.Found {
	s := e.Forum
	f := world.Forum{ID: s.ID, Text: -1, Sponsor: -1, Chair: -1}
	for _, known := range slices.Concat(b.world.Forums, b.world.Catalogue) {
		if known.ID == f.ID {
			f = known
			f.Text = -1
			f.Position, f.Members, f.Firms = slices.Clone(f.Position), slices.Clone(f.Members), slices.Clone(f.Firms)
		}
	}
	mandate := 0.0
	if f.MandateEnd > e.Tick && f.MandateEnd < world.NoEnd {
		mandate = float64(f.MandateEnd-e.Tick) * b.world.Calendar.Years()
	}
	depth := b.define(&f, s)
	if s.Depth == nil && f.Product.Depth > 0 {
		depth = f.Product.Depth
	}
	f.Status = world.Alive
	return &events.Found{Forum: f, Mandate: or(s.Mandate, mandate), Endorsers: e.Endorsers, Depth: depth}
}

// decisions are the scripted decisions, with each mix laid out by what it divides.
func (b *builder) decisions() []events.Decision {
	var list []events.Decision
	for _, d := range b.spec.Decisions {
		if d.Mix != nil && b.world != nil {
			names := stackIDs(b.world)
			if d.Decide == "effort" {
				names = world.EffortNames
			}
			d.Position = make([]float64, len(names))
			b.mix(d.Mix, names, d.Position)
		}
		list = append(list, d.Decision)
	}
	return list
}
