package spec

import (
	"splinternet/models/world"
	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// State is one [[world.state]]. A number that is nil, a blank text and an empty
// position are not said.
type State struct {
	ID, Name, Bloc   string
	Position, Anchor []float64

	Economy, Users       float64 // become shares
	Capability, Offence  *float64
	Democracy, Diplomacy *float64
	Control              *float64
	Growth, Penetration  float64
	Stubbornness         float64 // negative: the parameter
	Salience, Attendance float64
	Stacks               *Mix
}

// Stack is one [[world.stack]].
type Stack struct {
	ID, Name            string
	Position            []float64
	Potential, Immature float64
	Proposed            bool
}

// Firm is one [[world.firm]].
type Firm struct {
	ID, Name, Sector     string
	Home, Stack          Name
	Position             []float64
	Size, Tie, Diplomacy float64
	HomeBias             float64 // logits
}

// Pair is one [[world.pair]]: it holds for every pair among its states. What is nil is
// not said.
type Pair struct {
	States         []Name
	Trust, Channel *float64
	Rival, Ally    *bool
}

// Forum is one [[world.forum]], or one that an event sets up. What is nil or blank is
// not said.
type Forum struct {
	ID, Title  string
	Line       world.Line
	Rule       world.DecisionRule
	Negotiates world.Negotiation
	Access     world.Access
	Listed     bool // members are given
	Members    []Name
	Firms      []Name
	Sponsor    Name
	Chair      Name
	Universal  *bool
	Structured *bool
	WesternLed *bool
	Binding    *bool
	Position   []float64
	Legitimacy *float64
	Cycle      *float64 // years
	Mandate    *float64 // years; 0: permanent
	Depth      *float64
}

// Mix is a division of something among what it names.
type Mix struct {
	Place  problem.Place
	Shares []Share
}

// Share is one part of a mix.
type Share struct {
	Name  string
	Value float64 // from 0 to 1
	Place problem.Place
}

var (
	logit    = sim.Range{Min: -20, Max: 20}
	growth   = sim.Range{Min: -.5, Max: .5}
	salience = sim.Range{Min: 0, Max: 100}
	online   = sim.Range{Min: .001, Max: 1}
)

// newID reads the identifier that an agent is to have.
func (r *worldReader) newID(t *document.Reader) string {
	return r.plainWord(t, "id", "a short word in quotes")
}

// UsualState is a state of which nothing is said.
func UsualState() State {
	return State{Economy: 1, Users: 1, Growth: .025, Penetration: .6, Stubbornness: -1, Salience: 1, Attendance: 1}
}

func (r *worldReader) state(t *document.Reader) State {
	usual := UsualState()
	dim, share, positive := r.spec.World.Dim, document.Share, document.Positive
	s := State{
		ID: r.newID(t), Name: t.Text("name"), Bloc: t.Text("bloc"),
		Position: t.Point("position", dim), Anchor: t.Point("anchor", dim),
		Economy: t.Number("economy", positive, usual.Economy), Users: t.Number("users", positive, usual.Users),
		Capability: t.Optional("capability", positive), Growth: t.Number("growth", growth, usual.Growth),
		Democracy: t.Optional("democracy", share), Penetration: t.Number("penetration", online, usual.Penetration),
		Offence: t.Optional("offence", positive), Diplomacy: t.Optional("diplomacy", share),
		Control: t.Optional("control", share), Stubbornness: t.Number("stubbornness", share, usual.Stubbornness),
		Salience: t.Number("salience", salience, usual.Salience), Attendance: t.Number("attendance", share, usual.Attendance),
		Stacks: r.mix(t, "stacks"),
	}
	t.Done()
	return s
}

func (r *worldReader) stack(t *document.Reader) Stack {
	s := Stack{
		ID: r.newID(t), Name: t.Text("name"), Position: t.Point("position", r.spec.World.Dim),
		Potential: t.Number("potential", logit, 0), Immature: t.Number("immature", logit, 0),
		Proposed: t.Flag("proposed", true),
	}
	t.Done()
	return s
}

func (r *worldReader) pair(t *document.Reader) Pair {
	p := Pair{States: r.members(t, "states")}
	t.Need("states", "a list of two states or more")
	p.Trust, p.Channel = t.Optional("trust", document.Share), t.Optional("channel", document.Share)
	p.Rival, p.Ally = t.OptionalFlag("rival"), t.OptionalFlag("ally")
	t.Done()
	return p
}

func (r *worldReader) firm(t *document.Reader) Firm {
	f := Firm{
		Home: r.named(t, "home", "state"), ID: r.newID(t), Name: t.Text("name"), Sector: t.Text("sector"),
		Position: t.Point("position", r.spec.World.Dim), Size: t.Number("size", document.Positive, 1),
		Stack: r.named(t, "stack", "stack"), Tie: t.Number("tie", document.Share, .5),
		Diplomacy: t.Number("diplomacy", document.Share, 0), HomeBias: t.Number("home-bias", logit, 1.5),
	}
	t.Done()
	return f
}

// mix reads shares by name; nil where none are given.
func (r *reader) mix(t *document.Reader, key string) *Mix {
	n := t.Has(key)
	if n == nil {
		return nil
	}
	m := &Mix{Place: n.Place()}
	shares := document.Read(r.problems, n)
	if shares.Node == nil {
		return m
	}
	for _, child := range n.Nodes {
		value, _ := document.Number(r.problems, child, document.Share)
		m.Shares = append(m.Shares, Share{child.Key, value, child.Place()})
	}
	return m
}

// Domains of what defines a forum.
var (
	cycle   = sim.Range{Min: .05, Max: 50}
	mandate = sim.Range{Min: 0, Max: 200}
)

// forum reads what defines a forum.
func (r *reader) forum(t *document.Reader) Forum {
	return Forum{
		Title: t.Text("title"),
		Line:  world.Line(t.Word("line", words(world.Lines))), Rule: world.DecisionRule(t.Word("rule", words(world.DecisionRules))),
		Negotiates: world.Negotiation(t.Word("negotiation", words(world.Negotiations))), Listed: t.Has("members") != nil,
		Access: world.Access(t.Word("access", words(world.Accesses))), Members: r.members(t, "members"),
		Firms: r.allNamed(t, "firms", "firm"), Sponsor: r.named(t, "sponsor", "state"), Chair: r.named(t, "chair", "state"),
		Universal: t.OptionalFlag("universal"), Structured: t.OptionalFlag("structured"),
		WesternLed: t.OptionalFlag("western-led"), Binding: t.OptionalFlag("binding"),
		Legitimacy: t.Optional("legitimacy", document.Share), Cycle: t.Optional("cycle", cycle),
		Mandate:  t.Optional("mandate", mandate),
		Position: t.Point("position", r.spec.World.Dim), Depth: t.Optional("depth", document.Share),
	}
}
