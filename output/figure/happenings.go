package figure

import (
	"slices"
)

// happening is an event that a figure of time marks.
type happening struct {
	year       float64
	tick       int
	date, text string
	kind, name string
	weight     float64
	by         string
}

// scheduled are the most consequential events that the scenario schedules, in
// order of time.
func (s *Source) scheduled(n int) ([]happening, error) {
	all, err := s.chronicle()
	if err != nil {
		return nil, err
	}
	var list []happening
	for _, e := range all {
		if e.by == "scenario" && e.text != "" {
			list = append(list, e)
		}
	}
	return heaviest(list, n), nil
}

// heaviest are the n events of greatest weight, in order of time.
func heaviest(all []happening, n int) []happening {
	kept := order(len(all), func(a, b int) bool { return all[a].weight > all[b].weight })
	kept = kept[:min(n, len(kept))]
	slices.Sort(kept)
	list := make([]happening, len(kept))
	for k, i := range kept {
		list[k] = all[i]
	}
	return list
}

// chronicle are the events of the first run.
func (s *Source) chronicle() ([]happening, error) {
	if s.results == nil || !s.has("events") {
		return nil, nil
	}
	var list []happening
	first := -1
	for row, err := range s.results.ReadEvents() {
		if err != nil {
			return nil, err
		}
		if first < 0 {
			first = row.Run
		}
		if row.Run != first {
			break
		}
		list = append(list, happening{
			year: year(row.Date), tick: row.Tick, date: row.Date, text: row.Text, kind: row.Kind, name: row.Name,
			weight: row.Weight, by: row.By,
		})
	}
	return list, nil
}
