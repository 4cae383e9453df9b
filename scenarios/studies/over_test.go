package studies

import (
	"context"
	"errors"
	"reflect"
	"testing"
)

// What has no effect scores zero, what has one does not, and the workers change nothing.
func TestOver(t *testing.T) {
	plan := DrawsPlan{
		Side: twoSides(t)[0], Size: Size{Seed: 1, Runs: 2, Workers: 1}, Draws: 3,
		Removals: []Removal{{Kind: MechanismRemoval, Name: "nothing"}, Zero("security.rate")},
	}
	d, err := Over(context.Background(), plan, Unwatched{})
	if err != nil {
		t.Fatal(err)
	}
	hostility := 4
	if name := (Quantity{Measure: hostility}).Name(); name != "hostility" {
		t.Fatalf("measure %d is %s", hostility, name)
	}
	for m := range Headlines {
		if e := d.Moved(0, m); e.Value != 0 || e.Low != 0 || e.High != 0 {
			t.Errorf("taking nothing out moves measure %d by %+v", m, e)
		}
	}
	if e := d.Relabelled(0); e.Value != 0 || e.N != 3 {
		t.Errorf("taking nothing out changes labels: %+v", e)
	}
	if e := d.Shift(1, hostility); !(e.Value < 0) {
		t.Errorf("without incidents hostility changes by %+v", e)
	}
	sum := 0.0
	for _, e := range d.Shares(false) {
		sum += e.Value
	}
	if sum < .999 || sum > 1.001 {
		t.Errorf("the shares of labels sum to %g", sum)
	}
	plan.Size.Workers = 2
	again, err := Over(context.Background(), plan, Unwatched{})
	if err != nil || !reflect.DeepEqual(d.Points, again.Points) {
		t.Errorf("two workers find something else (%v)", err)
	}
	var limit *LimitError
	if plan.Draws = 1; !errors.As(failure(Over(context.Background(), plan, Unwatched{})), &limit) {
		t.Error("one draw is enough")
	}
}

func failure(_ *Draws, err error) error { return err }
