package assembly

import "splinternet/models/voting"

// Voted says that a forum has voted on a text. A text that fails is rejected with it.
type Voted struct {
	Text    int
	Passed  bool
	Tally   Tally
	Ballots []voting.Ballot // by state, of members and others; only valid while the fact is told
}

// Kind is "vote".
func (Voted) Kind() string { return "vote" }

// Tally is how many members cast which vote.
type Tally [4]int

// Passed says that a text tabled for all sides has been adopted without a vote.
type Passed struct{ Text int }

// Kind is "text".
func (Passed) Kind() string { return "text" }
