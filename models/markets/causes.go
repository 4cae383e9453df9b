package markets

import (
	"math"

	"splinternet/sim"
)

// cause is what a state weighs when it thinks of a ban.
type cause struct {
	sensitive   float64 // of the sector, v
	risk        float64 // (1-tau) tie
	cue         float64 // of its allies
	share       float64 // of the firm in its sector
	provocation float64 // fresh ban of the home state on its own firms
	lost        float64 // share of its trust in the home state that is gone
	capacity    float64 // diplomatic capacity of the state
	rival       bool    // whether the home state is a recorded rival
	precedent   float64 // its strongest restriction on firms of the home in another sector
	market      float64 // how far there is a market to forbid anything in, [0, 1]
	seen        float64 // how far the firm is in the public eye, [0, 1]
}

// sensitivity is how much the obedience of a vendor endangers whoever depends on
// it, by sector: network equipment and security software see everything; platforms a
// part. Other sectors are not banned on these grounds: carriers serve at home, and need a
// licence to serve elsewhere.
func (p *Parameters) sensitivity(sector string) float64 {
	switch sector {
	case "equipment", "security":
		return 1
	case "platform":
		return p.PlatformRisk
	}
	return 0
}

// market is how far a state with the given share of world users has a market to
// forbid anything in, [0, 1].
func (p *Parameters) market(users float64) float64 {
	return users * users / (users*users + p.SmallMarket*p.SmallMarket)
}

// lost is the share of its trust at the start that a state has lost.
func lost(start, trust float64) float64 {
	if trust >= start {
		return 0
	}
	return 1 - trust/start
}

// propensity is the share of states in this situation that bar the vendor once they
// ask themselves,
//
//	logistic(a0 + v (a1 risk + a2 cue + a5 rival + a6 lost) + a4 provocation + a7 precedent)
//
// A state that does not is of those that put up with it, and remains so until
// its situation changes: a split population, or cure model (Schmidt and Witte
// 1989), which is a threshold model for a given state (Granovetter 1978).
func (p *Parameters) propensity(c cause) float64 {
	return sim.LogisticCDF(p.utility(c))
}

func (p *Parameters) utility(c cause) float64 {
	security := p.Mistrust*c.risk + p.AllyCue*c.cue + p.Grievance*c.lost
	if c.rival {
		security += p.Rivalry
	}
	return p.Ban + c.sensitive*security + p.Retaliation*c.provocation + p.Precedent*c.precedent
}

// attention is the yearly probability that a state asks itself: 1 in the plain form.
// It takes the question up by its own capacity, because allies have, because its
// own firms were banned, or because it faces a rival. Small states do not lead,
// those without a market do not follow, nobody thinks of a vendor that is not in
// the public eye before its like is restricted, and who has much of it installed
// puts the question off.
func (p *Parameters) attention(c cause) float64 {
	idle := (1 - c.cue) * (1 - c.capacity) * (1 - c.provocation)
	if c.rival {
		idle *= 1 - p.RivalAttention
	}
	seen := max(c.seen, c.precedent) // what is law against one is soon law against others of its home
	return (1 - p.Attention*idle) * (1 - p.Attention*(1-c.market*seen)) * math.Exp(-p.Dependence*c.share)
}
