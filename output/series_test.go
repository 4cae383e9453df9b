package output

import (
	"encoding/csv"
	"math"
	"strings"
	"testing"
)

var nan = math.NaN()

func TestSparkline(t *testing.T) {
	for _, c := range []struct {
		series []float64
		width  int
		want   string
	}{
		{[]float64{0, 1, 2, 3, 4, 5, 6, 7}, 8, "▁▂▃▄▅▆▇█"},
		{[]float64{7, nan, 0}, 8, "█ ▁"},
		{[]float64{.5, .5, .5001}, 8, "▄▄▄"}, // a movement that nobody should see
		{[]float64{0, 0, 1, 1}, 2, "▁█"},
		{[]float64{nan, nan}, 8, "  "},
		{nil, 8, ""},
	} {
		if got := sparkline(c.series, c.width); got != c.want {
			t.Errorf("sparkline(%v, %d) = %q, want %q", c.series, c.width, got, c.want)
		}
	}
}

func TestMedian(t *testing.T) {
	if got := median([]float64{3, nan, 1, 2}); got != 2 {
		t.Errorf("got %v", got)
	}
	if got := median([]float64{4, 1}); got != 2.5 {
		t.Errorf("got %v", got)
	}
	if got := median([]float64{nan}); !math.IsNaN(got) {
		t.Errorf("got %v", got)
	}
}

// However many runs there are, the sample is bounded and evenly spaced.
func TestSampleIsBoundedAndEven(t *testing.T) {
	var s sample
	for k := range 5*sampleSize + 7 {
		s.add([]float64{float64(k)})
	}
	if n := len(s.rows); n > sampleSize || n < sampleSize/2 {
		t.Fatalf("%d rows", n)
	}
	for k, row := range s.rows {
		if row[0] != float64(k*s.stride) {
			t.Fatalf("row %d is run %v, want %d", k, row[0], k*s.stride)
		}
	}
	if got := s.medians()[0]; math.Abs(got-2.5*sampleSize) > 10 {
		t.Errorf("median %v", got)
	}
}

// Whatever a cell holds, a reader of CSV gets it back.
func TestCellsSurvive(t *testing.T) {
	texts := []string{"", "plain", "a, b", `she said "no"`, "two\nlines", " space", "Côte d'Ivoire"}
	l := line{}
	for _, s := range texts {
		l.text(s)
	}
	l.end()
	got, err := csv.NewReader(strings.NewReader(string(l.buffer))).Read()
	if err != nil {
		t.Fatal(err)
	}
	for k := range texts {
		if got[k] != texts[k] {
			t.Errorf("%q came back as %q", texts[k], got[k])
		}
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct {
		x    float64
		want string
	}{
		{0.1, "0.1"},
		{1. / 3, "0.333333333"},
		{math.Copysign(0, -1), "0"},
		{193, "193"},
		{2e-7, "2e-07"},
		{nan, ""},
	} {
		l := line{}
		l.number(c.x)
		if got := strings.TrimSuffix(string(l.buffer), ","); got != c.want {
			t.Errorf("%v is written as %q, want %q", c.x, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	got := strings.Join(Wrap("the quick brown fox jumps over", 10), "|")
	if got != "the quick|brown fox|jumps over" {
		t.Error(got)
	}
}
