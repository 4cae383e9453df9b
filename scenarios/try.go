package scenarios

import (
	"math"
	"strings"

	"splinternet/scenarios/problem"
)

// try gives the scenario the values of a factor, one after another, and reports those
// that it refuses. An interval of a key that takes only whole numbers becomes one of
// whole numbers.
func (p *varyParser) try(f *Factor) {
	values := f.Levels
	if f.Scale != Listed {
		values = []string{cell(f.Low), cell(f.High)}
	}
	const enough = 200 // of a long list of dates, its ends tell
	if len(values) > enough {
		values = []string{values[0], values[len(values)-1]}
	}
	if f.written != nil && len(f.written) <= enough {
		if !p.tryWritten(f) {
			return
		}
		values = nil
	}
	for _, value := range values {
		if !p.accepts(f, value, true) {
			return
		}
	}
	if f.Scale != Linear || p.accepts(f, cell(f.Low+(f.High-f.Low)/math.E), false) {
		return
	}
	if f.Low == math.Trunc(f.Low) && f.High == math.Trunc(f.High) {
		f.Scale = Whole
		return
	}
	p.accepts(f, cell(f.Low+(f.High-f.Low)/math.E), true)
}

// tryWritten tries every value of a file of points, and reports each where it stands. A
// key that is unknown stands in the first line.
func (p *varyParser) tryWritten(f *Factor) bool {
	fine := true
	for _, w := range f.written {
		for _, wrong := range p.problems(f, w.value) {
			f.place.Line = w.line
			if fine = false; strings.HasPrefix(wrong.Message, "unknown") {
				f.place.Line = 1
			}
			p.refuse(f.place, wrong.Key, "%s", wrong.Message)
			if f.place.Line == 1 {
				return false
			}
		}
	}
	return fine
}

// accepts tells whether the scenario takes a value, and reports why not.
func (p *varyParser) accepts(f *Factor, value string, report bool) bool {
	problems := p.problems(f, value)
	for _, wrong := range problems {
		if report {
			p.refuse(f.place, wrong.Key, "%s", wrong.Message)
		}
	}
	return len(problems) == 0
}

// problems are why the scenario does not take a value, each with its key.
func (p *varyParser) problems(f *Factor, value string) problem.List {
	_, err := p.scenario.Variant(f.Assignments(value))
	if err == nil {
		return nil
	}
	list, is := err.(problem.List)
	if !is {
		list = problem.Only(problem.Place{}, "%s", err)
	}
	for k := range list {
		if list[k].Key == "" {
			list[k].Key = f.Name
		}
	}
	return list
}
