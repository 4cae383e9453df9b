package study

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"text/tabwriter"

	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/scenarios/studies"
	"splinternet/sim/analysis"
)

// explanation words an explanation.
type explanation struct {
	*studies.Explanation
	measures []string // columns; none: those of the verdict
}

// tell prints a table of parts, and in sentences what each change is owed to.
func (e *explanation) tell(w io.Writer) {
	how := "each also without one part"
	if e.Shapley {
		how = fmt.Sprintf("each with %d sets of the parts", e.Sets)
	}
	fmt.Fprintf(w, "%s: %s, %s, %s, paired by their seeds\n\n", e.Sides[0].Name,
		output.Span(e.Sides[0].Scenario.Calendar), output.Count(len(e.Readings), "run"), how)
	e.tellTable(w)
	for m, q := range studies.Means() {
		if from, to := e.Change(m); math.Abs(to-from) >= studies.Drift {
			fmt.Fprint(w, "\n"+wrapped(e.sentence(m, q.Title(), from, to)))
		}
	}
	fmt.Fprint(w, "\n"+wrapped(e.verdictSentence()))
	fmt.Fprint(w, "\n"+wrapped(e.caveat()))
}

func (e *explanation) caveat() string {
	if e.Shapley {
		text := "What is owed to a part is its Shapley value: what it adds, on average over all orders in which the parts can come in. " +
			"The values sum to the difference between the scenario and the scenario without these parts."
		if !e.Exact {
			text += fmt.Sprintf(" The average is over %d drawn orders and their reverses.", e.Permutations)
		}
		return text
	}
	return "What is owed to a part is the outcome with it less the outcome without it, all else as it is. " +
		"Parts act through one another, so this need not sum to the change; --shapley divides the change itself."
}

// tellTable prints the parts that matter, in the order of the scenario.
func (e *explanation) tellTable(w io.Writer) {
	columns := columnsOf(e.measures)
	last := len(e.Effects) - 1
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	columnHeads(t, columns, "share that ends in", e.Label().Words())
	fmt.Fprintf(t, "from")
	for _, m := range columns {
		from, _ := e.Change(m)
		fmt.Fprintf(t, "\t%.3f", from)
	}
	fmt.Fprintf(t, "\t\nto")
	for _, m := range columns {
		_, to := e.Change(m)
		fmt.Fprintf(t, "\t%.3f", to)
	}
	fmt.Fprintf(t, "\t%s\n", output.Percent(e.share()))
	kind := ""
	var idle []string
	for k, p := range e.Parts {
		if e.Idle(k) {
			idle = append(idle, p.Name)
			continue
		}
		if p.Kind != kind {
			kind = p.Kind
			fmt.Fprintf(t, "%ss%s\n", strings.ToUpper(kind[:1])+kind[1:], strings.Repeat("\t", len(columns)+1))
		}
		fmt.Fprintf(t, "  %s", p.Name)
		for _, m := range columns {
			fmt.Fprintf(t, "\t%s", e.cell(m, k))
		}
		fmt.Fprintf(t, "\t%s\n", inPoints(e.Effects[last][k]))
	}
	t.Flush()
	if len(idle) > 0 {
		fmt.Fprint(w, "\n"+wrapped(fmt.Sprintf("Nothing that is known by a thousandth is owed to %s.", strings.Join(idle, ", "))))
	}
}

// share is that of the runs that end in the most frequent end state.
func (e *explanation) share() float64 {
	counts, played := e.Counts(0)
	return float64(counts[slices.Index(verdict.Labels, e.Label())]) / float64(played)
}

func (e *explanation) cell(measure, part int) string {
	x := e.Effects[measure][part]
	return shortly(x, x.Value == 0 && x.Low == 0 && x.High == 0)
}

// inPoints is an effect on a share, in percentage points.
func inPoints(e analysis.Estimate) string {
	switch {
	case e.Value == 0 && e.Low == 0 && e.High == 0:
		return "="
	case e.Crosses():
		return fmt.Sprintf("%s ±%.0f?", output.Signed(100*e.Value, 0), 50*(e.High-e.Low))
	}
	return fmt.Sprintf("%s ±%.0f", output.Signed(100*e.Value, 0), 50*(e.High-e.Low))
}

// sentence says what the change of a measure is owed to.
func (e *explanation) sentence(outcome int, title string, from, to float64) string {
	by, word := to-from, "rise"
	if by < 0 {
		word = "fall"
	}
	text := fmt.Sprintf("Of the %s in %s by %.3f, from %.3f to %.3f, ", word, title, math.Abs(by), from, to)
	direction := math.Copysign(1, by)
	pushed, held := e.Movers(outcome, direction, studies.Notable), e.Movers(outcome, -direction, studies.Notable)
	if len(pushed) == 0 {
		text += "nothing is surely owed to any one of these parts"
	}
	for n, k := range pushed {
		how := ", %s to %s"
		if n == 0 {
			how = "%s is owed to %s"
		}
		text += fmt.Sprintf(how, e.amount(outcome, k, direction), wordsOf(e.Parts[k]))
	}
	for n, k := range held {
		how := ", %s to %s"
		if n == 0 {
			how = "; the other way, %s is owed to %s"
		}
		text += fmt.Sprintf(how, e.amount(outcome, k, -direction), wordsOf(e.Parts[k]))
	}
	return text + "."
}

// amount is the size of an effect with its interval, whichever direction it has.
func (e *explanation) amount(outcome, part int, direction float64) string {
	x := e.Effects[outcome][part]
	low, high := x.Low*direction, x.High*direction
	return fmt.Sprintf("%.3f (%.3f to %.3f)", x.Value*direction, min(low, high), max(low, high))
}

// wordsOf names a part in a sentence.
func wordsOf(p studies.Part) string {
	switch {
	case p.Kind == studies.EventPart:
		return "the event " + p.Name
	case p.Name == studies.AllEvents:
		return "all events together"
	}
	return p.Name
}

// verdictSentence says what the end state is owed to.
func (e *explanation) verdictSentence() string {
	text := fmt.Sprintf("%s of runs end in %s", output.Percent(e.share()), e.Label().Words())
	last := len(e.Effects) - 1
	decisive := e.Movers(last, 0, 0)
	if len(decisive) == 0 {
		return text + "; no one of these parts surely makes them more or fewer."
	}
	text += ". Of these, in percentage points,"
	for n, k := range decisive {
		how := ", %s to %s"
		if n == 0 {
			how = " %s are owed to %s"
		}
		text += fmt.Sprintf(how, output.Signed(100*e.Effects[last][k].Value, 0), wordsOf(e.Parts[k]))
	}
	return text + "."
}
