package measures

import "splinternet/models/world"

// start is what measures compare with: the world as it was laid out.
type start struct {
	West     []bool    // the founding coalition of the liberal order
	Position []float64 // first dimension
	Spread   float64   // standard deviation of positions
	Rivals   []int     // rival dyads, both directions, as places in n x n slices
	Blocs    []int     // blocs detected at the first costly measurement
}

func (s *start) take(w *world.World) {
	n := w.States.N
	if len(s.West) != n {
		s.West, s.Position = make([]bool, n), make([]float64, n)
	}
	clear(s.West)
	if g := w.FindGroup("west"); g >= 0 {
		for _, i := range w.Groups[g].Members {
			s.West[i] = true
		}
	}
	for i := range n {
		s.Position[i] = w.States.Position[i*w.Dim]
	}
	s.Spread = deviation(w)
	s.Rivals = s.Rivals[:0]
	for k, rival := range w.Dyads.Rival {
		if rival {
			s.Rivals = append(s.Rivals, k)
		}
	}
	s.Blocs = nil
}
