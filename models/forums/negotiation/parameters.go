package negotiation

import (
	"splinternet/models/world"
	"splinternet/sim"
)

// Parameters are the numbers of the room.
type Parameters struct {
	Isolation, MinDepth    float64
	Commitment, Obligation float64
	Reopening, Pace        float64
	Compromise             float64
	Dissociation, Temper   float64
	Rounds                 int
	Ambition, Worthwhile   float64
	Offices, Trust, Stacks float64

	Relief, Loyalty        float64
	Elsewhere, Overruled   float64
	Margin                 float64
	Patience               int
	Indispensable          float64
	LeastStep, Deadline    float64
	Blocking               float64
	IdleEffort, MostEffort float64
}

// Swept declares the parameters that are worth sweeping.
func (p *Parameters) Swept() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&p.Isolation, sim.Parameter{
			Name: "isolation", Default: .08, Domain: sim.Range{Max: 10}, Plausible: sim.Range{Min: .04, Max: .2}, Unit: "loss", Source: sim.Assumption,
			Doc: "Cost of standing alone against consensus in a forum of full legitimacy.",
		}),
		sim.NumberAt(&p.MinDepth, sim.Parameter{
			Name: "min-depth", Default: .1, Plausible: sim.Range{Min: .05, Max: .25}, Unit: "depth", Source: sim.Assumption,
			Doc: "Depth below which a text is not worth adopting.",
		}),
		sim.NumberAt(&p.Commitment, sim.Parameter{
			Name: "commitment", Default: .25, Domain: sim.Range{Max: 10}, Plausible: sim.Range{Min: .1, Max: .5}, Unit: "factor", Source: sim.Assumption,
			Doc:       "Cost of a commitment away from a state's own position even where the text is no worse than the status quo; 0 is the plain consensus rule.",
			Reference: "set so that the measures of the OSCE and the norms of 2015 come out at their depth of .3",
		}),
		sim.NumberAt(&p.Obligation, sim.Parameter{
			Name: "obligation", Default: .1, Domain: sim.Range{Max: 10}, Plausible: sim.Range{Min: .05, Max: .2}, Unit: "loss", Source: sim.Assumption,
			Doc:       "Cost of a text of full depth whatever it says, for what it takes of a member's freedom of action; it grows with the square of depth, and 0 is the plain consensus rule.",
			Reference: "sovereignty costs: Abbott and Snidal 2000",
		}),
		sim.NumberAt(&p.Reopening, sim.Parameter{
			Name: "reopening", Fixed: true, Default: .1, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the members, and of their power and users, up to which those who would disown a voluntary text in force do not get it watered down; at 0 it is, whoever would disown it.",
			Reference: "agreed language",
		}),
		sim.NumberAt(&p.Pace, sim.Parameter{
			Name: "pace", Fixed: true, Default: .3, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the way from the depth of the text in force to what members would agree on that a session covers; moods of sessions spread it by temper.",
			Reference: "three sessions bring a body to where its members are",
		}),
		sim.NumberAt(&p.Compromise, sim.Parameter{
			Name: "compromise", Fixed: true, Default: .25, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the way from the text in force to the centroid of the members that a session covers.",
			Reference: "agreed language is seldom rewritten at once",
		}),
		sim.NumberAt(&p.Dissociation, sim.Parameter{
			Name: "dissociation", Default: .65, Plausible: sim.Range{Min: .55, Max: .7}, Unit: "share", Source: sim.Assumption,
			Doc:       "Cost of disowning a text that passes, as a share of the cost of blocking it; 1 leaves only joining and blocking.",
			Reference: "dissociation of July 2025; below the range nobody would ever block, above it hardly anybody disown",
		}),
		sim.NumberAt(&p.Temper, sim.Parameter{
			Name: "temper", Default: .25, Domain: sim.Range{Max: 3}, Plausible: sim.Range{Min: .15, Max: .4}, Unit: "log sd", Source: sim.Assumption,
			Doc:       "Spread of what isolation costs a member from session to session.",
			Reference: "within the range up to two fifths of the sessions of the United Nations fail",
		}),
		sim.NumberAt(&p.Ambition, sim.Parameter{
			Name: "ambition", Default: .8, Plausible: sim.Range{Min: .4, Max: 1}, Unit: "share", Source: sim.Assumption,
			Doc:       "How far a chair who does not know the moods of members goes from what nobody disowns towards what nobody would block in a bad mood (forums.margin), as long as few disown it (forums.reopening); at 0 it knows their moods and drafts what nobody disowns.",
			Reference: "private information: Fearon 1995, Tallberg 2010; set so that a tenth to two fifths of the sessions of the United Nations fail, as two of the six groups of governmental experts did, those of 2005 and 2017",
		}),
		sim.NumberAt(&p.Worthwhile, sim.Parameter{
			Name: "worthwhile", Default: .9, Plausible: sim.Range{Min: .8, Max: .95}, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the depth of the voluntary text in force that a new one has to reach to be worth a signature, without which the session ends without a result; at 0 any text will do, and nobody blocks language once agreed.",
			Reference: "the group of governmental experts of 2017, which ended without a report rather than with one that said less than that of 2015",
		}),
		sim.NumberAt(&p.Offices, sim.Parameter{
			Name: "offices", Default: .4, Plausible: sim.Range{Min: .2, Max: .6}, Unit: "share", Source: sim.Assumption,
			Doc:       "Part of the moods of members that the chair knows if all of them have offices for cyber diplomacy; it counts only with forums.ambition.",
			Reference: "Barrinha and Renard 2017; Tallberg 2010",
		}),
		sim.NumberAt(&p.Trust, sim.Parameter{
			Name: "trust", Default: 1, Domain: sim.Range{Max: 10}, Plausible: sim.Range{Min: .5, Max: 3}, Unit: "exponent", Source: sim.Assumption,
			Doc:       "How what standing alone costs, and so how deep consensus can go, grows with the trust among members: the power of their mean trust against that at the start; at 0 it does not.",
			Reference: "Axelrod and Keohane 1985; Hoffman 2002",
		}),
		sim.NumberAt(&p.Stacks, sim.Parameter{
			Name: "stacks", Default: 1, Domain: sim.Range{Max: 20}, Plausible: sim.Range{Min: .5, Max: 2}, Unit: "factor", Source: sim.Assumption,
			Doc:       "How much more a text on technical standards or the governance of the Internet costs a state that shares no stack of protocols with the others.",
			Reference: "rival standards make rival interests: Drezner 2004; Mattli and Büthe 2003",
		}),
	}
}

// Fixed declares the numbers that the room takes for granted.
func (p *Parameters) Fixed() []sim.Parameter {
	return []sim.Parameter{
		sim.IntegerAt(&p.Rounds, sim.Parameter{
			Name: "rounds", Fixed: true, Default: 3, Domain: sim.Range{Max: 50}, Unit: "rounds", Source: sim.Assumption,
			Doc: "Rounds of challenges in a session of a forum that negotiates by them.", Reference: "Bueno de Mesquita 1997; Scholz, Calbert and Smith 2011",
		}),
		sim.NumberAt(&p.Relief, sim.Parameter{
			Name: "relief", Fixed: true, Default: .75, Domain: sim.Range{Min: .01, Max: .99}, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of its loss by a text that a state escapes by disowning it.",
			Reference: "who disowns a text is not bound by it, but lives in a world in which others keep to it",
		}),
		sim.NumberAt(&p.Loyalty, sim.Parameter{
			Name: "loyalty", Fixed: true, Default: 1.6, Domain: sim.Range{Min: 1, Max: 10}, Unit: "factor", Source: sim.Assumption,
			Doc:       "How much deeper a text in force may be for a member that has joined in it than for one that is asked for the first time.",
			Reference: "nobody drops what it has signed on a whim; texts of the record are hardly ever disowned once adopted",
		}),
		sim.NumberAt(&p.Margin, sim.Parameter{
			Name: "margin", Fixed: true, Default: .75, Domain: sim.Range{Max: 5}, Unit: "sd", Source: sim.Assumption,
			Doc:       "Standard deviations of the moods of members by which a mood is worse than usual that a chair still reckons with.",
			Reference: "without a margin that grows with the spread of moods the share of sessions that fail would hang on that spread alone",
		}),
		sim.NumberAt(&p.Elsewhere, sim.Parameter{
			Name: "stacks-elsewhere", Fixed: true, Default: .5, Unit: "share", Source: sim.Assumption,
			Doc:       "How much of what rival stacks do to texts on standards and the governance of the Internet they do to those on any other line.",
			Reference: "security and crime are matters of the same networks, but not of these alone",
		}),
		sim.NumberAt(&p.Overruled, sim.Parameter{
			Name: "overruled", Fixed: true, Default: .003, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the members' power and users below which those who block a text are overruled, if the chair goes beyond what nobody disowns.",
			Reference: "the president of the climate conference at Cancun found a consensus over the objection of Bolivia in 2010",
		}),
		sim.IntegerAt(&p.Patience, sim.Parameter{
			Name: "patience", Fixed: true, Default: 2, Domain: sim.Range{Min: 1, Max: 100}, Unit: "sessions", Source: sim.Assumption,
			Doc:       "Sessions in a row without consensus after which a club of the like-minded parts with those who block its text.",
			Reference: "one failure is an accident",
		}),
		sim.NumberAt(&p.Indispensable, sim.Parameter{
			Name: "indispensable", Fixed: true, Default: .1, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the members' power and users from which a club cannot part with those who block its text.",
			Reference: "a club is nothing without its largest members",
		}),
		sim.NumberAt(&p.LeastStep, sim.Parameter{
			Name: "least-step", Fixed: true, Default: .05, Unit: "depth", Source: sim.Assumption,
			Doc:       "Change of depth that a session covers at once, however small a share of the way it is.",
			Reference: "nobody haggles over less",
		}),
		sim.NumberAt(&p.Deadline, sim.Parameter{
			Name: "deadline", Fixed: true, Default: 2, Domain: sim.Range{Min: 1, Max: 10}, Unit: "factor", Source: sim.Literature,
			Doc:       "How much farther than in other sessions members come in the one in which their mandate ends.",
			Reference: "the deadline effect: Roth, Murnighan and Schoumaker 1988",
		}),
		sim.NumberAt(&p.Blocking, sim.Parameter{
			Name: "blocking", Fixed: true, Default: 1. / 3, Domain: sim.Range{Min: .01, Max: 1}, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the members' power and users that objects to a tabled text at no cost.",
			Reference: "without a third, two thirds could not carry it either",
		}),
		sim.NumberAt(&p.IdleEffort, sim.Parameter{
			Name: "idle-effort", Fixed: true, Default: .25, Unit: "share", Source: sim.Assumption,
			Doc:       "What becomes of one kind of diplomacy by itself when no member works at it, as a share of the usual.",
			Reference: "secretariats and routine carry a part",
		}),
		sim.NumberAt(&p.MostEffort, sim.Parameter{
			Name: "most-effort", Fixed: true, Default: 2, Domain: sim.Range{Min: 1, Max: 10}, Unit: "factor", Source: sim.Assumption,
			Doc:       "How much harder than usual members can work at one kind of diplomacy at most.",
			Reference: "the day of a diplomat has its hours",
		}),
	}
}

// Effort is how hard the members of a forum work at one kind of diplomacy, by
// their capacity: 1 when they do as much of it as is usual, IdleEffort when they do none.
func (p *Parameters) Effort(w *world.World, members []bool, kind world.DiplomaticEffort) float64 {
	if len(w.States.Effort) == 0 {
		return 1 // nobody has said how diplomats split their time
	}
	sum, total := 0.0, 0.0
	for i, in := range members {
		if in {
			sum += w.States.Diplomacy[i] * w.States.Effort[i][kind]
			total += w.States.Diplomacy[i]
		}
	}
	if total == 0 {
		return 1
	}
	return min(p.MostEffort, p.IdleEffort+(1-p.IdleEffort)*sum/total/world.UsualEffort[kind])
}
