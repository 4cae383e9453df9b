package regime

// Mandated says that a forum has begun, or goes on, with a mandate.
type Mandated struct {
	Forum     int
	Act       Act
	Announced bool // the scenario says in words of its own that the forum is set up
}

// Kind is "forum".
func (Mandated) Kind() string { return "forum" }

// Founded says that a coalition of dissatisfied states has founded a forum of its own,
// without the Assembly.
type Founded struct {
	Forum int
	Coalition
}

// Kind is "forum".
func (Founded) Kind() string { return "forum" }

// Joined says that states have become members of a forum.
type Joined struct {
	Forum  int
	States []int
}

// Kind is "forum".
func (Joined) Kind() string { return "forum" }

// Left says that states have left a forum.
type Left struct {
	Forum    int
	States   []int
	Blocking bool // because they have blocked its text time and again
}

// Kind is "forum".
func (Left) Kind() string { return "forum" }

// Merged says that a forum has been folded into another.
type Merged struct{ From, Into int }

// Kind is "forum".
func (Merged) Kind() string { return "forum" }

// Ended says that a forum has ended its work.
type Ended struct {
	Forum int
	Why   Reason
}

// Kind is "forum".
func (Ended) Kind() string { return "forum" }
