// Package measures is what is observed: named functions of the world, which no
// mechanism reads. An observer evaluates them after every tick.
package measures

import (
	"math"

	"splinternet/models/mechanism"
	"splinternet/models/world"
)

// Measure is one named, documented observation: of a mechanism, or of the whole.
type Measure struct {
	mechanism.Measure
	Headline bool // shown on the closing screen and kept by default everywhere
	Costly   bool // evaluated at a stride only, blank elsewhere
	value    func(o *Observer, w *world.World) float64
}

// All lists every measure in the order of the tables' columns.
func All() []Measure { return all }

// Find returns the index of a measure in All, or -1.
func Find(name string) int {
	for k := range all {
		if all[k].Name == name {
			return k
		}
	}
	return -1
}

// Series holds the measures of one run: Values[k][t] is measure All()[k] at the
// end of tick t, NaN where it was not taken.
type Series struct{ Values [][]float64 }

// Of returns the series of a measure by name, or nil.
func (s *Series) Of(name string) []float64 {
	if k := Find(name); k >= 0 {
		return s.Values[k]
	}
	return nil
}

// Observer evaluates measures after every tick. It owns its buffers, so one
// observer serves one worker. What it remembers of a run lies in the world of the run,
// so that it can go on observing a copy of it.
type Observer struct {
	Keep   []bool // by measure; nil keeps all
	Stride int    // ticks between costly measures; 0 leaves them out

	*memory
	ticks        int
	institutions float64   // of the tick, which the next measure needs again
	weight       []float64 // by state: mean of its shares of power and users
	free         []float64 // by state: the weight that the texts of a line leave free
	reaches      []reach   // by text, as far as a measure has asked
	network      network
}

// memory is what observers remember of a run.
type memory struct {
	Start  start
	Series Series
}

// Begin lays out the series for a run and remembers the start of the world.
func (o *Observer) Begin(w *world.World) {
	*world.Slot[memory](w, "measures") = memory{}
	o.Continue(w)
	o.Start.take(w)
}

// Continue goes on observing a run whose first ticks were observed on this world, or
// on one that it is a copy of.
func (o *Observer) Continue(w *world.World) {
	o.memory = world.Slot[memory](w, "measures")
	o.ticks = w.Calendar.Ticks
	before := o.Series.Values
	o.Series.Values = make([][]float64, len(all))
	backing := make([]float64, len(all)*o.ticks)
	for k := range backing {
		backing[k] = math.NaN()
	}
	for k := range all {
		o.Series.Values[k] = backing[k*o.ticks : (k+1)*o.ticks]
		if k < len(before) {
			copy(o.Series.Values[k], before[k])
		}
	}
}

// End hands the series of a run over: the world keeps none of it.
func (o *Observer) End() Series {
	series := o.Series
	o.Series = Series{}
	return series
}

// Observe evaluates the measures of tick t.
func (o *Observer) Observe(t int, w *world.World) {
	o.takeIn(w)
	o.network.forget()
	costly := o.Stride > 0 && (t%o.Stride == 0 || t == o.ticks-1)
	for k := range all {
		if (o.Keep == nil || o.Keep[k]) && (costly || !all[k].Costly) {
			o.Series.Values[k][t] = all[k].value(o, w)
		}
	}
}
