package assembly

import "splinternet/sim"

// VoteParameters are the numbers of votes.
type VoteParameters struct {
	Slope, Abstention                    float64
	Views, Support, Create, Treaty, Norm float64
	Practice, Cue, Sponsor, Rivalry      float64
	Constancy, Caucus                    float64

	PracticeHalfAge float64
	Stakes          float64
}

// Swept declares the parameters that are fitted to votes. Those that move no result of a run
// beyond chance are fixed at their fit.
func (p *VoteParameters) Swept() []sim.Parameter {
	const rollCalls = "ordered logit on the cyber roll calls of 2018-2019"
	number := func(field *float64, q sim.Parameter) sim.Parameter {
		q.Source, q.Reference = sim.Data, rollCalls
		if q.Unit == "" {
			q.Unit = "logits"
		}
		return sim.NumberAt(field, q)
	}
	kind := func(field *float64, name string, value float64, plausible sim.Range, what string) sim.Parameter {
		return number(field, sim.Parameter{
			Name: name, Fixed: plausible == sim.Range{}, Default: value, Domain: sim.Range{Min: -50, Max: 50}, Plausible: plausible,
			Doc: "What it costs to oppose a text " + what + ".",
		})
	}
	norm := kind(&p.Norm, "norm", 2, sim.Range{Min: -1, Max: 5}, "of voluntary rules")
	norm.Source, norm.Reference = sim.Assumption, ""
	return []sim.Parameter{
		number(&p.Slope, sim.Parameter{
			Name: "slope", Fixed: true, Default: 22, Domain: sim.Range{Max: 1000},
			Doc: "How strongly the distance of a text, against that of the status quo, decides a vote.",
		}),
		number(&p.Abstention, sim.Parameter{
			Name: "abstention", Default: 4.1, Domain: sim.Range{Max: 50}, Plausible: sim.Range{Min: 2, Max: 6},
			Doc: "Width of the band of indifference in which a state abstains.",
		}),
		kind(&p.Views, "views", -2.9, sim.Range{Min: -5}, "that asks for reports or views"),
		kind(&p.Support, "support", 3.1, sim.Range{}, "that backs an existing forum"),
		kind(&p.Create, "create", .5, sim.Range{}, "that sets up a forum"),
		kind(&p.Treaty, "treaty", -3.4, sim.Range{}, "that starts or adopts a binding instrument"),
		norm,
		number(&p.Practice, sim.Parameter{
			Name: "practice", Fixed: true, Default: 8.4, Domain: sim.Range{Max: 50},
			Doc: "Added cost of opposing a text that serves a forum of long standing (half of it after seven years).",
		}),
	}
}

// Fixed declares the numbers that votes take for granted.
func (p *VoteParameters) Fixed() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&p.Cue, sim.Parameter{
			Name: "cue", Fixed: true, Default: .5, Domain: sim.Range{Max: 50}, Unit: "logits", Source: sim.Data,
			Doc:       "Pull of a group that always votes as one on a member whose group is unanimous; it falls with the square of cohesion.",
			Reference: "Hix, Noury and Roland 2005; estimated positions hold most of the cohesion already",
		}),
		sim.NumberAt(&p.Sponsor, sim.Parameter{
			Name: "sponsor", Fixed: true, Default: 1.9, Domain: sim.Range{Max: 50}, Unit: "logits", Source: sim.Assumption,
			Doc:       "Difference that full trust in the lead sponsor makes, against none.",
			Reference: "less than what the kind of a text or a rivalry makes, so that positions go on to decide",
		}),
		sim.NumberAt(&p.Rivalry, sim.Parameter{
			Name: "rivalry", Fixed: true, Default: 3, Domain: sim.Range{Max: 50}, Unit: "logits", Source: sim.Data,
			Doc:       "What it takes away that the lead sponsor is a recorded rival, unless the text is tabled for all sides.",
			Reference: "rivals of the United States voted against 73/266 and 74/28 one and all, those of Russia against 73/27",
		}),
		sim.NumberAt(&p.Constancy, sim.Parameter{
			Name: "constancy", Fixed: true, Default: .7, Unit: "share", Source: sim.Assumption,
			Doc:       "Part of what the model does not know of a vote that belongs to the line and the author for good, not to the day.",
			Reference: "votes on 74/28 follow those on 73/266, and on 74/29 those on 73/27",
		}),
		sim.NumberAt(&p.Caucus, sim.Parameter{
			Name: "caucus", Fixed: true, Default: 1, Unit: "share", Source: sim.Assumption,
			Doc:       "How far members of a group share what the model does not know of their votes, times the square of the group's cohesion.",
			Reference: "Hix, Noury and Roland 2005",
		}),
		sim.NumberAt(&p.PracticeHalfAge, sim.Parameter{
			Name: "practice-half-age", Fixed: true, Default: 7, Domain: sim.Range{Min: .1, Max: 100}, Unit: "years", Source: sim.Data,
			Doc:       "Age at which a forum has half of the practice behind it that it will ever have.",
			Reference: "with it the fit of practice on the roll calls of 2018-2019 was made",
		}),
		sim.NumberAt(&p.Stakes, sim.Parameter{
			Name: "stakes", Fixed: true, Default: .25, Domain: sim.Range{Min: .001, Max: 1}, Unit: "position", Source: sim.Assumption,
			Doc:       "Distance of a text from what stands if it fails from which on all that the model does not know counts in a vote; it counts in proportion where they are nearer.",
			Reference: "the texts of 2018-2019, to which votes are fitted, stood farther than that from what they were weighed against",
		}),
	}
}

// AgendaParameters are the numbers of agenda setting.
type AgendaParameters struct {
	Initiative, Consent float64
	On                  bool

	LeastGain          float64
	Pause, Affirmation int
	Signing, Penholder float64
	UsualTrust         float64
	Stature            float64
}

// Swept declares the parameters of agenda setting that are worth sweeping.
func (p *AgendaParameters) Swept() []sim.Parameter {
	return []sim.Parameter{
		sim.SwitchAt(&p.On, sim.Parameter{
			Name: "agenda", Default: 1, Source: sim.Assumption,
			Doc: "Whether states table texts in the General Assembly of their own accord.",
		}),
	}
}

// Fixed declares the numbers that agenda setting takes for granted.
func (p *AgendaParameters) Fixed() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&p.Initiative, sim.Parameter{
			Name: "initiative", Fixed: true, Default: .35, Unit: "per year", Source: sim.Assumption,
			Doc:       "Probability that a side which has let a matter rest for three years tables rules of behaviour in an assembly where both back one process, or asks for views where there is none.",
			Reference: "First Committee after the joint text of 2021: contested texts in 2022 and 2023",
		}),
		sim.NumberAt(&p.Consent, sim.Parameter{
			Name: "consent", Fixed: true, Default: .65, Domain: sim.Range{Min: .5, Max: 1}, Unit: "share", Source: sim.Data,
			Doc:       "Share of the members whom the author of a text in an assembly wants to win; one half is the median voter.",
			Reference: "set on the divided cyber resolutions of 2018 to 2023, which won 79 to 163 of 193: those of Russia about 110 to 40, those of the West 150 to 10",
		}),
		sim.NumberAt(&p.LeastGain, sim.Parameter{
			Name: "least-gain", Fixed: true, Default: .05, Unit: "position", Source: sim.Assumption,
			Doc:       "Distance from the status quo below which nobody troubles to table a text.",
			Reference: "about the error of an estimated position",
		}),
		sim.IntegerAt(&p.Pause, sim.Parameter{
			Name: "pause", Fixed: true, Default: 3, Domain: sim.Range{Max: 100}, Unit: "years", Source: sim.Assumption,
			Doc:       "Years for which a side lets a matter rest on which it has put a text to the assembly.",
			Reference: "First Committee after the joint text of 2021",
		}),
		sim.IntegerAt(&p.Affirmation, sim.Parameter{
			Name: "affirmation", Fixed: true, Default: 7, Domain: sim.Range{Max: 100}, Unit: "years", Source: sim.Assumption,
			Doc:       "Age of its rules from which a side has them affirmed though it would say nothing new.",
			Reference: "beyond the memory of most delegations",
		}),
		sim.NumberAt(&p.Signing, sim.Parameter{
			Name: "signing", Fixed: true, Default: .12, Unit: "position", Source: sim.Assumption,
			Doc:       "Distance from a text up to which a state that trusts its author co-sponsors it.",
			Reference: "set so that texts draw some tens of co-sponsors, as the cyber resolutions did",
		}),
		sim.NumberAt(&p.Penholder, sim.Parameter{
			Name: "penholder", Fixed: true, Default: 1. / 3, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the strongest drive on a side with which the state that has drafted before goes on to draft.",
			Reference: "it knows the file and has the co-sponsors",
		}),
		sim.NumberAt(&p.UsualTrust, sim.Parameter{
			Name: "usual-trust", Fixed: true, Default: .9, Domain: sim.Range{Max: 10}, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of their trust at the start from which two states are on such terms that they table a text together.",
			Reference: "no worse than usual: Russia and the United States in 2021",
		}),
		sim.NumberAt(&p.Stature, sim.Parameter{
			Name: "stature", Fixed: true, Default: .6, Domain: sim.Range{Max: 10}, Unit: "share", Source: sim.Assumption,
			Doc:       "Least diplomatic capacity of a state that speaks for all sides, as a share of that of the weaker of their leaders.",
			Reference: "Singapore in 2024",
		}),
	}
}
