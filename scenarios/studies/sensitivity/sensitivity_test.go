package sensitivity

import (
	"errors"
	"math"
	"testing"

	"splinternet/models/verdict"
	"splinternet/scenarios/studies/factors"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// memory is a sweep that lies in no folder: the margin is twice the first factor less
// the second, and every tenth run failed.
type memory struct{ *factors.Sweep }

func (m memory) Read(quantities []factors.Quantity) (*factors.Data, error) {
	spec := experiment.Spec{Name: m.Design, Factors: 2, N: m.Points, Seed: 1}
	design, err := spec.Design()
	if err != nil {
		return nil, err
	}
	d := &factors.Data{Sweep: m.Sweep, Values: make([]analysis.Runs, len(quantities))}
	for p, u := range design.Points {
		label, margin := verdict.Drift, 2*u[0]-u[1]
		if p%10 == 0 {
			label, margin = "", math.NaN()
			d.Failed++
		}
		d.X, d.Labels = append(d.X, u), append(d.Labels, []verdict.Label{label})
		for k := range quantities {
			d.Values[k] = append(d.Values[k], []float64{margin})
		}
	}
	return d, nil
}

func TestAnalyse(t *testing.T) {
	s := &factors.Sweep{
		Design: experiment.Latin, Points: 100, Runs: 1,
		Factors: []factors.Factor{{Name: "strong", High: 1}, {Name: "weak", High: 1}},
	}
	a, err := Analyse(s, memory{s}, Auto, []string{"margin"})
	if err != nil || a.Method != Regression || a.Why != (Reason{}) {
		t.Fatalf("%v, %+v", err, a)
	}
	r := &a.Results[0]
	if math.Abs(r.Regression.R2-1) > 1e-12 || a.Ranked(r)[0] != 0 || a.Score(r, 1) >= 0 || a.RankedFirst(r)[0] != 0 {
		t.Errorf("R2 %g, %+v", r.Regression.R2, r.Regression.Coefficients)
	}
	if w := a.Warnings; len(w) < 2 || w[0].Concern != Incomplete || w[1].Concern != OneRun {
		t.Errorf("the warnings are %+v", w)
	}
	var misfit *MethodError
	if _, err := Analyse(s, memory{s}, Sobol, nil); !errors.As(err, &misfit) || misfit.Needs != experiment.Saltelli {
		t.Errorf("a method that does not fit gives %v", err)
	}
	s.Points = 3
	if a, err = Analyse(s, memory{s}, Auto, []string{"margin"}); err != nil || a.Method != FirstOrder || !a.Why.TooFew {
		t.Errorf("few points give %v, %+v", err, a)
	}
}
