package list

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/models"
	"splinternet/output"
	"splinternet/output/declared"
	"splinternet/scenarios/spec"
	"splinternet/sim"
)

// parameters are the flags of parameters.
type parameters struct {
	*console.Console
	fixed, json bool
}

// Parameters lists the declared numbers.
func Parameters(c *console.Console) *cobra.Command {
	o := parameters{Console: c}
	cmd := &cobra.Command{
		Use: "parameters [WORD]", Short: "Every parameter with default, range, source and meaning", Long: parametersHelp,
		Example: "  splinternet parameters influence\n  splinternet parameters 'security.trust-*'\n  splinternet parameters --fixed",
		Args:    console.Arguments(0, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return o.all()
			}
			return o.like(args[0])
		},
	}
	f := console.Flags(cmd)
	f.BoolVar(&o.fixed, "fixed", false, "the fixed numbers, which the model takes for granted")
	f.BoolVar(&o.json, "json", false, "print JSON")
	return cmd
}

const parametersHelp = `List every parameter in a table as wide as it takes; with WORD those that have it in their
name, in paragraphs. * in WORD stands for any letters.

--fixed lists the fixed numbers: what the model takes for granted. They can be set like
parameters, and swept when they are named with a range; no design takes them in by itself.
WORD finds both.`

// all prints a table of the parameters, or of the fixed numbers.
func (o *parameters) all() error {
	list := models.Declarations().All()
	if o.fixed {
		list = slices.DeleteFunc(slices.Clone(models.Declarations().WithFixed()), func(p *sim.Parameter) bool { return !p.Fixed })
	}
	if o.json {
		return output.WriteJSON(o.Out, declared.Parameters(list))
	}
	w := tabwriter.NewWriter(o.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "parameter\tdefault\tallowed\tplausible\tunit\tsource\tmeaning")
	for _, p := range list {
		allowed, plausible := ranges(p)
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", p.Name, p.Format(p.Default), allowed, console.OrNothing(plausible),
			console.OrNothing(p.Unit), console.OrNothing(string(p.Source)), p.Doc)
	}
	return w.Flush()
}

// ranges are the allowed and the plausible values in words; what is fixed, a switch or a
// choice has no plausible range.
func ranges(p *sim.Parameter) (allowed, plausible string) {
	if p.Kind == sim.Switch || p.Kind == sim.Choice {
		return p.Allowed(), ""
	}
	if !p.Fixed {
		plausible = interval(p.Plausible)
	}
	return interval(p.Domain), plausible
}

func interval(r sim.Range) string { return fmt.Sprintf("%.4g to %.4g", r.Min, r.Max) }

// like tells of the parameters and fixed numbers that have a word in their name, or fit a
// pattern.
func (o *parameters) like(word string) error {
	known := models.Declarations()
	list, err := known.Search(word)
	if err != nil {
		return console.Misuse(err)
	}
	if o.fixed {
		list = slices.DeleteFunc(list, func(p *sim.Parameter) bool { return !p.Fixed })
	}
	if instead := models.Instead(word); len(list) == 0 && instead != "" {
		return console.Misuse(fmt.Errorf("there is no parameter %s: %s", word, instead))
	}
	if len(list) == 0 {
		return console.Misuse(fmt.Errorf("no parameter has %q in its name", word),
			console.DidYouMean(word, slices.Concat(spec.Mechanisms(), known.Names())), `"splinternet parameters" lists them all`)
	}
	if o.json {
		return output.WriteJSON(o.Out, declared.Parameters(list))
	}
	var b strings.Builder
	for k, p := range list {
		if k > 0 {
			b.WriteString("\n")
		}
		o.tell(&b, p)
	}
	_, err = io.WriteString(o.Out, b.String())
	return err
}

// tell writes a paragraph on a parameter.
func (o *parameters) tell(b *strings.Builder, p *sim.Parameter) {
	allowed, plausible := ranges(p)
	var facts []string
	for _, fact := range [][2]string{
		{"default", p.Format(p.Default)}, {"allowed", allowed}, {"plausible", plausible}, {"unit", p.Unit}, {"source", string(p.Source)},
	} {
		if fact[1] != "" {
			facts = append(facts, fact[0]+" "+fact[1])
		}
	}
	if p.Fixed {
		facts = append([]string{"fixed"}, facts...)
	}
	fmt.Fprintf(b, "%s\n  %s\n", p.Name, strings.Join(facts, "; "))
	for _, line := range output.Wrap(p.Doc, o.Columns()-2) {
		b.WriteString("  " + line + "\n")
	}
}
