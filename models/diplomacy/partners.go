package diplomacy

import "splinternet/models/world"

// candidate is a partner and what a bridge to it is worth.
type candidate struct {
	state int
	worth float64
}

// worth is what a bridge to state j is worth to state i, at a distance and with a
// trust between them: users of the partner, times what blocs cost the link, times
// trust, without which nothing can be built. It is 0 if there is nothing to bridge.
func (m *Diplomacy) worth(w *world.World, i, j int, apart, tau float64) float64 {
	gap := 1 - w.Overlap(i, j)*(1-(1-tau)*apart)
	if gap < m.BridgeGap {
		return 0
	}
	return w.States.Users[j] * gap * tau
}

// excludePunished makes bridges between pairs that are at war, or of which one has answered
// the other's operations by more than a protest, worth nothing. All of the latter are marked.
func (e *efforts) excludePunished(w *world.World) {
	for _, pair := range w.Dyads.Marked {
		i, j := int(pair[0]), int(pair[1])
		if w.Rung(i, j) > world.Protest {
			e.exclude(i, j)
		}
	}
	for _, war := range w.Dyads.Wars {
		if war.Until >= w.Tick {
			e.exclude(int(war.I), int(war.J))
		}
	}
}

// exclude makes a bridge between two states worth nothing.
func (e *efforts) exclude(i, j int) {
	if k := e.leads[i]; k > 0 {
		e.worth[j*len(e.lead)+k-1] = 0
	}
	if k := e.leads[j]; k > 0 {
		e.worth[i*len(e.lead)+k-1] = 0
	}
}

// partners is the list of the best partners of state i, the best first, at most as
// many as the number says.
func (e *efforts) partners(i, number int) []candidate {
	best := e.best[:0]
	for k, j := range e.lead {
		c := candidate{j, e.worth[i*len(e.lead)+k]}
		if number == 0 || c.worth == 0 || len(best) == number && c.worth <= best[number-1].worth {
			continue
		}
		at := len(best)
		for at > 0 && c.worth > best[at-1].worth {
			at--
		}
		if len(best) < number {
			best = append(best, candidate{})
		}
		copy(best[at+1:], best[at:])
		best[at] = c
	}
	e.best = best
	return best
}
