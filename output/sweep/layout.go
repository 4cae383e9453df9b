package sweep

import (
	"splinternet/output/frame"
	"splinternet/scenarios"
)

// Layout is what the tables need to know of a plan.
type Layout struct {
	Plan     string // its hash
	Scenario string // its hash
	Size     int    // runs in all
	Factors  []frame.Heading
	Measures []string
	Ticks    bool // whether the measures at every tick are kept

	// Of is the point, the replicate and the seed of a run.
	Of func(run int) (point, replicate int, seed uint64)
	// Value is the value of a factor at a point: a word, or a number.
	Value func(point, factor int) frame.Cell
}

// LayoutOf is the layout of a plan.
func LayoutOf(p *scenarios.Plan) *Layout {
	l := &Layout{
		Plan: p.Hash(), Scenario: p.Scenario.Hash, Size: p.Size(), Measures: p.Measures, Ticks: p.Ticks, Of: p.Of,
		Value: func(point, factor int) frame.Cell {
			if p.Numeric(factor) {
				return frame.Cell{Number: p.Number(point, factor)}
			}
			return frame.Cell{Word: p.Cell(point, factor)}
		},
	}
	for k := range p.Factors {
		h := frame.Heading{Name: p.Factors[k].Name, Kind: frame.Word}
		if p.Numeric(k) {
			h.Kind = frame.Number
			if p.WholeNumbers(k) {
				h.Kind = frame.Integer
			}
		}
		l.Factors = append(l.Factors, h)
	}
	return l
}
