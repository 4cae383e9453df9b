package studies

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"splinternet/scenarios"
)

// pilotPoints is the number of points of a plan at which Pilot plays.
const pilotPoints = 5

// Piloted is the finding of Pilot.
type Piloted struct {
	Runs     int        // of each point: enough at every one of the points that were asked
	Points   int        // that were asked
	Unstable []Quantity // what was not stable at some point when the most runs were played
}

// ErrNoPoint says that none of the points that Pilot asks can be played.
var ErrNoPoint = errors.New("no point of the plan could be played to find out how many runs it needs")

// Pilot finds the number of runs that are enough at every one of some points of a plan:
// the scenario of a sweep decides how many runs each point gets, so that a run remains
// a function of the plan and its index. The seed is the plan's.
func Pilot(ctx context.Context, plan *scenarios.Plan, size Size, watch Watcher) (*Piloted, error) {
	if err := size.Check(Least); err != nil {
		return nil, err
	}
	size.Seed = plan.Seed
	found := new(Piloted)
	var asked []int
	for k := range pilotPoints {
		point := k * (plan.Points() - 1) / (pilotPoints - 1)
		if slices.Contains(asked, point) {
			continue
		}
		asked = append(asked, point)
		s, err := plan.At(point)
		if err != nil {
			continue // an impossible point fails in the sweep, and is recorded there
		}
		p := &Paired{Sides: []Side{{Name: fmt.Sprintf("point %d", point), Scenario: s}}, Size: size}
		if err := p.Play(ctx, watch); err != nil {
			return nil, err
		}
		for _, q := range p.Unstable {
			if !slices.Contains(found.Unstable, q) {
				found.Unstable = append(found.Unstable, q)
			}
		}
		found.Runs = max(found.Runs, len(p.Readings))
	}
	if found.Runs == 0 {
		return nil, ErrNoPoint
	}
	found.Points = len(asked)
	return found, nil
}
