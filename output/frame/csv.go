package frame

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
)

// csvWriter writes comma-separated values as RFC 4180 has them, with \n as the end
// of a line.
type csvWriter struct {
	out     *bufio.Writer
	columns []Heading
	line    []byte
}

func newCSVWriter(w io.Writer, columns []Heading) (*csvWriter, error) {
	c := &csvWriter{out: bufio.NewWriterSize(w, 1<<16), columns: columns}
	for k, h := range columns {
		c.line = appendWord(comma(c.line, k), h.Name)
	}
	return c, c.end()
}

func (c *csvWriter) append(row []Cell) error {
	for k := range row {
		c.line = comma(c.line, k)
		if c.columns[k].Kind == Word {
			c.line = appendWord(c.line, row[k].Word)
		} else {
			c.line = appendNumber(c.line, c.columns[k].Kind, row[k].Number)
		}
	}
	return c.end()
}

func (c *csvWriter) end() error {
	if len(c.line) == 0 {
		c.line = append(c.line, `""`...) // readers skip an empty line
	}
	_, err := c.out.Write(append(c.line, '\n'))
	c.line = c.line[:0]
	return err
}

func (c *csvWriter) close() error { return c.out.Flush() }

func comma(b []byte, column int) []byte {
	if column > 0 {
		b = append(b, ',')
	}
	return b
}

func appendWord(b []byte, s string) []byte {
	if !strings.ContainsAny(s, ",\"\r\n") && !strings.HasPrefix(s, " ") {
		return append(b, s...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(s, `"`, `""`)...)
	return append(b, '"')
}

// openCSV opens a file and reads its header.
func openCSV(path string) (*os.File, *csv.Reader, []string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, err
	}
	r := csv.NewReader(skipMark(file))
	r.ReuseRecord = true
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		err = errors.New("is empty: the first line names the columns")
	}
	if err != nil {
		file.Close()
		return nil, nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return file, r, slices.Clone(header), nil
}

// skipMark leaves out the byte order mark with which spreadsheets begin a file.
func skipMark(r io.Reader) io.Reader {
	b := bufio.NewReaderSize(r, 1<<16)
	if mark, err := b.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = b.Discard(len(mark))
	}
	return b
}

// describeCSV reads the whole file once: a column is one of numbers when every cell
// of it is a number or blank, and not all are blank.
func describeCSV(path string) ([]Heading, error) {
	file, r, names, err := openCSV(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	columns := make([]Heading, len(names))
	for k, name := range names {
		columns[k] = Heading{name, Word}
	}
	if err := duplicate(columns); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	words, numbers, broken := make([]bool, len(names)), make([]bool, len(names)), make([]bool, len(names))
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for k, s := range record {
			if words[k] || s == "" {
				continue
			}
			x, ok := parseNumber(s)
			if !ok {
				words[k] = true
				continue
			}
			numbers[k] = true
			broken[k] = broken[k] || strings.ContainsAny(s, ".eEn") || math.Abs(x) > maxWhole
		}
	}
	for k := range columns {
		switch {
		case words[k] || !numbers[k]:
		case broken[k]:
			columns[k].Kind = Number
		default:
			columns[k].Kind = Integer
		}
	}
	return columns, nil
}

func eachCSV(path string, columns []Heading, chosen []int, fn func(row []Cell) error) error {
	file, r, names, err := openCSV(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if len(names) != len(columns) {
		return fmt.Errorf("%s changed while it was read", path)
	}
	row := make([]Cell, len(chosen))
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for n, k := range chosen {
			if columns[k].Kind == Word {
				row[n].Word = record[k]
				continue
			}
			x, ok := parseNumber(record[k])
			if !ok {
				line, _ := r.FieldPos(k)
				return fmt.Errorf("%s:%d: %s: %q is not a number", path, line, columns[k].Name, record[k])
			}
			row[n].Number = x
		}
		if err := fn(row); err != nil {
			return err
		}
	}
}
