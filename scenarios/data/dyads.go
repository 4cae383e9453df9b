package data

import (
	"math"
	"time"

	"splinternet/models/world"
	"splinternet/scenarios/problem"
)

// readAlliances marks hard alliances. ATOP counts the African Union, the Arab
// League or ECOWAS as defence pacts, which do not bind like NATO. So only rows
// with a bloc (NATO, CSTO) count, and pacts with the United States.
func (s *records) readAlliances(bad *problem.Collector) {
	n := len(s.rows)
	s.allied = make([]bool, n*n)
	t := s.files.open("alliances", bad, "iso3_a", "iso3_b", "bloc")
	for t.next() {
		i, j := s.find(t, "iso3_a"), s.find(t, "iso3_b")
		if i < 0 || j < 0 || i == j {
			continue
		}
		if t.text("bloc") != "" || s.rows[i].id == "USA" || s.rows[j].id == "USA" {
			s.allied[i*n+j], s.allied[j*n+i] = true, true
		}
	}
}

func (s *records) readAgreement(bad *problem.Collector) {
	n := len(s.rows)
	s.agreed = make([]float64, n*n)
	for k := range s.agreed {
		s.agreed[k] = math.NaN()
	}
	t := s.files.open("agreement", bad, "iso3_a", "iso3_b", "agreement")
	for t.next() {
		value := t.number("agreement", 0, 1)
		i, j := s.find(t, "iso3_a"), s.find(t, "iso3_b")
		if i < 0 || j < 0 || i == j {
			continue
		}
		if !math.IsNaN(s.agreed[i*n+j]) {
			t.fail("iso3_a", "the pair %s and %s comes twice", s.rows[i].id, s.rows[j].id)
		}
		s.agreed[i*n+j], s.agreed[j*n+i] = value, value
	}
}

// incidentCount is how many incidents one state is recorded to have started against another in
// a year. Either is -1 where the world does not have it.
type incidentCount struct {
	by, at int
	year   int
	n      float64
}

// readIncidents reads the counts of DCID alone: it records rivals only.
func (s *records) readIncidents(bad *problem.Collector) {
	t := s.files.open("incidents", bad, "dataset", "year", "initiator", "target", "count")
	for t.next() {
		year, n := t.number("year", 1900, 2200), t.number("count", 0, 1e6)
		if t.text("dataset") != "DCID" || math.IsNaN(year) || math.IsNaN(n) {
			continue
		}
		s.counts = append(s.counts, incidentCount{s.find(t, "initiator"), s.find(t, "target"), int(year), n})
	}
}

// before leaves the counts of the years that ended before the start: what came later is not
// known then, and counts by year say nothing of the days of a year.
func (s *source) before() []incidentCount {
	var list []incidentCount
	for _, c := range s.counts {
		if c.year < s.options.Start.Year() {
			list = append(list, c)
		}
	}
	return list
}

// rivals marks the pairs with a recorded incident before the start. Rivalries last, so that a
// pair counts whatever the year.
func (s *source) rivals(rival []bool) {
	n := len(s.rows)
	for _, c := range s.before() {
		if c.by >= 0 && c.at >= 0 && c.by != c.at && c.n > 0 {
			rival[c.by*n+c.at], rival[c.at*n+c.by] = true, true
		}
	}
}

// dyads sets trust, alliances, rivalries and channels.
//
// Trust at the start is clip(.5 + .12 z + .25 ally - .3 rival, .02, .98), with z how
// much more two states agree in UN votes than either does with others (in standard
// deviations). Raw agreement would do: nearly every state agrees more often with
// China than with the United States, whatever it thinks of either.
func (s *source) dyads(w *world.World) {
	n := len(s.rows)
	w.Dyads = world.NewDyads(n)
	d := &w.Dyads
	affinity := affinity(s.agreed, n)
	s.rivals(d.Rival)
	for i := range n {
		for j := range n {
			if i == j {
				continue
			}
			k := i*n + j
			d.Ally[k] = s.allied[k] || s.together(i, j, "eu") || s.together(i, j, "five_eyes")
			trust := .5 + .12*affinity[k]
			if d.Ally[k] {
				trust += .25
			}
			if d.Rival[k] {
				trust -= .3
			}
			d.Trust[k] = clip(trust, .02, .98)
		}
	}
	copy(d.TrustStart, d.Trust)
	s.channels(d)
}

func (s *records) together(i, j int, group string) bool {
	return s.belongs(i, group) && s.belongs(j, group)
}

// affinity is the agreement of each pair less the means of both states plus the
// mean of all, over its standard deviation; 0 where it is unknown.
func affinity(agreed []float64, n int) []float64 {
	mean, of := make([]float64, n), make([]float64, n)
	all, pairs := 0.0, 0.0
	for i := range n {
		for j := range n {
			if a := agreed[i*n+j]; !math.IsNaN(a) {
				mean[i] += a
				of[i]++
			}
		}
		all += mean[i]
		pairs += of[i]
		mean[i] /= max(of[i], 1)
	}
	all /= max(pairs, 1)
	out := make([]float64, n*n)
	square := 0.0
	for i := range n {
		for j := range n {
			if a := agreed[i*n+j]; !math.IsNaN(a) {
				out[i*n+j] = a - (mean[i] + mean[j]) + all
				square += float64(out[i*n+j] * out[i*n+j])
			}
		}
	}
	deviation := math.Sqrt(square / max(pairs, 1))
	for k := range out {
		if deviation > 0 {
			out[k] /= deviation
		}
	}
	return out
}

// agreements are the hotlines, measures and agreements of pairs that stand at the
// start if they are older than it. Their strengths are assumptions.
var agreements = []struct {
	a, b, group string // two states, or all pairs of a group
	date        time.Time
	strength    float64
}{
	{group: "osce", date: day(2013, time.December, 3), strength: .2},        // confidence-building measures
	{a: "USA", b: "RUS", date: day(2013, time.June, 17), strength: .5},      // cyber hotline
	{a: "CHN", b: "RUS", date: day(2015, time.May, 8), strength: .5},        // cooperation on international information security
	{a: "CHN", b: "USA", date: day(2015, time.September, 25), strength: .5}, // no commercial theft
}

func day(year int, month time.Month, d int) time.Time {
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
}

func (s *source) channels(d *world.Dyads) {
	n := len(s.rows)
	raise := func(i, j int, to float64) {
		d.Channel[i*n+j] = max(d.Channel[i*n+j], to)
		d.Channel[j*n+i] = d.Channel[i*n+j]
	}
	for _, a := range agreements {
		if a.date.After(s.options.Start) {
			continue
		}
		if a.group == "" {
			i, ok := s.index[a.a]
			j, too := s.index[a.b]
			if ok && too {
				d.Inherit(n, i, j, max(a.strength, d.Channel[i*n+j]))
				d.Agreements[len(d.Agreements)-1].Since = s.tick(a.date)
			}
			continue
		}
		for i := range n {
			for j := range i {
				if s.together(i, j, a.group) {
					raise(i, j, a.strength)
				}
			}
		}
	}
}
