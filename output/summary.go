package output

import (
	"cmp"
	"math"
	"slices"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"
)

// consequential is the number of events that the closing screen tells.
const consequential = 5

// Summary gathers what the closing screen says of a run or an ensemble. Its
// memory does not grow with the number of runs.
type Summary struct {
	Manifest *Manifest
	Dir      string
	Finished int

	calendar sim.Calendar
	counts   map[verdict.Label]int
	example  map[verdict.Label]example // the first run that ended so
	sound    int                       // runs whose label no threshold would turn
	turns    []turn                    // by threshold parameter
	kept     []int                     // measures, by index in measures.All
	headline []int
	ends     []ends // by kept measure
	sample   sample // margin, then the headline series one after another

	events []world.Entry // of the first run
	next   swing         // of the first run
}

// example is a run that stands for a label.
type example struct {
	run     int
	verdict verdict.Verdict
}

// turn counts the runs in which moving a threshold by 20 % changes the label.
type turn struct {
	parameter     string
	lower, higher int
	to            verdict.Label // what it changes to, in the first such run
}

// ends sums the first and last values and the means of the end over runs.
type ends struct{ first, last, mean tally }

type tally struct {
	sum float64
	n   int
}

func (t *tally) add(x float64) {
	if !math.IsNaN(x) {
		t.sum += x
		t.n++
	}
}

func (t tally) mean() float64 { return t.sum / float64(t.n) }

// swing is the vote nearest to another answer: the one worth asking about.
type swing struct{ text, state string }

// NewSummary makes the summary of the runs that a manifest announces, which are
// written to the folder dir.
func NewSummary(m *Manifest, calendar sim.Calendar, dir string) *Summary {
	s := &Summary{
		Manifest: m, Dir: dir, calendar: calendar,
		counts: map[verdict.Label]int{}, example: map[verdict.Label]example{},
	}
	for k, measure := range measures.All() {
		if slices.Contains(m.Measures, measure.Name) {
			s.kept = append(s.kept, k)
			s.ends = append(s.ends, ends{})
		}
		if measure.Headline {
			s.headline = append(s.headline, k)
		}
	}
	return s
}

// Add takes in the next run. Call it in the order of runs.
func (s *Summary) Add(result *models.Result, states []string) {
	v := &result.Verdict
	if s.Finished == 0 {
		s.events = topEvents(result.Entries)
		s.next = nearest(result, states)
	}
	if s.counts[v.Label] == 0 {
		s.example[v.Label] = example{s.Finished, *v}
	}
	s.counts[v.Label]++
	s.addRobustness(v)
	for k, m := range s.kept {
		first, last, end := measures.Ends(result.Series.Values[m], s.calendar, verdict.WindowYears)
		s.ends[k].first.add(first)
		s.ends[k].last.add(last)
		s.ends[k].mean.add(end)
	}
	row := make([]float64, 0, 1+len(s.headline)*s.calendar.Ticks)
	row = append(row, v.Margin)
	for _, m := range s.headline {
		row = append(row, result.Series.Values[m]...)
	}
	s.sample.add(row)
	s.Finished++
}

func (s *Summary) addRobustness(v *verdict.Verdict) {
	sound := true
	for _, r := range v.Robust {
		k := slices.IndexFunc(s.turns, func(t turn) bool { return t.parameter == r.Parameter })
		if k < 0 {
			k = len(s.turns)
			s.turns = append(s.turns, turn{parameter: r.Parameter})
		}
		t := &s.turns[k]
		if r.Lower != v.Label {
			if sound = false; t.to == "" {
				t.to = r.Lower
			}
			t.lower++
		}
		if r.Higher != v.Label {
			if sound = false; t.to == "" {
				t.to = r.Higher
			}
			t.higher++
		}
	}
	if sound {
		s.sound++
	}
}

// Modal is the label that most runs end with; of equals, the one that comes
// first in verdict.Labels.
func (s *Summary) Modal() verdict.Label {
	modal := verdict.Labels[0]
	for _, l := range verdict.Labels {
		if s.counts[l] > s.counts[modal] {
			modal = l
		}
	}
	return modal
}

// Share is the share of finished runs with a label.
func (s *Summary) Share(l verdict.Label) float64 {
	return float64(s.counts[l]) / float64(s.Finished)
}

// medianMargin is the median of the runs' margins.
func (s *Summary) medianMargin() float64 { return s.medians()[0] }

// medians is the median margin and, for each headline measure, its median at
// each tick.
func (s *Summary) medians() []float64 { return s.sample.medians() }

// topEvents are the most consequential entries, in order of time.
func topEvents(entries []world.Entry) []world.Entry {
	byWeight := slices.Clone(entries)
	slices.SortStableFunc(byWeight, func(a, b world.Entry) int { return cmp.Compare(b.Weight, a.Weight) })
	top := slices.Clone(byWeight[:min(consequential, len(byWeight))])
	slices.SortStableFunc(top, func(a, b world.Entry) int { return cmp.Compare(a.Tick, b.Tick) })
	return top
}

// nearest is the ballot with the least utility in size on the most consequential
// text that was voted on.
func nearest(result *models.Result, states []string) swing {
	weight, text := math.Inf(-1), ""
	for k := range result.Entries {
		if e := &result.Entries[k]; e.Kind == "vote" && e.Weight > weight {
			weight, text = e.Weight, e.Name
		}
	}
	if !slices.ContainsFunc(result.Ballots, func(b voting.Ballot) bool { return b.Text == text }) {
		if len(result.Ballots) == 0 {
			return swing{}
		}
		text = result.Ballots[0].Text
	}
	best, found := math.Inf(1), swing{}
	for k := range result.Ballots {
		b := &result.Ballots[k]
		if b.Text == text && b.Vote != voting.Absent && math.Abs(b.Utility.Sum) < best {
			best, found = math.Abs(b.Utility.Sum), swing{text, states[b.State]}
		}
	}
	return found
}
