package models

import "strings"

// Removed is a parameter that the model had once. Whoever names it in a scenario, a plan, a
// room or on a command line is told what took its place.
type Removed struct {
	Name string
	By   []string // parameters that do its work now; none if nothing does
	Why  string   // a sentence without its full stop, in lower case: why it is gone
}

// removed lists the parameters that are gone, by name. Whoever takes one out of a mechanism
// writes it here.
var removed = []Removed{
	{"diplomacy.bridge-decay", []string{"diplomacy.decay"}, "what nobody tends decays at one rate"},
	{"diplomacy.lost-trust", []string{"diplomacy.breach"}, "an agreement ends when a party says that it is broken"},
	{"diplomacy.measures-decay", []string{"diplomacy.decay"}, "what nobody tends decays at one rate"},
	{"markets.voice", nil, "what firms say in forums of states moved no result"},
}

// RemovedParameters lists the parameters that are gone.
func RemovedParameters() []Removed { return removed }

// Instead says what took the place of a parameter that is gone; "" for any other name.
func Instead(name string) string {
	for _, r := range removed {
		if r.Name == name {
			return r.words()
		}
	}
	return ""
}

// words is "it is gone: forums.norm takes its place (the kinds of texts share a cost)".
func (r *Removed) words() string {
	verb := " takes its place"
	if len(r.By) > 1 {
		verb = " take its place"
	}
	switch {
	case len(r.By) == 0:
		return "it is gone, and nothing takes its place: " + r.Why
	case r.Why == "":
		return "it is gone: " + strings.Join(r.By, " and ") + verb
	}
	return "it is gone: " + strings.Join(r.By, " and ") + verb + " (" + r.Why + ")"
}
