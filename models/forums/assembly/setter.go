package assembly

import (
	"math"
	"slices"

	"splinternet/models/world"
)

// RomerRosenthal is the proposal of an agenda setter with the given ideal point
// when a pivot decides between it and the status quo (Romer and Rosenthal 1978):
// the ideal point if the pivot accepts it, else the nearest point that the pivot
// accepts. Slack is what it costs the pivot to oppose, in units of squared
// distance; the classical case is 0. Positions lie on one line.
func RomerRosenthal(ideal, pivot, statusQuo, slack float64) float64 {
	radius := math.Sqrt(max(0, (pivot-statusQuo)*(pivot-statusQuo)+slack))
	return min(pivot+radius, max(pivot-radius, ideal))
}

// Pivot is the position of the voter whose agreement decides, when the agenda
// setter stands at ideal: the median under majority, the third-quantile voter
// farther from the setter under two thirds, the most hostile voter under
// consensus. The positions are sorted in place and must not be empty.
func Pivot(rule world.DecisionRule, positions []float64, ideal float64) float64 {
	slices.Sort(positions)
	n := len(positions)
	low, high := positions[0], positions[n-1]
	switch rule {
	case world.Majority:
		return (positions[(n-1)/2] + positions[n/2]) / 2
	case world.TwoThirds:
		low, high = positions[(n-1)/3], positions[n-1-(n-1)/3]
	}
	if math.Abs(ideal-low) > math.Abs(ideal-high)+world.Tie {
		return low
	}
	return high
}

// Persuaded is the position of the last voter whom an agenda setter at ideal wins
// over when it wants the given share of all voters, those nearest to it first. Half
// is the median voter; texts of the United Nations draw their weight from more than
// that. The positions are sorted in place and must not be empty.
func Persuaded(positions []float64, share, ideal float64) float64 {
	slices.Sort(positions)
	n := len(positions)
	voters := min(n, max(1, int(math.Ceil(share*float64(n)-world.Tie))))
	if math.Abs(ideal-positions[0]) < math.Abs(ideal-positions[n-1])-world.Tie {
		return positions[voters-1]
	}
	return positions[n-voters]
}

// optimum is where state i would place a text of a kind: as near to its own position
// as the pivot goes along. In several dimensions it moves on the line from the status
// quo to its position, and the pivot is the voter in the middle of that line.
func (m *Agenda) optimum(w *world.World, k, i int, statusQuo []float64, kind world.TextKind) []float64 {
	f, ideal := &w.Forums[k], w.Position(i)
	position := slices.Clone(ideal)
	length := math.Sqrt(world.SquaredDistance(ideal, statusQuo)) // as losses measure it: by the mean over dimensions
	const nowhere = 1e-12                                        // no direction can be made out over a shorter way
	if length < nowhere {
		return position
	}
	// along is the place of x on the line, 0 at the status quo and length at the ideal.
	along := func(x []float64) float64 {
		sum := 0.0
		for d := range x {
			sum += (x[d] - statusQuo[d]) * (ideal[d] - statusQuo[d])
		}
		return sum / length / float64(len(x))
	}
	places := make([]float64, 0, w.States.N)
	for j := range w.States.N {
		if f.Members[j] {
			places = append(places, along(w.Position(j)))
		}
	}
	pivot := 0.0
	if f.Rule == world.Majority {
		pivot = Persuaded(places, m.Consent, length)
	} else {
		pivot = Pivot(f.Rule, places, length)
	}
	place := RomerRosenthal(length, pivot, 0, m.Votes.cost(kind)/max(1, m.Votes.Slope))
	for d := range ideal {
		position[d] = min(1, max(0, statusQuo[d]+place/length*(ideal[d]-statusQuo[d])))
	}
	return position
}
