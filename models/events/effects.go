package events

import "splinternet/models/world"

// Shock changes one variable of states, firms, forums or stacks. Exactly one of
// Add, Factor and Value is set.
type Shock struct {
	// Targets are state.ID, group.ID, firm.ID, forum.ID, stack.ID.
	Targets []string
	// Variable is a word of ShockVariables for the kind of target.
	Variable string
	// Toward limits a shock to trust to the dyads with these states
	// (state.ID or group.ID); the shock changes both directions.
	Toward []string
	Add    *float64
	Factor *float64
	Value  *float64
}

// ShockVariables names, by kind of target, the variables that a shock can change.
var ShockVariables = map[string][]string{
	"state": {
		"position", "anchor", "stubbornness", "salience", "economy", "growth", "capability",
		"users", "offence", "diplomacy", "control", "threat", "trust",
	},
	"firm":  {"position", "tie", "size", "diplomacy"},
	"forum": {"legitimacy", "position"},
	"stack": {"potential", "recognition", "position"},
}

// Proposal tables a text in a forum. A forum that votes (majority, or two thirds)
// votes on it in the same tick; a forum that works by consensus negotiates it at
// its next session.
type Proposal struct {
	Text     string // identifier, such as "A/RES/73/27"
	Title    string
	Forum    string
	Kind     world.TextKind
	Sponsors []string // state IDs, the lead sponsor first; or firm IDs with prefix firm.
	Position []float64
	Depth    float64
	Line     world.Line // empty: the forum's line
	Serves   string     // forum that the text backs, or that adoption sets up or relaunches; "" none
	Mandate  float64    // years of the mandate of the forum that it sets up; 0 permanent
	Stack    string     // stack that adoption recognises; "" none
	// StatusQuo is where states stand if the text fails; nil: the best text on
	// the line.
	StatusQuo []float64
	Joint     bool // all sides table it: it passes without a vote unless a scripted state says no
}

// Ban bars firms from the networks of states, or lifts the bar.
type Ban struct {
	States   []string // state.ID or group.ID
	Firms    []string // firm IDs
	Strength float64  // 0 lifts, 1 is total
}

// Denial keeps products of the firms of states from others, or no longer.
type Denial struct {
	States   []string // who denies: state.ID or group.ID
	Targets  []string // whom: state.ID or group.ID
	Strength float64  // share of the products; 0 ends it
}

// Found sets up a forum, or wakes a dormant one of the same ID.
type Found struct {
	Forum   world.Forum // Members by state index
	Mandate float64     // years; 0 permanent
	// Endorsers are the states that endorse what the forum stands for at once; with
	// them its text is in force, Depth deep.
	Endorsers []string
	Depth     float64
}

// End closes a forum, or merges it into another.
type End struct {
	Forum string
	Into  string // "" closes
}

// Treaty opens a binding text for states to join; Parties join at once.
type Treaty struct {
	Text     string
	Title    string
	Forum    string
	Position []float64
	Depth    float64
	Parties  []string // state.ID or group.ID
}

// Crisis is a cyber incident between two states.
type Crisis struct {
	Initiator string
	Target    string
	Severity  float64 // 0-10, scale of DCID
	Blamed    string  // state that the target blames; "" leaves attribution to the model
}

// Agreement gives pairs of states a channel, a bridge or trust.
type Agreement struct {
	Parties []string // state.ID or group.ID: every pair among them
	Channel float64  // level of the channel afterwards, [0, 1]
	Bridge  float64  // level of the bridge afterwards, [0, 1]
	Trust   float64  // added to trust in both directions
	Lapse   bool     // ends the channels and bridges of the pairs instead
}

// War sets two sides against each other from its tick on. Agreements and lines between
// the sides end, trust between them falls, and none of them agrees with one of the other
// side until the war is over, and for some time after (diplomacy.after-war).
type War struct {
	Initiator, Target string   // states; they become rivals
	WithInitiator     []string // state.ID or group.ID that side with the initiator
	WithTarget        []string // and with the target
	Until             int      // last tick of the war; world.NoEnd: it goes on
}

// NewStack proposes a stack that the world knows but nobody could use yet.
type NewStack struct {
	Stack    string
	Sponsors []string // state IDs that recognise it at once
	Firms    []string // firm IDs that sell it from now on
}

// SetParameter changes a parameter during the run.
type SetParameter struct {
	Parameter string
	Value     float64
}
