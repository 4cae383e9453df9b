package verdict

import "splinternet/sim"

// WindowYears is the number of years that a label looks back over, and that another
// label must hold before it replaces the present one. Whatever sums a run up takes its
// means over the same years at the end, so that numbers and label speak of one time.
const WindowYears = 2

// Thresholds are the conventions of the decision list. They are parameters, and stand
// where worlds lie that are known or built for comparison, as the model reads them (means
// over runs): the world of 2018, two blocs, the model whose politics moves nothing, and
// the years 2022 and 2023. A test measures these worlds.
type Thresholds struct {
	Reachability        float64
	Depth               float64
	Openness            float64
	Recovery            float64
	ManagedReachability float64
	Hostility           float64

	Window     float64
	Borderline float64
	Robustness float64
}

// New declares the thresholds.
func New(set *sim.Parameters) *Thresholds {
	t := new(Thresholds)
	set.Declare("verdict", t.parameters()...)
	return t
}

func (t *Thresholds) parameters() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&t.Reachability, threshold("reachability", .71, "Native reachability from which the network counts as one.",
			"midway between the world of 2018 (.78) and two blocs after 22 years (.64)")),
		sim.NumberAt(&t.Depth, threshold("depth", .55, "Depth of cooperation below which consensus is thin.",
			"what the world comes to if politics moves nothing (scenario m3-uncoupled, .55); the world of 2018 has .48")),
		sim.NumberAt(&t.Openness, threshold("openness", .5, "Power-weighted openness from which convergence is liberal.",
			"the middle of the scale")),
		sim.NumberAt(&t.Recovery, threshold("recovery", .15, "Share of the native loss that bridges must win back for fragmentation to be managed.",
			"a half more than two blocs win back without any effort (.09 to .1)")),
		sim.NumberAt(&t.ManagedReachability, threshold("managed-reachability", .6, "Effective reachability that managed fragmentation must keep.",
			"two blocs without bridges keep .64 natively")),
		sim.NumberAt(&t.Hostility, sim.Parameter{
			Name: "hostility", Default: .32, Domain: sim.Range{Max: 100}, Plausible: around(.32), Source: sim.Assumption,
			Doc:       "Hostility above which fragmentation is hostile.",
			Reference: "the years 2022 and 2023 as coded in history-2018-2025 (.32); the world of 2018 has .19",
		}),
		sim.NumberAt(&t.Window, sim.Parameter{
			Name: "window", Fixed: true, Default: WindowYears, Domain: sim.Range{Max: 1000}, Unit: "years", Source: sim.Assumption,
			Doc:       "Years that a label looks back over, and that another label must hold before it replaces the present one.",
			Reference: "long enough that one session or one incident does not decide",
		}),
		sim.NumberAt(&t.Borderline, sim.Parameter{
			Name: "borderline", Fixed: true, Default: .05, Source: sim.Assumption,
			Doc:       "Relative distance of a measure from its threshold below which a verdict counts as borderline.",
			Reference: "a convention",
		}),
		sim.NumberAt(&t.Robustness, sim.Parameter{
			Name: "robustness", Fixed: true, Default: .2, Source: sim.Assumption,
			Doc:       "Share by which each threshold is lowered and raised to see whether the label holds.",
			Reference: "the plausible range of the thresholds",
		}),
	}
}

// threshold is a convention for a measure that is a share.
func threshold(name string, value float64, doc, anchor string) sim.Parameter {
	return sim.Parameter{Name: name, Default: value, Plausible: around(value), Source: sim.Assumption, Doc: doc, Reference: anchor}
}

// around is the plausible range of a threshold: a fifth to either side.
func around(value float64) sim.Range { return sim.Range{Min: .8 * value, Max: 1.2 * value} }
