package influence

import "slices"

// Camps are the sizes of the groups into which positions in one dimension fall, from
// the lowest position up: a gap wider than apart divides two camps. Under bounded
// confidence camps that have come to rest lie further from each other than the bound
// (Hegselmann and Krause 2002), so that any smaller gap tells them apart.
// There is at least one position.
func Camps(positions []float64, apart float64) []int {
	x := slices.Sorted(slices.Values(positions))
	sizes := []int{1}
	for k := 1; k < len(x); k++ {
		if x[k]-x[k-1] > apart {
			sizes = append(sizes, 0)
		}
		sizes[len(sizes)-1]++
	}
	return sizes
}
