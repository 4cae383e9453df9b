package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"splinternet/models"
	"splinternet/output"
	"splinternet/output/factors"
	"splinternet/output/frame"
	"splinternet/output/sweep"
	"splinternet/scenarios"
	"splinternet/sim"
	"splinternet/sim/experiment"
)

// sweeping is a sweep, or a shard of it, that is being played.
type sweeping struct {
	c             *console
	o             sweepOptions
	plan          *scenarios.Plan
	layout        *sweep.Layout
	dir           string
	shard, shards int
	work          *sweep.Work
	progress      *sweepProgress
	began         time.Time
	before        func(run int) // for tests: called before each run
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

// claim prepares the folder: the plan is written, and nothing of another sweep is left.
func (s *sweeping) claim() error {
	there, err := s.found()
	if err != nil {
		return err
	}
	begun := sweep.Begun(s.dir)
	switch {
	case !there:
	case s.o.force && s.shards == 1:
		if err := clearSweep(s.dir); err != nil {
			return failed(err)
		}
		if err := forget(s.c, s.dir); err != nil {
			return err
		}
	case begun && !s.o.resume && s.shards == 1:
		return misuse(fmt.Errorf("%s holds runs of this sweep already", s.dir),
			"--resume goes on with it, --force begins anew, --out DIR writes elsewhere")
	default:
		return nil
	}
	return writePlan(s.plan, s.dir)
}

// found tells whether the folder holds this plan, and refuses one that holds anything
// else.
func (s *sweeping) found() (bool, error) {
	entries, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return false, nil
	}
	if err != nil {
		return false, failed(fmt.Errorf("cannot use the folder of the sweep: %w", err), "--out DIR writes elsewhere")
	}
	if _, err := os.Stat(filepath.Join(s.dir, scenarios.PlanFile)); errors.Is(err, fs.ErrNotExist) {
		return false, misuse(fmt.Errorf("%s is not empty and holds no sweep", s.dir), "--out DIR writes elsewhere")
	}
	other, _, err := scenarios.ReadPlan(s.dir)
	if err == nil && other.Hash() == s.layout.Plan {
		return true, nil
	}
	if s.o.force && s.shards == 1 {
		return true, nil
	}
	if err != nil {
		return false, misuse(fmt.Errorf("%s holds a plan that cannot be read:\n%w", s.dir, err), "--force begins anew, --out DIR writes elsewhere")
	}
	return false, misuse(fmt.Errorf("%s holds another sweep: its plan is %.12s, and this one is %.12s", s.dir, other.Hash(), s.layout.Plan),
		"--out DIR writes elsewhere, --force replaces what is there")
}

// clearSweep removes the results of a sweep.
func clearSweep(dir string) error {
	if err := sweep.Remove(dir); err != nil {
		return err
	}
	names := []string{output.ManifestName}
	for _, table := range []string{sweep.Runs, sweep.Ticks} {
		for _, format := range frame.Formats {
			names = append(names, table+"."+format)
		}
	}
	for _, name := range names {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// forget removes what was made of runs that are no longer those of the folder: tables of
// sensitivity and discover, and figures.
func forget(c *console, dir string) error {
	tables, err := factors.Remove(dir)
	if err != nil {
		return failed(err)
	}
	if tables != nil {
		c.say("removed what was made of the earlier runs: %s", strings.Join(tables, ", "))
	}
	return forgetFigures(c, dir)
}

// writePlan writes the plan into its folder.
func writePlan(p *scenarios.Plan, dir string) error {
	elsewhere := "--out DIR writes elsewhere"
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return failed(fmt.Errorf("cannot make the folder of the sweep: %w", err), elsewhere)
	}
	err := output.Place(filepath.Join(dir, scenarios.PointsFile), p.WritePoints)
	if err == nil {
		err = output.Place(filepath.Join(dir, scenarios.PlanFile), func(w io.Writer) error { return p.WritePlan(w, dir) })
	}
	if err != nil {
		return failed(err, elsewhere)
	}
	return nil
}

// play plays what is left, and makes the tables when all is there.
func (s *sweeping) play(ctx context.Context) (err error) {
	s.began = time.Now()
	if s.work, err = sweep.Begin(s.dir, s.layout, s.shard, s.shards); err != nil {
		var other *sweep.OtherError
		if errors.As(err, &other) {
			return misuse(err, "--force begins anew, --out DIR writes elsewhere")
		}
		return failed(err)
	}
	if s.work.Dropped > 0 {
		s.c.say("the journal was cut off: %d bytes at its end were dropped, and their runs are played again", s.work.Dropped)
	}
	if s.work.Done.Finished > 0 {
		s.c.say("%d of %d runs are done already", s.work.Done.Finished, s.work.Done.Finished+s.work.Left())
	}
	s.progress = newSweepProgress(s.c, s.work)
	s.progress.Begin(s.work.Left(), sim.Calendar{})
	_, playing := experiment.Ordered(ctx, 0, s.work.Left(), s.o.workers, s.worker, s.deliver)
	closing := s.work.Journal.Close()
	s.progress.End()
	switch {
	case errors.Is(playing, context.Canceled):
		if closing != nil {
			return s.unwritten(closing)
		}
		return s.interrupted()
	case playing != nil:
		return s.unwritten(playing)
	case closing != nil:
		return s.unwritten(closing)
	}
	if s.shards > 1 {
		s.c.say("shard %d of %d is complete; when all are, splinternet merge %s makes the tables", s.shard, s.shards, output.Quote(s.dir))
		return nil
	}
	return assemble(s.c, s.o.reporting(), s.plan, s.layout, s.dir, time.Since(s.began))
}

// deliver takes in the next run.
func (s *sweeping) deliver(k int, r *sweep.Record, failure *experiment.Failure) error {
	run := s.work.Run(k)
	if failure != nil {
		r = &sweep.Record{Run: run, Error: oneLine(failure.Err)}
	}
	if err := s.work.Journal.Append(r); err != nil {
		return err
	}
	point, _, _ := s.plan.Of(run)
	s.progress.add(r, point)
	return nil
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

// usualStride is the years between two readings of a costly measure that --keep asks
// for, where the scenario reads none.
const usualStride = 2

// worker makes the job of one worker. Runs of a point follow one another, so that it
// seldom changes the scenario.
func (s *sweeping) worker() (experiment.Job[*sweep.Record], error) {
	stride := s.plan.Scenario.StrideYears
	if stride == 0 {
		stride = usualStride
	}
	w := &sweeper{
		sweeping: s, point: -1,
		encoder: sweep.NewEncoder(s.plan.Measures, s.plan.Window, s.plan.Ticks, stride),
	}
	return w.run, nil
}

// sweeper is what a worker keeps from run to run.
type sweeper struct {
	*sweeping
	simulation *models.Simulation
	encoder    *sweep.Encoder
	point      int
	scenario   *scenarios.Scenario // of the point
	impossible error               // why the point has none
}

func (w *sweeper) run(ctx context.Context, k int) (*sweep.Record, error) {
	run := w.work.Run(k)
	point, _, seed := w.plan.Of(run)
	simulation := w.simulation
	// Whatever happens in a run that panics, the next begins with a new simulation.
	w.simulation = nil
	if w.before != nil {
		w.before(run)
	}
	if simulation == nil || w.point != point {
		if err := w.move(simulation, point); err != nil {
			return nil, err
		}
		simulation = w.simulation
		w.simulation = nil
	}
	result, err := simulation.Run(ctx, seed, w.encoder.Recording(w.scenario.Calendar))
	if err != nil {
		return nil, err
	}
	w.simulation = simulation
	return w.encoder.Encode(run, result, w.scenario.Calendar), nil
}

// move makes the simulation one of another point.
func (w *sweeper) move(simulation *models.Simulation, point int) error {
	if w.point != point {
		w.point = point
		w.scenario, w.impossible = w.plan.At(point)
	}
	if w.impossible != nil {
		w.simulation = simulation
		return w.impossible
	}
	if simulation == nil {
		simulation = new(models.Simulation)
	}
	if err := simulation.Adopt(w.scenario.World, w.scenario.Settings); err != nil {
		w.impossible = err
		return err
	}
	w.simulation = simulation
	return nil
}

// interrupted says what is safe and how to go on.
func (s *sweeping) interrupted() error {
	done := s.work.Done.Finished + s.progress.tally.Finished
	return &failure{
		err:    fmt.Errorf("interrupted: %d of %d runs are safe in %s", done, s.work.Done.Finished+s.work.Left(), s.dir),
		hints:  []string{"to go on: " + s.resumeCommand()},
		status: exitResumable,
	}
}

// unwritten says what is left when the journal could not be written.
func (s *sweeping) unwritten(err error) error {
	safe := s.work.Journal.Safe()
	return failed(err, fmt.Sprintf("the %d runs that were written before are whole; when there is room again: %s", safe, s.resumeCommand()),
		fmt.Sprintf("splinternet merge %s --partial makes tables of what is there", output.Quote(s.dir)))
}

// reporting is how the end of a sweep is told.
type reporting struct {
	format      string
	partial     bool
	json, quiet bool
	workers     int
}

func (o *sweepOptions) reporting() reporting {
	return reporting{format: o.format, json: o.json, quiet: o.quiet, workers: o.workers}
}

// assemble makes the tables of a sweep and tells what they say.
func assemble(c *console, r reporting, p *scenarios.Plan, l *sweep.Layout, dir string, took time.Duration) error {
	const many = 100_000 // which take a while
	if l.Size >= many {
		c.say("making the tables of %d runs", l.Size)
	}
	earlier, noEarlier := sweep.Open(dir)
	tally, files, err := sweep.Assemble(dir, r.format, l, r.partial)
	if err != nil {
		return failed(err, fmt.Sprintf("the journals are whole: splinternet merge %s makes the tables", output.Quote(dir)))
	}
	m := manifestOf(p, l)
	m.Take(tally)
	for k := range m.Failures {
		m.Failures[k].Command = fmt.Sprintf("splinternet sweep --plan %s --only %d", output.Quote(dir), m.Failures[k].Run)
	}
	host, _ := os.Hostname() // only for people
	m.Performance = sweep.Performance{Host: host, Seconds: took.Seconds(), Workers: r.workers}
	if err := sweep.WriteManifest(dir, m, files); err != nil {
		return failed(err, fmt.Sprintf("the journals are whole: splinternet merge %s makes the tables", output.Quote(dir)))
	}
	if noEarlier == nil && (earlier.Plan != m.Plan || earlier.Finished != m.Finished) {
		if err := forget(c, dir); err != nil {
			return err
		}
	}
	return showSweep(c, r.json, m, dir)
}

func showSweep(c *console, asJSON bool, m *sweep.Manifest, dir string) error {
	if asJSON {
		return m.WriteJSON(c.out, dir)
	}
	return m.WriteScreen(c.out, dir, output.Look{Width: columns(c.out), Bold: canBold(c.out)})
}

// manifestOf begins the manifest of a plan.
func manifestOf(p *scenarios.Plan, l *sweep.Layout) *sweep.Manifest {
	s, d := p.Scenario, p.Design
	m := &sweep.Manifest{
		ResultsVersion: models.ResultsVersion, Program: output.ProgramVersion(), Platform: output.ThisPlatform(),
		Scenario: output.Scenario{Name: s.Name, Title: s.Title, Hash: s.Hash, Text: s.Core},
		Plan:     l.Plan, Seed: p.Seed, Points: p.Points(), RunsPerPoint: p.Runs, Runs: p.Size(),
		Design: sweep.Design{
			Name: d.Name, Points: d.Points, Trajectories: d.Trajectories, Base: d.Base, Levels: d.Levels,
			Candidates: d.Candidates, Seed: d.Seed,
		},
		Calendar: output.NewCalendar(s.Calendar), WindowYears: p.Window, Measures: p.Measures,
	}
	for k := range p.Factors {
		f := &p.Factors[k]
		m.Factors = append(m.Factors, sweep.Factor{
			Name: f.Name, Addresses: f.Addresses, Vary: f.String(), Scale: string(f.Scale),
			Low: f.Low, High: f.High, Levels: f.Levels, Group: f.Group, Range: f.Range(),
		})
	}
	return m
}
