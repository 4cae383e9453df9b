package standards

// Recognised says that states have come to accept a stack as a standard.
type Recognised struct {
	Stack  int
	States []int // ascending; only valid while the fact is told
}

// Kind is "stack".
func (Recognised) Kind() string { return "stack" }

// Carried says which share of the world's users a stack that is not the first carries.
type Carried struct {
	Stack int
	Users float64
}

// Kind is "stack".
func (Carried) Kind() string { return "stack" }
