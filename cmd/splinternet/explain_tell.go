package main

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/scenarios/pairs"
	"splinternet/sim/analysis"
)

// small is what is too small for a sentence.
const small = .005

// tell prints a table of parts, and in sentences what each change is owed to.
func (e *explanation) tell(w io.Writer) {
	how := "each also without one part"
	if e.options.shapley {
		how = fmt.Sprintf("each with %d sets of the parts", e.sets)
	}
	fmt.Fprintf(w, "%s: %s, %s, %s, paired by their seeds\n\n", e.full.Name,
		span(e.full.Scenario.Calendar), output.Count(e.runs(), "run"), how)
	e.tellTable(w)
	for o, k := range pairs.Headlines {
		x := e.change(o)
		if math.Abs(x.to-x.from) >= drift {
			fmt.Fprint(w, "\n"+wrapped(e.sentence(o, measures.All()[k].Title, x)))
		}
	}
	fmt.Fprint(w, "\n"+wrapped(e.verdictSentence()))
	fmt.Fprint(w, "\n"+wrapped(e.caveat()))
}

func (e *explanation) caveat() string {
	if e.options.shapley {
		text := "What is owed to a part is its Shapley value: what it adds, on average over all orders in which the parts can come in. " +
			"The values sum to the difference between the scenario and the scenario without these parts."
		if !e.exact {
			text += fmt.Sprintf(" The average is over %d drawn orders and their reverses.", e.options.permutations)
		}
		return text
	}
	return "What is owed to a part is the outcome with it less the outcome without it, all else as it is. " +
		"Parts act through one another, so this need not sum to the change; --shapley divides the change itself."
}

// tellTable prints the parts that matter, in the order of the scenario.
func (e *explanation) tellTable(w io.Writer) {
	columns := columnsOf(e.options.measures)
	last := len(e.effects) - 1
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	columnHeads(t, columns, "share that ends in", e.label.Words())
	fmt.Fprintf(t, "from")
	for _, m := range columns {
		fmt.Fprintf(t, "\t%.3f", e.change(m).from)
	}
	fmt.Fprintf(t, "\t\nto")
	for _, m := range columns {
		fmt.Fprintf(t, "\t%.3f", e.change(m).to)
	}
	counts, played := e.played.Counts(0)
	fmt.Fprintf(t, "\t%s\n", output.Percent(float64(counts[slices.Index(verdict.Labels, e.label)])/float64(played)))
	kind := ""
	var idle []string
	for k, p := range e.parts {
		if e.idle(k) {
			idle = append(idle, p.name)
			continue
		}
		if p.kind != kind {
			kind = p.kind
			fmt.Fprintf(t, "%ss%s\n", strings.ToUpper(kind[:1])+kind[1:], strings.Repeat("\t", len(columns)+1))
		}
		fmt.Fprintf(t, "  %s", p.name)
		for _, m := range columns {
			fmt.Fprintf(t, "\t%s", e.cell(m, k))
		}
		fmt.Fprintf(t, "\t%s\n", points(e.effects[last][k]))
	}
	t.Flush()
	if len(idle) > 0 {
		fmt.Fprint(w, "\n"+wrapped(fmt.Sprintf("Nothing that is known by a thousandth is owed to %s.", strings.Join(idle, ", "))))
	}
}

// idle tells whether a part does nothing to any outcome that is both larger than
// negligible and known by its sign.
func (e *explanation) idle(part int) bool {
	for o := range e.effects {
		if x := e.effects[o][part]; !x.Crosses() && math.Abs(x.Value) >= negligible {
			return false
		}
	}
	return true
}

func (e *explanation) cell(measure, part int) string {
	x := e.effects[measure][part]
	return shortly(x, x.Value == 0 && x.Low == 0 && x.High == 0)
}

// points is an effect on a share, in percentage points.
func points(e analysis.Estimate) string {
	switch {
	case e.Value == 0 && e.Low == 0 && e.High == 0:
		return "="
	case e.Crosses():
		return fmt.Sprintf("%s ±%.0f?", signed(100*e.Value, 0), 50*(e.High-e.Low))
	}
	return fmt.Sprintf("%s ±%.0f", signed(100*e.Value, 0), 50*(e.High-e.Low))
}

// sentence says what the change of a measure is owed to.
func (e *explanation) sentence(outcome int, title string, x change) string {
	by, word := x.to-x.from, "rise"
	if by < 0 {
		word = "fall"
	}
	text := fmt.Sprintf("Of the %s in %s by %.3f, from %.3f to %.3f, ", word, title, math.Abs(by), x.from, x.to)
	direction := math.Copysign(1, by)
	pushed, held := e.movers(outcome, direction), e.movers(outcome, -direction)
	if len(pushed) == 0 {
		text += "nothing is surely owed to any one of these parts"
	}
	for n, k := range pushed {
		how := ", %s to %s"
		if n == 0 {
			how = "%s is owed to %s"
		}
		text += fmt.Sprintf(how, e.amount(outcome, k, direction), e.parts[k].words())
	}
	for n, k := range held {
		how := ", %s to %s"
		if n == 0 {
			how = "; the other way, %s is owed to %s"
		}
		text += fmt.Sprintf(how, e.amount(outcome, k, -direction), e.parts[k].words())
	}
	return text + "."
}

// movers are the parts that surely push an outcome in one direction, the strongest
// first.
func (e *explanation) movers(outcome int, direction float64) []int {
	var list []int
	for k, x := range e.effects[outcome] {
		if !x.Crosses() && x.Value*direction >= small {
			list = append(list, k)
		}
	}
	return e.bySize(outcome, list)
}

// bySize orders parts by the size of what they do to an outcome.
func (e *explanation) bySize(outcome int, list []int) []int {
	slices.SortStableFunc(list, func(a, b int) int {
		x, y := math.Abs(e.effects[outcome][a].Value), math.Abs(e.effects[outcome][b].Value)
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return list
}

// amount is the size of an effect with its interval, whichever direction it has.
func (e *explanation) amount(outcome, part int, direction float64) string {
	x := e.effects[outcome][part]
	low, high := x.Low*direction, x.High*direction
	return fmt.Sprintf("%.3f (%.3f to %.3f)", x.Value*direction, min(low, high), max(low, high))
}

// words name a part in a sentence.
func (p part) words() string {
	switch {
	case p.kind == eventPart:
		return "the event " + p.name
	case p.name == allEvents:
		return "all events together"
	}
	return p.name
}

// verdictSentence says what the end state is owed to.
func (e *explanation) verdictSentence() string {
	counts, played := e.played.Counts(0)
	n := counts[slices.Index(verdict.Labels, e.label)]
	text := fmt.Sprintf("%s of runs end in %s", output.Percent(float64(n)/float64(played)), e.label.Words())
	last := len(e.effects) - 1
	var decisive []int
	for k, x := range e.effects[last] {
		if !x.Crosses() {
			decisive = append(decisive, k)
		}
	}
	if len(decisive) == 0 {
		return text + "; no one of these parts surely makes them more or fewer."
	}
	text += ". Of these, in percentage points,"
	for n, k := range e.bySize(last, decisive) {
		how := ", %s to %s"
		if n == 0 {
			how = " %s are owed to %s"
		}
		text += fmt.Sprintf(how, signed(100*e.effects[last][k].Value, 0), e.parts[k].words())
	}
	return text + "."
}

// wrapped breaks a paragraph into lines that fit a page.
func wrapped(text string) string {
	const width = 88
	var b strings.Builder
	line := ""
	for word := range strings.FieldsSeq(text) {
		switch {
		case line == "":
			line = word
		case len([]rune(line))+1+len([]rune(word)) > width:
			b.WriteString(line + "\n")
			line = word
		default:
			line += " " + word
		}
	}
	return b.String() + line + "\n"
}
