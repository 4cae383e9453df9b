package sweep

import (
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"golang.org/x/exp/constraints"

	"splinternet/models"
	"splinternet/output/frame"
	"splinternet/scenarios"
	"splinternet/scenarios/studies/factors"
	"splinternet/scenarios/studies/sweep"
	"splinternet/sim"
)

// The tables of a sweep.
const (
	Runs  = "runs"
	Ticks = "ticks"
)

// Finish makes the tables of a sweep, see Assemble, and the manifest that describes the
// folder. Changed tells that the folder had tables of other runs before, so that what
// was made of them no longer holds.
func Finish(dir, format string, p *scenarios.Plan, partial bool, performance Performance) (m *Manifest, changed bool, err error) {
	earlier, none := Open(dir)
	l := LayoutOf(p)
	tally, files, err := Assemble(dir, format, l, partial)
	if err != nil {
		return nil, false, err
	}
	m = newManifest(p, l.Plan)
	m.Performance = performance
	m.take(dir, tally)
	if err := m.write(dir, files); err != nil {
		return nil, false, err
	}
	return m, none == nil && (earlier.Plan != m.Plan || earlier.Finished != m.Finished), nil
}

// Assemble makes the tables of a sweep from the journals in its folder. Unless it is
// to be partial, it refuses a sweep of which runs are missing. Where it fails it
// leaves no table behind that was not there before.
func Assemble(dir, format string, l *Layout, partial bool) (*sweep.Tally, []tableFile, error) {
	a := &assembly{dir: dir, format: format, layout: l}
	tally, err := a.assemble(partial)
	if err != nil {
		a.abort()
		return nil, nil, err
	}
	files, err := a.commit()
	return tally, files, err
}

// tableFile is a table that was written.
type tableFile struct {
	name string
	rows int
}

type assembly struct {
	dir, format string
	layout      *Layout
	sources     sources
	runs, ticks *frame.Writer
	row         []frame.Cell
	tickRow     []frame.Cell
}

func (a *assembly) assemble(partial bool) (*sweep.Tally, error) {
	if err := a.open(); err != nil {
		return nil, err
	}
	defer a.sources.close()
	if err := a.create(); err != nil {
		return nil, err
	}
	tally := new(sweep.Tally)
	var missing ranges
	next := 0
	for {
		r, err := a.sources.next()
		if err != nil {
			return nil, err
		}
		if r == nil {
			break
		}
		if r.Run >= a.layout.Size {
			return nil, fmt.Errorf("a journal holds run %d, and the plan has runs 0 to %d", r.Run, a.layout.Size-1)
		}
		if r.Run > next {
			missing.add(next, r.Run)
		}
		next = r.Run + 1
		if len(missing) > 0 && !partial {
			continue // only to know all that is missing
		}
		if err := a.write(r, tally); err != nil {
			return nil, err
		}
	}
	if next < a.layout.Size {
		missing.add(next, a.layout.Size)
	}
	if len(missing) > 0 && !partial {
		return nil, &IncompleteError{a.layout.Size, missing}
	}
	return tally, nil
}

// open opens all journals.
func (a *assembly) open() error {
	paths, err := journals(filepath.Join(a.dir, journalDir), 0, 1)
	if err != nil {
		return err
	}
	for _, path := range paths {
		r, err := openJournal(path)
		if errors.Is(err, errNoHeader) {
			continue
		}
		if err == nil {
			a.sources.list = append(a.sources.list, &source{reader: r})
			err = r.check(a.layout.Plan)
		}
		if err != nil {
			a.sources.close()
			return err
		}
	}
	a.sources.begin()
	return nil
}

// ofRun are the columns with which both tables begin.
var ofRun = []frame.Heading{
	{Name: "run", Kind: frame.Integer},
	{Name: "point", Kind: frame.Integer},
	{Name: "replicate", Kind: frame.Integer},
	{Name: "seed", Kind: frame.Integer},
}

// begin puts the cells of these columns into a row.
func (l *Layout) begin(row []frame.Cell, run int) []frame.Cell {
	point, replicate, seed := l.Of(run)
	return append(row[:0], whole(run), whole(point), whole(replicate), whole(seed))
}

// headings are the columns of the table of runs.
func (l *Layout) headings() []frame.Heading {
	list := slices.Concat(ofRun, l.Factors, []frame.Heading{
		{Name: "label", Kind: frame.Word},
		{Name: "margin", Kind: frame.Number},
		{Name: "borderline", Kind: frame.Word},
		{Name: "error", Kind: frame.Word},
	})
	for _, m := range l.Measures {
		for _, end := range factors.Endings {
			list = append(list, frame.Heading{Name: m + end, Kind: frame.Number})
		}
	}
	return list
}

func (l *Layout) tickHeadings() []frame.Heading {
	list := slices.Concat(ofRun, []frame.Heading{{Name: "tick", Kind: frame.Integer}, {Name: "date", Kind: frame.Word}})
	for _, m := range l.Measures {
		list = append(list, frame.Heading{Name: m, Kind: frame.Number})
	}
	return list
}

func (a *assembly) create() (err error) {
	metadata := map[string]string{
		"plan": a.layout.Plan, "scenario": a.layout.Scenario, "results_version": strconv.Itoa(models.ResultsVersion),
	}
	a.runs, err = frame.Create(a.dir, Runs, a.format, a.layout.headings(), metadata)
	if err == nil && a.layout.Ticks {
		a.ticks, err = frame.Create(a.dir, Ticks, a.format, a.layout.tickHeadings(), metadata)
	}
	return err
}

func (a *assembly) write(r *sweep.Record, tally *sweep.Tally) error {
	l := a.layout
	point, _, _ := l.Of(r.Run)
	tally.Add(r, point)
	row := l.begin(a.row, r.Run)
	for k := range l.Factors {
		row = append(row, l.Value(point, k))
	}
	if r.Error != "" {
		row = append(row, frame.Cell{}, blank, frame.Cell{}, frame.Cell{Word: r.Error})
		for range 3 * len(l.Measures) {
			row = append(row, blank)
		}
	} else {
		if len(r.Values) != 3*len(l.Measures) {
			return fmt.Errorf("run %d has %d values for %d measures", r.Run, len(r.Values), len(l.Measures))
		}
		row = append(row, frame.Cell{Word: r.Label}, frame.Cell{Number: r.Margin},
			frame.Cell{Word: strconv.FormatBool(r.Borderline)}, frame.Cell{})
		for _, x := range r.Values {
			row = append(row, frame.Cell{Number: x})
		}
	}
	a.row = row
	if err := a.runs.Append(row); err != nil {
		return err
	}
	return a.writeTicks(r)
}

var blank = frame.Cell{Number: math.NaN()}

func whole[T constraints.Integer](n T) frame.Cell { return frame.Cell{Number: float64(n)} }

func (a *assembly) writeTicks(r *sweep.Record) error {
	n := len(a.layout.Measures)
	if a.ticks == nil || len(r.Ticks) == 0 || n == 0 {
		return nil
	}
	calendar := sim.Calendar{Start: time.Unix(r.Start*sweep.SecondsPerDay, 0).UTC()}
	for k, name := range sim.TickLengths {
		if length, err := sim.ParseTickLength(name); err == nil && length.Months() == r.Months {
			calendar.Tick = sim.TickLength(k)
		}
	}
	for t := range len(r.Ticks) / n {
		row := append(a.layout.begin(a.tickRow, r.Run), whole(t), frame.Cell{Word: calendar.Date(t).Format(time.DateOnly)})
		for _, x := range r.Ticks[t*n : (t+1)*n] {
			row = append(row, frame.Cell{Number: x})
		}
		a.tickRow = row
		if err := a.ticks.Append(row); err != nil {
			return err
		}
	}
	return nil
}

func (a *assembly) abort() {
	for _, w := range []*frame.Writer{a.runs, a.ticks} {
		if w != nil {
			w.Abort()
		}
	}
}

func (a *assembly) commit() ([]tableFile, error) {
	var files []tableFile
	for _, t := range []struct {
		name   string
		writer *frame.Writer
	}{{Runs, a.runs}, {Ticks, a.ticks}} {
		if t.writer == nil {
			continue
		}
		if err := t.writer.Commit(); err != nil {
			a.abort()
			return nil, err
		}
		files = append(files, tableFile{t.name + "." + a.format, t.writer.Rows()})
	}
	return files, nil
}
