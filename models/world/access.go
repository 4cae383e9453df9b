package world

// Position is where state i stands, in all dimensions.
func (w *World) Position(i int) []float64 { return w.States.Position[i*w.Dim : i*w.Dim+w.Dim] }

// Market is the share that firm k has of the market of every state.
func (w *World) Market(k int) []float64 { return w.Firms.Share[k*w.States.N : (k+1)*w.States.N] }

// Bans is how strictly every state bars firm k.
func (w *World) Bans(k int) []float64 { return w.Firms.Ban[k*w.States.N : (k+1)*w.States.N] }
