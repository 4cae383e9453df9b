package sim_test

import (
	"context"
	"fmt"
	"time"

	"splinternet/sim"
)

// Growth is a mechanism with one parameter, on a world that is a single number.
type Growth struct{ Rate float64 }

func (*Growth) Name() string                     { return "growth" }
func (*Growth) Prepare(*float64)                 {}
func (*Growth) Begin(_ *sim.Tick, _ *float64)    {}
func (g *Growth) Step(now *sim.Tick, w *float64) { *w *= 1 + g.Rate*now.Years }

// A model is a world, a calendar and the mechanisms that move it.
func Example() {
	set, growth := new(sim.Parameters), new(Growth)
	set.Declare("growth", sim.NumberAt(&growth.Rate, sim.Parameter{
		Name: "rate", Default: .02, Domain: sim.Range{Min: -1, Max: 1}, Plausible: sim.Range{Min: 0, Max: .1}, Unit: "per year",
	}))
	if err := set.Set("growth.rate", .04); err != nil {
		fmt.Println(err)
	}
	size := 100.0
	model := sim.Model[*float64]{
		Calendar:   sim.Calendar{Start: time.Date(2018, time.July, 1, 0, 0, 0, 0, time.UTC), Tick: sim.Quarter, Ticks: 3},
		World:      &size,
		Mechanisms: []sim.Mechanism[*float64]{growth},
	}
	_ = model.Run(context.Background(), 1, func(now *sim.Tick, w *float64) error {
		fmt.Printf("%s %.4f\n", now.Date.Format(time.DateOnly), *w)
		return nil
	})
	fmt.Println(set.Set("growth.rate", 2))
	// Output:
	// 2018-07-01 101.0000
	// 2018-10-01 102.0100
	// 2019-01-01 103.0301
	// growth.rate: 2 is not allowed; allowed: a number from -1 to 1 (per year)
}

// Draws are keyed by agent: neither the number of agents nor the order in which
// they draw changes what each of them meets.
func ExampleStream_For() {
	few := sim.NewStream(1, "influence", 0)
	usa := few.For(sim.Key("USA")).NormFloat64()
	many := sim.NewStream(1, "influence", 0)
	many.For(sim.Key("IND")).NormFloat64()
	fmt.Println(many.For(sim.Key("USA")).NormFloat64() == usa)
	// Output: true
}
