package sensitivity

import (
	"errors"
	"fmt"
	"math"

	"splinternet/sim/analysis"
)

// EditedError says that the points are not those of the design: somebody may have
// edited the plan, or left points out.
type EditedError struct{ err error }

func (e *EditedError) Error() string {
	return e.err.Error() + "; were points of the plan edited or left out?"
}

// Unwrap returns what does not fit.
func (e *EditedError) Unwrap() error { return e.err }

func edited(err error) error {
	if err != nil {
		return &EditedError{err}
	}
	return nil
}

// positions are the coordinates of points, NaN where they are not known: such a
// point's runs are missing, and it is passed over.
func (a *Findings) positions() [][]float64 {
	list := make([][]float64, len(a.X))
	for p, x := range a.X {
		list[p] = make([]float64, len(a.Factors))
		for k := range a.Factors {
			list[p][k] = math.NaN()
			if x != nil {
				list[p][k] = a.Factors[k].Position(x[k])
			}
		}
	}
	return list
}

func (a *Findings) morris(r *Result, runs analysis.Runs) (err error) {
	names, groups := a.Groups()
	d := analysis.MorrisDesign{Positions: a.positions(), Unordered: make([]bool, len(a.Factors)), Groups: groups}
	for k := range a.Factors {
		d.Unordered[k] = a.Factors[k].Unordered()
	}
	a.Names = names
	if r.Effects, r.Lost, err = analysis.MorrisEffects(d, runs, Seed); err != nil {
		return edited(err)
	}
	for _, e := range r.Effects {
		if e.MuStar.N > 0 {
			return nil
		}
	}
	return edited(errors.New("no step of the design moves one factor alone between two runs that came to an end"))
}

func (a *Findings) sobol(r *Result, runs analysis.Runs) (err error) {
	names, groups := a.Groups()
	if err := a.checkBlocks(len(names), groups); err != nil {
		return err
	}
	a.Names = names
	r.Indices, r.Lost, err = analysis.SobolIndices(runs, len(names), Seed)
	return edited(err)
}

// checkBlocks makes sure that the points still are those of a Saltelli design: in
// each row AB_g is A but for the factors of group g, which are B's.
func (a *Findings) checkBlocks(groups int, of []int) error {
	block := groups + 2
	for at := 0; at+block <= len(a.X); at += block {
		first, last := a.X[at], a.X[at+block-1]
		for j := 1; j < block-1; j++ {
			point := a.X[at+j]
			if first == nil || last == nil || point == nil {
				continue
			}
			for k := range point {
				want := first[k]
				if of[k] == j-1 {
					want = last[k]
				}
				if point[k] != want {
					return edited(fmt.Errorf("point %d is none of a Saltelli design", at+j))
				}
			}
		}
	}
	return nil
}

// regress gives each ordered factor a coefficient, and each word but the first of
// an unordered one: what it changes beside that first word.
func (a *Findings) regress(r *Result, known []int, y []float64) (err error) {
	var columns [][]float64
	a.Names = nil
	for k := range a.Factors {
		f := &a.Factors[k]
		if !f.Unordered() {
			a.Names = append(a.Names, f.Name)
			columns = append(columns, a.column(known, k))
			continue
		}
		for l := 1; l < len(f.Levels); l++ {
			indicator := make([]float64, len(known))
			for i, p := range known {
				if int(a.X[p][k]) == l {
					indicator[i] = 1
				}
			}
			a.Names = append(a.Names, f.Name+"="+f.Levels[l])
			columns = append(columns, indicator)
		}
	}
	r.Regression, err = analysis.Regress(columns, y)
	return err
}

func (a *Findings) column(known []int, k int) []float64 {
	column := make([]float64, len(known))
	for i, p := range known {
		column[i] = a.Factors[k].Position(a.X[p][k])
	}
	return column
}

func (a *Findings) firstOrder(r *Result, known []int, y []float64) {
	if a.Method == FirstOrder {
		a.Names = a.Sweep.Names()
	}
	if a.classes == nil {
		for k := range a.Factors {
			a.classes = append(a.classes, analysis.Classes(a.column(known, k)))
		}
	}
	for k := range a.Factors {
		r.First = append(r.First, analysis.FirstOrder(a.classes[k], y, Seed))
	}
}
