package measures

import (
	"math"

	"splinternet/models/world"
)

// all lists the measures in the order of the tables' columns. Headline measures
// come first.
var all []Measure

func init() {
	share := func(name, title, doc string, value func(o *Observer, w *world.World) float64) Measure {
		return Measure{Name: name, Title: title, Unit: "share", Min: 0, Max: 1, Doc: doc, value: value}
	}
	headline := func(m Measure) Measure { m.Headline = true; return m }
	costly := func(m Measure) Measure { m.Costly = true; return m }
	count := func(name, title, doc string, value func(o *Observer, w *world.World) float64) Measure {
		return Measure{Name: name, Title: title, Unit: "count", Min: 0, Max: math.Inf(1), Doc: doc, value: value}
	}
	all = []Measure{
		headline(share("native_reachability", "native reachability", "R0: user-weighted quality of all links without gateways and bridges, sum u_i u_j w_ij.",
			func(_ *Observer, w *world.World) float64 { return w.Network.Native })),
		headline(share("effective_reachability", "effective reachability", "R: the same with gateways and bridges.",
			func(_ *Observer, w *world.World) float64 { return w.Network.Effective })),
		headline(share("recovery", "recovery", "Share of the native loss that gateways and bridges win back, (R-R0)/(1-R0).",
			func(_ *Observer, w *world.World) float64 { return w.Network.Recovery() })),
		headline(share("cooperation_depth", "cooperation depth", "D: mean over lines of the best text's depth x coverage x compliance.",
			func(o *Observer, w *world.World) float64 { return o.depth(w) })),
		headline(Measure{
			Name: "hostility", Title: "hostility", Unit: "per rival dyad-year", Min: 0, Max: math.Inf(1),
			Doc:   "H: incidents weighted by severity/10 per rival dyad and year, plus the mean rung of the response ladder over 4.",
			value: func(o *Observer, w *world.World) float64 { return o.hostility(w) },
		}),
		headline(share("western_power", "Western power", "First pillar of the liberal order: power share of the founding coalition.",
			func(o *Observer, w *world.World) float64 { return o.westernPower(w) })),
		headline(share("openness", "openness", "Second pillar: power-weighted mean position; 1 is open and multistakeholder.",
			func(_ *Observer, w *world.World) float64 { return Openness(w) })),
		headline(share("western_institutions", "Western institutions", "Third pillar: share of authority (legitimacy x depth x coverage) in Western-led or multistakeholder forums.",
			func(o *Observer, _ *world.World) float64 { return o.institutions })),
		headline(share("liberal_order", "liberal order", "Geometric mean of the three pillars.",
			func(o *Observer, w *world.World) float64 {
				return math.Cbrt(o.westernPower(w) * Openness(w) * o.institutions)
			})),

		share("technical_loss", "technical loss", "Loss of native reachability from different stacks (Shapley share).",
			func(_ *Observer, w *world.World) float64 { return w.Network.Technical }),
		share("governmental_loss", "governmental loss", "Loss from controls, filters and sanctions (Shapley share).",
			func(_ *Observer, w *world.World) float64 { return w.Network.Governmental }),
		share("commercial_loss", "commercial loss", "Loss from the exclusion of firms (Shapley share).",
			func(_ *Observer, w *world.World) float64 { return w.Network.Commercial }),

		costly(Measure{
			Name: "effective_blocs", Title: "effective number of blocs", Unit: "count", Min: 1, Max: math.Inf(1),
			Doc:   "1/sum of squared user shares of the communities of the interconnection network (Louvain; Laakso and Taagepera 1979).",
			value: func(o *Observer, w *world.World) float64 { return o.effectiveBlocs(w) },
		}),
		costly(Measure{
			Name: "modularity", Title: "modularity", Unit: "", Min: -.5, Max: 1,
			Doc:   "Modularity of those communities (Newman 2006).",
			value: func(o *Observer, w *world.World) float64 { return o.modularity(w) },
		}),
		costly(share("algebraic_connectivity", "algebraic connectivity", "Second eigenvalue of the Laplacian of the links over the number of states (Fiedler 1973); the cross-weight of two equal blocs.",
			func(o *Observer, w *world.World) float64 { return o.algebraicConnectivity(w) })),
		costly(Measure{
			Name: "cross_bloc_links", Title: "cross-bloc links", Unit: "ratio", Min: 0, Max: math.Inf(1),
			Doc:   "Mean link between the communities of the start over the mean link within them.",
			value: func(o *Observer, w *world.World) float64 { return o.crossBloc(w) },
		}),
		{
			Name: "effective_stacks", Title: "effective number of stacks", Unit: "count", Min: 1, Max: math.Inf(1),
			Doc:   "1/sum of squared user shares of the technical stacks.",
			value: func(_ *Observer, w *world.World) float64 { return effectiveStacks(w) },
		},
		costly(share("forum_overlap", "forum overlap", "Mean Jaccard overlap of the members of living forums on the same line.",
			func(_ *Observer, w *world.World) float64 { return forumOverlap(w) })),

		share("dispersion", "dispersion", "4 x variance of positions, each state counted once (DiMaggio, Evans and Bryson 1996).",
			func(_ *Observer, w *world.World) float64 { return dispersion(w) }),
		share("polarisation", "polarisation", "Esteban-Ray polarisation of power over positions, alpha = 1.3, 1 for two equal poles.",
			func(_ *Observer, w *world.World) float64 { return polarisation(w) }),
		{
			Name: "sigma_convergence", Title: "sigma-convergence", Unit: "ratio", Min: 0, Max: math.Inf(1),
			Doc:   "Standard deviation of positions over that at the start; below 1 is convergence.",
			value: func(o *Observer, w *world.World) float64 { return o.sigma(w) },
		},
		{
			Name: "beta_convergence", Title: "beta-convergence", Unit: "slope", Min: math.Inf(-1), Max: math.Inf(1),
			Doc:   "Slope of the change of position since the start on the position at the start; negative is convergence.",
			value: func(o *Observer, w *world.World) float64 { return o.beta(w) },
		},

		count("votes", "votes", "Texts voted on in the tick.", func(_ *Observer, w *world.World) float64 { return float64(w.Activity.Votes) }),
		count("texts_adopted", "texts adopted", "Texts adopted or renewed in the tick.", func(_ *Observer, w *world.World) float64 { return float64(w.Activity.Adopted) }),
		count("deadlocks", "deadlocks", "Sessions without agreement in the tick.", func(_ *Observer, w *world.World) float64 { return float64(w.Activity.Deadlocks) }),
		count("forums_alive", "forums alive", "Forums with a mandate.", func(_ *Observer, w *world.World) float64 { return forumsAlive(w) }),
		count("offices", "cyber-diplomacy offices", "States with a cyber-diplomacy office.", func(_ *Observer, w *world.World) float64 { return offices(w) }),
		count("incidents", "incidents", "Cyber incidents in the tick.", func(_ *Observer, w *world.World) float64 { return float64(w.Activity.Incidents) }),
		count("misattributed", "wrongful attributions", "Incidents for which the wrong state is blamed.", func(_ *Observer, w *world.World) float64 { return float64(w.Activity.Misattributed) }),
		count("escalations", "escalations", "Climbs on the response ladder in the tick.", func(_ *Observer, w *world.World) float64 { return float64(w.Activity.Escalations) }),
		count("channels", "channels", "Pairs of states with a channel.", func(_ *Observer, w *world.World) float64 { return float64(w.Standing.Channels) }),
		count("bans", "bans", "Bans of a firm by a state in force.", func(_ *Observer, w *world.World) float64 { return float64(w.Standing.Bans) }),
	}
}

func effectiveStacks(w *world.World) float64 {
	squares := 0.0
	for s := range w.Stacks {
		share := w.Carried(s)
		squares += share * share
	}
	if squares == 0 {
		return 1
	}
	return 1 / squares
}

func forumsAlive(w *world.World) float64 {
	n := 0.0
	for k := range w.Forums {
		if w.Forums[k].Status == world.Alive {
			n++
		}
	}
	return n
}

func offices(w *world.World) float64 {
	n := 0.0
	for _, since := range w.States.Office {
		if since != world.NoOffice {
			n++
		}
	}
	return n
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
