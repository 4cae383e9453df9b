package main

import (
	"fmt"
	"io"
	"math"
	"path"
	"slices"
	"strings"
	"text/tabwriter"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/output"
	"splinternet/sim"
)

// parameters prints every declared parameter.
func parameters(c *console, asJSON bool) error {
	declared := models.Declarations().All()
	if asJSON {
		return output.WriteJSON(c.out, parameterObjects(declared))
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "parameter\tdefault\tallowed\tplausible\tunit\tsource\tmeaning")
	for _, p := range declared {
		allowed, plausible := interval(p.Domain), interval(p.Plausible)
		if p.Kind == sim.Switch || p.Kind == sim.Choice {
			allowed, plausible = p.Allowed(), "-"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
			p.Name, p.Format(p.Default), allowed, plausible, orNothing(p.Unit), orNothing(string(p.Source)), p.Doc)
	}
	return w.Flush()
}

// parametersLike tells of the parameters that have a word in their name, or fit a
// pattern.
func parametersLike(c *console, word string, asJSON bool) error {
	var list []*sim.Parameter
	var names []string
	for _, m := range models.Mechanisms() {
		names = append(names, m.Name)
	}
	for _, p := range models.Declarations().All() {
		names = append(names, p.Name)
		fits, err := path.Match(word, p.Name)
		if err != nil {
			return misuse(fmt.Errorf("%q is no pattern: * stands for any letters", word))
		}
		if fits || strings.Contains(p.Name, strings.ToLower(word)) {
			list = append(list, p)
		}
	}
	if len(list) == 0 {
		return misuse(fmt.Errorf("no parameter has %q in its name", word), didYouMean(word, names), `"splinternet parameters" lists them all`)
	}
	if asJSON {
		return output.WriteJSON(c.out, parameterObjects(list))
	}
	var b strings.Builder
	for k, p := range list {
		if k > 0 {
			b.WriteString("\n")
		}
		facts := []string{"default " + p.Format(p.Default), "allowed " + interval(p.Domain), "plausible " + interval(p.Plausible), "", "source " + string(p.Source)}
		if p.Kind == sim.Switch || p.Kind == sim.Choice {
			facts[1], facts[2] = "allowed "+p.Allowed(), ""
		}
		if p.Unit != "" {
			facts[3] = "unit " + p.Unit
		}
		facts = slices.DeleteFunc(facts, func(fact string) bool { return fact == "" })
		fmt.Fprintf(&b, "%s\n  %s\n", p.Name, strings.Join(facts, "; "))
		for _, line := range output.Wrap(p.Doc, columns(c.out)-2) {
			b.WriteString("  " + line + "\n")
		}
	}
	_, err := io.WriteString(c.out, b.String())
	return err
}

func interval(r sim.Range) string { return fmt.Sprintf("%.4g to %.4g", r.Min, r.Max) }

type parameterObject struct {
	Name      string     `json:"name"`
	Kind      string     `json:"kind"`
	Default   any        `json:"default"`
	Domain    *[2]any    `json:"domain,omitempty"`
	Plausible *[2]any    `json:"plausible,omitempty"`
	Choices   []string   `json:"choices,omitempty"`
	Unit      string     `json:"unit"`
	Doc       string     `json:"doc"`
	Source    sim.Source `json:"source"`
	Reference string     `json:"reference"`
}

func parameterObjects(declared []*sim.Parameter) []parameterObject {
	list := []parameterObject{}
	for _, p := range declared {
		o := parameterObject{
			Name: p.Name, Kind: p.Kind.String(), Default: finite(p.Default), Choices: p.Choices,
			Unit: p.Unit, Doc: p.Doc, Source: p.Source, Reference: p.Reference,
		}
		switch p.Kind {
		case sim.Switch:
			o.Default = p.Default != 0
		case sim.Choice:
			o.Default = p.Format(p.Default)
		default:
			o.Domain, o.Plausible = bounds(p.Domain.Min, p.Domain.Max), bounds(p.Plausible.Min, p.Plausible.Max)
		}
		list = append(list, o)
	}
	return list
}

func bounds(low, high float64) *[2]any { return &[2]any{finite(low), finite(high)} }

// finite is null where JSON has no number.
func finite(x float64) any {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return nil
	}
	return x
}

// mechanisms prints the mechanisms in the order of the tick.
func mechanisms(c *console, asJSON bool) error {
	type object struct {
		Name      string `json:"name"`
		Doc       string `json:"doc"`
		Reference string `json:"reference"`
	}
	list := []object{}
	for _, m := range models.Mechanisms() {
		list = append(list, object{m.Name, m.Doc, m.Reference})
	}
	if asJSON {
		return output.WriteJSON(c.out, list)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "mechanism\twhat it does\treference")
	for _, m := range list {
		fmt.Fprintf(w, "%s\t%s\t%s\n", m.Name, m.Doc, orNothing(m.Reference))
	}
	return w.Flush()
}

// listMeasures prints what is observed.
func listMeasures(c *console, asJSON bool) error {
	type object struct {
		Name     string  `json:"name"`
		Title    string  `json:"title"`
		Unit     string  `json:"unit"`
		Range    *[2]any `json:"range"`
		Doc      string  `json:"doc"`
		Headline bool    `json:"headline"`
		Costly   bool    `json:"costly"`
	}
	list := []object{}
	for _, m := range measures.All() {
		list = append(list, object{m.Name, m.Title, m.Unit, bounds(m.Min, m.Max), m.Doc, m.Headline, m.Costly})
	}
	if asJSON {
		return output.WriteJSON(c.out, list)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "measure\tunit\ttaken\tmeaning")
	for _, m := range list {
		taken := "each tick"
		if m.Headline {
			taken = "headline"
		}
		if m.Costly {
			taken = "at a stride"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", m.Name, orNothing(m.Unit), taken, m.Doc)
	}
	return w.Flush()
}
