package scenarios

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"splinternet/models/verdict"
	"splinternet/scenarios/document"
	"splinternet/scenarios/library"
	"splinternet/scenarios/problem"
	"splinternet/scenarios/spec"
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
	fmt.Fprintf(&b, "format   = %s\nversion  = %d\n", document.Quote(planFormat), planVersion)
	fmt.Fprintf(&b, "seed     = %d\n", p.Seed)
	fmt.Fprintf(&b, "runs     = %d  # of each of %d points\n", p.Runs, p.Points())
	fmt.Fprintf(&b, "window   = %s  # years: NAME_end is the mean over the last of them\n", cell(p.Window))
	fmt.Fprintf(&b, "measures = [%s]\n", quoted(p.Measures))
	fmt.Fprintf(&b, "ticks    = %t  # keep the measures at every tick, too\n", p.Ticks)
	fmt.Fprintf(&b, "shards   = %d  # tasks that share the work; changes no result\n", p.Shards)
	b.WriteString("vary     = [\n")
	for k := range p.Factors {
		fmt.Fprintf(&b, "  %s,\n", document.Quote(p.Factors[k].String()))
	}
	b.WriteString("]\n\n[design]\n")
	fmt.Fprintf(&b, "name = %s\n", document.Quote(p.Design.Name))
	for _, z := range sizes {
		if n := *z.in(&p.Design); n > 0 {
			fmt.Fprintf(&b, "%s = %d\n", z.key, n)
		}
	}
	if p.Design.Name != List {
		fmt.Fprintf(&b, "seed = %d\nmade = %s  # by which points are known to be those of the design\n", p.Design.Seed, document.Quote(p.made()))
	}
	s := p.Scenario
	fmt.Fprintf(&b, "\n[scenario]\nname = %s\nhash = %s\n", document.Quote(s.Name), document.Quote(s.Hash))
	if folder := s.folder(dir); folder != "" {
		fmt.Fprintf(&b, "data = %s  # the files that the scenario names are seen from there\n", document.Quote(folder))
	}
	fmt.Fprintf(&b, "text = %s\n", multiline(s.Core))
	_, err := io.WriteString(w, b.String())
	return err
}

func quoted(words []string) string {
	var b strings.Builder
	for k, word := range words {
		if k > 0 {
			b.WriteString(", ")
		}
		b.WriteString(document.Quote(word))
	}
	return b.String()
}

// multiline writes a text of many lines so that it reads as it is, if that is possible.
func multiline(text string) string {
	if !strings.Contains(text, "'''") {
		return "'''\n" + text + "'''"
	}
	return document.Quote(text)
}

// folder is where the scenario lies, as seen from dir, when it brings data files
// along, and else "".
func (s *Scenario) folder(dir string) string {
	if len(s.data) == 0 || strings.HasPrefix(s.origin.file, document.Shelf) {
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
// problem.List.
func ReadPlan(path string) (p *Plan, notes []string, err error) {
	file := path
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		file = filepath.Join(path, PlanFile)
	}
	content, err := document.ReadFile(file)
	if err != nil {
		return nil, nil, problem.List{err.(problem.Problem)}
	}
	r := &planReader{Collector: new(problem.Collector), file: file}
	r.Reading(file)
	return r.read(string(content))
}

// planReader reads one plan.
type planReader struct {
	*problem.Collector
	file  string
	plan  Plan
	made  string // what the plan says of how its points were made
	notes []string
}

func (r *planReader) read(text string) (*Plan, []string, error) {
	root, wrong := document.Parse(r.file, text)
	if wrong != nil {
		return nil, nil, problem.List{*wrong}
	}
	top := document.Read(r.Collector, root)
	if format := top.Has("format"); format.Text() != planFormat {
		return nil, nil, r.only("is no plan of a sweep: it does not say format = %q", planFormat)
	}
	if version := top.Whole("version", 0, 1<<30, 0); version != planVersion && r.Len() == 0 {
		return nil, nil, r.only("was written with plan version %d, and this program reads version %d", version, planVersion)
	}
	p := &r.plan
	r.settings(top)
	r.scenario(document.Read(r.Collector, top.Has("scenario")))
	r.design(document.Read(r.Collector, top.Has("design")))
	vary := readVary(top)
	top.Done()
	if p.Scenario == nil || r.Len() > 0 {
		return nil, nil, r.Err()
	}
	var err error
	if p.Factors, err = p.Scenario.Factors(vary); err != nil {
		return nil, nil, err
	}
	if err := r.points(); err != nil {
		return nil, nil, err
	}
	return p, r.notes, nil
}

// only is the error of a file that is read no further.
func (r *planReader) only(format string, args ...any) error {
	return problem.Only(problem.Place{File: r.file}, format, args...)
}

func (r *planReader) settings(top *document.Reader) {
	p := &r.plan
	p.Seed = uint64(top.Whole("seed", 0, MaxSeed, 1))
	p.Runs = int(top.Whole("runs", 1, maxRuns, 1))
	p.Window = top.Number("window", sim.Range{Min: 0, Max: 1000}, verdict.WindowYears)
	p.Ticks = top.Flag("ticks", false)
	p.Shards = int(top.Whole("shards", 1, MaxShards, 1))
	names := spec.Measures()
	for _, item := range top.Items("measures") {
		word := document.OneOf(r.Collector, item, "measure", names)
		if slices.Contains(p.Measures, word) {
			r.At(item.Place(), "%q is named twice", word)
		}
		p.Measures = append(p.Measures, word)
	}
	if len(p.Measures) == 0 && r.Len() == 0 {
		top.Need("measures", "a list of measures, such as [\"recovery\"]")
	}
}

// MaxSeed is the largest seed that survives a trip through a spreadsheet.
const MaxSeed = 1<<53 - 1

// MaxShards is more than any scheduler takes.
const MaxShards = 100_000

func (r *planReader) scenario(t *document.Reader) {
	if t.Node == nil {
		r.At(problem.Place{File: r.file, Key: "scenario"}, "is missing; allowed: a table [scenario] with name, hash and text")
		return
	}
	name, hash, data, text := t.Text("name"), t.Text("hash"), t.Text("data"), t.Text("text")
	t.Need("text", "the whole text of a scenario")
	t.Done()
	if r.Len() > 0 {
		return
	}
	beside := filepath.Join(filepath.Dir(r.file), filepath.FromSlash(data), "scenario"+library.Ending)
	if filepath.IsAbs(data) {
		beside = filepath.Join(filepath.FromSlash(data), "scenario"+library.Ending)
	}
	s, err := Parse(beside, text, Options{})
	var problems problem.List
	if errors.As(err, &problems) {
		for _, p := range problems {
			if p.File == beside {
				// The text begins in the line after its key.
				p.File, p.Line = r.file, p.Line+t.Get("text").Line
			}
			r.Add(p)
		}
		return
	}
	s.Name = name
	if hash != "" && hash != s.Hash {
		r.notes = append(r.notes, "the scenario of the plan has been edited, or its data files have: its hash is no longer the one that the plan names")
	}
	r.plan.Scenario = s
}

func (r *planReader) design(t *document.Reader) {
	if t.Node == nil {
		r.At(problem.Place{File: r.file, Key: "design"}, "is missing; allowed: a table [design] with name")
		return
	}
	d := &r.plan.Design
	d.Name = t.Word("name", Designs())
	t.Need("name", "one of "+strings.Join(Designs(), ", "))
	for _, z := range sizes {
		*z.in(d) = int(t.Whole(z.key, 1, z.most, 0))
	}
	d.Seed = uint64(t.Whole("seed", 0, MaxSeed, 1))
	r.made = t.Text("made")
	t.Done()
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
			return problem.List{problem.New(problem.Place{File: file, Line: 1}, "the columns must be the factors of %s, in their order: %s",
				filepath.Base(r.file), strings.Join(factorNames(p.Factors), ","))}
		}
	}
	if err := p.read(rows); err != nil {
		return err
	}
	if err := p.checkSize(p.Points()); err != nil {
		return problem.Only(problem.Place{File: file}, "%s", err)
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
