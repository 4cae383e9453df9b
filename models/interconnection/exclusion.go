package interconnection

import "splinternet/models/world"

// DeriveExclusion works out the commercial loss of every link from market shares,
// and bans: half of what one side's networks run on and the other bars, and the
// other way round; and from denials: half of what either runs on and is denied. Market shares sum to 1, so the loss is at most 1.
func DeriveExclusion(w *world.World) { new(Exclusion).Derive(w) }

// Exclusion is the memory of DeriveExclusion, for those who call it often.
type Exclusion struct {
	banners []int  // the states that ban anything
	bans    []bool // by state: whether it does
}

// Derive does what DeriveExclusion does. Few states ban anything: only what they lose
// is summed, row by row, and then copied to those who do not.
func (e *Exclusion) Derive(w *world.World) {
	n, loss := w.States.N, w.Dyads.Exclusion
	clear(loss)
	e.list(w)
	for k := range w.Firms.N {
		share, ban := w.Market(k), w.Bans(k)
		for _, j := range e.banners {
			b := ban[j]
			if b == 0 {
				continue
			}
			row := loss[j*n : j*n+n][:len(share)]
			for i, s := range share {
				row[i] += s * b / 2
			}
			for _, i := range e.banners {
				loss[i*n+j] += share[i] * b / 2
			}
		}
	}
	for _, j := range e.banners {
		loss[j*n+j] = 0
		for i, too := range e.bans {
			if !too {
				loss[i*n+j] = loss[j*n+i]
			}
		}
	}
	if w.Standing.Denials > 0 {
		for j := range n {
			deny(w, j)
		}
	}
}

// deny adds to the loss of all links of state j half of what its networks run on and is
// denied.
func deny(w *world.World, j int) {
	n, lost := w.States.N, 0.0
	for k, home := range w.Firms.Home {
		if home != world.Abroad {
			lost += w.Market(k)[j] * w.Denials(home)[j] / 2
		}
	}
	if lost == 0 {
		return
	}
	for i := range n {
		if i != j {
			loss := min(1, w.Dyads.Exclusion[j*n+i]+lost)
			w.Dyads.Exclusion[i*n+j], w.Dyads.Exclusion[j*n+i] = loss, loss
		}
	}
}

// list finds the states that ban any firm.
func (e *Exclusion) list(w *world.World) {
	e.bans, e.banners = world.Zeros(e.bans, w.States.N), e.banners[:0]
	for k := range w.Firms.N {
		for j, b := range w.Bans(k) {
			if b != 0 && !e.bans[j] {
				e.bans[j] = true
				e.banners = append(e.banners, j)
			}
		}
	}
}
