package sweep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/pprof"
	"strings"
	"time"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/figures"
	"splinternet/cmd/splinternet/internal/play"
	"splinternet/output"
	"splinternet/output/findings"
	"splinternet/output/frame"
	folder "splinternet/output/sweep"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
	"splinternet/scenarios/studies/sweep"
)

// run plays a scenario at many points.
func (o *options) run(ctx context.Context, c *console.Console) error {
	if err := o.check(); err != nil {
		return err
	}
	if err := o.stable.Check(o.changed); err != nil {
		return err
	}
	stop, err := profile(o.cpuprofile)
	if err != nil {
		return console.Failed(err)
	}
	defer stop()
	p, err := o.planOf(c)
	if err != nil {
		return err
	}
	play.WarnIdle(c, p.Scenario, p.Factors)
	if o.stable.On {
		if err := o.pilot(ctx, c, p); err != nil {
			return err
		}
	}
	if o.only >= 0 {
		return o.repeat(ctx, c, p)
	}
	dir := o.folder(p)
	if o.emit != "" || o.planOnly {
		return o.emitPlan(c, p, dir)
	}
	s := &sweeping{c: c, o: o, plan: p, dir: dir}
	if s.shard, s.shards, err = o.share(p); err != nil {
		return err
	}
	if err := s.claim(); err != nil {
		return err
	}
	if err := s.play(ctx); err != nil || !o.plot {
		return err
	}
	if s.shards > 1 {
		c.Say("no figures yet: splinternet merge %s makes the tables, and splinternet plot draws them", output.Quote(dir))
		return nil
	}
	return figures.Folder(ctx, c, dir)
}

// profile writes a CPU profile until stop is called.
func profile(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		f.Close()
		return nil, err
	}
	return func() { pprof.StopCPUProfile(); f.Close() }, nil
}

// pilot finds out how many runs each point of the plan gets.
func (o *options) pilot(ctx context.Context, c *console.Console, p *scenarios.Plan) error {
	found, err := studies.Pilot(ctx, p, o.stable.Of(studies.Size{Workers: o.workers}), console.NewProgress(c))
	switch {
	case errors.Is(err, studies.ErrNoPoint):
		return console.Failed(err)
	case err != nil:
		return play.Interrupted(err, 0, 0, "run")
	}
	o.stable.Tell(c, found.Unstable)
	p.Runs = found.Runs
	c.Say("%d runs of each point are stable at %d points of the plan", found.Runs, found.Points)
	return nil
}

// sweeping is a sweep, or a shard of it, that is being played.
type sweeping struct {
	c             *console.Console
	o             *options
	plan          *scenarios.Plan
	dir           string
	shard, shards int
	work          *folder.Work
	began         time.Time
}

// resumeCommand goes on with the sweep.
func (s *sweeping) resumeCommand() string {
	command := "splinternet sweep --plan " + output.Quote(s.dir)
	if s.shards > 1 {
		return command + fmt.Sprintf(" --shards %d --shard %d", s.shards, s.shard)
	}
	if s.o.format != frame.Parquet {
		command += " --format " + s.o.format
	}
	return command + " --resume"
}

// claim prepares the folder.
func (s *sweeping) claim() error {
	cleared, err := folder.Claim{Replace: s.o.force, Resume: s.o.resume, Shards: s.shards}.Take(s.dir, s.plan)
	if err != nil {
		return unclaimed(err)
	}
	if cleared {
		return forget(s.c, s.dir)
	}
	return nil
}

// unclaimed says what to do about a folder that does not take a sweep.
func unclaimed(err error) error {
	const elsewhere = "--out DIR writes elsewhere"
	var taken *folder.TakenError
	if !errors.As(err, &taken) {
		return console.Failed(err, elsewhere)
	}
	return console.Misuse(err, map[folder.Refusal]string{
		folder.Begun:      "--resume goes on with it, --force begins anew, " + elsewhere,
		folder.Foreign:    elsewhere,
		folder.Unreadable: "--force begins anew, " + elsewhere,
		folder.Other:      elsewhere + ", --force replaces what is there",
	}[taken.Why])
}

// forget removes what was made of runs that are no longer those of the folder: tables of
// sensitivity and discover, and figures.
func forget(c *console.Console, dir string) error {
	tables, err := findings.Remove(dir)
	if err != nil {
		return console.Failed(err)
	}
	if tables != nil {
		c.Say("removed what was made of the earlier runs: %s", strings.Join(tables, ", "))
	}
	return figures.Forget(c, dir)
}

// play plays what is left, and makes the tables when all is there.
func (s *sweeping) play(ctx context.Context) (err error) {
	s.began = time.Now()
	if s.work, err = folder.Begin(s.dir, folder.LayoutOf(s.plan), s.shard, s.shards); err != nil {
		var other *folder.OtherError
		if errors.As(err, &other) {
			return console.Misuse(err, "--force begins anew, --out DIR writes elsewhere")
		}
		return console.Failed(err)
	}
	if s.work.Dropped > 0 {
		s.c.Say("the journal was cut off: %d bytes at its end were dropped, and their runs are played again", s.work.Dropped)
	}
	if s.work.Done > 0 {
		s.c.Say("%d of %d runs are done already", s.work.Done, s.work.Done+s.work.Left())
	}
	progress := console.NewProgress(s.c)
	progress.Describe = func(passed time.Duration) string { return line(s.work, passed) }
	playing := sweep.Play(ctx, s.plan, s.work, s.o.workers, progress)
	closing := s.work.Close()
	switch {
	case closing != nil:
		return s.unwritten(closing)
	case errors.Is(playing, context.Canceled):
		return s.interrupted()
	case playing != nil:
		return s.unwritten(playing)
	}
	if s.shards > 1 {
		s.c.Say("shard %d of %d is complete; when all are, splinternet merge %s makes the tables", s.shard, s.shards, output.Quote(s.dir))
		return nil
	}
	return assemble(s.c, mergeOptions{dir: s.dir, format: s.o.format, json: s.o.json}, s.plan, s.o.workers, s.began)
}

// interrupted says what is safe and how to go on.
func (s *sweeping) interrupted() error {
	return &console.Failure{
		Err:    fmt.Errorf("interrupted: %d of %d runs are safe in %s", s.work.Tally().Finished, s.work.Done+s.work.Left(), s.dir),
		Hints:  []string{"to go on: " + s.resumeCommand()},
		Status: console.Resumable,
	}
}

// unwritten says what is left when the journal could not be written.
func (s *sweeping) unwritten(err error) error {
	return console.Failed(err, fmt.Sprintf("the %d runs that were written before are whole; when there is room again: %s", s.work.Safe(), s.resumeCommand()),
		fmt.Sprintf("splinternet merge %s --partial makes tables of what is there", output.Quote(s.dir)))
}
