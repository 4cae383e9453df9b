package studies

import (
	"context"
	"errors"
	"slices"
	"testing"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/sim"
)

// kept keeps the last value of every run, and fails or ends at one if it is told to.
type kept struct {
	seeds, last []float64
	at          int
	err         error
}

type lastValue struct{}

func (lastValue) Begin(int, uint64) models.Recording {
	keep := make([]bool, len(measures.All()))
	for _, k := range Headlines {
		keep[k] = true
	}
	return models.Recording{Keep: keep}
}

func (lastValue) End(r *models.Result) float64 {
	series := r.Series.Values[Headlines[0]]
	return series[len(series)-1]
}

func (k *kept) Encoder(*sim.Parameters) Encoder[float64] { return lastValue{} }

func (k *kept) Keep(r *models.Result, value float64) error {
	if k.err != nil && len(k.last) == k.at {
		return k.err
	}
	k.seeds, k.last = append(k.seeds, float64(r.Seed)), append(k.last, value)
	return nil
}

// The runs come in order whatever the workers, and are those of a paired play; an
// error of the keeper ends the ensemble, which says what was kept.
func TestEnsemble(t *testing.T) {
	side := twoSides(t)[0]
	plan := EnsemblePlan{Scenario: side.Scenario, Size: Size{Seed: 3, Runs: 12, Workers: 1}}
	var one, many kept
	e, err := Play[float64](context.Background(), plan, &one, Unwatched{})
	if err != nil || e.Finished != 12 || e.Runs != 12 {
		t.Fatalf("%+v, %v", e, err)
	}
	plan.Size.Workers = 3
	if _, err := Play[float64](context.Background(), plan, &many, Unwatched{}); err != nil || !slices.Equal(one.last, many.last) || !slices.Equal(one.seeds, many.seeds) {
		t.Errorf("%v and %v, %v", one.last, many.last, err)
	}
	p := &Paired{Sides: []Side{side}, Size: plan.Size}
	if err := p.Play(context.Background(), Unwatched{}); err != nil {
		t.Fatal(err)
	}
	for r, row := range p.Readings {
		if row[0].Moments[0].Last != one.last[r] {
			t.Errorf("run %d ends with %v, and in a paired play with %v", r, one.last[r], row[0].Moments[0].Last)
		}
	}
	full := &kept{at: 5, err: errors.New("the disk is full")}
	if e, err := Play[float64](context.Background(), plan, full, Unwatched{}); !errors.Is(err, full.err) || e.Finished != 5 {
		t.Errorf("%+v, %v", e, err)
	}
}

// An ensemble that stops because it is stable is the ensemble of that size.
func TestEnsembleUntilStable(t *testing.T) {
	plan := EnsemblePlan{Scenario: twoSides(t)[0].Scenario, Size: Size{Seed: 3, Runs: 1000, Workers: 2, UntilStable: 1}}
	var k kept
	e, err := Play[float64](context.Background(), plan, &k, Unwatched{})
	if err != nil || e.Runs != e.Finished || e.Finished != len(k.last) || e.Runs >= 1000 || e.Runs%10 != 0 || e.Unstable != nil {
		t.Errorf("%+v, %v; %d were kept", e, err, len(k.last))
	}
	plan.Size.Runs, plan.Size.UntilStable = 20, 1e-9
	if e, err = Play[float64](context.Background(), plan, &k, Unwatched{}); err != nil || e.Runs != 20 || len(e.Unstable) == 0 {
		t.Errorf("%+v, %v", e, err)
	}
}
