package findings

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"

	"splinternet/output/frame"
	"splinternet/output/study"
)

// TableNames are the tables that analyses leave in the folder of a sweep.
var TableNames = []string{"morris", "sobol", "regression", "first_order", "noise", "prim_boxes", "prim_trajectory"}

// Remove removes the tables of earlier analyses from the folder of a sweep, because its
// runs are others now, and returns the names of their files.
func Remove(dir string) (removed []string, err error) {
	for _, name := range TableNames {
		for _, format := range frame.Formats {
			switch err := os.Remove(filepath.Join(dir, name+"."+format)); {
			case err == nil:
				removed = append(removed, name+"."+format)
			case !errors.Is(err, fs.ErrNotExist):
				return removed, err
			}
		}
	}
	return removed, nil
}

// finite is a number that every reader of a table takes: an infinity becomes blank.
func finite(x float64) float64 {
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

// write writes tables into the folder of the sweep and returns their paths. Rows that
// the tables hold already stay, behind the new ones, but for those that the first column
// gives one of the names.
func (f *Folder) write(format string, names []string, tables []*study.Table) ([]string, error) {
	for _, t := range tables {
		if err := keepOthers(f.Dir, t, names); err != nil {
			return nil, err
		}
	}
	var paths []string
	for _, t := range tables {
		if err := frame.Write(f.Dir, t.Name, format, &t.Frame, f.Metadata); err != nil {
			return paths, err
		}
		paths = append(paths, filepath.Join(f.Dir, t.Name+"."+format))
	}
	return paths, nil
}

// keepOthers appends the rows of the table of the same name in a folder, but for those
// that the first column gives one of the names: they are what is written anew.
func keepOthers(dir string, t *study.Table, names []string) error {
	old, err := frame.Read(dir, t.Name)
	var none *frame.MissingError
	if errors.As(err, &none) {
		return nil
	}
	if err == nil {
		err = join(t, old, names)
	}
	if err != nil {
		return fmt.Errorf("table %s of %s is not what an analysis wrote, so its other rows cannot be kept (move it away): %w", t.Name, dir, err)
	}
	return nil
}

func join(t *study.Table, old *frame.Frame, names []string) error {
	of, err := old.Words(t.Frame.Columns[0].Name)
	if err != nil {
		return err
	}
	for k := range t.Frame.Columns {
		c := &t.Frame.Columns[k]
		var words []string
		var values []float64
		if c.Words != nil {
			words, err = old.Words(c.Name)
		} else {
			values, err = old.Numbers(c.Name)
		}
		if err != nil {
			return err
		}
		for row, other := range of {
			switch {
			case slices.Contains(names, other):
			case c.Words != nil:
				c.Words = append(c.Words, words[row])
			default:
				c.Numbers = append(c.Numbers, values[row])
			}
		}
	}
	return nil
}

// rows are the rows of a table as objects, for JSON.
type rows struct{ *study.Table }

// MarshalJSON implements json.Marshaler.
func (r rows) MarshalJSON() ([]byte, error) { return r.Frame.JSON(nil) }

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
