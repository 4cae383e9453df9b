package forums

// Opened says that a run begins, as forums see it.
type Opened struct {
	Term float64 // of a mandate that forums are given now, in years
}

// Kind is "begin".
func (Opened) Kind() string { return "begin" }

// SessionsOver says that the sessions of a tick are over.
type SessionsOver struct{}

// Kind is "session".
func (SessionsOver) Kind() string { return "session" }

// Adopted says that a text has been adopted.
type Adopted struct{ Text int }

// Kind is "text".
func (Adopted) Kind() string { return "text" }

// Endorsed says that states have endorsed from the start what a new forum stands for.
type Endorsed struct {
	Text   int
	States []int // ascending; only valid while the fact is told
}

// Kind is "norm".
func (Endorsed) Kind() string { return "norm" }
