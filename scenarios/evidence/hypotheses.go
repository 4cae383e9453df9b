package evidence

import (
	"context"
	"math"

	"splinternet/sim/analysis"
)

// Finding is what the runs say of a statement.
type Finding string

// The findings. A direction is established when the 95 % interval leaves zero out; that nothing
// changes, when the interval lies within the margin.
const (
	Supported    Finding = "supported"
	NotSupported Finding = "not supported" // the interval lies on the other side, or beyond the margin
	Unclear      Finding = "unclear"
)

// Test is one expectation of a hypothesis: the effect of a change on a quantity.
type Test struct {
	Hypothesis string // H1
	Idea       string
	Change     string // what is compared
	Quantity   string
	Expected   string // "falls", "rises", "stays" (within the margin)
	Margin     float64
	Control    float64 // mean of the quantity without the change
	Effect     analysis.Estimate
	Finding    Finding
}

// hypothesis is a pair of scenarios, or two pairs whose effects are compared.
type hypothesis struct {
	name, idea, change string
	without, with      side
	// Where these are set, the effect is that of the first pair less that of the second: an
	// interaction.
	lessWithout, lessWith side
	expect                []expectation
}

type expectation struct {
	quantity  quantity
	direction string // "rises", "falls", "stays"
	margin    float64
	scale     float64 // of the effect; 0 is 1
	lessScale float64 // of the second pair's effect
}

func rises(q quantity) expectation { return expectation{quantity: q, direction: "rises"} }
func falls(q quantity) expectation { return expectation{quantity: q, direction: "falls"} }
func stays(q quantity, margin float64) expectation {
	return expectation{quantity: q, direction: "stays", margin: margin}
}

// hypotheses are those of the model's purpose. What each expects was written down before the
// runs were made; no parameter was set by what they gave.
var hypotheses = []hypothesis{
	{
		name: "H0", idea: "Without politics in links no diplomacy divides the network",
		change:  "all effort on bridges, where stacks, filters, bans and controls ignore politics (h0-no-politics-bridges against h0-no-politics)",
		without: side{"h0-no-politics", ""}, with: side{"h0-no-politics-bridges", ""},
		expect: []expectation{stays("native_reachability", .01), stays("effective_reachability", .01)},
	},
	{
		name: "H0", idea: "With strong network effects and perfect gateways no policy divides it",
		change:  "China and Russia push a rival stack, where J is 8, gateways are perfect and there are no filters (h0-one-stack-new-ip against h0-one-stack)",
		without: side{"h0-one-stack", ""}, with: side{"h0-one-stack-new-ip", ""},
		expect: []expectation{stays("effective_reachability", .02)},
	},
	{
		name: "H1", idea: "The order becomes less Western", change: "power shifts twice as fast (west-declines)",
		without: side{"baseline", ""}, with: side{"west-declines", ""},
		expect: []expectation{falls("western_power"), falls("openness"), falls("liberal_order"), stays("native_reachability", .02)},
	},
	{
		name: "H2", idea: "Swing states decide", change: "anchors of 14 swing states .15 more open (digital-deciders)",
		without: side{"baseline", ""}, with: side{"digital-deciders", ""},
		expect: []expectation{rises("openness"), stays("cooperation_depth", .01)},
	},
	{
		name: "H2", idea: "Swing states decide, per unit of power more than the poles", change: "the effect above less that of six states at the open pole moving .15 the other way (h2-poles-close), both per unit of the movers' power at the start",
		without: side{"baseline", ""}, with: side{"digital-deciders", ""},
		lessWithout: side{"baseline", ""}, lessWith: side{"h2-poles-close", ""},
		expect: []expectation{{quantity: "openness", direction: "rises", scale: perPower, lessScale: perPowerDown}},
	},
	{
		name: "H3", idea: "An open table is thinner and more legitimate than a closed one", change: "the group of experts is never set up (gge-vs-oewg)",
		without: side{"baseline", ""}, with: side{"gge-vs-oewg", ""},
		expect: []expectation{falls("first:cooperation_depth"), falls("cooperation_depth"), rises("legitimacy:un_oewg")},
	},
	{
		name: "H4", idea: "Parallel processes cost depth", change: "rival forums can be founded (baseline against h4-no-rivals)",
		without: side{"h4-no-rivals", ""}, with: side{"baseline", ""},
		expect: []expectation{rises("forum_overlap"), falls("first:cooperation_depth"), stays("polarisation", .02)},
	},
	{
		name: "H5", idea: "A rival stack divides the network above a critical share", change: "New IP takes off (new-ip)",
		without: side{"baseline", ""}, with: side{"new-ip", ""},
		expect: []expectation{rises("effective_stacks"), falls("native_reachability"), stays("first:cooperation_depth", .01)},
	},
	{
		name: "H6", idea: "Bridges instead of consensus", change: "diplomats build bridges (bridge-builders against new-ip)",
		without: side{"new-ip", ""}, with: side{"bridge-builders", ""},
		expect: []expectation{rises("recovery"), falls("hostility"), falls("cooperation_depth"), rises("label:managed-fragmentation"), stays("native_reachability", .03)},
	},
	{
		name: "H7", idea: "Dialogue prevents wrongful attribution", change: "hotlines between rivals (hotlines against attribution-crisis)",
		without: side{"attribution-crisis", ""}, with: side{"hotlines", ""},
		expect: []expectation{falls("wrong"), falls("hostility"), stays("dispersion", .01)},
	},
	{
		name: "H8", idea: "Offensive capability spreads", change: "it spreads four times as fast, and tools for hire take it anywhere (offensive-spread)",
		without: side{"baseline", ""}, with: side{"offensive-spread", ""},
		expect: []expectation{rises("hostility")},
	},
	{
		name: "H8", idea: "It does more harm where attribution is doubtful", change: "the effect at attribution .6 (h8-doubtful, h8-doubtful-spread) less that at 1 (h8-certain, h8-certain-spread)",
		without: side{"h8-doubtful", ""}, with: side{"h8-doubtful-spread", ""},
		lessWithout: side{"h8-certain", ""}, lessWith: side{"h8-certain-spread", ""},
		expect: []expectation{rises("hostility")},
	},
	{
		name: "H9", idea: "Vendor bans divide commerce", change: "bans follow allies (5g-bans)",
		without: side{"baseline", ""}, with: side{"5g-bans", ""},
		expect: []expectation{rises("commercial_loss"), falls("native_reachability")},
	},
	{
		name: "H9", idea: "Firms that act like states do not deepen what states agree on", change: "big-tech-diplomacy",
		without: side{"baseline", ""}, with: side{"big-tech-diplomacy", ""},
		expect: []expectation{stays("cooperation_depth", .01)},
	},
	{
		name: "H10", idea: "A binding text wins fewer votes", change: "one text put to the vote as a treaty instead of a norm (h10-binding against h10-voluntary)",
		without: side{"h10-voluntary", ""}, with: side{"h10-binding", ""},
		expect: []expectation{falls("yes:rules")},
	},
	{
		name: "H10", idea: "It has fewer parties, who comply more", change: "the same text adopted as a treaty open to all instead of a norm (h10-treaty against h10-voluntary)",
		without: side{"h10-voluntary", ""}, with: side{"h10-treaty", ""},
		expect: []expectation{falls("coverage:rules"), rises("compliance:rules")},
	},
}

// These mark scales that divide by the movers' share of power; perPowerDown turns the effect
// round as well, for those who move the other way.
const (
	perPower     = -1
	perPowerDown = -2
)

// Hypotheses plays the pairs with common random numbers and tests what is expected.
func Hypotheses(ctx context.Context, runs, workers int) ([]Test, error) {
	s := newSampler(runs, workers)
	for _, h := range hypotheses {
		for _, e := range h.expect {
			for _, side := range h.sides() {
				s.want(side, e.quantity)
			}
		}
	}
	var list []Test
	for _, h := range hypotheses {
		for _, e := range h.expect {
			t, err := h.test(ctx, s, e)
			if err != nil {
				return nil, err
			}
			list = append(list, t)
		}
	}
	return list, nil
}

func (h *hypothesis) sides() []side {
	list := []side{h.without, h.with}
	if h.lessWith != (side{}) {
		list = append(list, h.lessWithout, h.lessWith)
	}
	return list
}

func (h *hypothesis) test(ctx context.Context, s *sampler, e expectation) (Test, error) {
	t := Test{Hypothesis: h.name, Idea: h.idea, Change: h.change, Quantity: e.quantity, Expected: e.direction, Margin: e.margin}
	var values [][]float64
	for _, side := range h.sides() {
		v, err := s.of(ctx, side, e.quantity)
		if err != nil {
			return t, err
		}
		values = append(values, v)
	}
	t.Control = mean(values[0])
	scale, err := scaleOf(e.scale, h.with)
	if err != nil {
		return t, err
	}
	effects := scaled(analysis.Differences(values[0], values[1]), scale)
	if len(values) == 4 {
		if scale, err = scaleOf(e.lessScale, h.lessWith); err != nil {
			return t, err
		}
		less := scaled(analysis.Differences(values[2], values[3]), scale)
		effects = analysis.Differences(less, effects)
	}
	t.Effect = analysis.Mean(effects)
	t.Finding = e.finding(t.Effect)
	return t, nil
}

func scaled(x []float64, scale float64) []float64 {
	for k := range x {
		x[k] *= scale
	}
	return x
}

// scaleOf is the factor of an effect.
func scaleOf(scale float64, of side) (float64, error) {
	switch scale {
	case 0:
		return 1, nil
	case perPower:
		power, err := powerOf(of, "deciders")
		return 1 / power, err
	case perPowerDown:
		power, err := powerOf(of, "pole")
		return -1 / power, err
	}
	return scale, nil
}

func (e *expectation) finding(effect analysis.Estimate) Finding {
	low, high := effect.Low, effect.High
	switch e.direction {
	case "falls":
		low, high = -high, -low
	case "stays":
		switch {
		case low >= -e.margin && high <= e.margin:
			return Supported
		case low > e.margin || high < -e.margin:
			return NotSupported
		}
		return Unclear
	}
	switch {
	case math.IsNaN(low):
		return Unclear
	case low > 0:
		return Supported
	case high < 0 || low == 0 && high == 0: // nothing at all changed
		return NotSupported
	}
	return Unclear
}
