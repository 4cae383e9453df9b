package factors

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"splinternet/output/frame"
)

// Factor is what a sweep varied, as analyses take it.
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

	byWord   map[string]int
	byNumber map[float64]int // of a column of numbers
	blank    int             // level that is blank, or -1
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
	f.index()
	f.order = numbers
	for _, level := range f.Levels {
		x, err := strconv.ParseFloat(level, 64)
		if err != nil {
			f.order, f.values = words, nil
			break
		}
		f.values = append(f.values, x)
	}
	if f.order == numbers {
		f.Low, f.High = slices.Min(f.values), slices.Max(f.values)
		return
	}
	for _, level := range f.Levels {
		day, err := time.Parse(time.DateOnly, level)
		if err != nil {
			f.values = nil
			break
		}
		f.values = append(f.values, float64(day.Unix()/(24*60*60)))
	}
	switch {
	case f.values != nil:
		f.order = dates
		f.Low, f.High = slices.Min(f.values), slices.Max(f.values)
	case len(f.Levels) == 2:
		f.order, f.values, f.Low, f.High = pair, []float64{0, 1}, 0, 1
		if f.Levels[0] == "true" {
			f.values = []float64{1, 0}
		}
	}
}

// index makes levels quick to find: as they stand, and as tables round them.
func (f *Factor) index() {
	f.byWord, f.byNumber, f.blank = map[string]int{}, map[float64]int{}, -1
	for k, level := range f.Levels {
		f.byWord[level] = k
		if x, err := strconv.ParseFloat(level, 64); err == nil {
			f.byNumber[frame.Round(x)] = k
		} else if level == "" {
			f.blank = k
		}
	}
}

// unordered tells whether the factor takes more than two words.
func (f *Factor) unordered() bool { return f.order == words }

// read turns a cell of the factor's column into a number: the value of an ordered
// factor, the place in Levels of an unordered one. NaN is a blank interval.
func (f *Factor) read(c frame.Cell, kind frame.Kind) (float64, error) {
	if f.order == interval {
		if kind == frame.Word {
			return 0, fmt.Errorf("column %s holds %q, where the plan has numbers", f.Name, c.Word)
		}
		return c.Number, nil
	}
	k, known := f.byWord[c.Word]
	if kind != frame.Word {
		if k, known = f.byNumber[c.Number]; math.IsNaN(c.Number) && f.blank >= 0 {
			k, known = f.blank, true
		}
	}
	switch {
	case known && f.unordered():
		return float64(k), nil
	case known:
		return f.values[k], nil
	}
	found := c.Word
	if kind != frame.Word {
		found = strconv.FormatFloat(c.Number, 'g', -1, 64)
	}
	return 0, fmt.Errorf("column %s holds %q, which is no level of the plan (%s)", f.Name, found, strings.Join(f.Levels, ", "))
}

// position is where a value lies between the ends of the factor's range, from 0 to
// 1; of an unordered factor it is the value itself.
func (f *Factor) position(x float64) float64 {
	switch {
	case f.unordered():
		return x
	case f.Low == f.High:
		return 0
	case f.Log:
		return math.Log(x/f.Low) / math.Log(f.High/f.Low)
	}
	return (x - f.Low) / (f.High - f.Low)
}
