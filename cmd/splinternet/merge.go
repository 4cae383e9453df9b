package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"splinternet/output"
	"splinternet/output/sweep"
	"splinternet/scenarios"
)

// mergeOptions are the flags of merge.
type mergeOptions struct {
	dir     string
	format  string
	partial bool
	json    bool
}

// merge makes the tables of a sweep from what its shards have done.
func merge(c *console, o mergeOptions) error {
	if err := checkFormat(o.format); err != nil {
		return err
	}
	p, notes, err := scenarios.ReadPlan(o.dir)
	if err != nil {
		return misuse(err, "merge takes the folder of a sweep")
	}
	for _, note := range notes {
		c.say("%s: %s", filepath.Join(o.dir, scenarios.PlanFile), note)
	}
	return unmerged(assemble(c, o, p, 1, time.Now()), p, o.dir)
}

// assemble makes the tables of a sweep and tells what they say.
func assemble(c *console, o mergeOptions, p *scenarios.Plan, workers int, began time.Time) error {
	const many = 100_000 // which take a while
	if p.Size() >= many {
		c.say("making the tables of %d runs", p.Size())
	}
	host, _ := os.Hostname() // only for people
	m, changed, err := sweep.Finish(o.dir, o.format, p, o.partial,
		sweep.Performance{Host: host, Seconds: time.Since(began).Seconds(), Workers: workers})
	if err != nil {
		return failed(err, fmt.Sprintf("the journals are whole: splinternet merge %s makes the tables", output.Quote(o.dir)))
	}
	if changed {
		if err := forget(c, o.dir); err != nil {
			return err
		}
	}
	if o.json {
		return m.WriteJSON(c.out, o.dir)
	}
	return m.WriteScreen(c.out, o.dir, output.Look{Width: columns(c.out), Bold: canBold(c.out)})
}

// unmerged says what can be done about a merge that failed.
func unmerged(err error, p *scenarios.Plan, dir string) error {
	var incomplete *sweep.IncompleteError
	var differ *sweep.DifferError
	var other *sweep.OtherError
	quoted := output.Quote(dir)
	partial := fmt.Sprintf("splinternet merge %s --partial makes tables of what is there", quoted)
	switch {
	case errors.As(err, &incomplete) && p.Shards > 1:
		shards := incomplete.Shards(p.Shards)
		return failed(incomplete, missingShards(shards, p.Shards, quoted), partial)
	case errors.As(err, &incomplete):
		return failed(incomplete, fmt.Sprintf("splinternet sweep --plan %s --resume plays them", quoted), partial)
	case errors.As(err, &differ):
		return failed(differ, "remove the journal that is not to be trusted, and play its shard again")
	case errors.As(err, &other):
		return failed(other, "remove that journal, or merge with the program and the plan that wrote it")
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
