package main

import (
	"context"

	"splinternet/scenarios/pairs"
)

// paired is an ensemble of sides, with the commands that play them again.
type paired struct {
	pairs.Ensemble
	sides []side
}

func pair(sides []side, seed uint64, runs, workers int) *paired {
	p := &paired{Ensemble: pairs.Ensemble{Seed: seed, Runs: runs, Workers: workers}, sides: sides}
	for _, s := range sides {
		p.Sides = append(p.Sides, s.Side)
	}
	return p
}

// play plays the replicates and tells how far it is. When it is interrupted the
// replicates that are whole are there, and the error is the context's.
func (p *paired) play(ctx context.Context, c *console) error {
	progress := newProgress(c, p.Runs*len(p.sides), p.sides[0].Scenario.Calendar)
	progress.begin()
	defer progress.end()
	return p.Play(ctx, progress, 0)
}
