package world

import (
	"fmt"
	"reflect"
	"slices"
)

// What no run changes is shared by all copies of a world. Its field has the tag
//
//	ID []string `run:"constant"`
const constant = "constant"

// CopyFrom makes w a deep copy of the world from, in w's memory where the sizes
// agree, so that replicate after replicate starts afresh without allocating. A copy
// has the settings of the chronicle, but not what it holds: entries are handed to
// whoever records them.
func (w *World) CopyFrom(from *World) {
	slots := w.Slots
	copyValue(reflect.ValueOf(w).Elem(), reflect.ValueOf(from).Elem())
	w.Slots = slots
	w.copySlots(from)
	w.Chronicle = Chronicle{On: from.Chronicle.On, Ballots: from.Chronicle.Ballots, Teller: from.Chronicle.Teller}
}

// Clone returns a deep copy in memory of its own. Its list of groups is its own, too,
// for whoever wants another one.
func (w *World) Clone() *World {
	c := new(World)
	c.CopyFrom(w)
	c.Groups = slices.Clone(w.Groups)
	return c
}

// copyValue makes to a deep copy of from, in the memory that to has where that is
// large enough.
func copyValue(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.Struct:
		for k := range from.NumField() {
			field := from.Type().Field(k)
			switch {
			case !field.IsExported():
				panic(fmt.Sprintf("world: %s has the unexported field %s, which no copy can have", from.Type(), field.Name))
			case field.Tag.Get("run") == constant:
				to.Field(k).Set(from.Field(k))
			case field.Tag.Get("run") != apart:
				copyValue(to.Field(k), from.Field(k))
			}
		}
	case reflect.Slice:
		copySlice(to, from)
	case reflect.Map:
		copyMap(to, from)
	case reflect.Pointer, reflect.UnsafePointer, reflect.Chan:
		panic(fmt.Sprintf("world: a %s cannot be copied", from.Type()))
	default: // a number or a word
		to.Set(from)
	}
}

// What is copied on its own has the tag run:"apart": memories of mechanisms, the
// chronicle.
const apart = "apart"

// copySlice reuses the memory of to, and that of the elements behind its length.
func copySlice(to, from reflect.Value) {
	n := from.Len()
	if to.Cap() < n {
		grown := reflect.MakeSlice(to.Type(), n, n)
		reflect.Copy(grown, to.Slice(0, to.Cap()))
		to.Set(grown)
	}
	to.SetLen(n)
	if flat(from.Type().Elem()) {
		reflect.Copy(to, from)
		return
	}
	for k := range n {
		copyValue(to.Index(k), from.Index(k))
	}
}

func copyMap(to, from reflect.Value) {
	if to.IsNil() {
		if from.Len() == 0 {
			return
		}
		to.Set(reflect.MakeMapWithSize(to.Type(), from.Len()))
	}
	to.Clear()
	for entries := from.MapRange(); entries.Next(); {
		value := reflect.New(from.Type().Elem()).Elem()
		copyValue(value, entries.Value())
		to.SetMapIndex(entries.Key(), value)
	}
}

// flat tells whether a value of the type is copied as a whole: it refers to nothing.
func flat(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Struct:
		for k := range t.NumField() {
			if !flat(t.Field(k).Type) {
				return false
			}
		}
		return true
	case reflect.Array:
		return flat(t.Elem())
	case reflect.Slice, reflect.Map, reflect.Pointer, reflect.Interface, reflect.Func, reflect.Chan, reflect.UnsafePointer:
		return false
	}
	return true
}
