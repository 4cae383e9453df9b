package report

import (
	_ "embed"
	"html/template"
	"strings"

	"splinternet/output/figure"
)

// picture is a figure with its text alternatives.
type picture struct {
	Name, Title, Caption string
	Wide, Narrow         template.HTML
	Columns              []string
	Rows                 [][]string
	Of, Every            int
}

// The page shows at most so many rows of a figure's data; a figure whose drawing is
// larger is drawn once, not for wide and narrow screens each.
const (
	mostRows  = 60
	mostBytes = 160e3
)

// draw draws a figure for wide screens and paper, and for narrow ones.
func draw(f *figure.Figure) (picture, error) {
	p := picture{Name: f.Name, Title: f.Title, Caption: f.Caption}
	for _, width := range []string{figure.Page, figure.Column} {
		style, err := figure.Paper(width)
		if err != nil {
			return p, err
		}
		svg, err := f.Render("svg", style)
		if err != nil {
			return p, err
		}
		if width == figure.Page {
			p.Wide = template.HTML(svg) // drawn by this program, which escapes texts
			if len(svg) > mostBytes {
				break
			}
			continue
		}
		// One page, one identifier: that of the narrow drawing has an ending.
		narrow := strings.NewReplacer(`"`+f.Name+"-title", `"`+f.Name+"-narrow-title", " "+f.Name+"-desc", " "+f.Name+"-narrow-desc",
			`id="`+f.Name+"-desc", `id="`+f.Name+"-narrow-desc").Replace(string(svg))
		p.Narrow = template.HTML(narrow)
	}
	p.table(f)
	return p, nil
}

// table takes rows of the figure's data at equal distances.
func (p *picture) table(f *figure.Figure) {
	p.Of = f.Data.Rows()
	p.Every = (p.Of + mostRows - 1) / mostRows
	p.Every = max(p.Every, 1)
	p.Columns = f.Data.Names()
	for row := 0; row < p.Of; row += p.Every {
		p.Rows = append(p.Rows, cells(f.Data, row))
	}
}
