package chronicle

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"splinternet/models/forums/assembly"
	"splinternet/models/voting"
	"splinternet/models/world"
)

// manySponsors is the number of co-sponsors from which they are news.
const manySponsors = 10

// tellVoted says how a vote ended and who voted how.
func tellVoted(w *world.World, f assembly.Voted) {
	text := &w.Texts[f.Text]
	forum := &w.Forums[text.Forum]
	outcome := "adopts"
	if !f.Passed {
		outcome = "rejects"
	}
	weight, by := 0.0, ""
	var camps [4][]int
	for i := range f.Ballots {
		b := &f.Ballots[i]
		if !forum.Members[i] {
			continue
		}
		camps[b.Vote] = append(camps[b.Vote], i)
		if b.Vote == voting.Yes {
			weight += w.Weight(i)
		}
		if b.Decided() {
			by = b.By
		}
	}
	sentence := fmt.Sprintf("The %s %s %s %s.", forum.Name, outcome, text.Called(), tallyInWords(f.Tally, f.Passed))
	if text.Kind == world.Norm {
		sentence += fmt.Sprintf(" It stands at %s.", w.Place(text.Position))
	}
	if others := len(text.Sponsors) - 1; others >= manySponsors {
		sentence += fmt.Sprintf(" %d states co-sponsor it.", others)
	}
	sentence += rollCall(w, text, camps)
	if old := w.FindText(text.Replaces); f.Passed && text.Replaces != "" && old >= 0 {
		sentence += fmt.Sprintf(" It takes the place of %s.", w.Texts[old].Called())
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Name: text.ID, Actors: tabledBy(w, text), Targets: onText(w, text), Value: inFavour(f.Tally),
		Weight: min(1, weight*stakes(text)), Text: sentence, By: by,
		Yes: f.Tally[voting.Yes], No: f.Tally[voting.No], Abstain: f.Tally[voting.Abstain], Absent: f.Tally[voting.Absent],
	})
}

// inFavour is the share of yes among yes and no; 0 where nobody voted either.
func inFavour(tally assembly.Tally) float64 {
	return float64(tally[voting.Yes]) / float64(max(1, tally[voting.Yes]+tally[voting.No]))
}

// tallyInWords is a tally in words. A text that fails may have more votes for it than
// against it, so that these are told apart.
func tallyInWords(tally assembly.Tally, passed bool) string {
	votes, no := counted(tally[voting.Yes], "vote", "votes"), tally[voting.No]
	abstentions := "no abstentions"
	if tally[voting.Abstain] > 0 {
		abstentions = counted(tally[voting.Abstain], "abstention", "abstentions")
	}
	switch {
	case !passed:
		return fmt.Sprintf("with %s for it, %d against and %s", votes, no, abstentions)
	case no == 0:
		return fmt.Sprintf("by %s to none with %s", votes, abstentions)
	}
	return fmt.Sprintf("by %s to %d with %s", votes, no, abstentions)
}

// counted is a number with the word that goes with it.
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// rollCall names who voted how, by vote: the weightiest of each camp, and the author unless
// the text is called by its name.
func rollCall(w *world.World, text *world.Text, camps [4][]int) string {
	author := -1
	if len(text.Sponsors) > 0 && strings.HasPrefix(text.Called(), world.Possessive(w.Called(text.Sponsors[0]))) {
		author = text.Sponsors[0]
	}
	var parts []string
	for _, camp := range []struct {
		vote voting.Vote
		word string
	}{{voting.Yes, "for it"}, {voting.No, "against"}, {voting.Abstain, "abstaining"}} {
		states := slices.DeleteFunc(camps[camp.vote], func(i int) bool { return i == author })
		if named := weightiestOfCamp(w, states); named != "" {
			parts = append(parts, camp.word+" "+named)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + capital(strings.Join(parts, "; ")) + "."
}

// weightiestOfCamp names up to three states of a camp that count for something in the
// world; the tally says how many others there are.
func weightiestOfCamp(w *world.World, states []int) string {
	states = byWeight(w, states)
	const named, counts = 3, .25 // states; of a mean weight
	large := 0
	for large < min(named, len(states)) && w.Weight(states[large])*float64(w.States.N) >= counts {
		large++
	}
	return w.Enumerate(states[:large])
}

// byWeight orders states by their power and users, the weightiest first.
func byWeight(w *world.World, states []int) []int {
	return slices.SortedStableFunc(slices.Values(states), func(a, b int) int { return cmp.Compare(w.Weight(b), w.Weight(a)) })
}

// capital begins a sentence.
func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// tellPassed says that a text for all sides was adopted without a vote.
func tellPassed(w *world.World, f assembly.Passed) {
	text := &w.Texts[f.Text]
	forum := &w.Forums[text.Forum]
	w.Add(world.Entry{
		Kind: f.Kind(), Name: text.ID, Actors: tabledBy(w, text), Targets: onText(w, text), Value: text.Depth,
		Weight: w.MembersWeight(forum) * stakes(text),
		Text:   fmt.Sprintf("The %s adopts %s without a vote.", forum.Name, text.Called()),
	})
}

// stakes is how much of what states do the text would change, [0, 1]: its depth,
// and a little more where it sets up a forum or binds.
func stakes(t *world.Text) float64 {
	stakes := t.Depth
	switch t.Kind {
	case world.Create:
		stakes += .2
	case world.Treaty:
		stakes += .3
	}
	return min(1, stakes)
}
