package sim

import (
	"fmt"
	"math"
	"path"
	"sort"
	"strconv"
	"strings"
)

// Kind says what values a parameter takes.
type Kind int

// The kinds of parameters.
const (
	Number  Kind = iota // any number of its domain
	Integer             // a whole number of its domain
	Switch              // true or false
	Choice              // one of a list of words
)

func (k Kind) String() string {
	return [...]string{"number", "integer", "switch", "choice"}[k]
}

// Source says on what ground a default stands.
type Source string

// The sources that a default can have.
const (
	Data       Source = "data"       // estimated from the data that ship with the program
	Literature Source = "literature" // taken from a published work
	Assumption Source = "assumption" // to be swept
)

// Range is a closed interval.
type Range struct{ Min, Max float64 }

// Contains tells whether x lies in the range; NaN never does.
func (r Range) Contains(x float64) bool { return x >= r.Min && x <= r.Max }

// Parameter is one declared quantity of a mechanism. The scenario loader,
// command-line flags, sweep designs and the parameter reference all read it.
//
// A fixed parameter is a number that the model takes for granted: it is listed with
// its ground, and can be set and swept by its name, but no design, prior or list of
// parameters takes it in by itself.
type Parameter struct {
	Name      string // MECHANISM.NAME once declared
	Kind      Kind
	Fixed     bool
	Default   float64  // for a switch 0 or 1, for a choice the index of the word
	Domain    Range    // values that are mathematically meaningful; enforced; the zero Range stands for [0, 1]
	Plausible Range    // values worth sweeping; advice; the zero Range stands for the domain, or the default of what is fixed
	Choices   []string // the words of a choice
	Unit      string   // "per year", "share", ...; "" for pure numbers
	Doc       string   // one sentence
	Source    Source
	Reference string // work, record or reason behind the default and the range

	set func(float64)
	get func() float64
}

// NumberAt binds a real-valued parameter to the field that it lives in.
func NumberAt(field *float64, p Parameter) Parameter {
	return p.bind(Number, func(v float64) { *field = v }, func() float64 { return *field })
}

// IntegerAt binds a whole-numbered parameter to the field that it lives in.
func IntegerAt(field *int, p Parameter) Parameter {
	return p.bind(Integer, func(v float64) { *field = int(v) }, func() float64 { return float64(*field) })
}

// SwitchAt binds a boolean parameter to the field that it lives in.
func SwitchAt(field *bool, p Parameter) Parameter {
	return p.bind(Switch, func(v float64) { *field = v != 0 }, func() float64 {
		if *field {
			return 1
		}
		return 0
	})
}

// ChoiceAt binds a parameter that takes one of the words in p.Choices to the field
// that holds the index of the word.
func ChoiceAt(field *int, p Parameter) Parameter {
	p.Domain = Range{0, float64(len(p.Choices) - 1)}
	return p.bind(Choice, func(v float64) { *field = int(v) }, func() float64 { return float64(*field) })
}

// bind completes a declaration.
func (p Parameter) bind(kind Kind, set func(float64), get func() float64) Parameter {
	p.Kind, p.set, p.get = kind, set, get
	if p.Domain == (Range{}) {
		p.Domain = Range{0, 1}
	}
	if p.Plausible == (Range{}) {
		p.Plausible = p.Domain
		if p.Fixed {
			p.Plausible = Range{p.Default, p.Default}
		}
	}
	return p
}

// Format writes a value the way a scenario file does.
func (p *Parameter) Format(value float64) string {
	switch p.Kind {
	case Switch:
		return strconv.FormatBool(value != 0)
	case Choice:
		return p.Choices[int(value)]
	}
	return strconv.FormatFloat(value, 'g', -1, 64)
}

// Allowed describes the domain in words, for error messages.
func (p *Parameter) Allowed() string {
	switch p.Kind {
	case Switch:
		return "true or false"
	case Choice:
		return "one of " + strings.Join(p.Choices, ", ")
	case Integer:
		return fmt.Sprintf("a whole number from %g to %g", p.Domain.Min, p.Domain.Max)
	}
	unit := ""
	if p.Unit != "" {
		unit = " (" + p.Unit + ")"
	}
	return fmt.Sprintf("a number from %g to %g%s", p.Domain.Min, p.Domain.Max, unit)
}

// Check returns an error unless value lies in the parameter's domain.
func (p *Parameter) Check(value float64) error {
	ok := p.Domain.Contains(value)
	if p.Kind != Number && value != math.Trunc(value) {
		ok = false
	}
	if !ok {
		return fmt.Errorf("%g is not allowed; allowed: %s", value, p.Allowed())
	}
	return nil
}

// Parameters is the set of all declared parameters of a model, in order of
// declaration. The values live in the mechanisms; the set reads and writes them.
type Parameters struct {
	list   []*Parameter // all
	swept  []*Parameter // without the fixed ones
	byName map[string]*Parameter
}

// Declare takes in the parameters of one mechanism, which NumberAt,
// IntegerAt, SwitchAt or ChoiceAt made, and sets each to its default. It panics on a name that is taken and on
// a default or a plausible range outside the domain.
func (s *Parameters) Declare(mechanism string, declared ...Parameter) {
	for _, p := range declared {
		p.Name = mechanism + "." + p.Name
		if _, taken := s.byName[p.Name]; taken {
			panic("sim: parameter declared twice: " + p.Name)
		}
		if err := p.Check(p.Default); err != nil {
			panic("sim: default of " + p.Name + ": " + err.Error())
		}
		if !p.Domain.Contains(p.Plausible.Min) || !p.Domain.Contains(p.Plausible.Max) || p.Plausible.Min > p.Plausible.Max {
			panic("sim: plausible range of " + p.Name + " leaves its domain")
		}
		if s.byName == nil {
			s.byName = map[string]*Parameter{}
		}
		q := &p
		s.list = append(s.list, q)
		if !p.Fixed {
			s.swept = append(s.swept, q)
		}
		s.byName[p.Name] = q
		q.set(p.Default)
	}
}

// All returns the declarations that are not fixed, in order of declaration.
func (s *Parameters) All() []*Parameter { return s.swept }

// WithFixed returns all declarations, the fixed ones included, in order of
// declaration, which is that of Restore.
func (s *Parameters) WithFixed() []*Parameter { return s.list }

// Find returns the declaration of a parameter, fixed or not, or nil.
func (s *Parameters) Find(name string) *Parameter { return s.byName[name] }

// Search returns the declarations, fixed or not, that have a word in their name in any
// case, or whose name fits it as a pattern, in which * stands for any letters.
func (s *Parameters) Search(word string) ([]*Parameter, error) {
	var list []*Parameter
	for _, p := range s.list {
		fits, err := path.Match(word, p.Name)
		if err != nil {
			return nil, fmt.Errorf("%q is no pattern: * stands for any letters", word)
		}
		if fits || strings.Contains(p.Name, strings.ToLower(word)) {
			list = append(list, p)
		}
	}
	return list, nil
}

// Names returns all names, those of fixed parameters included, sorted.
func (s *Parameters) Names() []string {
	names := make([]string, 0, len(s.list))
	for _, p := range s.list {
		names = append(names, p.Name)
	}
	sort.Strings(names)
	return names
}

// Value returns the present value of a parameter; the name must be declared.
func (s *Parameters) Value(name string) float64 { return s.must(name).get() }

// Set changes a parameter. Unknown names and values outside the domain are
// errors and change nothing.
func (s *Parameters) Set(name string, value float64) error {
	p := s.byName[name]
	if p == nil {
		return fmt.Errorf("parameter %q is unknown", name)
	}
	if err := p.Check(value); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	p.set(value)
	return nil
}

// Restore sets the values of all declarations, in their order.
func (s *Parameters) Restore(values []float64) {
	for k, p := range s.list {
		p.set(values[k])
	}
}

func (s *Parameters) must(name string) *Parameter {
	p := s.byName[name]
	if p == nil {
		panic("sim: unknown parameter " + name)
	}
	return p
}

// PerTick converts a probability or decay rate per year into one per tick of
// the given length in years: 1-(1-p)^years.
func PerTick(perYear, years float64) float64 {
	if perYear >= 1 {
		return 1
	}
	return 1 - math.Pow(1-perYear, years)
}
