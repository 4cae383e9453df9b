package validate

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output/study"
	"splinternet/scenarios/hindcast"
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

// hindcastCommand predicts recorded votes and scores the predictions.
func hindcastCommand(c *console.Console) *cobra.Command {
	o := hindcastOptions{}
	cmd := &cobra.Command{
		Use: "hindcast", Short: "Predict recorded UN votes, and score the predictions", Long: hindcastHelp,
		Example: "  splinternet validate hindcast\n" +
			"  splinternet validate hindcast --votes votes.csv --resolutions resolutions.csv --until 2019-12-31 --out forecast --json",
		Args: console.Arguments(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("frozen") {
				o.Frozen = o.Votes == ""
			}
			return validateHindcast(c, o)
		},
	}
	f := console.Flags(cmd)
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

// hindcastOptions are the flags of validate hindcast.
type hindcastOptions struct {
	hindcast.Options
	until, out  string
	json, force bool
}

// validateHindcast predicts recorded votes and says how well.
func validateHindcast(c *console.Console, o hindcastOptions) error {
	if o.until != "" {
		day, err := time.Parse(time.DateOnly, o.until)
		if err != nil {
			return console.Misuse(fmt.Errorf("--until %q is no date; allowed: year-month-day as in 2018-12-31", o.until))
		}
		o.Until = day
	}
	if o.out != "" {
		if err := console.CheckFree(filepath.Join(o.out, study.Hindcast+".csv"), o.force, "--out DIR"); err != nil {
			return err
		}
	}
	r, err := hindcast.Run(o.Options)
	if err != nil {
		return console.Misuse(err, "votes are in the format of scenarios/data/votes.csv, resolutions in that of resolutions.csv")
	}
	for _, note := range r.Notes {
		c.Say("%s", note)
	}
	if o.out != "" {
		if err := study.WriteHindcast(o.out, r); err != nil {
			return console.Failed(err)
		}
	}
	if o.json {
		return study.WriteHindcastJSON(c.Out, r)
	}
	return study.WriteHindcastScreen(c.Out, r)
}
