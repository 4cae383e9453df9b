package events

// Happened says that an event of the scenario has happened.
type Happened struct {
	*Event
	Did Deed
}

// Kind is the word in the scenario file.
func (h Happened) Kind() string { return h.Event.Kind }

// Failed says that an event of the scenario could not happen.
type Failed struct {
	*Event
	Reason error
}

// Kind is the word in the scenario file.
func (f Failed) Kind() string { return f.Event.Kind }

// Deed is what an event has done: one of the types below. Agents and texts are numbers
// in the world as the event leaves it.
type Deed interface{ deed() }

// Shocked says which variable of whom was changed.
type Shocked struct {
	Variable string
	Targets  []Target
	Change   float64 // mean over all numbers that were changed
}

// Target is one target of a shock.
type Target struct {
	ID     string // as the scenario names it, such as state.IND
	Kind   string // state, firm, forum or stack
	States []int  // of a state or group
}

// TrustShocked says that trust was changed in both directions.
type TrustShocked struct {
	Between, Toward []string // as the scenario names them; toward nobody is toward all
	States, Others  []int    // between whom and whom, ascending; others are everybody where toward is nobody
	Change          float64  // mean
}

// Tabled says that a text was tabled, and by whom the scenario says so.
type Tabled struct {
	Text            int
	Sponsors, Firms []int
}

// Denied says that states keep products of their firms from others, or no longer.
type Denied struct {
	States, Targets []int
	Strength        float64 // as the event has it
	Change          float64 // mean change of what is kept back
}

// Restricted says that states barred firms from their networks, or admitted them again.
type Restricted struct {
	States   []int // ascending
	Firms    []int
	Strength float64 // that the event asked for
	Bans     []Ruling
}

// Ruling is what one state has ruled on one firm: the strength of its ban before and
// after.
type Ruling struct {
	State, Firm   int
	Before, After float64
}

// Founding says that a forum is about to be founded, or woken if there is one of that
// name.
type Founding struct {
	Forum   string
	By      []int // the state that calls it into being, if there is one
	Members int   // states
}

// Closed says that a forum was closed.
type Closed struct{ Forum int }

// Merged says that a forum was merged into another.
type Merged struct{ Forum, Into int }

// Concluded says that a binding text was opened, and who joined at once.
type Concluded struct {
	Text    int
	Parties []int
}

// Struck says that a state hit another, which is told as an incident.
type Struck struct {
	Initiator, Target int
	Blamed            int     // by the scenario; security.Nobody: it leaves attribution to the model
	Severity          float64 // 0-10
}

// Agreed says that pairs of states agreed, or let their agreement lapse.
type Agreed struct {
	*Agreement
	Parties []int // ascending
	// Level is that of the channels that the agreement opens; of an agreement without
	// them, that of its bridges, or what it adds to trust. Where it lapses, it is minus
	// the mean level that the channels had.
	Level float64
}

// Fought says that a war began between two sides, the initiator and the target first.
type Fought struct {
	Attackers, Defenders []int
	Agreements           int     // between the sides that ended
	Change               float64 // mean change of trust between the sides, negative
}

// Launched says that a stack was proposed.
type Launched struct {
	Stack           int
	Sponsors, Firms []int
}

func (Shocked) deed()      {}
func (TrustShocked) deed() {}
func (Tabled) deed()       {}
func (Denied) deed()       {}
func (Restricted) deed()   {}
func (Founding) deed()     {}
func (Closed) deed()       {}
func (Merged) deed()       {}
func (Concluded) deed()    {}
func (Struck) deed()       {}
func (Agreed) deed()       {}
func (Fought) deed()       {}
func (Launched) deed()     {}
func (Setting) deed()      {}
