package scenarios

import (
	"slices"
	"strings"
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
	return items(s.tree.get("event"), []string{"date", "tick"}, "name", "kind")
}

// Script lists the decisions that a scenario scripts under [[decision]].
func (s *Scenario) Script() []Item {
	return items(s.tree.get("decision"), []string{"from"}, "agent", "decide")
}

func items(list *node, when []string, name, kind string) []Item {
	if list == nil {
		return nil
	}
	var out []Item
	for _, n := range list.nodes {
		item := Item{Name: n.get(name).text(), Kind: n.get(kind).text(), Why: n.get("why").text()}
		w := new(writer)
		var rest []string
		for _, child := range ordered(n.nodes) {
			switch {
			case slices.Contains(when, child.key):
				item.When = w.value(child)
				if child.key == "tick" {
					item.When = "tick " + item.When
				}
			case child.key != name && child.key != kind && child.key != "why":
				rest = append(rest, child.key+" = "+w.value(child))
			}
		}
		item.Keys = strings.Join(rest, ", ")
		out = append(out, item)
	}
	return out
}
