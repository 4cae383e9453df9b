package markets

import "splinternet/sim"

// ofDenials are the numbers of what homes keep from others.
func (m *Markets) ofDenials() []sim.Parameter {
	return []sim.Parameter{
		sim.NumberAt(&m.Denial, sim.Parameter{
			Name: "denial", Default: .4, Plausible: sim.Range{Min: .2, Max: .8}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Yearly rate at which an advanced economy of full diplomatic capacity that is willing to keeps its firms' products from a power that it mistrusts; 0 switches denials off.",
			Reference: "Farrell and Newman 2019; entity list of the United States, May 2019; chip controls, October 2022; Japan and the Netherlands, 2023",
		}),
		sim.NumberAt(&m.SelfReliance, sim.Parameter{
			Name: "self-reliance", Default: .2, Plausible: sim.Range{Min: .05, Max: .5}, Unit: "per year", Source: sim.Assumption,
			Doc:       "Share of what its industry still lacks that a state that is shut out of everything learns to make in a year; 0: it learns nothing.",
			Reference: "Segal 2021; Chinese makers of chips met 16 % of demand in China in 2020 and about 23 % in 2023, under denials of part of the supply",
		}),
		sim.NumberAt(&m.Separation, sim.Parameter{
			Name: "separation", Fixed: true, Default: .5, Unit: "share", Source: sim.Assumption,
			Doc:       "How far what a ban or a denial costs falls with the link that two states have lost since the start; 0: it does not.",
			Reference: "Farrell and Newman 2019: interdependence is what restrains",
		}),
	}
}

// fixedOfDenials are the numbers of denials that the mechanism takes for granted.
func (m *Markets) fixedOfDenials() []sim.Parameter {
	slope := sim.Range{Max: 50}
	const fitted = "set by hand so that the United States denies China, some of its allies follow, and most deny Russia once trust is gone"
	return []sim.Parameter{
		sim.NumberAt(&m.Advanced, sim.Parameter{
			Name: "advanced", Fixed: true, Default: 2, Domain: sim.Range{Max: 100}, Unit: "world mean", Source: sim.Assumption,
			Doc: "Wealth from which a state is an advanced economy, whose technology others need.", Reference: "those of the Wassenaar Arrangement that make what is controlled",
		}),
		sim.NumberAt(&m.DenialBase, sim.Parameter{
			Name: "denial-base", Fixed: true, Default: -7, Domain: sim.Range{Min: -50, Max: 50}, Unit: "logits", Source: sim.Assumption,
			Doc: "Willingness to deny a state that gives no cause for it.", Reference: fitted,
		}),
		sim.NumberAt(&m.DenialMistrust, sim.Parameter{
			Name: "denial-mistrust", Fixed: true, Default: 5, Domain: slope, Unit: "logits", Source: sim.Assumption,
			Doc: "Weight of mistrust.", Reference: fitted,
		}),
		sim.NumberAt(&m.DenialCue, sim.Parameter{
			Name: "denial-cue", Fixed: true, Default: 12, Domain: slope, Unit: "logits", Source: sim.Assumption,
			Doc: "Weight of the example of allies, as for bans.", Reference: fitted,
		}),
		sim.NumberAt(&m.DenialLead, sim.Parameter{
			Name: "denial-lead", Fixed: true, Default: 6, Domain: slope, Unit: "logits", Source: sim.Assumption,
			Doc: "Weight of a rivalry for a state whose firms serve the whole world.", Reference: "Farrell and Newman 2019: only who holds the hub can use it; " + fitted,
		}),
		sim.NumberAt(&m.HalfLead, sim.Parameter{
			Name: "half-lead", Fixed: true, Default: .1, Domain: sim.Range{Min: .001, Max: 1}, Unit: "share of world users served", Source: sim.Assumption,
			Doc: "Users whom the firms of a state serve from which it is half a hub.", Reference: "the United States have five times as many, nobody else but China as many",
		}),
		sim.NumberAt(&m.FirstDenial, sim.Parameter{
			Name: "first-denial", Fixed: true, Default: .3, Unit: "share of products", Source: sim.Assumption,
			Doc: "The widest first denial: states deny some goods before they deny all.", Reference: "entity list of 2019: one firm and its suppliers; 2022: advanced chips for all",
		}),
		sim.NumberAt(&m.DeniedCost, sim.Parameter{
			Name: "denied-cost", Fixed: true, Default: 2, Domain: slope, Unit: "logits", Source: sim.Assumption,
			Doc: "What the firms of a state lose in utility to users if all advanced economies deny it everything and it makes nothing itself.", Reference: "Huawei sold half as many phones abroad in 2020, and few in 2021",
		}),
		sim.NumberAt(&m.RelianceGain, sim.Parameter{
			Name: "reliance-gain", Fixed: true, Default: 1, Domain: slope, Unit: "logits", Source: sim.Assumption,
			Doc: "What they gain once the state makes everything itself.", Reference: "Segal 2021",
		}),
	}
}
