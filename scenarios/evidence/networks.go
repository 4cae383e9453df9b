package evidence

import (
	"fmt"
	"math"

	"splinternet/models/influence"
	"splinternet/models/interconnection"
	"splinternet/models/markets"
	"splinternet/models/measures"
	"splinternet/models/power"
	"splinternet/models/security"
	"splinternet/models/standards"
	"splinternet/models/world"
	"splinternet/sim"
)

func verifyNetworks(c *checks) {
	verifyPower(c)
	verifyStandards(c)
	verifyBlocs(c)
	verifyPolarisation(c)
	verifyMarkets(c)
	verifySecurity(c)
	verifyOffices(c)
}

func verifyPower(c *checks) {
	c.begin("Power", "shares sum to 1; equal growth moves none; the owner of everything has all (Singer, Bremer and Stuckey 1972)")
	w := world.Plain(4)
	copy(w.States.Economy, []float64{.5, .3, .15, .05})
	copy(w.States.Capability, []float64{.1, .2, .3, .4})
	m := set(power.New)
	power.Derive(w, m.Weights)
	before := w.States.Power[0]
	play(w, 1, 90, m)
	c.add("sum of power after 90 quarters", total(w.States.Power), 1, rounding)
	c.add("change of power with equal growth", w.States.Power[0]-before, 0, rounding)
	w = world.Plain(3)
	copy(w.States.Capability, []float64{0, 1, 0})
	play(w, 1, 40, set(power.New, pair{"power.economy", 0}, pair{"power.structure", 0}))
	c.add("power of the owner of all capability", w.States.Power[1], 1, 0)

	c.begin("Convergence", "differences of growth shrink by the same factor every year (after Barro and Sala-i-Martin 1992)")
	const decay = .07
	w = world.Plain(2)
	w.States.Growth[0], w.States.Growth[1] = .01, .07
	m = set(power.New, pair{"power.growth-decay", decay})
	begin(w, 1, m)
	gap := []float64{0}
	for year := range 3 {
		for k := range w.Calendar.PerYear() {
			m.Step(at(w, 1, m.Name(), year*w.Calendar.PerYear()+k), w)
		}
		gap = append(gap, math.Log(w.States.Economy[1]/w.States.Economy[0]))
	}
	c.add("growth of the gap over that of the year before", (gap[3]-gap[2])/(gap[2]-gap[1]), 1-decay, rounding)
}

func verifyStandards(c *checks) {
	c.begin("Adoption of stacks", "s = 1/(1+exp(-J(2s-1))): pitchfork at J = 2 (Brock and Durlauf 2001)")
	share := func(network, start float64, ticks int) float64 {
		w := world.Plain(5)
		world.AddPlainStack(w, "other", .25)
		for i := range w.States.N {
			w.States.Stack[2*i], w.States.Stack[2*i+1] = 1-start, start
		}
		play(w, 1, ticks, set(standards.New, pair{"standards.alignment", 0}, pair{"standards.switching", 0},
			pair{"standards.quality", 0}, pair{"standards.replacement", 1}, pair{"standards.network", network}))
		return w.States.Stack[1]
	}
	for _, k := range []struct{ network, start, share float64 }{
		{1.9, .6, .5}, {2.5, .4, .145}, {2.5, .6, .855}, {4, .4, .021}, {4, .6, .979},
	} {
		c.add(fmt.Sprintf("share at J = %g from %g", k.network, k.start), share(k.network, k.start, 2000), k.share, 5e-4)
	}
	c.holds("J = 1.98 keeps both", share(1.98, .6, 20000) > .55, false)
	c.holds("J = 2.02 tips", share(2.02, .6, 20000) > .55, true)
}

// blocs is a world of g equal blocs of m states, with links between them as the function
// says. Each bloc has a dimension of its own, so that all lie equally far from each other,
// and filters take from a link what its two states lack in trust.
func blocs(g, m int, link func(i, j int) float64) *world.World {
	n := g * m
	positions := make([]float64, n*g)
	for i := range n {
		positions[i*g+i/m] = 1
	}
	w := world.Plain(n, positions...)
	for i := range n {
		for j := range n {
			if i/m != j/m {
				w.Dyads.Trust[i*n+j] = link(min(i, j), max(i, j))
			}
		}
	}
	const apart = 2 // in all; the distance is the mean over dimensions
	set(interconnection.New, pair{"interconnection.filter-base", 0}, pair{"interconnection.filter", float64(g) / apart}, pair{"interconnection.gateway", 0}).Derive(w)
	return w
}

// equalBlocs is blocs with all links between them alike.
func equalBlocs(g, m int, cross float64) *world.World {
	return blocs(g, m, func(int, int) float64 { return cross })
}

// measured reads measures of a world as the observer does.
func measured(w *world.World, name string) float64 {
	o := measures.Observer{Stride: 1}
	o.Begin(w)
	o.Observe(0, w)
	return o.Series.Of(name)[0]
}

func verifyBlocs(c *checks) {
	c.begin("Two equal blocs", "cross-weight w: R = (1+w)/2, lambda2/n = w, modularity (1-w)/(1+w)/2 (60 states)")
	for _, cross := range []float64{.2, .5, .8} {
		w := equalBlocs(2, 30, cross)
		c.add(fmt.Sprintf("native reachability at w = %g", cross), w.Network.Native, (1+cross)/2, rounding)
		c.add(fmt.Sprintf("lambda2/n at w = %g", cross), measured(w, "algebraic_connectivity"), cross, rounding)
		c.add(fmt.Sprintf("modularity at w = %g", cross), measured(w, "modularity"), (1-cross)/(1+cross)/2, .01)
	}
	c.begin("g equal blocs", "R = (1+(g-1)w)/g; modularity 1-1/g when apart (Newman 2006)")
	for g := 3; g <= 4; g++ {
		c.add(fmt.Sprintf("native reachability of %d blocs at w = .3", g), equalBlocs(g, 6, .3).Network.Native, (1+float64(g-1)*.3)/float64(g), rounding)
		c.add(fmt.Sprintf("modularity of %d blocs apart", g), measured(equalBlocs(g, 6, 0), "modularity"), 1-1/float64(g), rounding)
	}
	c.begin("Bridges between two groups of ten", "lambda2/n with no, one, ten and all links between them")
	for _, k := range []struct {
		bridges int
		lambda  float64
	}{{0, 0}, {1, .008}, {10, .10}, {100, 1}} {
		w := blocs(2, 10, func(i, j int) float64 { return number(k.bridges == 100 || i+10 == j && i < k.bridges) })
		c.add(fmt.Sprintf("%d links", k.bridges), measured(w, "algebraic_connectivity"), k.lambda, .0006)
	}
	c.begin("Gateways", "perfect gateways without filters join everybody, whatever runs; a world half on each stack is compatible")
	w := world.Plain(4)
	world.AddPlainStack(w, "other", .2)
	for i, share := range []float64{0, .3, .7, 1} {
		w.States.Stack[2*i], w.States.Stack[2*i+1] = 1-share, share
	}
	open := []pair{{"interconnection.filter-base", 0}, {"interconnection.filter", 0}}
	set(interconnection.New, append(open, pair{"interconnection.gateway", 1})...).Derive(w)
	c.add("effective reachability", w.Network.Effective, 1, rounding)
	for k := range w.States.Stack {
		w.States.Stack[k] = .5
	}
	set(interconnection.New, append(open, pair{"interconnection.gateway", 0})...).Derive(w)
	c.add("native reachability, half and half", w.Network.Native, 1, rounding)
}

func verifyPolarisation(c *checks) {
	c.begin("Polarisation", "Esteban and Ray 1994, over that of two equal poles")
	uniform := make([]float64, 11)
	for k := range uniform {
		uniform[k] = 1. / 11
	}
	for _, k := range []struct {
		name      string
		share, at []float64
		strong    float64 // at alpha 1.3
		weak      float64 // at alpha 1
	}{
		{"two equal poles", []float64{.5, .5}, []float64{0, 1}, 1, 1},
		{"three equal poles", []float64{1. / 3, 1. / 3, 1. / 3}, influence.Even(3), .52, .59},
		{"25/50/25", []float64{.25, .5, .25}, influence.Even(3), .45, .50},
		{"90/10", []float64{.9, .1}, []float64{0, 1}, .41, .36},
		{"uniform on 11 points", uniform, influence.Even(11), .08, .13},
	} {
		c.add(k.name+", alpha 1.3", measures.EstebanRay(k.share, k.at, 1.3), k.strong, .005)
		c.add(k.name+", alpha 1", measures.EstebanRay(k.share, k.at, 1), k.weak, .005)
	}
	c.source = "Esteban and Ray 1994, the formula with K = 1, places 1 to 10"
	ten := make([]float64, 10)
	for k := range ten {
		ten[k] = .1
	}
	raw := func(share, at []float64, alpha float64) float64 {
		return measures.EstebanRay(share, at, alpha) / math.Pow(2, 1+alpha) * 9
	}
	for _, k := range []struct{ alpha, points, spikes float64 }{{0, 3.3, 2.5}, {1, .33, 1.25}, {1.6, .082892, .824692}} {
		c.add(fmt.Sprintf("ten equal points, alpha %g", k.alpha), raw(ten, influence.Even(10), k.alpha), k.points, 5e-7)
		c.add(fmt.Sprintf("spikes at 3 and 8, alpha %g", k.alpha), raw([]float64{.5, .5}, []float64{2. / 9, 7. / 9}, k.alpha), k.spikes, 5e-7)
	}
}

// plainMarkets is the mechanism without bans, lobbying or alignment.
func plainMarkets() *markets.Markets {
	var values []pair
	for name, value := range map[string]float64{
		"loyalty": 0, "alignment": 0, "ban": -50, "mistrust": 0, "ally-cue": 0, "dependence": 0, "retaliation": 0, "attention": 0, "lift": 0,
		"lobby": 0, "adjustment": 0, "entrepreneurship": 0, "representation": 0, "denial": 0, "self-reliance": 0, "separation": 0,
	} {
		values = append(values, pair{"markets." + name, value})
	}
	return set(markets.New, values...)
}

func verifyMarkets(c *checks) {
	c.begin("Markets", "shares go to the logit of quality; equal firms to 1/F each; a ban everywhere to nothing (Anderson, de Palma and Thisse 1992)")
	run := func(start, disturbed []float64, ban bool) *world.World {
		w := world.Plain(3)
		for k, share := range start {
			world.AddPlainFirm(w, fmt.Sprintf("firm%d", k), world.Abroad, 0, share)
		}
		m := plainMarkets()
		begin(w, 1, m) // qualities are those of the shares at the start
		for k, share := range disturbed {
			for i := range 3 {
				w.Firms.Share[k*3+i] = share
				if ban && k == 0 {
					w.Firms.Ban[i] = 1
				}
			}
		}
		for tick := range 1200 {
			m.Step(at(w, 1, m.Name(), tick), w)
		}
		return w
	}
	logit := []float64{1, math.E, math.E * math.E}
	sum := total(logit)
	for k := range logit {
		logit[k] /= sum
	}
	w := run(logit, []float64{.8, .1, .1}, false)
	for k, share := range logit {
		c.add(fmt.Sprintf("share of a firm of quality %d", k), w.Firms.Share[k*3], share, 1e-6)
	}
	c.add("share of one of four equal firms", run([]float64{.25, .25, .25, .25}, []float64{.4, .3, .2, .1}, false).Firms.Share[0], .25, 1e-6)
	c.add("share of a firm that everybody bans", run([]float64{.5, .3, .2}, []float64{.5, .3, .2}, true).Firms.Share[0], 0, 1e-6)
}

// wary is a world of n states that half trust one another.
func wary(n int) *world.World {
	w := world.Plain(n)
	w.TrustAll(.5)
	return w
}

func verifySecurity(c *checks) {
	c.begin("Attribution", "with attribution 1 nobody is blamed wrongly, whatever channels there are; what is left is, less what channels clear up (2000 incidents)")
	calm := func(changes ...pair) *security.Security {
		return set(security.New, append([]pair{
			{"security.attribution-capability", 0},
			{"security.public", 1},
			{"security.deterrence", 0},
			{"security.escalation", 0},
			{"security.trust-gain", 0},
			{"security.trust-loss", 0},
			{"security.trust-return", 0},
			{"security.memory", 0},
		}, changes...)...)
	}
	for _, k := range []struct{ attribution, channel, wrong float64 }{
		{1, 0, 0}, {1, 1, 0}, {0, 0, 1}, {0, 1, .5}, {.75, 0, .25},
	} {
		w := wary(6)
		for i := range 6 {
			for j := range i {
				w.Dyads.SetChannel(6, i, j, k.channel)
			}
		}
		m := calm(pair{"security.rate", 50}, pair{"security.attribution", k.attribution}, pair{"security.channel", .5})
		begin(w, 5, m)
		var incidents, wrong float64
		for t := range 160 {
			w.Tick, w.Activity = t, world.Activity{}
			m.Step(at(w, 5, m.Name(), t), w)
			incidents += float64(w.Activity.Incidents)
			wrong += float64(w.Activity.Misattributed)
		}
		c.add(fmt.Sprintf("wrong blame at attribution %g, channels %g", k.attribution, k.channel), wrong/incidents, k.wrong,
			4*math.Sqrt(k.wrong*(1-k.wrong)/2000))
	}
	c.begin("Trust", "without incidents trust returns to where it started, at its rate a year")
	w := wary(2)
	w.Dyads.Trust[1] = .9
	m := calm(pair{"security.rate", 0}, pair{"security.trust-return", .2}, pair{"security.experience", 0})
	play(w, 1, 4, m)
	c.add("distance after a year, of .4, at a rate of .2", w.Dyads.Trust[1]-.5, .4*.8, rounding)
	play(w, 1, 400, m)
	c.add("distance after a century", w.Dyads.Trust[1]-.5, 0, rounding)
}

func verifyOffices(c *checks) {
	c.begin("Diffusion of offices", "Bass 1969, p = .01, q = .4: peak at ln(q/p)/(p+q) years, at a share of 1/2 - p/(2q)")
	m := set(power.New, pair{"power.office-innovation", .01}, pair{"power.office-imitation", .4},
		pair{"power.office-threat", 0}, pair{"power.office-wealth", 0}, pair{"power.office-experience", 0},
		pair{"power.office-size", 0})
	const step = 1e-3
	slope := func(share float64) float64 { return m.Office.Hazard(share, 0, 1, 0) * (1 - share) }
	share, peak, atPeak, year := 0., 0., 0., 0.
	for k := range 30000 {
		if s := slope(share); s > peak {
			peak, atPeak, year = s, share, float64(k)*step
		}
		share += step * slope(share+step/2*slope(share))
	}
	c.add("year of the peak", year, 9.0, .01)
	c.add("share at the peak", atPeak, .4875, .001)
	// The mechanism itself, drawing offices state by state.
	const states, runs, months = 300, 40, 108
	open := 0.0
	for seed := range uint64(runs) {
		w := world.Plain(states)
		w.Calendar.Tick = sim.Month
		begin(w, seed, m)
		for t := range months {
			w.Tick = t
			m.Step(at(w, seed, m.Name(), t), w)
		}
		for _, office := range w.States.Office {
			open += number(office != world.NoOffice) / states / runs
		}
	}
	e := math.Exp(-.41 * 9)
	c.add("share after nine years, mean of 40 worlds of 300 states", open, (1-e)/(1+40*e), .05) // early adopters move everybody, and peers are looked at once a year
}
