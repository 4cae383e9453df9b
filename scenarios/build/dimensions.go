package build

import (
	"math"

	"splinternet/models/world"
)

// widen gives every position dim dimensions. The first is what states want of
// institutions, as their votes in the United Nations show it. The second is values:
// how states govern at home, by the index of electoral democracy, put on the scale of
// the first by mean and spread over states, since the two have no common unit (India
// and Indonesia: relatively liberal at home, intergovernmental abroad). Firms, forums,
// texts and stacks stand in the second dimension where they stand in the first.
func widen(w *world.World, dim int) {
	if dim == w.Dim {
		return
	}
	wide := func(list *[]float64) {
		out := make([]float64, 0, len(*list)*dim)
		for _, x := range *list {
			for range dim {
				out = append(out, x)
			}
		}
		*list = out
	}
	w.Dim = dim
	for _, list := range []*[]float64{&w.States.Position, &w.States.Anchor, &w.States.Uncertainty, &w.Firms.Position} {
		wide(list)
	}
	for k := range w.Forums {
		wide(&w.Forums[k].Position)
	}
	for k := range w.Catalogue {
		wide(&w.Catalogue[k].Position)
	}
	for k := range w.Texts {
		wide(&w.Texts[k].Position)
	}
	for k := range w.Stacks {
		wide(&w.Stacks[k].Position)
	}
	values(w)
}

// values fills the second dimension of states.
func values(w *world.World) {
	s, dim := &w.States, w.Dim
	abroad := make([]float64, s.N)
	for i := range abroad {
		abroad[i] = s.Position[i*dim]
	}
	mean, spread := moments(abroad)
	at, width := moments(s.Democracy)
	for i, democracy := range s.Democracy {
		x := mean
		if width > 0 {
			x += (democracy - at) * spread / width
		}
		x = min(.99, max(.01, x))
		s.Position[i*dim+1], s.Anchor[i*dim+1] = x, x
		// As good as the index itself, whose experts agree to about a twentieth.
		s.Uncertainty[i*dim+1] = .05
	}
	for k := range w.Texts {
		t := &w.Texts[k]
		for i, c := range t.Compliance {
			if c > 0 {
				t.Compliance[i] = world.Compliance(w.Position(i), t.Position)
			}
		}
	}
}

// moments are the mean and the standard deviation of a list.
func moments(list []float64) (mean, deviation float64) {
	for _, x := range list {
		mean += x / float64(len(list))
	}
	for _, x := range list {
		deviation += (x - mean) * (x - mean) / float64(len(list))
	}
	return mean, math.Sqrt(deviation)
}
