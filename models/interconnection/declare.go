package interconnection

import (
	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Parameters are the numbers of the mechanism.
type Parameters struct {
	FilterBase float64
	Filter     float64
	Control    float64
	Adjustment float64
	Gateway    float64
	Sanction   float64
	Easing     float64
	Regimes    float64
	Evidence   float64
}

// Name is "interconnection".
func (*Interconnection) Name() string { return "interconnection" }

// Declare says all that the rest of the program knows of the mechanism.
func (m *Interconnection) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "Quality of links from stacks, policies and bans (E9); boundary controls.",
		Reference: "Drake, Cerf and Kleinwächter 2016; Mueller 2017",
		State:     m.State,
		Without:   "No government closes a link: no boundary controls, no filters, no cuts in answer to an incident; stacks and bans still divide.",
		Reads: []string{
			"States.Position", "States.Users", "States.Democracy", "States.Threat", "States.Stack", "Stacks",
			"Dyads.Trust", "Dyads.Bridge", "Dyads.Ladder", "Dyads.Exclusion", "Dyads.Marked",
			"Forums", "Forums.Access", "Forums.Structured", "Texts", "Texts.Line", "Texts.Forum", "Texts.Binding", "Texts.Depth", "Texts.Status", "Texts.Adherence", "Texts.Compliance",
		},
		Writes: []string{
			"States.Control", "Dyads.Link", "Gateway",
			"Network.Native", "Network.Effective", "Network.Technical", "Network.Governmental", "Network.Commercial",
		},
		Asks:       []string{"state.control"},
		Parameters: m.parameters(),
		Measures: []mechanism.Measure{
			mechanism.Share("native_reachability", "native reachability", "R0: user-weighted quality of all links without gateways and bridges, sum u_i u_j w_ij.",
				func(w *world.World) float64 { return w.Network.Native }),
			mechanism.Share("effective_reachability", "effective reachability", "R: the same with gateways and bridges.",
				func(w *world.World) float64 { return w.Network.Effective }),
			mechanism.Share("recovery", "recovery", "Share of the native loss that gateways and bridges win back, (R-R0)/(1-R0).",
				func(w *world.World) float64 { return w.Network.Recovery() }),
			mechanism.Share("technical_loss", "technical loss", "Loss of native reachability from different stacks (Shapley share).",
				func(w *world.World) float64 { return w.Network.Technical }),
			mechanism.Share("governmental_loss", "governmental loss", "Loss from controls, filters and sanctions (Shapley share).",
				func(w *world.World) float64 { return w.Network.Governmental }),
			mechanism.Share("commercial_loss", "commercial loss", "Loss from the exclusion of firms (Shapley share).",
				func(w *world.World) float64 { return w.Network.Commercial }),
		},
	}
}

func (m *Parameters) parameters() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.FilterBase, sim.Parameter{
			Name: "filter-base", Default: .03, Plausible: sim.Range{Min: .02, Max: .05}, Unit: "share of the link", Source: sim.Assumption,
			Doc: "Loss of every international link that has no political cause.",
		}),
		sim.NumberAt(&m.Filter, sim.Parameter{
			Name: "filter", Default: .25, Domain: sim.Range{Max: 5}, Plausible: sim.Range{Min: .1, Max: .6}, Unit: "share of the link", Source: sim.Assumption,
			Doc:       "Loss of the link between two states without any trust at opposite poles.",
			Reference: "alignment of networks with jurisdictions: Mueller 2017",
		}),
		sim.NumberAt(&m.Control, sim.Parameter{
			Name: "control", Default: .12, Domain: sim.Range{Max: 2}, Plausible: sim.Range{Min: .05, Max: .25}, Unit: "share of the link", Source: sim.Data,
			Reference: "slope of the walls of 2018 on (1-x)(1-dem), .15 over states and .24 weighed by users, times the share of the world that a state reaches, about three quarters",
			Doc:       "What politics move boundary controls by: those of an autocracy at the sovereign pole whose network reaches everybody, on top of what the record of the start does not owe to politics.",
		}),
		sim.NumberAt(&m.Adjustment, sim.Parameter{
			Name: "adjustment", Fixed: true, Default: .15, Unit: "per year", Source: sim.Assumption,
			Doc:       "Rate at which boundary controls reach the level that a state has chosen.",
			Reference: "walls take years to build: China's Golden Shield about eight, 1998 to 2006",
		}),
		sim.NumberAt(&m.Gateway, sim.Parameter{
			Name: "gateway", Default: .2, Plausible: sim.Range{Max: .9}, Unit: "share of traffic", Source: sim.Assumption,
			Doc:       "Traffic between networks on different stacks that gateways carry world-wide; 0 switches gateways off, .9 is dual stack.",
			Reference: "Farrell and Saloner 1992",
		}),
		sim.NumberAt(&m.Sanction, sim.Parameter{
			Name: "sanction", Fixed: true, Default: .1, Domain: sim.Range{Max: 1. / 3}, Unit: "share of the link", Source: sim.Assumption,
			Doc:       "Loss of a link for every rung above protest that one of the two has climbed against the other.",
			Reference: "rungs are few and pass, so that it hardly moves reachability: no more than a tenth for each",
		}),
		sim.NumberAt(&m.Easing, sim.Parameter{
			Name: "easing", Fixed: true, Default: .5, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of what policies take from a link that a complete bridge between the two states gives back.",
			Reference: "a convention: a bridge carries traffic, policies at home remain",
		}),
		sim.NumberAt(&m.Regimes, sim.Parameter{
			Name: "regimes", Default: .5, Plausible: sim.Range{Min: .2, Max: 1}, Unit: "share of the link", Source: sim.Assumption,
			Doc:       "Loss of what policies let through between two states whose rules have come wholly apart since the start; gain if they have come together. 0: rules do not open or close networks.",
			Reference: "networks follow jurisdictions: Mueller 2017; rules that differ split them: Drake, Cerf and Kleinwächter 2016",
		}),
		sim.NumberAt(&m.Evidence, sim.Parameter{
			Name: "evidence", Fixed: true, Default: 2, Domain: sim.Range{Max: 10}, Unit: "weight", Source: sim.Assumption,
			Doc:       "How much a text on cybercrime counts in the distance of two regimes; others count 1.",
			Reference: "conventions on cybercrime regulate access to data abroad themselves (articles 29 to 35 of the Budapest Convention)",
		}),
	}
}
