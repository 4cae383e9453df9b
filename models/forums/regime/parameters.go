package regime

import "splinternet/sim"

// Parameters are the numbers of the room.
type Parameters struct {
	Rivals, Mergers     bool
	RivalCost           float64
	RivalMembers        int
	Founding, Accession float64
	Enlargement, Exit   float64
	Grievance, Mandate  float64
	Permanence          int
	Merger              float64
	Benefit, Attention  float64

	AttentionNoise    float64
	FoundingInterval  int
	Leaders           int
	LeaderDistance    float64
	Mistrust          float64
	Unprovoked        float64
	FailureMemory     int
	NewLegitimacy     float64
	RenewalLegitimacy float64
	Settling          float64
	RoundSize         int
	LeastWeight       float64
}

// Swept declares the parameters that are worth sweeping.
func (p *Parameters) Swept() []sim.Parameter {
	return []sim.Parameter{
		sim.SwitchAt(&p.Rivals, sim.Parameter{
			Name: "rivals", Default: 1, Source: sim.Literature,
			Doc: "Whether dissatisfied states found rival forums (E7).", Reference: "Morse and Keohane 2014",
		}),
		sim.SwitchAt(&p.Mergers, sim.Parameter{
			Name: "mergers", Default: 1, Source: sim.Assumption,
			Doc: "Whether forums that have come close are folded together.",
		}),
		sim.IntegerAt(&p.RivalMembers, sim.Parameter{
			Name: "rival-members", Fixed: true, Default: 15, Domain: sim.Range{Min: 1, Max: 1000}, Unit: "states", Source: sim.Data,
			Doc: "States that must be dissatisfied to found a rival forum.", Reference: "co-sponsors of the Russian texts: 18 to 48",
		}),
		sim.NumberAt(&p.Founding, sim.Parameter{
			Name: "founding", Default: .1, Plausible: sim.Range{Min: .04, Max: .3}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Probability that a coalition that could found a rival forum does so after a forum has failed its leader; without such an occasion a third of it.",
			Reference: "use, select, change, create: Jupille, Mattli and Snidal 2013; about one rival forum in a decade on a line where some are dissatisfied",
		}),
		sim.NumberAt(&p.Accession, sim.Parameter{
			Name: "accession", Fixed: true, Default: .1, Unit: "per year", Source: sim.Assumption,
			Doc:       "Probability that a dissatisfied state comes to seek entry to a forum by invitation that would serve it.",
			Reference: "regime shifting: Morse and Keohane 2014",
		}),
		sim.NumberAt(&p.Enlargement, sim.Parameter{
			Name: "enlargement", Fixed: true, Default: .2, Unit: "per year", Source: sim.Data,
			Doc:       "Probability that a forum by invitation that has settled in its last new members takes in others.",
			Reference: "rounds of the BRICS: 2010, 2024; of the SCO: 2017, 2023, 2024",
		}),
		sim.NumberAt(&p.Grievance, sim.Parameter{
			Name: "grievance", Fixed: true, Default: .02, Unit: "loss", Source: sim.Assumption,
			Doc:       "Loss, depth x squared distance, under the best forum on the line from which a state is dissatisfied.",
			Reference: "a text of depth .5 at a fifth of the range from the state",
		}),
		sim.NumberAt(&p.Mandate, sim.Parameter{
			Name: "mandate", Fixed: true, Default: 5, Domain: sim.Range{Min: .25, Max: 100}, Unit: "years", Source: sim.Data,
			Doc: "Mandate that the Assembly gives a forum that it sets up or renews.", Reference: "GGE 2 to 3 years, OEWG 2 and then 5, IGF 10",
		}),
		sim.NumberAt(&p.Merger, sim.Parameter{
			Name: "merger", Default: .12, Plausible: sim.Range{Min: .05, Max: .2}, Unit: "position", Source: sim.Assumption,
			Doc: "Distance between the texts of two forums from which the two sides fold them together.",
		}),
	}
}

// Fixed declares the numbers that the room takes for granted.
func (p *Parameters) Fixed() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&p.RivalCost, sim.Parameter{
			Name: "rival-cost", Fixed: true, Default: .02, Domain: sim.Range{Max: 10}, Unit: "share of world power", Source: sim.Assumption,
			Doc:       "Power that a coalition must bring together to found a rival forum; effort spent on coalitions lowers it.",
			Reference: "about that of one state of the G20",
		}),
		sim.NumberAt(&p.Exit, sim.Parameter{
			Name: "exit", Fixed: true, Default: .1, Domain: sim.Range{Max: 10}, Unit: "utility", Source: sim.Assumption,
			Doc:       "How far below nothing a forum must be worth to a member that its text does not cover before the member leaves.",
			Reference: "exit where voice has failed: Hirschman 1970",
		}),
		sim.IntegerAt(&p.Permanence, sim.Parameter{
			Name: "permanence", Fixed: true, Default: 1, Domain: sim.Range{Max: 1000}, Unit: "renewals", Source: sim.Data,
			Doc: "Renewals without a break after which the next mandate of a forum is permanent.", Reference: "OEWG renewed in 2020, permanent from 2025; IGF renewed in 2010 and 2015, permanent from 2025",
		}),
		sim.NumberAt(&p.Benefit, sim.Parameter{
			Name: "benefit", Fixed: true, Default: .1, Domain: sim.Range{Max: 10}, Unit: "utility", Source: sim.Assumption,
			Doc:       "What a legitimate forum of all states is worth to a member whatever its text.",
			Reference: "as much as a text of depth .2 costs a state .7 away from it",
		}),
		sim.NumberAt(&p.Attention, sim.Parameter{
			Name: "attention", Fixed: true, Default: .3, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of a text's depth that is lost when no diplomat attends to its forum, because parallel ones draw them away.",
			Reference: "small delegations could not follow the group of experts, the working group and the committee on cybercrime at a time",
		}),
		sim.NumberAt(&p.AttentionNoise, sim.Parameter{
			Name: "attention-noise", Fixed: true, Default: .05, Domain: sim.Range{Min: .001, Max: 10}, Unit: "utility", Source: sim.Assumption,
			Doc:       "Noise with which diplomats choose between parallel forums: a difference in worth as large draws e to 1 of their attention.",
			Reference: "half of the benefit of a forum by default: worth decides, but nobody leaves a forum alone",
		}),
		sim.IntegerAt(&p.FoundingInterval, sim.Parameter{
			Name: "founding-interval", Fixed: true, Default: 2, Domain: sim.Range{Max: 100}, Unit: "years", Source: sim.Assumption,
			Doc:       "Years in which no second rival forum is founded on a line, and none at the start.",
			Reference: "a new forum has to begin its work before anybody can find it wanting",
		}),
		sim.IntegerAt(&p.Leaders, sim.Parameter{
			Name: "leaders", Fixed: true, Default: 20, Domain: sim.Range{Min: 1, Max: 1000}, Unit: "states", Source: sim.Assumption,
			Doc:       "States with the most diplomatic capacity, and with the most to bring to a table, that can lead the founding of a forum.",
			Reference: "forums on record were called for by members of the G20 or states of their weight",
		}),
		sim.NumberAt(&p.LeaderDistance, sim.Parameter{
			Name: "leader-distance", Fixed: true, Default: .1, Unit: "position", Source: sim.Assumption,
			Doc:       "Distance from the centre of a coalition up to which one of its members speaks for it.",
			Reference: "a tenth of the scale",
		}),
		sim.NumberAt(&p.Mistrust, sim.Parameter{
			Name: "mistrust", Fixed: true, Default: .35, Unit: "trust", Source: sim.Assumption,
			Doc:       "Trust below which a state follows nobody into a new forum, and a member keeps a candidate out.",
			Reference: "a level between that of rivals and that of strangers at the start",
		}),
		sim.NumberAt(&p.Unprovoked, sim.Parameter{
			Name: "founding-unprovoked", Fixed: true, Default: 1. / 3, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the probability of founding that is left where no forum has failed the leader of late.",
			Reference: "creation comes last: Jupille, Mattli and Snidal 2013",
		}),
		sim.IntegerAt(&p.FailureMemory, sim.Parameter{
			Name: "failure-memory", Fixed: true, Default: 5, Domain: sim.Range{Max: 100}, Unit: "years", Source: sim.Assumption,
			Doc:       "Years for which a failure of a forum is an occasion to found another.",
			Reference: "about the term of a mandate",
		}),
		sim.NumberAt(&p.NewLegitimacy, sim.Parameter{
			Name: "new-legitimacy", Fixed: true, Default: .3, Unit: "share", Source: sim.Assumption,
			Doc:       "Legitimacy with which a rival forum begins.",
			Reference: "below that of the forums of the data, which have a record",
		}),
		sim.NumberAt(&p.RenewalLegitimacy, sim.Parameter{
			Name: "renewal-legitimacy", Fixed: true, Default: .4, Unit: "share", Source: sim.Assumption,
			Doc:       "Legitimacy from which a forum without state members lives on when its mandate ends.",
			Reference: "somewhat above that of a new forum",
		}),
		sim.NumberAt(&p.Settling, sim.Parameter{
			Name: "settling", Fixed: true, Default: 4, Domain: sim.Range{Max: 100}, Unit: "years", Source: sim.Data,
			Doc:       "Time that a forum by invitation needs to settle in new members, and new forums or those of the start to settle at all.",
			Reference: "rounds of the BRICS and the SCO lie one to fourteen years apart",
		}),
		sim.IntegerAt(&p.RoundSize, sim.Parameter{
			Name: "round-size", Fixed: true, Default: 4, Domain: sim.Range{Min: 1, Max: 1000}, Unit: "states", Source: sim.Data,
			Doc:       "States that one round of enlargement takes in at most.",
			Reference: "the BRICS took in one in 2010, four in 2024 and one in 2025, the SCO two in 2017 and one each in 2023 and 2024",
		}),
		sim.NumberAt(&p.LeastWeight, sim.Parameter{
			Name: "least-weight", Fixed: true, Default: .1, Domain: sim.Range{Max: 10}, Unit: "share", Source: sim.Assumption,
			Doc:       "Part of the power and users of a median member below which a candidate brings a forum too little.",
			Reference: "no round of the BRICS or the SCO has taken in a small state",
		}),
	}
}
