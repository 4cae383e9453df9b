package studies

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
	"splinternet/sim/analysis"
)

// uncounted is a CalibrationWatcher that does not care.
type uncounted struct{}

func (uncounted) Simulated(int)              {}
func (uncounted) Round(*analysis.Round, int) {}

// A parameter that has made the target is found again, within what chance allows;
// one that has nothing to do with the target is said not to be identified.
func TestFitFindsWhatMadeTheTarget(t *testing.T) {
	const truth = .5
	ctx := context.Background()
	made, err := scenarios.Load("two-blocs", scenarios.Options{Ticks: 16, Set: []string{fmt.Sprintf("interconnection.filter=%g", truth)}})
	if err != nil {
		t.Fatal(err)
	}
	p := &Paired{Sides: []Side{{Name: "made", Scenario: made}}, Size: Size{Seed: 77, Runs: 40, Workers: 2}}
	if err := p.Play(ctx, Unwatched{}); err != nil {
		t.Fatal(err)
	}
	native := Quantity{Measure: slices.Index(Headlines, measures.Find("native_reachability"))}
	wanted := Mean(p.Values(native, 0)[0])
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
	f, err := Calibrate(ctx, CalibrationPlan{
		Side: Side{Name: "two-blocs", Scenario: s}, Size: Size{Seed: 1, Runs: 1, Workers: 2}, Factors: factors, Targets: targets,
		Draws: 200, Particles: 40, Rounds: 2, Checked: 20,
	}, uncounted{})
	if err != nil {
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
