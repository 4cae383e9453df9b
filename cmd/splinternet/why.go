package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"splinternet/models/voting"
	"splinternet/output"
	"splinternet/scenarios/studies"
)

// whyOptions are the flags of why.
type whyOptions struct {
	dir, state, text string
	run              int // -1: the first in detail
}

// why accounts for one vote.
func why(c *console, o whyOptions) error {
	results, err := output.Open(o.dir)
	if err != nil {
		return openingFailed(err)
	}
	if o.state == "" || o.text == "" {
		return misuse(errors.New("--state and --text are needed"), exampleOf(results))
	}
	if o.run < 0 && len(results.Manifest.Detail.Runs) > 0 {
		o.run = results.Manifest.Detail.Runs[0]
	}
	o.run = max(0, o.run)
	if !results.Manifest.Detail.Has(o.run) || o.run >= results.Manifest.Finished {
		return misuse(fmt.Errorf("%s has no votes of run %d", o.dir, o.run),
			"votes are kept for the runs that run --detail names: "+detailWords(results.Manifest))
	}
	names, err := results.StateNames(o.run)
	if err != nil {
		return failed(err)
	}
	o.state = identifier(o.state, names)
	votes, err := results.VotesOf(o.run, o.state, o.text)
	var none *output.NoVoteError
	switch {
	case errors.As(err, &none):
		return notFound(none, o.dir)
	case err != nil:
		return failed(err)
	}
	return explain(c, results, votes, names)
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

// identifier makes IND of ind, state.IND and India.
func identifier(state string, names map[string]string) string {
	state = strings.TrimPrefix(state, "state.")
	for _, id := range slices.Sorted(maps.Keys(names)) {
		if strings.EqualFold(id, state) {
			return id
		}
		if strings.EqualFold(names[id], state) {
			state = id
		}
	}
	return state
}

func openingFailed(err error) error {
	var version *output.VersionError
	if errors.As(err, &version) {
		return failed(err, "run the scenario again, or use the program that wrote it (its version is in the manifest)")
	}
	return misuse(err, "a results folder is what splinternet run writes")
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
		return misuse(fmt.Errorf("%w of %s", e, dir))
	case !e.Known:
		return misuse(e, didYouMean(e.Text, e.Texts), "texts: "+strings.Join(e.Texts, ", "))
	case !slices.Contains(e.States, e.State):
		return misuse(e, didYouMean(e.State, e.States), "states: "+strings.Join(e.States, ", "))
	}
	return misuse(e, "it is no member of the forum, or was not there yet")
}

// against names what the text was weighed against.
func against(v *output.VoteRow) string {
	if v.Against == "" || v.Against == "status quo" {
		return "the status quo"
	}
	return "its rival " + v.Against
}

// did is a vote as a verb; the model's own is a participle, too.
var did = []string{voting.No: "voted no", voting.Abstain: "abstained", voting.Yes: "voted yes", voting.Absent: "took no part"}

// explain prints the sentence, the table and what would have changed the vote.
func explain(c *console, results *output.Results, votes []output.VoteRow, names map[string]string) error {
	v := &votes[len(votes)-1]
	name := v.State
	if known := names[v.State]; known != "" && known != v.State {
		name = known + " (" + v.State + ")"
	}
	abstention, ok := results.Manifest.Number("forums.abstention")
	if !ok {
		return failed(errors.New("the manifest does not hold forums.abstention"))
	}
	a := studies.AccountOf(v.Utility, voting.Band(abstention))
	fmt.Fprintf(c.out, "%s %s on %s (%s, run %d)%s.\n", name, did[slices.Index(voting.Votes, v.Vote)], v.Text, v.Date, v.Run, because(v, a))
	if len(votes) > 1 {
		fmt.Fprintf(c.out, "It voted on it %d times; this is the last.\n", len(votes))
	}
	fmt.Fprintln(c.out)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for k, term := range voting.Terms {
		meaning, value := "does not apply", v.Utility.Terms[k]
		if value != 0 {
			meaning = term.Meaning(value > 0, against(v))
		}
		fmt.Fprintf(w, "  %s\t%+8.3f\t%s\n", term.Title, value, meaning)
	}
	fmt.Fprintf(w, "  %s\t%+8.3f\tthe sum: %s\n", voting.Total.Title, v.Utility.Sum, a.Model)
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "\nYes from 0 up, no below %.3g (minus forums.abstention), abstention between.\n", a.Cuts.Low)
	_, err := fmt.Fprintln(c.out, strings.Join(changes(a), "\n"))
	return err
}

// because names the term that weighed most, or who decided instead of the model.
func because(v *output.VoteRow, a *studies.Account) string {
	switch {
	case v.By == "sponsor" && v.Vote == a.Model.String():
		return ", because it sponsors the text, and as it would have anyway"
	case v.By == "sponsor":
		return ", because it sponsors the text; otherwise it would have " + did[a.Model]
	case v.By != "model":
		return ", because its decision was scripted; the model alone would have " + did[a.Model]
	case v.Vote == voting.Absent.String():
		return "; had it been there, it would have " + did[a.Model]
	}
	term, pro := a.Heaviest()
	return ", above all because " + voting.Terms[term].Meaning(pro, against(v))
}

// changes says what would have changed the model's vote.
func changes(a *studies.Account) []string {
	var lines []string
	u, cuts := &a.Utility, &a.Cuts
	switch a.Model {
	case voting.Yes:
		lines = append(lines, fmt.Sprintf("With %.3f less it would have abstained, with %.3f less voted no.", u.Sum-cuts.High, u.Sum-cuts.Low))
	case voting.No:
		lines = append(lines, fmt.Sprintf("With %.3f more it would have abstained, with %.3f more voted yes.", cuts.Low-u.Sum, cuts.High-u.Sum))
	default:
		lines = append(lines, fmt.Sprintf("With %.3f more it would have voted yes, with %.3f less no.", cuts.High-u.Sum, u.Sum-cuts.Low))
	}
	for _, change := range a.Decisive {
		lines = append(lines, fmt.Sprintf("Without %s it would have %s.", voting.Terms[change.Term].Title, did[change.Vote]))
	}
	if len(a.Decisive) == 0 {
		lines = append(lines, "No single term decided: without any one of them the vote would have been the same.")
	}
	return lines
}
