package markets

import (
	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Parameters are the numbers of the mechanism.
type Parameters struct {
	// What users choose.
	Loyalty     float64
	Alignment   float64
	Replacement float64

	// What states hold against a firm, and when they bar it.
	Ban         float64
	Mistrust    float64
	AllyCue     float64
	Dependence  float64
	Retaliation float64
	Rivalry     float64
	Grievance   float64
	Precedent   float64
	Threshold   float64
	Attention   float64
	Lift        float64
	Tie         float64

	// What homes keep from others.
	Denial       float64
	SelfReliance float64
	Separation   float64

	// What firms say and sign.
	Lobby            float64
	Adjustment       float64
	Entrepreneurship float64
	Novelty          float64
	Representation   float64

	// Fixed.
	AllyTrust       float64
	AllyPower       float64
	ExampleYears    int
	HomePower       float64
	Obedience       float64
	PlatformRisk    float64
	Presence        float64
	SmallMarket     float64
	RivalAttention  float64
	MildestBan      float64
	FirstBan        float64
	BanStep         float64
	AnswerYears     int
	TrustReturned   float64
	TrustMended     float64
	Advanced        float64
	DenialBase      float64
	DenialMistrust  float64
	DenialCue       float64
	DenialLead      float64
	HalfLead        float64
	FirstDenial     float64
	DeniedCost      float64
	RelianceGain    float64
	HalfMeans       float64
	AccordReach     float64
	LeastInterest   float64
	OfficeDiplomacy float64
}

// Name is "markets".
func (*Markets) Name() string { return "markets" }

// Declare says all that the rest of the program knows of the mechanism.
func (m *Markets) Declare() mechanism.Declaration {
	var parameters []sim.Parameter
	for _, group := range [][]sim.Parameter{m.ofUsers(), m.ofCauses(), m.ofBans(), m.ofFirms(), m.ofDenials(), m.fixedOfCauses(), m.fixedOfBans(), m.fixedOfFirms(), m.fixedOfDenials()} {
		parameters = append(parameters, group...)
	}
	return mechanism.Declaration{
		Doc:       "Market shares, vendor bans that spread among allies, lobbying, accords and representations of firms.",
		Reference: "Anderson, de Palma and Thisse 1992; Grossman and Helpman 1994; Schmidt and Witte 1989; Grossback, Nicholson-Crotty and Peterson 2004; Hurel and Lobato 2018; Gorwa and Peez 2020",
		Without:   "No firm is barred anywhere and no state is denied any, and firms neither lobby nor sign; market shares stay as they are.",
		State:     m.State,
		Reads: []string{
			"States.Position", "States.Power", "States.Users", "States.Diplomacy", "States.Economy", "States.Structure", "States.Wealth", "States.Democracy",
			"Firms.Home", "Firms.Sector", "Firms.Size", "Firms.Position", "Firms.Stack", "Firms.Tie", "Firms.Diplomacy", "Firms.Share", "Firms.Ban", "Firms.Served",
			"Forums", "Forums.Line", "Forums.Rule", "Forums.Access", "Forums.Structured", "Forums.Universal", "Forums.Status", "Forums.Founded", "Forums.AgeAtStart",
			"Forums.Position", "Forums.Firms", "Forums.Text",
			"Stacks", "Stacks.Proposed", "Stacks.Recognised", "Dyads.Trust", "Dyads.Rival", "Dyads.Ally", "Dyads.Denial", "Dyads.Link",
			"Groups.Members", "Groups.Cue", "Standing.Bans", "Standing.Denials",
		},
		Writes: []string{
			"States.Position", "Firms.Position", "Firms.Stack", "Firms.Share", "Firms.Ban", "Forums.Firms",
			"Stacks.Reliance", "Dyads.Denial", "Dyads.Exclusion", "Standing.Bans", "Standing.Denials", "Activity.Bans",
		},
		Asks:       []string{"state.ban", "state.deny", "firm.sell", "firm.lobby", "firm.sponsor", "firm.represent"},
		Parameters: parameters,
		Measures: []mechanism.Measure{
			mechanism.Count("bans", "bans", "Bans of a firm by a state in force.", func(w *world.World) float64 { return float64(w.Standing.Bans) }),
			mechanism.Count("denials", "denials", "Pairs of which one state keeps its firms' products from the other.", func(w *world.World) float64 { return float64(w.Standing.Denials) }),
			mechanism.Count("most_denied", "deniers of the most denied", "States that keep their firms' products from the state from which most do.", mostDenied),
		},
	}
}

// ofUsers are the numbers of what users choose.
func (m *Markets) ofUsers() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Loyalty, sim.Parameter{
			Name: "loyalty", Fixed: true, Default: 1.5, Domain: sim.Range{Max: 20}, Plausible: sim.Range{Min: 1, Max: 3}, Unit: "logits", Source: sim.Literature,
			Doc:       "Utility of a firm that serves the whole market of its sector already; above 2 a market of equal firms tips to one of them.",
			Reference: "Anderson, de Palma and Thisse 1992; Arthur 1989",
		}),
		sim.NumberAt(&m.Alignment, sim.Parameter{
			Name: "alignment", Fixed: true, Default: 2, Domain: sim.Range{Max: 20}, Plausible: sim.Range{Max: 4}, Unit: "logits", Source: sim.Assumption,
			Doc:       "Utility of a firm whose home state is fully trusted, against one whose home is not trusted at all.",
			Reference: "a vendor whose home loses half of the trust in it is then chosen a third as often",
		}),
		sim.NumberAt(&m.Replacement, sim.Parameter{
			Name: "replacement", Fixed: true, Default: .15, Plausible: sim.Range{Min: .08, Max: .3}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Share of equipment and services that users choose anew in a year; a banned firm loses its market at this rate.",
			Reference: "British ban of 2020: out by 2027",
		}),
	}
}

// fitted is the ground of what was set by hand.
const fitted = "set by hand so that the bans of 2019-2024 come out like bans.csv"

// ofCauses are the weights of what a state holds against a firm.
func (m *Markets) ofCauses() []sim.Parameter {
	slope := sim.Range{Max: 50}
	return []sim.Parameter{
		sim.NumberAt(&m.Ban, sim.Parameter{
			Name: "ban", Fixed: true, Default: -8.3, Domain: sim.Range{Min: -50, Max: 50}, Plausible: sim.Range{Min: -10, Max: -7}, Unit: "logits", Source: sim.Assumption,
			Doc: "Propensity to ban a firm that gives no cause for it.", Reference: fitted,
		}),
		sim.NumberAt(&m.Mistrust, sim.Parameter{
			Name: "mistrust", Default: 8.5, Domain: slope, Plausible: sim.Range{Min: 5, Max: 12}, Unit: "logits", Source: sim.Assumption,
			Doc: "Weight of mistrust in the home state of a firm that obeys it fully and sells network equipment.", Reference: fitted,
		}),
		sim.NumberAt(&m.AllyCue, sim.Parameter{
			Name: "ally-cue", Default: 14, Domain: slope, Plausible: sim.Range{Min: 6, Max: 20}, Unit: "logits", Source: sim.Assumption,
			Doc: "Weight of the share of allies that ban the firm, by power and closeness; 0 switches the cascade off.", Reference: fitted,
		}),
		sim.NumberAt(&m.Dependence, sim.Parameter{
			Name: "dependence", Default: 4, Domain: slope, Plausible: sim.Range{Max: 12}, Unit: "per share", Source: sim.Assumption,
			Doc:       "Rate at which the firm's share of its sector in the state delays a ban: with a share s the question comes up exp(-dependence s) as often.",
			Reference: fitted,
		}),
		sim.NumberAt(&m.Retaliation, sim.Parameter{
			Name: "retaliation", Fixed: true, Default: 4.5, Domain: slope, Plausible: sim.Range{Max: 8}, Unit: "logits", Source: sim.Assumption,
			Doc:       "Weight of a ban by the firm's home state on a firm of the state's own.",
			Reference: "few bans are answered: China barred Micron from critical infrastructure in 2023, after years of denials",
		}),
		sim.NumberAt(&m.Rivalry, sim.Parameter{
			Name: "rivalry", Fixed: true, Default: 1, Domain: slope, Plausible: sim.Range{Max: 4}, Unit: "logits", Source: sim.Assumption,
			Doc: "Weight of a recorded rivalry with the firm's home state.", Reference: fitted,
		}),
		sim.NumberAt(&m.Grievance, sim.Parameter{
			Name: "grievance", Fixed: true, Default: 3, Domain: slope, Plausible: sim.Range{Max: 6}, Unit: "logits", Source: sim.Assumption,
			Doc:       "Weight of the share of its trust at the start that a state has lost.",
			Reference: "India left Huawei out of its trials in 2021, after the clashes of 2020",
		}),
		sim.NumberAt(&m.Precedent, sim.Parameter{
			Name: "precedent", Fixed: true, Default: 3, Domain: slope, Plausible: sim.Range{Max: 6}, Unit: "logits", Source: sim.Assumption,
			Doc:       "Weight of a restriction that the state has on firms of the same home in another sector.",
			Reference: "India: applications in 2020, equipment in 2021; United States: equipment in 2019, applications in 2020",
		}),
	}
}

// ofBans are the numbers of when states take up the question, and drop it.
func (m *Markets) ofBans() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Threshold, sim.Parameter{
			Name: "threshold", Fixed: true, Default: .45, Plausible: sim.Range{Min: .4, Max: .5}, Unit: "trust", Source: sim.Data,
			Doc:       "Trust in a powerful home state below which a state thinks of a ban at all; a rivalry or a ban on its own firms make it think, too.",
			Reference: "bans.csv: every state that restricted Huawei trusted China less than this at the start",
		}),
		sim.NumberAt(&m.Attention, sim.Parameter{
			Name: "attention", Fixed: true, Default: 1, Unit: "share", Source: sim.Assumption,
			Doc:       "How far a state takes the question up only by its own diplomatic capacity or because allies did; 0: every state asks itself every year.",
			Reference: "states take up what their diplomats or their allies bring up",
		}),
		sim.NumberAt(&m.Lift, sim.Parameter{
			Name: "lift", Fixed: true, Default: .1, Plausible: sim.Range{Min: .03, Max: .3}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Probability that a state lifts a ban for which its cause is gone, when it trusts the home state again (by .1 more than the threshold, or by .15 more than when the ban began) and no ally keeps one.",
			Reference: "hardly any restriction of bans.csv had been lifted by 2024; where its cause is gone a decade is the pace of administrations",
		}),
		sim.NumberAt(&m.Tie, sim.Parameter{
			Name: "tie", Default: 1, Domain: sim.Range{Max: 5}, Plausible: sim.Range{Max: 1.5}, Unit: "factor", Source: sim.Assumption,
			Doc: "Factor on the ties of all firms to their home states; 0 makes every firm independent.",
		}),
	}
}

// ofFirms are the numbers of what firms say and sign.
func (m *Markets) ofFirms() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Lobby, sim.Parameter{
			Name: "lobby", Default: .02, Plausible: sim.Range{Max: .05}, Unit: "position per year", Source: sim.Assumption,
			Doc:       "Most that all firms together move a fully open state in a year.",
			Reference: "Grossman and Helpman 1994",
		}),
		sim.NumberAt(&m.Adjustment, sim.Parameter{
			Name: "adjustment", Fixed: true, Default: .2, Plausible: sim.Range{Min: .1, Max: .5}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Rate at which a firm's position follows that of its home state.",
			Reference: "about a product cycle",
		}),
		sim.NumberAt(&m.Entrepreneurship, sim.Parameter{
			Name: "entrepreneurship", Fixed: true, Default: .45, Domain: sim.Range{Max: 10}, Plausible: sim.Range{Min: .2, Max: 1}, Unit: "per year", Source: sim.Data,
			Doc:       "Hazard at which a firm of full diplomatic activity signs a new accord that stands where it stands and that all its peers have signed.",
			Reference: "Charter of Trust: 9 founders in February 2018, 16 firms after a year, 18 in November 2022",
		}),
		sim.NumberAt(&m.Novelty, sim.Parameter{
			Name: "novelty", Fixed: true, Default: 2, Domain: sim.Range{Min: .1, Max: 100}, Plausible: sim.Range{Min: 1, Max: 4}, Unit: "years", Source: sim.Data,
			Doc:       "Half-life of the interest of firms in an accord.",
			Reference: "Charter of Trust, as above",
		}),
		sim.NumberAt(&m.Representation, sim.Parameter{
			Name: "representation", Fixed: true, Default: .3, Plausible: sim.Range{Min: .1, Max: .6}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Probability that the largest firm of full diplomatic activity opens a representation at a forum of states.",
			Reference: "Microsoft's office for UN affairs, 2020; Fairbank 2019",
		}),
	}
}

// fixedOfCauses are the numbers of causes that the mechanism takes for granted.
func (m *Markets) fixedOfCauses() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.AllyTrust, sim.Parameter{
			Name: "ally-trust", Fixed: true, Default: .8, Unit: "trust", Source: sim.Assumption,
			Doc:       "Trust above which another state is an ally whose example counts, whether or not there is a treaty.",
			Reference: "at the start 93 % of treaty allies trust each other more than this, and of other states 1.5 %",
		}),
		sim.NumberAt(&m.AllyPower, sim.Parameter{
			Name: "ally-power", Fixed: true, Default: .15, Domain: sim.Range{Min: .001, Max: 1}, Unit: "share of world power", Source: sim.Assumption,
			Doc: "Power that the allies of a state must hold for their example to count for half.", Reference: "few weak voices are no example; " + fitted,
		}),
		sim.IntegerAt(&m.ExampleYears, sim.Parameter{
			Name: "example-years", Fixed: true, Default: 6, Domain: sim.Range{Max: 100}, Unit: "years", Source: sim.Assumption,
			Doc:       "Years for which the example of an ally is fresh; bans of the start are taken to be older.",
			Reference: "the wave of bans on Huawei in bans.csv took six years",
		}),
		sim.NumberAt(&m.HomePower, sim.Parameter{
			Name: "home-power", Fixed: true, Default: .02, Unit: "share of world power", Source: sim.Assumption,
			Doc:       "Power from which a mistrusted state counts as a danger through its firms; a rival, or one that bars the state's own firms, always does.",
			Reference: "nine states hold more at the start: the great powers",
		}),
		sim.NumberAt(&m.Obedience, sim.Parameter{
			Name: "obedience", Fixed: true, Default: .5, Unit: "tie", Source: sim.Assumption,
			Doc: "Tie to its home state from which mistrust of the home is a reason to bar a firm.", Reference: "such a firm obeys more often than not",
		}),
		sim.NumberAt(&m.PlatformRisk, sim.Parameter{
			Name: "platform-risk", Fixed: true, Default: .5, Unit: "factor", Source: sim.Assumption,
			Doc:       "How much the obedience of a platform endangers whoever depends on it, against 1 for network equipment and security software and 0 for other sectors.",
			Reference: "equipment sees everything, a platform what its users do; carriers serve at home and need a licence elsewhere",
		}),
		sim.NumberAt(&m.Presence, sim.Parameter{
			Name: "presence", Fixed: true, Default: .01, Unit: "share", Source: sim.Assumption,
			Doc: "Share of its sector from which a vendor counts in a state.", Reference: "below it there is nothing to ban",
		}),
		sim.NumberAt(&m.SmallMarket, sim.Parameter{
			Name: "small-market", Fixed: true, Default: 1e-4, Domain: sim.Range{Min: 1e-9, Max: 1}, Unit: "share of world users", Source: sim.Assumption,
			Doc:       "Users with whom a state has half a market to forbid anything in.",
			Reference: "four hundred thousand in 2018; islands with one operator have nothing to ban",
		}),
		sim.NumberAt(&m.RivalAttention, sim.Parameter{
			Name: "rival-attention", Fixed: true, Default: .5, Unit: "share", Source: sim.Assumption,
			Doc: "Share of the inattention of a state to a vendor that goes where the home of the vendor is a rival.", Reference: "a rival's vendor is a matter of security before any diplomat looks at it",
		}),
	}
}

// fixedOfBans are the numbers of bans that the mechanism takes for granted.
func (m *Markets) fixedOfBans() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.MildestBan, sim.Parameter{
			Name: "mildest-ban", Fixed: true, Default: .3, Unit: "strength", Source: sim.Assumption,
			Doc: "Strength of the weakest ban that a state decides on.", Reference: "a memorandum or a rule of procurement, as the baseline takes those of bans.csv",
		}),
		sim.NumberAt(&m.FirstBan, sim.Parameter{
			Name: "first-ban", Fixed: true, Default: .5, Unit: "strength", Source: sim.Assumption,
			Doc:       "Strength of the strictest first decision, a limit: states ban outright in a second step.",
			Reference: "United Kingdom: a limit in January 2020, a ban in July",
		}),
		sim.NumberAt(&m.BanStep, sim.Parameter{
			Name: "ban-step", Fixed: true, Default: .3, Unit: "strength", Source: sim.Assumption,
			Doc: "Least by which a ban is made stronger.", Reference: "the distance between the kinds of restrictions in bans.csv",
		}),
		sim.IntegerAt(&m.AnswerYears, sim.Parameter{
			Name: "answer-years", Fixed: true, Default: 3, Domain: sim.Range{Max: 100}, Unit: "years", Source: sim.Assumption,
			Doc: "Years for which a ban on a state's own firms asks for an answer.", Reference: "what is answered at all is answered soon",
		}),
		sim.NumberAt(&m.TrustReturned, sim.Parameter{
			Name: "trust-returned", Fixed: true, Default: .1, Unit: "trust", Source: sim.Assumption,
			Doc: "By how much trust must exceed the threshold before a ban is lifted.", Reference: "so that bans do not come and go with small changes of trust",
		}),
		sim.NumberAt(&m.TrustMended, sim.Parameter{
			Name: "trust-mended", Fixed: true, Default: .15, Unit: "trust", Source: sim.Assumption,
			Doc: "Or by how much it must exceed what it was when the ban began.", Reference: "so that bans do not come and go with small changes of trust",
		}),
	}
}

// fixedOfFirms are the numbers of firms that the mechanism takes for granted.
func (m *Markets) fixedOfFirms() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.HalfMeans, sim.Parameter{
			Name: "half-means", Fixed: true, Default: 50, Domain: sim.Range{Min: .001, Max: 1e6}, Unit: "billion US dollars", Source: sim.Assumption,
			Doc: "Yearly revenue at which a firm has half of the means and of the public attention that the largest could have.", Reference: "near the median of the firms that ship with the program",
		}),
		sim.NumberAt(&m.AccordReach, sim.Parameter{
			Name: "accord-reach", Fixed: true, Default: .25, Domain: sim.Range{Min: .001, Max: 1}, Unit: "position", Source: sim.Assumption,
			Doc: "Distance at which an accord is no longer a firm's own.", Reference: "no Chinese vendor has signed what Western firms lead",
		}),
		sim.NumberAt(&m.LeastInterest, sim.Parameter{
			Name: "least-interest", Fixed: true, Default: 1e-4, Unit: "per year", Source: sim.Assumption,
			Doc: "Interest in an accord below which no firm looks at it any more.", Reference: "once in ten thousand years",
		}),
		sim.NumberAt(&m.OfficeDiplomacy, sim.Parameter{
			Name: "office-diplomacy", Fixed: true, Default: .75, Unit: "diplomatic activity", Source: sim.Assumption,
			Doc: "Diplomatic activity from which a firm keeps offices of its own where states negotiate.", Reference: "that of a firm that leads others: Microsoft and Siemens at the start",
		}),
	}
}
