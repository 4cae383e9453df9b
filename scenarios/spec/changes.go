package spec

import (
	"slices"
	"strings"

	"splinternet/models/world"
	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
)

// Group is one of [groups]: a list of states, and whether they look to one another
// before they vote.
type Group struct {
	ID       string
	Members  []Name // states and groups
	Cue      bool
	Cohesion *float64 // nil: by the positions of its members
}

// changeReader reads what a scenario changes of its world.
type changeReader struct{ *reader }

// groups reads the named groups: a list of states, or a table with members, and
// whether they look to one another before they vote (cue). A group can name other
// groups as members, in any order; they come out in an order in which each comes after
// its member groups.
func (r *changeReader) groups(t *document.Reader) []Group {
	if t.Node == nil {
		return nil
	}
	var list []Group
	for _, n := range t.Node.Nodes {
		r.spec.GroupIDs = append(r.spec.GroupIDs, n.Key)
	}
	pending := document.Ordered(t.Node.Nodes)
	for len(pending) > 0 {
		waiting := pending[:0:0]
		for _, n := range pending {
			if waits(n, pending) {
				waiting = append(waiting, n)
			} else if g, ok := r.group(t, n); ok {
				list = append(list, g)
			}
		}
		if len(waiting) == len(pending) {
			for _, n := range waiting {
				r.problems.At(n.Place(), "groups are members of one another in a circle")
			}
			break
		}
		pending = waiting
	}
	return list
}

// waits tells whether a group has a member group that is still to be read.
func waits(n *document.Node, pending []*document.Node) bool {
	items := n.Nodes
	if n.Shape == document.Table {
		items = nil
		if members := n.Get("members"); members != nil {
			items = append(members.Nodes, members)
		}
	}
	for _, item := range append(items, n) {
		name, is := strings.CutPrefix(item.Text(), "group.")
		if is && slices.ContainsFunc(pending, func(other *document.Node) bool { return other.Key == name }) {
			return true
		}
	}
	return false
}

func (r *changeReader) group(t *document.Reader, n *document.Node) (g Group, ok bool) {
	if !document.PlainID(n.Key) {
		r.problems.At(n.Place(), "%q is not allowed; allowed: a name of letters, digits, - and _", problem.Clip(n.Key))
		return g, false
	}
	g.ID = n.Key
	if n.Shape != document.Table {
		g.Members = r.members(t, n.Key)
		return g, true
	}
	t = document.Read(r.problems, n)
	g.Cue, g.Cohesion = t.Flag("cue", false), t.Optional("cohesion", document.Share)
	g.Members = r.members(t, "members")
	t.Need("members", `a list of states such as ["IND", "BRA"]`)
	t.Done()
	return g, true
}

// Changes are what a scenario changes of the agents of its world: [state.ID], [firm.ID],
// [forum.ID] and [stack.ID], each kind by identifier. What is nil stays as it is.
type Changes struct {
	States   []StateChange
	Firms    []FirmChange
	Forums   []ForumChange
	Stacks   []StackChange
	OfStates problem.Place // where [state] stands
}

// StateChange changes a state. Economy, Capability, Users and Offence are shares of the
// world: those that are set hold, and those of the other states make room.
type StateChange struct {
	Name             Name
	Position, Anchor []float64 // the anchor follows the position unless it is given

	Uncertainty, Stubbornness, Salience *float64
	Growth, Penetration, Democracy      *float64
	Diplomacy, Attendance, Control      *float64
	Economy, Capability, Users, Offence *float64
	Stacks                              *Mix
}

// FirmChange changes a firm. A firm of another size has other shares of all markets.
type FirmChange struct {
	Name                 Name
	Position             []float64
	Tie, Diplomacy, Size *float64
	Stack                Name
}

// ForumChange changes a forum, or one of the catalogue for when it is set up.
type ForumChange struct {
	Name       Name
	Legitimacy *float64
	Position   []float64
	Depth      *float64
	Cycle      *float64
	WesternLed *bool
	Rule       world.DecisionRule
	Negotiates world.Negotiation
}

// StackChange changes a stack of standards.
type StackChange struct {
	Name                Name
	Position            []float64
	Potential, Immature *float64
}

// changes reads the tables of agents, in one order whatever the order of the text, for
// the sake of sums.
func (r *changeReader) changes(top *document.Reader) Changes {
	var c Changes
	if n := top.Get("state"); n != nil {
		c.OfStates = n.Place()
	}
	r.eachAgent(top, "state", func(name Name, t *document.Reader) { c.States = append(c.States, r.stateChange(name, t)) })
	r.eachAgent(top, "firm", func(name Name, t *document.Reader) { c.Firms = append(c.Firms, r.firmChange(name, t)) })
	r.eachAgent(top, "forum", func(name Name, t *document.Reader) { c.Forums = append(c.Forums, r.forumChange(name, t)) })
	r.eachAgent(top, "stack", func(name Name, t *document.Reader) {
		c.Stacks = append(c.Stacks, StackChange{
			name, t.Point("position", r.spec.World.Dim), t.Optional("potential", logit), t.Optional("immature", logit),
		})
	})
	return c
}

func (r *changeReader) eachAgent(top *document.Reader, kind string, read func(name Name, t *document.Reader)) {
	section := r.table(top, kind)
	if section.Node == nil {
		return
	}
	for _, n := range document.Ordered(section.Node.Nodes) {
		if t := document.Read(r.problems, n); t.Node != nil {
			read(Name{ID: n.Key, Kind: kind, Place: n.Place(), Word: n.Key}, t)
			t.Done()
		}
	}
}

func (r *changeReader) stateChange(name Name, t *document.Reader) StateChange {
	dim, share := r.spec.World.Dim, document.Share
	return StateChange{
		Name: name, Position: t.Point("position", dim), Anchor: t.Point("anchor", dim),
		Stubbornness: t.Optional("stubbornness", share), Salience: t.Optional("salience", salience),
		Growth: t.Optional("growth", growth), Penetration: t.Optional("penetration", online),
		Democracy: t.Optional("democracy", share), Diplomacy: t.Optional("diplomacy", share),
		Attendance: t.Optional("attendance", share), Control: t.Optional("control", share),
		Uncertainty: t.Optional("uncertainty", share), Economy: t.Optional("economy", share),
		Capability: t.Optional("capability", share), Users: t.Optional("users", share),
		Offence: t.Optional("offence", share), Stacks: r.mix(t, "stacks"),
	}
}

func (r *changeReader) firmChange(name Name, t *document.Reader) FirmChange {
	return FirmChange{
		Name: name, Position: t.Point("position", r.spec.World.Dim), Tie: t.Optional("tie", document.Share),
		Diplomacy: t.Optional("diplomacy", document.Share), Stack: r.named(t, "stack", "stack"), Size: t.Optional("size", document.Positive),
	}
}

func (r *changeReader) forumChange(name Name, t *document.Reader) ForumChange {
	return ForumChange{
		Name: name, Legitimacy: t.Optional("legitimacy", document.Share), Position: t.Point("position", r.spec.World.Dim),
		Depth: t.Optional("depth", document.Share), Cycle: t.Optional("cycle", cycle), WesternLed: t.OptionalFlag("western-led"),
		Rule:       world.DecisionRule(t.Word("rule", words(world.DecisionRules))),
		Negotiates: world.Negotiation(t.Word("negotiation", words(world.Negotiations))),
	}
}
