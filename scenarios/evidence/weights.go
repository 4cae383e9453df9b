package evidence

import (
	"context"
	"fmt"
	"math"

	"splinternet/scenarios"
	"splinternet/scenarios/studies"
)

// weigh moves each parameter of the baseline alone.
func weigh(ctx context.Context, workers int) (*studies.Weights, error) {
	baseline, err := scenarios.Load("baseline", scenarios.Options{})
	if err != nil {
		return nil, err
	}
	side := studies.Side{Name: "baseline", Scenario: baseline, From: "baseline"}
	plan := studies.WeightsPlan{Side: side, Size: studies.Size{Seed: 1, Runs: studies.UsualSet, Workers: workers}}
	return studies.Weigh(ctx, plan, studies.Unwatched{})
}

// weights is the table of what each parameter moves alone.
func (r *Report) weights(p *page) {
	if r.Weights == nil {
		return
	}
	w := r.Weights
	p.line("")
	p.line("What each swept number moves alone, at the end of its plausible range at which it moves most: %d runs there with the seeds of %d runs of the", w.Size.Runs, w.Size.Runs)
	p.line("baseline, of the headline measures at the end of a run and of incidents, wrong attributions, escalations, bans, offices, votes, texts and deadlocks")
	p.line("over the run, that which stands out most of chance; a headline measure, where one does. *Noise* is the half-width of the interval of the mean")
	p.line("difference at the same seeds, so wide that of 100 numbers that move nothing 5 would seem to, in all their comparisons.")
	any, headline := w.Moving()
	p.line("%d of %d numbers move something by at least %g %% and beyond the noise, %d of them a headline measure.", any, len(w.List), 100*studies.LeastChange, headline)
	p.line("")
	p.header("parameter", "at", "measure", "change, %", "noise, %", "moves")
	for k := range w.List {
		x := &w.List[k]
		p.row("`"+x.Parameter+"`", x.Value, words(x.Measure), percent(x.Change), percent(x.Noise), yes(x.Moves()))
	}
}

func percent(share float64) string {
	if math.IsNaN(share) {
		return "-"
	}
	return fmt.Sprintf("%.2f", 100*share)
}
