// Package declared lists what the model declares (parameters, fixed numbers, mechanisms and
// measures) as programs read it, in JSON.
package declared

import (
	"math"
	"strings"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/mechanism"
	"splinternet/sim"
)

// Parameter is a declared number as JSON lists it.
type Parameter struct {
	Name      string     `json:"name"`
	Kind      string     `json:"kind"`
	Fixed     bool       `json:"fixed"`
	Default   any        `json:"default"`
	Domain    *[2]any    `json:"domain,omitempty"`
	Plausible *[2]any    `json:"plausible,omitempty"`
	Choices   []string   `json:"choices,omitempty"`
	Unit      string     `json:"unit"`
	Doc       string     `json:"doc"`
	Source    sim.Source `json:"source"`
	Reference string     `json:"reference"`
}

// Parameters lists declared numbers. What is fixed has no plausible range.
func Parameters(declared []*sim.Parameter) []Parameter {
	list := []Parameter{}
	for _, p := range declared {
		o := Parameter{
			Name: p.Name, Kind: p.Kind.String(), Fixed: p.Fixed, Default: finite(p.Default), Choices: p.Choices,
			Unit: p.Unit, Doc: p.Doc, Source: p.Source, Reference: p.Reference,
		}
		switch p.Kind {
		case sim.Switch:
			o.Default = p.Default != 0
		case sim.Choice:
			o.Default = p.Format(p.Default)
		default:
			o.Domain = bounds(p.Domain.Min, p.Domain.Max)
			if !p.Fixed {
				o.Plausible = bounds(p.Plausible.Min, p.Plausible.Max)
			}
		}
		list = append(list, o)
	}
	return list
}

// Measure is a declared measure as JSON lists it.
type Measure struct {
	Name     string  `json:"name"`
	Title    string  `json:"title"`
	Unit     string  `json:"unit"`
	Range    *[2]any `json:"range"`
	Doc      string  `json:"doc"`
	Headline bool    `json:"headline"`
	Costly   bool    `json:"costly"`
}

// Measures lists the measures, in the order of columns.
func Measures() []Measure {
	list := []Measure{}
	for _, m := range measures.All() {
		list = append(list, Measure{m.Name, m.Title, m.Unit, bounds(m.Min, m.Max), m.Doc, m.Headline, m.Costly})
	}
	return list
}

// Mechanism is all that a mechanism declares of itself, as JSON lists it.
type Mechanism struct {
	Name       string                 `json:"name"`
	Doc        string                 `json:"doc"`
	Reference  string                 `json:"reference"`
	Without    string                 `json:"without"` // the world where it is abolished
	Parameters []Parameter            `json:"parameters"`
	Fixed      []Parameter            `json:"fixed"`
	Remembers  []mechanism.Remembered `json:"remembers"`
	Reads      []string               `json:"reads"`
	Writes     []string               `json:"writes"`
	Asks       []string               `json:"asks"`
	Measures   []Measure              `json:"measures"`
}

// Mechanisms lists the mechanisms in the order of a tick.
func Mechanisms() []Mechanism {
	declared, byName := models.Declarations().WithFixed(), map[string]Measure{}
	for _, m := range Measures() {
		byName[m.Name] = m
	}
	list := []Mechanism{}
	for _, d := range models.Mechanisms() {
		m := Mechanism{
			Name: d.Name, Doc: d.Doc, Reference: d.Reference, Without: d.Without, Remembers: orNone(d.Remembers()),
			Reads: orNone(d.Reads), Writes: orNone(d.Writes), Asks: orNone(d.Asks), Measures: []Measure{},
		}
		var fixed, swept []*sim.Parameter
		for _, p := range declared {
			if !strings.HasPrefix(p.Name, d.Name+".") {
				continue
			}
			if p.Fixed {
				fixed = append(fixed, p)
			} else {
				swept = append(swept, p)
			}
		}
		m.Parameters, m.Fixed = Parameters(swept), Parameters(fixed)
		for _, offered := range d.Measures {
			m.Measures = append(m.Measures, byName[offered.Name])
		}
		list = append(list, m)
	}
	return list
}

// orNone is an empty list, which JSON writes as [], where there is nothing.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func bounds(low, high float64) *[2]any { return &[2]any{finite(low), finite(high)} }

// finite is null where JSON has no number.
func finite(x float64) any {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return nil
	}
	return x
}
