package scenarios

import (
	"slices"
	"strings"

	"splinternet/scenarios/document"
)

// Item is one event or scripted decision of a scenario, in words for people.
type Item struct {
	When string // date, or "tick N"; of a decision the first day
	Name string // of the event, or the agent that decides
	Kind string // of the event, or what is decided
	Why  string // the scenario's own sentence
	Keys string // the other keys with their values, as the scenario writes them
}

// Schedule lists the events of a scenario in the order in which they happen.
func (s *Scenario) Schedule() []Item {
	return items(s.tree.Get("event"), []string{"date", "tick"}, "name", "kind")
}

// Script lists the decisions that a scenario scripts under [[decision]].
func (s *Scenario) Script() []Item {
	return items(s.tree.Get("decision"), []string{"from"}, "agent", "decide")
}

func items(list *document.Node, when []string, name, kind string) []Item {
	if list == nil {
		return nil
	}
	var out []Item
	for _, n := range list.Nodes {
		item := Item{Name: n.Get(name).Text(), Kind: n.Get(kind).Text(), Why: n.Get("why").Text()}
		var rest []string
		for _, child := range document.Ordered(n.Nodes) {
			switch {
			case slices.Contains(when, child.Key):
				item.When = child.String()
				if child.Key == "tick" {
					item.When = "tick " + item.When
				}
			case child.Key != name && child.Key != kind && child.Key != "why":
				rest = append(rest, child.Key+" = "+child.String())
			}
		}
		item.Keys = strings.Join(rest, ", ")
		out = append(out, item)
	}
	return out
}
