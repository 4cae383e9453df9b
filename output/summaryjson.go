package output

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"slices"

	"splinternet/models/measures"
	"splinternet/models/verdict"
)

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	key   string
	value any
}

// MarshalJSON writes the members in order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for k, m := range o {
		if k > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(m.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// number is a JSON number, or null where there is none.
func number(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return json.RawMessage(appendNumber(nil, x))
}

// WriteJSON writes the summary as one object.
func (s *Summary) WriteJSON(w io.Writer) error {
	modal := s.Modal()
	var share, counts, kept object
	for _, l := range verdict.Labels {
		share = append(share, member{string(l), number(s.Share(l))})
		counts = append(counts, member{string(l), s.counts[l]})
	}
	for k, m := range s.kept {
		e := &s.ends[k]
		kept = append(kept, member{measures.All()[m].Name, object{
			{"first", number(e.first.mean())}, {"last", number(e.last.mean())}, {"mean", number(e.mean.mean())},
		}})
	}
	var from object
	if f := s.Manifest.From; f != nil {
		from = object{{"from", f}}
	}
	return WriteJSON(w, slices.Concat(object{
		{"scenario", s.Manifest.Scenario.Name},
		{"title", s.Manifest.Scenario.Title},
		{"seed", s.Manifest.Seed},
	}, from, object{
		{"runs", s.Manifest.Runs},
		{"finished", s.Finished},
		{"complete", s.Finished == s.Manifest.Runs},
		{"verdict", object{
			{"label", string(modal)},
			{"meaning", modal.Meaning()},
			{"share", share},
			{"counts", counts},
			{"margin", number(s.medianMargin())},
			{"reason", s.example[modal].verdict.Reason},
		}},
		{"measures", kept},
		{"out", s.Dir},
		{"results_version", s.Manifest.ResultsVersion},
	}))
}
