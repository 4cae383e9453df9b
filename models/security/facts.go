package security

// Suffered says that an incident happened, and what its victim makes of it.
type Suffered struct {
	Incident
	Response // of the victim to whom it blames in public; none otherwise
}

// Kind is "incident".
func (Suffered) Kind() string { return "incident" }

// Response is the rung of the ladder on which a state stands against another, before
// and after it was asked.
type Response struct {
	Of, Against   int
	Before, After uint8
	By            string // who decided, unless it was the model
}

// Climbs tells whether the state goes further than before.
func (r Response) Climbs() bool { return r.After > r.Before }

// Replied says that a state goes further against one that punished it for what it had
// not done.
type Replied struct {
	Response
	To Suffered
}

// Kind is "response".
func (Replied) Kind() string { return "response" }

// Counted says how many incidents the tick has seen, none of a scenario among them.
type Counted struct{ Incidents int }

// Kind is "incident".
func (Counted) Kind() string { return "incident" }

// Rivalled says that two states, I < J, have become rivals, or are no longer.
type Rivalled struct {
	I, J      int
	Rivals    bool
	Grievance float64 // lesser of what they hold against each other; 0 where a war, or nothing, made them
}

// Kind is "rivalry".
func (Rivalled) Kind() string { return "rivalry" }
