package security

import (
	"fmt"
	"slices"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Parameters are the numbers of the mechanism.
type Parameters struct {
	Rate                  float64
	Rivalry               float64
	Distance              float64
	Grievance             float64
	Attribution           float64
	AttributionCapability float64
	Public                float64
	Doubt                 float64
	Channel               float64
	Deterrence            float64
	Escalation            float64
	Reply                 float64
	Deescalation          float64
	TrustGain             float64
	TrustLoss             float64
	TrustReturn           float64
	Memory                float64
	Restraint             float64
	Breach                float64
	Covert                float64
	Offices               float64
	Separation            float64
	ReachOfTheDay         bool
	Experience            float64
	Turn                  float64
	RivalryGrievance      float64

	RestraintStart   float64
	GreatPower       float64
	ReachSteepness   float64
	LeastReach       float64
	LeastOffence     float64
	LeastGrievance   float64
	MostIncidents    float64
	ClimbSeverity    float64
	GraveSeverity    float64
	SanctionsEconomy float64
	SanctionsMeans   float64
	Severities       [7]float64 // weight of each severity from 0 on; none has severity 0
}

// Name is "security".
func (*Security) Name() string { return "security" }

// Declare says all that the rest of the program knows of the mechanism.
func (m *Security) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:        "Incidents, attribution and response (E10), and trust (E11).",
		Reference:  "Valeriano and Maness 2014; Edwards et al. 2017; Kreps and Schneider 2019",
		Without:    "There are no incidents but those that are scheduled, and nobody remembers, blames or answers any; trust stays as it is.",
		Parameters: slices.Concat(m.incidents(), m.trust(), m.politics(), m.fixed()),
		State:      m.State,
		Reads: []string{
			"States.Region", "States.Economy", "States.Power", "States.Penetration", "States.Users", "States.Offence", "States.Office",
			"Dyads.TrustStart", "Dyads.Ally", "Dyads.Channel", "Dyads.Link", "Dyads.Wars",
			"Forums.Status", "Texts.Line", "Texts.Forum", "Texts.Depth", "Texts.Binding", "Texts.Status", "Texts.Adherence",
			"Crime.Share", "Crime.Confusion", "Crime.Waves",
		},
		Writes: []string{
			"States.Salience", "States.Threat", "States.Blame", "Dyads.Trust", "Dyads.Contact", "Dyads.Rival", "Dyads.Turned", "Dyads.Ladder", "Dyads.Marked", "Dyads.IsMarked",
			"Texts.Compliance", "Forums.Legitimacy",
			"Dyads.Agreements",
			"Activity.Incidents", "Activity.Misattributed", "Activity.Attributed", "Activity.Escalations", "Activity.Severity",
		},
		Asks: []string{"state.answer"},
		Measures: []mechanism.Measure{
			mechanism.Count("incidents", "incidents", "Cyber incidents in the tick.",
				func(w *world.World) float64 { return float64(w.Activity.Incidents) }),
			mechanism.Count("misattributed", "wrongful attributions", "Incidents for which the wrong state is blamed.",
				func(w *world.World) float64 { return float64(w.Activity.Misattributed) }),
			mechanism.Count("escalations", "escalations", "Climbs on the response ladder in the tick.",
				func(w *world.World) float64 { return float64(w.Activity.Escalations) }),
		},
	}
}

// incidents are the parameters of incidents, blame and response.
func (m *Parameters) incidents() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Rate, sim.Parameter{
			Name: "rate", Default: 20, Domain: sim.Range{Max: 1000}, Plausible: sim.Range{Min: 10, Max: 40}, Unit: "incidents per year", Source: sim.Data,
			Doc:       "Incidents that the world would see in a year if everything stayed as at the start.",
			Reference: "DCID 2.0: 429 incidents 2000-2020",
		}),
		sim.NumberAt(&m.Rivalry, sim.Parameter{
			Name: "rivalry", Default: 25, Domain: sim.Range{Max: 10000}, Plausible: sim.Range{Min: 10, Max: 50}, Unit: "factor", Source: sim.Data,
			Doc:       "How much likelier an incident, or the suspicion of one, is between recorded rivals than on a state of mean size.",
			Reference: "one incident in eight falls outside recorded rivalries: none in DCID 2.0, half in EuRepoC 1.1",
		}),
		sim.NumberAt(&m.Distance, sim.Parameter{
			Name: "distance", Default: 1, Plausible: sim.Range{Min: .5, Max: 1}, Unit: "share", Source: sim.Data,
			Doc:       "How far operations beyond its neighbourhood are closed to a state without the power or the record of the first; 0 lets every state act world-wide.",
			Reference: "EuRepoC 1.1: 87 % of the incidents outside recorded rivalries are by great powers or among neighbours; politically relevant dyads: Maoz and Russett 1993; Lemke and Reed 2001",
		}),
		sim.NumberAt(&m.Grievance, sim.Parameter{
			Name: "grievance", Fixed: true, Default: 1, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of a rivalry's motive that a boundless wrong remembered gives a state against who did it; 0 lets states act on recorded rivalries alone.",
			Reference: "no wrong moves a state more than a rivalry",
		}),
		sim.NumberAt(&m.Attribution, sim.Parameter{
			Name: "attribution", Default: .75, Plausible: sim.Range{Min: .6, Max: .9}, Unit: "probability", Source: sim.Literature,
			Doc:       "Probability that a victim without special means blames the true initiator; 1 switches misattribution off.",
			Reference: "Rid and Buchanan 2015; Edwards et al. 2017",
		}),
		sim.NumberAt(&m.AttributionCapability, sim.Parameter{
			Name: "attribution-capability", Default: .15, Plausible: sim.Range{Max: .3}, Unit: "probability", Source: sim.Assumption,
			Doc:       "What the means of the most powerful state add to it.",
			Reference: "Rid and Buchanan 2015",
		}),
		sim.NumberAt(&m.Public, sim.Parameter{
			Name: "public", Default: .6, Plausible: sim.Range{Min: .3, Max: .9}, Unit: "probability", Source: sim.Assumption,
			Doc: "Probability that a victim which blames the right state says so in public.",
		}),
		sim.NumberAt(&m.Doubt, sim.Parameter{
			Name: "doubt", Fixed: true, Default: .7, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the wrongful blame that would be made public which stays a private suspicion: whoever errs is seldom sure. 0 makes an error as public as the truth.",
			Reference: "accusers wait until they are confident: Egloff and Smeets 2023",
		}),
		sim.NumberAt(&m.Channel, sim.Parameter{
			Name: "channel", Default: .4, Plausible: sim.Range{Min: .2, Max: .6}, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of wrongful blame, and of climbs on the ladder, that a full channel between the two states prevents.",
			Reference: "Borghard and Lonergan 2018",
		}),
		sim.NumberAt(&m.Deterrence, sim.Parameter{
			Name: "deterrence", Default: .3, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of incidents that a victim with perfect attribution and full means deters an initiator wholly dependent on the network from.",
			Reference: "Baliga, Bueno de Mesquita and Wolitzky 2020",
		}),
		sim.NumberAt(&m.Escalation, sim.Parameter{
			Name: "escalation", Default: .06, Plausible: sim.Range{Min: .03, Max: .1}, Unit: "probability", Source: sim.Literature,
			Doc:       "Probability that a publicly blamed incident of severity 3 makes the victim climb a rung; it grows with the square of severity.",
			Reference: "restraint, save against what is grave: Valeriano and Maness 2014; Kreps and Schneider 2019",
		}),
		sim.NumberAt(&m.Reply, sim.Parameter{
			Name: "reply", Fixed: true, Default: .67, Unit: "probability", Source: sim.Literature,
			Doc:       "Probability that a state which is punished for what it did not do answers by a rung.",
			Reference: "generous tit for tat forgives a third: Nowak and Sigmund 1992; contrition: Wu and Axelrod 1995",
		}),
		sim.NumberAt(&m.Deescalation, sim.Parameter{
			Name: "deescalation", Default: .35, Plausible: sim.Range{Min: .1, Max: .6}, Unit: "per year", Source: sim.Assumption,
			Doc: "Probability that a response comes down a rung in a year.",
		}),
	}
}

// trust are the parameters of trust and memory.
func (m *Parameters) trust() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.TrustGain, sim.Parameter{
			Name: "trust-gain", Default: .078, Plausible: sim.Range{Min: .02, Max: .15}, Unit: "per year", Source: sim.Assumption,
			Doc: "Gain of trust by a pair whose contact is complete, against none in its first year, as a share of what is missing.",
		}),
		sim.NumberAt(&m.TrustLoss, sim.Parameter{
			Name: "trust-loss", Default: .15, Plausible: sim.Range{Min: .05, Max: .4}, Unit: "share", Source: sim.Assumption,
			Doc: "Share of trust that an incident of severity 10 destroys.",
		}),
		sim.NumberAt(&m.TrustReturn, sim.Parameter{
			Name: "trust-return", Default: .115, Plausible: sim.Range{Min: .02, Max: .25}, Unit: "per year", Source: sim.Assumption,
			Doc: "Rate at which trust returns to where it started.",
		}),
		sim.NumberAt(&m.Memory, sim.Parameter{
			Name: "memory", Default: .3, Plausible: sim.Range{Min: .1, Max: .6}, Unit: "per year", Source: sim.Assumption,
			Doc: "Rate at which a state forgets the threat of incidents that it attributed.",
		}),
		sim.NumberAt(&m.Experience, sim.Parameter{
			Name: "experience", Default: .05, Plausible: sim.Range{Min: .02, Max: .1}, Unit: "per year", Source: sim.Literature,
			Doc:       "Rate at which the level that trust returns to moves to the trust that a pair has come to; 0 keeps that of the start.",
			Reference: "the past weighs on a rivalry for decades: Diehl and Goertz 2000; .02 to .1 a year are half-lives of 35 to 7 years",
		}),
		sim.NumberAt(&m.Turn, sim.Parameter{
			Name: "rivalry-turn", Fixed: true, Default: .1, Unit: "per year", Source: sim.Literature,
			Doc:       "Probability that two states with grievances against each other become rivals in a year, or that rivals without any cease to be; 0 keeps the rivalries of the start.",
			Reference: "rivalries form over years and end some ten years after the last dispute: Diehl and Goertz 2000; Thompson 2001",
		}),
		sim.NumberAt(&m.RivalryGrievance, sim.Parameter{
			Name: "rivalry-grievance", Fixed: true, Default: .15, Domain: sim.Range{Max: 100}, Unit: "weight", Source: sim.Assumption,
			Doc:       "What each of two states holds against the other (an incident of severity 10 has 1) from which they can become rivals.",
			Reference: "an incident of severity 3 on either side, remembered for two years",
		}),
	}
}

// politics are the parameters of how rules, diplomats and what states share bear on
// incidents and on answers to them. At 0 they do not.
func (m *Parameters) politics() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Restraint, sim.Parameter{
			Name: "restraint", Default: .9, Domain: sim.Range{Max: 10}, Plausible: sim.Range{Min: .3, Max: 1.5}, Unit: "log hazard", Source: sim.Assumption,
			Doc:       "How much rules in force of full depth and compliance lower the logarithm of the hazard of an incident; 0 lets rules restrain nobody.",
			Reference: "Finnemore and Hollis 2016",
		}),
		sim.NumberAt(&m.Breach, sim.Parameter{
			Name: "breach", Default: .3, Plausible: sim.Range{Min: .1, Max: .6}, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of its compliance, and of the legitimacy of the forum, that goes when a state that fully keeps to a rule of full depth is rightly named for breaking it by an incident of severity 10.",
			Reference: "metanorms: Axelrod 1986",
		}),
		sim.NumberAt(&m.Covert, sim.Parameter{
			Name: "covert", Default: .5, Plausible: sim.Range{Min: .3, Max: .7}, Unit: "share", Source: sim.Assumption,
			Doc:       "Probability of a covert answer to a private suspicion, as a share of that of an open answer to public blame; 0 leaves private suspicions without an answer.",
			Reference: "Carson 2018",
		}),
		sim.NumberAt(&m.Offices, sim.Parameter{
			Name: "offices", Default: .4, Plausible: sim.Range{Min: .2, Max: .6}, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of what is missing to certain attribution that the victim's office for cyber diplomacy closes, by asking before it accuses.",
			Reference: "Barrinha and Renard 2017; Egloff and Smeets 2023",
		}),
		sim.NumberAt(&m.Separation, sim.Parameter{
			Name: "separation", Default: 1, Domain: sim.Range{Max: 10}, Plausible: sim.Range{Min: .25, Max: 2}, Unit: "factor", Source: sim.Assumption,
			Doc:       "By how much likelier a state is to answer one with which it has lost all the network that they shared in the first year; 0 makes ties no matter.",
			Reference: "interdependence restrains: Farrell and Newman 2019",
		}),
		sim.SwitchAt(&m.ReachOfTheDay, sim.Parameter{
			Name: "reach-of-the-day", Default: 1, Source: sim.Assumption,
			Doc:       "Whether the offensive activity of the day takes a state beyond its neighbourhood; if not, that of the start does, and whoever becomes capable later stays among neighbours.",
			Reference: "capability travels with the network: Smeets 2022",
		}),
	}
}

// fixed are the numbers that the mechanism takes for granted.
func (m *Parameters) fixed() []sim.Parameter {
	list := []sim.Parameter{
		sim.NumberAt(&m.RestraintStart, sim.Parameter{
			Name: "restraint-start", Fixed: true, Default: .47, Unit: "share", Source: sim.Data,
			Doc:       "Restraint at which the hazard is that of the record: the mean of r over the incidents of the first years of the baseline.",
			Reference: "what the texts in force in 2018 to 2022 make of the pairs on record; with it security.rate is that of DCID 2.0 whatever security.restraint",
		}),
		sim.NumberAt(&m.GreatPower, sim.Parameter{
			Name: "great-power", Fixed: true, Default: .25, Unit: "share", Source: sim.Assumption, Domain: sim.Range{Min: .01, Max: 1},
			Doc:       "Power against the first state's, or offensive record against the busiest state's, from which a state acts world-wide and keeps peace among its allies.",
			Reference: "five states of 2018 lie above it",
		}),
		sim.NumberAt(&m.ReachSteepness, sim.Parameter{
			Name: "reach-steepness", Fixed: true, Default: 3, Domain: sim.Range{Max: 20}, Unit: "exponent", Source: sim.Assumption,
			Doc:       "How steeply the reach beyond the neighbourhood rises around the power of a great power.",
			Reference: "status is no matter of degree: what lies well below counts for little, what lies above for nearly all",
		}),
		sim.NumberAt(&m.LeastReach, sim.Parameter{
			Name: "least-reach", Fixed: true, Default: .01, Unit: "share", Source: sim.Assumption,
			Doc:       "Reach beyond the neighbourhood below which a state has none.",
			Reference: "so that the world beyond their neighbourhood need not be looked at for most states",
		}),
		sim.NumberAt(&m.LeastOffence, sim.Parameter{
			Name: "least-offence", Fixed: true, Default: 1e-4, Unit: "share", Source: sim.Data,
			Doc:       "Share of the world's offensive activity below which a state has none.",
			Reference: "no incident on record comes from so small an actor; more than half of all states lie below",
		}),
		sim.NumberAt(&m.LeastGrievance, sim.Parameter{
			Name: "least-grievance", Fixed: true, Default: .01, Unit: "weight", Source: sim.Assumption,
			Doc:       "Weight of a wrong remembered (an incident of severity 10 has 1) below which it is forgotten.",
			Reference: "its motive would be one in a hundred of a rivalry's",
		}),
		sim.NumberAt(&m.MostIncidents, sim.Parameter{
			Name: "most-incidents", Fixed: true, Default: 1e5, Domain: sim.Range{Max: 1e9}, Unit: "incidents per tick", Source: sim.Assumption,
			Doc:       "Expected incidents of a tick above which no more are played.",
			Reference: "five thousand times the recorded number of a year: a guard against runs without end",
		}),
		sim.NumberAt(&m.ClimbSeverity, sim.Parameter{
			Name: "escalation-severity", Fixed: true, Default: 3, Domain: sim.Range{Min: .1, Max: 10}, Unit: "severity", Source: sim.Data,
			Doc:       "Severity at which security.escalation is the probability of a climb.",
			Reference: "DCID 2.0: mean severity",
		}),
		sim.NumberAt(&m.GraveSeverity, sim.Parameter{
			Name: "grave-severity", Fixed: true, Default: 5, Domain: sim.Range{Max: 10}, Unit: "severity", Source: sim.Data,
			Doc:       "Severity from which a victim that can go further leaves out the protest.",
			Reference: "DCID 2.0: one incident in sixteen is so grave",
		}),
		sim.NumberAt(&m.SanctionsMeans, sim.Parameter{
			Name: "sanctions-means", Fixed: true, Default: .001, Unit: "share of the world's economy", Source: sim.Assumption,
			Doc:       "Economy below which a victim goes no further than a protest, whomever it blames.",
			Reference: "who imposes sanctions is mostly the larger side: Hufbauer et al. 2007; 65 states of 2018 lie above it",
		}),
		sim.NumberAt(&m.SanctionsEconomy, sim.Parameter{
			Name: "sanctions-economy", Fixed: true, Default: .05, Unit: "ratio", Source: sim.Assumption,
			Doc:       "Economy against that of the blamed state below which a victim goes no further than a protest.",
			Reference: "who imposes sanctions is mostly the larger side: Hufbauer et al. 2007",
		}),
	}
	for severity, incidents := range []float64{1: 13, 2: 104, 3: 129, 4: 83, 5: 16, 6: 5} {
		if severity > 0 {
			list = append(list, sim.NumberAt(&m.Severities[severity], sim.Parameter{
				Name: fmt.Sprintf("severity-%d", severity), Fixed: true, Default: incidents, Domain: sim.Range{Max: 1e6}, Unit: "incidents", Source: sim.Data,
				Doc:       fmt.Sprintf("Weight of severity %d in the draw of an incident's severity.", severity),
				Reference: "DCID 2.0: recorded incidents 2000-2018",
			}))
		}
	}
	return list
}
