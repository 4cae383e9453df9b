package run

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output"
	"splinternet/output/saved"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/sim"
)

// goOn reads the saved world of --from. Where no scenario is named it is the one that the
// world was saved from, and where no seed is given, the seed is.
func (o *options) goOn(r *study.Record) error {
	head, w, err := saved.Read(o.from)
	var wrong *saved.Error
	switch {
	case errors.As(err, &wrong):
		return console.Misuse(err, wrong.Hint)
	case err != nil:
		return console.Failed(err)
	}
	if r.From, err = head.From(o.from); err != nil {
		return console.Failed(err)
	}
	r.Plan.From = w
	if !o.seedGiven {
		r.Plan.Size.Seed = head.Seed
	}
	if o.scenario != "" {
		return nil
	}
	r.Name = head.Scenario.Name
	name := "the scenario in " + o.from
	if r.Plan.Scenario, err = scenarios.Parse(name, head.Scenario.Text, o.changes); err == nil {
		return nil
	}
	hint := ""
	if _, whole := scenarios.Parse(name, head.Scenario.Text, scenarios.Options{}); whole != nil {
		hint = "its files may lie elsewhere now: splinternet run SCENARIO --from " + output.Quote(o.from) + " names the scenario itself"
	}
	return console.Misuse(err, hint)
}

// ticksToSave are the ticks at whose ends the world is saved for the dates of --save-at.
func (o *options) ticksToSave(c sim.Calendar, from *output.From) ([]int, error) {
	first := 0
	if from != nil {
		first = from.Tick + 1
	}
	var list []int
	for _, text := range o.saveAt {
		day, err := time.Parse(time.DateOnly, text)
		if err != nil {
			return nil, console.Misuse(fmt.Errorf("--save-at %q is no date", text), "year-month-day, as in --save-at 2025-01-01")
		}
		tick := saved.Tick(c, day)
		if tick < first || tick >= c.Ticks {
			return nil, console.Misuse(fmt.Errorf("--save-at %s: no tick that is played ends then; allowed: after %s and up to %s", text,
				c.Date(first).Format(time.DateOnly), c.Date(c.Ticks).Format(time.DateOnly)))
		}
		list = append(list, tick)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}
