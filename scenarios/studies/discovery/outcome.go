package discovery

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"splinternet/models/verdict"
	"splinternet/scenarios/studies/factors"
)

// Outcome is what discovery looks for: a condition on a run.
type Outcome struct {
	Text  string // in one form, whatever way it was written
	terms []term // that must all hold
}

// term is one condition: one of several end states, or a measure beyond a limit.
type term struct {
	labels   []verdict.Label
	quantity factors.Quantity
	relation string
	limit    float64
}

// relations of a measure and a limit, the longer first.
var relations = []string{"<=", ">=", "<", ">"}

// Parse reads an outcome of a sweep: an end state, several joined by "|", or a measure
// and a limit, such as cooperation_depth_end<0.2 or margin>=0.1; conditions joined
// by "&" must all hold. A measure without ending stands for its mean at the end. The
// error is a *factors.NameError or says what was expected.
func Parse(s *factors.Sweep, text string) (*Outcome, error) {
	o := &Outcome{}
	var parts []string
	for part := range strings.SplitSeq(text, "&") {
		t, err := parseTerm(s, strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		o.terms, parts = append(o.terms, t), append(parts, t.String())
	}
	o.Text = strings.Join(parts, " & ")
	return o, nil
}

func parseTerm(s *factors.Sweep, text string) (term, error) {
	if text == "" {
		return term{}, fmt.Errorf("an empty condition; wanted: an end state (%s), or a measure and a limit, such as %s<0.2", strings.Join(factors.Labels(), ", "), example(s))
	}
	for _, relation := range relations {
		if name, limit, found := strings.Cut(text, relation); found {
			return limited(s, strings.TrimSpace(name), relation, strings.TrimSpace(limit))
		}
	}
	var t term
	for word := range strings.SplitSeq(text, "|") {
		word = strings.TrimPrefix(strings.TrimSpace(word), factors.LabelPrefix)
		if !slices.Contains(factors.Labels(), word) {
			for _, m := range s.Measures {
				if word == m || slices.ContainsFunc(factors.Endings, func(e string) bool { return word == m+e }) {
					return term{}, fmt.Errorf("%s needs a limit, such as %s<0.2", word, word)
				}
			}
			return term{}, &factors.NameError{Kind: "end state", Name: word, Allowed: factors.Labels()}
		}
		if l := verdict.Label(word); !slices.Contains(t.labels, l) {
			t.labels = append(t.labels, l)
		}
	}
	return t, nil
}

func example(s *factors.Sweep) string {
	if len(s.Measures) > 0 {
		return s.Measures[0] + factors.End
	}
	return "margin"
}

func limited(s *factors.Sweep, name, relation, limit string) (term, error) {
	q, err := s.Quantity(name)
	if err != nil {
		return term{}, err
	}
	if q.Label != "" {
		return term{}, fmt.Errorf("%s is true or not and needs no limit: write %s", name, q.Label)
	}
	x, err := strconv.ParseFloat(limit, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return term{}, fmt.Errorf("%q is no limit of %s: a number is wanted, such as %s%s0.2", limit, name, name, relation)
	}
	return term{quantity: q, relation: relation, limit: x}, nil
}

func (t *term) String() string {
	if t.labels != nil {
		list := make([]string, len(t.labels))
		for k, l := range t.labels {
			list[k] = string(l)
		}
		return strings.Join(list, "|")
	}
	return t.quantity.Name + t.relation + strconv.FormatFloat(t.limit, 'g', -1, 64)
}

// quantities are what the outcome needs of each run.
func (o *Outcome) quantities() []factors.Quantity {
	var list []factors.Quantity
	for _, t := range o.terms {
		if t.labels == nil {
			list = append(list, t.quantity)
		}
	}
	return list
}

// of tells whether a run has the outcome. values are those of quantities; a run
// that lacks one is not known.
func (o *Outcome) of(label verdict.Label, values []float64) (is, known bool) {
	is = true
	next := 0
	for _, t := range o.terms {
		if t.labels != nil {
			is = is && slices.Contains(t.labels, label)
			continue
		}
		x := values[next]
		next++
		if math.IsNaN(x) {
			return false, false
		}
		switch t.relation {
		case "<":
			is = is && x < t.limit
		case "<=":
			is = is && x <= t.limit
		case ">":
			is = is && x > t.limit
		default:
			is = is && x >= t.limit
		}
	}
	return is, label != ""
}
