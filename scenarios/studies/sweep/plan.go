package sweep

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/measures"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
)

// Request is what a plan is made from.
type Request struct {
	Scenario *scenarios.Scenario // with what holds at all points
	Sweep    scenarios.Sweep     // over what the scenario proposes itself
	List     string              // CSV file of points, in place of a design; ""
	Seed     uint64
	Window   float64  // years, see scenarios.Plan
	Keep     []string // measures beside the headline ones
	Ticks    bool
	Shards   int

	// Set, Without and Freeze are what the scenario was loaded with: what holds at all points
	// must not vary, because the points would win.
	Set, Without, Freeze []string
}

// FixedError says that something varies that is set at all points.
type FixedError struct {
	Address string
	Off     bool // it is a mechanism that was switched off, and else a value that was set
}

func (e *FixedError) Error() string { return e.Address + " is varied, and it is set at all points" }

// MeasureError says that there is no such measure.
type MeasureError struct {
	Name    string
	Allowed []string
}

func (e *MeasureError) Error() string { return fmt.Sprintf("%q is no measure", e.Name) }

// NewPlan makes a plan. Its error is one of the types above, *scenarios.SizeError, or
// a problem of the scenario's with what varies.
func NewPlan(r Request) (*scenarios.Plan, error) {
	sw := scenarios.Sweep{}
	if r.Scenario.Sweep != nil {
		sw = *r.Scenario.Sweep
	}
	sw = sw.Over(r.Sweep)
	p := &scenarios.Plan{
		Scenario: r.Scenario, Seed: r.Seed, Runs: max(1, sw.Runs), Window: r.Window, Ticks: r.Ticks, Shards: r.Shards,
	}
	var err error
	if p.Measures, err = kept(r.Keep); err != nil {
		return nil, err
	}
	if r.List != "" {
		if p.Factors, err = r.Scenario.Listing(r.List); err != nil {
			return nil, err
		}
		return p, p.ReadList(r.List)
	}
	if len(sw.Vary) == 0 {
		return nil, studies.ErrNothing
	}
	if p.Factors, err = r.Scenario.Factors(sw.Vary); err != nil {
		return nil, err
	}
	if err := r.fixed(p.Factors); err != nil {
		return nil, err
	}
	if p.Design, err = sw.Settle(p.Factors, r.Seed); err != nil {
		return nil, err
	}
	return p, p.Lay()
}

// fixed finds a factor that is set at all points.
func (r *Request) fixed(factors []scenarios.Factor) error {
	var set, off []string
	for _, assignment := range r.Set {
		key, _, _ := strings.Cut(assignment, "=")
		set = append(set, strings.TrimSpace(key))
	}
	for _, name := range slices.Concat(r.Without, r.Freeze) {
		off = append(off, "mechanisms."+name)
	}
	for k := range factors {
		for _, address := range factors[k].Addresses {
			if isOff := slices.Contains(off, address); isOff || slices.Contains(set, address) {
				return &FixedError{Address: address, Off: isOff}
			}
		}
	}
	return nil
}

// kept are the headline measures, and those that are named.
func kept(named []string) ([]string, error) {
	var list, names []string
	for _, m := range measures.All() {
		names = append(names, m.Name)
		if m.Headline || slices.Contains(named, m.Name) {
			list = append(list, m.Name)
		}
	}
	for _, name := range named {
		if !slices.Contains(names, name) {
			return nil, &MeasureError{Name: name, Allowed: names}
		}
	}
	return list, nil
}
