package evidence

import (
	"fmt"
	"math"
	"strings"

	"splinternet/models/voting/forecast"
	"splinternet/scenarios/hindcast"
	"splinternet/sim/analysis"
)

// Markdown is the report as a page.
func (r *Report) Markdown() string {
	p := new(page)
	p.line("# Evidence")
	p.line("")
	p.line("Written by `splinternet validate --%s`. Do not edit: write it anew when it is out of date, which `.ci/run` tells.", r.Level)
	p.line("")
	p.line("Results version %d, fingerprint of results version, declarations and data `%s`.", r.ResultsVersion, r.Fingerprint)
	p.line("")
	p.line("The model is for understanding and teaching, not for forecasting. This page says what speaks for it and what does not:")
	p.line("whether its code gives the published numbers in the limits in which they are known (1), how it does on recorded votes (2)")
	p.line("and stylised facts (3), whether it reproduces other models (4), what its own hypotheses come to (5), and what its results")
	p.line("hang on (6). No parameter was set to please a hypothesis.")
	r.verification(p)
	r.hindcast(p)
	r.patterns(p)
	r.docking(p)
	r.hypotheses(p)
	r.sensitivity(p)
	return p.String()
}

type page struct{ strings.Builder }

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

func (p *page) heading(title string) {
	p.line("")
	p.line("## %s", title)
	p.line("")
}

// row writes cells; a nil list of cells is not allowed.
func (p *page) row(cells ...string) {
	for k := range cells {
		cells[k] = strings.ReplaceAll(cells[k], "|", "\\|")
	}
	p.line("| %s |", strings.Join(cells, " | "))
}

func (p *page) header(cells ...string) {
	p.row(cells...)
	p.line("|%s", strings.Repeat(" --- |", len(cells)))
}

// num is a number with a few digits, "-" where there is none.
func num(x float64) string {
	switch {
	case math.IsNaN(x):
		return "-"
	case x != 0 && math.Abs(x) < 1e-6: // rounding
		return fmt.Sprintf("%.0e", x)
	}
	return strings.TrimSuffix(fmt.Sprintf("%.6g", x), "-")
}

func three(x float64) string {
	if math.IsNaN(x) {
		return "-"
	}
	return fmt.Sprintf("%.3f", x)
}

func interval(e analysis.Estimate) string {
	if math.IsNaN(e.Low) {
		return three(e.Value)
	}
	return fmt.Sprintf("%.3f (%.3f to %.3f)", e.Value, e.Low, e.High)
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "**no**"
}

func (p *page) checks(list []Check) {
	passed := 0
	for _, c := range list {
		if c.Passed() {
			passed++
		}
	}
	p.line("%d of %d numbers are reproduced.", passed, len(list))
	p.line("")
	p.header("what", "case", "expected", "tolerance", "measured", "reproduced")
	for k, c := range list {
		group := ""
		if k == 0 || list[k-1].Group != c.Group || list[k-1].Source != c.Source {
			group = fmt.Sprintf("**%s**: %s", c.Group, c.Source)
		}
		p.row(group, c.Name, num(c.Expected), num(c.Tolerance), num(c.Measured), yes(c.Passed()))
	}
}

func (r *Report) verification(p *page) {
	p.heading("1. Verification")
	p.line("The code of the mechanisms, set to the limits in which theory knows the answer. Those marked as references are published")
	p.line("models that no mechanism contains; they are kept beside the model because its literature rests on them.")
	p.checks(r.Verification)
}

func (r *Report) hindcast(p *page) {
	h := r.Hindcast
	p.heading("2. Hindcast")
	p.line("Roll calls after %s, predicted state by state by the voting mechanism with positions from the %d roll calls up to that day: of the", h.Until.Format("2 January 2006"), len(h.Training))
	p.line("resolution only date, line, kind and lead sponsor go in. Three categories. The Brier score sums over them; the log score is the mean")
	p.line("of -ln p of the vote cast; low is good. *Changed* are the states that voted otherwise than the last time on the line and side of the")
	p.line("sponsor, *found* the share of them whose vote was predicted. The votes of 2019 were known when the constants of the forecast were set:")
	p.line("they are **calibrated**. Later votes are held out; `splinternet validate hindcast --votes FILE --resolutions FILE --until DATE` predicts them.")
	p.line("")
	p.header("resolution", "forecast", "accuracy", "balanced", "Brier", "log score", "changed, found")
	for _, c := range h.Calls {
		p.row(c.ID, "**model**", three(c.Score.Accuracy), three(c.Score.BalancedAccuracy), three(c.Score.Brier), three(c.Score.LogScore),
			fmt.Sprintf("%d, %s", c.Score.Changed, share(c.Score.RecallChanged)))
		for k, b := range c.Baselines {
			p.row("", words(hindcast.Baselines[k]), three(b.Accuracy), three(b.BalancedAccuracy), three(b.Brier), three(b.LogScore), share(b.RecallChanged))
		}
		p.row("", "ordered logit fitted to the vote itself (a ceiling)", three(c.Ceiling), "", "", "", "")
	}
	mean := func(of func(*hindcast.Call) forecast.Score) []string {
		m := h.MeanOf(of)
		return []string{three(m.Accuracy), three(m.BalancedAccuracy), three(m.Brier), three(m.LogScore), ""}
	}
	p.row(append([]string{"mean", "**model**"}, mean(func(c *hindcast.Call) forecast.Score { return c.Score })...)...)
	for k, name := range hindcast.Baselines {
		p.row(append([]string{"", words(name)}, mean(func(c *hindcast.Call) forecast.Score { return c.Baselines[k] })...)...)
	}
	p.line("")
	p.line("%s", r.verdictOnHindcast())
	p.line("")
	p.line("The most probable vote of a state is nearly always that of the last time, so that the model finds hardly any of those who changed; what")
	p.line("it knows of them is in the probabilities, not in the most probable vote. 74/29 is the hardest: 45 opponents of 73/27 abstained on a text that")
	p.line("supported the same forum, which the model holds for about as likely as that they would vote no again.")
	p.line("")
	p.line("The same forecaster on series of other resolutions that the Assembly votes on year by year, 2010 to 2019, each roll call but the first")
	p.line("predicted by those before it. Its constants were set on these series and on the votes above together.")
	p.line("")
	p.header("series", "roll calls", "log score", "persistence", "Brier", "persistence", "accuracy", "persistence")
	for _, s := range r.Series {
		p.row(s.Subject, fmt.Sprint(s.Calls), three(s.Model.LogScore), three(s.Persistence.LogScore), three(s.Model.Brier), three(s.Persistence.Brier),
			three(s.Model.Accuracy), three(s.Persistence.Accuracy))
	}
}

// verdictOnHindcast says which baselines are beaten, and where not.
func (r *Report) verdictOnHindcast() string {
	var behind []string
	for _, c := range r.Hindcast.Calls {
		for k, b := range c.Baselines {
			if c.Score.LogScore >= b.LogScore {
				behind = append(behind, fmt.Sprintf("%s has the better log score on %s", words(hindcast.Baselines[k]), c.ID))
			}
			if c.Score.Brier >= b.Brier {
				behind = append(behind, fmt.Sprintf("%s has the better Brier score on %s", words(hindcast.Baselines[k]), c.ID))
			}
			if c.Score.Accuracy < b.Accuracy {
				behind = append(behind, fmt.Sprintf("%s is more accurate on %s", words(hindcast.Baselines[k]), c.ID))
			}
		}
	}
	if len(behind) == 0 {
		return "The model beats every baseline on log score and Brier score on each roll call, and none is more accurate on any."
	}
	return "The model does not beat every baseline: " + strings.Join(behind, "; ") + "."
}

func words(slug string) string { return strings.ReplaceAll(slug, "_", " ") }

func share(x float64) string {
	if math.IsNaN(x) {
		return "-"
	}
	return fmt.Sprintf("%.0f %%", 100*x)
}

func (r *Report) patterns(p *page) {
	p.heading("3. Patterns")
	p.line("Stylised facts beside the mean of %d runs of the baseline with its 95 %% interval. The baseline schedules what was decided up to 2020", r.PatternRuns)
	p.line("(the texts of P1 to P4, the bans of P9 up to then) and knows the votes of 2018; it is what states did with them that is simulated.")
	p.line("")
	p.header("", "pattern", "observed", "simulated", "tolerance", "within")
	for _, q := range r.Patterns {
		high := "any"
		if !math.IsInf(q.High, 1) {
			high = num(math.Round(q.High*1000) / 1000)
		}
		p.row(q.Name, q.Statement, three(q.Observed), interval(q.Simulated), num(math.Round(q.Low*1000)/1000)+" to "+high, yes(q.Within()))
	}
}

func (r *Report) docking(p *page) {
	p.heading("4. Docking")
	p.line("Other programs' published results. The challenge model is a way to negotiate that a scenario can give a forum")
	p.line("(`negotiation = \"challenges\"`). The replication prints one number under two names: what it calls the median of a round is the mean by")
	p.line("capability and salience. It also never lets an actor capitulate, as it compares a number with its own absolute value; the rule of the paper is")
	p.line("there to be switched on, and off here.")
	p.checks(r.Docking)
	p.line("")
	p.line("Statements of papers, measured anew.")
	p.line("")
	p.header("paper", "statement", "seeds", "measured", "holds from", "to", "verdict")
	for _, c := range r.Claims {
		p.row(c.Paper, c.Statement, fmt.Sprint(c.Seeds), fmt.Sprintf("%.3f (%.3f to %.3f)", c.Measured, c.Interval[0], c.Interval[1]), num(c.Low), num(c.High), c.Verdict())
	}
}

func (r *Report) hypotheses(p *page) {
	p.heading("5. Hypotheses")
	p.line("Pairs of scenarios with common random numbers, %d runs each. Quantities are means of the last two years of a run, those marked *first* of its", r.Runs)
	p.line("first three. The effect is the mean difference with its 95 %% interval. A direction is supported when the interval lies on its side of zero,")
	p.line("not supported when it lies on the other, or nothing changes at all; *stays* is supported when the interval lies within the margin.")
	p.line("")
	p.header("", "idea", "change", "quantity", "expected", "without", "effect", "finding")
	for k, t := range r.Hypotheses {
		idea, change := t.Idea, t.Change
		if k > 0 && r.Hypotheses[k-1].Idea == t.Idea {
			idea, change = "", ""
		}
		expected := t.Expected
		if t.Margin > 0 {
			expected = fmt.Sprintf("%s within %g", expected, t.Margin)
		}
		e := t.Effect
		effect := "-"
		if !math.IsNaN(e.Low) {
			effect = fmt.Sprintf("%+.4f (%+.4f to %+.4f)", e.Value, e.Low, e.High)
		}
		p.row(t.Hypothesis, idea, change, "`"+t.Quantity+"`", expected, three(t.Control), effect, emphasise(t.Finding))
	}
	p.line("")
	p.line("%s", r.summaryOfHypotheses())
}

func emphasise(f Finding) string {
	if f == Supported {
		return string(f)
	}
	return "**" + string(f) + "**"
}

// summaryOfHypotheses says which are supported in all that they expect.
func (r *Report) summaryOfHypotheses() string {
	var names []string
	worst := map[string]Finding{}
	for _, t := range r.Hypotheses {
		if worst[t.Hypothesis] == "" {
			names, worst[t.Hypothesis] = append(names, t.Hypothesis), Supported
		}
		if t.Finding == NotSupported || t.Finding == Unclear && worst[t.Hypothesis] == Supported {
			worst[t.Hypothesis] = t.Finding
		}
	}
	var parts []string
	for _, f := range []Finding{Supported, NotSupported, Unclear} {
		var list []string
		for _, name := range names {
			if worst[name] == f {
				list = append(list, name)
			}
		}
		what := map[Finding]string{
			Supported: "Supported in all that they expect", NotSupported: "not supported in part or whole", Unclear: "unclear in part",
		}[f]
		if len(list) > 0 {
			parts = append(parts, what+": "+strings.Join(list, ", "))
		}
	}
	return strings.Join(parts, "; ") + "."
}

func (r *Report) sensitivity(p *page) {
	p.heading("6. Calibration and sensitivity")
	if len(r.Effects) == 0 {
		p.line("Only with `splinternet validate --full`.")
		return
	}
	p.line("Elementary effects of all %d numeric parameters over their plausible ranges (Morris, %d trajectories, one seed), mean size with 95 %% interval and", len(r.Effects)/len(outcomes), r.Effort.Trajectories)
	p.line("spread, in units of the measure's mean over the last two years; and total Sobol indices of the %d strongest over all three measures (%d rows).", strongest, r.Effort.Rows)
	p.line("The ten strongest on each measure are shown. *Data* are parameters tied to records, *literature* those whose sign or size others have")
	p.line("found, *assumption* those that only a sweep can judge.")
	p.line("")
	p.header("measure", "parameter", "ground", "mean size of effect", "spread", "total index")
	n := len(r.Effects) / len(outcomes)
	last := ""
	for _, e := range r.Strongest(10) {
		measure := ""
		if e.Measure != last {
			measure, last = words(e.Measure), e.Measure
		}
		index := "-"
		if !math.IsNaN(e.Total.Value) {
			index = interval(e.Total)
		}
		p.row(measure, "`"+e.Parameter+"`", string(e.Source), interval(e.MuStar), three(e.Sigma), index)
	}
	grounds := map[string]int{}
	for _, e := range r.Effects[:n] {
		grounds[string(e.Source)]++
	}
	p.line("")
	p.line("Of these parameters %d are tied to data, %d rest on the literature and %d are assumptions.", grounds["data"], grounds["literature"], grounds["assumption"])
	p.line("")
	p.line("How the baseline ends, over %d runs at its defaults and over as many joint draws of all parameters from their plausible ranges (Latin hypercube)", r.Effort.Draws)
	p.line("and of initial positions from their posterior. No label above 80 %% over the draws means that the baseline is open.")
	p.line("")
	p.header("end state", "at the defaults", "over the plausible ranges")
	for _, s := range r.Shares {
		p.row(s.Label.Words(), interval(s.Default), interval(s.Ranging))
	}
	r.weights(p)
}
