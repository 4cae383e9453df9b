package world

// Entry is one thing that happened, in words that a student understands.
type Entry struct {
	Tick   int
	Kind   string   // vote, text, forum, ban, incident, attribution, response, stack, shock, ...
	Name   string   // the text, forum, firm, stack or event concerned
	Actors []string // identifiers of the agents that acted, the leading one first
	Text   string   // one sentence
	// Weight is how consequential it was, [0, 1]: the share of world power and
	// users that it touches, times how much it changes for them.
	Weight float64
	// Tally of a vote; all zero otherwise.
	Yes, No, Abstain, Absent int
	By                       string // "scenario" when scripted, else "model"
}

// Ballot is how one state voted on one text, with every term of its utility, so
// that `why` can account for it.
type Ballot struct {
	Tick     int
	Text     string
	Against  string // the rival text, or "status quo", that it was weighed against
	State    int
	Vote     Vote
	By       string  // "model", or "script" when its rule answered otherwise
	Spatial  float64 // closeness to the text against the status quo
	Kind     float64 // what it costs to oppose this kind of text
	Practice float64 // settled practice behind the forum that it serves
	Cue      float64 // leaning of its groups
	Sponsor  float64 // trust in the lead sponsor
	Noise    float64 // what the model does not know
	Utility  float64 // the sum
}

// Chronicle collects entries and ballots when it is on. A run without files
// leaves it off and allocates nothing.
type Chronicle struct {
	On      bool
	Ballots bool // keep each state's vote, too
	Entries []Entry
	Votes   []Ballot
}

// Add appends an entry of the present tick when the chronicle is on. Build the
// sentence only after asking On.
func (w *World) Add(e Entry) {
	if !w.Chronicle.On {
		return
	}
	e.Tick = w.Tick
	if e.By == "" {
		e.By = "model"
	}
	w.Chronicle.Entries = append(w.Chronicle.Entries, e)
}
