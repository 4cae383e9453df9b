package verdict

// Passed says that the world has come to another end state.
type Passed struct{ From, To Label }

// Kind is "label".
func (Passed) Kind() string { return "label" }
