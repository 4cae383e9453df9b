package sweep

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"splinternet/scenarios"
	"splinternet/scenarios/pairs"
)

// Pilot is how many runs some points of a plan needed until more would not change
// what comes out. The scenario of a sweep decides how many runs each point gets, so
// that a run remains a function of the plan and its index.
type Pilot struct {
	Asked int // points
	Runs  int // the most that one of them needed
}

// PilotWatcher is told how far a pilot is.
type PilotWatcher interface {
	pairs.Watch
	// Begins is called before a point is played, Ends after it with what was not
	// stable yet when the last run that is allowed was played; none where all was.
	Begins(p *pairs.Ensemble)
	Ends(wanting []string)
}

// ErrNoPilot says that none of the points that a pilot asks could be played.
var ErrNoPilot = errors.New("no point of the plan could be played to find out how many runs it needs")

// Stable plays five points from the first to the last of a plan until their runs are
// stable, see pairs.Steady. It plays at most so many runs of each. The error is
// ErrNoPilot or the context's.
func Stable(ctx context.Context, p *scenarios.Plan, most int, epsilon float64, workers int, watch PilotWatcher) (*Pilot, error) {
	const points = 5
	pilot := &Pilot{}
	var asked []int
	for k := range points {
		point := k * (p.Points() - 1) / (points - 1)
		if slices.Contains(asked, point) {
			continue
		}
		asked = append(asked, point)
		s, err := p.At(point)
		if err != nil {
			continue // an impossible point fails in the sweep, and is recorded there
		}
		e := &pairs.Ensemble{
			Sides: []pairs.Side{{Name: fmt.Sprintf("point %d", point), Scenario: s}}, Seed: p.Seed, Workers: workers,
		}
		steady := e.Watched(most, epsilon)[0]
		watch.Begins(e)
		if err := e.Play(ctx, watch, 0); err != nil {
			watch.Ends(nil)
			return nil, err
		}
		var wanting []string
		if len(e.Readings) == most {
			wanting = steady.Wanting()
		}
		watch.Ends(wanting)
		pilot.Runs = max(pilot.Runs, len(e.Readings))
	}
	if pilot.Asked = len(asked); pilot.Runs == 0 {
		return nil, ErrNoPilot
	}
	return pilot, nil
}
