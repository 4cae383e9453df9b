package seminar

import (
	"encoding/base64"
	"html/template"
	"os"
	"strconv"
	"strings"
	"sync"

	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/output/figure"
	"splinternet/output/frame"
)

// figures keeps what was drawn of the rounds that are resolved: drawing takes a
// moment, and a class looks at the same.
type figures struct {
	mu     sync.Mutex // held while they are drawn, so that they are drawn once
	rounds string     // that are drawn, by their fingerprint
	drawn  []drawing
}

// drawing is a figure with the words that go with it.
type drawing struct {
	Name, Title, Caption, Alt string
	Source                    template.URL // of the drawing, within a page that is whole in itself
	Table                     table
	svg                       []byte
}

// table is the data of a figure, where it is short enough to read.
type table struct {
	Head []string
	Rows [][]string
}

// longest is the longest table that is shown under a figure; longer ones are in the
// exported tables.
const longest = 60

// drawn are the figures of the wall and of the debrief, in order; network is the
// wall's.
var drawn = []struct {
	name string
	make func(*figure.Source) (*figure.Figure, error)
}{
	{"network", figure.Network},
	{"measures", figure.Measures},
	{"votes", figure.Votes},
	{"timeline", figure.Timeline},
	{"positions", figure.Positions},
	{"forums", figure.Forums},
}

// of draws the rounds that are resolved; there is nothing before the first.
func (f *figures) of(v room.View) ([]drawing, error) {
	if v.State.Through == 0 {
		return nil, nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.rounds != v.State.Digest || f.drawn == nil {
		drawn, err := draw(v)
		if err != nil {
			return nil, err
		}
		f.rounds, f.drawn = v.State.Digest, drawn
	}
	return f.drawn, nil
}

// draw draws all that can be drawn.
func draw(v room.View) ([]drawing, error) {
	dir, err := os.MkdirTemp("", "splinternet-figures-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := v.WriteRounds(dir); err != nil {
		return nil, err
	}
	source, err := figure.Open(dir)
	if err != nil {
		return nil, err
	}
	style, err := figure.Paper(figure.Slide)
	if err != nil {
		return nil, err
	}
	var list []drawing
	for _, d := range drawn {
		f, err := d.make(source)
		if err != nil {
			continue // a scenario without votes, say, has no figure of them
		}
		svg, err := f.Render("svg", style)
		if err != nil {
			return nil, err
		}
		list = append(list, drawing{
			Name: d.name, Title: f.Title, Caption: f.Caption, Alt: f.Alt, Table: tableOf(f.Data), svg: svg,
			Source: template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(svg)),
		})
	}
	return list, nil
}

func tableOf(f *frame.Frame) table {
	var t table
	if f == nil || f.Rows() > longest {
		return t
	}
	for _, c := range f.Columns {
		t.Head = append(t.Head, strings.ReplaceAll(c.Name, "_", " "))
	}
	for k := range f.Rows() {
		var row []string
		for _, c := range f.Columns {
			if c.Words != nil {
				row = append(row, c.Words[k])
			} else {
				row = append(row, strconv.FormatFloat(c.Numbers[k], 'g', 4, 64))
			}
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
