package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"
	"time"

	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/evidence"
	"splinternet/sim/analysis"
)

// validateOptions are the flags of validate.
type validateOptions struct {
	quick, full        bool
	workers            int
	out, format, page  string
	json, quiet, force bool
}

// validate makes the tables of evidence. It fails when a number is not reproduced, after it
// has printed and written everything.
func validate(ctx context.Context, c *console, o validateOptions) error {
	level := evidence.Usual
	switch {
	case o.quick && o.full:
		return misuse(errors.New("--quick and --full exclude each other"))
	case o.quick:
		level = evidence.Quick
	case o.full:
		level = evidence.Full
	}
	if o.format != "csv" && o.format != "parquet" {
		return misuse(fmt.Errorf("--format %q is unknown; allowed: csv, parquet", o.format))
	}
	if o.out != "" {
		if err := study.Check(o.out, kind.Evidence, o.force); err != nil {
			return taken(err)
		}
	}
	began := time.Now()
	r, err := evidence.Run(ctx, level, max(1, o.workers), func(table string) { c.say("%s", table) })
	switch {
	case errors.Is(err, context.Canceled):
		return failed(errors.New("interrupted: nothing was written"))
	case err != nil:
		return failed(err)
	}
	if err := deliverEvidence(c, o, r, began); err != nil {
		return err
	}
	return conclude(r)
}

// conclude fails when a number that has to be reproduced is not.
func conclude(r *evidence.Report) error {
	if failures := r.Failures(); len(failures) > 0 {
		return failed(fmt.Errorf("not reproduced: %s", strings.Join(failures, "; ")))
	}
	return nil
}

// taken words that a folder cannot take the results.
func taken(err error) error {
	var e *output.TakenError
	if errors.As(err, &e) && e.Replaceable {
		return misuse(err, "--force replaces it, --out DIR writes elsewhere")
	}
	return misuse(err, "name a new folder with --out")
}

func deliverEvidence(c *console, o validateOptions, r *evidence.Report, began time.Time) error {
	f := study.EvidenceOf(r)
	f.Manifest.Performance = study.Since(began, o.workers)
	if o.out != "" {
		if err := f.Write(o.out, o.format); err != nil {
			return failed(err)
		}
	}
	if o.page != "" {
		if err := output.WriteFile(o.page, []byte(f.Texts[0].Content)); err != nil {
			return failed(err)
		}
	}
	if o.json {
		return f.WriteJSON(c.out, o.out)
	}
	return printEvidence(c, r)
}

// printEvidence prints the tables, with numbers that are reproduced counted by group.
func printEvidence(c *console, r *evidence.Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "1. Verification\n\n")
	printChecks(&b, r.Verification)
	fmt.Fprintf(&b, "\n2. Hindcast\n\n")
	if err := printHindcast(&console{out: &b}, r.Hindcast); err != nil {
		return err
	}
	fmt.Fprintf(&b, "\n3. Patterns of the baseline, mean of %s\n\n", output.Count(r.PatternRuns, "run"))
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\tobserved\tsimulated\twithin\tpattern")
	for _, p := range r.Patterns {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", p.Name, decimals(p.Observed), estimate(p.Simulated), yesNo(p.Within()), p.Statement)
	}
	w.Flush()
	fmt.Fprintf(&b, "\n4. Docking\n\n")
	printChecks(&b, r.Docking)
	fmt.Fprintln(&b)
	w = tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, claim := range r.Claims {
		fmt.Fprintf(w, "%s\t%.3f\t%s: %s\n", claim.Verdict(), claim.Measured, claim.Paper, claim.Statement)
	}
	w.Flush()
	fmt.Fprintf(&b, "\n5. Hypotheses, %s of each side\n\n", output.Count(r.Runs, "run"))
	printHypotheses(&b, r)
	if len(r.Effects) > 0 {
		fmt.Fprintf(&b, "\n6. Sensitivity of the baseline\n\n")
		printSensitivity(&b, r)
	}
	_, err := io.WriteString(c.out, trailing.ReplaceAllString(b.String(), "\n"))
	return err
}

func printChecks(b io.Writer, list []evidence.Check) {
	w := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	for first := 0; first < len(list); {
		last, right := first, 0
		for ; last < len(list) && list[last].Group == list[first].Group; last++ {
			if list[last].Passed() {
				right++
			}
		}
		fmt.Fprintf(w, "%s\t%d of %d reproduced\n", list[first].Group, right, last-first)
		for _, check := range list[first:last] {
			if !check.Passed() {
				fmt.Fprintf(w, "  NOT\t%s: %.6g, expected %.6g within %.2g (%s)\n", check.Name, check.Measured, check.Expected, check.Tolerance, check.Source)
			}
		}
		first = last
	}
	w.Flush()
}

func printHypotheses(b io.Writer, r *evidence.Report) {
	w := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\tfinding\tquantity\texpected\twithout\teffect\tidea")
	for k, h := range r.Hypotheses {
		idea := h.Idea
		if k > 0 && r.Hypotheses[k-1].Idea == idea {
			idea = ""
		}
		effect := "-"
		if !math.IsNaN(h.Effect.Low) {
			effect = fmt.Sprintf("%+.4f (%+.4f to %+.4f)", h.Effect.Value, h.Effect.Low, h.Effect.High)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", h.Hypothesis, h.Finding, h.Quantity, h.Expected, decimals(h.Control), effect, idea)
	}
	w.Flush()
}

func printSensitivity(b io.Writer, r *evidence.Report) {
	const shown = 5
	w := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "measure\tparameter\tground\tmean size of effect\ttotal index")
	for _, e := range r.Strongest(shown) {
		total := "-"
		if !math.IsNaN(e.Total.Value) {
			total = estimate(e.Total)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", e.Measure, e.Parameter, e.Source, estimate(e.MuStar), total)
	}
	fmt.Fprintln(w, "\nend state\tat the defaults\tover the plausible ranges\t\t")
	for _, s := range r.Shares {
		fmt.Fprintf(w, "%s\t%s\t%s\t\t\n", s.Label, estimate(s.Default), estimate(s.Ranging))
	}
	w.Flush()
}

func estimate(e analysis.Estimate) string {
	if math.IsNaN(e.Low) {
		return decimals(e.Value)
	}
	return fmt.Sprintf("%.3f (%.3f to %.3f)", e.Value, e.Low, e.High)
}

func decimals(x float64) string {
	if math.IsNaN(x) {
		return "-"
	}
	return fmt.Sprintf("%.3f", x)
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
