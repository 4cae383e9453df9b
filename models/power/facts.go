package power

// Opened says that a state has opened an office for cyber diplomacy, and how many
// states have one by now.
type Opened struct{ State, Offices int }

// Kind is "office".
func (Opened) Kind() string { return "office" }

// Acquired says that a state has acquired offensive capability, and how many states
// have it by now.
type Acquired struct{ State, Capable int }

// Kind is "capability".
func (Acquired) Kind() string { return "capability" }
