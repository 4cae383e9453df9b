package crime

// Wave says that a wave of crime from one state against users in another became a matter
// of states. One that is taken for an operation is told as an incident.
type Wave struct {
	Host, Victim int
	Severity     float64 // 0 to 10
	Free         float64 // share of the groups that go free, [0, 1]
	Part         float64 // share of the criminals of the world who are in the host
}

// Kind is "crime".
func (Wave) Kind() string { return "crime" }

// Operation says that two states have broken up groups in one of them.
type Operation struct {
	Host, Partner int
	Text          int // the convention that binds them most to help each other, or -1
}

// Kind is "arrest".
func (Operation) Kind() string { return "arrest" }
