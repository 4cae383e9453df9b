package norms

// voice is a state as it counts with those who look up to it.
type voice struct {
	state       int
	whole, part float64
}

// shareOfPeers works out, for those who are asked, the share of their peers that
// m.column holds; for all addressees of a text, where these are not all states. No
// state is a peer of its own.
func (m *Norms) shareOfPeers(addressees []int, whole bool, asked []int) {
	if whole {
		m.shareOfAllPeers(asked)
		return
	}
	n, voices := len(m.column), m.voices[:0]
	for _, j := range addressees {
		voices = append(voices, voice{j, m.voice[j], m.column[j]})
	}
	for _, i := range addressees {
		weight := m.peerWeight[i*n : i*n+n]
		with, all := -m.column[i], -m.voice[i]
		for _, v := range voices {
			with += weight[v.state] * v.part
			all += weight[v.state] * v.whole
		}
		m.peerShare[i] = fraction(with, all)
	}
}

// shareOfAllPeers is shareOfPeers for a text for all states. Most texts have few
// adherents, or few who are still to join: then only these are looked at.
func (m *Norms) shareOfAllPeers(asked []int) {
	voices := m.voices[:0]
	for j, x := range m.column {
		if x != 0 {
			voices = append(voices, voice{j, m.voice[j], x})
		}
	}
	if n := len(m.column); 2*len(asked)*len(voices) < n*n {
		weighFew(m.peerShare, m.peerWeight, asked, voices)
	} else {
		weighAll(m.peerShare, m.peerWeight, m.column)
	}
	for _, i := range asked {
		m.peerShare[i] = fraction(m.peerShare[i]-m.column[i], m.peerTotal[i])
	}
}

// rounding is how far a share may be off by the order of its sums.
const rounding = 1e-12

// fraction is part/whole within [0, 1]; of nothing it is 0.
func fraction(part, whole float64) float64 {
	if whole < rounding {
		return 0
	}
	return min(1, max(0, part/whole))
}

// weighAll writes the product of a square matrix and a column to sums. It takes
// four rows at a time, whose sums do not wait for one another.
func weighAll(sums, matrix, column []float64) {
	n := len(column)
	i := 0
	for ; i+4 <= n; i += 4 {
		row := func(k int) []float64 { return matrix[(i+k)*n : (i+k)*n+n][:len(column)] }
		first, second, third, fourth := row(0), row(1), row(2), row(3)
		var a, b, c, d float64
		for k, x := range column {
			a += x * first[k]
			b += x * second[k]
			c += x * third[k]
			d += x * fourth[k]
		}
		sums[i], sums[i+1], sums[i+2], sums[i+3] = a, b, c, d
	}
	for ; i < n; i++ {
		sum := 0.0
		for k, x := range column {
			sum += x * matrix[i*n+k]
		}
		sums[i] = sum
	}
}

// weighFew does what weighAll does for some of the rows, where most of the column is
// zero: it looks at the others only.
func weighFew(sums, matrix []float64, rows []int, column []voice) {
	n := len(sums)
	row := func(k int) []float64 { return matrix[rows[k]*n : rows[k]*n+n] }
	k := 0
	for ; k+4 <= len(rows); k += 4 {
		first, second, third, fourth := row(k), row(k+1), row(k+2), row(k+3)
		var a, b, c, d float64
		for _, v := range column {
			a += v.part * first[v.state]
			b += v.part * second[v.state]
			c += v.part * third[v.state]
			d += v.part * fourth[v.state]
		}
		sums[rows[k]], sums[rows[k+1]], sums[rows[k+2]], sums[rows[k+3]] = a, b, c, d
	}
	for ; k < len(rows); k++ {
		sum, last := 0.0, row(k)
		for _, v := range column {
			sum += v.part * last[v.state]
		}
		sums[rows[k]] = sum
	}
}
