package factors

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"splinternet/models/verdict"
	"splinternet/output"
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

// Methods are the names that --method takes.
var Methods = []string{Auto, Morris, Sobol, Regression, FirstOrder}

// analysisSeed draws bootstrap samples: results of one sweep are the same
// whenever it is analysed.
const analysisSeed = 1

// Sensitivity says which factors of a sweep matter for what.
type Sensitivity struct {
	*Data
	Method   string
	Why      string   // that method
	Names    []string // of the rows of a result: factors, or words of factors
	Results  []Result // by quantity
	Warnings []string

	classes [][]int // of the points that are known, by factor; for first-order indices
}

// Result is the analysis of one quantity. What the method does not give is nil.
type Result struct {
	Quantity
	Noise      analysis.Noise
	Effects    []analysis.Effects
	Indices    []analysis.Indices
	Regression *analysis.Regression
	First      []analysis.Estimate

	lost int // trajectories or rows that failed runs cost
}

// MethodError says that a method does not fit the design.
type MethodError struct{ Method, Design, Needs string }

func (e *MethodError) Error() string {
	return fmt.Sprintf("method %s needs %s, and this sweep is a %s design", e.Method, e.Needs, e.Design)
}

// Sensitivity analyses the named quantities of a sweep; nil stands for all
// measures at the end, the margin, and every end state that occurs.
func (s *Sweep) Sensitivity(method string, names []string) (*Sensitivity, error) {
	if len(s.Factors) == 0 {
		return nil, errors.New("the sweep varies nothing")
	}
	if s.Points < 2 {
		return nil, errors.New("the sweep has one point: with nothing to compare, no parameter can matter")
	}
	quantities, err := s.quantities(names)
	if err != nil {
		return nil, err
	}
	a := &Sensitivity{}
	if a.Method, a.Why, err = s.method(method); err != nil {
		return nil, err
	}
	if a.Data, err = s.Read(quantities); err != nil {
		return nil, err
	}
	if names == nil {
		a.drop(&quantities)
	}
	for k, q := range quantities {
		r, err := a.analyse(q, a.Values[k])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", q.Name, err)
		}
		a.Results = append(a.Results, r)
	}
	a.warn()
	return a, nil
}

func (s *Sweep) quantities(names []string) ([]Quantity, error) {
	if names == nil {
		names = append(names, s.Measures...)
		names = append(names, "margin")
		for _, l := range verdict.Labels {
			names = append(names, labelPrefix+string(l))
		}
	}
	var list []Quantity
	for _, name := range names {
		q, err := s.Quantity(name)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(list, func(other Quantity) bool { return other.Name == q.Name }) {
			list = append(list, q)
		}
	}
	return list, nil
}

// drop leaves out end states that no run came to.
func (a *Sensitivity) drop(quantities *[]Quantity) {
	var kept []Quantity
	var values []analysis.Runs
	for k, q := range *quantities {
		occurs := q.label == ""
		for _, labels := range a.Labels {
			occurs = occurs || slices.Contains(labels, q.label)
		}
		if occurs {
			kept, values = append(kept, q), append(values, a.Values[k])
		}
	}
	*quantities, a.Values = kept, values
}

// method settles the method, and why it is this one.
func (s *Sweep) method(asked string) (method, why string, err error) {
	for k := range s.Factors {
		s.Factors[k].settle()
	}
	switch asked {
	case Auto:
		switch s.Design {
		case experiment.Morris:
			return Morris, "elementary effects, because the sweep is a Morris design", nil
		case experiment.Saltelli:
			return Sobol, "first and total order indices, because the sweep is a Saltelli design", nil
		}
		for k := range s.Factors {
			if s.Factors[k].unordered() {
				return FirstOrder, fmt.Sprintf("first-order indices from classes, because a %s design allows no total indices and %s has no order to regress on",
					s.Design, s.Factors[k].Name), nil
			}
		}
		if s.Points < len(s.Factors)+2 {
			return FirstOrder, fmt.Sprintf("first-order indices from classes, because a %s design allows no total indices and %s are too few to regress on %d parameters",
				s.Design, output.Count(s.Points, "point"), len(s.Factors)), nil
		}
		return Regression, fmt.Sprintf("standardised regression coefficients, because a %s design allows no total indices; first-order indices beside them", s.Design), nil
	case Morris:
		if s.Design != experiment.Morris {
			return "", "", &MethodError{asked, s.Design, "Morris trajectories (sweep --design morris)"}
		}
		return asked, "elementary effects, as asked", nil
	case Sobol:
		if s.Design != experiment.Saltelli {
			return "", "", &MethodError{asked, s.Design, "a Saltelli design (sweep --design saltelli)"}
		}
		return asked, "first and total order indices, as asked", nil
	case Regression:
		return asked, "standardised regression coefficients, as asked; first-order indices beside them", nil
	case FirstOrder:
		return asked, "first-order indices from classes, as asked", nil
	}
	return "", "", &NameError{Kind: "method", Name: asked, Allowed: Methods}
}

func (a *Sensitivity) analyse(q Quantity, runs analysis.Runs) (Result, error) {
	r := Result{Quantity: q}
	if finished, _ := runs.Count(); finished == 0 {
		return r, errors.New("no run took it")
	}
	// Points that a sweep has not come to have no coordinates.
	known := a.whole()
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

// positions are the coordinates of points, NaN where they are not known: such a
// point's runs are missing, and it is passed over.
func (a *Sensitivity) positions() [][]float64 {
	list := make([][]float64, len(a.X))
	for p, x := range a.X {
		list[p] = make([]float64, len(a.Factors))
		for k := range a.Factors {
			list[p][k] = math.NaN()
			if x != nil {
				list[p][k] = a.Factors[k].position(x[k])
			}
		}
	}
	return list
}

func (a *Sensitivity) morris(r *Result, runs analysis.Runs) (err error) {
	names, groups := a.groups()
	d := analysis.MorrisDesign{Positions: a.positions(), Unordered: make([]bool, len(a.Factors)), Groups: groups}
	for k := range a.Factors {
		d.Unordered[k] = a.Factors[k].unordered()
	}
	a.Names = names
	if r.Effects, r.lost, err = analysis.MorrisEffects(d, runs, analysisSeed); err != nil {
		return edited(err)
	}
	for _, e := range r.Effects {
		if e.MuStar.N > 0 {
			return nil
		}
	}
	return edited(errors.New("no step of the design moves one factor alone between two runs that came to an end"))
}

// groups are the names of what moves together, and the number of each factor's
// group, in the order in which they first come.
func (s *Sweep) groups() (names []string, of []int) {
	for k := range s.Factors {
		f := &s.Factors[k]
		at := -1
		if f.Group != "" {
			at = slices.Index(names, f.Group)
		}
		if at < 0 {
			at = len(names)
			name := f.Group
			if name == "" {
				name = f.Name
			}
			names = append(names, name)
		}
		of = append(of, at)
	}
	return names, of
}

func (a *Sensitivity) names() []string {
	names := make([]string, len(a.Factors))
	for k := range a.Factors {
		names[k] = a.Factors[k].Name
	}
	return names
}

func (a *Sensitivity) sobol(r *Result, runs analysis.Runs) (err error) {
	names, groups := a.groups()
	if err := a.checkBlocks(len(names), groups); err != nil {
		return err
	}
	a.Names = names
	r.Indices, r.lost, err = analysis.SobolIndices(runs, len(names), analysisSeed)
	return edited(err)
}

func edited(err error) error {
	if err != nil {
		return fmt.Errorf("%w; were points of the plan edited or left out?", err)
	}
	return nil
}

// checkBlocks makes sure that the points still are those of a Saltelli design: in
// each row AB_g is A but for the factors of group g, which are B's.
func (a *Sensitivity) checkBlocks(groups int, of []int) error {
	block := groups + 2
	for at := 0; at+block <= len(a.X); at += block {
		first, last := a.X[at], a.X[at+block-1]
		for j := 1; j < block-1; j++ {
			point := a.X[at+j]
			if first == nil || last == nil || point == nil {
				continue
			}
			for k := range point {
				if want := [...]float64{first[k], last[k]}[one(of[k] == j-1)]; point[k] != want {
					return fmt.Errorf("point %d is none of a Saltelli design: was the plan edited?", at+j)
				}
			}
		}
	}
	return nil
}

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// regress gives each ordered factor a coefficient, and each word but the first of
// an unordered one: what it changes beside that first word.
func (a *Sensitivity) regress(r *Result, known []int, y []float64) (err error) {
	var columns [][]float64
	a.Names = nil
	for k := range a.Factors {
		f := &a.Factors[k]
		if !f.unordered() {
			a.Names = append(a.Names, f.Name)
			columns = append(columns, a.column(known, k))
			continue
		}
		for l := 1; l < len(f.Levels); l++ {
			indicator := make([]float64, len(known))
			for i, p := range known {
				indicator[i] = float64(one(int(a.X[p][k]) == l))
			}
			a.Names = append(a.Names, f.Name+"="+f.Levels[l])
			columns = append(columns, indicator)
		}
	}
	r.Regression, err = analysis.Regress(columns, y)
	return err
}

func (a *Sensitivity) column(known []int, k int) []float64 {
	column := make([]float64, len(known))
	for i, p := range known {
		column[i] = a.Factors[k].position(a.X[p][k])
	}
	return column
}

func (a *Sensitivity) firstOrder(r *Result, known []int, y []float64) {
	if a.Method == FirstOrder {
		a.Names = a.names()
	}
	if a.classes == nil {
		for k := range a.Factors {
			a.classes = append(a.classes, analysis.Classes(a.column(known, k)))
		}
	}
	for k := range a.Factors {
		r.First = append(r.First, analysis.FirstOrder(a.classes[k], y, analysisSeed))
	}
}

// ranked are the rows of a result by the size of what the method ranks by, the
// largest first; those without a value come last.
func (a *Sensitivity) ranked(r *Result) []int {
	rows := make([]int, len(a.Names))
	for k := range rows {
		rows[k] = k
	}
	sort.SliceStable(rows, func(i, j int) bool {
		x, y := math.Abs(a.score(r, rows[i])), math.Abs(a.score(r, rows[j]))
		return x > y || math.IsNaN(y) && !math.IsNaN(x)
	})
	return rows
}

func (a *Sensitivity) score(r *Result, row int) float64 {
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

// Limits below or above which a result deserves a warning.
const (
	fewTrajectories = 10  // Campolongo et al. (2007) use 10 to 20
	fewRows         = 256 // Saltelli et al. (2008) ask for some hundreds
	wide            = .2  // of an index' interval, end to end
	loud            = .5  // share of chance between points
)

// warn collects what a reader of the result must know.
func (a *Sensitivity) warn() {
	add := func(format string, values ...any) {
		a.Warnings = append(a.Warnings, fmt.Sprintf(format, values...))
	}
	if lost := a.lost(); lost != "" {
		add("%s.", lost)
	}
	if a.Runs == 1 {
		add("One run a point: chance cannot be told from what parameters do. Sweep with --runs 5 or more.")
	}
	var flat, loudest, hidden, bent, unsure, costly []string
	for k := range a.Results {
		r := &a.Results[k]
		if a.flat(r) {
			flat = append(flat, r.Name)
			continue
		}
		if r.Noise.Means > loud {
			loudest = append(loudest, r.Name)
		}
		if r.lost > 0 {
			costly = append(costly, r.Name)
		}
		if r.Regression != nil && r.Regression.R2 < analysis.LeastR2 {
			bent = append(bent, fmt.Sprintf("%s (%.2f)", r.Name, r.Regression.R2))
		}
		if r.Effects != nil && a.buried(r) {
			hidden = append(hidden, r.Name)
		}
		if a.wide(r) {
			unsure = append(unsure, r.Name)
		}
	}
	a.warnSize(add)
	list := func(names []string, format string) {
		if len(names) > 0 {
			add(format, strings.Join(names, ", "))
		}
	}
	list(flat, "Nothing moves %s in this sweep: it has no indices.")
	list(loudest, "More than half of the variance between points is chance in %s; more runs a point make the effects clearer.")
	list(hidden, "The strongest effect is not above what chance alone would show in %s.")
	list(bent, "The linear model accounts for less than 70 %% of the variance (R2) of %s: rank by the first-order indices.")
	switch a.Method {
	case Morris:
		list(unsure, "The interval of the strongest mu* is wider than the value in %s: more trajectories would tell.")
	case Sobol:
		list(unsure, "Intervals are wider than 0.2 in %s: double --base.")
	default:
		list(unsure, "Intervals are wider than 0.2 in %s: sweep more points.")
	}
	if len(costly) > 0 {
		a.warnLost(add, costly)
	}
}

func (a *Sensitivity) warnSize(add func(string, ...any)) {
	switch block := len(a.Names); a.Method {
	case Morris:
		if n := a.Points / (block + 1); n < fewTrajectories {
			add("Few trajectories (%d): 10 to 20 are usual.", n)
		}
	case Sobol:
		if n := a.Points / (block + 2); n < fewRows {
			add("Few base rows (%d): several hundred are usual.", n)
		}
	}
}

func (a *Sensitivity) warnLost(add func(string, ...any), names []string) {
	most := 0
	for k := range a.Results {
		most = max(most, a.Results[k].lost)
	}
	if a.Method == Morris {
		add("Runs that failed or did not take the measure cost effects in up to %d trajectories (%s); see the column trajectories.", most, strings.Join(names, ", "))
		return
	}
	add("Runs that failed or did not take the measure cost up to %d base rows (%s), which are left out as a whole.", most, strings.Join(names, ", "))
}

// flat tells whether nothing moves the quantity.
func (a *Sensitivity) flat(r *Result) bool {
	for row := range a.Names {
		if s := a.score(r, row); !math.IsNaN(s) && s != 0 {
			return false
		}
	}
	return true
}

// buried tells whether the strongest effect lies below the noise.
func (a *Sensitivity) buried(r *Result) bool {
	e := r.Effects[a.ranked(r)[0]]
	return e.MuStar.Value <= 1.5*e.Noise
}

// wide tells whether an interval is too wide to rank by.
func (a *Sensitivity) wide(r *Result) bool {
	var list []analysis.Estimate
	switch a.Method {
	case Morris:
		e := r.Effects[a.ranked(r)[0]].MuStar
		return e.High-e.Low > e.Value
	case Sobol:
		for _, i := range r.Indices {
			list = append(list, i.First, i.Total)
		}
	case Regression:
		list = append(list, r.Regression.Coefficients...)
	default:
		list = append(list, r.First...)
	}
	for _, e := range list {
		if e.High-e.Low > wide {
			return true
		}
	}
	return false
}
