package scenarios

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// Target is one thing that a calibration wants of a run: a value with a tolerance,
// or a bound.
type Target struct {
	Name string
	Why  string // where the value comes from

	measure   int    // in measures.All, or -1
	from, to  int    // ticks, both included
	statistic string // of the measure over these ticks
	text      string // whose vote is counted
	count     string // yes, no or abstain
	label     verdict.Label

	least, most float64 // equal for a value; infinite where there is no bound
	Tolerance   float64 // what counts as a distance of 1
}

// The words of a target.
var (
	instants  = []string{"first", "last", "end"}
	overTicks = []string{"mean", "sum", "least", "most", "change"}
	tallies   = []string{"yes", "no", "abstain"}
)

// endYears is how much of the end of a run "end" means.
const endYears = 2

// maxTargets keeps a mistake from making a calibration of everything.
const maxTargets = 200

// ReadTargets reads the targets of a calibration of a scenario from a TOML file.
// The error is of type problem.List.
func ReadTargets(file string, s *Scenario) ([]Target, error) {
	content, err := document.ReadFile(file)
	if err != nil {
		return nil, problem.List{err.(problem.Problem)}
	}
	return ParseTargets(file, string(content), s)
}

// ParseTargets reads targets from their text. The file is what messages name.
func ParseTargets(file, text string, s *Scenario) ([]Target, error) {
	c := new(problem.Collector)
	root, wrong := document.Parse(file, text)
	if wrong != nil {
		return nil, problem.List{*wrong}
	}
	top := document.Read(c, root)
	top.Text("title")
	top.Text("description")
	list := top.Each("target")
	if len(list) == 0 && c.Len() == 0 {
		c.At(problem.Place{File: file, Line: 1, Key: "target"}, "is missing; allowed: a table [[target]] for each thing that is wanted")
	}
	var targets []Target
	for _, r := range list {
		if len(targets) == maxTargets {
			r.At("there are more than %d targets", maxTargets)
			break
		}
		t := &targetReader{Reader: r, scenario: s}
		targets = append(targets, t.read())
		r.Done()
		if last := len(targets) - 1; targets[last].Name != "" && slices.ContainsFunc(targets[:last], func(o Target) bool { return o.Name == targets[last].Name }) {
			r.At("two targets are called %q; give this one a name of its own", problem.Clip(targets[last].Name))
		}
	}
	top.Done()
	if err := c.Err(); err != nil {
		return nil, err
	}
	return targets, nil
}

// targetReader reads one target.
type targetReader struct {
	*document.Reader
	scenario *Scenario
}

func (r *targetReader) read() Target {
	t := Target{measure: -1, Why: r.Text("why"), least: math.Inf(-1), most: math.Inf(1), statistic: "mean"}
	var names []string
	for _, m := range measures.All() {
		names = append(names, m.Name)
	}
	measure, text := r.Word("measure", names), r.Text("text")
	label := r.Word("label", labelNames())
	kinds := 0
	for _, key := range []string{"measure", "text", "label"} {
		if r.Get(key) != nil {
			kinds++
		}
	}
	if kinds != 1 {
		r.At("a target has one of measure, text and label")
	}
	if kinds != 1 || measure+text+label == "" {
		// What else the target holds is no further mistake.
		r.Allow("at", "from", "until", "statistic", "count", "name", "value", "at-least", "at-most", "tolerance")
		return t
	}
	switch {
	case measure != "":
		t.measure = measures.Find(measure)
		if measures.All()[t.measure].Costly {
			r.Problems.At(r.Get("measure").Place(), "%s is taken at a stride only, and cannot be a target", measure)
		}
		r.when(&t)
		t.Name = measure + r.suffix()
	case text != "":
		t.text, t.count, t.Name = text, r.Word("count", tallies), text
		if r.Get("count") == nil {
			r.Need("count", "one of "+strings.Join(tallies, ", "))
		}
		t.Name += " " + t.count
	default:
		t.label, t.Name = verdict.Label(label), label
	}
	r.wanted(&t)
	if name := r.Text("name"); name != "" {
		t.Name = name
	}
	return t
}

func labelNames() []string {
	var names []string
	for _, l := range verdict.Labels {
		names = append(names, string(l))
	}
	return names
}

// suffix says in a name at what time a measure is wanted.
func (r *targetReader) suffix() string {
	var words []string
	for _, key := range []string{"at", "from", "until"} {
		if n := r.Get(key); n != nil {
			words = append(words, fmt.Sprintf("%s %s", key, strings.Trim(document.Format(n.Value), `"`)))
		}
	}
	if n := r.Get("statistic"); n != nil && n.Text() != "" {
		words = append(words, n.Text())
	}
	if len(words) == 0 {
		return " at end"
	}
	return " " + strings.Join(words, " ")
}

// when reads the ticks of a measure: at a moment or a date, or from one to another.
func (r *targetReader) when(t *Target) {
	c := r.scenario.Calendar
	t.from, t.to = max(0, c.Ticks-c.Span(endYears)), c.Ticks-1
	if n := r.Has("at"); n != nil {
		if r.Get("from") != nil || r.Get("until") != nil {
			r.Problems.At(n.Place(), "a target has at, or from and until")
		}
		switch {
		case n.Text() == "first":
			t.from, t.to = 0, 0
		case n.Text() == "last":
			t.from = t.to
		case n.Text() == "end":
		case n.Text() != "":
			document.OneOf(r.Problems, n, "at", instants)
		default:
			t.from = r.tick("at")
			t.to = t.from
		}
	} else if r.Get("from") != nil || r.Get("until") != nil {
		t.from, t.to = 0, c.Ticks-1
		if r.Get("from") != nil {
			t.from = r.tick("from")
		}
		if r.Get("until") != nil {
			t.to = r.tick("until")
		}
		if t.to < t.from {
			r.At("it ends before it begins")
		}
	}
	if word := r.Word("statistic", overTicks); word != "" {
		t.statistic = word
	}
	r.Allow("at", "from", "until", "statistic")
}

// tick is the tick of a date, which must lie within the run.
func (r *targetReader) tick(key string) int {
	day, n := r.Date(key)
	if n == nil {
		return 0
	}
	c := r.scenario.Calendar
	t := c.At(day)
	if t < 0 || t >= c.Ticks {
		r.Problems.At(n.Place(), "%s lies outside the run; allowed: from %s to %s", day.Format("2006-01-02"),
			c.Start.Format("2006-01-02"), c.Date(c.Ticks).AddDate(0, 0, -1).Format("2006-01-02"))
		return 0
	}
	return t
}

// wanted reads the value or the bounds, and the tolerance.
func (r *targetReader) wanted(t *Target) {
	anything := sim.Range{Min: -1e12, Max: 1e12}
	value, least, most := r.Optional("value", anything), r.Optional("at-least", anything), r.Optional("at-most", anything)
	switch {
	case r.Get("value") != nil && (r.Get("at-least") != nil || r.Get("at-most") != nil):
		r.Problems.At(r.Get("value").Place(), "a target has a value, or bounds at-least and at-most")
	case r.Get("value") == nil && r.Get("at-least") == nil && r.Get("at-most") == nil:
		r.Need("value", "a number; or at-least, at-most, or both")
	case value != nil:
		t.least, t.most = *value, *value
	}
	if least != nil {
		t.least = *least
	}
	if most != nil {
		t.most = *most
	}
	if t.least > t.most {
		r.At("at-least %g is above at-most %g", t.least, t.most)
	}
	if r.Get("tolerance") == nil {
		r.Need("tolerance", "a number above 0: what counts as a distance of 1")
	}
	t.Tolerance = r.Number("tolerance", sim.Range{Min: 1e-9, Max: 1e12}, 1)
}

// Record makes sure that a recording keeps what the target asks for. Keep must have
// a place for every measure.
func (t *Target) Record(r *models.Recording) {
	if t.measure >= 0 {
		r.Keep[t.measure] = true
	}
	r.Chronicle = r.Chronicle || t.text != ""
}

// Of is what a run has of what the target asks for; NaN where the run has no such
// thing, as a vote that was not taken.
func (t *Target) Of(result *models.Result) float64 {
	switch {
	case t.measure >= 0:
		return t.over(result.Series.Values[t.measure][t.from : t.to+1])
	case t.text != "":
		for k := range result.Entries {
			if e := &result.Entries[k]; e.Kind == "vote" && e.Name == t.text {
				return float64(map[string]int{"yes": e.Yes, "no": e.No, "abstain": e.Abstain}[t.count])
			}
		}
		return math.NaN()
	}
	if result.Verdict.Label == t.label {
		return 1
	}
	return 0
}

// over is the statistic of a series; change is that from its first to its last
// value.
func (t *Target) over(values []float64) float64 {
	sum, least, most := 0.0, math.Inf(1), math.Inf(-1)
	for _, x := range values {
		sum += x
		least, most = min(least, x), max(most, x)
	}
	switch t.statistic {
	case "sum":
		return sum
	case "least":
		return least
	case "most":
		return most
	case "change":
		return values[len(values)-1] - values[0]
	}
	return sum / float64(len(values))
}

// Distance is how far x lies from what is wanted, in tolerances: below 0 under it,
// above 0 over it, 0 within bounds.
func (t *Target) Distance(x float64) float64 {
	switch {
	case x < t.least:
		return (x - t.least) / t.Tolerance
	case x > t.most:
		return (x - t.most) / t.Tolerance
	case math.IsNaN(x):
		return x
	}
	return 0
}

// Wanted says what is wanted in words.
func (t *Target) Wanted() string {
	switch {
	case t.least == t.most:
		return fmt.Sprintf("%g", t.least)
	case math.IsInf(t.least, -1):
		return fmt.Sprintf("at most %g", t.most)
	case math.IsInf(t.most, 1):
		return fmt.Sprintf("at least %g", t.least)
	}
	return fmt.Sprintf("%g to %g", t.least, t.most)
}
