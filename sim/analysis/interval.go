package analysis

import (
	"math"
	"slices"

	"golang.org/x/exp/stats"
	"gonum.org/v1/gonum/stat/distuv"

	"splinternet/sim"
)

// confidence is the level of every interval here. One level for all keeps tables
// comparable.
const confidence = .95

// normal975 is the 97.5 % quantile of the standard normal distribution.
const normal975 = 1.959963984540054

// Wilson is the 95 % interval of a share, k of n, by Wilson's score: it stays
// inside [0, 1] and is honest at 0 and at n, where the plain interval has no
// width (Wilson 1927; Brown, Cai and DasGupta 2001). With n = 0 it is [0, 1].
func Wilson(k, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = normal975
	size, share := float64(n), float64(k)/float64(n)
	centre := (share + z*z/(2*size)) / (1 + z*z/size)
	half := z / (1 + z*z/size) * math.Sqrt(share*(1-share)/size+z*z/(4*size*size))
	return max(0, centre-half), min(1, centre+half)
}

// Estimate is a value with its 95 % interval and the number of observations
// behind it. Low and High are NaN where the observations allow no interval.
type Estimate struct {
	Value, Low, High float64
	N                int
}

// Crosses tells whether zero lies in the interval, or no interval is known: then
// the sign of the value is not established.
func (e Estimate) Crosses() bool { return !(e.Low > 0 || e.High < 0) }

// Mean is the mean of the numbers in x with Student's t interval. NaN is left
// out. Fewer than two numbers have no interval, none has no mean.
func Mean(x []float64) Estimate {
	mean, sd, n := moments(x)
	e := Estimate{Value: mean, Low: math.NaN(), High: math.NaN(), N: n}
	if n > 1 {
		half := student975(n-1) * sd / math.Sqrt(float64(n))
		e.Low, e.High = mean-half, mean+half
	}
	return e
}

// Share is the share k of n with its Wilson interval.
func Share(k, n int) Estimate {
	low, high := Wilson(k, n)
	return Estimate{Value: float64(k) / float64(n), Low: low, High: high, N: n}
}

// PairedDifference is the mean of b[i]-a[i] with Student's t interval: the
// effect of going from a to b where run i of both shares its chance. Pairs with
// a NaN are left out. It panics unless a and b have the same length.
func PairedDifference(a, b []float64) Estimate { return Mean(Differences(a, b)) }

// Differences are b[i]-a[i]. It panics unless a and b have the same length.
func Differences(a, b []float64) []float64 {
	if len(a) != len(b) {
		panic("analysis: pairs of unequal length")
	}
	d := make([]float64, len(a))
	for i := range d {
		d[i] = b[i] - a[i]
	}
	return d
}

// BootstrapMean is the mean of the numbers in x with the percentile bootstrap's
// interval (Efron and Tibshirani 1993, section 13.3) from the given number of
// resamples: for quantities whose distribution is far from normal. NaN is left
// out. With Differences it is the bootstrap of a paired difference.
func BootstrapMean(x []float64, resamples int, seed uint64) Estimate {
	kept := finite(x)
	e := Estimate{Value: mean(kept), Low: math.NaN(), High: math.NaN(), N: len(kept)}
	if len(kept) < 2 || resamples < 2 {
		return e
	}
	rng := sim.NewStream(seed, "analysis bootstrap", 0).Whole()
	means := make([]float64, resamples)
	for r := range means {
		sum := 0.0
		for range kept {
			sum += kept[rng.IntN(len(kept))]
		}
		means[r] = sum / float64(len(kept))
	}
	e.Low, e.High = percentiles(means)
	return e
}

// CohenD is the effect size of going from a to b: the difference of the means in
// units of the pooled standard deviation of single runs (Cohen 1988, p. 67).
// .2 is called small, .5 medium, .8 large. NaN is left out. It is 0 where
// nothing differs and infinite where means differ and nothing varies; with fewer
// than two runs on a side it is NaN.
func CohenD(a, b []float64) float64 {
	meanA, sdA, nA := moments(a)
	meanB, sdB, nB := moments(b)
	if nA < 2 || nB < 2 {
		return math.NaN()
	}
	pooled := math.Sqrt((float64(nA-1)*sdA*sdA + float64(nB-1)*sdB*sdB) / float64(nA+nB-2))
	return standardised(meanB-meanA, pooled)
}

// PairedD is the mean of b[i]-a[i] in units of the standard deviation of these
// differences, Cohen's d_z (Lakens 2013). Shared chance makes it larger than
// CohenD: it says how surely the sign is known, not how much the change matters
// beside the spread of single runs.
func PairedD(a, b []float64) float64 {
	mean, sd, n := moments(Differences(a, b))
	if n < 2 {
		return math.NaN()
	}
	return standardised(mean, sd)
}

func standardised(difference, sd float64) float64 {
	if difference == 0 {
		return 0
	}
	return difference / sd
}

// Quantile is the p-quantile of x, p in [0, 1], by linear interpolation between
// order statistics: definition 7 of Hyndman and Fan (1996), the default of R,
// NumPy and spreadsheets. NaN is left out; of nothing it is NaN.
func Quantile(x []float64, p float64) float64 {
	kept := finite(x)
	slices.Sort(kept)
	return sortedQuantile(kept, p)
}

func sortedQuantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return math.NaN()
	}
	at := p * float64(len(sorted)-1)
	below := int(math.Floor(at))
	if below >= len(sorted)-1 {
		return sorted[len(sorted)-1]
	}
	return sorted[below] + (at-float64(below))*(sorted[below+1]-sorted[below])
}

// percentiles is the central 95 % of bootstrap values; NaN among them is left
// out. It sorts them.
func percentiles(values []float64) (low, high float64) {
	kept := finite(values)
	slices.Sort(kept)
	const tail = (1 - confidence) / 2
	return sortedQuantile(kept, tail), sortedQuantile(kept, 1-tail)
}

// student975 is the 97.5 % quantile of Student's t distribution.
func student975(degrees int) float64 {
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(degrees)}.Quantile(1 - (1-confidence)/2)
}

// finite copies the numbers of x that are not NaN.
func finite(x []float64) []float64 {
	kept := make([]float64, 0, len(x))
	for _, v := range x {
		if !math.IsNaN(v) {
			kept = append(kept, v)
		}
	}
	return kept
}

// mean of nothing is NaN.
func mean(x []float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	return stats.Mean(x)
}

// variance is the sample variance, with n-1 below; of fewer than two it is NaN.
func variance(x []float64) float64 {
	if len(x) < 2 {
		return math.NaN()
	}
	centre, sum := mean(x), 0.0
	for _, v := range x {
		sum += (v - centre) * (v - centre)
	}
	return sum / float64(len(x)-1)
}

// moments are the mean and the sample standard deviation of the numbers in x
// that are not NaN, and how many these are.
func moments(x []float64) (centre, sd float64, n int) {
	kept := finite(x)
	return mean(kept), math.Sqrt(variance(kept)), len(kept)
}
