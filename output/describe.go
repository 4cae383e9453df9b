package output

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/sim"
)

// Description is what a scenario is, for the methods section and the appendix of a
// paper: a paragraph, the tables of the ODD+D protocol (Grimm et al. 2020, Müller et
// al. 2013) filled in, what the scenario changes, and the works behind it.
type Description struct {
	Title, Summary, Question, Expect, Suits string
	References                              []string // of the scenario
	Hash                                    string

	Calendar   sim.Calendar
	World      *world.World    // as the run starts
	Parameters *sim.Parameters // with the scenario's values
	Off        map[string]bool // mechanisms that take no steps
	Abolished  map[string]bool // those of Off of which nothing stays
	Events     []scenarios.Item
	Decisions  []scenarios.Item
}

// DescriptionOf describes a scenario. The error is that of a scenario that cannot be
// played.
func DescriptionOf(s *scenarios.Scenario) (*Description, error) {
	simulation, err := s.Simulation()
	if err != nil {
		return nil, err
	}
	return &Description{
		Title: s.Title, Summary: s.Description, Question: s.Question, Expect: s.Expect, Suits: s.Suits,
		References: s.References, Hash: s.Hash, Calendar: s.Calendar, World: s.World,
		Parameters: simulation.Parameters(), Off: s.Settings.Off, Abolished: s.Settings.Abolished,
		Events: s.Schedule(), Decisions: s.Script(),
	}, nil
}

// WriteMarkdown writes the description in Markdown.
func (d *Description) WriteMarkdown(w io.Writer) error {
	p := &prose{}
	p.line("# %s", d.Title)
	for _, part := range []struct{ lead, text string }{
		{"", d.Summary}, {"Question: ", d.Question}, {"Expected: ", d.Expect}, {"Suits: ", d.Suits},
	} {
		if part.text != "" {
			p.line("\n%s%s", part.lead, strings.TrimSpace(part.text))
		}
	}
	p.line("\n## Methods paragraph\n\n%s", d.Methods())
	p.line("\n## Overview, design concepts and details (ODD+D)\n")
	p.table([]string{"element", "in this scenario"}, d.odd())
	p.line("\n## Mechanisms, in the order in which they act in a tick\n")
	p.table([]string{"mechanism", "on", "what it does", "builds on"}, d.mechanisms())
	d.changes(p)
	p.line("\n## References\n")
	for _, work := range d.Works() {
		p.line("- %s", work)
	}
	_, err := io.WriteString(w, p.text.String())
	return err
}

// prose gathers lines of Markdown.
type prose struct{ text strings.Builder }

func (p *prose) line(format string, values ...any) { fmt.Fprintf(&p.text, format+"\n", values...) }

func (p *prose) table(head []string, rows [][]string) {
	p.row(head)
	rule := make([]string, len(head))
	for k := range rule {
		rule[k] = "---"
	}
	p.row(rule)
	for _, row := range rows {
		p.row(row)
	}
}

func (p *prose) row(cells []string) {
	for _, cell := range cells {
		p.text.WriteString("| " + strings.ReplaceAll(strings.Join(strings.Fields(cell), " "), "|", `\|`) + " ")
	}
	p.text.WriteString("|\n")
}

// Methods is the paragraph for the methods section of a paper.
func (d *Description) Methods() string {
	var b strings.Builder
	w, c := d.World, d.Calendar
	fmt.Fprintf(&b, "We use splinternet (version %s, results version %d), an agent-based model of the governance of cyberspace. "+
		"The scenario %q (SHA-256 %s) holds %s, %s, %s and %s of states at the start. ",
		ProgramVersion(), models.ResultsVersion, d.Title, d.Hash[:min(12, len(d.Hash))], count(w.States.N, "state"), count(w.Firms.N, "firm"),
		count(d.living(), "forum"), count(w.States.N*(w.States.N-1)/2, "pair"))
	fmt.Fprintf(&b, "A tick is a %s; a run has %d, from %s to %s. ", c.Tick, c.Ticks, c.Start.Format("2 January 2006"),
		c.Date(c.Ticks).AddDate(0, 0, -1).Format("2 January 2006"))
	fmt.Fprintf(&b, "In each tick %s act in this order: %s. ", count(len(d.switched(true)), "mechanism"), strings.Join(d.switched(true), ", "))
	if off := d.switched(false); len(off) > 0 {
		fmt.Fprintf(&b, "Switched off: %s. ", strings.Join(off, ", "))
	}
	sources := d.sources()
	fmt.Fprintf(&b, "Of %s, %d rest on data, %d on the literature, and %d are assumptions; %s from the default. ",
		count(len(d.Parameters.All()), "parameter"), sources[sim.Data], sources[sim.Literature], sources[sim.Assumption],
		differ(len(d.changed())))
	fmt.Fprintf(&b, "The scenario schedules %s and scripts %s; all else is decided by the agents. ",
		count(len(d.Events), "event"), count(len(d.Decisions), "decision"))
	fmt.Fprintf(&b, "All randomness derives from the seed of a run, the mechanism, the tick and the agent, so that runs of two scenarios with "+
		"one seed share all chance (common random numbers). A run ends in one of %d end states, decided on the means of its last two years "+
		"by conventional thresholds: %s. The model is meant for theoretical exposition and illustration, not for prediction.",
		len(verdict.Labels), strings.Join(d.thresholds(), ", "))
	return b.String()
}

func differ(n int) string {
	if n == 1 {
		return "1 differs"
	}
	return fmt.Sprintf("%d differ", n)
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 0 {
		return "no " + noun + "s"
	}
	return Count(n, noun)
}

func (d *Description) living() int {
	n := 0
	for k := range d.World.Forums {
		if d.World.Forums[k].Status == world.Alive {
			n++
		}
	}
	return n
}

// switched lists the mechanisms that are on, or those that are off.
func (d *Description) switched(on bool) []string {
	var list []string
	for _, m := range models.Mechanisms() {
		if d.Off[m.Name] != on {
			list = append(list, m.Name)
		}
	}
	return list
}

func (d *Description) sources() map[sim.Source]int {
	n := map[sim.Source]int{}
	for _, p := range d.Parameters.All() {
		n[p.Source]++
	}
	return n
}

// changed lists the parameters whose value is not the default.
func (d *Description) changed() []*sim.Parameter {
	var list []*sim.Parameter
	for _, p := range d.Parameters.All() {
		if d.Parameters.Value(p.Name) != p.Default {
			list = append(list, p)
		}
	}
	return list
}

func (d *Description) thresholds() []string {
	var list []string
	for _, p := range d.Parameters.All() {
		if strings.HasPrefix(p.Name, "verdict.") {
			list = append(list, p.Name+" "+p.Format(d.Parameters.Value(p.Name)))
		}
	}
	return list
}

// odd fills in the elements of the protocol that depend on the scenario, and gives
// the others in a sentence.
func (d *Description) odd() [][]string {
	w := d.World
	dimensions := "one dimension"
	if w.Dim > 1 {
		dimensions = fmt.Sprintf("%d dimensions", w.Dim)
	}
	var headline []string
	for _, m := range measures.All() {
		if m.Headline {
			headline = append(headline, m.Title)
		}
	}
	return [][]string{
		{"Purpose and patterns", "Whether the governance of cyberspace converges or fragments, and on whose terms. " + d.Question},
		{"Entities", fmt.Sprintf("%s, %s, %s alive and %d that can be set up, %s, %s of technical standards, %s.", count(w.States.N, "state"),
			count(w.Firms.N, "firm"), count(d.living(), "forum"), len(w.Catalogue), count(len(w.Texts), "text"), count(len(w.Stacks), "stack"),
			count(len(w.Groups), "group"))},
		{"State variables", "States: position and anchor in [0, 1] (0 sovereign, 1 open) in " + dimensions + ", economy, capability, users, power, " +
			"diplomatic and offensive capacity, boundary controls, shares on stacks. Pairs of states: trust, channel, bridge, rung of response, link. " +
			"Firms: home, tie, market shares, bans. Forums: rule, members, mandate, text, legitimacy. Texts: position, depth, adherence, compliance."},
		{"Scales", fmt.Sprintf("A tick is a %s; %s (%s to %s).", d.Calendar.Tick, count(d.Calendar.Ticks, "tick"),
			d.Calendar.Start.Format("2006-01-02"), d.Calendar.Date(d.Calendar.Ticks).AddDate(0, 0, -1).Format("2006-01-02"))},
		{"Process overview", "Each tick, in this order: " + strings.Join(d.switched(true), ", ") + "; then the measures are taken. Updates within a mechanism are simultaneous."},
		{"Theoretical background", "Order as power, values and institutions (Barrinha and Renard 2020); each mechanism as in the table below."},
		{"Individual decision making", "Each decision of a state, a firm or a chair is asked of its decision rule; the default weighs utilities with " +
			"bounded rationality. Scripted here: " + count(len(d.Decisions), "decision") + "."},
		{"Learning", "None; trust, legitimacy and remembered threat adapt."},
		{"Individual sensing", "Positions, power and shares are known without error; attribution of incidents is not."},
		{"Individual prediction", "None, but agenda setters know the position of the pivot."},
		{"Interaction", "Influence, votes, consensus, bridges, agreements, lobbying, incidents and responses, bans; indirectly through texts, forums, stacks and links."},
		{"Collectives", "Groups of states are given; blocs of the network are measured (Louvain)."},
		{"Heterogeneity", "In all state variables; decision rules are alike unless scripted."},
		{"Stochasticity", "Streams by run seed, mechanism, tick and agent; initial positions: " + d.Parameters.Find("world.initial").Format(d.Parameters.Value("world.initial")) + "."},
		{"Observation", "Headline measures: " + strings.Join(headline, ", ") + "; a verdict with margin and robustness; a chronicle."},
		{"Initialisation", fmt.Sprintf("The world of %s as the scenario lays it out; positions are certain or carry the uncertainty of their estimate.",
			d.Calendar.Start.Format("2 January 2006"))},
		{"Input data", "None during a run but the scheduled events: " + count(len(d.Events), "event") + "."},
		{"Submodels", "The equations, with parameters, sources and limits, are in docs/model.md of the program."},
	}
}

func (d *Description) mechanisms() [][]string {
	var rows [][]string
	for _, m := range models.Mechanisms() {
		on := "yes"
		switch {
		case d.Abolished[m.Name]:
			on = "abolished"
		case d.Off[m.Name]:
			on = "no"
		}
		rows = append(rows, []string{m.Name, on, m.Doc, m.Reference})
	}
	return rows
}

// changes writes what the scenario sets, schedules and scripts.
func (d *Description) changes(p *prose) {
	p.line("\n## Parameters that differ from their defaults\n")
	if changed := d.changed(); len(changed) == 0 {
		p.line("None.")
	} else {
		var rows [][]string
		for _, q := range changed {
			plausible := ""
			if q.Kind == sim.Number || q.Kind == sim.Integer {
				plausible = fmt.Sprintf("%g to %g", q.Plausible.Min, q.Plausible.Max)
			}
			rows = append(rows, []string{
				q.Name, q.Format(d.Parameters.Value(q.Name)), q.Format(q.Default), plausible, q.Unit, string(q.Source), q.Doc,
			})
		}
		p.table([]string{"parameter", "value", "default", "plausible", "unit", "source", "meaning"}, rows)
	}
	for _, part := range []struct {
		title, name, kind string
		list              []scenarios.Item
	}{
		{"Scheduled events", "event", "kind", d.Events},
		{"Scripted decisions", "agent", "decision", d.Decisions},
	} {
		if len(part.list) == 0 {
			continue
		}
		p.line("\n## %s\n", part.title)
		var rows [][]string
		for _, h := range part.list {
			rows = append(rows, []string{h.When, h.Name, h.Kind, h.Why, "`" + h.Keys + "`"})
		}
		p.table([]string{"when", part.name, part.kind, "why", "keys"}, rows)
	}
}

// Works are the references of the scenario and of the mechanisms and parameters
// that act in it.
func (d *Description) Works() []string {
	cited := "Barrinha and Renard 2020; Grimm et al. 2020; Müller et al. 2013; "
	for _, m := range models.Mechanisms() {
		if !d.Off[m.Name] {
			cited += m.Reference + "; "
		}
	}
	for _, p := range d.Parameters.All() {
		if mechanism, _, _ := strings.Cut(p.Name, "."); !d.Off[mechanism] {
			cited += p.Reference + "; "
		}
	}
	var list []string
	given := strings.Join(d.References, "\n")
	for _, work := range models.Cited(cited) {
		if !strings.Contains(given, strings.ReplaceAll(work.Full, "*", "")[:min(40, len(work.Full))]) {
			list = append(list, work.Full)
		}
	}
	list = append(list, d.References...)
	slices.SortFunc(list, func(a, b string) int {
		return strings.Compare(strings.TrimLeft(a, "*"), strings.TrimLeft(b, "*"))
	})
	return list
}
