package spec

import (
	"slices"

	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
	"splinternet/scenarios/spelling"
	"splinternet/sim"
)

// ReadParameters reads a table of parameters, which may be nil: the values that it
// sets, by name.
func ReadParameters(c *problem.Collector, n *document.Node) map[string]float64 {
	values := map[string]float64{}
	n.Leaves(func(name string, leaf *document.Node) {
		at := leaf.Place()
		at.Key = name
		if name == "" {
			document.Refuse(c, leaf, "a table [parameters] with MECHANISM.NAME = value")
		} else if p := Parameters().Find(name); p == nil {
			c.At(at, "unknown parameter%s", ParameterHint(name))
		} else if value, ok := parameter(c, p, at, leaf); ok {
			values[name] = value
		}
	})
	return values
}

// parameter reads the value of a parameter from a leaf.
func parameter(c *problem.Collector, p *sim.Parameter, at problem.Place, n *document.Node) (value float64, ok bool) {
	switch p.Kind {
	case sim.Switch:
		if on, is := n.Value.(bool); is && on {
			return 1, true
		} else if is {
			return 0, true
		}
	case sim.Choice:
		if k := slices.Index(p.Choices, n.Text()); k >= 0 {
			return float64(k), true
		}
		if word := n.Text(); word != "" && spelling.Nearest(word, p.Choices) != "" {
			c.At(at, "%s is not allowed%s", n.Describe(), problem.Hint(word, p.Choices))
			return 0, false
		}
	default:
		if v, is := n.Float(); is && p.Check(v) == nil {
			return v, true
		}
	}
	c.At(at, "%s is not allowed; allowed: %s", n.Describe(), p.Allowed())
	return 0, false
}
