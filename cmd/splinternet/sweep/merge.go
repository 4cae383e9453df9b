package sweep

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output"
	"splinternet/output/frame"
	folder "splinternet/output/sweep"
	"splinternet/scenarios"
)

const mergeHelp = `Make the tables of a sweep from the runs that its shards have finished.

It checks that no run is missing and that no two shards disagree, and says what to run
again. The tables are the same, to the byte, as those of a sweep on one machine.`

// mergeOptions are the flags of merge.
type mergeOptions struct {
	dir     string
	format  string
	partial bool
	json    bool
}

// Merge makes the tables of a sweep from what its shards have done.
func Merge(c *console.Console) *cobra.Command {
	o := mergeOptions{}
	cmd := &cobra.Command{
		Use: "merge DIR", Short: "Make the tables of a sweep from its shards", Long: mergeHelp,
		Example: "  splinternet merge results/big\n  splinternet merge results/big --partial --format csv",
		Args:    console.Arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir = args[0]
			return merge(c, o)
		},
	}
	f := console.Flags(cmd)
	console.BindFormat(cmd, &o.format, frame.Parquet)
	f.BoolVar(&o.partial, "partial", false, "make tables of what is there, though runs are missing")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the closing screen")
	c.BindQuiet(f)
	return cmd
}

func merge(c *console.Console, o mergeOptions) error {
	if err := console.CheckFormat(o.format); err != nil {
		return err
	}
	p, notes, err := scenarios.ReadPlan(o.dir)
	if err != nil {
		return console.Misuse(err, "merge takes the folder of a sweep")
	}
	for _, note := range notes {
		c.Say("%s: %s", filepath.Join(o.dir, scenarios.PlanFile), note)
	}
	return unmerged(assemble(c, o, p, 1, time.Now()), p, o.dir)
}

// assemble makes the tables of a sweep and tells what they say.
func assemble(c *console.Console, o mergeOptions, p *scenarios.Plan, workers int, began time.Time) error {
	const many = 100_000 // which take a while
	if p.Size() >= many {
		c.Say("making the tables of %d runs", p.Size())
	}
	host, _ := os.Hostname() // only for people
	m, changed, err := folder.Finish(o.dir, o.format, p, o.partial,
		folder.Performance{Host: host, Seconds: time.Since(began).Seconds(), Workers: workers})
	if err != nil {
		return console.Failed(err, fmt.Sprintf("the journals are whole: splinternet merge %s makes the tables", output.Quote(o.dir)))
	}
	if changed {
		if err := forget(c, o.dir); err != nil {
			return err
		}
	}
	if o.json {
		return m.WriteJSON(c.Out, o.dir)
	}
	return m.WriteScreen(c.Out, o.dir, c.Look())
}

// unmerged says what can be done about a merge that failed.
func unmerged(err error, p *scenarios.Plan, dir string) error {
	var incomplete *folder.IncompleteError
	var differ *folder.DifferError
	var other *folder.OtherError
	quoted := output.Quote(dir)
	partial := fmt.Sprintf("splinternet merge %s --partial makes tables of what is there", quoted)
	switch {
	case errors.As(err, &incomplete) && p.Shards > 1:
		shards := incomplete.Shards(p.Shards)
		return console.Failed(incomplete, missingShards(shards, p.Shards, quoted), partial)
	case errors.As(err, &incomplete):
		return console.Failed(incomplete, fmt.Sprintf("splinternet sweep --plan %s --resume plays them", quoted), partial)
	case errors.As(err, &differ):
		return console.Failed(differ, "remove the journal that is not to be trusted, and play its shard again")
	case errors.As(err, &other):
		return console.Failed(other, "remove that journal, or merge with the program and the plan that wrote it")
	}
	return err
}

// missingShards names the commands that fill what is missing.
func missingShards(shards []int, n int, dir string) string {
	var list, commands []string
	const told = 3
	for k := 0; k < len(shards); {
		last := k
		for last+1 < len(shards) && shards[last+1] == shards[last]+1 {
			last++
		}
		if last > k {
			list = append(list, fmt.Sprintf("%d-%d", shards[k], shards[last]))
		} else {
			list = append(list, fmt.Sprint(shards[k]))
		}
		k = last + 1
	}
	for _, shard := range shards[:min(told, len(shards))] {
		commands = append(commands, fmt.Sprintf("splinternet sweep --plan %s --shards %d --shard %d", dir, n, shard))
	}
	if len(shards) > told {
		commands = append(commands, "...")
	}
	what := "shard"
	if len(shards) > 1 {
		what = "shards"
	}
	return fmt.Sprintf("they are those of %s %s (of 0-%d): sbatch --array=%s with the script of the sweep, or\n      %s",
		what, strings.Join(list, ","), n-1, strings.Join(list, ","), strings.Join(commands, "\n      "))
}
