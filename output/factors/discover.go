package factors

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"sort"
	"strconv"
	"strings"

	"splinternet/models/world"
	"splinternet/output"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// Search says how to look for boxes; zero values stand for the usual ones.
type Search struct {
	Alpha     float64 // share of a box that a step peels off; .05
	MinMass   float64 // least share of runs in a box; .05
	Threshold float64 // density that a box should reach; .8
	Boxes     int     // at most; 3
	Steps     []int   // step of each box's trajectory, in place of the rule

	Except []string // factors that boxes are not to restrict
}

// Discovery is which conditions lead to an outcome.
type Discovery struct {
	*Data
	Outcome  string
	Search   Search
	Cases    int // runs that came to an end
	Interest int // of those, with the outcome
	Boxes    []analysis.Finding
	Warnings []string
}

// few is the number of runs with the outcome below which boxes are guesswork.
const few = 20

// doubtful is the quasi-p-value above which a restriction may be chance.
const doubtful = .05

// Discover looks for the conditions that lead to an outcome.
func (s *Sweep) Discover(o *Outcome, search Search) (*Discovery, error) {
	if s.Points < 2 {
		return nil, errors.New("the sweep has one point: there are no conditions to compare")
	}
	if err := s.except(search.Except); err != nil {
		return nil, err
	}
	quantities := o.quantities()
	data, err := s.Read(quantities)
	if err != nil {
		return nil, err
	}
	d := &Discovery{Data: data, Outcome: o.Text, Search: search}
	p := &analysis.PRIM{
		Alpha: search.Alpha, MinMass: search.MinMass, Threshold: search.Threshold,
		MaxBoxes: search.Boxes, Steps: search.Steps,
	}
	for k := range s.Factors {
		p.Axes = append(p.Axes, s.Factors[k].axis())
		p.Axes[k].Ignored = slices.Contains(search.Except, s.Factors[k].Name)
	}
	values := make([]float64, len(quantities))
	for point, labels := range data.Labels {
		for replicate, label := range labels {
			for k := range values {
				values[k] = data.Values[k][point][replicate]
			}
			is, known := o.of(label, values)
			if !known || label == "" {
				continue
			}
			p.X, p.Y, p.Point = append(p.X, data.X[point]), append(p.Y, is), append(p.Point, point)
			d.Interest += one(is)
		}
	}
	d.Cases = len(p.X)
	if d.Boxes, err = p.Find(); err != nil {
		return nil, err
	}
	d.Search = Search{p.Alpha, p.MinMass, p.Threshold, p.MaxBoxes, search.Steps, search.Except}
	d.warn()
	return d, nil
}

// except makes sure that what is to be left out is there, and that something else is.
func (s *Sweep) except(names []string) error {
	var all []string
	for k := range s.Factors {
		all = append(all, s.Factors[k].Name)
	}
	left := slices.Clone(all)
	for _, name := range names {
		if !slices.Contains(all, name) {
			return &NameError{Kind: "parameter of this sweep", Name: name, Allowed: all}
		}
		left = slices.DeleteFunc(left, func(other string) bool { return other == name })
	}
	if len(left) == 0 {
		return errors.New("nothing that the sweep varies is left to look for conditions in")
	}
	return nil
}

func (f *Factor) axis() analysis.Axis {
	if f.unordered() || f.order == pair {
		return analysis.Axis{Name: f.Name, Levels: len(f.Levels)}
	}
	return analysis.Axis{Name: f.Name, Discrete: f.Levels != nil || f.Whole}
}

func (d *Discovery) warn() {
	add := func(format string, values ...any) {
		d.Warnings = append(d.Warnings, fmt.Sprintf(format, values...))
	}
	if lost := d.lost(); lost != "" {
		add("%s.", lost)
	}
	if d.Design == experiment.Morris || d.Design == experiment.Saltelli {
		add("The points of a %s design hang together: boxes and quasi-p-values look surer than they are. A lhs or halton design suits better.", d.Design)
	}
	switch {
	case d.Interest == 0:
		add("No run has this outcome: there is nothing to find.")
		return
	case d.Interest == d.Cases:
		add("Every run has this outcome: there is nothing to tell apart.")
		return
	case d.Interest < few:
		add("Only %s the outcome: a box of so few is a guess. Sweep more points.", haveOutcome(d.Interest))
	}
	for k := range d.Boxes {
		f := &d.Boxes[k]
		if f.Box().Restricted == 0 && f.Reached {
			add("%s of all runs end so, which reaches the threshold without any condition: raise --threshold, or ask when they do not.", output.Percent(f.Box().Density))
			continue
		}
		if f.Box().Restricted == 0 {
			add("No box: nothing in this sweep makes the outcome clearly more likely than it is overall.")
			continue
		}
		if !f.Reached {
			add("Box %d has density %s, below the threshold of %s: its conditions make the outcome likelier, no more.",
				k+1, output.Percent(f.Box().Density), output.Percent(d.Search.Threshold))
		}
		if n := f.Box().Cases; n < few {
			add("Box %d holds only %s: sweep more points, or ask for larger boxes with --min-mass.", k+1, output.Count(n, "run"))
		}
		for axis, q := range f.QuasiP {
			if q > doubtful {
				add("Box %d: the restriction of %s may be chance (quasi-p %s); --except %[2]s searches without it.", k+1, d.Factors[axis].Name, probability(q))
			}
		}
	}
}

func haveOutcome(n int) string {
	if n == 1 {
		return "1 run has"
	}
	return fmt.Sprintf("%d runs have", n)
}

func probability(p float64) string {
	if p < .001 {
		return "below 0.001"
	}
	return fmt.Sprintf("%.3f", p)
}

// levels are the values of a list that the box keeps, in the order of the plan;
// nil for an interval.
func (d *Discovery) levels(b *analysis.Box, axis int) []string {
	f := &d.Factors[axis]
	if f.Levels == nil {
		return nil
	}
	var kept []string
	for k, level := range f.Levels {
		inside := false
		if b.Kept[axis] == nil {
			inside = f.values[k] >= b.Low[axis] && f.values[k] <= b.High[axis]
		} else {
			inside = b.Kept[axis][d.place(f, k)]
		}
		if inside {
			kept = append(kept, level)
		}
	}
	return kept
}

// place is the number that a level has as a value of an unordered axis.
func (d *Discovery) place(f *Factor, level int) int {
	if f.order == pair {
		return int(f.values[level])
	}
	return level
}

// Tables are the boxes and the ways to them as tables. The first box of an outcome
// without restriction has no row in prim_boxes.
func (d *Discovery) Tables() []*Table {
	boxes := tableOf("prim_boxes", []string{"outcome"}, []string{"box"})
	boxes.Frame.Columns = append(boxes.Frame.Columns,
		tableOf("", []string{"parameter"}, []string{"low", "high"}).Frame.Columns...)
	boxes.Frame.Columns = append(boxes.Frame.Columns,
		tableOf("", []string{"levels"}, []string{"quasi_p"}).Frame.Columns...)
	way := tableOf("prim_trajectory", []string{"outcome"}, []string{"box", "step", "coverage", "density", "mass", "restricted"})
	way.Frame.Columns = append(way.Frame.Columns, tableOf("", []string{"chosen", "pasted"}, nil).Frame.Columns...)
	for k := range d.Boxes {
		f := &d.Boxes[k]
		for axis := range d.Factors {
			if b := &f.Box().Box; b.Restricts(axis) {
				d.boxRow(boxes, k+1, axis, b, f.QuasiP[axis])
			}
		}
		for step := range f.Trajectory {
			s := &f.Trajectory[step]
			c := way.Frame.Columns
			for i, x := range []float64{float64(k + 1), float64(step), s.Coverage, s.Density, s.Mass, float64(s.Restricted)} {
				c[1+i].Numbers = append(c[1+i].Numbers, x)
			}
			c[0].Words = append(c[0].Words, d.Outcome)
			c[7].Words = append(c[7].Words, strconv.FormatBool(step == f.Chosen))
			c[8].Words = append(c[8].Words, strconv.FormatBool(s.Pasted))
		}
	}
	boxes.whole("box")
	way.whole("box", "step", "restricted")
	return []*Table{boxes, way}
}

func (d *Discovery) boxRow(t *Table, number, axis int, b *analysis.Box, quasiP float64) {
	low, high := b.Low[axis], b.High[axis]
	levels := d.levels(b, axis)
	if levels != nil && d.Factors[axis].order != numbers {
		low, high = math.NaN(), math.NaN()
	}
	for _, x := range []*float64{&low, &high} {
		if math.IsInf(*x, 0) {
			*x = math.NaN()
		}
	}
	c := t.Frame.Columns
	c[0].Words = append(c[0].Words, d.Outcome)
	c[1].Numbers = append(c[1].Numbers, float64(number))
	c[2].Words = append(c[2].Words, d.Factors[axis].Name)
	c[3].Numbers = append(c[3].Numbers, low)
	c[4].Numbers = append(c[4].Numbers, high)
	c[5].Words = append(c[5].Words, strings.Join(levels, ";"))
	c[6].Numbers = append(c[6].Numbers, quasiP)
}

// Write writes the tables into the folder of the sweep and returns their paths. Rows of
// other outcomes that the tables hold already stay, behind those of this one: the first
// outcome of the tables is the one that was asked for last.
func (d *Discovery) Write(format string) ([]string, error) {
	tables := d.Tables()
	for _, t := range tables {
		if err := t.keepOthers(d.Dir, []string{d.Outcome}); err != nil {
			return nil, err
		}
	}
	return writeTables(d.Dir, format, d.Metadata, tables)
}

// WriteJSON writes all results as one object.
func (d *Discovery) WriteJSON(w io.Writer) error {
	object := map[string]any{
		"dir": d.Dir, "scenario": d.Title, "design": d.Design, "outcome": d.Outcome,
		"runs": d.Cases, "with_outcome": d.Interest, "failed": d.Failed,
		"alpha": d.Search.Alpha, "min_mass": d.Search.MinMass, "threshold": d.Search.Threshold, "except": orEmpty(d.Search.Except),
		"warnings": orEmpty(d.Warnings),
	}
	for _, t := range d.Tables() {
		object[t.Name] = rows{t}
	}
	return output.WriteJSON(w, object)
}

// condition words the restriction of an axis.
func (d *Discovery) condition(b *analysis.Box, axis int) string {
	f := &d.Factors[axis]
	const many = 6 // numbers are better told by their ends
	levels := d.levels(b, axis)
	if f.order == numbers && len(levels) > many {
		levels = nil
	}
	if levels != nil {
		if len(levels) == 1 {
			return "is " + levels[0]
		}
		return "is " + strings.Join(levels[:len(levels)-1], ", ") + " or " + levels[len(levels)-1]
	}
	low, high := b.Low[axis], b.High[axis]
	short := func(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }
	switch {
	case math.IsInf(low, -1) && f.axis().Discrete:
		return "is at most " + short(high)
	case math.IsInf(high, 1) && f.axis().Discrete:
		return "is at least " + short(low)
	case math.IsInf(low, -1):
		return "is below " + short(high)
	case math.IsInf(high, 1):
		return "is above " + short(low)
	}
	return "lies between " + short(low) + " and " + short(high)
}

// Sentence words a box.
func (d *Discovery) Sentence(k int) string {
	var parts []string
	for _, axis := range d.restricted(k) {
		parts = append(parts, d.Factors[axis].Name+" "+d.condition(&d.Boxes[k].Box().Box, axis))
	}
	return fmt.Sprintf("%s when %s. Of the runs in this box %s end so, and they are %s of all that do.",
		d.Outcome, world.Listed(parts), output.Percent(d.Boxes[k].Box().Density), output.Percent(d.Boxes[k].Box().Coverage))
}

// restricted are the axes that a box restricts, the surest first.
func (d *Discovery) restricted(k int) []int {
	f := &d.Boxes[k]
	var list []int
	for axis := range d.Factors {
		if f.Box().Box.Restricts(axis) {
			list = append(list, axis)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return f.QuasiP[list[i]] < f.QuasiP[list[j]] })
	return list
}

// WriteScreen writes the boxes for people; full adds the trajectories.
func (d *Discovery) WriteScreen(w io.Writer, look output.Look, full bool) error {
	p := newPage(look)
	p.WriteString(p.bold("Which conditions lead to "+d.Outcome) + "\n")
	p.say(0, fmt.Sprintf("%s: %d of %s (%s) end so.", d.Title, d.Interest, output.Count(d.Cases, "run"), output.Percent(float64(d.Interest)/float64(d.Cases))))
	p.care(d.lost())
	for k := range d.Boxes {
		if d.Boxes[k].Box().Restricted > 0 {
			d.box(p, k)
		}
		if full {
			d.way(p, k)
		}
	}
	p.warnings(d.Warnings, d.lost())
	if len(d.Boxes) > 0 && (full || d.Boxes[0].Box().Restricted > 0) {
		p.WriteString("\n")
		p.say(0, "Coverage is the share of all runs with the outcome that lie in the box, density the share of the box's runs that have it, mass the share of all runs in the box; quasi-p how likely chance makes the box as dense as it is without the condition.")
	}
	_, err := io.WriteString(w, p.String())
	return err
}

func (d *Discovery) box(p *page, k int) {
	f := &d.Boxes[k]
	b := f.Box()
	p.heading(fmt.Sprintf("Box %d", k+1))
	p.say(2, d.Sentence(k))
	p.WriteString("\n")
	lines := [][]string{{"parameter", "condition", "of", "quasi-p"}}
	for _, axis := range d.restricted(k) {
		lines = append(lines, []string{d.Factors[axis].Name, d.condition(&b.Box, axis), d.Factors[axis].Text, probability(f.QuasiP[axis])})
	}
	p.columns(lines)
	p.say(2, fmt.Sprintf("Coverage %s, density %s, mass %s: step %d of %d%s.", output.Percent(b.Coverage), output.Percent(b.Density), output.Percent(b.Mass),
		f.Peeled, peels(f)-1, map[bool]string{true: ", then pasted", false: ""}[b.Pasted]))
}

func (d *Discovery) way(p *page, k int) {
	f := &d.Boxes[k]
	p.heading(fmt.Sprintf("The way to box %d", k+1))
	lines := [][]string{{"step", "coverage", "density", "mass", "restricted", ""}}
	for step := range f.Trajectory {
		s := &f.Trajectory[step]
		mark := ""
		if s.Pasted {
			mark = "pasted"
		}
		if step == f.Chosen {
			mark = strings.TrimSpace(mark + " chosen")
		}
		lines = append(lines, []string{
			strconv.Itoa(step), fmt.Sprintf("%.3f", s.Coverage), fmt.Sprintf("%.3f", s.Density),
			fmt.Sprintf("%.3f", s.Mass), strconv.Itoa(s.Restricted), mark,
		})
	}
	p.columns(lines)
}

// peels is the number of steps that were peeled, the whole among them.
func peels(f *analysis.Finding) int {
	n := len(f.Trajectory)
	if f.Trajectory[n-1].Pasted {
		n--
	}
	return n
}
