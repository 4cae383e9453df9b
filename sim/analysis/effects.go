package analysis

import (
	"fmt"
	"math"

	"splinternet/sim"
)

// Runs holds one measure of a sweep by point and, in it, by replicate. NaN is a
// run that failed or did not take the measure. Replicate r of every point
// belongs together: with common random numbers they share their chance.
type Runs [][]float64

// Means is the mean of each point over the replicates that it has; NaN where it
// has none.
func (r Runs) Means() []float64 {
	means := make([]float64, len(r))
	for p, values := range r {
		means[p] = mean(finite(values))
	}
	return means
}

// Count is the number of runs that there are, and that there should be.
func (r Runs) Count() (finished, all int) {
	for _, values := range r {
		finished += len(finite(values))
		all += len(values)
	}
	return finished, all
}

// resamples is the number of bootstrap samples behind an interval.
const resamples = 1000

// Effects are a group's elementary effects, summed up.
type Effects struct {
	// Mu is their mean, Sigma their standard deviation. NaN for a group of several
	// factors and for a factor of more than two unordered values: their steps have
	// no direction.
	Mu, Sigma float64

	MuStar Estimate // mean of their sizes; N is the number of effects

	// Noise is the MuStar that chance alone would give: sqrt(2/pi) times the
	// standard error of an effect, estimated from the replicates of its two
	// points. 0 where shared chance cancels, NaN with one replicate.
	Noise float64
}

// MorrisDesign says how the runs of a Morris design lie.
type MorrisDesign struct {
	// Positions of each point: for each factor where it lies between the ends of
	// its range, from 0 to 1. An unordered factor has the number of its value.
	Positions [][]float64
	Unordered []bool // by factor: more than two values without order; nil: none
	Groups    []int  // by factor, from 0 up; nil: each alone
}

// MorrisEffects are elementary effects after Morris (1991), with the mean of
// their sizes after Campolongo, Cariboni and Saltelli (2007): the change of the
// measure in a step of one group, over the size of the step (1 is the whole range
// of an ordered factor, or a change of an unordered one; the mean over the
// group's factors that moved).
//
// Trajectories have groups+1 points. An effect is the mean over those replicates
// that both its points have, so that shared chance cancels; where no replicate is
// left, or the step moved nothing (a range of whole numbers that is narrower than
// the grid), that effect is left out and the others of its trajectory stay.
// Intervals are percentiles of 1000 bootstrap samples of trajectories.
//
// The second result is the number of trajectories that lack an effect.
func MorrisEffects(d MorrisDesign, runs Runs, seed uint64) (effects []Effects, broken int, err error) {
	groups, err := d.check(len(runs))
	if err != nil {
		return nil, 0, err
	}
	sizes := make([][]float64, groups)  // signed effects
	errors := make([][]float64, groups) // their squared standard errors
	for at := 0; at+groups < len(runs); at += groups + 1 {
		whole := 0
		for p := at + 1; p <= at+groups; p++ {
			g, step := d.step(d.Positions[p-1], d.Positions[p])
			if g < 0 {
				continue
			}
			change := PairedDifference(runs[p-1], runs[p])
			if change.N == 0 {
				continue
			}
			whole++
			sizes[g] = append(sizes[g], change.Value/step)
			se := pairedError(runs[p-1], runs[p]) / step
			errors[g] = append(errors[g], se*se)
		}
		if whole < groups {
			broken++
		}
	}
	for g := range groups {
		effects = append(effects, d.sum(g, sizes[g], errors[g], seed))
	}
	return effects, broken, nil
}

// check returns the number of groups.
func (d *MorrisDesign) check(points int) (int, error) {
	if points == 0 || len(d.Positions) != points {
		return 0, fmt.Errorf("%d positions for %d points", len(d.Positions), points)
	}
	groups := len(d.Positions[0])
	if d.Groups != nil {
		groups = 0
		for _, g := range d.Groups {
			groups = max(groups, g+1)
		}
	}
	if points%(groups+1) != 0 {
		return 0, fmt.Errorf("%d points are no whole number of trajectories of %d", points, groups+1)
	}
	return groups, nil
}

// step is the group that moves from a to b, and how far; -1 when nothing moves
// or more than one group does. A single ordered factor's step has a sign.
func (d *MorrisDesign) step(a, b []float64) (group int, size float64) {
	group, moved := -1, 0
	for k := range a {
		if a[k] == b[k] {
			continue
		}
		g := k
		if d.Groups != nil {
			g = d.Groups[k]
		}
		if group >= 0 && g != group {
			return -1, 0
		}
		group = g
		moved++
		if d.Unordered != nil && d.Unordered[k] {
			size++
		} else {
			size += math.Abs(b[k] - a[k])
		}
	}
	if group < 0 {
		return -1, 0
	}
	size /= float64(moved)
	if k := d.only(group); k >= 0 && b[k] < a[k] {
		size = -size
	}
	return group, size
}

// only is the factor of a group that has one ordered factor alone, or -1.
func (d *MorrisDesign) only(group int) int {
	only := -1
	for k := range d.Positions[0] {
		if d.Groups == nil && k != group || d.Groups != nil && d.Groups[k] != group {
			continue
		}
		if only >= 0 || d.Unordered != nil && d.Unordered[k] {
			return -1
		}
		only = k
	}
	return only
}

// pairedError is the standard error of a paired difference; NaN with one pair.
func pairedError(a, b []float64) float64 {
	_, sd, n := moments(Differences(a, b))
	return sd / math.Sqrt(float64(n))
}

func (d *MorrisDesign) sum(group int, sizes, squares []float64, seed uint64) Effects {
	e := Effects{Mu: math.NaN(), Sigma: math.NaN()}
	if d.only(group) >= 0 {
		e.Mu, e.Sigma = mean(sizes), math.Sqrt(variance(sizes))
	}
	absolute := make([]float64, len(sizes))
	for k, x := range sizes {
		absolute[k] = math.Abs(x)
	}
	e.MuStar = BootstrapMean(absolute, resamples, seed)
	e.Noise = math.Sqrt(2 / math.Pi * mean(finite(squares)))
	return e
}

// Indices are the shares of a measure's variance over the design that a group of
// factors accounts for.
type Indices struct {
	First Estimate // by itself; N is the number of base rows
	Total Estimate // with all its interactions
}

// SobolIndices are the first and total order indices of each group from a
// Saltelli design: rows of groups+2 points A, AB_1 ... AB_g, B. First order by
// Saltelli et al. (2010), table 2 (b), total order by Jansen (1999), table 2 (f);
// variance over A and B.
//
// A point's value is its mean over those replicates that every point of its row
// has, so that shared chance cancels; a row without such a replicate is left out
// as a whole. Intervals are percentiles of 1000 bootstrap samples of rows. A
// measure that does not vary has NaN indices. Estimates are not forced into
// [0, 1]: what lies outside shows how uncertain they are.
//
// The second result is the number of rows that were left out.
func SobolIndices(runs Runs, groups int, seed uint64) (indices []Indices, dropped int, err error) {
	block := groups + 2
	if groups < 1 || len(runs) == 0 || len(runs)%block != 0 {
		return nil, 0, fmt.Errorf("%d points are no whole number of rows of %d", len(runs), block)
	}
	var rows [][]float64
	for at := 0; at < len(runs); at += block {
		if row := commonMeans(runs[at : at+block]); row != nil {
			rows = append(rows, row)
		}
	}
	dropped = len(runs)/block - len(rows)
	if len(rows) == 0 {
		return nil, dropped, fmt.Errorf("no row of the design has all its %d points", block)
	}
	centre(rows)
	all := make([]int, len(rows))
	for i := range all {
		all[i] = i
	}
	first, total := estimateIndices(rows, all)
	indices = make([]Indices, groups)
	firsts, totals := resampleIndices(rows, groups, seed)
	for g := range indices {
		indices[g].First = withPercentiles(first[g], firsts[g], len(rows))
		indices[g].Total = withPercentiles(total[g], totals[g], len(rows))
	}
	return indices, dropped, nil
}

func withPercentiles(value float64, samples []float64, n int) Estimate {
	e := Estimate{Value: value, N: n}
	e.Low, e.High = percentiles(samples)
	return e
}

// commonMeans are the means of points over the replicates that all of them have,
// or nil.
func commonMeans(points Runs) []float64 {
	sums := make([]float64, len(points))
	n := 0
	for r := range points[0] {
		missing := false
		for _, values := range points {
			missing = missing || math.IsNaN(values[r])
		}
		if missing {
			continue
		}
		n++
		for p, values := range points {
			sums[p] += values[r]
		}
	}
	if n == 0 {
		return nil
	}
	for p := range sums {
		sums[p] /= float64(n)
	}
	return sums
}

// centre takes the mean of all points away: products of large numbers would hide
// small effects (Sobol' et al. 2007).
func centre(rows [][]float64) {
	sum, n := 0.0, 0
	for _, row := range rows {
		for _, y := range row {
			sum += y
			n++
		}
	}
	middle := sum / float64(n)
	for _, row := range rows {
		for k := range row {
			row[k] -= middle
		}
	}
}

// estimateIndices takes the rows of a sample in which a row can stand twice.
func estimateIndices(rows [][]float64, sample []int) (first, total []float64) {
	last := len(rows[0]) - 1
	first, total = make([]float64, last-1), make([]float64, last-1)
	sum, squares := 0.0, 0.0
	for _, i := range sample {
		row := rows[i]
		a, b := row[0], row[last]
		sum += a + b
		squares += a*a + b*b
		for g := range first {
			ab := row[g+1]
			first[g] += b * (ab - a)
			total[g] += (a - ab) * (a - ab)
		}
	}
	n := float64(len(sample))
	variance := squares/(2*n) - (sum/(2*n))*(sum/(2*n))
	// Rounding leaves a trace of variance in what is constant.
	if variance <= 1e-14*squares/(2*n) {
		variance = math.NaN()
	}
	for g := range first {
		first[g] /= n * variance
		total[g] /= 2 * n * variance
	}
	return first, total
}

func resampleIndices(rows [][]float64, groups int, seed uint64) (firsts, totals [][]float64) {
	rng := sim.NewStream(seed, "analysis sobol", 0).Whole()
	firsts, totals = make([][]float64, groups), make([][]float64, groups)
	sample := make([]int, len(rows))
	for range resamples {
		for i := range sample {
			sample[i] = rng.IntN(len(rows))
		}
		first, total := estimateIndices(rows, sample)
		for g := range groups {
			firsts[g] = append(firsts[g], first[g])
			totals[g] = append(totals[g], total[g])
		}
	}
	return firsts, totals
}
