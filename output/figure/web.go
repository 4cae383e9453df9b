package figure

import (
	"fmt"
)

// web is the links between states at two ticks.
type web struct {
	*detail
	blocs    []bloc
	variable string
	index    map[string]int
	dates    []string
	link     [][]float64 // by date: n x n
	bridge   []float64   // of the last date, n x n
	order    []int       // states by bloc, then position
}

// web reads the links of the first run in detail.
func (s *Source) web(figure string) (*web, error) {
	d, err := s.inDetail(figure)
	if err != nil {
		return nil, err
	}
	if !s.has("links") {
		return nil, &MissingError{figure, s.Dir + " holds no links.csv", s.commandFor("detail")}
	}
	w := &web{detail: d, blocs: d.blocs(), variable: d.position(), index: map[string]int{}}
	n := len(d.states)
	for k := range d.states {
		w.index[d.states[k].id] = k
	}
	for row, err := range s.results.ReadLinks() {
		if err != nil {
			return nil, err
		}
		if row.Run != d.run {
			if len(w.dates) > 0 {
				break
			}
			continue
		}
		if len(w.dates) == 0 || w.dates[len(w.dates)-1] != row.Date {
			w.dates = append(w.dates, row.Date)
			w.link = append(w.link, make([]float64, n*n))
			w.bridge = make([]float64, n*n)
		}
		i, oki := w.index[row.I]
		j, okj := w.index[row.J]
		if !oki || !okj {
			return nil, fmt.Errorf("links.csv of %s names states that agents.csv lacks: %s, %s", s.Dir, row.I, row.J)
		}
		at := w.link[len(w.link)-1]
		at[i*n+j], at[j*n+i] = row.Link, row.Link
		w.bridge[i*n+j], w.bridge[j*n+i] = row.Bridge, row.Bridge
	}
	if len(w.dates) == 0 {
		return nil, &MissingError{figure, "links.csv of " + s.Dir + " has no rows for the run in detail", s.commandFor("detail")}
	}
	w.order = order(n, func(a, b int) bool {
		x, y := &d.states[a], &d.states[b]
		if x.bloc != y.bloc {
			return x.bloc < y.bloc
		}
		return x.at(w.variable, 0) > y.at(w.variable, 0)
	})
	return w, nil
}
