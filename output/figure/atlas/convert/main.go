// Command convert makes world.txt of package atlas from the TopoJSON files of the
// npm package world-atlas (Natural Earth, public domain):
//
//	npm pack world-atlas@2.0.2 && tar xf world-atlas-2.0.2.tgz
//	go run ./output/figure/atlas/convert package >output/figure/atlas/world.txt
//
// Outlines are those at 1:110 million; states that these are too coarse for become
// dots at the middle of their largest part at 1:10 million.
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/text/language"
)

// topology is a TopoJSON file: arcs of quantised, delta-coded points, and countries
// that refer to them.
type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   struct {
		Countries struct{ Geometries []geometry }
	}
}

type geometry struct {
	Type       string
	ID         string
	Arcs       json.RawMessage
	Properties struct{ Name string }
}

type ring [][2]float64

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: convert FOLDER, which holds countries-110m.json and countries-10m.json")
		os.Exit(2)
	}
	if err := convert(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "convert:", err)
		os.Exit(1)
	}
}

func convert(dir string) error {
	coarse, err := countries(filepath.Join(dir, "countries-110m.json"))
	if err != nil {
		return err
	}
	fine, err := countries(filepath.Join(dir, "countries-10m.json"))
	if err != nil {
		return err
	}
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintln(w, "# Natural Earth, public domain, by way of world-atlas 2.0.2; made by convert. A line is")
	fmt.Fprintln(w, "# a ring of an outline: state, first point, steps, in tenths of a degree east and")
	fmt.Fprintln(w, "# north; or a dot: state, point, where the outline is missing.")
	// Large states first: those that lie inside others are drawn over them.
	slices.SortStableFunc(coarse, func(a, b country) int { return cmp.Compare(largest(b.rings), largest(a.rings)) })
	drawn := map[string]bool{}
	for _, c := range coarse {
		if c.id == "ATA" {
			continue // no state, and most of the paper
		}
		drawn[c.id] = true
		for _, r := range c.rings {
			write(w, c.id, r)
		}
	}
	for _, c := range fine {
		if !drawn[c.id] && c.id != "-" && c.id != "ATA" {
			x, y := middle(c.rings)
			fmt.Fprintln(w, c.id, tenth(x), tenth(y))
		}
	}
	return w.Flush()
}

type country struct {
	id    string // ISO 3166-1 alpha-3; "-" for what has none
	rings []ring
}

func countries(path string) ([]country, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var t topology
	if err := json.Unmarshal(text, &t); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var list []country
	for _, g := range t.Objects.Countries.Geometries {
		rings, err := t.rings(g)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", path, g.Properties.Name, err)
		}
		c := country{id: "-", rings: rings}
		if region, err := language.ParseRegion(g.ID); err == nil {
			c.id = region.ISO3()
		}
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b country) int { return cmp.Compare(a.id, b.id) })
	return list, nil
}

// rings are the outer rings of a geometry: holes are other countries, which are
// drawn later.
func (t *topology) rings(g geometry) ([]ring, error) {
	var polygons [][][]int
	switch g.Type {
	case "Polygon":
		polygons = make([][][]int, 1)
		if err := json.Unmarshal(g.Arcs, &polygons[0]); err != nil {
			return nil, err
		}
	case "MultiPolygon":
		if err := json.Unmarshal(g.Arcs, &polygons); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("unknown geometry %q", g.Type)
	}
	var list []ring
	for _, p := range polygons {
		var r ring
		for _, k := range p[0] {
			arc := t.arc(k)
			if len(r) > 0 {
				arc = arc[1:] // it begins where the one before ended
			}
			r = append(r, arc...)
		}
		list = append(list, cut(r)...)
	}
	return list, nil
}

// cut parts a ring that crosses the date line into what lies east and west of it.
func cut(r ring) []ring {
	// Without jumps first: points beyond 180 degrees are those on the other side.
	whole, crosses := slices.Clone(r), false
	for k := 1; k < len(whole); k++ {
		for whole[k][0]-whole[k-1][0] > 180 {
			whole[k][0] -= 360
			crosses = true
		}
		for whole[k][0]-whole[k-1][0] < -180 {
			whole[k][0] += 360
			crosses = true
		}
	}
	if !crosses {
		return []ring{r}
	}
	var list []ring
	for _, at := range []float64{-360, 0, 360} {
		part := clip(clip(whole, at-180, 1), at+180, -1)
		for k := range part {
			part[k][0] -= at
		}
		if len(part) > 2 {
			list = append(list, append(part, part[0]))
		}
	}
	return list
}

// clip keeps the part of a ring on one side of a meridian (Sutherland and Hodgman
// 1974): the east for side 1, the west for -1.
func clip(r ring, meridian, side float64) ring {
	var kept ring
	for k := range r {
		a, b := r[k], r[(k+1)%len(r)]
		inA, inB := side*(a[0]-meridian) >= 0, side*(b[0]-meridian) >= 0
		if inA {
			kept = append(kept, a)
		}
		if inA != inB {
			t := (meridian - a[0]) / (b[0] - a[0])
			kept = append(kept, [2]float64{meridian, a[1] + t*(b[1]-a[1])})
		}
	}
	return kept
}

// arc decodes an arc; ^k is arc k backwards.
func (t *topology) arc(k int) ring {
	backwards := k < 0
	if backwards {
		k = ^k
	}
	var r ring
	x, y := 0.0, 0.0
	for _, step := range t.Arcs[k] {
		x, y = x+step[0], y+step[1]
		r = append(r, [2]float64{
			x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1],
		})
	}
	if backwards {
		slices.Reverse(r)
	}
	return r
}

func write(w *bufio.Writer, id string, r ring) {
	fmt.Fprint(w, id)
	lastX, lastY := 0, 0
	for k, p := range r {
		x, y := tenth(p[0]), tenth(p[1])
		if k > 0 && x == lastX && y == lastY {
			continue
		}
		fmt.Fprint(w, " ", x-lastX, " ", y-lastY)
		lastX, lastY = x, y
	}
	fmt.Fprintln(w)
}

func tenth(degrees float64) int { return int(math.Round(10 * degrees)) }

// middle is the centroid of the largest ring.
func middle(rings []ring) (x, y float64) {
	most := -1.0
	for _, r := range rings {
		if area, cx, cy := moments(r); math.Abs(area) > most && area != 0 {
			most, x, y = math.Abs(area), cx, cy
		}
	}
	return x, y
}

// largest is the area of the largest ring, in square degrees.
func largest(rings []ring) float64 {
	most := 0.0
	for _, r := range rings {
		area, _, _ := moments(r)
		most = max(most, math.Abs(area))
	}
	return most
}

// moments are the signed area and the centroid of a ring.
func moments(r ring) (area, x, y float64) {
	for k := range r {
		a, b := r[k], r[(k+1)%len(r)]
		cross := a[0]*b[1] - b[0]*a[1]
		area += cross / 2
		x += (a[0] + b[0]) * cross
		y += (a[1] + b[1]) * cross
	}
	return area, x / (6 * area), y / (6 * area)
}
