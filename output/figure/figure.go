// Package figure draws the figures of papers and talks from the tables of runs,
// sweeps and analyses.
//
// A figure is its data, its caption and a drawing. Files writes all three: the
// drawing in one or more formats, the data as CSV, and the caption as text.
// Drawings are set in sans serif at the widths of journals and slides, in colours
// that survive colour blindness and grey print, with a second channel (dash, glyph,
// letter, or a label at the line) for every category.
//
// Nothing is translucent and nothing depends on the time: the same input gives the
// same bytes in every format.
package figure

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/output"
	"splinternet/output/frame"
)

// Figure is one figure, ready to be drawn.
type Figure struct {
	Name    string // as --figure names it, and its files
	Title   string // what it is, in a few words
	Caption string // what is shown, how many runs, which scenario: ready to paste
	Alt     string // what is to be seen, for those who do not see it
	Data    *frame.Frame

	height func(Style) vg.Length
	draw   func(*pen)
}

// Text is the caption as a file has it.
func (f *Figure) Text() string { return f.Title + ". " + f.Caption + "\n" }

// Files draws the figure into the folder dir: NAME.FORMAT for each format, the data
// as NAME.csv and the caption as NAME.txt. Each file appears when it is whole.
func (f *Figure) Files(dir string, formats []string, s Style) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for _, format := range formats {
		drawing, err := f.Render(format, s)
		if err != nil {
			return fmt.Errorf("figure %s: %w", f.Name, err)
		}
		if err := output.WriteFile(filepath.Join(dir, f.Name+"."+format), drawing); err != nil {
			return err
		}
	}
	if err := frame.Write(dir, f.Name, "csv", f.Data, nil); err != nil {
		return err
	}
	return output.WriteFile(filepath.Join(dir, f.Name+".txt"), []byte(f.Text()))
}

// sortBy sorts indices, and leaves equals in order.
func sortBy(list []int, less func(a, b int) bool) {
	sort.SliceStable(list, func(i, j int) bool { return less(list[i], list[j]) })
}

// order lists the indices of n things, sorted.
func order(n int, less func(a, b int) bool) []int {
	list := make([]int, n)
	for k := range list {
		list[k] = k
	}
	sortBy(list, less)
	return list
}

// numbers and words make columns of a figure's data.
func numbers(name string, values []float64) frame.Column {
	return frame.Column{Name: name, Numbers: nonNil(values)}
}

func words(name string, values []string) frame.Column {
	return frame.Column{Name: name, Words: nonNil(values)}
}

func nonNil[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// plainName makes words of an identifier: influence.bound is "influence: bound".
func plainName(id string) string {
	if mechanism, rest, is := strings.Cut(id, "."); is {
		return plainName(mechanism) + ": " + strings.NewReplacer("-", " ", "_", " ", ".", " ").Replace(rest)
	}
	return strings.NewReplacer("-", " ", "_", " ").Replace(id)
}

// acronyms are words of events that a reader expects in capitals.
var acronyms = map[string]string{
	"us": "US", "un": "UN", "eu": "EU", "ip": "IP", "gge": "GGE", "oewg": "OEWG", "itu": "ITU", "wto": "WTO", "nato": "NATO", "brics": "BRICS",
	"sco": "SCO", "icann": "ICANN", "ietf": "IETF", "5g": "5G", "new": "New", "huawei": "Huawei", "zte": "ZTE", "china": "China", "russia": "Russia",
}

// eventName makes words of the name that a scenario gives to an event.
func eventName(id string) string {
	parts := strings.Fields(plainName(id))
	for k, word := range parts {
		if full, is := acronyms[word]; is {
			parts[k] = full
		}
	}
	return strings.Join(parts, " ")
}

// distinct are the different words in the order in which they first come.
func distinct(values []string) []string {
	var list []string
	for _, v := range values {
		if !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list
}

func sqrt(x float64) float64 { return math.Sqrt(math.Max(0, x)) }
