package negotiation

// Agreed says that the members of a forum have agreed on a text by consensus.
type Agreed struct {
	Forum, Text int
	Result
	Report bool    // it is the report with which a mandate ends
	Term   float64 // of a mandate that forums are given now, in years
}

// Kind is "text".
func (Agreed) Kind() string { return "text" }

// Deadlocked says that the members of a forum have found no consensus on a text.
type Deadlocked struct {
	Forum, Text int
	Result
	Report bool // it was to be the report with which a mandate ends
}

// Kind is "deadlock".
func (Deadlocked) Kind() string { return "deadlock" }

// Met says that a forum has held a session on its own text, whatever came of it.
type Met struct {
	Forum    int
	Failures int     // sessions in a row without consensus on its own text
	Term     float64 // of a mandate that forums are given now, in years
}

// Kind is "session".
func (Met) Kind() string { return "session" }
