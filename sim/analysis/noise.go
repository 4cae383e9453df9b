package analysis

import "math"

// Noise splits the variance of single runs over a design: what parameters do,
// and what is chance at fixed parameters (the law of total variance).
type Noise struct {
	Parameters float64 // variance of the expected value of a point, over points
	Replicates float64 // mean over points of the variance between replicates
	Own        float64 // of Replicates, what points do not share through common random numbers
	Means      float64 // share of the variance between the means of points that is chance; NaN unknown
	Runs       int     // that were there
	Failed     int     // that were not, or did not take the measure
	Whole      int     // points with every replicate, of all
	Points     int
}

// Share is the share of the variance that is chance; NaN where nothing varies or
// no point has two replicates.
func (n Noise) Share() float64 { return n.Replicates / (n.Parameters + n.Replicates) }

// Partition estimates the two variances without bias, so that neither many
// replicates nor few favour a side, and cuts estimates below 0 to 0.
//
// Where at least half of the points have every replicate, these make a two-way
// table of points and replicates (Searle, Casella and McCulloch 1992, section
// 4.3): chance that all points share through common random numbers moves all
// their means alike and must not count as an effect of parameters, nor be taken
// off twice. Otherwise all points make a one-way table. With one replicate a
// point the variance of replicates is unknown, NaN, and so is that of parameters.
func Partition(runs Runs) Noise {
	n := Noise{Points: len(runs)}
	finished, all := runs.Count()
	n.Runs, n.Failed = finished, all-finished
	var table Runs
	for _, values := range runs {
		if len(finite(values)) == len(values) {
			table = append(table, values)
		}
	}
	n.Whole = len(table)
	if len(table) > 1 && 2*len(table) >= len(runs) {
		n.twoWay(table)
	} else {
		n.oneWay(runs)
	}
	return n
}

// unknown is the split of runs without replicates.
func (n *Noise) unknown() {
	n.Parameters, n.Replicates, n.Own, n.Means = math.NaN(), math.NaN(), math.NaN(), math.NaN()
}

// split takes over estimates that may lie below 0; left is the number of replicates over
// which the mean of a point evens out chance.
func (n *Noise) split(points, shared, own, left float64) {
	n.Parameters, n.Replicates, n.Own = max(0, points), max(0, shared+own), own
	n.Means = own / left / (n.Parameters + own/left)
}

// twoWay is the analysis of variance of a full table with one observation a cell.
func (n *Noise) twoWay(table Runs) {
	p, r := len(table), len(table[0])
	if r < 2 {
		n.unknown()
		return
	}
	rows, columns := table.Means(), make([]float64, r)
	for _, values := range table {
		for k, y := range values {
			columns[k] += y / float64(p)
		}
	}
	grand, residual := mean(rows), 0.0
	for i, values := range table {
		for k, y := range values {
			e := y - rows[i] - columns[k] + grand
			residual += e * e
		}
	}
	residual /= float64((p - 1) * (r - 1))
	n.split(variance(rows)-residual/float64(r), variance(columns)-residual/float64(p), residual, float64(r))
}

// oneWay is the analysis of variance of points with unequal numbers of
// replicates (Searle, Casella and McCulloch 1992, section 3.6).
func (n *Noise) oneWay(runs Runs) {
	count, total, squares, within := 0, 0.0, 0.0, 0.0
	var means, sizes []float64
	for _, values := range runs {
		kept := finite(values)
		if len(kept) == 0 {
			continue
		}
		size, centre := float64(len(kept)), mean(kept)
		for _, y := range kept {
			within += (y - centre) * (y - centre)
		}
		means, sizes = append(means, centre), append(sizes, size)
		count++
		total += size
		squares += size * size
	}
	if count < 2 || int(total) == count {
		n.unknown()
		return
	}
	within /= total - float64(count)
	grand, between := 0.0, 0.0
	for k, m := range means {
		grand += sizes[k] * m / total
	}
	for k, m := range means {
		between += sizes[k] * (m - grand) * (m - grand)
	}
	between /= float64(count - 1)
	size := (total - squares/total) / float64(count-1)
	n.split((between-within)/size, 0, within, size)
}
