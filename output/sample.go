package output

// sampleSize is how many runs the medians are taken over at most.
const sampleSize = 1000

// sample keeps rows of evenly spaced runs in bounded memory: all runs until it is
// full, then every second, every fourth and so on. Runs are independent, so
// that any fixed choice of them is a fair sample, and it depends on no worker.
type sample struct {
	rows   [][]float64
	stride int
	seen   int
}

func (s *sample) add(row []float64) {
	s.stride = max(1, s.stride)
	if s.seen%s.stride == 0 {
		if len(s.rows) == sampleSize {
			for k := range s.rows[:sampleSize/2] {
				s.rows[k] = s.rows[2*k]
			}
			clear(s.rows[sampleSize/2:]) // let go of them
			s.rows = s.rows[:sampleSize/2]
			s.stride *= 2
		}
		if s.seen%s.stride == 0 {
			s.rows = append(s.rows, row)
		}
	}
	s.seen++
}

// medians is the median of every column.
func (s *sample) medians() []float64 {
	if len(s.rows) == 0 {
		return nil
	}
	medians := make([]float64, len(s.rows[0]))
	column := make([]float64, len(s.rows))
	for c := range medians {
		for k, row := range s.rows {
			column[k] = row[c]
		}
		medians[c] = median(column)
	}
	return medians
}
