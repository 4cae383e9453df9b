package sweep

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/run"
	"splinternet/output"
	"splinternet/output/study"
	folder "splinternet/output/sweep"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
)

// repeat plays one run of a plan with full detail, into a folder of its own.
func (o *options) repeat(ctx context.Context, c *console.Console, p *scenarios.Plan) error {
	if o.only >= p.Size() {
		return console.Misuse(fmt.Errorf("--only %d: the plan has runs 0 to %d", o.only, p.Size()-1))
	}
	point, replicate, seed := p.Of(o.only)
	s, err := p.At(point)
	if err != nil {
		return console.Failed(fmt.Errorf("point %d is impossible:\n%w", point, err), fmt.Sprintf("it is line %d of %s", point+2, scenarios.PointsFile))
	}
	dir := o.out
	if dir == "" {
		dir = filepath.Join(filepath.Dir(o.planFile()), fmt.Sprintf("run-%d", o.only))
	}
	plan := studies.EnsemblePlan{Scenario: s, Size: studies.Size{Seed: seed, Runs: 1, Workers: 1}}
	recording, err := study.Record{Plan: plan, Name: p.Scenario.Name, Text: s.Core, Detail: output.Detail{All: true}}.Into(dir, o.force)
	if err != nil {
		return console.Refused(err)
	}
	c.Say("run %d is replicate %d of point %d: %s", o.only, replicate, point, strings.Join(p.Assignments(point), " "))
	found, playing := recording.Play(ctx, console.NewProgress(c))
	return run.Close(c, recording, found, playing, o.json, "the same command repeats it")
}

// emitPlan writes the plan, and prints what a scheduler takes.
func (o *options) emitPlan(c *console.Console, p *scenarios.Plan, dir string) error {
	there, err := folder.Found(dir, p, o.force)
	if err == nil && (!there || o.force) {
		err = folder.WritePlan(dir, p)
	}
	if err != nil {
		return unclaimed(err)
	}
	if o.emit != "" {
		if p.Shards < folder.LeastShards {
			return console.Misuse(fmt.Errorf("--emit %s: into how many shards?", o.emit), "--shards N splits the work into N tasks")
		}
		return folder.WriteJob(c.Out, o.emit, p, dir)
	}
	c.Say("%s", planLine(p))
	fmt.Fprintln(c.Out, filepath.Join(dir, scenarios.PlanFile))
	return nil
}

func planLine(p *scenarios.Plan) string {
	return fmt.Sprintf("%s of %s each, %s in all; edit the plan if you like, and run it with splinternet sweep --plan",
		output.Count(p.Points(), "point"), output.Count(p.Runs, "run"), output.Count(p.Size(), "run"))
}
