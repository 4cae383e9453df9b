package study

import (
	"fmt"
	"io"
	"math"
	"text/tabwriter"

	"splinternet/output"
	"splinternet/scenarios/evidence"
	"splinternet/sim/analysis"
)

// tellEvidence prints the tables, with numbers that are reproduced counted by group.
func tellEvidence(w io.Writer, r *evidence.Report) {
	fmt.Fprintf(w, "1. Verification\n\n")
	tellChecks(w, r.Verification)
	fmt.Fprintf(w, "\n2. Hindcast\n\n")
	tellHindcast(w, r.Hindcast)
	fmt.Fprintf(w, "\n3. Patterns of the baseline, mean of %s\n\n", output.Count(r.PatternRuns, "run"))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\tobserved\tsimulated\twithin\tpattern")
	for _, p := range r.Patterns {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", p.Name, decimals(p.Observed), estimate(p.Simulated), yesNo(p.Within()), p.Statement)
	}
	t.Flush()
	fmt.Fprintf(w, "\n4. Docking\n\n")
	tellChecks(w, r.Docking)
	fmt.Fprintln(w)
	for _, claim := range r.Claims {
		fmt.Fprintf(t, "%s\t%.3f\t%s: %s\n", claim.Verdict(), claim.Measured, claim.Paper, claim.Statement)
	}
	t.Flush()
	fmt.Fprintf(w, "\n5. Hypotheses, %s of each side\n\n", output.Count(r.Runs, "run"))
	tellHypotheses(w, r)
	if len(r.Effects) > 0 {
		fmt.Fprintf(w, "\n6. Sensitivity of the baseline\n\n")
		tellSensitivity(w, r)
	}
}

func tellChecks(b io.Writer, list []evidence.Check) {
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

func tellHypotheses(b io.Writer, r *evidence.Report) {
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

func tellSensitivity(b io.Writer, r *evidence.Report) {
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
