package main

import (
	"runtime"

	"github.com/spf13/cobra"
)

const hindcastHelp = `Predict recorded votes of the UN General Assembly state by state with the voting mechanism
of the model, as if they were still to come, and score the predictions beside baselines.

Without flags the roll calls of 2019 on cyberspace are predicted from votes up to 2018
alone. With --votes and --resolutions the votes of a file up to --until train, and each
later roll call is predicted by all votes of earlier days; --frozen learns nothing after
--until. Of the resolution only its date, line, kind and lead sponsor are used, never its
votes or tallies. A resolution that no row describes, or a line, kind or sponsor that is not
known, is predicted with less to go by, and stderr says so.

Baselines: modal (frequencies on the same line and sponsor's side), persistence (.85 on the
state's last vote there), ordered logit (on the ideal point of 2017). The log score is the
mean of -ln p of the vote cast, the Brier score sums over no, abstain and yes; low is good.

--out DIR writes hindcast.csv: resolution, iso3, observed, p_no, p_abstain, p_yes.`

const validateHelp = `Answer why anyone should believe the model, with the program itself:

  1. verification  its code in the limits in which published numbers are known
  2. hindcast      recorded UN votes predicted, beside baselines (validate hindcast)
  3. patterns      stylised facts beside what the baseline gives
  4. docking       other models' published results reproduced, and their claims measured anew
  5. hypotheses    pairs of scenarios with common random numbers, 200 runs each
  6. sensitivity   with --full: Morris, Sobol, and end states over the plausible ranges

It takes a few minutes; --quick a few seconds, with too few runs to conclude from, and --full
several minutes more. --out DIR writes the tables and the page evidence.md. The exit status is 1
when a number that has to be reproduced (tables 1 and 4) is not; a pattern that is missed
or a hypothesis that is not supported is a finding, and no failure.`

func validateCommand(c *console) *cobra.Command {
	o := validateOptions{}
	cmd := group("validate", "Check the model against theory, records and other models")
	cmd.Long = validateHelp
	cmd.Example = "  splinternet validate\n  splinternet validate --full --out evidence\n  splinternet validate hindcast"
	subcommands := cmd.RunE
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return subcommands(cmd, args) // which says that there is no such one
		}
		c.quiet = o.quiet
		return validate(cmd.Context(), c, o)
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.BoolVar(&o.quick, "quick", false, "few runs: a first look")
	f.BoolVar(&o.full, "full", false, "also the sensitivity of the baseline to all its parameters")
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "runs at a time; changes no result")
	f.StringVar(&o.out, "out", "", "`folder` for the tables and evidence.md")
	f.StringVar(&o.format, "format", "csv", "of the tables: csv or parquet")
	f.StringVar(&o.page, "page", "", "also write the page to this `file`")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the tables")
	f.BoolVar(&o.quiet, "quiet", false, "no talk on stderr but errors")
	f.BoolVar(&o.force, "force", false, "replace the evidence in the folder")
	cmd.AddCommand(hindcastCommand(c))
	return cmd
}

func hindcastCommand(c *console) *cobra.Command {
	o := hindcastOptions{}
	cmd := &cobra.Command{
		Use: "hindcast", Short: "Predict recorded UN votes, and score the predictions", Long: hindcastHelp,
		Example: "  splinternet validate hindcast\n" +
			"  splinternet validate hindcast --votes votes.csv --resolutions resolutions.csv --until 2019-12-31 --out forecast --json",
		Args: arguments(0, 0, ""),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("frozen") {
				o.Frozen = o.Votes == ""
			}
			return validateHindcast(c, o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.Votes, "votes", "", "`file` of votes: resolution, date, iso3, vote (default: the program's own)")
	f.StringVar(&o.Resolutions, "resolutions", "", "`file` of resolutions: id, line, kind, lead_sponsor (default: the program's own)")
	f.StringVar(&o.until, "until", "", "last `date` whose votes train (default: 2018-12-31)")
	f.BoolVar(&o.Frozen, "frozen", false, "learn nothing after --until (default without --votes)")
	f.BoolVar(&o.Alone, "alone", false, "train on the votes of the file alone, not also on the program's own that it lacks")
	f.StringVar(&o.out, "out", "", "`folder` for hindcast.csv")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the table")
	f.BoolVar(&o.force, "force", false, "replace hindcast.csv in the folder")
	return cmd
}
