package findings

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"splinternet/models/world"
	"splinternet/output"
	"splinternet/scenarios/studies/discovery"
	"splinternet/sim/analysis"
)

// Cautions are the warnings in words.
func (d *Discovery) Cautions() []string {
	var list []string
	for _, w := range d.Warnings {
		list = append(list, d.caution(w))
	}
	return list
}

func (d *Discovery) caution(w discovery.Warning) string {
	switch w.Concern {
	case discovery.Incomplete:
		return lost(d.Data) + "."
	case discovery.Dependent:
		return fmt.Sprintf("The points of a %s design hang together: boxes and quasi-p-values look surer than they are. A lhs or halton design suits better.", d.Design)
	case discovery.None:
		return "No run has this outcome: there is nothing to find."
	case discovery.All:
		return "Every run has this outcome: there is nothing to tell apart."
	case discovery.FewCases:
		return fmt.Sprintf("Only %s %s the outcome: a box of so few is a guess. Sweep more points.", output.Count(d.Interest, "run"), plural(d.Interest, "has", "have"))
	case discovery.NoBox:
		return "No box: nothing in this sweep makes the outcome clearly more likely than it is overall."
	}
	f := &d.Boxes[w.Box]
	switch w.Concern {
	case discovery.Unconditional:
		return fmt.Sprintf("%s of all runs end so, which reaches the threshold without any condition: raise --threshold, or ask when they do not.", output.Percent(f.Box().Density))
	case discovery.BelowDensity:
		return fmt.Sprintf("Box %d has density %s, below the threshold of %s: its conditions make the outcome likelier, no more.",
			w.Box+1, output.Percent(f.Box().Density), output.Percent(d.Search.Threshold))
	case discovery.SmallBox:
		return fmt.Sprintf("Box %d holds only %s: sweep more points, or ask for larger boxes with --min-mass.", w.Box+1, output.Count(f.Box().Cases, "run"))
	}
	return fmt.Sprintf("Box %d: the restriction of %s may be chance (quasi-p %s); --except %[2]s searches without it.",
		w.Box+1, d.Factors[w.Axis].Name, probability(f.QuasiP[w.Axis]))
}

func probability(p float64) string {
	if p < .001 {
		return "below 0.001"
	}
	return fmt.Sprintf("%.3f", p)
}

// condition words the restriction of an axis.
func (d *Discovery) condition(b *analysis.Box, axis int) string {
	f := &d.Factors[axis]
	const many = 6 // numbers are better told by their ends
	levels := d.Levels(b, axis)
	if f.Numbers() && len(levels) > many {
		levels = nil
	}
	if levels != nil {
		if len(levels) == 1 {
			return "is " + levels[0]
		}
		return "is " + strings.Join(levels[:len(levels)-1], ", ") + " or " + levels[len(levels)-1]
	}
	low, high := b.Low[axis], b.High[axis]
	short := func(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }
	switch {
	case math.IsInf(low, -1) && f.Discrete():
		return "is at most " + short(high)
	case math.IsInf(high, 1) && f.Discrete():
		return "is at least " + short(low)
	case math.IsInf(low, -1):
		return "is below " + short(high)
	case math.IsInf(high, 1):
		return "is above " + short(low)
	}
	return "lies between " + short(low) + " and " + short(high)
}

// Sentence words a box.
func (d *Discovery) Sentence(k int) string {
	var parts []string
	for _, axis := range d.Restricted(k) {
		parts = append(parts, d.Factors[axis].Name+" "+d.condition(&d.Boxes[k].Box().Box, axis))
	}
	return fmt.Sprintf("%s when %s. Of the runs in this box %s end so, and they are %s of all that do.",
		d.Outcome, world.Listed(parts), output.Percent(d.Boxes[k].Box().Density), output.Percent(d.Boxes[k].Box().Coverage))
}

// WriteScreen writes the boxes for people; full adds the trajectories.
func (d *Discovery) WriteScreen(w io.Writer, look output.Look, full bool) error {
	p := output.NewPage(look)
	p.Title("Which conditions lead to " + d.Outcome)
	p.Say(0, fmt.Sprintf("%s: %d of %s (%s) end so.", d.folder.Title, d.Interest, output.Count(d.Cases, "run"), output.Percent(float64(d.Interest)/float64(d.Cases))))
	care(p, d.Data)
	for k := range d.Boxes {
		if d.Boxes[k].Box().Restricted > 0 {
			d.box(p, k)
		}
		if full {
			d.way(p, k)
		}
	}
	warnings(p, d.Cautions(), d.Data)
	if len(d.Boxes) > 0 && (full || d.Boxes[0].Box().Restricted > 0) {
		p.WriteString("\n")
		p.Say(0, "Coverage is the share of all runs with the outcome that lie in the box, density the share of the box's runs that have it, mass the share of all runs in the box; quasi-p how likely chance makes the box as dense as it is without the condition.")
	}
	return p.Print(w)
}

func (d *Discovery) box(p *output.Page, k int) {
	f := &d.Boxes[k]
	b := f.Box()
	p.Heading(fmt.Sprintf("Box %d", k+1))
	p.Say(2, d.Sentence(k))
	p.WriteString("\n")
	lines := [][]string{{"parameter", "condition", "of", "quasi-p"}}
	for _, axis := range d.Restricted(k) {
		lines = append(lines, []string{d.Factors[axis].Name, d.condition(&b.Box, axis), d.Factors[axis].Text, probability(f.QuasiP[axis])})
	}
	p.Columns(lines)
	p.Say(2, fmt.Sprintf("Coverage %s, density %s, mass %s: step %d of %d%s.", output.Percent(b.Coverage), output.Percent(b.Density), output.Percent(b.Mass),
		f.Peeled, peels(f)-1, map[bool]string{true: ", then pasted", false: ""}[b.Pasted]))
}

func (d *Discovery) way(p *output.Page, k int) {
	f := &d.Boxes[k]
	p.Heading(fmt.Sprintf("The way to box %d", k+1))
	lines := [][]string{{"step", "coverage", "density", "mass", "restricted", ""}}
	for step := range f.Trajectory {
		s := &f.Trajectory[step]
		mark := ""
		if s.Pasted {
			mark = "pasted"
		}
		if step == f.Chosen {
			mark = strings.TrimSpace(mark + " chosen")
		}
		lines = append(lines, []string{
			strconv.Itoa(step), fmt.Sprintf("%.3f", s.Coverage), fmt.Sprintf("%.3f", s.Density),
			fmt.Sprintf("%.3f", s.Mass), strconv.Itoa(s.Restricted), mark,
		})
	}
	p.Columns(lines)
}

// peels is the number of steps that were peeled, the whole among them.
func peels(f *analysis.Finding) int {
	n := len(f.Trajectory)
	if f.Trajectory[n-1].Pasted {
		n--
	}
	return n
}
