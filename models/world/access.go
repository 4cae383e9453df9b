package world

// Position is where state i stands, in all dimensions.
func (w *World) Position(i int) []float64 { return w.States.Position[i*w.Dim : i*w.Dim+w.Dim] }
