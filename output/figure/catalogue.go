package figure

import (
	"errors"
	"fmt"
	"slices"

	"splinternet/output"
)

// recipe is a kind of figure.
type recipe struct {
	name, about string
	from        string // the folders that it is drawn from
	make        func(*Source) (*Figure, error)
	fits        func(*Source) bool // whether a folder's default figures include it
}

func isRun(s *Source) bool { return s.results != nil }

// twoFactors: with more the plane of two shows little, and is drawn when asked for.
func twoFactors(s *Source) bool { return len(s.factors()) == 2 }

func holds(table string) func(*Source) bool { return func(s *Source) bool { return s.has(table) } }

// recipes lists the figures in the order in which they are drawn.
var recipes = []recipe{
	{"measures", "headline measures over time, with bands over runs", "runs", Measures, isRun},
	{"verdicts", "shares of end states with intervals", "runs, sweeps, comparisons, ablations", Verdicts, func(s *Source) bool {
		list, _, err := s.outcomes("verdicts")
		return err == nil && (len(list) > 1 || s.results == nil || s.runs() > 1)
	}},
	{"timeline", "one run's chronicle", "runs", Timeline, isRun},
	{"positions", "trajectories of all states by bloc", "runs", Positions, isRun},
	{"votes", "roll calls by position, against the record", "runs", Votes, isRun},
	{"forums", "the lives of forums and their texts", "runs", Forums, isRun},
	{"fragmentation", "loss of reachability by cause", "runs", Fragmentation, isRun},
	{"links", "interconnection of states, start against end", "runs", Links, isRun},
	{"network", "the network of states", "runs", Network, isRun},
	{"phase", "modal end state over two swept parameters (--x, --y)", "sweeps", Phase, twoFactors},
	{"heat", "a measure over two swept parameters (--measure, --x, --y)", "sweeps", Heat, twoFactors},
	{"morris", "screening of parameters: size and spread of effects", "sweeps, after sensitivity", Morris, holds("morris")},
	{"sobol", "shares of variance owed to parameters", "sweeps, after sensitivity", Sobol, holds("sobol")},
	{"prim", "scenario discovery: trajectory and box", "sweeps, after discover", Prim, holds("prim_boxes")},
	{"compare", "differences between scenarios", "comparisons", Compare, holds("compare")},
	{"ablation", "what each part of the model contributes", "ablations", Ablation, holds("ablation")},
	{"explain", "what an outcome is owed to", "explanations", Explain, holds("explain")},
	{"calibration", "prior and posterior of parameters", "calibrations", Calibration, holds("calibration")},
	{"map", "states on a map, by a variable or by bloc (--by)", "runs", Map, isRun},
}

// About is a kind of figure in words.
type About struct{ Name, About, From string }

// Catalogue lists all kinds of figures.
func Catalogue() []About {
	var list []About
	for _, r := range recipes {
		list = append(list, About{r.name, r.about, r.from})
	}
	return list
}

// Names lists the names of all figures.
func Names() []string {
	var list []string
	for _, r := range recipes {
		list = append(list, r.name)
	}
	return list
}

// UnknownError is a name that no figure has.
type UnknownError struct{ Name string }

func (e *UnknownError) Error() string { return fmt.Sprintf("there is no figure %q", e.Name) }

// Figure makes the figure of a name.
func (s *Source) Figure(name string) (*Figure, error) {
	k := slices.IndexFunc(recipes, func(r recipe) bool { return r.name == name })
	if k < 0 {
		return nil, &UnknownError{name}
	}
	return recipes[k].make(s)
}

// Figures makes every figure that the folder supports. A figure that the folder
// lacks something for is left out and named in without; anything else that goes
// wrong is an error.
func (s *Source) Figures() (list []*Figure, without []*MissingError, err error) {
	for _, r := range recipes {
		if !r.fits(s) {
			continue
		}
		f, err := r.make(s)
		var missing *MissingError
		switch {
		case errors.As(err, &missing):
			without = append(without, missing)
		case err != nil:
			return nil, nil, fmt.Errorf("figure %s: %w", r.name, err)
		default:
			list = append(list, f)
		}
	}
	return list, without, nil
}

// Kind is the format of the folder's manifest.
func (s *Source) Kind() string { return s.kind }

// Folder words what kind of folder it is.
func (s *Source) Folder() string {
	if s.kind == output.Format {
		return "a folder of runs"
	}
	words := output.FormatWords(s.kind)
	if words == "" {
		return "a folder of another kind (" + s.kind + ")"
	}
	return words
}
