package findings

import (
	"fmt"
	"io"
	"math"
	"strings"

	"splinternet/output"
	"splinternet/scenarios/studies/sensitivity"
	"splinternet/sim/analysis"
)

const (
	told  = 3  // parameters that an overview names of each measure
	shown = 20 // rows of a full table
)

// WriteScreen writes what matters, for people: an overview of many quantities, or
// full tables of the few that were asked for.
func (a *Sensitivity) WriteScreen(w io.Writer, look output.Look, full bool) error {
	p := output.NewPage(look)
	p.Title("Which parameters matter in " + a.folder.Title)
	p.Say(0, fmt.Sprintf("%s of %s, %s each. Method: %s.", output.Count(a.Points, "point"), output.Count(len(a.Factors), "parameter"), output.Count(a.Runs, "run"), a.Why()))
	care(p, a.Data)
	a.members(p)
	if full {
		for k := range a.Results {
			a.table(p, &a.Results[k])
		}
	} else {
		a.overview(p)
	}
	a.legend(p, full)
	warnings(p, a.Cautions(), a.Data)
	return p.Print(w)
}

// members says what moved together.
func (a *Sensitivity) members(p *output.Page) {
	if a.Method != sensitivity.Morris && a.Method != sensitivity.Sobol {
		return
	}
	names, of := a.Groups()
	for g, name := range names {
		var list []string
		for k := range a.Factors {
			if of[k] == g {
				list = append(list, a.Factors[k].Name)
			}
		}
		if len(list) > 1 {
			p.Say(0, fmt.Sprintf("Group %s: %s.", name, strings.Join(list, ", ")))
		}
	}
}

func (a *Sensitivity) overview(p *output.Page) {
	wide := len("measure")
	for k := range a.Results {
		wide = max(wide, len(a.Results[k].Name))
	}
	p.Heading(fmt.Sprintf("%-*s  chance  strongest (%s)", wide, "measure", a.symbol()))
	for k := range a.Results {
		r := &a.Results[k]
		var names []string
		for _, row := range a.Ranked(r)[:min(told, len(a.Names))] {
			if s := a.Score(r, row); !math.IsNaN(s) && s != 0 {
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
	case sensitivity.Morris:
		return "mu*"
	case sensitivity.Sobol:
		return "total order"
	case sensitivity.Regression:
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
func (a *Sensitivity) table(p *output.Page, r *sensitivity.Result) {
	p.Heading(r.Name)
	switch a.Method {
	case sensitivity.Morris:
		lines := [][]string{{"parameter", "mu*", "95 % interval", "mu", "sigma", "noise", "effects"}}
		for _, k := range strongest(a.Ranked(r)) {
			e := r.Effects[k]
			lines = append(lines, []string{a.Names[k], fixed(e.MuStar.Value), span(e.MuStar), fixed(e.Mu), fixed(e.Sigma), fixed(e.Noise), fmt.Sprint(e.MuStar.N)})
		}
		p.Columns(lines)
	case sensitivity.Sobol:
		lines := [][]string{{"parameter", "total", "95 % interval", "first", "95 % interval"}}
		for _, k := range strongest(a.Ranked(r)) {
			i := r.Indices[k]
			lines = append(lines, []string{a.Names[k], fixed(i.Total.Value), span(i.Total), fixed(i.First.Value), span(i.First)})
		}
		p.Columns(lines)
	case sensitivity.Regression:
		a.coefficients(p, r)
		p.WriteString("\n")
		fallthrough
	default:
		a.shares(p, r)
	}
	if more := len(a.Names) - shown; more > 0 {
		p.Say(2, fmt.Sprintf("And %d weaker: they are in the tables.", more))
	}
	p.Say(2, chance(r.Noise))
}

func strongest(rows []int) []int { return rows[:min(shown, len(rows))] }

func (a *Sensitivity) coefficients(p *output.Page, r *sensitivity.Result) {
	lines := [][]string{{"parameter", "coefficient", "95 % interval"}}
	for _, k := range strongest(a.Ranked(r)) {
		e := r.Regression.Coefficients[k]
		lines = append(lines, []string{a.Names[k], fixed(e.Value), span(e)})
	}
	p.Columns(lines)
	p.Say(2, fmt.Sprintf("R2 %s: the share of the variance between points that the linear model accounts for.", fixed(r.Regression.R2)))
}

func (a *Sensitivity) shares(p *output.Page, r *sensitivity.Result) {
	lines := [][]string{{"parameter", "first order", "95 % interval"}}
	for _, k := range strongest(a.RankedFirst(r)) {
		e := r.First[k]
		lines = append(lines, []string{a.Factors[k].Name, fixed(e.Value), span(e)})
	}
	p.Columns(lines)
}

func chance(n analysis.Noise) string {
	if math.IsNaN(n.Share()) {
		return "Chance: not known from one run a point, or nothing varies."
	}
	return fmt.Sprintf("Chance: %s of the variance of single runs, %s of that between points.", output.Percent(n.Share()), output.Percent(n.Means))
}

// legend says what the numbers mean.
func (a *Sensitivity) legend(p *output.Page, full bool) {
	p.WriteString("\n")
	switch a.Method {
	case sensitivity.Morris:
		p.Say(0, "mu* is the mean size of the change when a parameter steps, for a step over its whole range; mu its mean, sigma its spread (interactions, bends); noise the mu* that chance alone would show.")
	case sensitivity.Sobol:
		p.Say(0, "Total is the share of the variance between points that would go if the parameter were known, first the share that it explains by itself; the difference is interaction.")
	case sensitivity.Regression:
		p.Say(0, "A coefficient is what the measure moves, in standard deviations, with one of the parameter; the first-order index the share of the variance between points that it explains by itself.")
	default:
		p.Say(0, "The first-order index is the share of the variance between points that a parameter explains by itself; interactions are not seen.")
	}
	if !full {
		p.Say(0, "Chance is its share of the variance between points, whose replicates share their seeds and so most of it. --measure NAME shows a measure in full.")
	}
}
