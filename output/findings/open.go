package findings

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"splinternet/models/verdict"
	"splinternet/output/frame"
	"splinternet/output/sweep"
	"splinternet/scenarios"
	"splinternet/scenarios/studies/factors"
	"splinternet/sim/analysis"
)

// Folder is the folder of a sweep, as its studies take it.
type Folder struct {
	factors.Sweep
	Dir      string
	Title    string            // of the scenario
	Metadata map[string]string // provenance, for tables
}

// Open reads what was swept from the folder of a sweep.
func Open(dir string) (*Folder, error) {
	m, err := sweep.Open(dir)
	if err != nil {
		return nil, err
	}
	f := &Folder{
		Dir: dir, Title: m.Scenario.Title,
		Sweep: factors.Sweep{Design: m.Design.Name, Measures: m.Measures, Points: m.Points, Runs: m.RunsPerPoint},
		Metadata: map[string]string{
			"plan": m.Plan, "scenario": m.Scenario.Hash, "results_version": strconv.Itoa(m.ResultsVersion),
		},
	}
	if f.Title == "" {
		f.Title = m.Scenario.Name
	}
	for _, varied := range m.Factors {
		scale := scenarios.Scale(varied.Scale)
		f.Factors = append(f.Factors, factors.Factor{
			Name: varied.Name, Text: varied.Range, Group: varied.Group, Low: varied.Low, High: varied.High,
			Log: scale == scenarios.Log, Whole: scale == scenarios.Whole, Levels: varied.Levels,
		})
	}
	return f, nil
}

// Read reads the runs of the sweep: its factors, the labels, and the quantities. It
// implements factors.Source.
func (f *Folder) Read(quantities []factors.Quantity) (*factors.Data, error) {
	f.Settle()
	table, err := frame.Open(f.Dir, sweep.Runs)
	if err != nil {
		return nil, err
	}
	r := newReader(&f.Sweep, quantities, table)
	if err := table.Each(r.columns, r.take); err != nil {
		return nil, fmt.Errorf("%s: %w", table.Path, err)
	}
	if r.Missing = f.Points*f.Runs - r.rows; r.rows == r.Failed {
		return nil, fmt.Errorf("%s has no run that came to an end", f.Dir)
	}
	return r.Data, nil
}

// reader takes in the rows of the table of runs.
type reader struct {
	*factors.Data
	quantities []factors.Quantity
	columns    []string
	cells      []cells // by factor
	rows       int
}

// Columns before those of factors and quantities.
const (
	pointAt = iota
	replicateAt
	labelAt
	errorAt
	leadingColumns
)

func newReader(s *factors.Sweep, quantities []factors.Quantity, table *frame.Table) *reader {
	r := &reader{Data: &factors.Data{Sweep: s}, quantities: quantities, columns: []string{"point", "replicate", "label", "error"}}
	kinds := map[string]frame.Kind{}
	for _, h := range table.Columns {
		kinds[h.Name] = h.Kind
	}
	for k := range s.Factors {
		f := &s.Factors[k]
		r.columns = append(r.columns, f.Name)
		r.cells = append(r.cells, newCells(f, kinds[f.Name]))
	}
	for _, q := range quantities {
		r.columns = append(r.columns, q.Column)
		r.Values = append(r.Values, blanks(s.Points, s.Runs))
	}
	r.X = make([][]float64, s.Points)
	r.Labels = make([][]verdict.Label, s.Points)
	for p := range r.Labels {
		r.Labels[p] = make([]verdict.Label, s.Runs)
	}
	return r
}

func blanks(points, runs int) analysis.Runs {
	flat := make([]float64, points*runs)
	for i := range flat {
		flat[i] = math.NaN()
	}
	list := make(analysis.Runs, points)
	for p := range list {
		list[p] = flat[p*runs : (p+1)*runs]
	}
	return list
}

func (r *reader) take(row []frame.Cell) error {
	point, replicate := int(row[pointAt].Number), int(row[replicateAt].Number)
	if point < 0 || point >= r.Points || replicate < 0 || replicate >= r.Runs {
		return fmt.Errorf("row %d is replicate %d of point %d, which the plan does not have", r.rows+1, replicate, point)
	}
	r.rows++
	if r.X[point] == nil {
		r.X[point] = make([]float64, len(r.Factors))
		for k := range r.cells {
			x, err := r.cells[k].read(row[leadingColumns+k])
			if err != nil {
				return err
			}
			r.X[point][k] = x
		}
	}
	label := verdict.Label(row[labelAt].Word)
	r.Labels[point][replicate] = label
	if label == "" {
		r.Failed++
		return nil
	}
	for k, q := range r.quantities {
		x := row[leadingColumns+len(r.Factors)+k].Number
		if q.Label != "" {
			if x = 0; q.Label == label {
				x = 1
			}
		}
		r.Values[k][point][replicate] = x
	}
	return nil
}

// cells reads the column of a factor.
type cells struct {
	*factors.Factor
	kind     frame.Kind
	byWord   map[string]int
	byNumber map[float64]int // of a column of numbers, which are rounded
}

func newCells(f *factors.Factor, kind frame.Kind) cells {
	c := cells{f, kind, map[string]int{}, map[float64]int{}}
	for k, level := range f.Levels {
		c.byWord[level] = k
		if x, err := strconv.ParseFloat(level, 64); err == nil {
			c.byNumber[frame.Round(x)] = k
		}
	}
	return c
}

// read turns a cell into the number by which analyses know a value, see Factor.Value.
// NaN is a blank interval.
func (c *cells) read(cell frame.Cell) (float64, error) {
	if c.Levels == nil {
		if c.kind == frame.Word {
			return 0, fmt.Errorf("column %s holds %q, where the plan has numbers", c.Name, cell.Word)
		}
		return cell.Number, nil
	}
	level, known := c.byWord[cell.Word]
	if c.kind != frame.Word && !math.IsNaN(cell.Number) { // a blank number is the blank word
		level, known = c.byNumber[cell.Number]
	}
	if !known {
		found := cell.Word
		if c.kind != frame.Word {
			found = strconv.FormatFloat(cell.Number, 'g', -1, 64)
		}
		return 0, fmt.Errorf("column %s holds %q, which is no level of the plan (%s)", c.Name, found, strings.Join(c.Levels, ", "))
	}
	return c.Value(level), nil
}
