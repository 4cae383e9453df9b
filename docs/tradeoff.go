package docs

import (
	"context"
	"fmt"
	"strings"

	"splinternet/models"
	"splinternet/scenarios"
	"splinternet/sim"
)

// tradeOff is the table of model.md that shows what effort on bridges buys and
// costs: means of the last two years over four runs of bridge-builders, the runs of
// the sweep beside it.
func tradeOff() (string, error) {
	const runs = 4
	columns := []string{"cooperation_depth", "native_reachability", "effective_reachability", "recovery", "hostility"}
	var b strings.Builder
	row(&b, "share of effort on bridges", "depth $D$", "native reachability $R_0$", "effective reachability $R$", "recovery", "hostility $H$")
	row(&b, "---", "---", "---", "---", "---", "---")
	for _, share := range []string{"0", "0.25", "0.5", "0.75", "1"} {
		s, err := scenarios.Load("bridge-builders", scenarios.Options{Set: []string{"diplomacy.bridging=" + share}})
		if err != nil {
			return "", err
		}
		m, err := s.Simulation()
		if err != nil {
			return "", err
		}
		sums := make([]float64, len(columns))
		for r := range runs {
			result, err := m.Run(context.Background(), sim.ReplicateSeed(1, r), models.Recording{})
			if err != nil {
				return "", err
			}
			for k, measure := range columns {
				values := result.Series.Of(measure)
				for _, x := range values[len(values)-8:] {
					sums[k] += x / 8 / runs
				}
			}
		}
		cells := []string{share}
		for _, x := range sums {
			cells = append(cells, fmt.Sprintf("%.3f", x))
		}
		row(&b, cells...)
	}
	return b.String(), nil
}
