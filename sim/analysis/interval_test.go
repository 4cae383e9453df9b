package analysis

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

var nan = math.NaN()

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %.6g, want %.6g within %g", what, got, want, tolerance)
	}
}

// Newcombe (1998), Statistics in Medicine 17, table I, method 3; and the formula
// of Brown, Cai and DasGupta (2001), worked out by hand for n = 10.
func TestWilson(t *testing.T) {
	for _, c := range []struct {
		k, n            int
		low, high, unit float64
	}{
		{81, 263, .2553, .3662, 5e-5},
		{15, 148, .0624, .1605, 5e-5},
		{0, 20, 0, .1611, 5e-5},
		{1, 29, .0061, .1718, 5e-5},
		{0, 10, 0, 0.27754, 1e-5},
		{5, 10, 0.23659, 0.76341, 1e-5},
		{10, 10, 0.72246, 1, 1e-5},
		{0, 0, 0, 1, 0},
	} {
		low, high := Wilson(c.k, c.n)
		near(t, "low", low, c.low, c.unit)
		near(t, "high", high, c.high, c.unit)
	}
}

// Student (1908): the hours of sleep that ten patients won by two drugs. The
// interval of the paired difference, .7001142 to 2.4598858, is printed in the
// documentation of R's t.test; the means are Student's own.
var (
	dextro = []float64{.7, -1.6, -.2, -1.2, -.1, 3.4, 3.7, .8, 0, 2}
	laevo  = []float64{1.9, .8, 1.1, .1, -.1, 4.4, 5.5, 1.6, 4.6, 3.4}
)

func TestPairedDifference(t *testing.T) {
	near(t, "mean of the first", Mean(dextro).Value, .75, 1e-12)
	near(t, "mean of the second", Mean(laevo).Value, 2.33, 1e-12)
	e := PairedDifference(dextro, laevo)
	near(t, "difference", e.Value, 1.58, 1e-12)
	near(t, "low", e.Low, .7001142, 5e-8)
	near(t, "high", e.High, 2.4598858, 5e-8)
	if e.N != 10 || e.Crosses() {
		t.Errorf("%+v: 10 pairs, and zero lies outside", e)
	}
	// t = 4.0621 in the same place, and d_z is t over the root of n.
	near(t, "d_z", PairedD(dextro, laevo), 4.0621/math.Sqrt(10), 2e-5)
}

func TestMissingValues(t *testing.T) {
	e := PairedDifference([]float64{1, nan, 3, 5}, []float64{2, 2, nan, 8})
	if e.N != 2 || e.Value != 2 {
		t.Errorf("%+v: want the two whole pairs and their mean, 2", e)
	}
	if one := Mean([]float64{nan, 4}); one.Value != 4 || !math.IsNaN(one.Low) || !one.Crosses() {
		t.Errorf("%+v: one value has no interval", one)
	}
	if none := Mean([]float64{nan}); !math.IsNaN(none.Value) || none.N != 0 {
		t.Errorf("%+v: nothing has no mean", none)
	}
}

// The printed table of Student's t at 97.5 % (Fisher and Yates 1963, table III).
func TestStudent(t *testing.T) {
	for degrees, want := range map[int]float64{1: 12.706, 2: 4.303, 5: 2.571, 9: 2.262, 30: 2.042, 120: 1.980} {
		near(t, "t", student975(degrees), want, 5e-4)
	}
}

func TestEffectSize(t *testing.T) {
	// Means 3 and 5, both variances 2.5: d is 2 over the root of 2.5.
	near(t, "d", CohenD([]float64{1, 2, 3, 4, 5}, []float64{3, 4, 5, 6, 7}), 2/math.Sqrt(2.5), 1e-12)
	// Variances 1 (n = 3) and 4 (n = 5): pooled (2*1 + 4*4)/6 = 3.
	a := []float64{1, 2, 3}
	b := []float64{2, 2 - math.Sqrt(4), 2 + math.Sqrt(4), 2 - math.Sqrt(4), 2 + math.Sqrt(4)}
	near(t, "d of unequal sides", CohenD(a, b), 0, 0)
	for i := range b {
		b[i] += 3
	}
	near(t, "d of unequal sides", CohenD(a, b), 3/math.Sqrt(3), 1e-12)
	if d := CohenD([]float64{1, 1}, []float64{1, 1}); d != 0 {
		t.Errorf("d of equal constants is %v, want 0", d)
	}
	if d := CohenD([]float64{1, 1}, []float64{2, 2}); !math.IsInf(d, 1) {
		t.Errorf("d of unequal constants is %v, want +Inf", d)
	}
}

// Hyndman and Fan's definition 7 on 1 to 10, as R prints quantile(1:10).
func TestQuantile(t *testing.T) {
	x := []float64{10, 1, 9, 2, 8, 3, 7, 4, 6, nan, 5}
	for p, want := range map[float64]float64{0: 1, .25: 3.25, .5: 5.5, .75: 7.75, .9: 9.1, 1: 10} {
		near(t, "quantile", Quantile(x, p), want, 1e-12)
	}
	if q := Quantile(nil, .5); !math.IsNaN(q) {
		t.Errorf("the median of nothing is %v", q)
	}
}

// The bootstrap repeats itself, and its interval of a mean comes near to the
// normal one where that is right: .5 -+ 1.96 * .2887 / sqrt(400).
func TestBootstrapMean(t *testing.T) {
	x := make([]float64, 400)
	for i := range x {
		x[i] = (float64(i) + .5) / 400
	}
	e, again := BootstrapMean(x, 2000, 7), BootstrapMean(x, 2000, 7)
	if e != again {
		t.Errorf("one seed gave %+v and %+v", e, again)
	}
	if other := BootstrapMean(x, 2000, 8); other.Low == e.Low {
		t.Error("two seeds gave the same resamples")
	}
	half := 1.96 * math.Sqrt(1./12) / 20
	near(t, "low", e.Low, .5-half, .1*half)
	near(t, "high", e.High, .5+half, .1*half)
	near(t, "value", e.Value, .5, 1e-12)
}

// The mean adds from left to right: results depend on the order of a sum to the bit,
// and no version of a library may change it unnoticed.
func TestMeanAddsFromLeftToRight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 40).Draw(t, "x")
		sum := 0.0
		for _, v := range x {
			sum += v
		}
		if got := mean(x); got != sum/float64(len(x)) {
			t.Fatalf("the mean is %g; want %g", got, sum/float64(len(x)))
		}
	})
	if !math.IsNaN(mean(nil)) {
		t.Error("the mean of nothing is a number")
	}
}
