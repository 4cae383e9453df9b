package forecast

import (
	"math"

	"splinternet/models/voting"
)

// Score is how well a forecast of one roll call did, over the states that voted.
type Score struct {
	N                int     // states that voted
	Accuracy         float64 // share whose likeliest vote was cast
	BalancedAccuracy float64 // mean over the kinds of vote that were cast, each of its share predicted
	Brier            float64 // mean squared error summed over the three kinds, 0 to 2 (Brier 1950)
	LogScore         float64 // mean of -ln of the probability of the vote cast; 0 is perfect
	Changed          int     // states that voted otherwise than before
	RecallChanged    float64 // share of them whose vote was predicted; NaN when there are none
}

// Evaluate scores the odds against the votes cast. Who was absent does not count. before
// is each state's vote the last time, Absent where it had none.
func Evaluate(odds []voting.Odds, votes, before []voting.Vote) Score {
	var s Score
	var cast, right [3]int
	changedRight := 0
	for i, v := range votes {
		if v == voting.Absent {
			continue
		}
		s.N++
		cast[v]++
		hit := odds[i].Likeliest() == v
		if hit {
			right[v]++
		}
		if before[i] != voting.Absent && before[i] != v {
			s.Changed++
			if hit {
				changedRight++
			}
		}
		s.LogScore -= math.Log(odds[i][v])
		for c, p := range odds[i] {
			if voting.Vote(c) == v {
				p--
			}
			s.Brier += p * p
		}
	}
	n, kinds := float64(s.N), 0.0
	s.Brier /= n
	s.LogScore /= n
	s.Accuracy = float64(right[voting.No]+right[voting.Abstain]+right[voting.Yes]) / n
	for c := range cast {
		if cast[c] > 0 {
			kinds++
			s.BalancedAccuracy += float64(right[c]) / float64(cast[c])
		}
	}
	s.BalancedAccuracy /= kinds
	s.RecallChanged = float64(changedRight) / float64(s.Changed)
	return s
}
