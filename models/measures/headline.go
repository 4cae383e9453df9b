package measures

import "splinternet/models/world"

// governed are the lines that states govern; depth is averaged over them.
var governed = world.Lines[:5]

// depth is the depth of cooperation: the mean, over the lines that states govern and on
// which there is a forum or a text, of what their texts in force hold the world to,
//
//	sum_i w_i [1 - prod_t (1 - d_t c_it)],
//
// with depth d, compliance c and the weight w of a state, the mean of its shares of
// power and users. Depth, participation and compliance only count together (Downs,
// Rocke and Barsoom 1996); a second text on a line adds what the first left open, to
// those whom it covers.
func (o *Observer) depth(w *world.World) float64 {
	total, lines := 0.0, 0
	for _, line := range governed {
		o.free = append(o.free[:0], o.weight...)
		any := false
		for k := range w.Forums {
			any = any || w.Forums[k].Line == line
		}
		for t := range w.Texts {
			if text := &w.Texts[t]; text.Line == line && text.Status == world.InForce {
				any = true
				release(o.free, text)
			}
		}
		if !any {
			continue
		}
		lines++
		for i, weight := range o.weight {
			total += weight - o.free[i]
		}
	}
	if lines == 0 {
		return 0
	}
	return total / float64(lines)
}

// release takes from the weight that each state has left free what a text holds.
func release(free []float64, text *world.Text) {
	least, compliance := text.Least(), text.Compliance[:len(free)]
	for i, a := range text.Adherence[:len(free)] {
		if a >= least {
			free[i] *= 1 - text.Depth*compliance[i]
		}
	}
}

// reach is the share of world power and users that a text in force covers.
type reach struct {
	known   bool // worked out in this tick
	covered float64
}

// takeIn derives what several measures need of the tick.
func (o *Observer) takeIn(w *world.World) {
	o.weight = o.weight[:0]
	for i := range w.States.N {
		o.weight = append(o.weight, w.Weight(i))
	}
	o.reaches = o.reaches[:0]
	for range w.Texts {
		o.reaches = append(o.reaches, reach{})
	}
	o.institutions = o.westernInstitutions(w)
}

// reach returns the reach of text t. Most of the texts of a long run count for
// nothing any more, so that it is worked out only for those that are asked for.
func (o *Observer) reach(w *world.World, t int) *reach {
	r := &o.reaches[t]
	if !r.known {
		r.known = true
		o.weigh(w, &w.Texts[t], r)
	}
	return r
}

// weigh works out the reach of a text. Those of an industry forum cover the users
// whom its firms serve.
func (o *Observer) weigh(w *world.World, text *world.Text, r *reach) {
	f := &w.Forums[text.Forum]
	switch {
	case text.Status != world.InForce:
	case f.Access == world.AccessIndustry:
		r.covered = w.Serves(f)
	default:
		least, covered := text.Least(), 0.0
		for i, a := range text.Adherence {
			if a >= least {
				covered += o.weight[i]
			}
		}
		r.covered = covered
	}
}

// Hostility is the severity-weighted number of incidents per rival dyad and year,
// plus the mean rung of the response ladder over rival dyads as a share of the
// highest.
func (o *Observer) hostility(w *world.World) float64 {
	if len(o.Start.Rivals) == 0 {
		return 0
	}
	rungs := 0.0
	for _, k := range o.Start.Rivals {
		rungs += float64(w.Dyads.Ladder[k])
	}
	directed := float64(len(o.Start.Rivals))
	incidents := w.Activity.Severity / (directed / 2 * w.Calendar.Years())
	return incidents + rungs/directed/float64(world.CrossDomain)
}

func (o *Observer) westernPower(w *world.World) float64 {
	sum := 0.0
	for i, p := range w.States.Power {
		if o.Start.West[i] {
			sum += p
		}
	}
	return sum
}

// Openness is the power-weighted mean position.
func Openness(w *world.World) float64 {
	sum := 0.0
	for i, p := range w.States.Power {
		for d := range w.Dim {
			sum += p * w.States.Position[i*w.Dim+d] / float64(w.Dim)
		}
	}
	return sum
}

// westernInstitutions is the share of authority (legitimacy x depth x coverage)
// that lies with Western-led or multistakeholder forums.
func (o *Observer) westernInstitutions(w *world.World) float64 {
	western, all := 0.0, 0.0
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive || f.Text < 0 {
			continue
		}
		authority := f.Legitimacy * w.Texts[f.Text].Depth * o.reach(w, f.Text).covered
		all += authority
		if f.WesternLed || f.Access == world.AccessMultistakeholder {
			western += authority
		}
	}
	if all == 0 {
		return 0
	}
	return western / all
}
