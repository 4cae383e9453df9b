// Package sweep holds the verbs that play a scenario at many points and merge the shards of
// such a play.
package sweep

import (
	"os"

	folder "splinternet/output/sweep"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/models/verdict"
	"splinternet/output/frame"
	"splinternet/scenarios"
)

const help = `Play a scenario at many points: vary parameters, switches, dates and the start of
named agents by a design, and write one row for each run.

--vary is repeated for each thing that varies:
  influence.bound=0.2:0.8        an interval; LOW:HIGH:log spaces it by logarithm
  standards.network=1,2,4        a list of numbers, words, dates, true and false
  event.us-huawei.date=2019-01-01:2022-01-01   from one date to another, by tick
  state.CHN.position+state.RUS.position=0:0.3   keys that take the same value
  influence.bound, influence.*, all   plausible ranges, of one parameter or of many
  -verdict.*                     takes parameters out again
  trust: security.trust-*        what moves together in designs morris and saltelli

Or the scenario proposes a sweep in a table [sweep]. Flags come after it.

Designs: lhs, halton and random take --points N; grid crosses all values, with
--levels N of each interval; morris takes --trajectories N, saltelli --base N, for
"splinternet sensitivity"; list takes the points from a CSV file, --list FILE.

The folder holds the plan (plan.toml, points.csv), a journal of finished runs, and at
the end the tables. --plan-only stops at the plan, and --plan DIR runs it as edited.
After an interrupt (status 75) or a crash, --resume goes on, to the same bytes. With
--shards N the work is shared: each process plays one --shard, "splinternet merge DIR"
makes the tables, and --emit slurm writes the script. All points share the seeds of
their replicates, so that what differs between two points is not chance.`

const examples = `  splinternet sweep --vary influence.bound=0.2:0.8 --vary standards.network=1,2,4 --points 500 --runs 20
  splinternet sweep two-blocs --vary all --vary '-verdict.*' --design morris --out results/screening
  splinternet sweep --plan results/screening --resume
  splinternet sweep --plan results/screening --only 17
  splinternet sweep --vary all --points 10000 --shards 50 --emit slurm --out results/big > big.sbatch`

// Command plays a scenario at many points.
func Command(c *console.Console) *cobra.Command {
	o := options{environment: os.Getenv}
	cmd := &cobra.Command{
		Use: "sweep [SCENARIO]", Short: "Play a scenario at many points of its parameters", Long: help, Example: examples,
		Args:              console.Arguments(0, 1),
		ValidArgsFunction: console.Scenarios(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.scenario = args[0]
			}
			o.changed = cmd.Flags().Changed
			return o.run(cmd.Context(), c)
		},
	}
	f := console.Flags(cmd)
	f.StringArrayVar(&o.vary, "vary", nil, "vary `key=range`, or a parameter over its plausible range; repeatable")
	f.StringVar(&o.design, "design", "", "`design` of the points: lhs, halton, random, grid, morris, saltelli, list\n(default: lhs, or grid if all that varies are lists)")
	console.Whole(f, &o.points, "points", 1, 0, "number of points (lhs, halton, random; default 10 for each factor)")
	console.Whole(f, &o.levels, "levels", 1, 0, "values of an interval (grid, default 5; morris, default 4)")
	console.Whole(f, &o.trajectories, "trajectories", 1, 0, "number of trajectories (morris; default 20)")
	console.Whole(f, &o.candidates, "candidates", 1, 0, "choose the most distant of so many `trajectories` (morris)")
	console.Whole(f, &o.base, "base", 1, 0, "number of base rows (saltelli; default 128)")
	f.StringVar(&o.list, "list", "", "take the points from a CSV `file`, with a column for each key")
	console.Whole(f, &o.runs, "runs", 1, 0, "runs of each point, each with a seed of its own (default 1)")
	o.stable.Bind(cmd)
	f.Uint64Var(&o.seed, "seed", 1, "seed of all randomness, the design's included")
	console.BindChanges(cmd, &o.changes)
	f.StringArrayVar(&o.keep, "keep", nil, "keep a `measure` beside the headline ones; repeatable")
	f.Float64Var(&o.window, "window", verdict.WindowYears, "years at the end of a run that NAME_end is the mean of")
	f.BoolVar(&o.ticks, "ticks", false, "keep the measures at every tick, too: table ticks")
	f.StringVar(&o.out, "out", "", "folder (default: results/SCENARIO-sweep-DESIGN-seedN)")
	console.BindFormat(cmd, &o.format, frame.Parquet)
	f.BoolVar(&o.planOnly, "plan-only", false, "write the plan, to be read and edited, and stop")
	f.StringVar(&o.plan, "plan", "", "run the plan in a `folder`")
	f.BoolVar(&o.resume, "resume", false, "go on with a sweep that was interrupted")
	console.Whole(f, &o.only, "only", 0, -1, "repeat one run of a plan with full detail, by its `index`")
	f.Lookup("only").DefValue = "0" // which help takes for "none", and leaves out
	console.Whole(f, &o.shards, "shards", 1, 1, "number of shards that share the work")
	console.Whole(f, &o.shard, "shard", 0, 0, "shard to play, from 0 (default: as the scheduler says)")
	f.StringVar(&o.emit, "emit", "", "write the plan and print a job for a `scheduler`: slurm or kubernetes")
	console.BindWorkers(f, &o.workers)
	f.BoolVar(&o.force, "force", false, "replace the sweep in the folder")
	f.BoolVar(&o.plot, "plot", false, "draw the figures into the folder, too")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the closing screen")
	c.BindQuiet(f)
	f.StringVar(&o.cpuprofile, "cpuprofile", "", "write a CPU profile to a `file`")
	console.Complete(cmd, "vary", console.Parameters)
	console.Complete(cmd, "design", console.Words(scenarios.Designs))
	console.Complete(cmd, "emit", console.Words(func() []string { return folder.Schedulers }))
	return cmd
}
