package sim

import (
	"context"
	"time"
)

// Tick is what a mechanism knows of the moment at which it acts.
type Tick struct {
	Index   int
	Date    time.Time // first day of the tick
	Years   float64   // length of the tick in years
	PerYear int       // ticks in a year
	Stream  *Stream   // randomness of this mechanism in this tick
}

// Mechanism advances a world by one tick. It reads the old state and writes the
// new one; it keeps no state of its own between runs other than buffers that
// Begin refills.
type Mechanism[W any] interface {
	// Name is the mechanism's word in scenario files, tables and streams.
	Name() string
	// Begin prepares for a run on a world that has just been laid out. It is
	// called once a run, in order, for every mechanism that is switched on.
	Begin(start *Tick, world W)
	// Step advances the world by the tick now.
	Step(now *Tick, world W)
}

// Model is a world, a calendar and the mechanisms that move it.
type Model[W any] struct {
	Calendar   Calendar
	World      W
	Mechanisms []Mechanism[W]

	stream Stream
	tick   Tick
}

// Run plays all ticks with the given seed and calls observe after each. It
// stops early when the context is done or when observe returns an error, and
// returns that error.
func (m *Model[W]) Run(ctx context.Context, seed uint64, observe func(now *Tick, world W) error) error {
	m.tick = Tick{
		Index: -1, Date: m.Calendar.Start,
		Years: m.Calendar.Years(), PerYear: m.Calendar.PerYear(), Stream: &m.stream,
	}
	now := &m.tick
	for _, mechanism := range m.Mechanisms {
		m.stream.Reset(seed, mechanism.Name(), -1)
		mechanism.Begin(now, m.World)
	}
	for t := range m.Calendar.Ticks {
		if err := ctx.Err(); err != nil {
			return err
		}
		now.Index, now.Date = t, m.Calendar.Date(t)
		for _, mechanism := range m.Mechanisms {
			m.stream.Reset(seed, mechanism.Name(), t)
			mechanism.Step(now, m.World)
		}
		if err := observe(now, m.World); err != nil {
			return err
		}
	}
	return nil
}
