package verdict

import "splinternet/sim"

// WindowYears is the number of years that a label looks back over, and that another
// label must hold before it replaces the present one. Whatever sums a run up takes its
// means over the same years at the end, so that numbers and label speak of one time.
const WindowYears = 2

// Thresholds are the conventions of the decision list. They are parameters: two
// equal blocs must pass half of their cross traffic natively to reach the
// default reachability of .75, by R0 = (1+w)/2.
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
		sim.NumberAt(&t.Reachability, threshold("reachability", .75, "Native reachability from which the network counts as one.")),
		sim.NumberAt(&t.Depth, threshold("depth", .4, "Depth of cooperation below which consensus is thin.")),
		sim.NumberAt(&t.Openness, threshold("openness", .55, "Power-weighted openness from which convergence is liberal.")),
		sim.NumberAt(&t.Recovery, threshold("recovery", .25, "Share of the native loss that bridges must win back for fragmentation to be managed.")),
		sim.NumberAt(&t.ManagedReachability, threshold("managed-reachability", .6, "Effective reachability that managed fragmentation must keep.")),
		sim.NumberAt(&t.Hostility, sim.Parameter{
			Name: "hostility", Default: .3, Domain: sim.Range{Max: 100}, Plausible: around(.3), Source: sim.Assumption,
			Doc: "Hostility above which fragmentation is hostile: twice that of the first two years of the baseline.",
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
func threshold(name string, value float64, doc string) sim.Parameter {
	return sim.Parameter{Name: name, Default: value, Plausible: around(value), Source: sim.Assumption, Doc: doc}
}

// around is the plausible range of a threshold: a fifth to either side.
func around(value float64) sim.Range { return sim.Range{Min: .8 * value, Max: 1.2 * value} }
