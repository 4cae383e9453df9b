package world

// Crime is cybercrime across borders, as far as it matters to politics: which states it
// comes from, whom it hurts, and what may be taken for it. In a world without it
// everything is empty.
type Crime struct {
	// Share is, by pair of states (N x N), how far criminals in i live off users in j,
	// [0, 1]: 1 where nobody looks for them.
	Share []float64
	Hosts []float64 // by state: share of the criminals of the world
	Loss  []float64 // by state: what crime from abroad does to its users, [0, 1]
	// Quarrel is, by state, how much of the crime that comes from it goes free and hurts those
	// whom it does not trust, so that it becomes a matter of states.
	Quarrel []float64
	Mean    float64   // loss over the users of the world
	Start   float64   // the same when crime was first laid out
	Before  []float64 // by state: its loss then
	// Arrests is the share of the groups that states broke up together in the last
	// year, [0, 1].
	Arrests   float64
	Confusion float64 // how far crime and operations of states are taken for each other, [0, 1]
	Waves     []Wave  // of crime in this tick
}

// Wave is a wave of crime from one state against users in another.
type Wave struct {
	Host, Victim int
	Severity     float64 // 0 to 10, as that of operations
	// Blamed says that the victim takes it for an operation of the host; then the rest
	// are uniform draws that decide whether it says so, climbs a rung, and is answered.
	Blamed               bool
	Public, Climb, Reply float64
}

// Exists tells whether the world has cybercrime.
func (c *Crime) Exists() bool { return len(c.Share) > 0 }

// Cover is the probability that an operation of state i against j, of n, passes for
// crime: there has to be crime to hide behind.
func (c *Crime) Cover(n, i, j int) float64 { return c.Confusion * c.Share[i*n+j] }

// Pull is what state i loses to crime against what it lost at the start; 1 in a world without
// it.
func (c *Crime) Pull(i int) float64 {
	if !c.Exists() || c.Before[i] <= 0 {
		return 1
	}
	return c.Loss[i] / c.Before[i]
}
