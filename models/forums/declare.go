package forums

import (
	"slices"
	"strings"

	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Parameters are the numbers of the mechanism beside those of its rooms.
type Parameters struct {
	AssemblyMonth int
	SessionMonth  int
	Preparation   int
	Backing       float64
}

func (p *Parameters) fixed() []sim.Parameter {
	month := sim.Range{Min: 1, Max: 12}
	return []sim.Parameter{
		sim.IntegerAt(&p.AssemblyMonth, sim.Parameter{
			Name: "assembly-month", Fixed: true, Default: 12, Domain: month, Unit: "month", Source: sim.Data,
			Doc:       "Month in which assemblies of all states decide.",
			Reference: "the main part of the session of the General Assembly ends in December",
		}),
		sim.IntegerAt(&p.SessionMonth, sim.Parameter{
			Name: "session-month", Fixed: true, Default: 6, Domain: month, Unit: "month", Source: sim.Assumption,
			Doc:       "Month in which other forums meet.",
			Reference: "half a year from the assemblies, as most summits",
		}),
		sim.IntegerAt(&p.Preparation, sim.Parameter{
			Name: "preparation", Fixed: true, Default: 2, Domain: sim.Range{Max: 100}, Unit: "years", Source: sim.Data,
			Doc:       "Time that a forum with a new mandate needs before it negotiates a text.",
			Reference: "the groups of December 2018 reported in March and May 2021",
		}),
		sim.NumberAt(&p.Backing, sim.Parameter{
			Name: "backing", Fixed: true, Default: .05, Unit: "share", Source: sim.Assumption,
			Doc:       "Part of the way to full legitimacy that a resolution in its support takes a forum if all states vote for it.",
			Reference: "less than a year of its own work",
		}),
	}
}

// Name is "forums".
func (*Forums) Name() string { return "forums" }

// Declare says all that the rest of the program knows of the mechanism.
func (m *Forums) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "Agenda setting (E3), votes with abstention (E4), consensus and its lowest common denominator (E5), legitimacy (E6).",
		Reference: "Romer and Rosenthal 1978; Bailey, Strezhnev and Voeten 2017; Scharpf 1988, 1999",
		Without:   "No sessions are held: all forums are dormant and no two states meet in one; the texts of the start stand.",
		State:     m.State,
		Reads: append(
			[]string{
				"States.Position", "States.Power", "States.Users", "States.Salience", "States.Diplomacy", "States.Attendance", "States.Effort", "States.Office", "States.Stack",
				"Firms.Served", "Dyads.Trust", "Dyads.TrustStart", "Dyads.Rival", "Dyads.Ally", "Dyads.Ladder", "Groups.Members", "Groups.Cohesion", "Groups.Cue",
				"Forums.Line", "Forums.Rule", "Forums.Negotiates", "Forums.Access", "Forums.Structured", "Forums.Universal", "Forums.Binding",
				"Forums.Founded", "Forums.AgeAtStart", "Forums.Cycle", "Forums.Firms", "Forums.Region", "Forums.Product",
				"Texts.Line", "Texts.Kind", "Texts.Forum", "Texts.Sponsors", "Texts.Binding", "Texts.Open", "Texts.Serves", "Texts.Mandate", "Texts.Lasting",
				"Texts.Merges", "Texts.Replaces", "Texts.Joint", "Texts.StatusQuo", "Texts.Stack", "Texts.Tabled",
			},
			catalogue()...,
		),
		Writes: []string{
			"Forums", "Forums.Status", "Forums.Entrusted", "Forums.MandateEnd", "Forums.Report", "Forums.Renewals", "Forums.Sponsor", "Forums.Members",
			"Forums.Position", "Forums.Text", "Forums.Legitimacy", "Forums.Input", "Forums.Output", "Forums.Attention", "Catalogue",
			"Texts", "Texts.Position", "Texts.Depth", "Texts.Status", "Texts.Adopted", "Texts.Against", "Texts.Adherence", "Texts.Compliance",
			"Stacks.Proposed", "Stacks.Recognition", "Stacks.Recognised", "Dyads.Shared", "Dyads.MostShared",
			"Activity.Votes", "Activity.Adopted", "Activity.Deadlocks", "Activity.Sessions", "Activity.Failed",
		},
		Asks: []string{
			"state.propose", "state.sponsor", "state.vote", "state.stance", "state.found", "state.join", "state.renew", "state.leave", "forum.text",
		},
		Parameters: slices.Concat(
			m.Votes.Swept(), m.Talks.Swept(), m.Legitimacy.Swept(), m.Agenda.Swept(), m.Regime.Swept(),
			m.fixed(), m.Votes.Fixed(), m.Agenda.Fixed(), m.Depths.Fixed(), m.Talks.Fixed(), m.Regime.Fixed(),
		),
		Measures: []mechanism.Measure{
			mechanism.Count("votes", "votes", "Texts voted on in the tick.", func(w *world.World) float64 { return float64(w.Activity.Votes) }),
			mechanism.Count("texts_adopted", "texts adopted", "Texts adopted or renewed in the tick.", func(w *world.World) float64 { return float64(w.Activity.Adopted) }),
			mechanism.Count("deadlocks", "deadlocks", "Sessions without agreement in the tick.", func(w *world.World) float64 { return float64(w.Activity.Deadlocks) }),
			mechanism.Count("un_sessions", "UN sessions", "Sessions of bodies of all states and of groups of the United Nations on their own text in the tick.", func(w *world.World) float64 { return float64(w.Activity.Sessions) }),
			mechanism.Count("un_deadlocks", "UN deadlocks", "Of these, those without consensus.", func(w *world.World) float64 { return float64(w.Activity.Failed) }),
			mechanism.Count("forums_alive", "forums alive", "Forums with a mandate.", alive),
		},
	}
}

// catalogue are the parts of forums that can still be founded, which happens to them as a
// whole.
func catalogue() []string {
	return slices.DeleteFunc(world.Parts(), func(part string) bool { return !strings.HasPrefix(part, "Catalogue.") })
}

// alive is the number of forums with a mandate.
func alive(w *world.World) float64 {
	n := 0.0
	for k := range w.Forums {
		if w.Forums[k].Status == world.Alive {
			n++
		}
	}
	return n
}
