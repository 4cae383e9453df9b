package output

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"splinternet/models/voting"
	"splinternet/scenarios/studies"
)

// VoteAccount says why a state voted on a text as it did.
type VoteAccount struct {
	*studies.Account
	Vote  VoteRow // the last, if there were several
	Times int     // how often the state voted on the text
	State string  // its name, with its identifier if that is another word
}

// AccountFor accounts for the vote of a state on a text in a run in detail. The state is an
// identifier such as IND in any case, state.IND, or its name. Where there is no such vote
// the error is a *NoVoteError.
func (r *Results) AccountFor(run int, state, text string) (*VoteAccount, error) {
	names, err := r.StateNames(run)
	if err != nil {
		return nil, err
	}
	votes, err := r.VotesOf(run, identifier(state, names), text)
	if err != nil {
		return nil, err
	}
	abstention, ok := r.Manifest.Number("forums.abstention")
	if !ok {
		return nil, errors.New("the manifest does not hold forums.abstention")
	}
	a := &VoteAccount{Vote: votes[len(votes)-1], Times: len(votes)}
	a.Account = studies.AccountOf(a.Vote.Utility, voting.Band(abstention))
	a.State = a.Vote.State
	if known := names[a.State]; known != "" && known != a.State {
		a.State = known + " (" + a.State + ")"
	}
	return a, nil
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

// Write writes the account for people: a sentence, the terms in a table, and what would
// have changed the vote.
func (a *VoteAccount) Write(w io.Writer) error {
	v := &a.Vote
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s on %s (%s, run %d)%s.\n", a.State, did[slices.Index(voting.Votes, v.Vote)], v.Text, v.Date, v.Run, a.Because())
	if a.Times > 1 {
		fmt.Fprintf(&b, "It voted on it %d times; this is the last.\n", a.Times)
	}
	b.WriteByte('\n')
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for k, term := range voting.Terms {
		meaning, value := "does not apply", v.Utility.Terms[k]
		if value != 0 {
			meaning = term.Meaning(value > 0, v.against())
		}
		fmt.Fprintf(t, "  %s\t%+8.3f\t%s\n", term.Title, value, meaning)
	}
	fmt.Fprintf(t, "  %s\t%+8.3f\tthe sum: %s\n", voting.Total.Title, v.Utility.Sum, a.Model)
	t.Flush()
	fmt.Fprintf(&b, "\nYes from 0 up, no below %.3g (minus forums.abstention), abstention between.\n", a.Cuts.Low)
	fmt.Fprintln(&b, strings.Join(a.Changes(), "\n"))
	_, err := io.WriteString(w, b.String())
	return err
}

// against names what the text was weighed against.
func (v *VoteRow) against() string {
	if v.Against == "" || v.Against == "status quo" {
		return "the status quo"
	}
	return "its rival " + v.Against
}

// did is a vote as a verb; the model's own is a participle, too.
var did = []string{voting.No: "voted no", voting.Abstain: "abstained", voting.Yes: "voted yes", voting.Absent: "took no part"}

// Because ends the sentence that a state voted so: it names the term that weighed most, or
// who decided instead of the model.
func (a *VoteAccount) Because() string {
	switch v := &a.Vote; {
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
	return ", above all because " + voting.Terms[term].Meaning(pro, a.Vote.against())
}

// Changes are sentences on what would have changed the model's vote.
func (a *VoteAccount) Changes() []string {
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
