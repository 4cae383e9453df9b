package influence

import (
	"splinternet/models/mechanism"
	"splinternet/sim"
)

// Parameters are the numbers of the mechanism.
type Parameters struct {
	Bound         float64
	Speed         float64
	Stubbornness  float64
	Power         float64
	Trust         float64
	Socialisation float64
	Noise         float64
	Attention     float64
	Pairing       int
}

// The values of the pairing parameter.
const (
	All        = iota // everybody within the bound at once
	RandomPair        // as many random pairs a tick as there are states
)

// Name is "influence".
func (*Influence) Name() string { return "influence" }

// Declare says all that the rest of the program knows of the mechanism.
func (m *Influence) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "Positions move under anchored, power- and trust-weighted bounded-confidence influence (E2).",
		Reference: "DeGroot 1974; Friedkin and Johnsen 1990; Hegselmann and Krause 2002; Deffuant et al. 2000",
		Without:   "Positions and the attention to cyberspace stay as they are; nothing is left to take away.",
		State:     m.State,
		Reads:     []string{"States.Anchor", "States.Stubbornness", "States.Power", "Dyads.Trust", "Dyads.Shared", "Dyads.MostShared"},
		Writes:    []string{"States.Position", "States.Salience"},
		Parameters: []sim.Parameter{
			sim.NumberAt(&m.Bound, sim.Parameter{
				Name: "bound", Default: .45, Plausible: sim.Range{Min: .15, Max: 1}, Unit: "position", Source: sim.Assumption,
				Doc:       "Largest distance in position at which one state still listens to another.",
				Reference: "Hegselmann and Krause 2002; not identified by votes",
			}),
			sim.NumberAt(&m.Speed, sim.Parameter{
				Name: "speed", Default: .08, Plausible: sim.Range{Min: .02, Max: .22}, Unit: "per year", Source: sim.Data,
				Doc:       "Share of the gap to its target position that a state closes in a year.",
				Reference: "yearly change of UN ideal points 2001-2024: median 1.8 % of the range",
			}),
			sim.NumberAt(&m.Stubbornness, sim.Parameter{
				Name: "stubbornness", Default: .6, Plausible: sim.Range{Min: .2, Max: .95}, Source: sim.Data,
				Doc:       "Weight of the domestic anchor against the influence of others.",
				Reference: "Friedkin and Johnsen 1990; ten-year correlation of ideal points .92",
			}),
			sim.NumberAt(&m.Power, sim.Parameter{
				Name: "power", Default: 1, Domain: sim.Range{Max: 4}, Plausible: sim.Range{Max: 2}, Unit: "exponent", Source: sim.Assumption,
				Doc: "How much more a powerful state is listened to: exponent of its power share; 0 counts all alike.",
			}),
			sim.NumberAt(&m.Trust, sim.Parameter{
				Name: "trust", Fixed: true, Default: 1, Source: sim.Assumption,
				Doc:       "How far trust decides who is listened to: 0 not at all, 1 in proportion.",
				Reference: "in proportion; 0 gives the published models without trust",
			}),
			sim.NumberAt(&m.Socialisation, sim.Parameter{
				Name: "socialisation", Fixed: true, Default: .2, Domain: sim.Range{Max: 10}, Source: sim.Literature,
				Doc:       "Extra weight of a state with which all structured forums are shared.",
				Reference: "Bearce and Bondanella 2007: the sign is known, the size is not",
			}),
			sim.NumberAt(&m.Noise, sim.Parameter{
				Name: "noise", Fixed: true, Default: .024, Unit: "position per root year", Source: sim.Data,
				Doc:       "Standard deviation of a year's domestic shocks to the position.",
				Reference: "yearly change of UN ideal points",
			}),
			sim.NumberAt(&m.Attention, sim.Parameter{
				Name: "attention", Default: .5, Plausible: sim.Range{Min: .2, Max: .9}, Unit: "per year", Source: sim.Assumption,
				Doc: "Rate at which salience returns to normal after a shock.",
			}),
			sim.ChoiceAt(&m.Pairing, sim.Parameter{
				Name: "pairing", Default: All, Choices: []string{"all", "random-pair"}, Source: sim.Assumption,
				Doc:       "Whether all states within the bound influence one another at once, or random pairs meet.",
				Reference: "random-pair: Deffuant et al. 2000",
			}),
		},
	}
}
