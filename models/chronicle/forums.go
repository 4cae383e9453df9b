package chronicle

import (
	"fmt"

	"splinternet/models/forums"
	"splinternet/models/forums/assembly"
	"splinternet/models/forums/negotiation"
	"splinternet/models/forums/regime"
	"splinternet/models/forums/texts"
	"splinternet/models/world"
)

// tellForums tells the facts of forums and of their rooms.
func tellForums(w *world.World, fact world.Fact) {
	switch f := fact.(type) {
	case forums.Opened:
		beginSessions(w, f.Term)
	case forums.Endorsed:
		tellEndorsed(w, f)
	case forums.SessionsOver:
		tellDeeper(w)
	case assembly.Passed:
		tellPassed(w, f)
	case assembly.Voted:
		tellVoted(w, f)
	case negotiation.Agreed:
		tellConsensus(w, f)
	case negotiation.Deadlocked:
		tellDeadlock(w, f)
	case negotiation.Met:
		tellReview(w, f)
	case regime.Ended:
		tellEnded(w, f)
	case regime.Founded:
		tellFounded(w, f)
	case regime.Joined:
		tellMembers(w, f.Forum, f.States, len(f.States), "joins", "join")
	case regime.Left:
		tellLeft(w, f)
	case regime.Mandated:
		tellMandated(w, f)
	case regime.Merged:
		tellMerged(w, f)
	case texts.Tabled, forums.Adopted:
		// No news by themselves: the vote or the session says what came of the text.
	}
}

// tellEndorsed says who stands behind a new forum from the start.
func tellEndorsed(w *world.World, f forums.Endorsed) {
	const named = 4
	text := &w.Texts[f.Text]
	weightiest := byWeight(w, f.States)
	w.Add(world.Entry{
		Kind: f.Kind(), Name: text.ID, Actors: w.IDs(f.States), Targets: []string{text.ID}, Value: float64(len(f.States)),
		Weight: min(1, text.Depth*w.Coverage(text)),
		Text: fmt.Sprintf("%d states endorse %s from the start, among them %s.",
			len(f.States), text.Called(), w.Enumerate(weightiest[:min(named, len(weightiest))])),
	})
}
