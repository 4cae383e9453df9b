package modeltest

import (
	"testing"

	"splinternet/models/world"
	"splinternet/sim"
)

// counter adds to the salience of the first state what it has counted so far, in the
// world or, as no mechanism should, in itself.
type counter struct {
	forgetful bool
	own       memory
	*memory
}

type memory struct{ Count int }

func (*counter) Name() string { return "counter" }

func (c *counter) Prepare(w *world.World) {
	c.memory = world.Slot[memory](w, "counter")
	if c.forgetful {
		c.memory = &c.own
	}
}

func (c *counter) Begin(*sim.Tick, *world.World) { c.Count = 0 }

func (c *counter) Step(_ *sim.Tick, w *world.World) {
	c.Count++
	w.States.Salience[0] += float64(c.Count)
}

// failing notes that a test would fail.
type failing struct {
	testing.TB
	failed bool
}

func (f *failing) Errorf(string, ...any) { f.failed = true }
func (f *failing) Failed() bool          { return f.failed }

// A mechanism that remembers outside the world is found out.
func TestContinues(t *testing.T) {
	for _, forgetful := range []bool{false, true} {
		f := &failing{TB: t}
		Continues(f, World(3), 1, 5, func() []sim.Mechanism[*world.World] {
			return []sim.Mechanism[*world.World]{&counter{forgetful: forgetful}}
		})
		if f.failed != forgetful {
			t.Errorf("a mechanism that remembers outside the world (%v) fails: %v", forgetful, f.failed)
		}
	}
}
