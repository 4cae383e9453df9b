package norms

// Joined says that states have come to endorse a voluntary text, or to sign a binding one.
type Joined struct {
	Text       int
	States     []int // ascending; only valid while the fact is told, as are those of the other facts
	Addressees int   // how many states the text is for, or has
	Voted      bool  // it is a resolution, on which a vote is on record
}

// Kind is "norm".
func (Joined) Kind() string { return "norm" }

// Ratified says that states have ratified a treaty, and how far it has come.
type Ratified struct {
	Text              int
	States            []int // ascending
	AsOne             int   // the forum whose members ratify the treaty as one, or -1
	Before, Parties   int   // states bound before this year, and now
	Deposited, Needed int   // ratifications; those who ratify as one deposit one
	InForce           bool  // before this year
}

// Kind is "treaty".
func (Ratified) Kind() string { return "treaty" }

// EnteredIntoForce says that a treaty has come to bind its parties.
type EnteredIntoForce struct {
	Text    int
	States  []int // that ratified it this year, ascending
	AsOne   int   // the forum whose members ratify the treaty as one, or -1
	Parties int
}

// Kind is "treaty".
func (EnteredIntoForce) Kind() string { return "treaty" }

// Reviewed says how far those whom a text covers keep to it.
type Reviewed struct {
	Text    int
	Covered int     // states
	Mean    float64 // of their compliance
}

// Kind is "norm".
func (Reviewed) Kind() string { return "norm" }

// Died says that a text has lapsed because it was too weak for too long.
type Died struct {
	Text     int
	Strength float64
}

// Kind is "norm".
func (Died) Kind() string { return "norm" }
