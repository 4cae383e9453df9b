package diplomacy

import (
	"slices"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Parameters are the numbers of the mechanism.
type Parameters struct {
	Budget      float64
	Bridging    float64
	Temperature float64

	Partners   int
	Bridge     float64
	BridgePace float64
	Trust      float64

	Channels   float64
	Agreement  float64
	ByEffort   float64
	BySalience float64
	ByDistance float64
	Lapse      float64
	Breach     float64

	Measures float64
	Pace     float64
	Decay    float64

	Leading    int
	LikeMinded float64

	BridgeGap   float64
	BridgeTrust float64
	BridgeLine  float64
	BridgeLeast float64
	BridgeStill float64

	MajorPower     float64
	AgreementTrust float64
	PartnerTrust   float64
	BridgeWork     float64
	Pause          int
	Term           int

	ChannelStep float64

	Offices  float64
	AfterWar int
}

// Name is "diplomacy".
func (*Diplomacy) Name() string { return "diplomacy" }

// Declare says all that the rest of the program knows of the mechanism.
func (m *Diplomacy) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "States split their diplomatic effort; bridges between blocs, bilateral agreements and confidence-building measures form and lapse.",
		Reference: "Barrinha and Renard 2017; Burt 1992; Borghard and Lonergan 2018",
		Without:   "There are no agreements, channels, bridges or offices for cyber diplomacy, and diplomats split their effort by habit.",
		State:     m.State,
		Reads: []string{
			"States.Position", "States.Salience", "States.Power", "States.Users", "States.Diplomacy", "States.Office", "States.Threat", "States.Stack",
			"Forums", "Forums.Line", "Forums.Status", "Forums.Members", "Forums.Position", "Forums.Text", "Forums.Legitimacy",
			"Texts", "Texts.Depth", "Texts.Binding", "Texts.Status", "Texts.Adherence", "Stacks",
			"Dyads.Rival", "Dyads.Ally", "Dyads.Shared", "Dyads.Ladder", "Dyads.Link", "Dyads.Wars", "Dyads.Turned",
		},
		Writes: []string{
			"States.Effort", "Dyads.Trust", "Dyads.Contact", "Dyads.Channel", "Dyads.Bridge", "Dyads.Agreements", "Dyads.Ended",
			"Dyads.Marked", "Dyads.IsMarked", "Standing.Channels",
		},
		Asks:       []string{"state.effort", "state.agree"},
		Parameters: slices.Concat(m.effortParameters(), m.bridgeParameters(), m.agreementParameters(), m.measureParameters(), m.fixedParameters()),
		Measures: []mechanism.Measure{
			mechanism.Count("channels", "channels", "Pairs of states with a channel.", func(w *world.World) float64 { return float64(w.Standing.Channels) }),
		},
	}
}

func (m *Parameters) effortParameters() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Budget, sim.Parameter{
			Name: "budget", Default: .2, Domain: sim.Range{Max: 10}, Plausible: sim.Range{Min: .05, Max: .5}, Unit: "capacity", Source: sim.Assumption,
			Doc:       "Effort on cyber diplomacy of a state without diplomatic capacity; a state of full capacity has 1 more.",
			Reference: "Barrinha and Renard 2017",
		}),
		sim.NumberAt(&m.Bridging, sim.Parameter{
			Name: "bridging", Default: .25, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of the world's diplomatic effort that goes to bridges between blocs: at 0 nobody builds any, at 1 nobody does anything else.",
			Reference: "the trade-off of this model; Burt 1992",
		}),
		sim.NumberAt(&m.Temperature, sim.Parameter{
			Name: "temperature", Default: .25, Domain: sim.Range{Min: .01, Max: 100}, Plausible: sim.Range{Min: .1, Max: 1}, Unit: "utility", Source: sim.Assumption,
			Doc:       "How little expected use decides what diplomats do: at low values a state does one thing, at high ones everybody splits alike.",
			Reference: "logit choice",
		}),
	}
}

func (m *Parameters) bridgeParameters() []sim.Parameter {
	return []sim.Parameter{
		sim.IntegerAt(&m.Partners, sim.Parameter{
			Name: "partners", Default: 6, Domain: sim.Range{Max: 16}, Plausible: sim.Range{Min: 3, Max: 12}, Unit: "states", Source: sim.Assumption,
			Doc: "Number of states with which a state of budget 1 builds bridges; others as many as their budget allows, at least one.",
		}),
		sim.NumberAt(&m.Bridge, sim.Parameter{
			Name: "bridge", Default: 3, Domain: sim.Range{Max: 100}, Plausible: sim.Range{Min: 1, Max: 6}, Unit: "factor", Source: sim.Assumption,
			Doc: "Strength z of a bridge by two states that spend a budget of 1 on bridges each; its level is z/(1+z).",
		}),
		sim.NumberAt(&m.BridgePace, sim.Parameter{
			Name: "bridge-pace", Default: .3, Plausible: sim.Range{Min: .1, Max: .5}, Unit: "per year", Source: sim.Assumption,
			Doc: "Rate at which bridges are built up to the level that efforts support.",
		}),
		sim.NumberAt(&m.Decay, sim.Parameter{
			Name: "decay", Default: .1, Plausible: sim.Range{Min: .05, Max: .3}, Unit: "per year", Source: sim.Assumption,
			Doc: "Rate at which bridges fall to the level that efforts support, and channels to the level that is still held up.",
		}),
		sim.NumberAt(&m.Trust, sim.Parameter{
			Name: "trust", Default: .03, Plausible: sim.Range{Max: .1}, Unit: "share", Source: sim.Assumption,
			Doc: "Share of the missing trust that a complete bridge builds in a year, and that an agreement builds when it is made.",
		}),
	}
}

// logits is the domain of a utility.
var logits = sim.Range{Min: -50, Max: 50}

func (m *Parameters) agreementParameters() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Channels, sim.Parameter{
			Name: "channels", Fixed: true, Default: .5, Unit: "level", Source: sim.Assumption,
			Doc:       "Level of the channel that a bilateral agreement opens.",
			Reference: "United States and China 2015",
		}),
		sim.NumberAt(&m.Offices, sim.Parameter{
			Name: "offices", Default: .5, Plausible: sim.Range{Min: .2, Max: .6}, Unit: "share", Source: sim.Assumption,
			Doc:       "Share of what the line of two states lacks of a full one that offices for cyber diplomacy on both sides make up for; 0 lets them add nothing.",
			Reference: "an office is the one to call: Barrinha and Renard 2017; Borghard and Lonergan 2018",
		}),
		sim.NumberAt(&m.Agreement, sim.Parameter{
			Name: "agreement", Fixed: true, Default: -5, Domain: logits, Unit: "logits", Source: sim.Assumption,
			Doc:       "Readiness of two states to agree in a year without effort, in normal times, at the same position.",
			Reference: "gives the baseline an agreement of two leading states every two or three years",
		}),
		sim.NumberAt(&m.ByEffort, sim.Parameter{
			Name: "agreement-effort", Fixed: true, Default: 7, Domain: logits, Unit: "logits", Source: sim.Assumption,
			Doc:       "What it adds that both spend a budget of 1 on bilateral diplomacy.",
			Reference: "two states of full capacity that put a third of it into bilateral work agree in about one year of ten",
		}),
		sim.NumberAt(&m.BySalience, sim.Parameter{
			Name: "agreement-salience", Fixed: true, Default: 1, Domain: logits, Unit: "logits", Source: sim.Assumption,
			Doc:       "What it adds that cyberspace is twice as salient as usual to the less concerned of the two.",
			Reference: "attention makes room for what diplomats prepare",
		}),
		sim.NumberAt(&m.ByDistance, sim.Parameter{
			Name: "agreement-distance", Fixed: true, Default: 2, Domain: logits, Unit: "logits", Source: sim.Assumption,
			Doc:       "What opposite positions take away.",
			Reference: "opposite positions weigh less than no effort at all",
		}),
		sim.NumberAt(&m.Lapse, sim.Parameter{
			Name: "lapse", Fixed: true, Default: .02, Unit: "per year", Source: sim.Assumption,
			Doc:       "Probability that an agreement that nothing strains lapses in a year.",
			Reference: "agreements end for a reason, seldom for none",
		}),
	}
}

func (m *Parameters) measureParameters() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Measures, sim.Parameter{
			Name: "measures", Fixed: true, Default: 1.2, Domain: sim.Range{Max: 100}, Unit: "factor", Source: sim.Assumption,
			Doc:       "Channel among the members of a forum on confidence building per depth of its text and legitimacy of the forum.",
			Reference: "gives the measures of the OSCE of 2013 and 2016 the .2 of the start",
		}),
		sim.NumberAt(&m.Pace, sim.Parameter{
			Name: "measures-pace", Fixed: true, Default: .3, Unit: "per year", Source: sim.Assumption,
			Doc:       "Rate at which the channels among members of a forum rise to the level that its measures promise.",
			Reference: "three years are most of the way: the measures of the OSCE of 2013 and 2016",
		}),
	}
}

func (m *Parameters) fixedParameters() []sim.Parameter {
	return []sim.Parameter{
		sim.IntegerAt(&m.Leading, sim.Parameter{
			Name: "leading", Fixed: true, Default: 16, Domain: sim.Range{Min: 1, Max: 200}, Unit: "states", Source: sim.Assumption,
			Doc:       "Number of states, the first by power and users, that everybody looks at when it judges its position and chooses partners.",
			Reference: "no state watches all the others",
		}),
		sim.NumberAt(&m.LikeMinded, sim.Parameter{
			Name: "like-minded", Fixed: true, Default: .25, Domain: sim.Range{Min: .01, Max: 1}, Unit: "position", Source: sim.Assumption,
			Doc:       "Distance in position at which another state no longer counts as like-minded at all.",
			Reference: "a convention: a quarter of the line",
		}),
		sim.NumberAt(&m.BridgeGap, sim.Parameter{
			Name: "bridge-gap", Fixed: true, Default: .05, Unit: "share of the link", Source: sim.Assumption,
			Doc:       "Part of a link that blocs must cost for a bridge to be worth building.",
			Reference: "pairs within a bloc have nothing to bridge",
		}),
		sim.NumberAt(&m.BridgeTrust, sim.Parameter{
			Name: "bridge-trust", Fixed: true, Default: .5, Domain: sim.Range{Min: .01, Max: 1}, Unit: "trust", Source: sim.Assumption,
			Doc:       "Mean trust of two states from which mistrust takes nothing from the strength of their bridge.",
			Reference: "a bridge joins those who do not agree: half of full trust is enough to run it",
		}),
		sim.NumberAt(&m.BridgeLine, sim.Parameter{
			Name: "bridge-line", Fixed: true, Default: .3, Unit: "level", Source: sim.Assumption,
			Doc:       "Channel that comes with a complete bridge.",
			Reference: "engineers who run a gateway together have each other's numbers",
		}),
		sim.NumberAt(&m.BridgeLeast, sim.Parameter{
			Name: "bridge-least", Fixed: true, Default: .005, Unit: "level", Source: sim.Assumption,
			Doc:       "Level below which a bridge that nobody keeps up is gone.",
			Reference: "decay by a share would never end",
		}),
		sim.NumberAt(&m.BridgeStill, sim.Parameter{
			Name: "bridge-still", Fixed: true, Default: .0005, Unit: "level", Source: sim.Assumption,
			Doc:       "Distance of a bridge from the level that efforts support within which it stays as it is.",
			Reference: "a tenth of the least bridge",
		}),
		sim.NumberAt(&m.MajorPower, sim.Parameter{
			Name: "major-power", Fixed: true, Default: .02, Unit: "share of power", Source: sim.Assumption,
			Doc:       "Power from which a state is one of those that talk to each other whether they are rivals or not.",
			Reference: "eight or nine states",
		}),
		sim.NumberAt(&m.AgreementTrust, sim.Parameter{
			Name: "agreement-trust", Fixed: true, Default: .25, Domain: sim.Range{Max: .49}, Unit: "trust", Source: sim.Assumption,
			Doc:       "Mean trust from which two states that meet can come to an agreement; from one half on nothing of the kind is in their way.",
			Reference: "most rivals of 2018 trust each other less, and only major powers that fear each other agree below it, as the United States and China did in 2015",
		}),
		sim.NumberAt(&m.PartnerTrust, sim.Parameter{
			Name: "partner-trust", Fixed: true, Default: .8, Unit: "trust", Source: sim.Assumption,
			Doc:       "Mean trust above which two states need no agreement on how to treat each other.",
			Reference: "friends need no rules for each other",
		}),
		sim.NumberAt(&m.BridgeWork, sim.Parameter{
			Name: "bridge-work", Fixed: true, Default: .5, Unit: "share", Source: sim.Assumption,
			Doc:       "Part of the work on a complete bridge between two states that counts as work on an agreement between them.",
			Reference: "whoever runs a gateway together is in touch",
		}),
		sim.IntegerAt(&m.Pause, sim.Parameter{
			Name: "pause", Fixed: true, Default: 3, Domain: sim.Range{Max: 50}, Unit: "years", Source: sim.Assumption,
			Doc:       "Time after the end of an agreement in which the two do not come back to it.",
			Reference: "a convention: long enough to be seen, shorter than a term",
		}),
		sim.IntegerAt(&m.Term, sim.Parameter{
			Name: "term", Fixed: true, Default: 5, Domain: sim.Range{Max: 50}, Unit: "years", Source: sim.Assumption,
			Doc:       "Time for which an agreement holds unless one party says that the other has broken it.",
			Reference: "a convention: a young agreement ends for a reason",
		}),
		sim.IntegerAt(&m.AfterWar, sim.Parameter{
			Name: "after-war", Fixed: true, Default: 8, Domain: sim.Range{Max: 100}, Unit: "years", Source: sim.Assumption,
			Doc:       "Time after the end of a war in which those on opposite sides come to no agreement.",
			Reference: "the United Kingdom and Argentina took up relations again in 1990, eight years after their war; others took longer",
		}),
		sim.NumberAt(&m.Breach, sim.Parameter{
			Name: "breach", Fixed: true, Default: .5, Unit: "probability", Source: sim.Assumption,
			Doc:       "Probability that an agreement ends when one party has blamed an operation on the other in public.",
			Reference: "the agreement of the United States and China of 2015 outlived the first accusations; in December 2018 the United States called it broken",
		}),
		sim.NumberAt(&m.ChannelStep, sim.Parameter{
			Name: "channel-step", Fixed: true, Default: .02, Unit: "level", Source: sim.Assumption,
			Doc:       "Difference between a channel and what holds it up for which nobody acts.",
			Reference: "a tenth of the channel that measures give at the start",
		}),
	}
}
