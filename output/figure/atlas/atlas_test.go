package atlas

import (
	"math"
	"testing"
)

// Published values of the projection: the ends of the equator and of the central
// meridian in PROJ (+proj=eqearth +R=1); a pole is a line of .59247 of the equator.
func TestEqualEarth(t *testing.T) {
	for _, c := range []struct {
		at   Point
		x, y float64
	}{
		{Point{0, 0}, 0, 0},
		{Point{180, 0}, 2.7066299836, 0},
		{Point{0, 90}, 0, 1.3173627592},
		{Point{-180, -90}, -.59247 * 2.7066299836, -1.3173627592},
	} {
		x, y := EqualEarth(c.at)
		if math.Abs(x-c.x) > 1e-5 || math.Abs(y-c.y) > 1e-6 {
			t.Errorf("%v: %.7f, %.7f, want %.7f, %.7f", c.at, x, y, c.x, c.y)
		}
	}
}

// Equal areas: a cell of one degree has the area that it has on the sphere,
// anywhere.
func TestEqualAreas(t *testing.T) {
	for _, p := range []Point{{0, 0}, {100, 20}, {-60, 50}, {170, -40}, {10, 75}} {
		const h = .01
		var corners [4][2]float64
		for k, d := range [4]Point{{0, 0}, {h, 0}, {h, h}, {0, h}} {
			corners[k][0], corners[k][1] = EqualEarth(Point{p.Lon + d.Lon, p.Lat + d.Lat})
		}
		area := 0.0
		for k := range corners {
			a, b := corners[k], corners[(k+1)%4]
			area += (a[0]*b[1] - b[0]*a[1]) / 2
		}
		step := h * math.Pi / 180
		want := step * step * math.Cos((p.Lat+h/2)*math.Pi/180)
		if math.Abs(area/want-1) > 1e-4 {
			t.Errorf("at %v an area of %g on the sphere becomes %g", p, want, area)
		}
	}
}

func TestWorld(t *testing.T) {
	found := map[string]Country{}
	for _, c := range World() {
		found[c.ID] = c
	}
	for _, id := range []string{"USA", "CHN", "RUS", "IND", "BRA", "ZAF", "FJI", "SDN", "SSD"} {
		if len(found[id].Rings) == 0 {
			t.Errorf("%s has no outline", id)
		}
	}
	for id, near := range map[string]Point{"SGP": {103.8, 1.4}, "TUV": {179.2, -8.5}, "MLT": {14.4, 35.9}, "NRU": {166.9, -.5}} {
		d := found[id].Dot
		if d == nil || math.Abs(d.Lon-near.Lon) > 1 || math.Abs(d.Lat-near.Lat) > 1 {
			t.Errorf("%s has its dot at %v, want about %v", id, d, near)
		}
	}
	if _, ok := found["ATA"]; ok {
		t.Error("Antarctica is no state")
	}
	for id, c := range found {
		for _, r := range c.Rings {
			if r[0] != r[len(r)-1] {
				t.Errorf("%s: a ring does not end where it begins", id)
			}
			for k := 1; k < len(r); k++ {
				if math.Abs(r[k].Lon-r[k-1].Lon) > 180 {
					t.Errorf("%s: a line goes around the world", id)
				}
			}
		}
	}
}

// Whatever stands in the file, it is refused with a reason or makes whole outlines.
func FuzzParse(f *testing.F) {
	f.Add("USA 10 20 -1 0 1 1\nTUV 1792 -85\n# note\n- 0 0 1 1 2 2\n")
	f.Add("USA 1")
	f.Add("USA x y")
	f.Fuzz(func(t *testing.T, text string) {
		list, err := parse(text)
		if err != nil {
			return
		}
		for _, c := range list {
			if c.ID == "" || len(c.Rings) == 0 && c.Dot == nil {
				t.Errorf("%+v has neither a name nor a place", c)
			}
			for _, r := range c.Rings {
				if len(r) < 2 {
					t.Errorf("%s: a ring of %d points", c.ID, len(r))
				}
			}
		}
	})
}
