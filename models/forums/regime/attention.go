package regime

import (
	"math"

	"splinternet/models/world"
)

// SplitAttention works out, once a year, which share of the diplomatic capacity
// spent on a line goes to each of its parallel processes. Support for a forum
// does not exclude support for its rival; attention does.
func (m *Regime) SplitAttention(w *world.World) {
	for k := range w.Forums {
		w.Forums[k].Attention = 0
	}
	for _, line := range world.Lines {
		list := processes(w, line)
		switch len(list) {
		case 0:
			continue
		case 1:
			w.Forums[list[0]].Attention = 1
			continue
		}
		total, pull := 0.0, make([]float64, len(list))
		for i, capacity := range w.States.Diplomacy {
			sum := 0.0
			for p, k := range list {
				pull[p] = math.Exp(m.Worth(w, k, i) / m.AttentionNoise)
				sum += pull[p]
			}
			for p, k := range list {
				w.Forums[k].Attention += capacity * pull[p] / sum
			}
			total += capacity
		}
		for _, k := range list {
			if total > 0 {
				w.Forums[k].Attention /= total
			}
		}
	}
}

// Attended is the share of a draft's depth that the attention left to the forum
// allows to work out.
func (m *Regime) Attended(f *world.Forum) float64 {
	if !parallel(f) || f.Attention == 0 {
		return 1
	}
	return 1 - m.Attention*(1-f.Attention)
}
