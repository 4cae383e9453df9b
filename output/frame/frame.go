// Package frame writes and reads tables: as CSV, which opens anywhere, and as
// Parquet, which is small, typed and read by pandas, R, DuckDB and the like. Both
// hold the same values, and the same table gives the same bytes.
//
// A column holds numbers, whole numbers or words. A blank cell is NaN in a column
// of numbers and "" in one of words; Parquet stores both as null. Numbers are
// rounded to nine significant digits, because the last bits are those on which
// platforms disagree; whole numbers below 2^53 are kept to the last digit.
//
// Read takes a whole table into memory, column by column. Open and Create pass
// one row at a time, so that a table may be larger than memory.
package frame

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The formats of a table, and the endings of its file.
const (
	CSV     = "csv"
	Parquet = "parquet"
)

// Formats lists the formats in the order in which a table is looked for.
var Formats = []string{Parquet, CSV}

// Kind says what the cells of a column are.
type Kind int

// The kinds of columns.
const (
	Number Kind = iota
	Integer
	Word
)

// Heading is the name of a column and the kind of its cells.
type Heading struct {
	Name string
	Kind Kind
}

// Cell is one cell of a row: Word in a column of words, else Number.
type Cell struct {
	Number float64 // NaN = blank
	Word   string  // "" = blank
}

// Column is one column of a frame.
type Column struct {
	Name    string
	Numbers []float64 // NaN = blank; nil for words
	Words   []string  // "" = blank; nil for numbers
	Whole   bool      // the numbers are whole ones: integers in Parquet
}

func (c *Column) kind() Kind {
	switch {
	case c.Words != nil:
		return Word
	case c.Whole:
		return Integer
	}
	return Number
}

func (c *Column) rows() int { return max(len(c.Words), len(c.Numbers)) }

// Frame is a table in memory. Its columns have equal lengths.
type Frame struct{ Columns []Column }

// Rows is the number of rows.
func (f *Frame) Rows() int {
	if len(f.Columns) == 0 {
		return 0
	}
	return f.Columns[0].rows()
}

// Has tells whether the frame has a column of that name.
func (f *Frame) Has(column string) bool { return f.find(column) >= 0 }

// Names lists the columns.
func (f *Frame) Names() []string {
	names := make([]string, len(f.Columns))
	for k := range f.Columns {
		names[k] = f.Columns[k].Name
	}
	return names
}

func (f *Frame) find(column string) int {
	return slices.IndexFunc(f.Columns, func(c Column) bool { return c.Name == column })
}

// Numbers returns a column of numbers; NaN stands for a blank. A column that is
// blank throughout is one of numbers, too. The slice belongs to the frame.
func (f *Frame) Numbers(column string) ([]float64, error) {
	k := f.find(column)
	if k < 0 {
		return nil, f.missing(column)
	}
	c := &f.Columns[k]
	if c.Words == nil {
		return c.Numbers, nil
	}
	if row := slices.IndexFunc(c.Words, func(s string) bool { return s != "" }); row >= 0 {
		return nil, fmt.Errorf("column %q holds words, such as %q in row %d, not numbers", column, c.Words[row], row+1)
	}
	blank := make([]float64, len(c.Words))
	for row := range blank {
		blank[row] = math.NaN()
	}
	return blank, nil
}

// Words returns a column of words. Numbers are given as they stand in a CSV file, so
// that the levels of a factor can be told apart whatever they are. The slice of a
// column of words belongs to the frame.
func (f *Frame) Words(column string) ([]string, error) {
	k := f.find(column)
	if k < 0 {
		return nil, f.missing(column)
	}
	c := &f.Columns[k]
	if c.Words != nil {
		return c.Words, nil
	}
	words := make([]string, len(c.Numbers))
	for row, x := range c.Numbers {
		words[row] = string(appendNumber(nil, c.kind(), x))
	}
	return words, nil
}

func (f *Frame) missing(column string) error {
	return fmt.Errorf("there is no column %q; the columns are %s", column, strings.Join(f.Names(), ", "))
}

// headings checks the frame's shape and describes its columns.
func (f *Frame) headings() ([]Heading, error) {
	list := make([]Heading, len(f.Columns))
	for k := range f.Columns {
		c := &f.Columns[k]
		if c.rows() != f.Rows() {
			return nil, fmt.Errorf("frame: column %q has %d rows, and %q has %d", c.Name, c.rows(), f.Columns[0].Name, f.Rows())
		}
		list[k] = Heading{c.Name, c.kind()}
	}
	return list, nil
}

// Write writes a frame to DIR/NAME.FORMAT, where format is CSV or Parquet. The
// metadata go into a Parquet file; CSV has no place for them. The file appears under
// its name only when it is whole, and then replaces the same table in the other
// format, so that a folder never holds two versions of one table.
func Write(dir, name, format string, f *Frame, metadata map[string]string) error {
	headings, err := f.headings()
	if err != nil {
		return err
	}
	w, err := Create(dir, name, format, headings, metadata)
	if err != nil {
		return err
	}
	row := make([]Cell, len(headings))
	for r := range f.Rows() {
		for k := range f.Columns {
			if c := &f.Columns[k]; c.Words != nil {
				row[k].Word = c.Words[r]
			} else {
				row[k].Number = c.Numbers[r]
			}
		}
		if err := w.Append(row); err != nil {
			w.Abort()
			return err
		}
	}
	return w.Commit()
}

// Read reads DIR/NAME.parquet, or else DIR/NAME.csv.
func Read(dir, name string) (*Frame, error) {
	t, err := Open(dir, name)
	if err != nil {
		return nil, err
	}
	f := &Frame{Columns: make([]Column, len(t.Columns))}
	for k, h := range t.Columns {
		c := Column{Name: h.Name, Whole: h.Kind == Integer}
		if h.Kind == Word {
			c.Words = []string{}
		} else {
			c.Numbers = []float64{}
		}
		f.Columns[k] = c
	}
	err = t.Each(nil, func(row []Cell) error {
		for k := range row {
			if c := &f.Columns[k]; c.Words != nil {
				c.Words = append(c.Words, row[k].Word)
			} else {
				c.Numbers = append(c.Numbers, row[k].Number)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Table is a table on disk.
type Table struct {
	Path     string
	Format   string
	Columns  []Heading
	Metadata map[string]string // of a Parquet file
}

// Open reads what columns DIR/NAME.parquet has, or else DIR/NAME.csv. The kinds of
// the columns of a CSV file are those that all its rows fit into, which takes one
// reading of it.
func Open(dir, name string) (*Table, error) {
	for _, format := range Formats {
		t := &Table{Path: filepath.Join(dir, name+"."+format), Format: format}
		if _, err := os.Stat(t.Path); errors.Is(err, os.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, err
		}
		return t, t.describe()
	}
	return nil, &MissingError{dir, name}
}

// OpenFile reads what columns a file has, whose name ends in .parquet or .csv.
func OpenFile(path string) (*Table, error) {
	t := &Table{Path: path, Format: strings.TrimPrefix(filepath.Ext(path), ".")}
	if !slices.Contains(Formats, t.Format) {
		return nil, fmt.Errorf("%s is no table: its name ends neither in .csv nor in .parquet", path)
	}
	return t, t.describe()
}

func (t *Table) describe() (err error) {
	if t.Format == Parquet {
		t.Columns, t.Metadata, err = describeParquet(t.Path)
	} else {
		t.Columns, err = describeCSV(t.Path)
	}
	return err
}

// Each hands on the named columns of every row, in that order; nil stands for all.
// The row is valid until fn returns. An error of fn ends the reading and is returned.
func (t *Table) Each(columns []string, fn func(row []Cell) error) error {
	chosen, err := t.choose(columns)
	if err != nil {
		return err
	}
	if t.Format == Parquet {
		return eachParquet(t.Path, t.Columns, chosen, fn)
	}
	return eachCSV(t.Path, t.Columns, chosen, fn)
}

func (t *Table) choose(columns []string) ([]int, error) {
	var chosen []int
	if columns == nil {
		for k := range t.Columns {
			chosen = append(chosen, k)
		}
		return chosen, nil
	}
	for _, name := range columns {
		k := slices.IndexFunc(t.Columns, func(h Heading) bool { return h.Name == name })
		if k < 0 {
			return nil, fmt.Errorf("%s has no column %q", t.Path, name)
		}
		chosen = append(chosen, k)
	}
	return chosen, nil
}

// MissingError says that a table is in a folder in no format.
type MissingError struct{ Dir, Name string }

func (e *MissingError) Error() string {
	return fmt.Sprintf("%s holds neither %s.parquet nor %s.csv", e.Dir, e.Name, e.Name)
}

// duplicate returns a name that two columns have, or that is empty.
func duplicate(headings []Heading) error {
	seen := make(map[string]bool, len(headings))
	for k, h := range headings {
		if h.Name == "" {
			return fmt.Errorf("column %d has no name", k+1)
		}
		if seen[h.Name] {
			return fmt.Errorf("two columns are called %q", h.Name)
		}
		seen[h.Name] = true
	}
	return nil
}

// digits is the number of significant digits of a number in a table.
const digits = 9

// Round rounds a number as tables do: to nine significant digits, and -0 to 0.
func Round(x float64) float64 {
	if x == math.Trunc(x) && math.Abs(x) < 1e9 || math.IsNaN(x) || math.IsInf(x, 0) {
		return x + 0
	}
	var buffer [32]byte
	rounded, err := strconv.ParseFloat(string(strconv.AppendFloat(buffer[:0], x, 'g', digits, 64)), 64)
	if err != nil {
		return x // beyond the largest number by rounding
	}
	return rounded
}

// appendNumber writes a number as a CSV file has it; nothing for NaN.
func appendNumber(b []byte, kind Kind, x float64) []byte {
	switch {
	case math.IsNaN(x):
		return b
	case math.IsInf(x, 1):
		return append(b, "inf"...)
	case math.IsInf(x, -1):
		return append(b, "-inf"...)
	case kind == Integer:
		return strconv.AppendInt(b, int64(x), 10)
	}
	return strconv.AppendFloat(b, x+0, 'g', digits, 64)
}

// parseNumber reads a cell as a column of numbers has it.
func parseNumber(s string) (x float64, ok bool) {
	switch {
	case s == "":
		return math.NaN(), true
	case s == "inf" || s == "-inf":
		x, _ = strconv.ParseFloat(s, 64)
		return x, true
	}
	// Not what the library reads beyond decimal numbers: words and hexadecimals.
	if strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil
}
