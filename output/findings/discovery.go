package findings

import (
	"io"
	"math"
	"slices"
	"strings"

	"splinternet/output"
	"splinternet/output/study"
	"splinternet/scenarios/studies/discovery"
	"splinternet/sim/analysis"
)

// Discovery tells which conditions were found to lead to an outcome in a folder.
type Discovery struct {
	*discovery.Findings
	folder *Folder
}

// Discover looks for the conditions that lead to an outcome, see discovery.Discover.
func (f *Folder) Discover(o *discovery.Outcome, search discovery.Search) (*Discovery, error) {
	d, err := discovery.Discover(&f.Sweep, f, o, search)
	if err != nil {
		return nil, err
	}
	return &Discovery{d, f}, nil
}

// Tables are the boxes and the ways to them as tables. The first box of an outcome
// without restriction has no row in prim_boxes.
func (d *Discovery) Tables() []*study.Table {
	boxes := study.NewTable("prim_boxes", slices.Concat(study.Words("outcome"), study.Wholes("box"), study.Words("parameter"),
		study.Numbers("low", "high"), study.Words("levels"), study.Numbers("quasi_p"))...)
	way := study.NewTable("prim_trajectory", slices.Concat(study.Words("outcome"), study.Wholes("box", "step"),
		study.Numbers("coverage", "density", "mass"), study.Wholes("restricted"), study.Words("chosen", "pasted"))...)
	for k := range d.Boxes {
		f := &d.Boxes[k]
		for axis := range d.Factors {
			if b := &f.Box().Box; b.Restricts(axis) {
				d.boxRow(boxes, k+1, axis, b, f.QuasiP[axis])
			}
		}
		for step := range f.Trajectory {
			s := &f.Trajectory[step]
			way.Row(d.Outcome, k+1, step, s.Coverage, s.Density, s.Mass, s.Restricted, step == f.Chosen, s.Pasted)
		}
	}
	return []*study.Table{boxes, way}
}

func (d *Discovery) boxRow(t *study.Table, number, axis int, b *analysis.Box, quasiP float64) {
	low, high := finite(b.Low[axis]), finite(b.High[axis])
	levels := d.Levels(b, axis)
	if levels != nil && !d.Factors[axis].Numbers() {
		low, high = math.NaN(), math.NaN()
	}
	t.Row(d.Outcome, number, d.Factors[axis].Name, low, high, strings.Join(levels, ";"), quasiP)
}

// Write writes the tables into the folder of the sweep and returns their paths. Rows of
// other outcomes that the tables hold already stay, behind those of this one: the first
// outcome of the tables is the one that was asked for last.
func (d *Discovery) Write(format string) ([]string, error) {
	return d.folder.write(format, []string{d.Outcome}, d.Tables())
}

// WriteJSON writes all results as one object.
func (d *Discovery) WriteJSON(w io.Writer) error {
	object := map[string]any{
		"dir": d.folder.Dir, "scenario": d.folder.Title, "design": d.Design, "outcome": d.Outcome,
		"runs": d.Cases, "with_outcome": d.Interest, "failed": d.Failed,
		"alpha": d.Search.Alpha, "min_mass": d.Search.MinMass, "threshold": d.Search.Threshold, "except": orEmpty(d.Search.Except),
		"warnings": orEmpty(d.Cautions()),
	}
	for _, t := range d.Tables() {
		object[t.Name] = rows{t}
	}
	return output.WriteJSON(w, object)
}
