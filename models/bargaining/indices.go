package bargaining

import (
	"errors"
	"math/bits"
)

// mostVoters is the number of voters up to which indices are found by enumeration.
const mostVoters = 24

// Swings counts for each voter the winning coalitions that lose without it: the raw count of
// Banzhaf (1965). Weights and the quota are whole numbers; a coalition wins with weights of at
// least the quota.
func Swings(quota int, weights []int) ([]int, error) {
	swings := make([]int, len(weights))
	err := enumerate(quota, weights, func(voter, _ int) { swings[voter]++ })
	return swings, err
}

// Banzhaf is the normalised index of Banzhaf (1965): a voter's share of all swings.
func Banzhaf(quota int, weights []int) ([]float64, error) {
	swings, err := Swings(quota, weights)
	if err != nil {
		return nil, err
	}
	all := 0
	for _, n := range swings {
		all += n
	}
	index := make([]float64, len(weights))
	for i, n := range swings {
		if all > 0 {
			index[i] = float64(n) / float64(all)
		}
	}
	return index, nil
}

// ShapleyShubik is the index of Shapley and Shubik (1954): the share of orders of all voters
// in which a voter's arrival makes the coalition win.
func ShapleyShubik(quota int, weights []int) ([]float64, error) {
	n := len(weights)
	// orders[s] is the share of orders in which a given set of s is just before its pivot.
	orders := make([]float64, n)
	for s := range orders {
		orders[s] = 1 / float64(n)
		for k := range s {
			orders[s] *= float64(k+1) / float64(n-1-k)
		}
	}
	index := make([]float64, n)
	err := enumerate(quota, weights, func(voter, others int) { index[voter] += orders[others] })
	return index, err
}

var errVoters = errors.New("bargaining: indices are enumerated for 1 to 24 voters with weights from 0 on and a quota above 0")

// enumerate calls swing for every winning coalition and member that it needs, with the number
// of the other members.
func enumerate(quota int, weights []int, swing func(voter, others int)) error {
	if len(weights) == 0 || len(weights) > mostVoters || quota <= 0 {
		return errVoters
	}
	for _, w := range weights {
		if w < 0 {
			return errVoters
		}
	}
	for set := range uint(1) << len(weights) {
		total := 0
		for rest := set; rest != 0; rest &= rest - 1 {
			total += weights[bits.TrailingZeros(rest)]
		}
		if total < quota {
			continue
		}
		for rest := set; rest != 0; rest &= rest - 1 {
			if voter := bits.TrailingZeros(rest); total-weights[voter] < quota {
				swing(voter, bits.OnesCount(set)-1)
			}
		}
	}
	return nil
}
