package sensitivity

import (
	"math"
	"slices"

	"splinternet/sim/analysis"
)

// Concern is a reason to read findings with care.
type Concern int

// The concerns, in the order in which they are told.
const (
	Incomplete      Concern = iota // runs failed or are missing
	OneRun                         // of each point: chance cannot be told from effects
	FewTrajectories                // of a Morris design
	FewRows                        // of a Saltelli design
	Flat                           // nothing moves the quantities
	Noisy                          // most of the variance between points is chance
	Buried                         // the strongest effect is not above what chance would show
	NotLinear                      // the linear model accounts for too little
	Wide                           // intervals are too wide to rank by
	Costly                         // failed runs cost trajectories or rows
)

// Warning is a concern and what it is about.
type Warning struct {
	Concern Concern
	Results []int // it is about, by place in Findings.Results
	N       int   // how few there are; or trajectories or rows that failed runs cost at most
}

// Limits below or above which a result deserves a warning.
const (
	fewTrajectories = 10  // Campolongo et al. (2007) use 10 to 20
	fewRows         = 256 // Saltelli et al. (2008) ask for some hundreds
	wide            = .2  // of an index' interval, end to end
	noisy           = .5  // share of chance between points
	buried          = 1.5 // times the noise: an effect below is not above chance
)

// warn collects what a reader of the result must know.
func (a *Findings) warn() {
	if a.Failed > 0 || a.Missing > 0 {
		a.Warnings = append(a.Warnings, Warning{Concern: Incomplete})
	}
	if a.Runs == 1 {
		a.Warnings = append(a.Warnings, Warning{Concern: OneRun})
	}
	a.warnSize()
	var about [Costly + 1][]int
	most := 0
	for k := range a.Results {
		r := &a.Results[k]
		note := func(c Concern, is bool) {
			if is {
				about[c] = append(about[c], k)
			}
		}
		most = max(most, r.Lost)
		if a.flat(r) {
			note(Flat, true)
			continue
		}
		note(Noisy, r.Noise.Means > noisy)
		note(Buried, r.Effects != nil && a.buried(r))
		note(NotLinear, r.Regression != nil && r.Regression.R2 < analysis.LeastR2)
		note(Wide, a.wide(r))
		note(Costly, r.Lost > 0)
	}
	for c, list := range about {
		if list != nil {
			a.Warnings = append(a.Warnings, Warning{Concern: Concern(c), Results: list, N: most})
		}
	}
}

func (a *Findings) warnSize() {
	switch block := len(a.Names); a.Method {
	case Morris:
		if n := a.Points / (block + 1); n < fewTrajectories {
			a.Warnings = append(a.Warnings, Warning{Concern: FewTrajectories, N: n})
		}
	case Sobol:
		if n := a.Points / (block + 2); n < fewRows {
			a.Warnings = append(a.Warnings, Warning{Concern: FewRows, N: n})
		}
	}
}

// flat tells whether nothing moves the quantity.
func (a *Findings) flat(r *Result) bool {
	for row := range a.Names {
		if s := a.Score(r, row); !math.IsNaN(s) && s != 0 {
			return false
		}
	}
	return true
}

// buried tells whether the strongest effect lies below the noise.
func (a *Findings) buried(r *Result) bool {
	e := r.Effects[a.Ranked(r)[0]]
	return e.MuStar.Value <= buried*e.Noise
}

// wide tells whether an interval is too wide to rank by.
func (a *Findings) wide(r *Result) bool {
	list := r.First
	switch a.Method {
	case Morris:
		e := r.Effects[a.Ranked(r)[0]].MuStar
		return e.High-e.Low > e.Value
	case Sobol:
		for _, i := range r.Indices {
			list = append(list, i.First, i.Total)
		}
	case Regression:
		list = r.Regression.Coefficients
	}
	return slices.ContainsFunc(list, func(e analysis.Estimate) bool { return e.High-e.Low > wide })
}
