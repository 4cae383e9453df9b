package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"splinternet/output"
	"splinternet/output/study"
	folder "splinternet/output/sweep"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
)

// repeat plays one run of a plan with full detail, into a folder of its own.
func repeat(ctx context.Context, c *console, o sweepOptions, p *scenarios.Plan) error {
	if o.only >= p.Size() {
		return misuse(fmt.Errorf("--only %d: the plan has runs 0 to %d", o.only, p.Size()-1))
	}
	point, replicate, seed := p.Of(o.only)
	s, err := p.At(point)
	if err != nil {
		return failed(fmt.Errorf("point %d is impossible:\n%w", point, err), fmt.Sprintf("it is line %d of %s", point+2, scenarios.PointsFile))
	}
	dir := o.out
	if dir == "" {
		dir = filepath.Join(filepath.Dir(o.planFile()), fmt.Sprintf("run-%d", o.only))
	}
	plan := studies.EnsemblePlan{Scenario: s, Size: studies.Size{Seed: seed, Runs: 1, Workers: 1}}
	recording, err := study.Record(plan, p.Scenario.Name, s.Core, output.Detail{All: true}, dir, o.force)
	if err != nil {
		return refusal(err)
	}
	c.say("run %d is replicate %d of point %d: %s", o.only, replicate, point, strings.Join(p.Assignments(point), " "))
	found, playing := recording.Play(ctx, newProgress(c))
	return closeRun(c, recording, found, playing, o.json, "the same command repeats it")
}

// emitPlan writes the plan, and prints what a scheduler takes.
func emitPlan(c *console, o sweepOptions, p *scenarios.Plan, dir string) error {
	there, err := folder.Found(dir, p, o.force)
	if err == nil && (!there || o.force) {
		err = folder.WritePlan(dir, p)
	}
	if err != nil {
		return unclaimed(err)
	}
	if o.emit != "" {
		return emitScript(c.out, o.emit, p, dir)
	}
	c.say("%s", planLine(p))
	fmt.Fprintln(c.out, filepath.Join(dir, scenarios.PlanFile))
	return nil
}

func planLine(p *scenarios.Plan) string {
	return fmt.Sprintf("%s of %s each, %s in all; edit the plan if you like, and run it with splinternet sweep --plan",
		output.Count(p.Points(), "point"), output.Count(p.Runs, "run"), output.Count(p.Size(), "run"))
}
