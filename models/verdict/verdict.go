// Package verdict says how a run ends: which of six end states the governance
// of cyberspace has reached, why, by what margin, and how robust the label is.
package verdict

import "strings"

// Label is an end state, as the slug that files and flags use.
type Label string

// The six end states.
const (
	Liberal     Label = "liberal-convergence"
	PostLiberal Label = "post-liberal-convergence"
	Thin        Label = "thin-consensus"
	Managed     Label = "managed-fragmentation"
	Hostile     Label = "hostile-fragmentation"
	Drift       Label = "drift"
)

// Labels lists the end states from convergence to fragmentation.
var Labels = []Label{Liberal, PostLiberal, Thin, Managed, Hostile, Drift}

// Words is the label as people say it: post-liberal convergence keeps its hyphen.
func (l Label) Words() string {
	s := string(l)
	if k := strings.LastIndexByte(s, '-'); k >= 0 {
		s = s[:k] + " " + s[k+1:]
	}
	return s
}

// Meaning is one sentence about each end state, for people.
func (l Label) Meaning() string {
	return map[Label]string{
		Liberal:     "one network and deep cooperation, on open and multistakeholder terms",
		PostLiberal: "one network and deep cooperation, on sovereign terms",
		Thin:        "one network held together by the lowest common denominator",
		Managed:     "a divided network whose blocs keep gateways and bridges to one another",
		Hostile:     "a divided network whose blocs are in open conflict: the splinternet",
		Drift:       "a network that divides, with too few bridges and without open conflict",
	}[l]
}

// Test is one comparison that the decision list made.
type Test struct {
	Measure   string // name of the measure
	Value     float64
	Threshold float64
	Parameter string // name of the parameter that holds the threshold
	Above     bool   // whether the value lies at or above the threshold
}

// Verdict is the end state of a run.
type Verdict struct {
	Label Label
	Tests []Test // in the order of the decision list
	// Margin is the least relative distance of a test's value from its threshold,
	// |value - threshold| / threshold.
	Margin     float64
	Borderline bool   // whether the margin is below verdict.borderline
	Reason     string // one sentence
	// Robust holds, for every threshold parameter, the labels that the end of the run
	// would have if the threshold were lower and higher by verdict.robustness.
	Robust []Robustness
	// History is the label of every tick; another must hold for verdict.window before it
	// replaces the present one.
	History []Label
}

// Robustness is what moving one threshold would do.
type Robustness struct {
	Parameter     string
	Lower, Higher Label
}
