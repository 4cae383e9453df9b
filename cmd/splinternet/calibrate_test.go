package main

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"splinternet/scenarios"
	"splinternet/scenarios/pairs"
)

// A parameter that has made the target is found again, within what chance allows;
// one that has nothing to do with the target is said not to be identified.
func TestCalibrationFindsWhatMadeTheTarget(t *testing.T) {
	const truth = .9
	ctx, c := context.Background(), &console{out: new(bytes.Buffer), err: new(bytes.Buffer), quiet: true}
	sides, err := loadSides(c, []string{fmt.Sprintf("two-blocs+interconnection.filter=%g", truth)}, scenarios.Options{Ticks: 16})
	if err != nil {
		t.Fatal(err)
	}
	p := pair(sides, 77, 40, 2)
	if err := p.play(ctx, c); err != nil {
		t.Fatal(err)
	}
	native := slices.Index(headlineNames(), "native_reachability")
	file := filepath.Join(t.TempDir(), "target.toml")
	target := fmt.Sprintf("[[target]]\nmeasure = \"native_reachability\"\nvalue = %g\ntolerance = 0.005\n", pairs.Mean(p.Ends(native, 0)[0]))
	if err := os.WriteFile(file, []byte(target), 0o666); err != nil {
		t.Fatal(err)
	}
	o := calibrateOptions{
		scenario: "two-blocs", target: file, vary: []string{"interconnection.filter", "security.deterrence"},
		draws: 200, particles: 40, rounds: 2, predicted: 20,
	}
	o.seed, o.runs, o.workers, o.ticks, o.format = 1, 1, 2, 16, "csv"
	cal, err := o.prepare(c)
	if err != nil {
		t.Fatal(err)
	}
	if err := cal.play(ctx, c); err != nil {
		t.Fatal(err)
	}
	if err := cal.predict(ctx); err != nil {
		t.Fatal(err)
	}
	found := cal.marginal(0)
	if !found.Identified || found.Low > truth || found.High < truth || math.Abs(found.Mean-truth) > .1 {
		t.Errorf("%+v: want %g", found, truth)
	}
	if other := cal.marginal(1); other.Identified {
		t.Errorf("deterrence does not act on links in four years, and is identified: %+v", other)
	}
	wanted := pairs.Mean(p.Ends(native, 0)[0])
	if before, after := cal.meanOf(cal.before, 0), cal.meanOf(cal.after, 0); !(math.Abs(after-wanted) < math.Abs(before-wanted)/2) {
		t.Errorf("%g is wanted; before the calibration it is %g, after it %g", wanted, before, after)
	}
}
