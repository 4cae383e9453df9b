// Package kind names the kinds of results folders, each by the format that the
// folder's manifest carries. Who writes a folder and who reads it take the name here.
package kind

import "strings"

// prefix is what the format of every manifest of this program begins with.
const prefix = "splinternet-"

// The formats of manifests.
const (
	Run         = prefix + "run"
	Sweep       = prefix + "sweep"
	Comparison  = prefix + "compare"
	Ablation    = prefix + "ablation"
	Explanation = prefix + "explain"
	Replicates  = prefix + "replicates"
	Calibration = prefix + "calibration"
	Evidence    = prefix + "evidence"
	Draws       = prefix + "draws"
	Weights     = prefix + "weights"
)

// words are the names of a kind for people: short, and what it holds.
type words struct{ short, content string }

var kinds = map[string]words{
	Run:         {"a run", "runs of a scenario"},
	Sweep:       {"a sweep", "a sweep: a scenario at many points of its parameters"},
	Comparison:  {"a comparison", "a comparison of scenarios with shared chance"},
	Ablation:    {"an ablation", "an ablation: a scenario with one thing after the other taken out"},
	Explanation: {"an explanation", "a counterfactual attribution: what an outcome is owed to"},
	Replicates:  {"a study of replicates", "a study of how many runs are enough"},
	Calibration: {"a calibration", "a calibration by approximate Bayesian computation"},
	Evidence:    {"evidence", "results"},
	Draws:       {"an ablation over draws", "an ablation over joint draws of the parameters"},
	Weights:     {"weights", "what each parameter moves alone"},
}

// Studies are the kinds of analyses that play their own runs.
var Studies = []string{Comparison, Ablation, Explanation, Replicates, Calibration, Evidence, Draws, Weights}

// Ours tells whether a manifest with the format is one of this program, of whatever
// version.
func Ours(format string) bool { return strings.HasPrefix(format, prefix) }

// Words names a kind, as in "a sweep"; "" for a format that this version does not know.
func Words(format string) string { return kinds[format].short }

// Content says what a folder holds; "results" for a format that this version does not
// know.
func Content(format string) string {
	if content := kinds[format].content; content != "" {
		return content
	}
	return "results"
}

// Instead ends the sentence that a manifest is not of the kind wanted: it says what it
// is of, where that is known.
func Instead(format string) string {
	if word := Words(format); word != "" {
		return " but of " + word
	}
	return ""
}
