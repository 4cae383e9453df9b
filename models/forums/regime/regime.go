// Package regime is what makes forums a regime complex (Raustiala and Victor 2004; Morse
// and Keohane 2014): states that a forum fails shift their attention to another, join or
// leave, found a rival, renew what serves them and fold together what has come close.
//
// A forum is worth to a state its legitimacy, less the loss under its text: depth times
// squared distance. Coalitions form on one side of the status quo of a line around a
// common centre; there is no bargaining within them.
package regime

import (
	"slices"

	"splinternet/models/forums/negotiation"
	"splinternet/models/forums/texts"
	"splinternet/models/world"
)

// Regime is the room.
type Regime struct {
	Parameters
	*State // in the world of the run

	Talks  *negotiation.Parameters // which depth is worth having, and what effort brings
	Depths *texts.Depths           // how much resolutions ask for
}

// State is what the room remembers.
type State struct {
	Founded  []int `doc:"by line, in the order of world.Lines: tick in which states last founded a rival forum; 0 before"`
	Disowned []int `doc:"by line and state: tick in which the state last had to disown a text that it had endorsed; far below 0 before"`
	Failed   []int `doc:"by forum: tick in which it last found no consensus, or lost its mandate; far below 0 before"`
	Enlarged []int `doc:"by forum: tick of its last round of enlargement; 0 before"`
}

// never is the tick of what has not happened.
const never = world.NotAdopted

// Begin lays out the memory of a run that begins.
func (s *State) Begin(w *world.World) {
	s.Founded = world.Zeros(s.Founded, len(world.Lines))
	s.Disowned = world.Zeros(s.Disowned, len(world.Lines)*w.States.N)
	for k := range s.Disowned {
		s.Disowned[k] = never
	}
	s.Failed, s.Enlarged = s.Failed[:0], s.Enlarged[:0]
}

// forum makes room in the memory for a forum.
func (s *State) forum(k int) {
	for len(s.Failed) <= k {
		s.Failed, s.Enlarged = append(s.Failed, never), append(s.Enlarged, 0)
	}
}

// NoteFailure remembers that a forum has found no consensus, or lost its mandate.
func (s *State) NoteFailure(k, tick int) {
	s.forum(k)
	s.Failed[k] = tick
}

// NoteDisowned remembers which states had to disown a text on a line that they had
// endorsed.
func (s *State) NoteDisowned(w *world.World, line world.Line, states []int) {
	row := slices.Index(world.Lines, line) * w.States.N
	for _, i := range states {
		s.Disowned[row+i] = w.Tick
	}
}

// Side is a side of the status quo of a line.
type Side float64

// The sides, as the direction in which they lie.
const (
	Sovereign Side = -1
	Open      Side = 1
)

// Sides lists them.
var Sides = [...]Side{Sovereign, Open}

// Gap is how far x lies on the side of y.
func (s Side) Gap(x, y []float64) float64 {
	return float64(s) * (world.Openness(x) - world.Openness(y))
}

// Worth is what forum k is worth to state i, in utility: closeness to its text, and the
// legitimacy that it lends to those who take part.
func (m *Regime) Worth(w *world.World, k, i int) float64 {
	f := &w.Forums[k]
	worth := m.Benefit * f.Legitimacy * float64(f.Size()) / float64(w.States.N)
	if !f.Members[i] {
		worth /= 2
	}
	return worth - m.loss(w, k, w.Position(i))
}

// loss is depth x squared distance under the text of a forum. One without a text will
// have one that is just worth having.
func (m *Regime) loss(w *world.World, k int, x []float64) float64 {
	f := &w.Forums[k]
	depth := m.Talks.MinDepth
	if f.Text >= 0 {
		depth = w.Texts[f.Text].Depth
	}
	return depth * world.SquaredDistance(x, f.Position)
}

// parallel tells whether a forum is one of the parallel processes of a line: it
// negotiates on a mandate of the Assembly or is open to all.
func parallel(f *world.Forum) bool {
	return f.Status == world.Alive && f.Rule != world.Majority && f.Rule != world.NoDecision &&
		f.Access != world.AccessMultistakeholder && f.Access != world.AccessIndustry &&
		(f.Universal || f.MandateEnd != world.NoEnd)
}

// UnitedNations tells whether a forum is a process of the United Nations or another body
// of all states: a parallel process open to all, or one on a line that an assembly treats.
func UnitedNations(w *world.World, f *world.Forum) bool {
	return parallel(f) && (f.Universal || assembly(w, f.Line) >= 0)
}

// processes lists the parallel processes of a line.
func processes(w *world.World, line world.Line) (list []int) {
	for k := range w.Forums {
		if w.Forums[k].Line == line && parallel(&w.Forums[k]) {
			list = append(list, k)
		}
	}
	return list
}

// Contested tells whether rival processes treat a line.
func Contested(w *world.World, line world.Line) bool { return len(processes(w, line)) > 1 }

// Favourite is the process on the line that is worth most to state i, or -1.
func (m *Regime) Favourite(w *world.World, line world.Line, i int) int {
	best, favourite := 0.0, -1
	for _, k := range processes(w, line) {
		if worth := m.Worth(w, k, i); favourite < 0 || worth > best+world.Tie {
			best, favourite = worth, k
		}
	}
	return favourite
}

// assembly is the forum of all states that votes on the line, or -1.
func assembly(w *world.World, line world.Line) int {
	for k := range w.Forums {
		if f := &w.Forums[k]; f.Line == line && f.Status == world.Alive && f.Votes() {
			return k
		}
	}
	return -1
}
