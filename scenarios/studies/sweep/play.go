package sweep

import (
	"context"
	"strings"

	"splinternet/scenarios"
	"splinternet/scenarios/studies"
	"splinternet/sim/experiment"
)

// Work is what is left to play of a plan, or of a share of it, and what keeps the runs
// that are finished.
type Work interface {
	// Left is the number of runs that are left.
	Left() int
	// Run is the index in the plan of the k-th of those that were left at the beginning.
	// It rises with k.
	Run(k int) int
	// Append keeps a finished run. It is called from one goroutine, in the order of
	// runs. Its error ends the play.
	Append(r *Record) error
}

// Play plays what is left of a plan and keeps every run as soon as all before it are
// kept. A run that fails or panics is a record with an error; the others go on. The
// error is the context's when the play was interrupted, and else that of Append.
// The number of workers changes no result. The watcher is told of runs, not of ticks.
func Play(ctx context.Context, p *scenarios.Plan, work Work, workers int, watch studies.Watcher) error {
	watch.Begin(work.Left(), p.Scenario.Calendar)
	defer watch.End()
	_, err := experiment.Ordered(ctx, 0, work.Left(), workers, func() (experiment.Job[*Record], error) {
		w := &worker{plan: p, work: work, point: -1, encoder: newEncoder(p)}
		return w.run, nil
	}, func(k int, r *Record, failure *experiment.Failure) error {
		if failure != nil {
			r = &Record{Run: work.Run(k), Error: oneLine(failure.Err)}
		}
		if err := work.Append(r); err != nil {
			return err
		}
		watch.Finished(k + 1)
		return nil
	})
	return err
}

// worker is what a worker keeps from run to run. Runs of a point follow one another,
// so that it seldom changes the scenario.
type worker struct {
	plan       *scenarios.Plan
	work       Work
	encoder    *encoder
	player     studies.Player
	point      int
	scenario   *scenarios.Scenario // of the point
	impossible error               // why the point has none
}

func (w *worker) run(ctx context.Context, k int) (*Record, error) {
	run := w.work.Run(k)
	point, _, seed := w.plan.Of(run)
	if w.point != point {
		w.point = point
		w.scenario, w.impossible = w.plan.At(point)
	}
	if w.impossible != nil {
		return nil, w.impossible
	}
	calendar := w.scenario.Calendar
	result, err := w.player.Run(ctx, w.scenario, seed, w.encoder.recorded(calendar))
	if err != nil {
		return nil, err
	}
	return w.encoder.encode(run, result, calendar), nil
}

// oneLine is the text of an error in one line of a table.
func oneLine(err error) string {
	var lines []string
	for line := range strings.Lines(err.Error()) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	text := strings.Join(lines, "; ")
	const long = 1000
	if len(text) > long {
		text = text[:long] + "..."
	}
	return text
}
