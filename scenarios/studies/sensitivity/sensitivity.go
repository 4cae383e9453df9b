// Package sensitivity says which of the factors that a sweep varied matter for what.
// The design of the sweep decides what can be said: elementary effects (Morris 1991,
// Campolongo et al. 2007), variance-based indices (Saltelli et al. 2008), standardised
// regression coefficients, or first-order indices from classes. The mathematics is that
// of sim/analysis.
package sensitivity

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"

	"splinternet/models/verdict"
	"splinternet/scenarios/studies/factors"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// The methods of sensitivity analysis.
const (
	Auto       = "auto"        // what the design allows
	Morris     = "morris"      // elementary effects, from Morris trajectories
	Sobol      = "sobol"       // variance-based indices, from a Saltelli design
	Regression = "regression"  // standardised coefficients, from any design
	FirstOrder = "first-order" // correlation ratios, from any design
)

// Methods are the names of the methods.
var Methods = []string{Auto, Morris, Sobol, Regression, FirstOrder}

// Seed draws bootstrap samples: results of one sweep are the same
// whenever it is analysed.
const Seed = 1

// Findings say which factors of a sweep matter for what.
type Findings struct {
	*factors.Data
	Method   string
	Why      Reason   // this method
	Names    []string // of the rows of a result: factors, groups of them, or words of factors
	Results  []Result // by quantity
	Warnings []Warning

	classes [][]int // of the points that are known, by factor; for first-order indices
}

// Result is the analysis of one quantity. What the method does not give is nil.
type Result struct {
	factors.Quantity
	Noise      analysis.Noise
	Effects    []analysis.Effects
	Indices    []analysis.Indices
	Regression *analysis.Regression
	First      []analysis.Estimate

	Lost int // trajectories or rows that failed runs cost
}

// Analyse analyses the named quantities of a sweep; nil stands for all measures at the
// end, the margin, and every end state that occurs. The error is a *MethodError, a
// *factors.NameError, an *analysis.TooFewError, an *EditedError, or one of the source.
func Analyse(s *factors.Sweep, source factors.Source, method string, names []string) (*Findings, error) {
	if len(s.Factors) == 0 {
		return nil, errors.New("the sweep varies nothing")
	}
	if s.Points < 2 {
		return nil, errors.New("the sweep has one point: with nothing to compare, no parameter can matter")
	}
	s.Settle()
	list, err := quantities(s, names)
	if err != nil {
		return nil, err
	}
	a := &Findings{}
	if a.Method, a.Why, err = choose(s, method); err != nil {
		return nil, err
	}
	if a.Data, err = source.Read(list); err != nil {
		return nil, err
	}
	if names == nil {
		list = a.drop(list)
	}
	for k, q := range list {
		r, err := a.analyse(q, a.Values[k])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.Name, err)
		}
		a.Results = append(a.Results, r)
	}
	a.warn()
	return a, nil
}

func quantities(s *factors.Sweep, names []string) ([]factors.Quantity, error) {
	if names == nil {
		names = append(names, s.Measures...)
		names = append(names, "margin")
		for _, l := range factors.Labels() {
			names = append(names, factors.LabelPrefix+l)
		}
	}
	var list []factors.Quantity
	for _, name := range names {
		q, err := s.Quantity(name)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(list, q) {
			list = append(list, q)
		}
	}
	return list, nil
}

// drop leaves out end states that no run came to.
func (a *Findings) drop(list []factors.Quantity) (kept []factors.Quantity) {
	var values []analysis.Runs
	for k, q := range list {
		occurs := slices.ContainsFunc(a.Labels, func(labels []verdict.Label) bool { return slices.Contains(labels, q.Label) })
		if q.Label == "" || occurs {
			kept, values = append(kept, q), append(values, a.Values[k])
		}
	}
	a.Values = values
	return kept
}

func (a *Findings) analyse(q factors.Quantity, runs analysis.Runs) (Result, error) {
	r := Result{Quantity: q}
	if finished, _ := runs.Count(); finished == 0 {
		return r, errors.New("no run took it")
	}
	// Points that a sweep has not come to have no coordinates.
	known := a.Known()
	have := make(analysis.Runs, len(known))
	for i, p := range known {
		have[i] = runs[p]
	}
	r.Noise = analysis.Partition(have)
	switch a.Method {
	case Morris:
		return r, a.morris(&r, runs)
	case Sobol:
		return r, a.sobol(&r, runs)
	case Regression:
		if err := a.regress(&r, known, have.Means()); err != nil {
			return r, err
		}
	}
	a.firstOrder(&r, known, have.Means())
	return r, nil
}

// Score is what the method ranks a row of a result by.
func (a *Findings) Score(r *Result, row int) float64 {
	switch a.Method {
	case Morris:
		return r.Effects[row].MuStar.Value
	case Sobol:
		return r.Indices[row].Total.Value
	case Regression:
		return r.Regression.Coefficients[row].Value
	}
	return r.First[row].Value
}

// Ranked are the rows of a result by the size of their score, the largest first; those
// without a value come last.
func (a *Findings) Ranked(r *Result) []int {
	return ranked(len(a.Names), func(row int) float64 { return a.Score(r, row) })
}

// RankedFirst are the factors by their first-order index in a result.
func (a *Findings) RankedFirst(r *Result) []int {
	return ranked(len(a.Factors), func(row int) float64 { return r.First[row].Value })
}

func ranked(n int, score func(row int) float64) []int {
	rows := make([]int, n)
	for k := range rows {
		rows[k] = k
	}
	sort.SliceStable(rows, func(i, j int) bool {
		x, y := math.Abs(score(rows[i])), math.Abs(score(rows[j]))
		return x > y || math.IsNaN(y) && !math.IsNaN(x)
	})
	return rows
}

// Reason is why a method was chosen.
type Reason struct {
	Asked   bool   // it was asked for by name
	NoOrder string // factor whose words have no order to regress on; ""
	TooFew  bool   // points to regress on all factors
}

// MethodError says that a method does not fit the design.
type MethodError struct {
	Method, Design string
	Needs          string // name of the design that it needs
}

func (e *MethodError) Error() string {
	return fmt.Sprintf("method %s needs a %s design, and this sweep is a %s design", e.Method, e.Needs, e.Design)
}

// choose settles the method, and why it is this one.
func choose(s *factors.Sweep, asked string) (method string, why Reason, err error) {
	needs := map[string]string{Morris: experiment.Morris, Sobol: experiment.Saltelli}[asked]
	switch {
	case !slices.Contains(Methods, asked):
		return "", Reason{}, &factors.NameError{Kind: "method", Name: asked, Allowed: Methods}
	case needs != "" && needs != s.Design:
		return "", Reason{}, &MethodError{Method: asked, Design: s.Design, Needs: needs}
	case asked != Auto:
		return asked, Reason{Asked: true}, nil
	case s.Design == experiment.Morris:
		return Morris, Reason{}, nil
	case s.Design == experiment.Saltelli:
		return Sobol, Reason{}, nil
	}
	for k := range s.Factors {
		if s.Factors[k].Unordered() {
			return FirstOrder, Reason{NoOrder: s.Factors[k].Name}, nil
		}
	}
	if s.Points < len(s.Factors)+2 {
		return FirstOrder, Reason{TooFew: true}, nil
	}
	return Regression, Reason{}, nil
}
