package world

// Fact is one thing that happened, as the mechanism that did it knows it: plain data,
// agents and texts by their numbers. What is news, and how it is worded, is not the
// mechanism's business.
type Fact interface {
	// Kind is the word under which tables list it: vote, text, forum, ban, ...
	Kind() string
}

// Teller hears the facts of a run as they happen.
type Teller interface {
	// Tell hears one fact. The world is as the fact leaves it. A teller may write
	// entries of the chronicle and a memory of its own (Slot), and nothing else.
	Tell(w *World, fact Fact)
}

// Tell reports a fact to whoever listens. Mechanisms ask Chronicle.On before they put
// a fact together, so that a run that nobody reads allocates nothing.
func (w *World) Tell(fact Fact) {
	if w.Chronicle.On && w.Chronicle.Teller != nil {
		w.Chronicle.Teller.Tell(w, fact)
	}
}

// Began says that a run begins: the world is laid out, and nothing has happened yet.
type Began struct{}

// Kind is "begin".
func (Began) Kind() string { return "begin" }
