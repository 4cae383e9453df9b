package factors

import (
	"math"
	"slices"
	"strconv"
	"time"
)

// Factor is what a sweep varied.
type Factor struct {
	Name string // its column
	Text string // the values it takes, in words

	// Group names the factors that a Morris or Saltelli design moved together; "" for
	// one that moved alone.
	Group string

	// Low and High are the ends of an interval. Log says that it is spaced by
	// logarithm, Whole that it holds whole numbers.
	Low, High  float64
	Log, Whole bool

	Levels []string // of a list; nil for an interval
	order  order
	values []float64 // of the levels, where they are ordered
}

// order says how the levels of a list lie.
type order int

const (
	interval order = iota // no list: an interval
	numbers               // levels are numbers
	dates                 // levels are dates, ordered by time
	pair                  // two words: a step from one to the other has a sign
	words                 // more words, without order
)

// settle finds out how the levels lie.
func (f *Factor) settle() {
	f.order, f.values = interval, nil
	if f.Levels == nil {
		return
	}
	number := func(level string) (float64, error) { return strconv.ParseFloat(level, 64) }
	day := func(level string) (float64, error) {
		t, err := time.Parse(time.DateOnly, level)
		return float64(t.Unix() / (24 * 60 * 60)), err
	}
	switch {
	case f.read(number):
		f.order = numbers
	case f.read(day):
		f.order = dates
	case len(f.Levels) == 2:
		f.order, f.values, f.Low, f.High = pair, []float64{0, 1}, 0, 1
		if f.Levels[0] == "true" {
			f.values = []float64{1, 0}
		}
	default:
		f.order = words
	}
}

// read takes the levels as values, if all of them are.
func (f *Factor) read(parse func(level string) (float64, error)) bool {
	values := make([]float64, len(f.Levels))
	for k, level := range f.Levels {
		x, err := parse(level)
		if err != nil {
			return false
		}
		values[k] = x
	}
	f.values, f.Low, f.High = values, slices.Min(values), slices.Max(values)
	return true
}

// Unordered tells whether the factor takes more than two words.
func (f *Factor) Unordered() bool { return f.order == words }

// Pair tells whether the factor takes two words: they lie at 0 and 1.
func (f *Factor) Pair() bool { return f.order == pair }

// Numbers tells whether the factor takes a list of numbers.
func (f *Factor) Numbers() bool { return f.order == numbers }

// Discrete tells whether the factor takes single values, and not all of an interval.
func (f *Factor) Discrete() bool { return f.Levels != nil || f.Whole }

// Value is the number by which analyses know a level: its value where levels are
// ordered, dates by days, else its place in Levels.
func (f *Factor) Value(level int) float64 {
	if f.Unordered() {
		return float64(level)
	}
	return f.values[level]
}

// Position is where a value lies between the ends of the factor's range, from 0 to
// 1; of an unordered factor it is the value itself.
func (f *Factor) Position(x float64) float64 {
	switch {
	case f.Unordered():
		return x
	case f.Low == f.High:
		return 0
	case f.Log:
		return math.Log(x/f.Low) / math.Log(f.High/f.Low)
	}
	return (x - f.Low) / (f.High - f.Low)
}
