package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"

	"splinternet/models/measures"
	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/output/study"
	"splinternet/output/sweep"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
)

// sweepOptions are the flags of sweep.
type sweepOptions struct {
	scenario     string
	plan         string // folder or file of a plan that is written already
	vary         []string
	list         string // CSV file of points
	design       string
	points       int
	trajectories int
	base         int
	levels       int
	candidates   int
	runs         int
	seed         uint64
	window       float64
	keep         []string
	ticks        bool
	set, without []string

	out, format   string
	planOnly      bool
	emit          string
	shards, shard int
	resume, force bool
	only          int
	workers       int
	json, quiet   bool
	plot          bool // draw the figures, too
	cpuprofile    string
	stable        untilStable
	changed       func(flag string) bool
	environment   func(key string) string
}

// defaultRuns is the number of runs of a point where nobody says more.
const defaultRuns = 1

// ofPlan are the flags that say what a plan says.
var ofPlan = []string{
	"vary", "list", "design", "points", "trajectories", "base", "levels", "candidates", "runs", "seed", "window", "keep", "set", "without",
	"until-stable",
}

// runSweep plays a scenario at many points.
func runSweep(ctx context.Context, c *console, o sweepOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	if err := o.stable.check(o.changed); err != nil {
		return err
	}
	stop, err := profile(o.cpuprofile)
	if err != nil {
		return failed(err)
	}
	defer stop()
	p, err := o.planOf(c)
	if err != nil {
		return err
	}
	warnIdle(c, p.Scenario, p.Factors)
	if o.stable.on {
		if p.Runs, err = o.stable.pilot(ctx, c, p, o.workers); err != nil {
			return err
		}
	}
	if o.only >= 0 {
		return repeat(ctx, c, o, p)
	}
	dir := o.folder(p)
	if o.emit != "" || o.planOnly {
		return emitPlan(c, o, p, dir)
	}
	s := &sweeping{c: c, o: o, plan: p, dir: dir}
	if s.shard, s.shards, err = o.share(p); err != nil {
		return err
	}
	s.layout = layoutOf(p)
	if err := s.claim(); err != nil {
		return err
	}
	if err := s.play(ctx); err != nil || !o.plot {
		return err
	}
	if s.shards > 1 {
		c.say("no figures yet: splinternet merge %s makes the tables, and splinternet plot draws them", output.Quote(dir))
		return nil
	}
	return plotFolder(ctx, c, dir)
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

// check refuses options that make no sense.
func (o *sweepOptions) check() error {
	for _, n := range []struct {
		flag  string
		value int
		least int
	}{
		{"points", o.points, 1},
		{"trajectories", o.trajectories, 1},
		{"base", o.base, 1},
		{"levels", o.levels, 1},
		{"candidates", o.candidates, 1},
		{"runs", o.runs, 1},
		{"workers", o.workers, 1},
		{"shards", o.shards, 1},
		{"shard", o.shard, 0},
		{"only", o.only, 0},
	} {
		if o.changed(n.flag) && n.value < n.least {
			return misuse(fmt.Errorf("--%s %d: at least %d", n.flag, n.value, n.least))
		}
	}
	if !(o.window >= 0) { // nor NaN
		return misuse(fmt.Errorf("--window %g: a number of years, or 0 for the last tick alone", o.window))
	}
	if !slices.Contains(frame.Formats, o.format) {
		return misuse(fmt.Errorf("--format %q: allowed: parquet, csv", o.format), didYouMean(o.format, frame.Formats))
	}
	if o.emit != "" && !slices.Contains(emitters, o.emit) {
		return misuse(fmt.Errorf("--emit %q: allowed: %s", o.emit, strings.Join(emitters, ", ")), didYouMean(o.emit, emitters))
	}
	if o.design != "" && !slices.Contains(scenarios.Designs(), o.design) {
		return misuse(fmt.Errorf("--design %q: allowed: %s", o.design, strings.Join(scenarios.Designs(), ", ")), didYouMean(o.design, scenarios.Designs()))
	}
	if o.seed > scenarios.MaxSeed {
		return misuse(fmt.Errorf("--seed %d: at most %d in a sweep, so that it survives a spreadsheet", o.seed, uint64(scenarios.MaxSeed)))
	}
	if o.shards > scenarios.MaxShards {
		return misuse(fmt.Errorf("--shards %d: at most %d", o.shards, scenarios.MaxShards))
	}
	return nil
}

// planOf reads the plan, or makes it.
func (o *sweepOptions) planOf(c *console) (*scenarios.Plan, error) {
	if o.plan == "" {
		if o.only >= 0 {
			return nil, misuse(errors.New("--only repeats a run of a plan: which plan?"), "splinternet sweep --plan DIR --only INDEX")
		}
		return o.makePlan(c)
	}
	if o.scenario != "" {
		return nil, misuse(fmt.Errorf("--plan brings its own scenario, and %q is another", o.scenario), "leave one of the two out")
	}
	for _, flag := range ofPlan {
		if o.changed(flag) {
			return nil, misuse(fmt.Errorf("--%s is a matter of the plan", flag), fmt.Sprintf("edit %s, or leave --plan out", o.planFile()))
		}
	}
	if o.changed("ticks") && o.only < 0 {
		return nil, misuse(errors.New("--ticks is a matter of the plan"), fmt.Sprintf("write ticks = true in %s, or leave --plan out", o.planFile()))
	}
	p, notes, err := scenarios.ReadPlan(o.plan)
	if err != nil {
		hint := ""
		if _, missing := os.Stat(o.planFile()); missing != nil {
			hint = "--plan takes the folder of a sweep: splinternet sweep SCENARIO --vary ... --plan-only --out DIR writes a plan"
		}
		return nil, misuse(err, hint)
	}
	for _, note := range notes {
		c.say("%s: %s", o.planFile(), note)
	}
	if o.changed("shards") {
		p.Shards = o.shards
	}
	return p, nil
}

// planFile is the file of the plan that --plan names.
func (o *sweepOptions) planFile() string {
	if info, err := os.Stat(o.plan); err == nil && info.IsDir() {
		return filepath.Join(o.plan, scenarios.PlanFile)
	}
	return o.plan
}

// makePlan makes a plan of a scenario and flags.
func (o *sweepOptions) makePlan(c *console) (*scenarios.Plan, error) {
	if o.scenario == "" {
		o.scenario = "baseline"
	}
	s, err := load(c, o.scenario, scenarios.Options{Set: o.set, Without: o.without})
	if err != nil {
		return nil, misuse(err)
	}
	if o.scenario == "-" {
		s.Name = "stdin"
	}
	sw := scenarios.Sweep{}
	if s.Sweep != nil {
		sw = *s.Sweep
	}
	sw = sw.Over(scenarios.Sweep{
		Vary: scenarios.VaryFlags(o.vary), Design: o.design, Points: o.points, Trajectories: o.trajectories,
		Base: o.base, Levels: o.levels, Candidates: o.candidates, Runs: o.runs,
	})
	p := &scenarios.Plan{
		Scenario: s, Seed: o.seed, Runs: max(defaultRuns, sw.Runs), Window: o.window, Ticks: o.ticks, Shards: o.shards,
	}
	if p.Measures, err = keptMeasures(o.keep); err != nil {
		return nil, err
	}
	if o.list != "" || o.design == scenarios.List {
		return p, o.takeList(p)
	}
	if len(sw.Vary) == 0 {
		if o.resume {
			return nil, misuse(errors.New("--resume goes on with a sweep: which one?"), "splinternet sweep --plan DIR --resume, with the folder of the sweep")
		}
		return nil, misuse(errors.New("there is nothing to vary"),
			"--vary influence.bound=0.2:0.8 varies a parameter, --vary all all of them over their plausible ranges",
			"or give the scenario a table [sweep] with vary")
	}
	if p.Factors, err = s.Factors(sw.Vary); err != nil {
		return nil, misuse(err)
	}
	if err := o.fixed(p.Factors); err != nil {
		return nil, err
	}
	if p.Design, err = sw.Settle(p.Factors, o.seed); err != nil {
		if key, _, _ := strings.Cut(err.Error(), ":"); o.changed(key) {
			err = fmt.Errorf("--%w", err)
		}
		return nil, misuse(err)
	}
	if err := p.Lay(); err != nil {
		return nil, misuse(err)
	}
	return p, nil
}

// warnIdle warns of parameters that vary while the mechanism that they belong to is off.
func warnIdle(c *console, s *scenarios.Scenario, factors []scenarios.Factor) {
	for _, idle := range s.Idle(factors) {
		const few = 3
		names, verb := idle.Addresses, "vary"
		if n := len(names); n == 1 {
			verb = "varies"
		} else if n > few {
			names = append(names[:few-1:few-1], fmt.Sprintf("%d others", n-few+1))
		}
		c.warn("%s %s, but mechanism %s is switched off at every point; switch it on, or leave this out of what varies",
			world.Listed(names), verb, idle.Mechanism)
	}
}

// fixed refuses what is set at all points and varied, too: the points would win, unsaid.
func (o *sweepOptions) fixed(factors []scenarios.Factor) error {
	flags := map[string]string{}
	for _, set := range o.set {
		key, _, _ := strings.Cut(set, "=")
		flags[strings.TrimSpace(key)] = "--set"
	}
	for _, name := range o.without {
		flags["mechanisms."+name] = "--without"
	}
	for _, f := range factors {
		for _, address := range f.Addresses {
			if flag := flags[address]; flag != "" {
				return misuse(fmt.Errorf("%s is varied, and %s sets it at all points", address, flag),
					"leave "+flag+" out, or take it out of what varies with --vary '-"+address+"' at the end")
			}
		}
	}
	return nil
}

// takeList takes the points from a file.
func (o *sweepOptions) takeList(p *scenarios.Plan) (err error) {
	switch {
	case o.list == "":
		return misuse(errors.New("--design list needs a file of points"), "--list FILE, a CSV file whose first line names what is varied")
	case o.design != "" && o.design != scenarios.List:
		return misuse(fmt.Errorf("--list brings its own points, and --design %s would choose others", o.design), "leave one of the two out")
	case len(o.vary) > 0:
		return misuse(errors.New("--list says what is varied, and so does --vary"), "leave one of the two out")
	}
	for _, flag := range []string{"points", "trajectories", "base", "levels", "candidates"} {
		if o.changed(flag) {
			return misuse(fmt.Errorf("--%s: the file of --list sets the number of points", flag))
		}
	}
	if p.Factors, err = p.Scenario.Listing(o.list); err != nil {
		return misuse(err)
	}
	if err := p.ReadList(o.list); err != nil {
		return misuse(err)
	}
	return nil
}

// keptMeasures are the headline measures, and those that are named.
func keptMeasures(named []string) ([]string, error) {
	var list, names []string
	for _, m := range measures.All() {
		names = append(names, m.Name)
	}
	for _, name := range named {
		if !slices.Contains(names, name) {
			return nil, misuse(fmt.Errorf("--keep %q is no measure", name), didYouMean(name, names), `"splinternet measures" lists them`)
		}
	}
	for _, m := range measures.All() {
		if m.Headline || slices.Contains(named, m.Name) {
			list = append(list, m.Name)
		}
	}
	return list, nil
}

// folder is the folder of the sweep.
func (o *sweepOptions) folder(p *scenarios.Plan) string {
	if o.out != "" {
		return o.out
	}
	if o.plan != "" {
		return filepath.Dir(o.planFile())
	}
	return filepath.Join("results", fmt.Sprintf("%s-sweep-%s-seed%d", p.Scenario.Name, p.Design.Name, p.Seed))
}

// indexKeys are the environment variables by which schedulers tell a task its index.
var indexKeys = []string{"SLURM_ARRAY_TASK_ID", "JOB_COMPLETION_INDEX"}

// share is the shard that this process plays. Their number comes from the plan or the
// command line alone, so that one task that is submitted again has the same share.
func (o *sweepOptions) share(p *scenarios.Plan) (shard, shards int, err error) {
	given, text, from := o.changed("shard"), strconv.Itoa(o.shard), "--shard"
	for _, key := range indexKeys {
		if value := o.environment(key); !given && value != "" && p.Shards > 1 {
			given, text, from = true, value, key
		}
	}
	if !given {
		if o.changed("shards") && o.shards > 1 {
			return 0, 0, misuse(fmt.Errorf("--shards %d: which of them is this?", o.shards),
				fmt.Sprintf("--shard 0 to --shard %d; a task of SLURM or Kubernetes is told by its scheduler", o.shards-1),
				"leave --shards out to play all of it here")
		}
		return 0, 1, nil
	}
	if shard, err = strconv.Atoi(text); err != nil || shard < 0 || shard >= p.Shards {
		hint := "--shards N says how many there are"
		if p.Shards > 1 {
			hint = fmt.Sprintf("the plan has shards 0 to %d", p.Shards-1)
		}
		return 0, 0, misuse(fmt.Errorf("%s %s: there is no such shard of %d", from, text, p.Shards), hint)
	}
	return shard, p.Shards, nil
}

// layoutOf tells the tables what they need to know of a plan.
func layoutOf(p *scenarios.Plan) *sweep.Layout {
	l := &sweep.Layout{
		Plan: p.Hash(), Scenario: p.Scenario.Hash, Size: p.Size(), Measures: p.Measures, Ticks: p.Ticks, Of: p.Of,
		Value: func(point, factor int) frame.Cell {
			if p.Numeric(factor) {
				return frame.Cell{Number: p.Number(point, factor)}
			}
			return frame.Cell{Word: p.Cell(point, factor)}
		},
	}
	for k := range p.Factors {
		h := frame.Heading{Name: p.Factors[k].Name, Kind: frame.Word}
		if p.Numeric(k) {
			h.Kind = frame.Number
			if p.WholeNumbers(k) {
				h.Kind = frame.Integer
			}
		}
		l.Factors = append(l.Factors, h)
	}
	return l
}

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
	s := &sweeping{c: c, o: o, plan: p, dir: dir, shards: 1, layout: layoutOf(p)}
	if there, err := s.found(); err != nil {
		return err
	} else if !there || o.force {
		if err := writePlan(p, dir); err != nil {
			return err
		}
	}
	if o.emit != "" {
		return emitScript(c.out, o.emit, p, dir)
	}
	c.say("%s", planLine(p))
	file := filepath.Join(dir, scenarios.PlanFile)
	fmt.Fprintln(c.out, file)
	return nil
}

func planLine(p *scenarios.Plan) string {
	return fmt.Sprintf("%s of %s each, %s in all; edit the plan if you like, and run it with splinternet sweep --plan",
		output.Count(p.Points(), "point"), output.Count(p.Runs, "run"), output.Count(p.Size(), "run"))
}
