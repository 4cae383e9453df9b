package scenarios

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"splinternet/models/verdict"
	"splinternet/sim"
)

// The files of a plan.
const (
	PlanFile   = "plan.toml"
	PointsFile = "points.csv"
)

// planFormat marks a TOML file as a plan.
const planFormat = "splinternet-plan"

const planHead = `# The plan of a sweep. "splinternet sweep --plan" runs it as it stands here and in
# points.csv beside it: edit both before the first run.

`

// WritePlan writes all of the plan but its points, as TOML for the folder dir.
func (p *Plan) WritePlan(w io.Writer, dir string) error {
	var b strings.Builder
	b.WriteString(planHead)
	fmt.Fprintf(&b, "format   = %s\nversion  = %d\n", quote(planFormat), planVersion)
	fmt.Fprintf(&b, "seed     = %d\n", p.Seed)
	fmt.Fprintf(&b, "runs     = %d  # of each of %d points\n", p.Runs, p.Points())
	fmt.Fprintf(&b, "window   = %s  # years: NAME_end is the mean over the last of them\n", cell(p.Window))
	fmt.Fprintf(&b, "measures = [%s]\n", quoted(p.Measures))
	fmt.Fprintf(&b, "ticks    = %t  # keep the measures at every tick, too\n", p.Ticks)
	fmt.Fprintf(&b, "shards   = %d  # tasks that share the work; changes no result\n", p.Shards)
	b.WriteString("vary     = [\n")
	for k := range p.Factors {
		fmt.Fprintf(&b, "  %s,\n", quote(p.Factors[k].String()))
	}
	b.WriteString("]\n\n[design]\n")
	fmt.Fprintf(&b, "name = %s\n", quote(p.Design.Name))
	for _, key := range p.Design.sizes() {
		if *key.value > 0 {
			fmt.Fprintf(&b, "%s = %d\n", key.name, *key.value)
		}
	}
	if p.Design.Name != List {
		fmt.Fprintf(&b, "seed = %d\nmade = %s  # by which points are known to be those of the design\n", p.Design.Seed, quote(p.made()))
	}
	s := p.Scenario
	fmt.Fprintf(&b, "\n[scenario]\nname = %s\nhash = %s\n", quote(s.Name), quote(s.Hash))
	if folder := s.folder(dir); folder != "" {
		fmt.Fprintf(&b, "data = %s  # the files that the scenario names are seen from there\n", quote(folder))
	}
	fmt.Fprintf(&b, "text = %s\n", multiline(s.Core))
	_, err := io.WriteString(w, b.String())
	return err
}

// designSize is one number of a design.
type designSize struct {
	name  string
	most  int64
	value *int
}

func (d *Design) sizes() []designSize {
	return []designSize{
		{"points", maxPoints, &d.Points},
		{"trajectories", maxPoints, &d.Trajectories},
		{"base", maxPoints, &d.Base},
		{"levels", 1000, &d.Levels},
		{"candidates", maxCandidates, &d.Candidates},
	}
}

func quoted(words []string) string {
	var b strings.Builder
	for k, word := range words {
		if k > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quote(word))
	}
	return b.String()
}

// multiline writes a text of many lines so that it reads as it is, if that is possible.
func multiline(text string) string {
	if !strings.Contains(text, "'''") {
		return "'''\n" + text + "'''"
	}
	return quote(text)
}

// folder is where the scenario lies, as seen from dir, when it brings data files
// along, and else "".
func (s *Scenario) folder(dir string) string {
	if len(s.files) == 0 || strings.HasPrefix(s.origin.file, shelf) {
		return ""
	}
	from, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	to, err := filepath.Abs(filepath.Dir(s.origin.file))
	if err != nil {
		return ""
	}
	if folder, err := filepath.Rel(from, to); err == nil {
		return filepath.ToSlash(folder)
	}
	return filepath.ToSlash(to)
}

// ReadPlan reads the plan in a folder, or in a file with points.csv beside it.
// Notes tell what has been edited since the plan was made. The error is of type
// Problems.
func ReadPlan(path string) (p *Plan, notes []string, err error) {
	file := path
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		file = filepath.Join(path, PlanFile)
	}
	content, err := readFile(file)
	if err != nil {
		return nil, nil, Problems{{File: file, Message: reason(err)}}
	}
	r := &planReader{collector: &collector{files: []string{file}}, file: file}
	return r.read(string(content))
}

// planReader reads one plan.
type planReader struct {
	*collector
	file  string
	plan  Plan
	made  string // what the plan says of how its points were made
	notes []string
}

func (r *planReader) read(text string) (*Plan, []string, error) {
	root, problem := parse(r.file, text, 0)
	if problem != nil {
		return nil, nil, Problems{*problem}
	}
	top := r.table(root)
	if format := top.has("format"); format.text() != planFormat {
		return nil, nil, Problems{{File: r.file, Message: fmt.Sprintf("is no plan of a sweep: it does not say format = %q", planFormat)}}
	}
	if version := top.whole("version", 0, 1<<30, 0); version != planVersion && len(r.list) == 0 {
		return nil, nil, Problems{{File: r.file, Message: fmt.Sprintf("was written with plan version %d, and this program reads version %d", version, planVersion)}}
	}
	p := &r.plan
	r.settings(top)
	r.scenario(r.table(top.has("scenario")))
	r.design(r.table(top.has("design")))
	vary := top.items("vary")
	if top.get("vary") == nil {
		top.need("vary", `a list of texts such as ["influence.bound=0.2:0.8"]`)
	}
	top.done()
	if p.Scenario == nil || len(r.list) > 0 {
		return nil, nil, r.err()
	}
	var list []Vary
	for _, item := range vary {
		list = append(list, Vary{Text: item.text(), File: item.file, Line: item.line})
	}
	var err error
	if p.Factors, err = p.Scenario.Factors(list); err != nil {
		return nil, nil, err
	}
	if err := r.points(); err != nil {
		return nil, nil, err
	}
	return p, r.notes, nil
}

func (r *planReader) settings(top *reader) {
	p := &r.plan
	p.Seed = uint64(top.whole("seed", 0, MaxSeed, 1))
	p.Runs = int(top.whole("runs", 1, maxRuns, 1))
	p.Window = top.number("window", sim.Range{Min: 0, Max: 1000}, verdict.WindowYears)
	p.Ticks = top.flag("ticks", false)
	p.Shards = int(top.whole("shards", 1, MaxShards, 1))
	names := measureNames()
	for _, item := range top.items("measures") {
		word := r.oneOf(item, "measure", names)
		if slices.Contains(p.Measures, word) {
			r.at(item, "%q is named twice", word)
		}
		p.Measures = append(p.Measures, word)
	}
	if len(p.Measures) == 0 && len(r.list) == 0 {
		top.need("measures", "a list of measures, such as [\"recovery\"]")
	}
}

// MaxSeed is the largest seed that survives a trip through a spreadsheet.
const MaxSeed = 1<<53 - 1

// MaxShards is more than any scheduler takes.
const MaxShards = 100_000

func (r *planReader) scenario(t *reader) {
	if t.node == nil {
		r.add(Problem{File: r.file, Key: "scenario", Message: "is missing; allowed: a table [scenario] with name, hash and text"})
		return
	}
	name, hash, data, text := t.text("name"), t.text("hash"), t.text("data"), t.text("text")
	if text == "" && t.get("text") == nil {
		t.need("text", "the whole text of a scenario")
	}
	t.done()
	if len(r.list) > 0 {
		return
	}
	beside := filepath.Join(filepath.Dir(r.file), filepath.FromSlash(data), "scenario"+ending)
	if filepath.IsAbs(data) {
		beside = filepath.Join(filepath.FromSlash(data), "scenario"+ending)
	}
	s, err := Parse(beside, text, Options{})
	var problems Problems
	if errors.As(err, &problems) {
		for _, p := range problems {
			if p.File == beside {
				// The text begins in the line after its key.
				p.File, p.Line = r.file, p.Line+t.get("text").line
			}
			r.add(p)
		}
		return
	}
	s.Name = name
	if hash != "" && hash != s.Hash {
		r.notes = append(r.notes, "the scenario of the plan has been edited, or its data files have: its hash is no longer the one that the plan names")
	}
	r.plan.Scenario = s
}

func (r *planReader) design(t *reader) {
	if t.node == nil {
		r.add(Problem{File: r.file, Key: "design", Message: "is missing; allowed: a table [design] with name"})
		return
	}
	d := &r.plan.Design
	d.Name = t.word("name", Designs())
	if t.get("name") == nil {
		t.need("name", "one of "+strings.Join(Designs(), ", "))
	}
	for _, key := range d.sizes() {
		*key.value = int(t.whole(key.name, 1, key.most, 0))
	}
	d.Seed = uint64(t.whole("seed", 0, MaxSeed, 1))
	r.made = t.text("made")
	t.done()
}

// points reads points.csv beside the plan, and notes where it is not what the design
// makes.
func (r *planReader) points() error {
	p := &r.plan
	file := filepath.Join(filepath.Dir(r.file), PointsFile)
	header, rows, err := readPoints(file)
	if err != nil {
		return err
	}
	defer rows.close()
	for k := range p.Factors {
		if k >= len(header) || header[k] != p.Factors[k].Name || len(header) != len(p.Factors) {
			return Problems{{File: file, Line: 1, Message: fmt.Sprintf("the columns must be the factors of %s, in their order: %s",
				filepath.Base(r.file), strings.Join(factorNames(p.Factors), ","))}}
		}
	}
	if err := p.read(rows); err != nil {
		return err
	}
	if err := p.checkSize(p.Points()); err != nil {
		return Problems{{File: file, Message: err.Error()}}
	}
	if p.Design.Name != List && r.made != p.made() {
		r.notes = append(r.notes, fmt.Sprintf("the points are not those of the %s design that the plan names: they are taken as a list", p.Design.Name))
		p.Design = Design{Name: List}
	}
	return nil
}

func factorNames(factors []Factor) []string {
	names := make([]string, len(factors))
	for k := range factors {
		names[k] = factors[k].Name
	}
	return names
}

// made identifies a design together with the points that it made. It spares making them
// again to see whether somebody has edited them.
func (p *Plan) made() string {
	h := sha256.New()
	out := bufio.NewWriter(h)
	fmt.Fprintf(out, "%+v\n", p.Design)
	for k := range p.Factors {
		fmt.Fprintf(out, "%s\n", p.Factors[k].String())
	}
	_ = p.WritePoints(out) // a hash takes everything
	_ = out.Flush()
	return hex.EncodeToString(h.Sum(nil))
}

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
		return nil, 0, false, Problems{{File: r.name, Line: line, Message: fmt.Sprintf("has %d %s for %d columns", len(cells), word, r.columns)}}
	}
	if err != nil {
		return nil, 0, false, r.problem(err)
	}
	line, _ = r.reader.FieldPos(0)
	return cells, line, true, nil
}

func (r *rows) problem(err error) Problems {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return Problems{{File: r.name, Line: parse.Line, Column: parse.Column, Message: parse.Err.Error()}}
	}
	return Problems{{File: r.name, Message: reason(err)}}
}

func readPoints(name string) (header []string, r *rows, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, nil, Problems{{File: name, Message: reason(err)}}
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
		return nil, nil, Problems{{File: name, Line: 1, Message: "names one column only: cells are separated by commas"}}
	}
	return header, r, nil
}

// read takes in the rows of a file of points.
func (p *Plan) read(r *rows) error {
	p.points = newPoints(p.Factors, 0)
	var problems Problems
	for {
		cells, line, more, err := r.next()
		if err != nil {
			return err
		}
		if !more {
			break
		}
		if p.points.n++; p.points.n > maxPoints {
			return Problems{{File: r.name, Message: fmt.Sprintf("holds more than %d points", maxPoints)}}
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
				wrong = fmt.Sprintf("%q is not allowed; allowed: a number, or nothing for the scenario's own value", clip(text))
			}
			if len(problems) < enough {
				problems = append(problems, Problem{File: r.name, Line: line, Key: p.Factors[k].Name, Message: wrong})
			}
		}
	}
	if len(problems) > 0 {
		return problems
	}
	if p.points.n == 0 {
		return Problems{{File: r.name, Message: "holds no point"}}
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
		return "", fmt.Sprintf("%q is not allowed; allowed: numbers, words, dates, true and false", clip(text))
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
				return nil, Problems{{File: file, Line: line, Key: clip(header[k]), Message: wrong}}
			}
			if value != "" && !values[k][value] {
				values[k][value] = true
				words[k], places[k] = append(words[k], value), append(places[k], written{value, line})
			}
		}
	}
	if rows == 0 {
		return nil, Problems{{File: file, Message: "holds no point: the first line names what is varied, and each other one is a point"}}
	}
	var list []Vary
	for k, key := range header {
		if words[k] == nil {
			return nil, Problems{{File: file, Key: clip(key), Message: "is blank at every point"}}
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
		return Problems{{File: file, Message: err.Error()}}
	}
	return nil
}
