package frame

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
)

// partSuffix marks a file that is not whole yet.
const partSuffix = ".part"

// groupRows is the number of rows in a row group of a Parquet file. It is part of
// the format: another number gives other bytes. A group is held in memory while it
// is written.
const groupRows = 16384

// maxWhole is the largest whole number that no other is taken for as a float64.
const maxWhole = 1<<53 - 1

// Writer writes a table row by row.
type Writer struct {
	dir, name, format string
	columns           []Heading
	path              string
	file              *os.File
	rows              rowWriter
	count             int
	failed            bool
}

// rowWriter is a format in which rows are written. Cells are checked and rounded
// already.
type rowWriter interface {
	append(row []Cell) error
	close() error // writes what is held back, not the file itself
}

// Create begins DIR/NAME.FORMAT. The rows go to a file of another name until Commit.
func Create(dir, name, format string, columns []Heading, metadata map[string]string) (*Writer, error) {
	if !slices.Contains(Formats, format) {
		return nil, fmt.Errorf("there is no table format %q; allowed: csv, parquet", format)
	}
	if len(columns) == 0 {
		return nil, errors.New("frame: a table needs columns")
	}
	if err := duplicate(columns); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	w := &Writer{dir: dir, name: name, format: format, columns: columns, path: filepath.Join(dir, name+"."+format)}
	file, err := os.OpenFile(w.path+partSuffix, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", filepath.Base(w.path), err)
	}
	w.file = file
	if format == Parquet {
		w.rows = newParquetWriter(file, columns, metadata)
	} else {
		w.rows, err = newCSVWriter(file, columns)
	}
	if err != nil {
		w.Abort()
		return nil, w.wrap(err)
	}
	return w, nil
}

// Append writes one row, with a cell for each column. The row may be used again.
func (w *Writer) Append(row []Cell) error {
	if len(row) != len(w.columns) {
		return fmt.Errorf("frame: a row of %d cells for %d columns", len(row), len(w.columns))
	}
	for k := range row {
		switch w.columns[k].Kind {
		case Number:
			row[k].Number = Round(row[k].Number)
		case Integer:
			if x := row[k].Number; !math.IsNaN(x) && (x != math.Trunc(x) || math.Abs(x) > maxWhole) {
				return fmt.Errorf("frame: %g in column %q of whole numbers", x, w.columns[k].Name)
			}
		}
	}
	if err := w.rows.append(row); err != nil {
		w.failed = true
		return w.wrap(err)
	}
	w.count++
	return nil
}

// Rows is the number of rows so far.
func (w *Writer) Rows() int { return w.count }

// Commit completes the file, makes sure that it is on disk and gives it its name.
// When that fails nothing of it stays.
func (w *Writer) Commit() error {
	if err := w.commit(); err != nil {
		w.Abort()
		return w.wrap(err)
	}
	return nil
}

func (w *Writer) commit() error {
	if w.failed {
		return errors.New("a row could not be written")
	}
	if err := w.rows.close(); err != nil {
		return err
	}
	if err := w.file.Sync(); err != nil {
		return err
	}
	err := w.file.Close()
	w.file = nil
	if err != nil {
		return err
	}
	if err := os.Rename(w.path+partSuffix, w.path); err != nil {
		return err
	}
	for _, other := range Formats {
		if other == w.format {
			continue
		}
		err := os.Remove(filepath.Join(w.dir, w.name+"."+other))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if dir, err := os.Open(w.dir); err == nil {
		_ = dir.Sync() // not every system can; the file itself is safe
		dir.Close()
	}
	return nil
}

// Abort removes what was written. After Commit it does nothing.
func (w *Writer) Abort() {
	if w.file != nil {
		w.file.Close()
		w.file = nil
	}
	os.Remove(w.path + partSuffix)
}

func (w *Writer) wrap(err error) error {
	return fmt.Errorf("cannot write %s: %w", filepath.Base(w.path), err)
}
