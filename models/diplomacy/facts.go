package diplomacy

import "splinternet/models/world"

// Agreed says that two states have come to an agreement.
type Agreed struct {
	I, J      int
	Level     float64 // of the channel that it opens, [0, 1]
	Restraint bool    // the two restrain each other, rather than work together against others
}

// Kind is "agreement".
func (Agreed) Kind() string { return "agreement" }

// Lapsed says that an agreement has ended by itself.
type Lapsed struct{ Agreement world.Agreement }

// Kind is "agreement".
func (Lapsed) Kind() string { return "agreement" }

// Bridged lists, each January, the pairs of states that have a bridge.
type Bridged struct{ Bridges []Bridge } // only valid while the fact is told

// Kind is "bridge".
func (Bridged) Kind() string { return "bridge" }

// BridgeGone says that nothing is left of the bridge of two states, I < J.
type BridgeGone struct{ I, J int }

// Kind is "bridge".
func (BridgeGone) Kind() string { return "bridge" }

// Promised says, when a run begins and each January, which channel the measures of a
// forum promise its members.
type Promised struct {
	Forum int
	Aim   float64 // [0, 1]
	Start bool    // a run begins
}

// Kind is "measures".
func (Promised) Kind() string { return "measures" }
