package markets_test

import (
	"testing"

	"splinternet/models/interconnection"
	"splinternet/models/modeltest"
	"splinternet/models/world"
)

// suppliers is a world of twelve advanced economies in two alliances and a state, s12, whom
// all mistrust; s0, the most powerful, has firms that serve everybody and is its rival.
func suppliers() (w *world.World, vendor, supplier int) {
	w, vendor = cascade(.5)
	n := w.States.N
	w.Firms.Ban[vendor*n] = 0
	w.CountBans()
	supplier = vendor + 1
	w.Firms.Home[supplier], w.Firms.Size[supplier] = 0, 100
	for i := range 12 {
		w.States.Wealth[i], w.States.Diplomacy[i], w.Dyads.Trust[i*n+12] = 3, 1, .1
	}
	w.States.Wealth[12] = .5
	w.Dyads.Rival[12], w.Dyads.Rival[12*n] = true, true
	w.DeriveStructure()
	return w, vendor, supplier
}

// denied is the number of states that deny s12.
func denied(w *world.World) (count int) {
	for i := range w.States.N {
		if w.Dyads.Denial[i*w.States.N+12] > 0 {
			count++
		}
	}
	return count
}

// The hub denies its rival, and allies of the hub follow; nobody follows whom nobody leads,
// and at a rate of 0 nobody denies.
func TestDenialSpreadsAmongAllies(t *testing.T) {
	byRate := map[float64]int{}
	for _, rate := range []float64{0, .3, 1} {
		for seed := range uint64(10) {
			w, _, _ := suppliers()
			years(t, plain(t, map[string]float64{"denial": rate}), w, seed, 5)
			byRate[rate] += denied(w)
			for i := range w.States.N {
				if i >= 6 && w.Dyads.Denial[i*13+12] > 0 {
					t.Errorf("s%d denies without a rivalry or an ally that does", i)
				}
			}
			if w.Standing.Denials != denied(w) {
				t.Errorf("%d denials are counted, of %d", w.Standing.Denials, denied(w))
			}
		}
	}
	if byRate[0] != 0 || byRate[.3] == 0 || byRate[1] <= byRate[.3] {
		t.Errorf("denials by their rate: %v", byRate)
	}
}

// A denial opens with some goods and goes on to all but trust.
func TestDenialWidens(t *testing.T) {
	w, _, _ := suppliers()
	tell(w)
	m := plain(t, map[string]float64{"denial": 1, "dependence": 0})
	m.DenialBase = 50
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	modeltest.Near(t, "first", w.Dyads.Denial[12], m.FirstDenial, exact)
	if text := w.Chronicle.Entries[0].Text; text != "s0 keeps advanced technology from s12." {
		t.Error(text)
	}
	m.Step(modeltest.At(w, 1, m.Name(), january+4), w)
	modeltest.Near(t, "second", w.Dyads.Denial[12], .9, exact)
	if text := w.Chronicle.Entries[1].Text; text != "s0 cuts s12 off from its technology." {
		t.Error(text)
	}
	if text := w.Chronicle.Entries[2].Text; text != "s1, s2, s3 and 2 more keep advanced technology from s12, following s0." {
		t.Error(text)
	}
}

// What is denied costs the target its supplier, the supplier its market, and the link between
// all whom the supplier serves and the target; it ends when trust returns.
func TestDenialHasEffects(t *testing.T) {
	w, vendor, supplier := suppliers()
	w.Dyads.Denial[12] = .3
	w.CountDenials()
	interconnection.DeriveExclusion(w)
	modeltest.Near(t, "exclusion", w.Dyads.Exclusion[3*13+12], .5*.3/2, exact)
	m := plain(t, map[string]float64{"denied-cost": 0, "reliance-gain": 0})
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	// The choice is .5 x .7 to .5 for what is replaced, .15 of all.
	modeltest.Near(t, "market of the supplier", w.Market(supplier)[12], .5+.15*(.7/1.7-.5), exact)
	modeltest.Near(t, "market of the vendor elsewhere", w.Market(vendor)[3], .5, exact)

	w.Dyads.Trust[12] = .9
	m = plain(t, map[string]float64{"denial": 1, "lift": 1})
	m.DenialBase = -50
	years(t, m, w, 1, 2)
	if w.Standing.Denials != 0 || w.Dyads.Exclusion[3*13+12] != 0 {
		t.Errorf("%d denials stand although trust is back", w.Standing.Denials)
	}
}

// Who is denied half of what advanced economies supply learns at half the rate, and its
// firms are worse for what they lack and better for what they have learnt.
func TestSelfReliance(t *testing.T) {
	w, vendor, _ := suppliers()
	modeltest.AddStack(w, "own", 0)
	for i := range w.Stacks[1].Recognised {
		w.Stacks[1].Recognised[i] = i >= 11
	}
	for i := range 12 {
		w.States.Economy[i] = 1. / 12
		if i < 6 {
			w.Dyads.Denial[i*13+12] = 1
		}
	}
	w.CountDenials()
	m := plain(t, map[string]float64{"self-reliance": .2})
	modeltest.Begin(w, 1, m)
	m.Step(modeltest.At(w, 1, m.Name(), january), w)
	modeltest.Near(t, "learnt", m.Learnt[0], .2*.5, exact)
	share := w.Weight(12) / (w.Weight(11) + w.Weight(12))
	modeltest.Near(t, "reliance of the stack", w.Stacks[1].Reliance, share*.1, exact)
	less := w.Market(vendor)[5]
	if less >= .5 {
		t.Errorf("a vendor whose home lacks parts serves %g of others", less)
	}
	w.Dyads.Denial = make([]float64, 13*13)
	w.CountDenials()
	for year := range 20 {
		m.Step(modeltest.At(w, 1, m.Name(), january+4+4*year), w)
	}
	modeltest.Near(t, "learnt, later", m.Learnt[0], .1, exact) // nothing is unlearnt
	if w.Market(vendor)[5] <= .5 {
		t.Errorf("a vendor whose home has learnt serves %g of others", w.Market(vendor)[5])
	}
}

// Without self-reliance nobody learns.
func TestNoSelfReliance(t *testing.T) {
	w, _, _ := suppliers()
	w.Dyads.Denial[12] = 1
	w.CountDenials()
	m := plain(t, nil)
	years(t, m, w, 1, 2)
	for h, learnt := range m.Learnt {
		if learnt != 0 {
			t.Errorf("home %d learns %g", h, learnt)
		}
	}
}

// Who is denied answers by a ban on the firms of the denier.
func TestDenialIsAnswered(t *testing.T) {
	w, _, supplier := suppliers()
	m := plain(t, map[string]float64{"ban": -10, "retaliation": 45})
	modeltest.Begin(w, 1, m)
	w.Dyads.Denial[12] = .5
	w.CountDenials()
	m.Step(modeltest.At(w, 1, m.Name(), january+4), w)
	if w.Bans(supplier)[12] < m.MildestBan {
		t.Errorf("the target bans the supplier %.2f", w.Bans(supplier)[12])
	}
}

// Who shares less network with a home has less to lose by a ban on its firms.
func TestSeparationLowersThePrice(t *testing.T) {
	bans := map[float64]int{}
	for _, separation := range []float64{0, .5, 1} {
		for seed := range uint64(20) {
			w, vendor := cascade(.9)
			for i := range 13 {
				w.Dyads.Link[i*13+12] = .8
			}
			m := plain(t, map[string]float64{"ban": 50, "dependence": 4, "separation": separation})
			modeltest.Begin(w, seed, m)
			for i := range 13 {
				w.Dyads.Link[i*13+12] = .2
			}
			m.Step(modeltest.At(w, seed, m.Name(), january), w)
			for _, ban := range w.Bans(vendor) {
				if ban > 0 {
					bans[separation]++
				}
			}
		}
	}
	if bans[0] >= bans[.5] || bans[.5] >= bans[1] {
		t.Errorf("bans by separation: %v", bans)
	}
}
