package evidence

import (
	"fmt"
	"math"

	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// Verify sets the model's own code to the limits in which published or closed-form results
// are known, and compares. It takes a few seconds.
func Verify() ([]Check, error) {
	c := new(checks)
	verifyOpinions(c)
	if err := verifyInstitutions(c); err != nil {
		return nil, err
	}
	verifyNetworks(c)
	verifyReferences(c)
	if err := verifySensitivity(c); err != nil {
		return nil, err
	}
	return c.list, nil
}

// verifySensitivity finds the Sobol indices of the function of Ishigami and Homma (1990).
func verifySensitivity(c *checks) error {
	c.begin("Sobol indices", "Ishigami and Homma 1990 (a = 7, b = .1): closed form; 4096 rows")
	spec := experiment.Spec{Name: experiment.Saltelli, Factors: 3, N: 4096, Seed: 1}
	d, err := spec.Design()
	if err != nil {
		return err
	}
	var runs analysis.Runs
	for _, u := range d.Points {
		var x [3]float64
		for k := range x {
			x[k] = math.Pi * (2*u[k] - 1)
		}
		s := math.Sin(x[1])
		runs = append(runs, []float64{math.Sin(x[0]) + 7*s*s + .1*x[2]*x[2]*x[2]*x[2]*math.Sin(x[0])})
	}
	indices, _, err := analysis.SobolIndices(runs, 3, 1)
	if err != nil {
		return err
	}
	for k, want := range []struct{ first, total float64 }{{.314, .558}, {.442, .442}, {0, .244}} {
		c.add(fmt.Sprintf("first order of x%d", k+1), indices[k].First.Value, want.first, .02)
		c.add(fmt.Sprintf("total order of x%d", k+1), indices[k].Total.Value, want.total, .02)
	}
	return nil
}
