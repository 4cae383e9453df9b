package figure

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"splinternet/models/world"
	"splinternet/output/kind"
)

// recipe is a kind of figure.
type recipe struct {
	name, about string
	from        string // the folders that it is drawn from
	make        func(*Source) (*Figure, error)
	fits        func(*Source) bool // whether a folder's default figures include it
	takes       []string           // flags of the options that it heeds
}

func isRun(s *Source) bool { return s.results != nil }

// twoFactors: with more the plane of two shows little, and is drawn when asked for.
func twoFactors(s *Source) bool { return len(s.factors()) == 2 }

func holds(table string) func(*Source) bool { return func(s *Source) bool { return s.has(table) } }

// recipes lists the figures in the order in which they are drawn.
var recipes = []recipe{
	{"measures", "headline measures over time, with bands over runs", "runs", Measures, isRun, nil},
	{"verdicts", "shares of end states with intervals", "runs, sweeps, comparisons, ablations", Verdicts, func(s *Source) bool {
		list, _, err := s.outcomes("verdicts")
		return err == nil && (len(list) > 1 || s.results == nil || s.runs() > 1)
	}, nil},
	{"timeline", "one run's chronicle", "runs", Timeline, isRun, nil},
	{"positions", "trajectories of all states by bloc", "runs", Positions, isRun, nil},
	{"votes", "roll calls by position, against the record", "runs", Votes, isRun, nil},
	{"forums", "the lives of forums and their texts", "runs", Forums, isRun, nil},
	{"fragmentation", "loss of reachability by cause", "runs", Fragmentation, isRun, nil},
	{"links", "interconnection of states, start against end", "runs", Links, isRun, nil},
	{"network", "the network of states", "runs", Network, isRun, nil},
	{"phase", "modal end state over two swept parameters (--x, --y)", "sweeps", Phase, twoFactors, []string{"x", "y"}},
	{"heat", "a measure over two swept parameters (--measure, --x, --y)", "sweeps", Heat, twoFactors, []string{"measure", "x", "y"}},
	{"morris", "screening of parameters: size and spread of effects", "sweeps, after sensitivity", Morris, holds("morris"), []string{"measure"}},
	{"sobol", "shares of variance owed to parameters", "sweeps, after sensitivity", Sobol, holds("sobol"), []string{"measure"}},
	{"prim", "scenario discovery: trajectory and box", "sweeps, after discover", Prim, holds("prim_boxes"), []string{"for"}},
	{"compare", "differences between scenarios", "comparisons", Compare, holds("compare"), nil},
	{"ablation", "what each part of the model contributes", "ablations", Ablation, holds("ablation"), []string{"measure"}},
	{"explain", "what an outcome is owed to", "explanations", Explain, holds("explain"), []string{"measure"}},
	{"calibration", "prior and posterior of parameters", "calibrations", Calibration, holds("calibration"), nil},
	{"map", "states on a map, by a variable or by bloc (--by)", "runs", Map, isRun, []string{"by"}},
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

// Remove removes figures from a folder, each with its data and its caption, because they
// show what is no longer there, and returns the names of those that it removed. What
// has no caption is not of this program, and stays.
func Remove(dir string) (removed []string, err error) {
	for _, name := range Names() {
		if _, err := os.Stat(filepath.Join(dir, name+".txt")); err != nil {
			continue
		}
		for _, ending := range append(Formats(), "csv", "txt") {
			if err := os.Remove(filepath.Join(dir, name+"."+ending)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return removed, err
			}
		}
		removed = append(removed, name)
	}
	return removed, nil
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
// wrong is an error. So is an option that no figure heeds, or whose value is unknown
// to each that does: an OptionError.
func (s *Source) Figures() (list []*Figure, without []*MissingError, err error) {
	var drawn []string
	var wrong *OptionError
	for _, r := range recipes {
		if !r.fits(s) {
			continue
		}
		f, err := r.make(s)
		var missing *MissingError
		var option *OptionError
		if errors.As(err, &option) && wrong == nil {
			wrong = option
		}
		switch {
		case errors.As(err, &missing):
			without = append(without, missing)
		case err != nil:
			return nil, nil, fmt.Errorf("figure %s: %w", r.name, err)
		default:
			list, drawn = append(list, f), append(drawn, r.name)
		}
	}
	if err := s.Heeded(drawn); err != nil {
		if wrong != nil {
			return nil, nil, wrong
		}
		return nil, nil, err
	}
	return list, without, nil
}

// Heeded refuses an option that none of the named figures heeds: an OptionError.
func (s *Source) Heeded(figures []string) error {
	for _, o := range options {
		var takers []string
		heeded := o.value(s) == ""
		for _, r := range recipes {
			if slices.Contains(r.takes, o.flag) {
				takers = append(takers, r.name)
				heeded = heeded || slices.Contains(figures, r.name)
			}
		}
		if !heeded {
			return unknown("", fmt.Sprintf("--%s %s is for %s, and none of them is drawn", o.flag, o.value(s), world.Listed(takers)),
				fmt.Sprintf("leave --%s out, or name the figure: --figure %s", o.flag, takers[0]))
		}
	}
	return nil
}

// Kind is the format of the folder's manifest.
func (s *Source) Kind() string { return s.kind }

// Folder words what kind of folder it is.
func (s *Source) Folder() string {
	if s.kind == kind.Run {
		return "a folder of runs"
	}
	words := kind.Words(s.kind)
	if words == "" {
		return "a folder of another kind (" + s.kind + ")"
	}
	return words
}
