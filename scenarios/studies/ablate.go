package studies

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"splinternet/models"
)

// AblationPlan asks what changes in a scenario when one thing after the other is taken
// out of it.
type AblationPlan struct {
	Side Side
	Size Size
}

// Ablation is the finding of Ablate: side 0 is the scenario, side k+1 is it without
// Removals[k].
type Ablation struct {
	*Paired
	Removals []Removal
	Warnings []Warning
}

// Removal takes something out of a scenario.
type Removal struct {
	Kind    string // MechanismRemoval, SwitchRemoval or ModelRemoval
	Name    string
	Set     []string // assignments key=value
	Without []string // mechanisms that are abolished
	Freeze  []string // mechanisms that take no steps
}

// The kinds of removals: a mechanism; one assumption, where its absence is a known
// simpler model; all that a nested reference model does not have.
const (
	MechanismRemoval = "mechanism"
	SwitchRemoval    = "switch"
	ModelRemoval     = "model"
)

// RemovalError says that a scenario cannot do without something.
type RemovalError struct {
	Side    Side
	Removal Removal
	Err     error
}

func (e *RemovalError) Error() string { return e.Err.Error() }

// Unwrap returns why.
func (e *RemovalError) Unwrap() error { return e.Err }

// switches take one assumption out.
func switches() []Removal {
	one := func(name string, set ...string) Removal { return Removal{Kind: SwitchRemoval, Name: name, Set: set} }
	return []Removal{
		one("power-weight", "influence.power=0"),
		one("trust-weight", "influence.trust=0"),
		one("anchor", "influence.stubbornness=0"),
		one("socialisation", "influence.socialisation=0"),
		one("cue", "forums.cue=0"),
		one("rival-forums", "forums.rivals=false"),
		one("legitimacy", "forums.legitimacy=false"),
		one("network-effect", "standards.network=0"),
		one("alignment", "standards.alignment=0"),
		one("gateways", "interconnection.gateway=0"),
		one("filters", "interconnection.filter-base=0", "interconnection.filter=0"),
		one("incidents", "security.rate=0"),
		one("misattribution", "security.attribution=1"),
		one("channels", "diplomacy.channels=0", "diplomacy.measures=0"),
		one("power-shift", "power.growth=0"),
	}
}

// nested are the reference models, each of which moves more than the one before.
// M3 is the scenario itself.
var nested = []struct {
	name string
	on   []string // beside the scheduled events
}{
	{"M0", nil},
	{"M1", []string{"power", "influence", "interconnection"}},
	{"M2", []string{"power", "influence", "interconnection", "forums"}},
}

// Removals are all that can be taken out of a scenario. What it has switched off itself
// cannot be taken out again.
func Removals(off map[string]bool) []Removal {
	var list []Removal
	for _, m := range models.Mechanisms() {
		if !off[m.Name] {
			list = append(list, Removal{Kind: MechanismRemoval, Name: m.Name, Without: []string{m.Name}})
		}
	}
	for _, s := range switches() {
		if mechanism, _, _ := strings.Cut(s.Set[0], "."); !off[mechanism] {
			list = append(list, s)
		}
	}
	for _, model := range nested {
		r := Removal{Kind: ModelRemoval, Name: model.name}
		for _, info := range models.Mechanisms() {
			if info.Name != AllEvents && !off[info.Name] && !slices.Contains(model.on, info.Name) {
				r.Freeze = append(r.Freeze, info.Name)
			}
		}
		list = append(list, r)
	}
	return list
}

// of is the side without what is removed.
func (r *Removal) of(s *Side) (Side, error) {
	if len(r.Set) > 0 {
		v, err := s.Variant(r.Name, r.Set)
		if err != nil {
			err = &RemovalError{*s, *r, err}
		}
		return v, err
	}
	var parts []Part
	for _, mechanism := range r.Without {
		parts = append(parts, Part{MechanismPart, mechanism})
	}
	for _, mechanism := range r.Freeze {
		parts = append(parts, Part{FrozenPart, mechanism})
	}
	return s.Lacking(r.Name, parts), nil
}

// Ablate plays a scenario with one thing after the other taken out of it, all with
// common random numbers. Its own errors are a *LimitError and a *RemovalError.
func Ablate(ctx context.Context, plan AblationPlan, watch Watcher) (*Ablation, error) {
	if err := plan.Size.Check(2); err != nil {
		return nil, err
	}
	a := &Ablation{
		Paired:   &Paired{Sides: []Side{plan.Side}, Size: plan.Size},
		Removals: Removals(plan.Side.Scenario.Settings.Off),
	}
	for k := range a.Removals {
		v, err := a.Removals[k].of(&plan.Side)
		if err != nil {
			return nil, err
		}
		a.Sides = append(a.Sides, v)
	}
	playing := a.Play(ctx, watch)
	if len(a.Readings) == 0 {
		return nil, playing
	}
	a.Warnings = append(a.failedRuns(), fewRuns(len(a.Readings))...)
	return a, playing
}

// BySize are the places of Removals, those first that change the end mean of a
// headline measure most; equals stay in their order.
func (a *Ablation) BySize(measure int) []int {
	order := make([]int, len(a.Removals))
	size := make([]float64, len(a.Removals))
	for k := range order {
		order[k], size[k] = k, math.Abs(a.Difference(measure, k+1).Value)
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(size[y], size[x]) })
	return order
}
