package scenarios

import (
	"math"
	"slices"
	"testing"

	"splinternet/models/measures"
)

// Ablations, under the names of the parameters and switches that make them: each leaves the model as it is until its part first acts, changes what it
// must and leaves alone what the part has no hand in for the first years.
//
// Where politics bears on the rest of the world hardly anything stays the same, so that the
// model without the couplings is looked at.
func TestAblations(t *testing.T) {
	const uncoupled = "title = \"Uncoupled\"\nextends = \"m3-uncoupled\"\n"
	const ticks, calm = 23, 18 // calm are the ticks in which some measures have to stay the same
	full := played(t, uncoupled, ticks)
	for _, c := range []struct {
		name  string
		set   []string
		moves map[string]float64 // measures that change by so much in some tick
		from  int                // first tick in which anything may differ
		still []string           // measures that stay the same to the bit; never bans, which weigh trust and positions
	}{
		{"influence", []string{"mechanisms.influence=false"}, map[string]float64{"sigma_convergence": .02, "openness": .005}, 0, []string{"votes", "offices", "incidents"}},
		{"power-weight", []string{"influence.power=0"}, map[string]float64{"openness": .005, "dispersion": .01}, 0, []string{"incidents", "offices"}},
		{"trust-weight", []string{"influence.trust=0"}, map[string]float64{"sigma_convergence": .01}, 0, []string{"incidents", "offices"}},
		{"anchor", []string{"influence.stubbornness=0"}, map[string]float64{"beta_convergence": .005}, 0, []string{"incidents", "offices"}},
		{"socialisation", []string{"influence.socialisation=0"}, map[string]float64{"sigma_convergence": .0005}, 0, []string{"incidents", "offices", "votes"}},
		{"cue", []string{"forums.cue=0"}, map[string]float64{"western_institutions": 1e-6}, 1, []string{"incidents", "offices", "channels"}},
		{"rival-forums", []string{"forums.rivals=false"}, map[string]float64{"forums_alive": 1, "western_institutions": .005}, 9, []string{"incidents", "offices", "votes"}},
		{"legitimacy", []string{"forums.legitimacy=false"}, map[string]float64{"western_institutions": .005}, 0, []string{"incidents", "offices"}},
		{"network-effect", []string{"standards.network=0"}, map[string]float64{"technical_loss": .03, "effective_stacks": .2}, 4, []string{"incidents", "offices", "votes", "forums_alive"}},
		{"alignment", []string{"standards.alignment=0"}, map[string]float64{"technical_loss": .002}, 4, []string{"incidents", "offices", "votes", "forums_alive"}},
		{"gateways", []string{"interconnection.gateway=0"}, map[string]float64{"recovery": .001}, 4, []string{"incidents", "offices", "votes", "forums_alive"}},
		{"filters", []string{"interconnection.filter-base=0", "interconnection.filter=0"}, map[string]float64{"native_reachability": .05, "governmental_loss": .05}, 0, []string{"incidents", "offices", "votes"}},
		{"incidents", []string{"security.rate=0"}, map[string]float64{"hostility": .1, "incidents": 3}, 0, []string{"votes"}},
		{"misattribution", []string{"security.attribution=1"}, map[string]float64{"misattributed": 1}, 0, []string{"offices", "votes", "forums_alive"}},
		{"cbm", []string{"diplomacy.channels=0", "diplomacy.measures=0"}, map[string]float64{"channels": 100}, 2, []string{"incidents", "offices", "votes", "forums_alive"}},
		{"firms", []string{"mechanisms.markets=false"}, map[string]float64{"bans": 10, "commercial_loss": .003}, 2, []string{"incidents", "offices", "votes"}},
		{"powershift", []string{"power.growth=0"}, map[string]float64{"western_power": .01}, 0, []string{"incidents", "offices", "votes"}},
		{"forums", []string{"mechanisms.forums=false"}, map[string]float64{"votes": 2, "texts_adopted": 2, "forums_alive": 2}, 0, []string{"incidents"}},
		{"norms", []string{"mechanisms.norms=false"}, map[string]float64{"cooperation_depth": .002}, 0, []string{"incidents", "offices", "votes"}},
		{"diplomacy", []string{"mechanisms.diplomacy=false"}, map[string]float64{"recovery": .03, "channels": 100}, 0, []string{"votes"}},
		{"standards", []string{"mechanisms.standards=false"}, map[string]float64{"technical_loss": .003}, 4, []string{"incidents", "offices", "votes", "forums_alive"}},
		{"security", []string{"mechanisms.security=false"}, map[string]float64{"hostility": .1, "incidents": 3}, 0, []string{"votes"}},
		{"interconnection", []string{"mechanisms.interconnection=false"}, map[string]float64{"native_reachability": .01}, 0, []string{"incidents", "offices", "votes", "forums_alive"}},
		{"power", []string{"mechanisms.power=false"}, map[string]float64{"western_power": .01, "offices": 10}, 0, []string{"votes"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			runs := played(t, uncoupled, ticks, c.set...)
			change := map[string]float64{}
			for k, m := range measures.All() {
				for r := range runs {
					for tick := range ticks {
						x, y := full[r].Series.Values[k][tick], runs[r].Series.Values[k][tick]
						if math.IsNaN(x) || x == y {
							continue
						}
						change[m.Name] = max(change[m.Name], math.Abs(x-y))
						if tick < c.from {
							t.Errorf("%s differs in tick %d already", m.Name, tick)
						}
						if tick < calm && slices.Contains(c.still, m.Name) {
							t.Errorf("%s goes from %g to %g in tick %d", m.Name, x, y, tick)
						}
					}
				}
			}
			for measure, least := range c.moves {
				if change[measure] < least {
					t.Errorf("%s changes by %g at most", measure, change[measure])
				}
			}
		})
	}
}

// The nested reference models move what their names say and nothing else.
func TestReferenceModels(t *testing.T) {
	constant := func(runs []witness, measure string) bool {
		values := runs[0].Series.Of(measure)
		return slices.Min(values) == slices.Max(values)
	}
	of := func(name string) []witness {
		return played(t, "title = \"x\"\nextends = \""+name+"\"\n", 24)
	}
	m0, m1, m2, m3, full := of("m0-frozen"), of("m1-opinions"), of("m2-forums"), of("m3-full"), onBaseline(t, "", "time.ticks=24")
	for _, c := range []struct {
		model    string
		runs     []witness
		moves    []string
		standing []string
	}{
		// Scheduled events can ban firms, shock walls and set off SolarWinds in all of them.
		{"M0", m0, nil, []string{"openness", "western_power", "offices", "votes", "texts_adopted", "misattributed", "technical_loss"}},
		{"M1", m1, []string{"openness", "western_power", "native_reachability"}, []string{"votes", "texts_adopted", "misattributed", "technical_loss"}},
		{"M2", m2, []string{"openness", "votes", "texts_adopted", "western_institutions"}, []string{"misattributed", "technical_loss"}},
		{"M3", m3, []string{"openness", "votes", "misattributed", "technical_loss", "channels"}, nil},
	} {
		for _, measure := range c.moves {
			if constant(c.runs, measure) {
				t.Errorf("%s does not move %s", c.model, measure)
			}
		}
		for _, measure := range c.standing {
			if !constant(c.runs, measure) {
				t.Errorf("%s moves %s", c.model, measure)
			}
		}
	}
	for r := range m3 {
		if bits(m3[r].Result) != bits(full[r].Result) {
			t.Error("M3 is not the baseline")
		}
	}
}
