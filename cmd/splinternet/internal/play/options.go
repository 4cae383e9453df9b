// Package play holds what the verbs share that play runs of their own: their flags, how
// they hand over a finding, and the words for what is wrong with a plan.
package play

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/internal/figures"
	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
)

// Options are the flags that the analyses share which play their own runs.
type Options struct {
	*console.Console
	Changes     scenarios.Options
	Size        studies.Size
	Out, Format string
	JSON, Force bool
	began       time.Time // checked; nothing of it reaches the results
}

// Bind declares the flags of a command; runs is the default of --runs and what it counts.
func (o *Options) Bind(cmd *cobra.Command, runs int, what string) {
	f := console.Flags(cmd)
	f.IntVar(&o.Size.Runs, "runs", runs, what)
	f.Uint64Var(&o.Size.Seed, "seed", 1, "seed of all randomness")
	console.BindWorkers(f, &o.Size.Workers)
	console.BindScenario(cmd, &o.Changes)
	f.StringVar(&o.Out, "out", "", "write the tables and a manifest to this `folder`")
	console.BindFormat(cmd, &o.Format, frame.CSV)
	f.BoolVar(&o.JSON, "json", false, "print one JSON object instead of the tables")
	o.BindQuiet(f)
	f.BoolVar(&o.Force, "force", false, "replace the results in the folder")
}

// Check refuses options that make no sense and a folder that is taken, before anything is
// played; least is the smallest number of runs.
func (o *Options) Check(kind string, least int) error {
	o.began = time.Now()
	if err := o.Size.Check(least); err != nil {
		return Refused(err)
	}
	if err := console.CheckFormat(o.Format); err != nil {
		return err
	}
	if o.Out != "" {
		if err := study.Check(o.Out, kind, o.Force); err != nil {
			return console.Refused(err)
		}
	}
	return nil
}

// Deliver writes the folder of a finding and prints it.
func (o *Options) Deliver(f *study.Finding) error {
	if o.Out != "" {
		f.Manifest.Performance = study.Since(o.began, o.Size.Workers)
		if err := f.Write(o.Out, o.Format); err != nil {
			return console.Failed(err, "nothing half-written was left behind; --out DIR writes elsewhere")
		}
		if o.Force {
			if err := figures.Forget(o.Console, o.Out); err != nil {
				return err
			}
		}
	}
	if o.JSON {
		return console.FailedIf(f.WriteJSON(o.Console.Out, o.Out))
	}
	err := f.WriteScreen(o.Console.Out, o.Columns())
	if err == nil && o.Out != "" {
		_, err = fmt.Fprintf(o.Console.Out, "\nThe tables are in %s\n", o.Out)
	}
	return console.FailedIf(err)
}

// Refused words what is wrong with a plan; other errors stay what they are.
func Refused(err error) error {
	var limit *studies.LimitError
	if !errors.As(err, &limit) {
		return err
	}
	text := "--" + limit.Error()
	switch {
	case limit.Name == "epsilon":
		text += "; .05 for a look, .01 for a paper"
	case limit.Name == "runs" && limit.Least == 2:
		text += ", because one run has no spread"
	case limit.Name == "runs" && limit.Least == studies.Least:
		text += ", because stability shows only in what follows"
	case limit.Name == "permutations":
		text = fmt.Sprintf("--permutations %g: at least 1, or 0 for all coalitions of up to %d parts", limit.Value, studies.AllCoalitions)
	}
	return console.Misuse(errors.New(text))
}

// Interrupted words the end of a play that was broken off, after what was whole has been
// delivered.
func Interrupted(playing error, finished, of int, unit string) error {
	if playing == nil {
		return nil
	}
	if plan := Refused(playing); plan != playing {
		return plan
	}
	if !errors.Is(playing, context.Canceled) {
		return console.Failed(playing)
	}
	if finished == 0 {
		return console.Failed(errors.New("interrupted: nothing was finished, and nothing was written"))
	}
	return console.Failed(fmt.Errorf("interrupted: %d of %s are finished, and the tables are made of them", finished, output.Count(of, unit)))
}

// CheckHeadlines refuses measures that are no headline ones.
func CheckHeadlines(wanted ...string) error {
	names := studies.HeadlineNames()
	for _, name := range wanted {
		if name != "" && !slices.Contains(names, name) {
			return console.Misuse(fmt.Errorf("%q is no headline measure", name), console.DidYouMean(name, names),
				"allowed: "+strings.Join(names, ", "))
		}
	}
	return nil
}

// WarnIdle warns of parameters that vary while the mechanism that they belong to is off.
func WarnIdle(c *console.Console, s *scenarios.Scenario, factors []scenarios.Factor) {
	for _, idle := range s.Idle(factors) {
		const few = 3
		names, verb := idle.Addresses, "vary"
		if n := len(names); n == 1 {
			verb = "varies"
		} else if n > few {
			names = append(names[:few-1:few-1], fmt.Sprintf("%d others", n-few+1))
		}
		c.Warn("%s %s, but mechanism %s is switched off at every point; switch it on, or leave this out of what varies",
			world.Listed(names), verb, idle.Mechanism)
	}
}
