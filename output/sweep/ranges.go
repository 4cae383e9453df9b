package sweep

import (
	"fmt"
	"slices"
	"strings"
)

// IncompleteError says which runs of a sweep are missing.
type IncompleteError struct {
	Size    int
	missing ranges
}

func (e *IncompleteError) Error() string {
	return fmt.Sprintf("%d of %d runs are missing: %s", e.Count(), e.Size, e.missing)
}

// Count is the number of runs that are missing.
func (e *IncompleteError) Count() int { return e.missing.count() }

// Shards lists the shards of n that lack runs.
func (e *IncompleteError) Shards(n int) []int { return e.missing.shardsOf(n) }

// ranges is a list of runs as stretches, in order.
type ranges []span

func (r *ranges) add(first, last int) {
	if n := len(*r); n > 0 && (*r)[n-1].last == first {
		(*r)[n-1].last = last
		return
	}
	*r = append(*r, span{first, last})
}

func (r ranges) count() int {
	n := 0
	for _, s := range r {
		n += s.last - s.first
	}
	return n
}

// String words the first few stretches: 0-99, 250, ...
func (r ranges) String() string {
	const told = 8
	var words []string
	for _, s := range r[:min(told, len(r))] {
		if s.last == s.first+1 {
			words = append(words, fmt.Sprint(s.first))
		} else {
			words = append(words, fmt.Sprintf("%d-%d", s.first, s.last-1))
		}
	}
	if len(r) > told {
		words = append(words, fmt.Sprintf("and %d more stretches", len(r)-told))
	}
	return strings.Join(words, ", ")
}

// shardsOf lists the shards of n that the runs belong to.
func (r ranges) shardsOf(n int) []int {
	seen := make([]bool, n)
	for _, s := range r {
		for run := s.first; run < min(s.last, s.first+n); run++ {
			seen[run%n] = true
		}
	}
	var list []int
	for k, is := range seen {
		if is {
			list = append(list, k)
		}
	}
	slices.Sort(list)
	return list
}
