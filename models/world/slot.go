package world

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"reflect"
)

// Slots hold what mechanisms remember from tick to tick: one for each owner, a struct
// of a type that only the owner knows. With them the world is everything that a run
// changes, and a copy of it can go on as the original would.

// Slots are the memories in a world, in the order in which their owners asked for
// them.
type Slots []slot

type slot struct {
	Owner string
	Saved []byte // of a world that was read from a file, until the owner asks
	value any    // a pointer to the owner's struct; nil until the owner asks
}

// Slot returns what the owner remembers in the world: a struct that is laid out empty
// when it is first asked for, and that keeps its place as long as the world lives,
// whatever is copied into the world. The struct holds numbers, words, and structs,
// slices and maps of them, all in exported fields. Slot panics when an owner asks for
// another type than before.
func Slot[T any](w *World, owner string) *T {
	s := w.slot(owner)
	if s.value == nil {
		s.value = new(T)
	}
	value := s.value.(*T)
	if s.Saved != nil {
		*value = *new(T)
		if err := gob.NewDecoder(bytes.NewReader(s.Saved)).Decode(value); err != nil {
			panic(fmt.Sprintf("world: what %s remembers cannot be read: %v", owner, err)) // its file was checked
		}
		s.Saved = nil
	}
	return value
}

func (w *World) slot(owner string) *slot {
	for k := range w.Slots {
		if w.Slots[k].Owner == owner {
			return &w.Slots[k]
		}
	}
	w.Slots = append(w.Slots, slot{Owner: owner})
	return &w.Slots[len(w.Slots)-1]
}

// copySlots copies all memories; what the other world does not have is emptied.
func (w *World) copySlots(from *World) {
	for k := range from.Slots {
		w.slot(from.Slots[k].Owner)
	}
	for k := range w.Slots {
		to, other := &w.Slots[k], slot{}
		for _, s := range from.Slots {
			if s.Owner == to.Owner {
				other = s
			}
		}
		to.Saved = other.Saved // never changed in place
		switch {
		case other.Saved != nil:
		case other.value != nil:
			if to.value == nil {
				to.value = reflect.New(reflect.TypeOf(other.value).Elem()).Interface()
			}
			copyValue(reflect.ValueOf(to.value).Elem(), reflect.ValueOf(other.value).Elem())
		case to.value != nil:
			memory := reflect.ValueOf(to.value).Elem()
			copyValue(memory, reflect.Zero(memory.Type()))
		}
	}
}

// Zeros returns n zeros, in the memory of a list where it is large enough.
func Zeros[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n)
	}
	list = list[:n]
	clear(list)
	return list
}
