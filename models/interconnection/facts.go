package interconnection

import "splinternet/models/world"

// Controls says, each January, that states have set the boundary controls of the year
// (States.Control).
type Controls struct{}

// Kind is "control".
func (Controls) Kind() string { return "control" }

// Network is what the network has come to each January.
type Network struct{ world.Network }

// Kind is "network".
func (Network) Kind() string { return "network" }
