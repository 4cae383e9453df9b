package crime

import (
	"math"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Parameters are the numbers of the mechanism.
type Parameters struct {
	Rate        float64
	Tolerance   float64
	Cooperation float64
	Confusion   float64

	Schooled  float64
	Police    float64
	Waves     float64
	Severity  float64
	TrustLoss float64
	Least     float64
}

// Name is "crime".
func (*Crime) Name() string { return "crime" }

// Declare says all that the rest of the program knows of the mechanism.
func (m *Crime) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:        "Criminal groups live where enforcement is weak or where they are let be, and hurt users elsewhere; states that cooperate find them; crime and operations of states are taken for each other.",
		Reference:  "Becker 1968; Lusthaus 2018; Maurer 2018; Bruce et al. 2024",
		Without:    "Nobody is hurt by criminals, and no operation of a state passes for crime.",
		Parameters: append(m.swept(), m.fixed()...),
		Reads: []string{
			"States.Economy", "States.Penetration", "States.Users", "States.Wealth", "States.Offence", "Forums", "Forums.Universal", "Texts", "Texts.Line", "Texts.Forum", "Texts.Depth", "Texts.Binding", "Texts.Status",
			"Texts.Adherence", "Texts.Compliance",
		},
		Writes: []string{
			"States.Salience", "Dyads.Trust",
			"Crime.Share", "Crime.Hosts", "Crime.Loss", "Crime.Quarrel", "Crime.Mean", "Crime.Start", "Crime.Before", "Crime.Arrests", "Crime.Confusion", "Crime.Waves",
		},
		Measures: []mechanism.Measure{
			{
				Name: "crime", Title: "losses to crime", Unit: "ratio", Max: math.Inf(1),
				Doc:   "What cybercrime from abroad does to users, their mean over the world against that at the start, which is 1; 0 in a world without crime.",
				Value: index,
			},
			mechanism.Share("arrests", "joint arrests", "Share of the criminal groups that states broke up together in the last year.",
				func(w *world.World) float64 { return w.Crime.Arrests }),
		},
	}
}

// swept are the parameters that are worth varying.
func (m *Parameters) swept() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Rate, sim.Parameter{
			Name: "rate", Default: .5, Domain: sim.Range{Max: 20}, Plausible: sim.Range{Min: .2, Max: 1}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Rate at which new criminal groups take the place of those that were broken up; 0: there is no crime.",
			Reference: "Emotet, taken down in January 2021, was back in November",
		}),
		sim.NumberAt(&m.Tolerance, sim.Parameter{
			Name: "tolerance", Default: .8, Plausible: sim.Range{Min: .4, Max: 1}, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of its police work that a state leaves undone where only users of a state hurt that it does not trust at all.",
			Reference: "those who spare their own country are let be: Maurer 2018",
		}),
		sim.NumberAt(&m.Cooperation, sim.Parameter{
			Name: "cooperation", Default: 2, Domain: sim.Range{Max: 20}, Plausible: sim.Range{Min: .5, Max: 4}, Unit: "per year", Source: sim.Assumption,
			Doc: "Rate at which groups are broken up by two states that trust each other fully and are held by a convention of full depth.",
		}),
		sim.NumberAt(&m.Confusion, sim.Parameter{
			Name: "confusion", Default: .15, Plausible: sim.Range{Max: .3}, Unit: "probability", Source: sim.Assumption,
			Doc:       "Probability that an operation passes for crime where groups in the same state go free, and that a wave of crime is taken for an operation of its host by a victim that does not trust it at all.",
			Reference: "Maurer 2018; Egloff 2022",
		}),
	}
}

// fixed are the numbers that the mechanism takes for granted.
func (m *Parameters) fixed() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Schooled, sim.Parameter{
			Name: "schooled", Fixed: true, Default: .2, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the criminals' skill that comes from operations of states rather than from life online.",
			Reference: "people of such programmes moonlight, and their helpers are sheltered: Maurer 2018; Egloff 2022",
		}),
		sim.NumberAt(&m.Police, sim.Parameter{
			Name: "police", Fixed: true, Default: 2, Domain: sim.Range{Max: 20}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Rate at which the police of a state without want of means, on its own, breaks up groups in it.",
			Reference: "a brand of extortion seldom lasts longer than a year where somebody looks for it; those behind it are seldom caught (Lusthaus 2018)",
		}),
		sim.NumberAt(&m.Waves, sim.Parameter{
			Name: "waves", Fixed: true, Default: 4, Domain: sim.Range{Max: 1000}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Waves of crime in a year that become a matter of states, with losses as at the start; joint operations against as many groups follow where all of them are broken up.",
			Reference: "2021: Colonial Pipeline, JBS, Kaseya and the health service of Ireland; as many in 2022 to 2024, among them Costa Rica, Medibank, Royal Mail and Change Healthcare",
		}),
		sim.NumberAt(&m.Severity, sim.Parameter{
			Name: "severity", Fixed: true, Default: 4, Domain: sim.Range{Max: 10}, Unit: "severity", Source: sim.Assumption,
			Doc:       "Severity of such a wave on the scale of operations.",
			Reference: "above the mean of operations, below what is grave",
		}),
		sim.NumberAt(&m.TrustLoss, sim.Parameter{
			Name: "trust-loss", Fixed: true, Default: .15, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the victim's trust in the host that a wave of severity 10 by groups which go free destroys.",
			Reference: "as an operation: security.trust-loss",
		}),
		sim.NumberAt(&m.Least, sim.Parameter{
			Name: "least", Fixed: true, Default: .002, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the criminals of the world below which a state counts as having none.",
			Reference: "nobody makes policy towards so few: 58 states are left, with 96 % of the criminals",
		}),
	}
}

// index is the loss of the world against that at the start.
func index(w *world.World) float64 {
	if w.Crime.Start <= 0 {
		return 0
	}
	return w.Crime.Mean / w.Crime.Start
}
