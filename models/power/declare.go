package power

import (
	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Parameters are the numbers of the mechanism.
type Parameters struct {
	Weights     Weights
	Growth      float64
	GrowthDecay float64
	GrowthFloor float64
	Internet    float64
	Saturation  float64
	Office      OfficeDiffusion
	Offence     OffenceDiffusion
}

// Weights are those of the three shares in composite power.
type Weights struct{ Economy, Capability, Structure float64 }

// OfficeDiffusion is how cyber-diplomacy offices spread over foreign ministries:
// an innovation that states take up on their own account or because their peers
// have (Bass 1969; Berry and Berry 1990). The rates are per year.
type OfficeDiffusion struct {
	Innovation  float64
	Imitation   float64
	Threat      float64
	Wealth      float64
	Experience  float64
	Size        float64
	Capacity    float64
	LeastWealth float64
}

// OffenceDiffusion is how offensive capability spreads. It is hard to build
// (Smeets 2022): few have the means, fewer a reason, and a programme takes years.
type OffenceDiffusion struct {
	Diffusion  float64
	Innovation float64
	Imitation  float64
	Means      float64
	Floor      float64
	Motive     float64
	Level      float64
	Build      float64
	Capable    float64
}

// Name is "power".
func (*Power) Name() string { return "power" }

// Declare says all that the rest of the program knows of the mechanism.
func (m *Power) Declare() mechanism.Declaration {
	var list []sim.Parameter
	for _, some := range [][]sim.Parameter{m.Weights.declare(), m.growth(), m.Office.declare(), m.Offence.declare(), m.fixed()} {
		list = append(list, some...)
	}
	return mechanism.Declaration{
		Doc:        "Growth with convergence, spread of internet use, composite power (E1); spread of cyber-diplomacy offices and of offensive capability.",
		Reference:  "Singer, Bremer and Stuckey 1972; Strange 1988; Barro and Sala-i-Martin 1992; Bass 1969; Smeets 2022",
		Without:    "Economies, users and power stay what they are, and neither offices nor offensive capability spread; nothing is left to take away.",
		Parameters: list,
		State:      m.State,
		Reads: []string{
			"States.Growth", "States.Population", "States.Wealth", "States.Threat", "Firms.Home", "Firms.Share",
			"Dyads.Trust", "Dyads.Rival", "Dyads.Turned", "Dyads.Shared", "Dyads.MostShared",
		},
		Writes: []string{
			"States.Economy", "States.Capability", "States.Structure", "States.Power", "States.Penetration", "States.Users",
			"States.Offence", "States.Diplomacy", "States.Office", "Firms.Served",
		},
		Measures: []mechanism.Measure{
			mechanism.Count("offices", "cyber-diplomacy offices", "States with a cyber-diplomacy office.",
				func(w *world.World) float64 { return float64(offices(w)) }),
		},
	}
}

func (x *Weights) declare() []sim.Parameter {
	weight := func(field *float64, name string, value float64, doc string) sim.Parameter {
		return sim.NumberAt(field, sim.Parameter{
			Name: name, Default: value, Plausible: sim.Range{Min: .1, Max: .8}, Source: sim.Assumption,
			Doc: doc + " The three weights are rescaled to sum to 1.", Reference: "CINC: Singer, Bremer and Stuckey 1972; structural power: Strange 1988",
		})
	}
	return []sim.Parameter{
		weight(&x.Economy, "economy", .5, "Weight of the share of world GDP in composite power."),
		weight(&x.Capability, "capability", .25, "Weight of the share of material capability (CINC) in composite power."),
		weight(&x.Structure, "structure", .25, "Weight of the share of world internet users served by the state's firms in composite power."),
	}
}

func (p *Parameters) growth() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&p.Growth, sim.Parameter{
			Name: "growth", Default: 1, Domain: sim.Range{Max: 3}, Plausible: sim.Range{Max: 2}, Unit: "factor", Source: sim.Data,
			Doc:       "Factor on the spread of growth rates around the floor: 0 lets all economies grow alike, 2 doubles the power shift.",
			Reference: "World Bank, mean growth 2009-2018",
		}),
		sim.NumberAt(&p.GrowthDecay, sim.Parameter{
			Name: "growth-decay", Default: .07, Plausible: sim.Range{Min: .03, Max: .15}, Unit: "per year", Source: sim.Literature,
			Doc:       "Rate at which growth returns to the floor; undamped, the West's share of world GDP would fall to .37 by 2040.",
			Reference: "Barro and Sala-i-Martin 1992",
		}),
		sim.NumberAt(&p.GrowthFloor, sim.Parameter{
			Name: "growth-floor", Fixed: true, Default: .025, Domain: sim.Range{Min: -.1, Max: .2}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Growth rate to which all economies tend.",
			Reference: "mean growth of world GDP over the decade before the start; shares, which alone count, hardly depend on it",
		}),
		sim.NumberAt(&p.Internet, sim.Parameter{
			Name: "internet", Fixed: true, Default: .12, Unit: "per year", Source: sim.Assumption,
			Doc:       "Logistic growth rate of internet use in a population.",
			Reference: "half of the world was online in 2018 and about two thirds in 2023",
		}),
	}
}

func (o *OfficeDiffusion) declare() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&o.Innovation, sim.Parameter{
			Name: "office-innovation", Default: .01, Domain: sim.Range{Max: 5}, Plausible: sim.Range{Min: .005, Max: .02}, Unit: "per year", Source: sim.Literature,
			Doc:       "Hazard of opening a cyber-diplomacy office without any example.",
			Reference: "Bass 1969: p",
		}),
		sim.NumberAt(&o.Imitation, sim.Parameter{
			Name: "office-imitation", Default: .25, Domain: sim.Range{Max: 5}, Plausible: sim.Range{Min: .1, Max: .4}, Unit: "per year", Source: sim.Literature,
			Doc:       "What it adds to the hazard that all peers have an office.",
			Reference: "Bass 1969: q; with the offices of 2018 in the data, about fifty in 2025",
		}),
		sim.NumberAt(&o.Threat, sim.Parameter{
			Name: "office-threat", Default: .05, Domain: sim.Range{Max: 5}, Plausible: sim.Range{Max: .15}, Unit: "per year", Source: sim.Assumption,
			Doc:       "What a boundless threat adds to the hazard; the threat of one grave incident a year adds half of it.",
			Reference: "offices follow threat, given wealth",
		}),
		sim.NumberAt(&o.Wealth, sim.Parameter{
			Name: "office-wealth", Default: .025, Domain: sim.Range{Min: -1, Max: 1}, Plausible: sim.Range{Max: .06}, Unit: "per year", Source: sim.Assumption,
			Doc:       "What the logarithm of wealth per head, against the world's, adds to the hazard.",
			Reference: "low- and middle-income states are under-represented in technology diplomacy",
		}),
		sim.NumberAt(&o.Experience, sim.Parameter{
			Name: "office-experience", Default: .4, Domain: sim.Range{Max: 5}, Plausible: sim.Range{Max: .8}, Unit: "per year", Source: sim.Assumption,
			Doc: "What full diplomatic capacity adds to the hazard: those who negotiate on cyberspace anyway come first.",
		}),
		sim.NumberAt(&o.Size, sim.Parameter{
			Name: "office-size", Default: 3e-4, Plausible: sim.Range{Max: 1e-3}, Unit: "share of world power", Source: sim.Assumption,
			Doc: "Power at which the hazard is half of what it would be for a large state: a small foreign ministry has nobody to spare. 0 makes size no matter.",
		}),
		sim.NumberAt(&o.Capacity, sim.Parameter{
			Name: "office-capacity", Default: .3, Plausible: sim.Range{Min: .1, Max: .5}, Unit: "share", Source: sim.Assumption,
			Doc: "Share of the way to what its means allow by which an office raises a state's diplomatic capacity.",
		}),
	}
}

func (o *OffenceDiffusion) declare() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&o.Diffusion, sim.Parameter{
			Name: "offence-diffusion", Default: 1, Domain: sim.Range{Max: 100}, Plausible: sim.Range{Max: 4}, Unit: "factor", Source: sim.Assumption,
			Doc:       "Factor on the rates at which states acquire offensive capability; 0 switches the spread off.",
			Reference: "30 to 60 states claimed it by 2020, on weak evidence",
		}),
		sim.NumberAt(&o.Innovation, sim.Parameter{
			Name: "offence-innovation", Fixed: true, Default: 24, Domain: sim.Range{Max: 1000}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Hazard of a state with boundless skill (the first has .9, a middle power .1 to .2), no rival and no threat acquiring offensive capability without any example.",
			Reference: "Smeets 2022",
		}),
		sim.NumberAt(&o.Imitation, sim.Parameter{
			Name: "offence-imitation", Fixed: true, Default: 180, Domain: sim.Range{Max: 1000}, Unit: "per year", Source: sim.Assumption,
			Doc:       "What it adds to that hazard that all other states are capable.",
			Reference: "Bass 1969; Smeets 2022",
		}),
		sim.NumberAt(&o.Means, sim.Parameter{
			Name: "offence-means", Default: 3, Domain: sim.Range{Max: 10}, Plausible: sim.Range{Min: 2, Max: 4}, Unit: "exponent", Source: sim.Assumption,
			Doc:       "How steeply that hazard rises with skill above the floor; 0 makes micro-states as likely as great powers.",
			Reference: "a force takes people, exploits, tools, infrastructure and organisation at once: Smeets 2022",
		}),
		sim.NumberAt(&o.Floor, sim.Parameter{
			Name: "offence-floor", Fixed: true, Default: .02, Unit: "skill", Source: sim.Assumption,
			Doc:       "Skill up to which a state cannot become capable at all, whatever its reason; half of all states lie below.",
			Reference: "most states never get beyond a command on paper: Smeets 2022",
		}),
		sim.NumberAt(&o.Motive, sim.Parameter{
			Name: "offence-motive", Fixed: true, Default: 4, Domain: sim.Range{Max: 100}, Unit: "factor", Source: sim.Assumption,
			Doc:       "What a recorded rival, or a boundless threat, adds to that hazard as a multiple of it.",
			Reference: "balance of threat: Walt 1987",
		}),
		sim.NumberAt(&o.Level, sim.Parameter{
			Name: "offence-level", Default: .14, Plausible: sim.Range{Min: .04, Max: .2}, Unit: "share", Source: sim.Assumption,
			Doc:       "Offensive activity, as a share of the world's at the start, to which the most skilled state would grow; others by the root of their skill.",
			Reference: "a state such as the United Kingdom comes to the .06 that DCID 2.0 records for the United States",
		}),
		sim.NumberAt(&o.Build, sim.Parameter{
			Name: "offence-build", Fixed: true, Default: .2, Unit: "per year", Source: sim.Assumption,
			Doc:       "Rate at which a newly capable state reaches that level.",
			Reference: "capability takes years to build: Smeets 2022",
		}),
	}
}

// fixed are the numbers that the mechanism takes for granted.
func (p *Parameters) fixed() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&p.Saturation, sim.Parameter{
			Name: "saturation", Fixed: true, Default: .98, Domain: sim.Range{Min: .01, Max: 1}, Unit: "share", Source: sim.Data,
			Doc:       "Share of a population that ends up online.",
			Reference: "the most connected states of the data stand there",
		}),
		sim.NumberAt(&p.Office.LeastWealth, sim.Parameter{
			Name: "office-least-wealth", Fixed: true, Default: 1e-3, Domain: sim.Range{Min: 1e-9, Max: 1}, Unit: "of the world's mean", Source: sim.Assumption,
			Doc:       "Wealth per head below which a state counts as no poorer for power.office-wealth.",
			Reference: "no state of the data is so poor: it keeps the logarithm finite",
		}),
		sim.NumberAt(&p.Offence.Capable, sim.Parameter{
			Name: "offence-capable", Fixed: true, Default: .005, Unit: "share", Source: sim.Data,
			Doc:       "Share of the world's offensive activity at the start from which a state counts as capable.",
			Reference: "34 states of the baseline lie above it; 30 to 60 claimed the capability by 2020",
		}),
	}
}
