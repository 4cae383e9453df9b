package forecast

import "splinternet/models/voting"

// Layer is what forecasts have over the kernel and the simulation has not. The zero
// value is the kernel alone.
type Layer struct {
	Habit  Habit
	Repeat Repeat
	// Indeterminacy is the share of votes that follow no rule, but the mean of
	// all states.
	Indeterminacy float64
}

// Habit is the prior of how a state departs from the kernel's terms, in logits.
type Habit struct {
	SD     float64 // towards everything
	SideSD float64 // towards texts of a side
	LineSD float64 // towards those of a side on a line
	OwnSD  float64 // in one roll call
	Memory float64 // years
}

// Repeat is how often a state repeats its last vote on the same line and side, as
// delegations re-use standing instructions, and does not decide anew.
type Repeat struct {
	Share     float64 // before any pair of roll calls is seen
	Weight    float64 // pairs of roll calls that this counts for; 0: nobody repeats
	Memory    float64 // years
	OtherKind float64 // factor when the kind of text is another than the last time
}

// Part declares one part of the layer.
type Part struct {
	Name, Unit, Doc string
	Remove          func(*Layer)
}

// Parts are those of the layer, each of which can be taken out.
var Parts = []Part{
	{
		"habit", voting.Unit, "how a state departs from its position: lastingly, towards a side, on a line, and in one roll call",
		func(l *Layer) { l.Habit = Habit{} },
	},
	{
		"repeat", "share", "states that repeat their last vote on the line and side without a new decision",
		func(l *Layer) { l.Repeat = Repeat{} },
	},
	{
		"indeterminacy", "share", "votes that follow no rule, but the mean of all states",
		func(l *Layer) { l.Indeterminacy = 0 },
	},
}

// level mixes in the mean of all states for the votes that follow no rule.
func (l *Layer) level(odds []voting.Odds) {
	var mean voting.Odds
	for _, o := range odds {
		for c := range o {
			mean[c] += o[c] / float64(len(odds))
		}
	}
	for i := range odds {
		for c := range odds[i] {
			odds[i][c] = (1-l.Indeterminacy)*odds[i][c] + l.Indeterminacy*mean[c]
		}
	}
}
