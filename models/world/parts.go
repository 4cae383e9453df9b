package world

import (
	"fmt"
	"math"
	"reflect"
	"slices"
)

// A part is what mechanisms say they read and write: a field of the world, or a field
// of its states, firms, dyads, forums, texts or stacks, such as "States.Position" or
// "Texts.Depth". That forums, texts or stacks come or go is the part of their name,
// "Forums".

// Parts lists the names of all parts of a world, in the order of their fields.
func Parts() []string {
	var names []string
	walk(reflect.TypeFor[World](), "", func(name string, _ []int) { names = append(names, name) })
	return names
}

// walk visits the parts of a type below a name, with the way to each by fields.
func walk(t reflect.Type, name string, visit func(name string, path []int), above ...int) {
	for k := range t.NumField() {
		field := t.Field(k)
		if field.Tag.Get("run") == apart {
			continue
		}
		part, path := field.Name, append(slices.Clone(above), k)
		if name != "" {
			part = name + "." + field.Name
		}
		kind := field.Type
		if kind.Kind() == reflect.Slice && kind.Elem().Kind() == reflect.Struct && name == "" {
			visit(part, path)
			kind = kind.Elem()
		}
		if kind.Kind() == reflect.Struct && name == "" && part != "Calendar" {
			walk(kind, part, visit, path...)
		} else {
			visit(part, path)
		}
	}
}

// Changed lists the parts in which two worlds differ, in the order of Parts. Numbers
// are compared to the last bit.
func Changed(a, b *World) []string {
	var list []string
	walk(reflect.TypeFor[World](), "", func(name string, path []int) {
		if !samePart(reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem(), path) {
			list = append(list, name)
		}
	})
	return list
}

// samePart compares one part. Of a list of structs the path leads into its elements;
// elements that only one world has count as the list's own difference.
func samePart(a, b reflect.Value, path []int) bool {
	a, b = a.Field(path[0]), b.Field(path[0])
	if len(path) == 1 {
		if a.Kind() == reflect.Slice && a.Type().Elem().Kind() == reflect.Struct {
			return a.Len() == b.Len()
		}
		return same(a, b)
	}
	if a.Kind() != reflect.Slice {
		return same(a.Field(path[1]), b.Field(path[1]))
	}
	for k := range min(a.Len(), b.Len()) {
		if !same(a.Index(k).Field(path[1]), b.Index(k).Field(path[1])) {
			return false
		}
	}
	return true
}

// same compares two values to the last bit; an empty list is the same as none.
func same(a, b reflect.Value) bool {
	switch a.Kind() {
	case reflect.Float64:
		return math.Float64bits(a.Float()) == math.Float64bits(b.Float())
	case reflect.Slice, reflect.Array:
		if a.Len() != b.Len() {
			return false
		}
		if numbers, are := a.Interface().([]float64); are { // most of a world: not by reflection
			others := b.Interface().([]float64)
			return slices.EqualFunc(numbers, others, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) })
		}
		for k := range a.Len() {
			if !same(a.Index(k), b.Index(k)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		for k := range a.NumField() {
			if !a.Type().Field(k).IsExported() {
				return a.Equal(b) // a date
			}
			if !same(a.Field(k), b.Field(k)) {
				return false
			}
		}
		return true
	case reflect.Map:
		if a.Len() != b.Len() {
			return false
		}
		for _, key := range a.MapKeys() {
			if other := b.MapIndex(key); !other.IsValid() || !same(a.MapIndex(key), other) {
				return false
			}
		}
		return true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return a.Int() == b.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return a.Uint() == b.Uint()
	case reflect.Bool:
		return a.Bool() == b.Bool()
	case reflect.String:
		return a.String() == b.String()
	case reflect.Pointer:
		return a.IsNil() == b.IsNil() && (a.IsNil() || same(a.Elem(), b.Elem()))
	case reflect.Interface, reflect.Func:
		return a.IsNil() == b.IsNil()
	}
	panic(fmt.Sprintf("world: a %s cannot be compared", a.Type()))
}
