package main

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"splinternet/output"
	folder "splinternet/output/sweep"
	"splinternet/scenarios"
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
	simulation, err := s.Simulation()
	if err != nil {
		return failed(err)
	}
	m := output.NewManifest(s.Calendar, simulation.Parameters(), s.Settings.Off)
	m.Scenario = output.Scenario{Name: p.Scenario.Name, Title: s.Title, Hash: s.Hash, Text: s.Core}
	m.Seed, m.Runs, m.Detail, m.Measures = seed, 1, output.Detail{All: true}, output.Keep(s.Measures)
	if s.StrideYears > 0 {
		m.Stride = s.Calendar.Span(s.StrideYears)
	}
	dir := o.out
	if dir == "" {
		dir = filepath.Join(filepath.Dir(o.planFile()), fmt.Sprintf("run-%d", o.only))
	}
	folder, err := output.Create(dir, m, o.force)
	if err != nil {
		return refusal(err)
	}
	c.say("run %d is replicate %d of point %d: %s", o.only, replicate, point, strings.Join(p.Assignments(point), " "))
	e := &ensemble{
		scenario: s, manifest: m, folder: folder, summary: output.NewSummary(m, s.Calendar, dir),
		progress: newProgress(c, 1, s.Calendar), workers: 1, again: "the same command repeats it",
	}
	return e.conclude(c, runOptions{json: o.json}, e.play(ctx))
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
