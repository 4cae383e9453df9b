package factors

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/sim/analysis"
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

// Table is a table of results under its name.
type Table struct {
	Name  string
	Frame *frame.Frame
}

// tableOf begins a table; words names its columns of words, in front.
func tableOf(name string, words, numbers []string) *Table {
	t := &Table{name, &frame.Frame{}}
	for _, w := range words {
		t.Frame.Columns = append(t.Frame.Columns, frame.Column{Name: w, Words: []string{}})
	}
	for _, n := range numbers {
		t.Frame.Columns = append(t.Frame.Columns, frame.Column{Name: n, Numbers: []float64{}})
	}
	return t
}

// add appends a row. Infinities cannot stand in every reader: they become blank.
func (t *Table) add(words []string, numbers ...float64) {
	for k, w := range words {
		t.Frame.Columns[k].Words = append(t.Frame.Columns[k].Words, w)
	}
	for k, x := range numbers {
		if math.IsInf(x, 0) {
			x = math.NaN()
		}
		c := &t.Frame.Columns[len(words)+k]
		c.Numbers = append(c.Numbers, x)
	}
}

// whole makes columns ones of whole numbers.
func (t *Table) whole(names ...string) {
	for _, name := range names {
		for k := range t.Frame.Columns {
			if t.Frame.Columns[k].Name == name {
				t.Frame.Columns[k].Whole = true
			}
		}
	}
}

// writeTables writes tables into a folder and returns their paths.
func writeTables(dir, format string, metadata map[string]string, tables []*Table) ([]string, error) {
	var paths []string
	for _, t := range tables {
		if err := frame.Write(dir, t.Name, format, t.Frame, metadata); err != nil {
			return paths, err
		}
		paths = append(paths, filepath.Join(dir, t.Name+"."+format))
	}
	return paths, nil
}

// Tables are the results as tables.
func (a *Sensitivity) Tables() []*Table {
	tables := a.effects()
	noise := tableOf("noise", []string{"measure"},
		[]string{"variance_parameters", "variance_replicates", "share_replicates", "share_means", "runs", "failed"})
	for k := range a.Results {
		r := &a.Results[k]
		n := r.Noise
		noise.add([]string{r.Name}, n.Parameters, n.Replicates, n.Share(), n.Means, float64(n.Runs), float64(n.Failed))
	}
	noise.whole("runs", "failed")
	return append(tables, noise)
}

func (a *Sensitivity) effects() []*Table {
	head := []string{"measure", "parameter"}
	switch a.Method {
	case Morris:
		t := tableOf("morris", head, []string{"mu", "mu_star", "mu_star_low", "mu_star_high", "sigma", "trajectories", "noise"})
		for k := range a.Results {
			r := &a.Results[k]
			for i, e := range r.Effects {
				t.add([]string{r.Name, a.Names[i]}, e.Mu, e.MuStar.Value, e.MuStar.Low, e.MuStar.High, e.Sigma, float64(e.MuStar.N), e.Noise)
			}
		}
		t.whole("trajectories")
		return []*Table{t}
	case Sobol:
		t := tableOf("sobol", head, []string{"s1", "s1_low", "s1_high", "st", "st_low", "st_high", "rows"})
		for k := range a.Results {
			r := &a.Results[k]
			for i, e := range r.Indices {
				t.add([]string{r.Name, a.Names[i]}, e.First.Value, e.First.Low, e.First.High, e.Total.Value, e.Total.Low, e.Total.High, float64(e.First.N))
			}
		}
		t.whole("rows")
		return []*Table{t}
	}
	return a.anyDesign(head)
}

func (a *Sensitivity) anyDesign(head []string) []*Table {
	first := tableOf("first_order", head, []string{"s1", "s1_low", "s1_high", "points"})
	linear := tableOf("regression", head, []string{"coefficient", "low", "high", "r2", "points"})
	for k := range a.Results {
		r := &a.Results[k]
		for i, e := range r.First {
			first.add([]string{r.Name, a.Factors[i].Name}, e.Value, e.Low, e.High, float64(e.N))
		}
		if r.Regression == nil {
			continue
		}
		for i, e := range r.Regression.Coefficients {
			linear.add([]string{r.Name, a.Names[i]}, e.Value, e.Low, e.High, r.Regression.R2, float64(e.N))
		}
	}
	first.whole("points")
	linear.whole("points")
	if a.Method == FirstOrder {
		return []*Table{first}
	}
	return []*Table{linear, first}
}

// Write writes the tables into the folder of the sweep and returns their paths. Rows of
// other measures that the tables hold already stay, behind those of this analysis.
func (a *Sensitivity) Write(format string) ([]string, error) {
	var names []string
	for k := range a.Results {
		names = append(names, a.Results[k].Name)
	}
	tables := a.Tables()
	for _, t := range tables {
		if err := t.keepOthers(a.Dir, names); err != nil {
			return nil, err
		}
	}
	return writeTables(a.Dir, format, a.Metadata, tables)
}

// keepOthers appends the rows of the table of the same name in a folder, but for those
// that the first column gives one of the names: they are what is written anew.
func (t *Table) keepOthers(dir string, names []string) error {
	old, err := frame.Read(dir, t.Name)
	var none *frame.MissingError
	if errors.As(err, &none) {
		return nil
	}
	if err == nil {
		err = t.join(old, names)
	}
	if err != nil {
		return fmt.Errorf("table %s of %s is not what an analysis wrote, so its other rows cannot be kept (move it away): %w", t.Name, dir, err)
	}
	return nil
}

func (t *Table) join(old *frame.Frame, names []string) error {
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
type rows struct{ *Table }

// MarshalJSON implements json.Marshaler.
func (r rows) MarshalJSON() ([]byte, error) { return r.Frame.JSON(nil) }

// WriteJSON writes all results as one object: a key for each table, with its rows.
func (a *Sensitivity) WriteJSON(w io.Writer) error {
	object := map[string]any{
		"dir": a.Dir, "scenario": a.Title, "design": a.Design, "method": a.Method, "why": a.Why,
		"points": a.Points, "runs": a.Points*a.Runs - a.Missing, "failed": a.Failed,
		"warnings": orEmpty(a.Warnings),
	}
	for _, t := range a.Tables() {
		object[t.Name] = rows{t}
	}
	return output.WriteJSON(w, object)
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// page is a screen of results under way.
type page struct {
	strings.Builder
	look output.Look
}

func newPage(look output.Look) *page {
	if look.Width == 0 {
		look.Width = 80
	}
	return &page{look: look}
}

func (p *page) bold(text string) string {
	if !p.look.Bold {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

func (p *page) heading(text string) { fmt.Fprintf(p, "\n%s\n", p.bold(text)) }

// say writes text wrapped to the width, behind an indent.
func (p *page) say(indent int, text string) {
	line := strings.Repeat(" ", indent)
	empty := true
	for _, word := range strings.Fields(text) {
		if !empty && len([]rune(line))+1+len([]rune(word)) > p.look.Width {
			p.WriteString(line + "\n")
			line, empty = strings.Repeat(" ", indent), true
		}
		if !empty {
			line += " "
		}
		line, empty = line+word, false
	}
	p.WriteString(line + "\n")
}

const (
	told  = 3  // parameters that an overview names of each measure
	shown = 20 // rows of a full table
)

// WriteScreen writes what matters, for people: an overview of many quantities, or
// full tables of the few that were asked for.
func (a *Sensitivity) WriteScreen(w io.Writer, look output.Look, full bool) error {
	p := newPage(look)
	p.WriteString(p.bold("Which parameters matter in "+a.Title) + "\n")
	p.say(0, fmt.Sprintf("%s of %s, %s each. Method: %s.", output.Count(a.Points, "point"), output.Count(len(a.Factors), "parameter"), output.Count(a.Runs, "run"), a.Why))
	p.care(a.lost())
	a.members(p)
	if full {
		for k := range a.Results {
			a.table(p, &a.Results[k])
		}
	} else {
		a.overview(p)
	}
	a.legend(p, full)
	p.warnings(a.Warnings, a.lost())
	_, err := io.WriteString(w, p.String())
	return err
}

// members says what moved together.
func (a *Sensitivity) members(p *page) {
	if a.Method != Morris && a.Method != Sobol {
		return
	}
	names, of := a.groups()
	for g, name := range names {
		var list []string
		for k := range a.Factors {
			if of[k] == g {
				list = append(list, a.Factors[k].Name)
			}
		}
		if len(list) > 1 {
			p.say(0, fmt.Sprintf("Group %s: %s.", name, strings.Join(list, ", ")))
		}
	}
}

// care says, in front of the numbers, which runs they are not made of.
func (p *page) care(lost string) {
	if lost != "" {
		p.say(0, "Read with care: "+lost+".")
	}
}

// warnings says what else a reader must know.
func (p *page) warnings(list []string, lost string) {
	list = slices.DeleteFunc(slices.Clone(list), func(text string) bool { return text == lost+"." })
	if len(list) == 0 {
		return
	}
	p.heading("Warnings")
	for _, text := range list {
		p.say(2, text)
	}
}

func (a *Sensitivity) overview(p *page) {
	wide := len("measure")
	for k := range a.Results {
		wide = max(wide, len(a.Results[k].Name))
	}
	p.heading(fmt.Sprintf("%-*s  chance  strongest (%s)", wide, "measure", a.symbol()))
	for k := range a.Results {
		r := &a.Results[k]
		var names []string
		for _, row := range a.ranked(r)[:min(told, len(a.Names))] {
			if s := a.score(r, row); !math.IsNaN(s) && s != 0 {
				names = append(names, fmt.Sprintf("%s %s", a.Names[row], fixed(s)))
			}
		}
		// Where nothing moves a measure, chance is all of a variance that is none.
		line, noise := "-", "-"
		if names != nil {
			line, noise = names[0], output.Percent(r.Noise.Means)
		}
		fmt.Fprintf(p, "%-*s  %6s  %s\n", wide, r.Name, noise, line)
		for _, name := range names[min(1, len(names)):] {
			fmt.Fprintf(p, "%*s%s\n", wide+10, "", name)
		}
	}
}

func (a *Sensitivity) symbol() string {
	switch a.Method {
	case Morris:
		return "mu*"
	case Sobol:
		return "total order"
	case Regression:
		return "coefficient"
	}
	return "first order"
}

// fixed writes a number of a table for people: three digits that matter.
func fixed(x float64) string {
	switch size := math.Abs(x); {
	case math.IsNaN(x):
		return "-"
	case size == 0 || size >= .0005 && size < 10:
		return fmt.Sprintf("%.3f", x+0)
	case size >= 10 && size < 1e5:
		return fmt.Sprintf("%.4g", x)
	}
	return fmt.Sprintf("%.2g", x)
}

func span(e analysis.Estimate) string {
	if math.IsNaN(e.Low) {
		return "-"
	}
	return fixed(e.Low) + " to " + fixed(e.High)
}

// table writes the full table of one quantity.
func (a *Sensitivity) table(p *page, r *Result) {
	p.heading(r.Name)
	switch a.Method {
	case Morris:
		lines := [][]string{{"parameter", "mu*", "95 % interval", "mu", "sigma", "noise", "effects"}}
		for _, k := range strongest(a.ranked(r)) {
			e := r.Effects[k]
			lines = append(lines, []string{a.Names[k], fixed(e.MuStar.Value), span(e.MuStar), fixed(e.Mu), fixed(e.Sigma), fixed(e.Noise), fmt.Sprint(e.MuStar.N)})
		}
		p.columns(lines)
	case Sobol:
		lines := [][]string{{"parameter", "total", "95 % interval", "first", "95 % interval"}}
		for _, k := range strongest(a.ranked(r)) {
			i := r.Indices[k]
			lines = append(lines, []string{a.Names[k], fixed(i.Total.Value), span(i.Total), fixed(i.First.Value), span(i.First)})
		}
		p.columns(lines)
	case Regression:
		a.coefficients(p, r)
		p.WriteString("\n")
		fallthrough
	default:
		a.shares(p, r)
	}
	if more := len(a.Names) - shown; more > 0 {
		p.say(2, fmt.Sprintf("And %d weaker: they are in the tables.", more))
	}
	p.say(2, chance(r.Noise))
}

func strongest(rows []int) []int { return rows[:min(shown, len(rows))] }

func (a *Sensitivity) coefficients(p *page, r *Result) {
	lines := [][]string{{"parameter", "coefficient", "95 % interval"}}
	for _, k := range strongest(a.ranked(r)) {
		e := r.Regression.Coefficients[k]
		lines = append(lines, []string{a.Names[k], fixed(e.Value), span(e)})
	}
	p.columns(lines)
	p.say(2, fmt.Sprintf("R2 %s: the share of the variance between points that the linear model accounts for.", fixed(r.Regression.R2)))
}

func (a *Sensitivity) shares(p *page, r *Result) {
	lines := [][]string{{"parameter", "first order", "95 % interval"}}
	b := *a
	b.Method, b.Names = FirstOrder, a.names()
	for _, k := range strongest(b.ranked(r)) {
		e := r.First[k]
		lines = append(lines, []string{b.Names[k], fixed(e.Value), span(e)})
	}
	p.columns(lines)
}

func chance(n analysis.Noise) string {
	if math.IsNaN(n.Share()) {
		return "Chance: not known from one run a point, or nothing varies."
	}
	return fmt.Sprintf("Chance: %s of the variance of single runs, %s of that between points.", output.Percent(n.Share()), output.Percent(n.Means))
}

// columns writes lines of cells: the first to the left, the others to the right.
func (p *page) columns(lines [][]string) {
	wide := make([]int, len(lines[0]))
	for _, cells := range lines {
		for k, c := range cells {
			wide[k] = max(wide[k], len([]rune(c)))
		}
	}
	for _, cells := range lines {
		line := "  "
		for k, c := range cells {
			pad := strings.Repeat(" ", wide[k]-len([]rune(c)))
			if k == 0 {
				line += c + pad
			} else {
				line += "  " + pad + c
			}
		}
		p.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// legend says what the numbers mean.
func (a *Sensitivity) legend(p *page, full bool) {
	p.WriteString("\n")
	switch a.Method {
	case Morris:
		p.say(0, "mu* is the mean size of the change when a parameter steps, for a step over its whole range; mu its mean, sigma its spread (interactions, bends); noise the mu* that chance alone would show.")
	case Sobol:
		p.say(0, "Total is the share of the variance between points that would go if the parameter were known, first the share that it explains by itself; the difference is interaction.")
	case Regression:
		p.say(0, "A coefficient is what the measure moves, in standard deviations, with one of the parameter; the first-order index the share of the variance between points that it explains by itself.")
	default:
		p.say(0, "The first-order index is the share of the variance between points that a parameter explains by itself; interactions are not seen.")
	}
	if !full {
		p.say(0, "Chance is its share of the variance between points, whose replicates share their seeds and so most of it. --measure NAME shows a measure in full.")
	}
}
