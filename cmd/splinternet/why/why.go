// Package why is the verb that accounts for one vote, or for the deadlocks of a forum.
package why

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output"
)

// options are the flags.
type options struct {
	dir, state, text, forum string
	run                     int // -1: the first in detail
}

// Command says why a state voted as it did, or why a forum found no consensus.
func Command(c *console.Console) *cobra.Command {
	o := options{}
	cmd := &cobra.Command{
		Use: "why DIR {--state STATE --text TEXT | --forum FORUM}", Short: "Why did a state vote as it did, or a forum find no consensus?", Long: help,
		Example: "  splinternet why results/baseline-seed1 --state IND --text A/RES/73/27\n  splinternet why results/baseline-seed1 --forum un_oewg",
		Args:    console.Arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir = args[0]
			return why(c, o)
		},
	}
	f := console.Flags(cmd)
	f.StringVar(&o.state, "state", "", "`state`, as an ISO code such as IND")
	f.StringVar(&o.text, "text", "", "`text` that was voted on, such as A/RES/73/27")
	f.StringVar(&o.forum, "forum", "", "`forum` whose deadlocks to account for, such as un_oewg; without --state and --text")
	f.IntVar(&o.run, "run", -1, "run in the folder (default: the first in detail)")
	f.Lookup("run").DefValue = "0" // which help takes for "none", and leaves out
	return cmd
}

const help = `Say in a sentence and a small table why a state voted as it did: each term of the
vote's utility, the thresholds, and what would have changed the vote.

With --forum, say when the forum found no consensus on a text, and why: who blocked it, whether
the chair had expected that, or that the text was not worth a signature. A forum that finds none
several times in a row is told of the first time, and when its report is due.

Votes and what happened are kept for the runs in detail: the first, or those that "run --detail" named.`

func why(c *console.Console, o options) error {
	results, err := output.Open(o.dir)
	if err != nil {
		return openingFailed(err)
	}
	switch {
	case o.forum != "" && o.state+o.text != "":
		return console.Misuse(errors.New("--forum goes without --state and --text"))
	case o.forum == "" && (o.state == "" || o.text == ""):
		return console.Misuse(errors.New("--state and --text are needed, or --forum"), exampleOf(results))
	}
	if o.run < 0 && len(results.Manifest.Detail.Runs) > 0 {
		o.run = results.Manifest.Detail.Runs[0]
	}
	o.run = max(0, o.run)
	if !results.Manifest.Detail.Has(o.run) || o.run >= results.Manifest.Finished {
		return console.Misuse(fmt.Errorf("%s has no votes of run %d", o.dir, o.run),
			"votes are kept for the runs that run --detail names: "+detailWords(results.Manifest))
	}
	if o.forum != "" {
		return deadlocks(c, results, &o)
	}
	account, err := results.AccountFor(o.run, o.state, o.text)
	var none *output.NoVoteError
	switch {
	case errors.As(err, &none):
		return notFound(none, o.dir)
	case err != nil:
		return console.Failed(err)
	}
	return account.Write(c.Out)
}

// exampleOf is a question that the folder can answer, or how to get one that can.
func exampleOf(results *output.Results) string {
	for v, err := range results.ReadVotes() {
		if err == nil {
			return fmt.Sprintf("as in: splinternet why %s --state %s --text %s", output.Quote(results.Dir), v.State, v.Text)
		}
		break
	}
	return fmt.Sprintf("there was no vote in %s: play it longer, or choose a scenario with forums that vote", results.Dir)
}

func openingFailed(err error) error {
	var version *output.VersionError
	if errors.As(err, &version) {
		return console.Failed(err, "run the scenario again, or use the program that wrote it (its version is in the manifest)")
	}
	return console.Misuse(err, "a results folder is what splinternet run writes")
}

func detailWords(m *output.Manifest) string {
	if m.Detail.All {
		return fmt.Sprintf("all, 0 to %d", m.Finished-1)
	}
	return strings.Trim(fmt.Sprint(m.Detail.Runs), "[]")
}

// notFound says what there is for somebody who asks for something that is not.
func notFound(e *output.NoVoteError, dir string) error {
	switch {
	case len(e.Texts) == 0:
		return console.Misuse(fmt.Errorf("%w of %s", e, dir))
	case !e.Known:
		return console.Misuse(e, console.DidYouMean(e.Text, e.Texts), "texts: "+strings.Join(e.Texts, ", "))
	case !slices.Contains(e.States, e.State):
		return console.Misuse(e, console.DidYouMean(e.State, e.States), "states: "+strings.Join(e.States, ", "))
	}
	return console.Misuse(e, "it is no member of the forum, or was not there yet")
}

// deadlocks tells of the deadlocks of a forum in a run.
func deadlocks(c *console.Console, results *output.Results, o *options) error {
	var others []string
	found := false
	for e, err := range results.ReadEvents() {
		switch {
		case err != nil:
			return console.Failed(err)
		case e.Run != o.run || e.Kind != "deadlock":
		case strings.EqualFold(e.Name, o.forum):
			found = true
			fmt.Fprintf(c.Out, "%s  %s\n", e.Date, e.Text)
		case !slices.Contains(others, e.Name):
			others = append(others, e.Name)
		}
	}
	if found {
		return nil
	}
	none := fmt.Errorf("forum %q has no deadlock in run %d", o.forum, o.run)
	if len(others) == 0 {
		return console.Misuse(none, "no forum has any in this run")
	}
	return console.Misuse(none, console.DidYouMean(o.forum, others), "forums with deadlocks: "+strings.Join(others, ", "))
}
