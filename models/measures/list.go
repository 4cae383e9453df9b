package measures

import (
	"math"
	"slices"

	"splinternet/models/cyberspace"
	"splinternet/models/mechanism"
	"splinternet/models/world"
)

// columns is the order of the measures in tables: the headline ones, then the others as
// they came. What a mechanism offers beside them follows in the order of the tick.
var columns = []string{
	"native_reachability", "effective_reachability", "recovery", "cooperation_depth", "hostility",
	"western_power", "openness", "western_institutions", "liberal_order",

	"technical_loss", "governmental_loss", "commercial_loss",
	"effective_blocs", "modularity", "algebraic_connectivity", "cross_bloc_links", "effective_stacks", "forum_overlap",
	"dispersion", "polarisation", "sigma_convergence", "beta_convergence",
	"votes", "texts_adopted", "deadlocks", "forums_alive", "offices", "incidents", "misattributed", "escalations", "channels", "bans",
}

// headlines is how many of the columns are headline measures.
const headlines = 9

// all are the measures of the whole and those that mechanisms offer.
var all = assemble()

func assemble() []Measure {
	list := ofTheWhole()
	for _, m := range cyberspace.List() {
		for _, offered := range m.Measures {
			list = append(list, Measure{Measure: offered, value: func(_ *Observer, w *world.World) float64 { return offered.Value(w) }})
		}
	}
	place := func(m Measure) int {
		if k := slices.Index(columns, m.Name); k >= 0 {
			return k
		}
		return len(columns)
	}
	slices.SortStableFunc(list, func(a, b Measure) int { return place(a) - place(b) })
	for k := range headlines {
		list[k].Headline = true
	}
	return list
}

// ofTheWhole are the measures that are about the model as a whole, and no mechanism's own.
func ofTheWhole() []Measure {
	type observed = func(o *Observer, w *world.World) float64
	share := func(name, title, doc string, value observed) Measure {
		return Measure{Measure: mechanism.Share(name, title, doc, nil), value: value}
	}
	number := func(name, title, unit string, low, high float64, doc string, value observed) Measure {
		return Measure{Measure: mechanism.Measure{Name: name, Title: title, Unit: unit, Min: low, Max: high, Doc: doc}, value: value}
	}
	costly := func(m Measure) Measure { m.Costly = true; return m }
	inf := math.Inf(1)
	return []Measure{
		share("cooperation_depth", "cooperation depth", "D: mean over the five lines that states govern of what their texts hold the world to: depth x compliance, accumulated over texts, states by power and users.",
			func(o *Observer, w *world.World) float64 { return o.depth(w) }),
		number("hostility", "hostility", "per rival dyad-year", 0, inf,
			"H: incidents weighted by severity/10 per rival dyad and year, plus the mean rung of the response ladder over 4.",
			func(o *Observer, w *world.World) float64 { return o.hostility(w) }),
		share("western_power", "Western power", "First pillar of the liberal order: power share of the founding coalition.",
			func(o *Observer, w *world.World) float64 { return o.westernPower(w) }),
		share("openness", "openness", "Second pillar: power-weighted mean position; 1 is open and multistakeholder.",
			func(_ *Observer, w *world.World) float64 { return Openness(w) }),
		share("western_institutions", "Western institutions", "Third pillar: share of authority (legitimacy x depth x coverage) in Western-led or multistakeholder forums.",
			func(o *Observer, _ *world.World) float64 { return o.institutions }),
		share("liberal_order", "liberal order", "Geometric mean of the three pillars.",
			func(o *Observer, w *world.World) float64 {
				return math.Cbrt(o.westernPower(w) * Openness(w) * o.institutions)
			}),

		costly(number("effective_blocs", "effective number of blocs", "count", 1, inf,
			"1/sum of squared user shares of the communities of the interconnection network (Louvain; Laakso and Taagepera 1979).",
			func(o *Observer, w *world.World) float64 { return o.effectiveBlocs(w) })),
		costly(number("modularity", "modularity", "", -.5, 1, "Modularity of those communities (Newman 2006).",
			func(o *Observer, w *world.World) float64 { return o.modularity(w) })),
		costly(share("algebraic_connectivity", "algebraic connectivity", "Second eigenvalue of the Laplacian of the links over the number of states (Fiedler 1973); the cross-weight of two equal blocs.",
			func(o *Observer, w *world.World) float64 { return o.algebraicConnectivity(w) })),
		costly(number("cross_bloc_links", "cross-bloc links", "ratio", 0, inf,
			"Mean link between the communities of the start over the mean link within them.",
			func(o *Observer, w *world.World) float64 { return o.crossBloc(w) })),
		costly(share("forum_overlap", "forum overlap", "Mean Jaccard overlap of the members of living forums on the same line.",
			func(_ *Observer, w *world.World) float64 { return forumOverlap(w) })),

		share("dispersion", "dispersion", "4 x variance of positions, each state counted once (DiMaggio, Evans and Bryson 1996).",
			func(_ *Observer, w *world.World) float64 { return dispersion(w) }),
		share("polarisation", "polarisation", "Esteban-Ray polarisation of power over positions, alpha = 1.3, 1 for two equal poles.",
			func(_ *Observer, w *world.World) float64 { return polarisation(w) }),
		number("sigma_convergence", "sigma-convergence", "ratio", 0, inf,
			"Standard deviation of positions over that at the start; below 1 is convergence.",
			func(o *Observer, w *world.World) float64 { return o.sigma(w) }),
		number("beta_convergence", "beta-convergence", "slope", -inf, inf,
			"Slope of the change of position since the start on the position at the start; negative is convergence.",
			func(o *Observer, w *world.World) float64 { return o.beta(w) }),
	}
}

// forumOverlap is the mean over pairs of living forums on one line of the
// Jaccard index of their members.
func forumOverlap(w *world.World) float64 {
	total, pairs := 0.0, 0.0
	for k := range w.Forums {
		for l := range k {
			a, b := &w.Forums[k], &w.Forums[l]
			if a.Line != b.Line || a.Status != world.Alive || b.Status != world.Alive {
				continue
			}
			both, either := 0.0, 0.0
			for i := range a.Members {
				if a.Members[i] && b.Members[i] {
					both++
				}
				if a.Members[i] || b.Members[i] {
					either++
				}
			}
			if either > 0 {
				total += both / either
				pairs++
			}
		}
	}
	if pairs == 0 {
		return 0
	}
	return total / pairs
}
