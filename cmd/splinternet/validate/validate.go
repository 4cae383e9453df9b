// Package validate is the verb that says why anyone should believe the model.
package validate

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output"
	"splinternet/output/frame"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/evidence"
)

const help = `Answer why anyone should believe the model, with the program itself:

  1. verification  its code in the limits in which published numbers are known
  2. hindcast      recorded UN votes predicted, beside baselines (validate hindcast)
  3. patterns      stylised facts beside what the baseline gives
  4. docking       other models' published results reproduced, and their claims measured anew
  5. hypotheses    pairs of scenarios with common random numbers, 200 runs each
  6. sensitivity   with --full: Morris, Sobol, each parameter alone, and end states over
                   the plausible ranges

It takes a few minutes; --quick a few seconds, with too few runs to conclude from, and --full
several minutes more. --out DIR writes the tables and the page evidence.md. The exit status is 1
when a number that has to be reproduced (tables 1 and 4) is not; a pattern that is missed
or a hypothesis that is not supported is a finding, and no failure.`

// Command makes the tables of evidence.
func Command(c *console.Console) *cobra.Command {
	o := options{}
	cmd := console.Group("validate", "Check the model against theory, records and other models")
	cmd.Long = help
	cmd.Example = "  splinternet validate\n  splinternet validate --full --out evidence\n  splinternet validate hindcast"
	subcommands := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return subcommands(cmd, args) // which says that there is no such one
		}
		return validate(cmd.Context(), c, o)
	}
	f := console.Flags(cmd)
	f.BoolVar(&o.quick, "quick", false, "few runs: a first look")
	f.BoolVar(&o.full, "full", false, "also the sensitivity of the baseline to all its parameters")
	console.BindWorkers(f, &o.workers)
	f.StringVar(&o.out, "out", "", "`folder` for the tables and evidence.md")
	console.BindFormat(cmd, &o.format, frame.CSV)
	f.StringVar(&o.page, "page", "", "also write the page to this `file`")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the tables")
	c.BindQuiet(f)
	f.BoolVar(&o.force, "force", false, "replace the evidence in the folder")
	cmd.AddCommand(hindcastCommand(c))
	return cmd
}

// options are the flags of validate.
type options struct {
	quick, full       bool
	workers           int
	out, format, page string
	json, force       bool
}

// validate makes the tables of evidence. It fails when a number is not reproduced, after it
// has printed and written everything.
func validate(ctx context.Context, c *console.Console, o options) error {
	level := evidence.Usual
	switch {
	case o.quick && o.full:
		return console.Misuse(errors.New("--quick and --full exclude each other"))
	case o.quick:
		level = evidence.Quick
	case o.full:
		level = evidence.Full
	}
	if err := console.CheckFormat(o.format); err != nil {
		return err
	}
	if o.out != "" {
		if err := study.Check(o.out, kind.Evidence, o.force); err != nil {
			return console.Refused(err)
		}
	}
	began := time.Now()
	r, err := evidence.Run(ctx, level, o.workers, func(table string) { c.Say("%s", table) })
	switch {
	case errors.Is(err, context.Canceled):
		return console.Failed(errors.New("interrupted: nothing was written"))
	case err != nil:
		return console.Failed(err)
	}
	if err := deliverEvidence(c, o, r, began); err != nil {
		return err
	}
	return conclude(r)
}

// conclude fails when a number that has to be reproduced is not.
func conclude(r *evidence.Report) error {
	if failures := r.Failures(); len(failures) > 0 {
		return console.Failed(fmt.Errorf("not reproduced: %s", strings.Join(failures, "; ")))
	}
	return nil
}

func deliverEvidence(c *console.Console, o options, r *evidence.Report, began time.Time) error {
	f := study.EvidenceOf(r)
	f.Manifest.Performance = study.Since(began, o.workers)
	if o.out != "" {
		if err := f.Write(o.out, o.format); err != nil {
			return console.Failed(err)
		}
	}
	if o.page != "" {
		if err := output.WriteFile(o.page, []byte(f.Texts[0].Content)); err != nil {
			return console.Failed(err)
		}
	}
	if o.json {
		return f.WriteJSON(c.Out, o.out)
	}
	return f.WriteScreen(c.Out, c.Columns())
}
