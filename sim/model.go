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

// Alone is tick t of a calendar as a mechanism sees it; -1 is the start, before the
// first. The engine makes its own; this is for a mechanism that is tried alone.
func Alone(c Calendar, seed uint64, mechanism string, t int) *Tick {
	return &Tick{Index: t, Date: c.Date(max(t, 0)), Years: c.Years(), PerYear: c.PerYear(), Stream: NewStream(seed, mechanism, t)}
}

// Mechanism advances a world by one tick. It reads the old state and writes the
// new one. Whatever it has to remember from tick to tick lies in the world, so that a
// run can go on from a world that was saved; the mechanism itself has its parameters,
// and buffers that mean nothing between two steps.
type Mechanism[W any] interface {
	// Name is the mechanism's word in scenario files, tables and streams.
	Name() string
	// Prepare takes in a world on which a run begins or goes on: it sizes the
	// buffers and derives what no tick of a run changes. It changes nothing in the
	// world. It is called once a run, in order, for every mechanism that is on.
	Prepare(world W)
	// Begin lays out in the world what the mechanism remembers, for a run that
	// begins. It is called after all are prepared, and not for a run that goes on.
	Begin(start *Tick, world W)
	// Step advances the world by the tick now.
	Step(now *Tick, world W)
}

// Model is a world, a calendar and the mechanisms that move it.
type Model[W any] struct {
	Calendar   Calendar
	World      W
	Mechanisms []Mechanism[W]
	// Open, unless nil, begins a run (Index -1), and every tick, in the world before
	// any mechanism acts.
	Open func(now *Tick, world W)

	stream Stream
	tick   Tick
}

// Run plays all ticks with the given seed and calls observe after each. It
// stops early when the context is done or when observe returns an error, and
// returns that error.
func (m *Model[W]) Run(ctx context.Context, seed uint64, observe func(now *Tick, world W) error) error {
	now := m.prepare()
	m.open()
	for _, mechanism := range m.Mechanisms {
		m.stream.Reset(seed, mechanism.Name(), -1)
		mechanism.Begin(now, m.World)
	}
	return m.play(ctx, seed, 0, observe)
}

// Continue plays the ticks from the given one on, on a world as it was at the end of
// the tick before, as Run would have.
func (m *Model[W]) Continue(ctx context.Context, seed uint64, from int, observe func(now *Tick, world W) error) error {
	m.prepare()
	return m.play(ctx, seed, from, observe)
}

// prepare prepares all mechanisms and returns the tick before the first.
func (m *Model[W]) prepare() *Tick {
	m.tick = Tick{
		Index: -1, Date: m.Calendar.Start,
		Years: m.Calendar.Years(), PerYear: m.Calendar.PerYear(), Stream: &m.stream,
	}
	for _, mechanism := range m.Mechanisms {
		mechanism.Prepare(m.World)
	}
	return &m.tick
}

func (m *Model[W]) open() {
	if m.Open != nil {
		m.Open(&m.tick, m.World)
	}
}

func (m *Model[W]) play(ctx context.Context, seed uint64, from int, observe func(now *Tick, world W) error) error {
	now := &m.tick
	for t := from; t < m.Calendar.Ticks; t++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		now.Index, now.Date = t, m.Calendar.Date(t)
		m.open()
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
