package world

// Position is where state i stands, in all dimensions.
func (w *World) Position(i int) []float64 { return w.States.Position[i*w.Dim : i*w.Dim+w.Dim] }

// Market is the share that firm k has of the market of every state.
func (w *World) Market(k int) []float64 { return w.Firms.Share[k*w.States.N : (k+1)*w.States.N] }

// Bans is how strictly every state bars firm k.
func (w *World) Bans(k int) []float64 { return w.Firms.Ban[k*w.States.N : (k+1)*w.States.N] }

// StackMix is the share of the network of state i that runs on every stack.
func (w *World) StackMix(i int) []float64 {
	k := len(w.Stacks)
	return w.States.Stack[i*k : i*k+k]
}

// Denials is what state i keeps of its firms' products from every state.
func (w *World) Denials(i int) []float64 { return w.Dyads.Denial[i*w.States.N : (i+1)*w.States.N] }

// ShutOut is how far firm k is kept out of every state, by the bans of the state or the
// denials of its own home,
//
//	1 - (1-ban)(1-denial)
//
// The list is the memory that is handed in, of one number for each state, or the world's own.
func (w *World) ShutOut(k int, memory []float64) []float64 {
	bans, home := w.Bans(k), w.Firms.Home[k]
	if w.Standing.Denials == 0 || home == Abroad {
		return bans
	}
	for i, denied := range w.Denials(home) {
		memory[i] = bans[i] + (1-bans[i])*denied
	}
	return memory
}

// Carried is the share of world users whose networks run on a stack.
func (w *World) Carried(stack int) float64 {
	share := 0.0
	for i, u := range w.States.Users {
		share += u * w.States.Stack[i*len(w.Stacks)+stack]
	}
	return share
}

// MeanTrust is the mean trust of two states in each other.
func (w *World) MeanTrust(i, j int) float64 {
	return (w.Dyads.Trust[i*w.States.N+j] + w.Dyads.Trust[j*w.States.N+i]) / 2
}

// Rung is the higher of the rungs of the response ladder that two states have climbed
// against each other.
func (w *World) Rung(i, j int) uint8 {
	return max(w.Dyads.Ladder[i*w.States.N+j], w.Dyads.Ladder[j*w.States.N+i])
}
