// Package markets plays the politics of firms: whom users buy from, which vendors
// states bar, what firms ask of the states in which they sell, and what they sign
// among themselves.
//
// Once a year, in January, and in this order:
//
//   - positions of firms settle between their own and what their home state
//     wants, p = (1-t) own + t home, with t the tie to the home state;
//   - firms lobby the states in which they sell (Grossman and Helpman 1994);
//   - states weigh bans on foreign vendors of sensitive sectors, look to allies
//     that think alike, and answer bans on their own firms, unless they are of
//     those that put up with them (Schmidt and Witte 1989);
//   - users replace a part of their equipment and services, by a logit choice
//     within each sector (Anderson, de Palma and Thisse 1992);
//   - firms sign accords and open representations where states negotiate (Hurel
//     and Lobato 2018; Gorwa and Peez 2020).
//
// All of it reads the state of the world before the year's step of its own kind,
// so that the order of states and firms does not matter.
package markets

import (
	"time"

	"splinternet/models/interconnection"
	"splinternet/models/mechanism"
	"splinternet/models/world"
	"splinternet/sim"
)

// Markets is the mechanism.
type Markets struct {
	Loyalty     float64
	Alignment   float64
	Replacement float64

	Ban         float64
	Mistrust    float64
	Threshold   float64
	AllyCue     float64
	Dependence  float64
	Retaliation float64
	Rivalry     float64
	Grievance   float64
	Precedent   float64
	Attention   float64
	Lift        float64
	Tie         float64

	Lobby      float64
	Adjustment float64

	Entrepreneurship float64
	Novelty          float64
	Representation   float64
	Voice            float64

	shares shares
	bans   bans
	own    []float64 // firms x Dim: where a firm would stand without a home state
	push   []float64 // states: scratch of lobbying, total strength
	toward []float64 // states x Dim: scratch of lobbying, strength x position
	accord accords

	exclusion interconnection.Exclusion

	told []bool // firms x groups: whose loss of a region the chronicle has told
}

// Name is "markets".
func (*Markets) Name() string { return "markets" }

// Declare says all that the rest of the program knows of the mechanism.
func (*Markets) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "Market shares, vendor bans that spread among allies, lobbying, accords and representations of firms.",
		Reference: "Anderson, de Palma and Thisse 1992; Grossman and Helpman 1994; Schmidt and Witte 1989; Grossback, Nicholson-Crotty and Peterson 2004; Hurel and Lobato 2018; Gorwa and Peez 2020",
	}
}

// Prepare does nothing yet.
func (*Markets) Prepare(*world.World) {}

// New declares the parameters of the mechanism.
func New(set *sim.Parameters) *Markets {
	m := new(Markets)
	s := set.Section("markets")
	m.declareChoice(s)
	m.declareBans(s)
	m.declareVoice(s)
	return m
}

// unit is the domain of shares and of yearly probabilities.
var unit = sim.Range{Min: 0, Max: 1}

func (m *Markets) declareChoice(s sim.Section) {
	s.Number(&m.Loyalty, sim.Parameter{
		Name: "loyalty", Default: 1.5, Domain: sim.Range{Min: 0, Max: 20}, Plausible: sim.Range{Min: 1, Max: 3}, Unit: "logits", Source: sim.Literature,
		Doc:       "Utility of a firm that serves the whole market of its sector already; above 2 a market of equal firms tips to one of them.",
		Reference: "Anderson, de Palma and Thisse 1992; Arthur 1989",
	})
	s.Number(&m.Alignment, sim.Parameter{
		Name: "alignment", Default: 2, Domain: sim.Range{Min: 0, Max: 20}, Plausible: sim.Range{Min: 0, Max: 4}, Unit: "logits", Source: sim.Assumption,
		Doc: "Utility of a firm whose home state is fully trusted, against one whose home is not trusted at all.",
	})
	s.Number(&m.Replacement, sim.Parameter{
		Name: "replacement", Default: .15, Domain: unit, Plausible: sim.Range{Min: .08, Max: .3}, Unit: "per year", Source: sim.Assumption,
		Doc:       "Share of equipment and services that users choose anew in a year; a banned firm loses its market at this rate.",
		Reference: "British ban of 2020: out by 2027",
	})
}

func (m *Markets) declareBans(s sim.Section) {
	logits := func(field *float64, name string, value float64, domain, plausible sim.Range, doc, reference string) {
		s.Number(field, sim.Parameter{
			Name: name, Default: value, Domain: domain, Plausible: plausible, Unit: "logits", Source: sim.Assumption, Doc: doc, Reference: reference,
		})
	}
	const fitted = "set by hand so that the bans of 2019-2024 come out like bans.csv"
	slope := sim.Range{Min: 0, Max: 50}
	logits(&m.Ban, "ban", -8.3, sim.Range{Min: -50, Max: 50}, sim.Range{Min: -10, Max: -7},
		"Propensity to ban a firm that gives no cause for it.", fitted)
	logits(&m.Mistrust, "mistrust", 8.5, slope, sim.Range{Min: 5, Max: 12},
		"Weight of mistrust in the home state of a firm that obeys it fully and sells network equipment.", fitted)
	logits(&m.AllyCue, "ally-cue", 12, slope, sim.Range{Min: 0, Max: 16},
		"Weight of the share of allies that ban the firm, by power and closeness; 0 switches the cascade off.", fitted)
	s.Number(&m.Dependence, sim.Parameter{
		Name: "dependence", Default: 4, Domain: slope, Plausible: sim.Range{Min: 0, Max: 12}, Unit: "per share", Source: sim.Assumption,
		Doc:       "Rate at which the firm's share of its sector in the state delays a ban: with a share s the question comes up exp(-dependence s) as often.",
		Reference: fitted,
	})
	logits(&m.Retaliation, "retaliation", 4.5, slope, sim.Range{Min: 0, Max: 8},
		"Weight of a ban by the firm's home state on a firm of the state's own.", "")
	logits(&m.Rivalry, "rivalry", 1, slope, sim.Range{Min: 0, Max: 4},
		"Weight of a recorded rivalry with the firm's home state.", fitted)
	logits(&m.Grievance, "grievance", 3, slope, sim.Range{Min: 0, Max: 6},
		"Weight of the share of its trust at the start that a state has lost.", "India left Huawei out of its trials in 2021, after the clashes of 2020")
	logits(&m.Precedent, "precedent", 3, slope, sim.Range{Min: 0, Max: 6},
		"Weight of a restriction that the state has on firms of the same home in another sector.", "India: applications in 2020, equipment in 2021; United States: equipment in 2019, applications in 2020")
	s.Number(&m.Threshold, sim.Parameter{
		Name: "threshold", Default: .45, Domain: unit, Plausible: sim.Range{Min: .4, Max: .5}, Unit: "trust", Source: sim.Data,
		Doc:       "Trust in a powerful home state below which a state thinks of a ban at all; a rivalry or a ban on its own firms make it think, too.",
		Reference: "bans.csv: every state that restricted Huawei trusted China less than this at the start",
	})
	s.Number(&m.Attention, sim.Parameter{
		Name: "attention", Default: 1, Domain: unit, Plausible: unit, Unit: "share", Source: sim.Assumption,
		Doc: "How far a state takes the question up only by its own diplomatic capacity or because allies did; 0: every state asks itself every year.",
	})
	s.Number(&m.Lift, sim.Parameter{
		Name: "lift", Default: .1, Domain: unit, Plausible: sim.Range{Min: .03, Max: .3}, Unit: "per year", Source: sim.Assumption,
		Doc: "Probability that a state lifts a ban for which its cause is gone, when it trusts the home state again (by .1 more than the threshold, or by .15 more than when the ban began) and no ally keeps one.",
	})
	s.Number(&m.Tie, sim.Parameter{
		Name: "tie", Default: 1, Domain: sim.Range{Min: 0, Max: 5}, Plausible: sim.Range{Min: 0, Max: 1.5}, Unit: "factor", Source: sim.Assumption,
		Doc: "Factor on the ties of all firms to their home states; 0 makes every firm independent.",
	})
}

func (m *Markets) declareVoice(s sim.Section) {
	s.Number(&m.Lobby, sim.Parameter{
		Name: "lobby", Default: .02, Domain: unit, Plausible: sim.Range{Min: 0, Max: .05}, Unit: "position per year", Source: sim.Assumption,
		Doc:       "Most that all firms together move a fully open state in a year.",
		Reference: "Grossman and Helpman 1994",
	})
	s.Number(&m.Adjustment, sim.Parameter{
		Name: "adjustment", Default: .2, Domain: unit, Plausible: sim.Range{Min: .1, Max: .5}, Unit: "per year", Source: sim.Assumption,
		Doc: "Rate at which a firm's position follows that of its home state.",
	})
	s.Number(&m.Entrepreneurship, sim.Parameter{
		Name: "entrepreneurship", Default: .45, Domain: sim.Range{Min: 0, Max: 10}, Plausible: sim.Range{Min: .2, Max: 1}, Unit: "per year", Source: sim.Data,
		Doc:       "Hazard at which a firm of full diplomatic activity signs a new accord that stands where it stands and that all its peers have signed.",
		Reference: "Charter of Trust: 9 founders in February 2018, 16 firms after a year, 18 in November 2022",
	})
	s.Number(&m.Novelty, sim.Parameter{
		Name: "novelty", Default: 2, Domain: sim.Range{Min: .1, Max: 100}, Plausible: sim.Range{Min: 1, Max: 4}, Unit: "years", Source: sim.Data,
		Doc:       "Half-life of the interest of firms in an accord.",
		Reference: "Charter of Trust, as above",
	})
	s.Number(&m.Representation, sim.Parameter{
		Name: "representation", Default: .3, Domain: unit, Plausible: sim.Range{Min: .1, Max: .6}, Unit: "per year", Source: sim.Assumption,
		Doc:       "Probability that the largest firm of full diplomatic activity opens a representation at a forum of states.",
		Reference: "Microsoft's office for UN affairs, 2020; Fairbank 2019",
	})
	s.Number(&m.Voice, sim.Parameter{
		Name: "voice", Default: .02, Domain: unit, Plausible: sim.Range{Min: 0, Max: .05}, Unit: "per year", Source: sim.Assumption,
		Doc: "Legitimacy that a forum of states gains in a year, as a share of what it lacks, by representations of firms that serve the whole world.",
	})
}

// Begin takes the world as it stands for the fixed point of its markets, and
// sizes the buffers.
func (m *Markets) Begin(start *sim.Tick, w *world.World) {
	n, f := w.States.N, w.Firms.N
	m.shares.begin(w)
	m.bans.begin(start, w)
	if len(m.push) != n || len(m.toward) != n*w.Dim {
		m.push, m.toward = make([]float64, n), make([]float64, n*w.Dim)
	}
	if len(m.own) != f*w.Dim {
		m.own = make([]float64, f*w.Dim)
	}
	if len(m.told) != f*len(w.Groups) {
		m.told = make([]bool, f*len(w.Groups))
	}
	clear(m.told)
	m.deriveOwn(w)
	m.accord.begin(w)
}

// Step plays the year's decisions in its January.
func (m *Markets) Step(now *sim.Tick, w *world.World) {
	if w.Firms.N == 0 || !w.Calendar.Due(now.Index, time.January) {
		return
	}
	m.shares.look(w)
	m.sell(w)
	m.settle(w)
	m.lobby(w)
	if now.Index == 0 && w.Standing.Bans > 0 {
		m.settleMarkets(w)
	}
	changed := m.decideBans(now, w)
	m.renew(w)
	if changed {
		w.CountBans()
	}
	if changed || w.Standing.Bans > 0 { // shares have moved, so the loss has
		m.exclusion.Derive(w)
	}
	m.signAccords(now, w)
	m.represent(now, w)
	m.tellRegions(now, w)
}

// settleMarkets lets users replace what is barred when the run begins: such bans are taken
// to have been in force for as long as no example is fresh.
func (m *Markets) settleMarkets(w *world.World) {
	for range fresh {
		m.renew(w)
	}
}

// sell asks every firm which stack it sells. The model has it keep to its own:
// what makes firms change is an event, or their rule.
func (m *Markets) sell(w *world.World) {
	if w.Rules.Firm == nil {
		return
	}
	for f, s := range w.Firms.Stack {
		if answer := w.AskSell(f, s); w.Stacks[answer].Proposed {
			w.Firms.Stack[f] = answer
		}
	}
}

// tie is the share of its home state's instructions that a firm obeys.
func (m *Markets) tie(w *world.World, f int) float64 {
	if w.Firms.Home[f] == world.Abroad {
		return 0
	}
	return min(1, m.Tie*w.Firms.Tie[f])
}

// means is how much a firm can spend on politics, [0, 1]: .5 at a revenue of 50
// billion dollars.
func means(size float64) float64 {
	const half = 50
	return size / (size + half)
}
