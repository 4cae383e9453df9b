package world

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"io"
)

// Encode writes down everything that a run changes, and what it does not, so that a
// run can go on from it. The rules of agents and the entries of the chronicle are not
// part of it: a run brings its own.
func (w *World) Encode() ([]byte, error) {
	e := *w
	e.Rules, e.Chronicle, e.Slots = Rules{}, Chronicle{}, make(Slots, len(w.Slots))
	for k, s := range w.Slots {
		e.Slots[k] = slot{Owner: s.Owner, Saved: s.Saved}
		if s.Saved == nil && s.value != nil {
			var b bytes.Buffer
			if err := gob.NewEncoder(&b).Encode(s.value); err != nil {
				return nil, fmt.Errorf("what %s remembers: %w", s.Owner, err)
			}
			e.Slots[k].Saved = b.Bytes()
		}
	}
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(&e)
	return b.Bytes(), err
}

// Decode reads a world that Encode wrote.
func Decode(from io.Reader) (*World, error) {
	w := new(World)
	if err := gob.NewDecoder(from).Decode(w); err != nil {
		return nil, err
	}
	return w, nil
}
