package report

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"splinternet/output/findings"
	"splinternet/output/frame"
	"splinternet/output/study"
)

// sheet is a table of a folder, on the page.
type sheet struct {
	Name    string
	Columns []string
	Rows    [][]string
	Of      int
	Open    bool // short enough to stand unfolded
}

const (
	mostSheetRows = 100
	openRows      = 15
)

// unread are the tables of analyses with a row for each run, draw or vote, which are for
// programs to read.
var unread = []string{"runs", "posterior", "hindcast"}

// studyTables reads the tables of an analysis in the order of its manifest.
func (d *data) studyTables(dir string, m *study.Manifest) error {
	for _, file := range m.Files {
		format := strings.TrimPrefix(filepath.Ext(file.Name), ".")
		name := strings.TrimSuffix(file.Name, filepath.Ext(file.Name))
		if !slices.Contains(frame.Formats, format) || slices.Contains(unread, name) {
			continue
		}
		if err := d.sheet(dir, name); err != nil {
			return err
		}
	}
	return nil
}

// sweepTables reads what sensitivity and discover left in the folder of a sweep.
func (d *data) sweepTables(dir string) error {
	for _, name := range findings.TableNames {
		there := slices.ContainsFunc(frame.Formats, func(format string) bool {
			_, err := os.Stat(filepath.Join(dir, name+"."+format))
			return err == nil
		})
		if !there {
			continue
		}
		if err := d.sheet(dir, name); err != nil {
			return err
		}
	}
	return nil
}

func (d *data) sheet(dir, name string) error {
	f, err := frame.Read(dir, name)
	if err != nil {
		return err
	}
	s := sheet{Name: name, Columns: f.Names(), Of: f.Rows(), Open: f.Rows() <= openRows}
	if s.Of == 0 {
		return nil
	}
	for row := range min(s.Of, mostSheetRows) {
		s.Rows = append(s.Rows, cells(f, row))
	}
	d.Tables = append(d.Tables, s)
	return nil
}

// cells is a row of a table, to read.
func cells(f *frame.Frame, row int) []string {
	list := make([]string, len(f.Columns))
	for k := range f.Columns {
		if c := &f.Columns[k]; c.Words != nil {
			list[k] = c.Words[row]
		} else {
			list[k] = number(c.Numbers[row])
		}
	}
	return list
}
