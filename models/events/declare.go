package events

import (
	"splinternet/models/mechanism"
	"splinternet/sim"
)

// Parameters are the numbers of the mechanism, all of them fixed.
type Parameters struct {
	MostAttention float64
	MostQuality   float64
	WarTrust      float64
	WarSideTrust  float64
}

// Name is "events".
func (*Mechanism) Name() string { return "events" }

// Declare says all that the rest of the program knows of the mechanism. Incidents of a
// scenario go through the mechanism security and its memory, also in a run without it.
func (m *Mechanism) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "What the scenario schedules: shocks, proposals, bans, forums, crises, agreements, wars.",
		Reference: "",
		Without:   "The scheduled events do not happen; nothing else changes.",
		State:     m.State,
		Reads: []string{
			"States.Region", "States.Power", "States.Penetration", "States.Users", "States.Office", "Firms.Home", "Firms.Share",
			"Forums.Structured", "Forums.Universal", "Forums.Line", "Texts.Position",
			"Texts.Line", "Texts.Forum", "Texts.Depth", "Texts.Binding", "Texts.Status", "Dyads.Link", "Dyads.TrustStart", "Dyads.Ally", "Groups.Members",
			"Groups.Forum",
		},
		Writes: []string{
			"States.Position", "States.Anchor", "States.Stubbornness", "States.Salience", "States.Economy", "States.Growth", "States.Capability",
			"States.Population", "States.Offence", "States.Diplomacy", "States.Control", "States.Threat", "States.Blame",
			"Firms.Size", "Firms.Position", "Firms.Stack", "Firms.Tie", "Firms.Diplomacy", "Firms.Ban",
			"Forums", "Forums.Position", "Forums.Legitimacy", "Forums.Status", "Forums.Members", "Forums.Text", "Forums.Output",
			"Forums.MandateEnd", "Forums.Entrusted", "Forums.Report", "Forums.Renewals",
			"Texts", "Texts.Adherence", "Texts.Compliance",
			"Stacks.Position", "Stacks.Potential", "Stacks.Proposed", "Stacks.Recognition", "Stacks.Recognised",
			"Dyads.Trust", "Dyads.Contact", "Dyads.Rival", "Dyads.Turned", "Dyads.Wars", "Dyads.Shared", "Dyads.MostShared", "Dyads.Channel", "Dyads.Bridge", "Dyads.Ladder",
			"Dyads.Denial", "Dyads.Exclusion", "Dyads.Agreements", "Dyads.Ended", "Dyads.Marked", "Dyads.IsMarked",
			"Activity.Incidents", "Activity.Misattributed", "Activity.Attributed", "Activity.Escalations", "Activity.Bans", "Activity.Severity",
			"Standing.Channels", "Standing.Bans", "Standing.Denials",
		},
		Asks: []string{"state.sponsor", "state.ban", "state.deny", "state.answer", "firm.sell"},
		Parameters: []sim.Parameter{
			sim.NumberAt(&m.MostAttention, sim.Parameter{
				Name: "most-attention", Fixed: true, Default: 100, Domain: sim.Range{Min: 1, Max: 1e6}, Unit: "of normal", Source: sim.Assumption,
				Doc:       "Salience, or threat, above which no shock raises it.",
				Reference: "far above what a run sees: it only keeps a scenario's mistake finite",
			}),
			sim.NumberAt(&m.MostQuality, sim.Parameter{
				Name: "most-quality", Fixed: true, Default: 20, Domain: sim.Range{Min: 1, Max: 1e3}, Unit: "logits", Source: sim.Assumption,
				Doc:       "Potential of a stack beyond which, up or down, no shock takes it.",
				Reference: "the odds of a choice are then e to the 20th: it only keeps a scenario's mistake finite",
			}),
			sim.NumberAt(&m.WarTrust, sim.Parameter{
				Name: "war-trust", Fixed: true, Default: .9, Unit: "share", Source: sim.Assumption,
				Doc:       "Share of their trust in each other, and of the level that it returns to, that initiator and target of a war lose.",
				Reference: "hardly anything is left",
			}),
			sim.NumberAt(&m.WarSideTrust, sim.Parameter{
				Name: "war-side-trust", Fixed: true, Default: .6, Unit: "share", Source: sim.Assumption,
				Doc:       "The same for other pairs of states on opposite sides.",
				Reference: "more than half: as the relations of European states with Russia after 2022",
			}),
		},
	}
}
