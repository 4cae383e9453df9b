package data

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"splinternet/scenarios/problem"
	"splinternet/scenarios/spelling"
)

//go:embed *.csv *.csv.gz
var embedded embed.FS

// files are the keys of Options.Files with the embedded file behind each. Their
// order is the one that errors list them in.
var files = []struct{ key, name string }{
	{"states", "states.csv"},
	{"firms", "firms.csv"},
	{"forums", "forums_model.csv"},
	{"forum_names", "forums.csv"},
	{"forum_members", "forum_members.csv"},
	{"votes", "votes.csv"},
	{"resolutions", "resolutions.csv"},
	{"alliances", "alliances.csv"},
	{"agreement", "agreement.csv"},
	{"filters", "vdem_walls_2021.csv"},
	{"walls", "walls.csv"},
	{"incidents", "incident_counts.csv"},
	{"roll_calls", "unga_votes_2010_2020.csv.gz"},
}

// FileKeys lists the keys that Options.Files allows.
func FileKeys() []string {
	keys := make([]string, len(files))
	for k, f := range files {
		keys[k] = f.key
	}
	return keys
}

// newCollector keeps enough problems to see what is wrong; a wrong column would else
// print a line for each row.
func newCollector() *problem.Collector { return &problem.Collector{Most: 40} }

// paths maps keys to the files of one's own; a missing or blank one stands for the
// embedded file.
type paths map[string]string

// table reads a CSV file row by row. What is wrong goes to problems with file,
// line and column, and the value that is asked for becomes the unknown value.
type table struct {
	file    string
	csv     *csv.Reader
	columns map[string]int
	header  []string
	row     []string
	bad     *problem.Collector
	close   func() error
	user    bool // a user's own file
}

// open opens the file behind a key, or an embedded one by its name, and reads its header; the columns named must
// be there.
func (p paths) open(key string, bad *problem.Collector, required ...string) *table {
	t := &table{bad: bad, close: func() error { return nil }}
	in, err := p.reader(key, t)
	bad.Reading(t.file)
	if err != nil {
		bad.At(problem.Place{File: t.file}, "%s", err)
		return t
	}
	t.csv = csv.NewReader(in)
	t.csv.ReuseRecord = true
	header, err := t.csv.Read()
	switch {
	case err == io.EOF:
		bad.At(t.at(1, 1), "the file is empty; it needs a header with the columns %s", strings.Join(required, ", "))
		t.csv = nil
		return t
	case err != nil:
		t.fault(err)
		t.csv = nil
		return t
	}
	t.name(header)
	for _, column := range required {
		if _, ok := t.columns[column]; !ok {
			bad.At(t.at(1, 1), "column %q is missing%s; there are: %s", column, suggest(column, t.header), strings.Join(t.header, ", "))
			t.csv = nil
		}
	}
	return t
}

// name fills in the columns; a name that comes twice would make its values
// depend on which one is read.
func (t *table) name(header []string) {
	t.columns = make(map[string]int, len(header))
	for k, name := range header {
		name = strings.TrimSpace(name)
		if _, ok := t.columns[name]; ok {
			line, column := t.csv.FieldPos(k)
			t.bad.At(t.at(line, column), "column %q comes twice", name)
		}
		t.columns[name] = k
		t.header = append(t.header, name)
	}
}

// reader opens a user's own file, or else the embedded one, unpacked if it is
// compressed and without a byte order mark.
func (p paths) reader(key string, t *table) (io.Reader, error) {
	var in *bufio.Reader
	if path := p[key]; path != "" {
		t.file, t.user = path, true
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		t.close, in = f.Close, bufio.NewReader(f)
	} else {
		t.file = key // unless it stands for a file
		for _, f := range files {
			if f.key == key {
				t.file = f.name
			}
		}
		content, err := embedded.ReadFile(t.file)
		if err != nil {
			return nil, err
		}
		in = bufio.NewReader(bytes.NewReader(content))
	}
	if head, _ := in.Peek(2); len(head) == 2 && head[0] == 0x1f && head[1] == 0x8b {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		in = bufio.NewReader(z)
	}
	if head, _ := in.Peek(3); bytes.Equal(head, []byte("\xef\xbb\xbf")) {
		_, _ = in.Discard(3)
	}
	return in, nil
}

// next reads the next row; a row that cannot be read is reported and passed over.
func (t *table) next() bool {
	for t.csv != nil {
		row, err := t.csv.Read()
		if err == nil {
			t.row = row
			return true
		}
		var parse *csv.ParseError
		if err != io.EOF {
			t.fault(err)
		}
		if !errors.As(err, &parse) {
			t.csv = nil
		}
	}
	_ = t.close()
	return false
}

func (t *table) fault(err error) {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		t.bad.At(problem.Place{File: t.file}, "%s", err)
		return
	}
	what := parse.Err.Error()
	if errors.Is(err, csv.ErrFieldCount) {
		what = fmt.Sprintf("the row has another number of fields than the header, which has %d", len(t.header))
	}
	t.bad.At(t.at(parse.Line, max(parse.Column, 1)), "%s", what)
}

// at is a place in the file.
func (t *table) at(line, column int) problem.Place {
	return problem.Place{File: t.file, Line: line, Column: column}
}

// fail reports what is wrong with a column of this row.
func (t *table) fail(column, format string, args ...any) {
	line, at := t.csv.FieldPos(t.columns[column])
	t.bad.At(t.at(line, at), format, args...)
}

// text is the value of a column without surrounding blanks.
func (t *table) text(column string) string { return strings.TrimSpace(t.row[t.columns[column]]) }

// id is an identifier: not blank, and without blanks.
func (t *table) id(column string) string {
	v := t.text(column)
	if v == "" || strings.ContainsAny(v, " \t\r\n,") {
		t.fail(column, "%s %q is no identifier; allowed: letters, digits and - _ without blanks", column, v)
		return ""
	}
	return strings.Clone(v)
}

// number reads a number within bounds; NaN stands for unknown (a blank).
func (t *table) number(column string, low, high float64) float64 {
	text := t.text(column)
	if text == "" {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		t.fail(column, "%s %q is not a number; allowed: %s, or blank for unknown", column, text, between(low, high))
		return math.NaN()
	}
	if !(v >= low && v <= high) {
		t.fail(column, "%s %s is out of range; allowed: %s, or blank for unknown", column, text, between(low, high))
		return math.NaN()
	}
	return v
}

func between(low, high float64) string {
	if high >= math.MaxFloat64 {
		return fmt.Sprintf("a number from %g on", low)
	}
	return fmt.Sprintf("a number from %g to %g", low, high)
}

// flag reads 1 or 0; a blank is 0.
func (t *table) flag(column string) bool {
	switch t.text(column) {
	case "1":
		return true
	case "0", "":
		return false
	}
	t.fail(column, "%s %q is unknown; allowed: 1 (yes), 0 or blank (no)", column, t.text(column))
	return false
}

// date reads a day; the zero time stands for unknown (a blank).
func (t *table) date(column string) time.Time {
	text := t.text(column)
	if text == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.fail(column, "%s %q is no date; allowed: year-month-day as in 2018-12-05", column, text)
	}
	return day
}

// oneOf reads one of a list of words.
func oneOf[T ~string](t *table, column string, allowed []T) T {
	text := t.text(column)
	words := make([]string, len(allowed))
	for k, word := range allowed {
		words[k] = string(word)
		if text == words[k] {
			return word
		}
	}
	t.fail(column, "%s %q is unknown%s; allowed: %s", column, text, suggest(text, words), strings.Join(words, ", "))
	return ""
}

// suggest returns " (did you mean ...?)" with the nearest of the known words, or
// nothing when none is near.
func suggest(word string, known []string) string {
	nearest := spelling.Nearest(word, known)
	if nearest == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %q?)", nearest)
}
