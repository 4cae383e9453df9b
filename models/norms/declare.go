package norms

import (
	"splinternet/models/mechanism"
	"splinternet/sim"
)

// Parameters are the numbers of the mechanism.
type Parameters struct {
	// Adoption.
	Threshold  float64
	Spread     float64
	Distance   float64
	Soft       float64
	Power      float64
	Peer       float64
	Reconsider float64

	// Ratification.
	Ratification float64
	Frailty      float64
	Closeness    float64
	Peers        float64
	Capacity     float64
	Rival        float64
	Entry        float64

	// Compliance and erosion.
	Compliance  float64
	Violation   float64
	Gain        float64
	Enforcement float64
	Erosion     float64
	Patience    float64

	// Fixed.
	Session       int
	Review        int
	OtherPole     float64
	Foe           float64
	FewestParties int
	LeastBlame    float64
}

// Name is "norms".
func (*Norms) Name() string { return "norms" }

// Declare says all that the rest of the program knows of the mechanism.
func (m *Norms) Declare() mechanism.Declaration {
	var parameters []sim.Parameter
	for _, group := range [][]sim.Parameter{m.ofAdoption(), m.ofRatification(), m.ofCompliance(), m.fixed()} {
		parameters = append(parameters, group...)
	}
	return mechanism.Declaration{
		Doc:       "Voluntary texts spread by thresholds, binding ones are ratified, enter into force and are complied with, and norms erode.",
		Reference: "Finnemore and Sikkink 1998; Granovetter 1978; Watts 2002; Simmons and Elkins 2004; Vaupel, Manton and Stallard 1979; Downs, Rocke and Barsoom 1996",
		Without:   "Texts bind nobody: nobody complies with one, joins one or leaves one.",
		State:     m.State,
		Reads: []string{
			"States.Position", "States.Power", "States.Offence", "States.Diplomacy", "States.Blame", "States.Stack", "Stacks.Position", "Dyads.Trust",
			"Forums", "Forums.ID", "Forums.Rule", "Forums.Access", "Forums.Structured", "Forums.Universal", "Forums.Status", "Forums.Sponsor",
			"Forums.Members", "Forums.Product", "Forums.Text",
			"Texts", "Texts.ID", "Texts.Line", "Texts.Kind", "Texts.Forum", "Texts.Sponsors", "Texts.Position", "Texts.Depth", "Texts.Binding", "Texts.Open",
			"Texts.Serves", "Texts.Stack", "Texts.Status", "Texts.Adopted", "Texts.Needed", "Texts.AsOne", "Texts.Against", "Texts.Since", "Texts.Invited",
			"Texts.Adherence", "Texts.Compliance", "Crime.Share", "Crime.Loss", "Crime.Before",
		},
		Writes: []string{
			"Texts.Status", "Texts.Adherence", "Texts.Compliance", "Forums.Text", "Forums.Members", "Dyads.Shared", "Dyads.MostShared",
		},
		Asks:       []string{"state.adopt"},
		Parameters: parameters,
	}
}

const (
	parisCall = "Paris Call: 51 states in November 2018, 74 a year later, 80 from 2021 on"
	budapest  = "parties to the Budapest Convention: 60 in July 2018, 65 at the end of 2020, 76 in October 2024"
)

// ofAdoption are the numbers of who joins a text.
func (m *Norms) ofAdoption() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Threshold, sim.Parameter{
			Name: "threshold", Fixed: true, Default: .33, Unit: "share", Source: sim.Literature,
			Doc:       "Share of its peers that must have endorsed a text before a state does, on average over states.",
			Reference: "Finnemore and Sikkink 1998: a norm tips at about one third of states",
		}),
		sim.NumberAt(&m.Spread, sim.Parameter{
			Name: "spread", Fixed: true, Default: .18, Domain: sim.Range{Max: .5}, Unit: "share", Source: sim.Assumption,
			Doc:       "Standard deviation of these thresholds over states; 0 makes all alike.",
			Reference: "Granovetter 1978: cascades hang on the spread as much as on the mean",
		}),
		sim.NumberAt(&m.Distance, sim.Parameter{
			Name: "distance", Fixed: true, Default: .4, Domain: sim.Range{Max: 10}, Unit: "share", Source: sim.Assumption,
			Doc: "How much a binding text at the other pole raises a state's threshold.", Reference: "Abbott and Snidal 2000",
		}),
		sim.NumberAt(&m.Soft, sim.Parameter{
			Name: "soft", Fixed: true, Default: .9, Unit: "share", Source: sim.Data,
			Doc: "How much of that distance counts where the text is voluntary.", Reference: parisCall,
		}),
		sim.NumberAt(&m.Power, sim.Parameter{
			Name: "power", Default: .5, Unit: "share", Source: sim.Assumption,
			Doc: "How far peers count by their power rather than as one voice each.",
		}),
		sim.NumberAt(&m.Peer, sim.Parameter{
			Name: "peer", Default: .5, Domain: sim.Range{Max: .99}, Plausible: sim.Range{Min: .3, Max: .6}, Unit: "trust", Source: sim.Assumption,
			Doc: "Trust from which another state is a peer to look up to; those trusted more count for more.",
		}),
		sim.NumberAt(&m.Reconsider, sim.Parameter{
			Name: "reconsider", Fixed: true, Default: .6, Unit: "share", Source: sim.Data,
			Doc:       "Share of the states outside a text that take up in a year whether to join it, its square where a vote is on record; at 1 they all follow at once, as in Granovetter's crowd.",
			Reference: parisCall,
		}),
	}
}

// ofRatification are the numbers of who ratifies a binding text.
func (m *Norms) ofRatification() []sim.Parameter {
	coefficient := sim.Range{Max: 20}
	return []sim.Parameter{
		sim.NumberAt(&m.Ratification, sim.Parameter{
			Name: "ratification", Default: .07, Plausible: sim.Range{Min: .03, Max: .15}, Unit: "per year", Source: sim.Data,
			Doc:       "Hazard of ratification of a state that stands at the text, without peers that ratified and without diplomatic capacity.",
			Reference: budapest,
		}),
		sim.NumberAt(&m.Frailty, sim.Parameter{
			Name: "frailty", Default: 1.5, Domain: sim.Range{Max: 50}, Plausible: sim.Range{Min: .5, Max: 3}, Unit: "variance", Source: sim.Assumption,
			Doc:       "Variance over states of what speeds or holds up ratification and no variable shows: the larger, the less those ratify who could have done so for long. At 0 all are alike.",
			Reference: "Vaupel, Manton and Stallard 1979",
		}),
		sim.NumberAt(&m.Closeness, sim.Parameter{
			Name: "closeness", Default: 2, Domain: coefficient, Plausible: sim.Range{Min: 1, Max: 5}, Unit: "log hazard", Source: sim.Assumption,
			Doc: "How much the hazard of ratification falls from a state at the text to one at the other pole.",
		}),
		sim.NumberAt(&m.Peers, sim.Parameter{
			Name: "peers", Fixed: true, Default: 3, Domain: coefficient, Unit: "log hazard", Source: sim.Assumption,
			Doc: "How much it rises when all peers have ratified.", Reference: "Simmons and Elkins 2004",
		}),
		sim.NumberAt(&m.Capacity, sim.Parameter{
			Name: "capacity", Fixed: true, Default: 1, Domain: coefficient, Unit: "log hazard", Source: sim.Assumption,
			Doc: "How much it rises with full diplomatic capacity.", Reference: "set with norms.ratification to the record: " + budapest,
		}),
		sim.NumberAt(&m.Rival, sim.Parameter{
			Name: "rival", Fixed: true, Default: 1, Domain: coefficient, Unit: "log hazard", Source: sim.Assumption,
			Doc: "How much it falls when the state is a party to a nearer binding text on the same line.", Reference: "Busch 2007",
		}),
		sim.NumberAt(&m.Entry, sim.Parameter{
			Name: "entry", Fixed: true, Default: .207, Unit: "share", Source: sim.Data,
			Doc:       "Share of the states which a treaty is for that must ratify before it enters into force, five at least, where it does not say a number itself.",
			Reference: "UN Convention against Cybercrime: 40 of 193",
		}),
	}
}

// ofCompliance are the numbers of who keeps to a text, and of when it dies.
func (m *Norms) ofCompliance() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Compliance, sim.Parameter{
			Name: "compliance", Default: .3, Plausible: sim.Range{Min: .1, Max: .6}, Unit: "per year", Source: sim.Assumption,
			Doc: "Rate at which states come to comply when all their peers do.",
		}),
		sim.NumberAt(&m.Violation, sim.Parameter{
			Name: "violation", Default: .15, Plausible: sim.Range{Max: .4}, Unit: "per year", Source: sim.Assumption,
			Doc: "Rate at which a state stops complying that is blamed without end by adherents who all distrust it.",
		}),
		sim.NumberAt(&m.Gain, sim.Parameter{
			Name: "gain", Default: .7, Domain: sim.Range{Max: 10}, Plausible: sim.Range{Min: .3, Max: 1.2}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Rate at which a state stops complying with a voluntary text of full depth at the other pole.",
			Reference: "set so that compliance stays near what states start with",
		}),
		sim.NumberAt(&m.Enforcement, sim.Parameter{
			Name: "enforcement", Default: .4, Plausible: sim.Range{Min: .2, Max: .7}, Unit: "share", Source: sim.Assumption,
			Doc: "Share of that temptation which a binding text takes away.", Reference: "Abbott and Snidal 2000",
		}),
		sim.NumberAt(&m.Erosion, sim.Parameter{
			Name: "erosion", Fixed: true, Default: .2, Unit: "share", Source: sim.Assumption,
			Doc: "Strength (share of power, times compliance, among those whom it is for) below which a text erodes.", Reference: "Panke and Petersohn 2012",
		}),
		sim.NumberAt(&m.Patience, sim.Parameter{
			Name: "patience", Fixed: true, Default: 3, Domain: sim.Range{Max: 100}, Unit: "years", Source: sim.Assumption,
			Doc: "Years of such weakness after which a text is dead.", Reference: "norms fade over years, not with one breach: Panke and Petersohn 2012",
		}),
	}
}

// fixed are the numbers that the mechanism takes for granted.
func (m *Norms) fixed() []sim.Parameter {
	return []sim.Parameter{
		sim.IntegerAt(&m.Session, sim.Parameter{
			Name: "session", Fixed: true, Default: 9, Domain: sim.Range{Min: 1, Max: 12}, Unit: "month", Source: sim.Data,
			Doc: "Month in which states take up whether to join, to ratify and to keep texts.", Reference: "the General Assembly opens in September",
		}),
		sim.IntegerAt(&m.Review, sim.Parameter{
			Name: "review", Fixed: true, Default: 2, Domain: sim.Range{Min: 1, Max: 20}, Unit: "years", Source: sim.Assumption,
			Doc: "Years between two looks at how states keep to a text; each year has its part of the texts.", Reference: "practice changes slowly, and few treaties report more often",
		}),
		sim.NumberAt(&m.OtherPole, sim.Parameter{
			Name: "other-pole", Fixed: true, Default: .5, Unit: "position", Source: sim.Assumption,
			Doc:       "Distance from which a text is that of the other pole, which nobody binds itself to unless it has asked to, nor endorses, however many others have.",
			Reference: "those who resist a norm are not shamed into it (Bloomfield 2016)",
		}),
		sim.NumberAt(&m.Foe, sim.Parameter{
			Name: "foe", Fixed: true, Default: .3, Unit: "trust", Source: sim.Assumption,
			Doc: "Trust below which a state takes no text from another.", Reference: "what an adversary proposes is worth less for that alone (reactive devaluation; Ross 1995)",
		}),
		sim.IntegerAt(&m.FewestParties, sim.Parameter{
			Name: "fewest-parties", Fixed: true, Default: 5, Domain: sim.Range{Min: 1, Max: 100}, Unit: "states", Source: sim.Data,
			Doc: "Parties that no treaty does without, if so many can ratify it.", Reference: "Budapest Convention, Article 36",
		}),
		sim.NumberAt(&m.LeastBlame, sim.Parameter{
			Name: "least-blame", Fixed: true, Default: .03, Domain: sim.Range{Max: 10}, Unit: "severity per year", Source: sim.Assumption,
			Doc: "Remembered public blame below which nobody takes a state for one that breaks a text.", Reference: "what is left of one slight incident after some years",
		}),
	}
}
