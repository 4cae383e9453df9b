package docs

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"splinternet/models"
	"splinternet/models/chronicle"
	"splinternet/models/measures"
	"splinternet/models/voting"
	"splinternet/scenarios/spec"
	"splinternet/sim"
)

// parametersPage is the whole of parameters.md.
func parametersPage() string {
	var b strings.Builder
	b.WriteString(`# Parameters, mechanisms and measures

<!-- Generated from the program's declarations. Do not edit: go test ./docs -update -->

Every number that a mechanism uses and that is not a fact of the world is declared: as a parameter that is worth sweeping, or
as a fixed number that the model takes for granted. A scenario sets either under ` + "`[parameters]`" + `, the command line with ` + "`--set NAME=VALUE`" + `. The program prints the same lists:
` + "`splinternet parameters` (`--fixed` for the fixed numbers), `splinternet mechanisms`, `splinternet measures`, each also" + `
` + "with `--json`." + `

- **Allowed** is where the mathematics makes sense; anything else is refused.
- **Plausible** is what is worth sweeping. The limits at which the model becomes a textbook model (no noise, no
  anchor, everybody listens to everybody) are allowed but mostly not plausible.
- **Source** says on what ground the default stands: *data* (estimated from the data that ship with the program),
  *literature* (taken from published work), or *assumption* (nobody knows; sweep it before you rely on it).
- Rates are per year, whatever the length of a tick. [The model](model.md) says what each parameter does.

## Mechanisms

In the order in which they act in a tick. Each can be abolished with ` + "`--without NAME`" + `, so that nothing of it is left, or
frozen with ` + "`--freeze NAME`" + `, so that what it moved stays as it is; ` + "`[mechanisms]`" + ` of a scenario does either.

| mechanism | what it does | without it | builds on |
| --- | --- | --- | --- |
`)
	for _, m := range models.Mechanisms() {
		row(&b, code(m.Name), m.Doc, m.Without, m.Reference)
	}
	b.WriteString("\n## Parameters\n")
	declared := models.Declarations()
	parameterTables(&b, declared.All(), "plausible")
	b.WriteString(`
## Fixed numbers

What the model takes for granted: conventions, and assumptions that nobody has asked to vary. They can be set like any
parameter, and swept when they are named with a range, as in ` + "`--vary NAME=LOW:HIGH`" + `; no design takes them in by itself.
`)
	var fixed []*sim.Parameter
	for _, p := range declared.WithFixed() {
		if p.Fixed {
			fixed = append(fixed, p)
		}
	}
	parameterTables(&b, fixed, "")
	b.WriteString(`
## Measures

Columns of ` + "`ticks.csv`" + `, taken at the end of a tick. *Headline* measures are always kept and shown on the closing
screen; *costly* ones are taken every two years and at the end (` + "`[measures] stride`" + `), and are blank elsewhere.

| measure | unit | range | taken | meaning |
| --- | --- | --- | --- | --- |
`)
	for _, m := range measures.All() {
		taken := "each tick"
		switch {
		case m.Headline:
			taken = "headline"
		case m.Costly:
			taken = "costly"
		}
		row(&b, code(m.Name), m.Unit, interval(sim.Range{Min: m.Min, Max: m.Max}), taken, m.Doc)
	}
	return b.String()
}

// parameterTables is one table of parameters for each mechanism; a column without a
// name is left out.
func parameterTables(b *strings.Builder, list []*sim.Parameter, plausibleColumn string) {
	section := ""
	line := func(name, value, allowed, plausible, unit, source, meaning string) {
		cells := []string{name, value, allowed, plausible, unit, source, meaning}
		if plausibleColumn == "" {
			cells = slices.Delete(cells, 3, 4)
		}
		row(b, cells...)
	}
	for _, p := range list {
		mechanism, _, _ := strings.Cut(p.Name, ".")
		if mechanism != section {
			section = mechanism
			fmt.Fprintf(b, "\n### %s\n\n", section)
			line("name", "default", "allowed", plausibleColumn, "unit", "source", "meaning")
			line("---", "---", "---", "---", "---", "---", "---")
		}
		meaning := p.Doc
		if p.Reference != "" {
			meaning += " *" + strings.ToUpper(p.Reference[:1]) + p.Reference[1:] + ".*"
		}
		allowed, plausible := p.Allowed(), ""
		if p.Kind == sim.Number || p.Kind == sim.Integer {
			allowed, plausible = interval(p.Domain), interval(p.Plausible)
		}
		line(code(p.Name), p.Format(p.Default), allowed, plausible, p.Unit, string(p.Source), meaning)
	}
}

// mechanismsSection is the part of model.md about what mechanisms read, write, ask and
// remember.
func mechanismsSection() string {
	var b strings.Builder
	row(&b, "mechanism", "reads", "writes", "asks", "remembers")
	row(&b, "---", "---", "---", "---", "---")
	for _, m := range models.Mechanisms() {
		var remembered []string
		for _, r := range m.Remembers() {
			remembered = append(remembered, r.Doc)
		}
		row(&b, code(m.Name), codes(m.Reads), codes(m.Writes), codes(m.Asks), strings.Join(remembered, "; "))
	}
	return b.String()
}

func codes(list []string) string {
	quoted := make([]string, len(list))
	for k, s := range list {
		quoted[k] = code(s)
	}
	return strings.Join(quoted, ", ")
}

// eventsSection is the part of scenarios.md about events and decisions.
func eventsSection() string {
	var b strings.Builder
	b.WriteString("Keys of every event:\n\n")
	keys(&b, spec.CommonKeys())
	for _, k := range spec.EventKinds() {
		fmt.Fprintf(&b, "\n### %s\n\n%s%s.\n\n", k.Kind, strings.ToUpper(k.Meaning[:1]), k.Meaning[1:])
		keys(&b, k.Keys)
		fmt.Fprintf(&b, "\n```toml\n%s```\n", k.Example)
	}
	b.WriteString("\n### What can be decided\n\n")
	row(&b, "agent and decision", "question", "answer", "asked")
	row(&b, "---", "---", "---", "---")
	for _, d := range spec.Decisions() {
		row(&b, code(d.Key), d.Meaning, d.Allowed, d.Type)
	}
	return b.String()
}

// utilitySection is the part of results.md about the terms of a vote's utility.
func utilitySection() string {
	var b strings.Builder
	row(&b, "column", "meaning")
	row(&b, "---", "---")
	for _, d := range append(voting.Terms[:], voting.Total) {
		row(&b, code(d.Name), d.Doc)
	}
	return b.String()
}

// kindsSection is the part of results.md about the kinds of events.
func kindsSection() string {
	var b strings.Builder
	row(&b, "kind", "what happened", "actors", "targets", "value", "unit of the value")
	row(&b, "---", "---", "---", "---", "---", "---")
	for _, k := range chronicle.Kinds {
		row(&b, code(k.Name), k.Doc, k.Actors, k.Targets, k.Value, k.Unit)
	}
	return b.String()
}

func keys(b *strings.Builder, list []spec.EventKey) {
	row(b, "key", "type", "allowed", "meaning")
	row(b, "---", "---", "---", "---")
	for _, k := range list {
		name := code(k.Key)
		if k.Required {
			name += " (needed)"
		}
		row(b, name, k.Type, k.Allowed, k.Meaning)
	}
}

func row(b *strings.Builder, cells ...string) {
	for _, cell := range cells {
		cell = strings.ReplaceAll(cell, "|", `\|`)
		if cell == "" {
			b.WriteString("| ")
		} else {
			b.WriteString("| " + cell + " ")
		}
	}
	b.WriteString("|\n")
}

func code(s string) string { return "`" + s + "`" }

func interval(r sim.Range) string {
	switch low, high := math.IsInf(r.Min, -1), math.IsInf(r.Max, 1); {
	case low && high:
		return "any number"
	case high:
		return "from " + short(r.Min)
	}
	return short(r.Min) + " to " + short(r.Max)
}

// short writes a number with at most four significant digits, without an exponent.
func short(x float64) string {
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 4, 64), 64)
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}
