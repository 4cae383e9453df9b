// Package atlas holds the outlines of states for small maps, and an equal-area
// projection.
package atlas

import (
	_ "embed"
	"fmt"
	"math"
	"strconv"
	"strings"
	"sync"
)

//go:embed world.txt
var text string

// Point is a place in degrees east and north.
type Point struct{ Lon, Lat float64 }

// Country is the outline of a state.
type Country struct {
	ID    string // ISO 3166-1 alpha-3; "-" for land that has none
	Rings [][]Point
	// Dot is the middle of a state that is too small for the outlines; nil for
	// others.
	Dot *Point
}

// World returns all states: outlines first, from large to small, so that states
// inside others can be drawn over them, then dots.
var World = sync.OnceValue(func() []Country {
	list, err := parse(text)
	if err != nil {
		panic("atlas: " + err.Error()) // the file is the package's own
	}
	return list
})

func parse(text string) ([]Country, error) {
	var list []Country
	index := map[string]int{}
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		points, err := steps(fields[1:])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", fields[0], err)
		}
		k, ok := index[fields[0]]
		if !ok {
			k = len(list)
			index[fields[0]] = k
			list = append(list, Country{ID: fields[0]})
		}
		if len(points) == 1 {
			list[k].Dot = &points[0]
		} else {
			list[k].Rings = append(list[k].Rings, points)
		}
	}
	return list, nil
}

// steps reads a first point and the steps from one point to the next, in tenths of
// a degree.
func steps(fields []string) ([]Point, error) {
	if len(fields) == 0 || len(fields)%2 != 0 {
		return nil, fmt.Errorf("%d numbers make no points", len(fields))
	}
	var points []Point
	x, y := 0, 0
	for k := 0; k < len(fields); k += 2 {
		dx, err := strconv.Atoi(fields[k])
		if err != nil {
			return nil, err
		}
		dy, err := strconv.Atoi(fields[k+1])
		if err != nil {
			return nil, err
		}
		x, y = x+dx, y+dy
		points = append(points, Point{float64(x) / 10, float64(y) / 10})
	}
	return points, nil
}

// EqualEarth projects a point: areas keep their proportions, and states look much
// as they do on a globe (Šavrič, Patterson and Jenny 2019, "The Equal Earth map
// projection", IJGIS 33(3), equations 1 to 4). On the unit sphere x lies within
// ±2.7066 and y within ±1.3173.
func EqualEarth(p Point) (x, y float64) {
	const a1, a2, a3, a4 = 1.340264, -.081106, .000893, .003796
	lambda, phi := p.Lon*math.Pi/180, p.Lat*math.Pi/180
	theta := math.Asin(math.Sqrt(3) / 2 * math.Sin(phi))
	t2 := theta * theta
	t6 := t2 * t2 * t2
	x = 2 * math.Sqrt(3) * lambda * math.Cos(theta) / (3 * (9*a4*t6*t2 + 7*a3*t6 + 3*a2*t2 + a1))
	y = theta * (a4*t6*t2 + a3*t6 + a2*t2 + a1)
	return x, y
}
