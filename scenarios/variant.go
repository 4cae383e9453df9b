package scenarios

import (
	"slices"
	"strings"

	"splinternet/scenarios/build"
	"splinternet/scenarios/problem"
	"splinternet/scenarios/spec"
)

// Variant is the scenario with further assignments key=value, which come after
// those it was loaded with: it equals what Load makes of the same files and of all
// the assignments together, with the same problems as its error.
//
// A sweep makes one for every point of its design, so its cost counts. The files
// are read and parsed only once, by Load. Where all keys are parameters, nothing
// but the parameters is read anew, and the variant shares the scenario's World, by
// which models.Simulation.Adopt knows that it need not be laid out again; any other
// key, such as state.IND.position, makes a world of its own. On two cores of a
// shared server a variant of the baseline and its adoption take 15 microseconds for
// one parameter, 40 for twenty, and 1.2 milliseconds for another key, where Load and
// models.New take ten (BenchmarkPoint). Only a world of another date, as by
// world.cutoff, is built from the data, once for each of the dates; the last eight
// are kept.
//
// A scenario can be asked for variants by several workers at a time.
func (s *Scenario) Variant(set []string) (*Scenario, error) {
	if v := s.tuned(set); v != nil {
		return v, nil
	}
	o := s.options
	o.Set = slices.Concat(o.Set, set)
	c := new(problem.Collector)
	c.Reading(s.origin.read...)
	return s.origin.load(c, o)
}

// tuned is the variant that differs in parameters alone, or nil: where the
// assignments do more, and where they are wrong, which Variant words as Load does.
func (s *Scenario) tuned(set []string) *Scenario {
	for _, assignment := range set {
		key, _, _ := strings.Cut(assignment, "=")
		key = strings.TrimSpace(key)
		if spec.Parameters().Find(key) == nil || slices.Contains(build.Weights, key) {
			return nil
		}
	}
	root := *s.tree
	root.Nodes = slices.Clone(root.Nodes)
	for k, n := range root.Nodes {
		if n.Key == "parameters" {
			root.Nodes[k] = n.Clone()
		}
	}
	c := new(problem.Collector)
	o := Options{Set: set}
	o.over(c, &root, s.origin.rank)
	parameters := root.Get("parameters")
	if parameters != nil {
		parameters.Label("parameters")
	}
	values := spec.ReadParameters(c, parameters)
	if c.Len() > 0 {
		return nil
	}
	v := *s
	v.tree, v.Settings.Parameters = &root, values
	v.options.Set = slices.Concat(s.options.Set, set)
	v.seal()
	return &v
}
