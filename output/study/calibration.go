package study

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/scenarios/studies"
)

// CalibrationOf makes the folder of a calibration: what is known of each factor, the
// check, the particles of every round, the target, and two scenarios ready to run.
// Target is the file of the targets; complete tells that nothing was interrupted.
func CalibrationOf(c *studies.Calibration, target Text, complete bool) *Finding {
	m := New(kind.Calibration)
	m.Scenarios = []output.Scenario{scenarioOf(&c.Side)}
	m.Seed, m.Runs, m.Finished, m.Complete = c.Size.Seed, c.Played*c.Size.Runs, c.Played*c.Size.Runs, complete
	var vary []string
	for k := range c.Factors {
		vary = append(vary, c.Factors[k].String())
	}
	m.Options["vary"], m.Options["draws"], m.Options["particles"], m.Options["rounds"] = vary, c.Draws, c.Particles, c.Rounds
	m.Options["runs_a_simulation"], m.Options["check"] = c.Size.Runs, c.Checked
	f := &Finding{
		Manifest: m, Tables: []*Table{marginalTable(c), checkTable(c)}, Raw: []*Table{posteriorTable(c)},
		Texts: []Text{{Name: "target.toml", Content: target.Content}}, tell: (&calibration{c, target.Name}).tell,
	}
	for _, point := range []struct {
		name   string
		values []float64
	}{{"best", c.Best().Values}, {"middle", c.Middle()}} {
		text, err := calibrated(c, target.Name, points[point.name], point.values)
		if err != nil {
			m.warn([]studies.Warning{studies.Impossible{Point: point.name, Err: err}})
			continue
		}
		f.Texts = append(f.Texts, Text{Name: point.name + ".toml", Content: text})
	}
	m.warn(c.Warnings)
	return f
}

// points say what the points of a posterior are that become scenarios.
var points = map[string]string{"best": "the particle nearest to the target", "middle": "the middle of the posterior"}

// calibrated is the scenario with the factors at a point.
func calibrated(c *studies.Calibration, target, what string, values []float64) (string, error) {
	assignments := c.Assignments(values)
	s := c.Side.Scenario
	v, err := s.Variant(append(assignments, "title="+s.Title+" (calibrated)"))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("# %s calibrated to %s: %s.\n# %s\n\n%s", c.Side.Name, target, what, strings.Join(assignments, ", "), v.Text), nil
}

func marginalTable(c *studies.Calibration) *Table {
	t := NewTable("calibration", slices.Concat(Words("parameter"),
		Numbers("prior_low", "prior_high", "mean", "low", "high", "shrinkage"), Words("identified", "best"))...)
	for k := range c.Factors {
		m := c.Marginal(k)
		t.Row(c.Factors[k].Name, m.PriorLow, m.PriorHigh, m.Mean, m.Low, m.High, m.Shrinkage, m.Identified, m.Best)
	}
	return t
}

func checkTable(c *studies.Calibration) *Table {
	t := NewTable("predictive_check", slices.Concat(Words("target", "wanted"), Numbers("tolerance",
		"before", "before_low", "before_high", "after", "after_low", "after_high"))...)
	for k := range c.Targets {
		cells := []any{c.Targets[k].Name, c.Targets[k].Wanted(), c.Targets[k].Tolerance}
		for _, statistics := range [][][]float64{c.Before, c.After} {
			low, high, _ := c.Range95(statistics, k)
			cells = append(cells, c.MeanOf(statistics, k), low, high)
		}
		t.Row(cells...)
	}
	return t
}

// posteriorTable is the posterior of every round, a row for each particle.
func posteriorTable(c *studies.Calibration) *Table {
	columns := slices.Concat(Wholes("round"), Numbers("weight", "distance"))
	for k := range c.Factors {
		if c.Worded(k) {
			columns = append(columns, Words(c.Factors[k].Name)...)
		} else {
			columns = append(columns, Numbers(c.Factors[k].Name)...)
		}
	}
	t := NewTable("posterior", columns...)
	for round, r := range c.Posterior.Rounds {
		for _, p := range r.Particles {
			cells := []any{round, p.Weight, p.Distance}
			for k := range c.Factors {
				if c.Worded(k) {
					cells = append(cells, c.Value(k, p.Values[k]))
				} else {
					cells = append(cells, c.Number(k, p.Values[k]))
				}
			}
			t.Row(cells...)
		}
	}
	return t
}
