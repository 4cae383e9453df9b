package sweep

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	folder "splinternet/output/sweep"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/play"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
	"splinternet/scenarios/studies/sweep"
)

// planFlags are the flags of sweep that say what a plan says.
type planFlags struct {
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
	changes      scenarios.Options // that hold at all points
}

// options are the flags of sweep.
type options struct {
	planFlags
	out, format   string
	planOnly      bool
	emit          string
	shards, shard int
	resume, force bool
	only          int
	workers       int
	json          bool
	plot          bool // draw the figures, too
	cpuprofile    string
	stable        play.Stable
	changed       func(flag string) bool
	environment   func(key string) string
}

// ofPlan are the flags that say what a plan says.
var ofPlan = []string{
	"vary", "list", "design", "points", "trajectories", "base", "levels", "candidates", "runs", "seed", "window", "keep", "set", "without",
	"until-stable",
}

// check refuses options that make no sense.
func (o *options) check() error {
	if !(o.window >= 0) { // nor NaN
		return console.Misuse(fmt.Errorf("--window %g: a number of years, or 0 for the last tick alone", o.window))
	}
	if err := console.CheckFormat(o.format); err != nil {
		return err
	}
	if o.emit != "" && !slices.Contains(folder.Schedulers, o.emit) {
		return console.Misuse(fmt.Errorf("--emit %q: allowed: %s", o.emit, strings.Join(folder.Schedulers, ", ")), console.DidYouMean(o.emit, folder.Schedulers))
	}
	if o.design != "" && !slices.Contains(scenarios.Designs(), o.design) {
		return console.Misuse(fmt.Errorf("--design %q: allowed: %s", o.design, strings.Join(scenarios.Designs(), ", ")), console.DidYouMean(o.design, scenarios.Designs()))
	}
	if o.seed > scenarios.MaxSeed {
		return console.Misuse(fmt.Errorf("--seed %d: at most %d in a sweep, so that it survives a spreadsheet", o.seed, uint64(scenarios.MaxSeed)))
	}
	if o.shards > scenarios.MaxShards {
		return console.Misuse(fmt.Errorf("--shards %d: at most %d", o.shards, scenarios.MaxShards))
	}
	return nil
}

// planOf reads the plan, or makes it.
func (o *options) planOf(c *console.Console) (*scenarios.Plan, error) {
	if o.plan == "" {
		if o.only >= 0 {
			return nil, console.Misuse(errors.New("--only repeats a run of a plan: which plan?"), "splinternet sweep --plan DIR --only INDEX")
		}
		return o.makePlan(c)
	}
	if o.scenario != "" {
		return nil, console.Misuse(fmt.Errorf("--plan brings its own scenario, and %q is another", o.scenario), "leave one of the two out")
	}
	for _, flag := range ofPlan {
		if o.changed(flag) {
			return nil, console.Misuse(fmt.Errorf("--%s is a matter of the plan", flag), fmt.Sprintf("edit %s, or leave --plan out", o.planFile()))
		}
	}
	if o.changed("ticks") && o.only < 0 {
		return nil, console.Misuse(errors.New("--ticks is a matter of the plan"), fmt.Sprintf("write ticks = true in %s, or leave --plan out", o.planFile()))
	}
	p, notes, err := scenarios.ReadPlan(o.plan)
	if err != nil {
		hint := ""
		if _, missing := os.Stat(o.planFile()); missing != nil {
			hint = "--plan takes the folder of a sweep: splinternet sweep SCENARIO --vary ... --plan-only --out DIR writes a plan"
		}
		return nil, console.Misuse(err, hint)
	}
	for _, note := range notes {
		c.Say("%s: %s", o.planFile(), note)
	}
	if o.changed("shards") {
		p.Shards = o.shards
	}
	return p, nil
}

// planFile is the file of the plan that --plan names.
func (o *options) planFile() string {
	if info, err := os.Stat(o.plan); err == nil && info.IsDir() {
		return filepath.Join(o.plan, scenarios.PlanFile)
	}
	return o.plan
}

// makePlan makes a plan of a scenario and flags.
func (o *options) makePlan(c *console.Console) (*scenarios.Plan, error) {
	if err := o.checkList(); err != nil {
		return nil, err
	}
	if o.scenario == "" {
		o.scenario = "baseline"
	}
	s, err := c.Load(o.scenario, o.changes)
	if err != nil {
		return nil, console.Misuse(err)
	}
	if o.scenario == "-" {
		s.Name = "stdin"
	}
	p, err := sweep.NewPlan(sweep.Request{
		Scenario: s, List: o.list, Seed: o.seed, Window: o.window, Keep: o.keep, Ticks: o.ticks, Shards: o.shards,
		Sweep: scenarios.Sweep{
			Vary: scenarios.VaryFlags(o.vary), Design: o.design, Points: o.points, Trajectories: o.trajectories,
			Base: o.base, Levels: o.levels, Candidates: o.candidates, Runs: o.runs,
		},
		Set: o.changes.Set, Without: o.changes.Without, Freeze: o.changes.Freeze,
	})
	if err != nil {
		return nil, o.unplanned(err)
	}
	return p, nil
}

// unplanned says what to do about a plan that cannot be made.
func (o *options) unplanned(err error) error {
	var measure *sweep.MeasureError
	var fixed *sweep.FixedError
	var size *scenarios.SizeError
	switch {
	case errors.As(err, &measure):
		return console.Misuse(fmt.Errorf("--keep %w", err), console.DidYouMean(measure.Name, measure.Allowed), `"splinternet measures" lists them`)
	case errors.Is(err, studies.ErrNothing) && o.resume:
		return console.Misuse(errors.New("--resume goes on with a sweep: which one?"), "splinternet sweep --plan DIR --resume, with the folder of the sweep")
	case errors.Is(err, studies.ErrNothing):
		return console.Misuse(err, "--vary influence.bound=0.2:0.8 varies a parameter, --vary all all of them over their plausible ranges",
			"or give the scenario a table [sweep] with vary")
	case errors.As(err, &fixed):
		flag := "--set"
		if fixed.Off {
			flag = "--without or --freeze"
		}
		return console.Misuse(fmt.Errorf("%s is varied, and %s sets it at all points", fixed.Address, flag),
			"leave "+flag+" out, or take it out of what varies with --vary '-"+fixed.Address+"' at the end")
	case errors.As(err, &size) && o.changed(size.Key):
		err = fmt.Errorf("--%w", err)
	}
	return console.Misuse(err)
}

// checkList refuses what does not go with a file of points.
func (o *options) checkList() error {
	switch {
	case o.list == "" && o.design == scenarios.List:
		return console.Misuse(errors.New("--design list needs a file of points"), "--list FILE, a CSV file whose first line names what is varied")
	case o.list == "":
		return nil
	case o.design != "" && o.design != scenarios.List:
		return console.Misuse(fmt.Errorf("--list brings its own points, and --design %s would choose others", o.design), "leave one of the two out")
	case len(o.vary) > 0:
		return console.Misuse(errors.New("--list says what is varied, and so does --vary"), "leave one of the two out")
	}
	for _, flag := range []string{"points", "trajectories", "base", "levels", "candidates"} {
		if o.changed(flag) {
			return console.Misuse(fmt.Errorf("--%s: the file of --list sets the number of points", flag))
		}
	}
	return nil
}

// folder is the folder of the sweep.
func (o *options) folder(p *scenarios.Plan) string {
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
func (o *options) share(p *scenarios.Plan) (shard, shards int, err error) {
	given, text, from := o.changed("shard"), strconv.Itoa(o.shard), "--shard"
	for _, key := range indexKeys {
		if value := o.environment(key); !given && value != "" && p.Shards > 1 {
			given, text, from = true, value, key
		}
	}
	if !given {
		if o.changed("shards") && o.shards > 1 {
			return 0, 0, console.Misuse(fmt.Errorf("--shards %d: which of them is this?", o.shards),
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
		return 0, 0, console.Misuse(fmt.Errorf("%s %s: there is no such shard of %d", from, text, p.Shards), hint)
	}
	return shard, p.Shards, nil
}
