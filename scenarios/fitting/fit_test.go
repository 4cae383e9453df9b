package fitting

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"splinternet/models/measures"
	"splinternet/scenarios"
	"splinternet/scenarios/pairs"
)

// unwatched is told how far a play is, and does not care.
type unwatched struct{}

func (unwatched) Tick()        {}
func (unwatched) Finished(int) {}

// A parameter that has made the target is found again, within what chance allows;
// one that has nothing to do with the target is said not to be identified.
func TestFitFindsWhatMadeTheTarget(t *testing.T) {
	const truth = .9
	ctx := context.Background()
	made, err := scenarios.Load("two-blocs", scenarios.Options{Ticks: 16, Set: []string{fmt.Sprintf("interconnection.filter=%g", truth)}})
	if err != nil {
		t.Fatal(err)
	}
	p := &pairs.Ensemble{Sides: []pairs.Side{{Name: "made", Scenario: made}}, Seed: 77, Runs: 40, Workers: 2}
	if err := p.Play(ctx, unwatched{}, 0); err != nil {
		t.Fatal(err)
	}
	native := slices.Index(pairs.Headlines, measures.Find("native_reachability"))
	wanted := pairs.Mean(p.Ends(native, 0)[0])
	file := filepath.Join(t.TempDir(), "target.toml")
	target := fmt.Sprintf("[[target]]\nmeasure = \"native_reachability\"\nvalue = %g\ntolerance = 0.005\n", wanted)
	if err := os.WriteFile(file, []byte(target), 0o666); err != nil {
		t.Fatal(err)
	}
	s, err := scenarios.Load("two-blocs", scenarios.Options{Ticks: 16})
	if err != nil {
		t.Fatal(err)
	}
	factors, err := s.Factors(scenarios.VaryFlags([]string{"interconnection.filter", "security.deterrence"}))
	if err != nil {
		t.Fatal(err)
	}
	targets, err := scenarios.ReadTargets(file, s)
	if err != nil {
		t.Fatal(err)
	}
	f := New(s, factors, targets)
	f.Draws, f.Particles, f.Rounds, f.Checked, f.Runs, f.Workers, f.Seed = 200, 40, 2, 20, 1, 2, 1
	if err := f.Play(ctx); err != nil {
		t.Fatal(err)
	}
	if err := f.Predict(ctx); err != nil {
		t.Fatal(err)
	}
	found := f.Marginal(0)
	if !found.Identified || found.Low > truth || found.High < truth || math.Abs(found.Mean-truth) > .1 {
		t.Errorf("%+v: want %g", found, truth)
	}
	if other := f.Marginal(1); other.Identified {
		t.Errorf("deterrence does not act on links in four years, and is identified: %+v", other)
	}
	if before, after := f.MeanOf(f.Before, 0), f.MeanOf(f.After, 0); !(math.Abs(after-wanted) < math.Abs(before-wanted)/2) {
		t.Errorf("%g is wanted; before the calibration it is %g, after it %g", wanted, before, after)
	}
}
