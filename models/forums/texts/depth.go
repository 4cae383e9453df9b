package texts

import (
	"splinternet/models/world"
	"splinternet/sim"
)

// Depths are how much resolutions ask for, by their kind, in [0, 1]. Conventions set
// their own depth.
type Depths struct{ Views, Treaty, Norm, Support float64 }

// Of is the depth of a resolution of a kind.
func (d *Depths) Of(kind world.TextKind) float64 {
	switch kind {
	case world.Views:
		return d.Views
	case world.Treaty:
		return d.Treaty
	case world.Norm:
		return d.Norm
	}
	return d.Support
}

// Fixed are the depths as fixed parameters.
func (d *Depths) Fixed() []sim.Parameter {
	depth := func(field *float64, name string, value float64, doc, ground string) sim.Parameter {
		return sim.NumberAt(field, sim.Parameter{
			Name: name, Fixed: true, Default: value, Unit: "depth", Source: sim.Assumption, Doc: doc, Reference: ground,
		})
	}
	return []sim.Parameter{
		depth(&d.Views, "views-depth", .05, "Depth of a resolution that asks for reports or views.", "it asks for hardly anything"),
		depth(&d.Treaty, "treaty-depth", .4, "Depth of a resolution that starts a binding instrument.", "that of a treaty which most can accept"),
		depth(&d.Norm, "norm-depth", .2, "Depth of a resolution with rules of behaviour.", "that of the voluntary rules of working groups of all states"),
		depth(&d.Support, "support-depth", .1, "Depth of a resolution that backs or sets up a forum.", "between a request for views and rules"),
	}
}
