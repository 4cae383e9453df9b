package scenarios

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
)

// rows reads the rows of a file of points.
type rows struct {
	file    *os.File
	name    string
	reader  *csv.Reader
	columns int
}

func (r *rows) close() { r.file.Close() }

// next returns the cells of the next row, and false at the end.
func (r *rows) next() (cells []string, line int, more bool, err error) {
	cells, err = r.reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, 0, false, nil
	}
	if errors.Is(err, csv.ErrFieldCount) {
		line, _ = r.reader.FieldPos(0)
		word := "cells"
		if len(cells) == 1 {
			word = "cell"
		}
		return nil, 0, false, problem.Only(problem.Place{File: r.name, Line: line}, "has %d %s for %d columns", len(cells), word, r.columns)
	}
	if err != nil {
		return nil, 0, false, r.problem(err)
	}
	line, _ = r.reader.FieldPos(0)
	return cells, line, true, nil
}

func (r *rows) problem(err error) problem.List {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return problem.Only(problem.Place{File: r.name, Line: parse.Line, Column: parse.Column}, "%s", parse.Err)
	}
	return problem.Only(problem.Place{File: r.name}, "%s", document.Reason(err))
}

func readPoints(name string) (header []string, r *rows, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, problem.Only(problem.Place{File: name}, "%s", document.Reason(err))
	}
	r = &rows{file: file, name: name, reader: csv.NewReader(file)}
	r.reader.ReuseRecord = true
	r.reader.TrimLeadingSpace = true
	header, err = r.reader.Read()
	if errors.Is(err, io.EOF) {
		err = errors.New("is empty; the first line names what is varied")
	}
	if err != nil {
		file.Close()
		return nil, nil, r.problem(err)
	}
	header = slices.Clone(header)
	header[0] = strings.TrimPrefix(header[0], "\ufeff")
	for k := range header {
		header[k] = strings.TrimSpace(header[k])
	}
	r.columns = len(header)
	if r.columns == 1 && strings.ContainsAny(header[0], ";\t") {
		file.Close()
		return nil, nil, problem.Only(problem.Place{File: name, Line: 1}, "names one column only: cells are separated by commas")
	}
	return header, r, nil
}

// read takes in the rows of a file of points.
func (p *Plan) read(r *rows) error {
	p.points = newPoints(p.Factors, 0)
	var problems problem.List
	for {
		cells, line, more, err := r.next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		if p.points.n++; p.points.n > maxPoints {
			return problem.Only(problem.Place{File: r.name}, "holds more than %d points", maxPoints)
		}
		for k, text := range cells {
			c := &p.points.columns[k]
			value, wrong := plainCell(text)
			switch {
			case wrong != "":
			case c.numbers == nil:
				c.places = append(c.places, c.place(value))
				continue
			case value == "":
				c.numbers = append(c.numbers, math.NaN())
				continue
			default:
				x, err := strconv.ParseFloat(value, 64)
				c.numbers = append(c.numbers, x)
				if err == nil {
					continue
				}
				wrong = fmt.Sprintf("%q is not allowed; allowed: a number, or nothing for the scenario's own value", problem.Clip(text))
			}
			if len(problems) < problem.Enough {
				problems = append(problems, problem.New(problem.Place{File: r.name, Line: line, Key: p.Factors[k].Name}, "%s", wrong))
			}
		}
	}
	if len(problems) > 0 {
		return problems
	}
	if p.points.n == 0 {
		return problem.Only(problem.Place{File: r.name}, "holds no point")
	}
	return nil
}

// plainCell is a cell in the one form that it has in a plan.
func plainCell(text string) (value, wrong string) {
	text = strings.TrimSpace(text)
	if x, err := strconv.ParseFloat(text, 64); err == nil && !math.IsNaN(x) && !math.IsInf(x, 0) {
		return cell(x), ""
	}
	if strings.ContainsAny(text, ",\"'[]{}\r\n#") {
		return "", fmt.Sprintf("%q is not allowed; allowed: numbers, words, dates, true and false", problem.Clip(text))
	}
	return text, ""
}

// Listing reads a file of points and makes a factor of each of its columns.
func (s *Scenario) Listing(file string) ([]Factor, error) {
	header, r, err := readPoints(file)
	if err != nil {
		return nil, err
	}
	defer r.close()
	values := make([]map[string]bool, len(header))
	words, places := make([][]string, len(header)), make([][]written, len(header))
	for k := range values {
		values[k] = map[string]bool{}
	}
	rows := 0
	for {
		cells, line, more, err := r.next()
		if err != nil {
			return nil, err
		}
		if !more {
			break
		}
		rows++
		for k, text := range cells {
			value, wrong := plainCell(text)
			if wrong != "" {
				return nil, problem.Only(problem.Place{File: file, Line: line, Key: problem.Clip(header[k])}, "%s", wrong)
			}
			if value != "" && !values[k][value] {
				values[k][value] = true
				words[k], places[k] = append(words[k], value), append(places[k], written{value, line})
			}
		}
	}
	if rows == 0 {
		return nil, problem.Only(problem.Place{File: file}, "holds no point: the first line names what is varied, and each other one is a point")
	}
	var list []Vary
	for k, key := range header {
		if words[k] == nil {
			return nil, problem.Only(problem.Place{File: file, Key: problem.Clip(key)}, "is blank at every point")
		}
		text := key + "=" + rangeOf(words[k])
		list = append(list, Vary{Text: text, File: file, Line: 1, written: places[k]})
	}
	return s.Factors(list)
}

// rangeOf is the interval of different numbers, or else the list of words.
func rangeOf(words []string) string {
	low, high := math.Inf(1), math.Inf(-1)
	for _, word := range words {
		x, err := strconv.ParseFloat(word, 64)
		if err != nil {
			return strings.Join(words, ",")
		}
		low, high = min(low, x), max(high, x)
	}
	if low < high {
		return cell(low) + ":" + cell(high)
	}
	return strings.Join(words, ",")
}

// ReadList takes the points of a plan from a file whose columns are its factors.
func (p *Plan) ReadList(file string) error {
	_, r, err := readPoints(file)
	if err != nil {
		return err
	}
	defer r.close()
	p.Design = Design{Name: List}
	if err := p.read(r); err != nil {
		return err
	}
	if err := p.checkSize(p.Points()); err != nil {
		return problem.Only(problem.Place{File: file}, "%s", err)
	}
	return nil
}

// pointTable holds a value for every point and factor, in little memory.
type pointTable struct {
	n       int
	columns []pointColumn
}

// pointColumn holds numbers, or words by their place in a table.
type pointColumn struct {
	numeric bool
	numbers []float64 // NaN = blank; nil where there is a table
	places  []uint32
	table   []string
	index   map[string]uint32
	values  []float64 // of the table, when all are numbers
}

func newPoints(factors []Factor, n int) pointTable {
	p := pointTable{n: n, columns: make([]pointColumn, len(factors))}
	for k := range factors {
		c := &p.columns[k]
		if c.numeric = true; factors[k].Scale != Listed {
			c.numbers = make([]float64, n)
			continue
		}
		c.places, c.index = make([]uint32, n), map[string]uint32{}
		for _, level := range factors[k].Levels {
			c.place(level)
		}
	}
	return p
}

// place is the place of a word in the table, which grows where the word is new.
func (c *pointColumn) place(word string) uint32 {
	if at, known := c.index[word]; known {
		return at
	}
	at := uint32(len(c.table))
	word = strings.Clone(word)
	c.index[word] = at
	c.table = append(c.table, word)
	x, err := strconv.ParseFloat(word, 64)
	if word == "" {
		x, err = math.NaN(), nil
	} else if math.IsNaN(x) || math.IsInf(x, 0) {
		err = strconv.ErrSyntax
	}
	if err != nil {
		c.numeric = false
	}
	c.values = append(c.values, x)
	return at
}

func (p *pointTable) set(point, factor int, value string) {
	c := &p.columns[factor]
	switch {
	case c.numbers == nil:
		c.places[point] = c.place(value)
	case value == "":
		c.numbers[point] = math.NaN()
	default:
		c.numbers[point], _ = strconv.ParseFloat(value, 64)
	}
}

func (p *pointTable) cell(point, factor int) string {
	c := &p.columns[factor]
	if c.numbers == nil {
		return c.table[c.places[point]]
	}
	if x := c.numbers[point]; !math.IsNaN(x) {
		return cell(x)
	}
	return ""
}

func (c *pointColumn) number(point int) float64 {
	if c.numbers == nil {
		return c.values[c.places[point]]
	}
	return c.numbers[point]
}
