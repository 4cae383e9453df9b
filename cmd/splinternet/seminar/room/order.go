package room

import (
	"fmt"
	"strings"

	"splinternet/models/world"
	"splinternet/output"
)

// Order is what a delegation files for a round.
type Order struct {
	Answers []Answer `json:"answers,omitempty"` // to the questions of its sheet; the rest is the model's
	Draft   *Draft   `json:"draft,omitempty"`   // text that it tables for the next round
	Note    string   `json:"note,omitempty"`    // why, in its own words; for the debrief
}

// Answer answers one question of the sheet, as a scenario's [[decision]] would.
type Answer struct {
	Decide string    `json:"decide"`
	About  string    `json:"about,omitempty"`
	Word   string    `json:"word,omitempty"`
	Number float64   `json:"number"`        // level, strength or depth, [0, 1]
	Mix    []float64 `json:"mix,omitempty"` // shares that sum to 1
	At     float64   `json:"at"`            // position, [0, 1]
}

// Key names the question that is answered.
func (a *Answer) Key() string { return key(a.Decide, a.About) }

func key(decide, about string) string { return decide + ":" + about }

// Draft is a text that a delegation puts before a forum. The class reads it in one
// round and it is decided in the next.
type Draft struct {
	Forum    string         `json:"forum"`
	Title    string         `json:"title"`
	Kind     world.TextKind `json:"kind"`
	Position float64        `json:"position"` // [0, 1]
	Depth    float64        `json:"depth"`    // [0, 1]
}

// DraftKinds are the kinds of texts that a delegation can table.
var DraftKinds = []world.TextKind{world.Norm, world.Treaty, world.Views}

// draftID identifies the text that an agent tables in a round.
func draftID(round int, agent string) string {
	_, id, _ := strings.Cut(agent, ".")
	return fmt.Sprintf("draft-%d-%s", round, id)
}

// Find returns the order's answer to a question, or nil.
func (o *Order) Find(key string) *Answer {
	if o == nil {
		return nil
	}
	for k := range o.Answers {
		if o.Answers[k].Key() == key {
			return &o.Answers[k]
		}
	}
	return nil
}

// Empty tells whether nothing at all is filed.
func (o *Order) Empty() bool {
	return o == nil || len(o.Answers) == 0 && o.Draft == nil
}

// form says in what form a question is answered.
type form int

const (
	byWord form = iota
	byLevel
	byMix
	byPoint // a position and a level
)

// formOf is the form of the answer to a question of the decision interface.
func formOf(decide string) form {
	switch decide {
	case "control", "ban", "deny":
		return byLevel
	case "stack", "effort":
		return byMix
	case "text", "lobby":
		return byPoint
	}
	return byWord
}

// Words is an answer as people say it. Parts are the names of a mix.
func (a *Answer) Words(parts []string) string {
	switch formOf(a.Decide) {
	case byLevel:
		if a.Decide == "ban" {
			return banWords(a.Number)
		}
		return percent(a.Number)
	case byMix:
		return mixWords(a.Mix, parts)
	case byPoint:
		second := "depth"
		if a.Decide == "lobby" {
			second = "strength"
		}
		return fmt.Sprintf("position %s, %s %s", percent(a.At), second, percent(a.Number))
	}
	return a.Word
}

func percent(x float64) string { return output.PercentIn("\u00a0", x) }

func banWords(strength float64) string {
	switch {
	case strength <= 0:
		return "allow"
	case strength < 1:
		return fmt.Sprintf("limit (%.1f)", strength)
	}
	return "ban"
}

func mixWords(mix []float64, parts []string) string {
	var list []string
	for k, x := range mix {
		if x < .005 {
			continue
		}
		name := fmt.Sprint(k + 1)
		if k < len(parts) {
			name = parts[k]
		}
		list = append(list, name+" "+percent(x))
	}
	return strings.Join(list, ", ")
}
