package interconnection

import "splinternet/models/world"

// DeriveExclusion works out the commercial loss of every link from market shares,
// bans and denials: half of what one side's networks run on and the other bars or is
// denied, and the other way round. Market shares sum to 1, so the loss is at most 1.
func DeriveExclusion(w *world.World) { new(Exclusion).Derive(w) }

// Exclusion is the memory of DeriveExclusion, for those who call it often.
type Exclusion struct {
	banners []int     // the states that ban anything, or are denied it
	bans    []bool    // by state: whether it does
	shut    []float64 // by state: how far one firm is kept out
}

// Derive does what DeriveExclusion does. Few states ban anything or are denied it: only what they lose
// is summed, row by row, and then copied to those who do not.
func (e *Exclusion) Derive(w *world.World) {
	n, loss := w.States.N, w.Dyads.Exclusion
	clear(loss)
	e.list(w)
	for k := range w.Firms.N {
		share, ban := w.Market(k), w.ShutOut(k, e.shut)
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
}

// list finds the states that ban any firm, or that are denied one.
func (e *Exclusion) list(w *world.World) {
	e.bans, e.shut, e.banners = world.Zeros(e.bans, w.States.N), world.Zeros(e.shut, w.States.N), e.banners[:0]
	for k := range w.Firms.N {
		for j, b := range w.ShutOut(k, e.shut) {
			if b != 0 && !e.bans[j] {
				e.bans[j] = true
				e.banners = append(e.banners, j)
			}
		}
	}
}
