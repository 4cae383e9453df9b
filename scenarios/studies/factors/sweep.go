// Package factors is a sweep that was played, as its analyses take it: the factors
// that it varied, where each point lies, and what was measured of each run. Where the
// runs are read from is the matter of a Source.
package factors

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/verdict"
	"splinternet/sim/analysis"
)

// Sweep describes a sweep.
type Sweep struct {
	Design   string // name of the design
	Factors  []Factor
	Measures []string // kept of each run: NAME_first, NAME_last, NAME_end
	Points   int
	Runs     int // of each point
}

// Source reads quantities of the runs of a sweep.
type Source interface {
	Read(quantities []Quantity) (*Data, error)
}

// Data are the runs of a sweep, by point and replicate.
type Data struct {
	*Sweep
	X       [][]float64       // value of each factor at each point, see Factor.Value; nil for a point without a run
	Values  []analysis.Runs   // by quantity; NaN where it is not known
	Labels  [][]verdict.Label // "" for a run that failed or is missing
	Failed  int               // runs that ended with an error
	Missing int               // runs that have not been played
}

// Settle finds out how the levels of all factors lie, which analyses need to know.
func (s *Sweep) Settle() {
	for k := range s.Factors {
		s.Factors[k].settle()
	}
}

// Names are those of the factors.
func (s *Sweep) Names() []string {
	names := make([]string, len(s.Factors))
	for k := range s.Factors {
		names[k] = s.Factors[k].Name
	}
	return names
}

// Groups are the names of what moves together, and the number of each factor's group,
// in the order in which they first come.
func (s *Sweep) Groups() (names []string, of []int) {
	for k := range s.Factors {
		f := &s.Factors[k]
		at := -1
		if f.Group != "" {
			at = slices.Index(names, f.Group)
		}
		if at < 0 {
			at = len(names)
			name := f.Group
			if name == "" {
				name = f.Name
			}
			names = append(names, name)
		}
		of = append(of, at)
	}
	return names, of
}

// Known are the points that have a run: of an incomplete sweep the rest is not known.
func (d *Data) Known() []int {
	var list []int
	for p, x := range d.X {
		if x != nil {
			list = append(list, p)
		}
	}
	return list
}

// Emptied counts the points of which no run came to an end.
func (d *Data) Emptied() (n int) {
	for _, labels := range d.Labels {
		if !slices.ContainsFunc(labels, func(l verdict.Label) bool { return l != "" }) {
			n++
		}
	}
	return n
}

// Endings are those of the three columns of a measure: its first and last value, and its
// mean at the end, which a measure stands for by itself.
var Endings = []string{"_first", "_last", End}

// End is the ending of the mean at the end.
const End = "_end"

// Quantity is what is analysed of each run: a measure, the margin, or whether the
// run ended in a certain state.
type Quantity struct {
	Name   string        // as tables have it
	Column string        // that holds it
	Label  verdict.Label // when it is whether a run has this label
}

// LabelPrefix stands before an end state, where that is a quantity.
const LabelPrefix = "label="

// Quantity reads the name of a quantity: a measure (its mean at the end), one with
// _first, _last or _end, "margin", or "label=" and an end state, which is 1 in
// runs that end so and else 0. The error is a *NameError.
func (s *Sweep) Quantity(text string) (Quantity, error) {
	if text == "margin" {
		return Quantity{Name: text, Column: text}, nil
	}
	if word, is := strings.CutPrefix(text, LabelPrefix); is {
		if !slices.Contains(verdict.Labels, verdict.Label(word)) {
			return Quantity{}, &NameError{Kind: "end state", Name: word, Allowed: Labels()}
		}
		return Quantity{Name: text, Column: "label", Label: verdict.Label(word)}, nil
	}
	for _, m := range s.Measures {
		if text == m {
			text += End
		}
		for _, ending := range Endings {
			if text == m+ending {
				return Quantity{Name: text, Column: text}, nil
			}
		}
	}
	return Quantity{}, &NameError{Kind: "measure of this sweep", Name: text, Allowed: append(s.Measures[:len(s.Measures):len(s.Measures)], "margin", "label=END-STATE")}
}

// NameError says that a name is not among those allowed.
type NameError struct {
	Kind, Name string
	Allowed    []string
}

func (e *NameError) Error() string {
	return fmt.Sprintf("%q is no %s; allowed: %s", e.Name, e.Kind, strings.Join(e.Allowed, ", "))
}

// Labels are the end states as words.
func Labels() []string {
	list := make([]string, len(verdict.Labels))
	for k, l := range verdict.Labels {
		list[k] = string(l)
	}
	return list
}
