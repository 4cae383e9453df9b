package interconnection

import (
	"splinternet/models/world"
	"splinternet/sim"
)

// NativeLinks returns the function of two states that gives the quality of their link
// without gateways and bridges, [0, 1], in a world and for the values that the
// parameters have now. The world does not hold these qualities: no mechanism reads
// them pair by pair, and only tables of links show them.
func NativeLinks(parameters *sim.Parameters, w *world.World) func(i, j int) float64 {
	m := &Interconnection{Parameters: Parameters{
		FilterBase: parameters.Value("interconnection.filter-base"),
		Filter:     parameters.Value("interconnection.filter"),
		Sanction:   parameters.Value("interconnection.sanction"),
		Regimes:    parameters.Value("interconnection.regimes"),
	}}
	m.Prepare(w)
	return func(i, j int) float64 { return m.Native(w, i, j) }
}
