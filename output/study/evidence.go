package study

import (
	"io"
	"slices"

	"splinternet/models/voting/forecast"
	"splinternet/output/kind"
	"splinternet/scenarios/evidence"
	"splinternet/scenarios/hindcast"
)

// EvidenceOf makes the folder of the evidence for the model: its tables and a page.
func EvidenceOf(r *evidence.Report) *Finding {
	m := New(kind.Evidence)
	m.Seed, m.Runs, m.Finished, m.Complete = 1, r.Runs, r.Runs, true
	m.Options["level"], m.Options["fingerprint"], m.Options["passed"] = string(r.Level), r.Fingerprint, r.Passed()
	return &Finding{
		Manifest: m, Tables: evidenceTables(r), Texts: []Text{{Name: "evidence.md", Content: r.Markdown()}},
		tell: func(w io.Writer) { tellEvidence(w, r) },
	}
}

// evidenceTables are the report as tables; hindcast.csv has a row for each predicted vote.
func evidenceTables(r *evidence.Report) []*Table {
	list := []*Table{
		checksTable("verification", r.Verification), scoreTable(r.Hindcast), HindcastTable(r.Hindcast), seriesTable(r), patternTable(r),
		checksTable("docking", r.Docking), claimTable(r), hypothesisTable(r), effectTable(r), shareTable(r),
	}
	if r.Weights != nil {
		list = append(list, weightsTable(r.Weights))
	}
	return list
}

func checksTable(name string, list []evidence.Check) *Table {
	t := NewTable(name, slices.Concat(Words("group", "case", "source"), Numbers("expected", "tolerance", "measured"), Words("reproduced"))...)
	for _, c := range list {
		t.Row(c.Group, c.Name, c.Source, c.Expected, c.Tolerance, c.Measured, c.Passed())
	}
	return t
}

func scoreTable(h *hindcast.Result) *Table {
	t := NewTable("hindcast_scores", slices.Concat(Words("resolution", "forecast"), Wholes("n"),
		Numbers("accuracy", "balanced_accuracy", "brier", "log_score"), Wholes("changed"), Numbers("recall_changed"))...)
	row := func(id, forecast string, s forecast.Score) {
		t.Row(id, forecast, s.N, s.Accuracy, s.BalancedAccuracy, s.Brier, s.LogScore, s.Changed, s.RecallChanged)
	}
	for _, c := range h.Calls {
		row(c.ID, "model", c.Score)
		for k, name := range hindcast.Baselines {
			row(c.ID, name, c.Baselines[k])
		}
	}
	return t
}

func seriesTable(r *evidence.Report) *Table {
	t := NewTable("series", slices.Concat(Words("series"), Wholes("rollcalls"), Numbers(
		"log_score", "persistence_log_score", "brier", "persistence_brier", "accuracy", "persistence_accuracy"))...)
	for _, s := range r.Series {
		t.Row(s.Subject, s.Calls, s.Model.LogScore, s.Persistence.LogScore, s.Model.Brier, s.Persistence.Brier, s.Model.Accuracy, s.Persistence.Accuracy)
	}
	return t
}

func patternTable(r *evidence.Report) *Table {
	t := NewTable("patterns", slices.Concat(Words("pattern", "statement"),
		Numbers("observed", "simulated", "low", "high", "tolerance_low", "tolerance_high"), Wholes("runs"), Words("within"))...)
	for _, p := range r.Patterns {
		t.Row(p.Name, p.Statement, p.Observed, p.Simulated.Value, p.Simulated.Low, p.Simulated.High, p.Low, p.High, r.PatternRuns, p.Within())
	}
	return t
}

func claimTable(r *evidence.Report) *Table {
	t := NewTable("claims", slices.Concat(Words("paper", "statement"), Wholes("seeds"),
		Numbers("measured", "low", "high", "holds_from", "holds_to"), Words("verdict"))...)
	for _, c := range r.Claims {
		t.Row(c.Paper, c.Statement, c.Seeds, c.Measured, c.Interval[0], c.Interval[1], c.Low, c.High, c.Verdict())
	}
	return t
}

func hypothesisTable(r *evidence.Report) *Table {
	t := NewTable("hypotheses", slices.Concat(Words("hypothesis", "idea", "change", "quantity", "expected"),
		Numbers("margin", "without", "effect", "low", "high"), Wholes("runs"), Words("finding"))...)
	for _, h := range r.Hypotheses {
		t.Row(h.Hypothesis, h.Idea, h.Change, h.Quantity, h.Expected, h.Margin, h.Control, h.Effect.Value, h.Effect.Low, h.Effect.High, r.Runs, string(h.Finding))
	}
	return t
}

func effectTable(r *evidence.Report) *Table {
	t := NewTable("sensitivity", slices.Concat(Words("measure", "parameter", "source"),
		Numbers("mu_star", "mu_star_low", "mu_star_high", "sigma", "st", "st_low", "st_high"))...)
	for _, e := range r.Effects {
		t.Row(e.Measure, e.Parameter, string(e.Source), e.MuStar.Value, e.MuStar.Low, e.MuStar.High, e.Sigma, e.Total.Value, e.Total.Low, e.Total.High)
	}
	return t
}

func shareTable(r *evidence.Report) *Table {
	t := NewTable("end_states", slices.Concat(Words("label"),
		Numbers("share_default", "low_default", "high_default", "share_ranging", "low_ranging", "high_ranging"))...)
	for _, s := range r.Shares {
		t.Row(string(s.Label), s.Default.Value, s.Default.Low, s.Default.High, s.Ranging.Value, s.Ranging.Low, s.Ranging.High)
	}
	return t
}
