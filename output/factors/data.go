package factors

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/sim/analysis"
)

// Sweep is what an analysis needs to know of a sweep.
type Sweep struct {
	Dir      string
	Title    string // of the scenario
	Design   string // name of the design
	Factors  []Factor
	Measures []string // kept of each run: NAME_first, NAME_last, NAME_end
	Points   int
	Runs     int               // of each point
	Complete bool              // no run is missing
	Metadata map[string]string // provenance, for tables
}

// endings are the three columns of a measure.
var endings = []string{"_end", "_first", "_last"}

// Quantity is what is analysed of each run: a measure, the margin, or whether the
// run ended in a certain state.
type Quantity struct {
	Name   string        // as tables have it
	column string        // that holds it
	label  verdict.Label // when it is whether a run has this label
}

const labelPrefix = "label="

// Quantity reads what --measure names: a measure (its mean at the end), one with
// _first, _last or _end, "margin", or "label=" and an end state, which is 1 in
// runs that end so and else 0.
func (s *Sweep) Quantity(text string) (Quantity, error) {
	if text == "margin" {
		return Quantity{Name: text, column: text}, nil
	}
	if word, is := strings.CutPrefix(text, labelPrefix); is {
		for _, l := range verdict.Labels {
			if string(l) == word {
				return Quantity{Name: text, column: "label", label: l}, nil
			}
		}
		return Quantity{}, &NameError{Kind: "end state", Name: word, Allowed: labels()}
	}
	for _, m := range s.Measures {
		if text == m {
			text += endings[0]
		}
		for _, ending := range endings {
			if text == m+ending {
				return Quantity{Name: text, column: text}, nil
			}
		}
	}
	return Quantity{}, &NameError{Kind: "measure of this sweep", Name: text, Allowed: append(s.Measures[:len(s.Measures):len(s.Measures)], "margin", "label=END-STATE")}
}

// NameError says that a name is not among those allowed.
type NameError struct {
	Kind, Name string
	Allowed    []string
}

func (e *NameError) Error() string {
	return fmt.Sprintf("%q is no %s; allowed: %s", e.Name, e.Kind, strings.Join(e.Allowed, ", "))
}

func labels() []string {
	list := make([]string, len(verdict.Labels))
	for k, l := range verdict.Labels {
		list[k] = string(l)
	}
	return list
}

// Data are the runs of a sweep, by point and replicate.
type Data struct {
	*Sweep
	X       [][]float64     // value of each factor at each point, see Factor.read
	Values  []analysis.Runs // by quantity
	Labels  [][]verdict.Label
	Failed  int // runs that ended with an error
	Missing int // runs that are not in the table
}

// Read reads the runs of a sweep: its factors, the labels, and the quantities.
func (s *Sweep) Read(quantities []Quantity) (*Data, error) {
	for k := range s.Factors {
		s.Factors[k].settle()
	}
	table, err := frame.Open(s.Dir, "runs")
	if err != nil {
		return nil, err
	}
	r := newReader(s, quantities, table)
	if err := table.Each(r.columns, r.take); err != nil {
		return nil, fmt.Errorf("%s: %w", table.Path, err)
	}
	return r.finish()
}

// reader takes in the rows of the table of runs.
type reader struct {
	*Data
	quantities []Quantity
	columns    []string
	kinds      map[string]frame.Kind
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

func newReader(s *Sweep, quantities []Quantity, table *frame.Table) *reader {
	r := &reader{
		Data: &Data{Sweep: s}, quantities: quantities, kinds: map[string]frame.Kind{},
		columns: []string{"point", "replicate", "label", "error"},
	}
	for _, h := range table.Columns {
		r.kinds[h.Name] = h.Kind
	}
	for k := range s.Factors {
		r.columns = append(r.columns, s.Factors[k].Name)
	}
	for _, q := range quantities {
		r.columns = append(r.columns, q.column)
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
		for k := range r.Factors {
			f := &r.Factors[k]
			x, err := f.read(row[leadingColumns+k], r.kinds[f.Name])
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
		if q.label != "" {
			if x = 0; q.label == label {
				x = 1
			}
		}
		r.Values[k][point][replicate] = x
	}
	return nil
}

func (r *reader) finish() (*Data, error) {
	r.Missing = r.Points*r.Runs - r.rows
	if r.rows == r.Failed {
		return nil, fmt.Errorf("%s has no run that came to an end", r.Dir)
	}
	return r.Data, nil
}

// whole are the points that have a row: of an incomplete sweep the rest is not
// known.
func (d *Data) whole() []int {
	var list []int
	for p, x := range d.X {
		if x != nil {
			list = append(list, p)
		}
	}
	return list
}

// lost words what is missing, for a warning, or "".
func (d *Data) lost() string {
	var parts []string
	if d.Failed > 0 {
		parts = append(parts, fmt.Sprintf("%s failed", output.Count(d.Failed, "run")))
	}
	if d.Missing > 0 {
		parts = append(parts, fmt.Sprintf("%s not been played (sweep --resume goes on)", hasBeen(d.Missing)))
	}
	if parts == nil {
		return ""
	}
	text := fmt.Sprintf("%s of %d, and %s left out", strings.Join(parts, " and "), d.Points*d.Runs, isAre(d.Failed+d.Missing))
	if n := d.emptied(); n > 0 {
		text += fmt.Sprintf("; %d of %s %s no run, and nothing is known of what happens there", n, output.Count(d.Points, "point"), hasHave(n))
	}
	return text
}

// emptied counts the points of which no run came to an end.
func (d *Data) emptied() (n int) {
	for _, labels := range d.Labels {
		if !slices.ContainsFunc(labels, func(l verdict.Label) bool { return l != "" }) {
			n++
		}
	}
	return n
}

func hasHave(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

func hasBeen(n int) string {
	if n == 1 {
		return "1 has"
	}
	return fmt.Sprintf("%d have", n)
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}
