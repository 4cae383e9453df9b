package world

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"reflect"
	"slices"
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
		s.read(reflect.ValueOf(value))
		s.Saved = nil
	}
	return value
}

// read reads a memory that comes from a file into the struct that it points to.
func (s *slot) read(into reflect.Value) {
	if err := gob.NewDecoder(bytes.NewReader(s.Saved)).DecodeValue(into); err != nil {
		panic(fmt.Sprintf("world: what %s remembers cannot be read: %v", s.Owner, err)) // its file was checked
	}
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

// ChangedSlots lists the owners whose memories differ in two worlds. No memory is the
// same as an empty one that its owner has asked for; numbers are compared to the last
// bit.
func ChangedSlots(a, b *World) []string {
	var owners, changed []string
	for _, slots := range []Slots{a.Slots, b.Slots} {
		for k := range slots {
			if !slices.Contains(owners, slots[k].Owner) {
				owners = append(owners, slots[k].Owner)
			}
		}
	}
	for _, owner := range owners {
		if !sameSlot(a.Slots.find(owner), b.Slots.find(owner)) {
			changed = append(changed, owner)
		}
	}
	return changed
}

func (s Slots) find(owner string) slot {
	for k := range s {
		if s[k].Owner == owner {
			return s[k]
		}
	}
	return slot{}
}

// sameSlot compares two memories. Where one is not read from its file yet, it is read
// into a struct of the other's type.
func sameSlot(a, b slot) bool {
	if a.value == nil {
		a, b = b, a
	}
	if a.value == nil {
		return bytes.Equal(a.Saved, b.Saved)
	}
	of := reflect.TypeOf(a.value).Elem()
	return same(a.in(of), b.in(of))
}

// in is the memory as a struct of a type, empty if there is none.
func (s *slot) in(of reflect.Type) reflect.Value {
	switch {
	case s.Saved != nil:
		value := reflect.New(of)
		s.read(value)
		return value.Elem()
	case s.value != nil:
		return reflect.ValueOf(s.value).Elem()
	}
	return reflect.Zero(of)
}
