package standards

import (
	"math"

	"splinternet/models/mechanism"
	"splinternet/sim"
)

// Parameters are the numbers of the mechanism.
type Parameters struct {
	Network     float64
	Alignment   float64
	Switching   float64
	Replacement float64
	Quality     float64
	Recognition float64
	Uptake      float64
	Ban         float64
	Reliance    float64
	Mistrust    float64
}

// Name is "standards".
func (*Standards) Name() string { return "standards" }

// Declare says all that the rest of the program knows of the mechanism.
func (m *Standards) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "Networks move between technical stacks under network effects, alignment and switching cost (E8).",
		Reference: "Katz and Shapiro 1985; Arthur 1989; Brock and Durlauf 2001",
		Without:   "All networks run on the first stack, and there is no other.",
		State:     m.State,
		Reads: []string{
			"States.Position", "States.Power", "States.Users", "States.Stack", "Firms.Home", "Firms.Stack", "Firms.Share", "Firms.Ban", "Dyads.Trust", "Dyads.Denial",
			"Stacks", "Stacks.Position", "Stacks.Potential", "Stacks.Immature", "Stacks.Proposed", "Stacks.Recognition", "Stacks.Recognised", "Stacks.Reliance", "Standing.Bans", "Standing.Denials",
		},
		Writes: []string{"States.Stack", "Stacks.Recognition", "Stacks.Recognised"},
		Asks:   []string{"state.recognise", "state.stack"},
		Measures: []mechanism.Measure{{
			Name: "effective_stacks", Title: "effective number of stacks", Unit: "count", Min: 1, Max: math.Inf(1),
			Doc: "1/sum of squared user shares of the technical stacks.", Value: effective,
		}},
		Parameters: []sim.Parameter{
			sim.NumberAt(&m.Network, sim.Parameter{
				Name: "network", Default: 3, Domain: sim.Range{Max: 20}, Plausible: sim.Range{Min: 1, Max: 4}, Unit: "logits", Source: sim.Literature,
				Doc:       "Network effect: utility of a stack that everybody else uses.",
				Reference: "Brock and Durlauf 2001: adoption tips at 2 without alignment and switching cost",
			}),
			sim.NumberAt(&m.Alignment, sim.Parameter{
				Name: "alignment", Default: 2, Domain: sim.Range{Max: 20}, Plausible: sim.Range{Max: 4}, Unit: "logits", Source: sim.Assumption,
				Doc: "Utility of a stack whose governance matches the state's position, against one at the other pole.",
			}),
			sim.NumberAt(&m.Switching, sim.Parameter{
				Name: "switching", Default: 1, Domain: sim.Range{Max: 20}, Plausible: sim.Range{Min: .5, Max: 2}, Unit: "logits", Source: sim.Assumption,
				Doc: "Cost of moving the whole network to another stack.",
			}),
			sim.NumberAt(&m.Replacement, sim.Parameter{
				Name: "replacement", Default: .15, Plausible: sim.Range{Min: .08, Max: .22}, Unit: "per year", Source: sim.Assumption,
				Doc: "Share of network equipment that is replaced in a year (life of 4 to 12 years).",
			}),
			sim.NumberAt(&m.Quality, sim.Parameter{
				Name: "quality", Default: 0, Domain: sim.Range{Min: -10, Max: 10}, Plausible: sim.Range{Min: -1, Max: 1.5}, Unit: "logits", Source: sim.Assumption,
				Doc: "Added to the potential quality of every stack but the first, the incumbent.",
			}),
			sim.NumberAt(&m.Recognition, sim.Parameter{
				Name: "recognition", Fixed: true, Default: .4, Unit: "position", Source: sim.Assumption,
				Doc:       "How much nearer than the incumbent a proposed stack must stand to a state for the state to recognise it as a standard.",
				Reference: "set so that New IP suits a circle around China and Russia, and not India, Brazil or Indonesia",
			}),
			sim.NumberAt(&m.Uptake, sim.Parameter{
				Name: "uptake", Fixed: true, Default: .4, Unit: "per year", Source: sim.Assumption,
				Doc:       "Probability that a state to which a proposed stack stands so near comes to recognise it in a year, if all whom it trusts are on it; in proportion to how many are.",
				Reference: "an installed base makes a standard: Katz and Shapiro 1985; nobody is on record as having recognised New IP by 2023",
			}),
			sim.NumberAt(&m.Ban, sim.Parameter{
				Name: "ban", Default: 2, Domain: sim.Range{Max: 20}, Plausible: sim.Range{Min: .5, Max: 4}, Unit: "logits", Source: sim.Assumption,
				Doc: "Cost of a stack all of whose vendors the state has banned.",
			}),
			sim.NumberAt(&m.Reliance, sim.Parameter{
				Name: "reliance", Default: 1.5, Domain: sim.Range{Max: 20}, Plausible: sim.Range{Min: .5, Max: 3}, Unit: "logits", Source: sim.Assumption,
				Doc:       "Quality that a stack gains once those who recognise it have learnt to do without the products of all others (markets.self-reliance); 0: none.",
				Reference: "Segal 2021; Farrell and Newman 2019: who is shut out builds its own",
			}),
			sim.NumberAt(&m.Mistrust, sim.Parameter{
				Name: "mistrust", Fixed: true, Default: .35, Unit: "trust", Source: sim.Assumption,
				Doc:       "Trust in those who recognise a stack below which a state does not join them.",
				Reference: "a level between that of rivals and that of strangers at the start",
			}),
		},
	}
}
