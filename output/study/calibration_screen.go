package study

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"text/tabwriter"

	"splinternet/output"
	"splinternet/scenarios/studies"
)

// calibration words a calibration.
type calibration struct {
	*studies.Calibration
	target string // file
}

// tell prints the rounds, the posterior and the check.
func (cal *calibration) tell(w io.Writer) {
	fmt.Fprintf(w, "%s calibrated to %s: %s, %s\n\n", cal.Side.Name, cal.target,
		output.Count(len(cal.Targets), "target"), output.Count(len(cal.Factors), "parameter"))
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "Round\tsimulations\tkept\tdistance up to\tworth\n")
	for k, r := range cal.Posterior.Rounds {
		fmt.Fprintf(t, "%d\t%d\t%d\t%.3f\t%.0f\n", k, r.Simulations, len(r.Particles), r.Tolerance, r.Effective)
	}
	t.Flush()
	fmt.Fprintln(w)
	fmt.Fprintf(t, "Parameter\tprior\tmean\t95 %% interval\tbest\tshrinkage\tidentified\n")
	for k := range cal.Factors {
		m := cal.Marginal(k)
		known := "no"
		if m.Identified {
			known = "yes"
		}
		middle, interval := "-", "-"
		if !math.IsNaN(m.Mean) {
			middle, interval = fmt.Sprintf("%.3g", m.Mean), fmt.Sprintf("%.3g to %.3g", m.Low, m.High)
		}
		best := m.Best
		if x, err := strconv.ParseFloat(best, 64); err == nil {
			best = fmt.Sprintf("%.3g", x)
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", cal.Factors[k].Name, cal.Factors[k].Range(), middle, interval, best, output.Percent(m.Shrinkage), known)
	}
	t.Flush()
	if cal.After == nil {
		return
	}
	fmt.Fprintln(w)
	fmt.Fprintf(t, "Target\twanted\ttolerance\tbefore\tafter\t95 %% of draws after\n")
	for k := range cal.Targets {
		low, high, _ := cal.Range95(cal.After, k)
		fmt.Fprintf(t, "%s\t%s\t%g\t%.3g\t%.3g\t%.3g to %.3g\n", cal.Targets[k].Name, cal.Targets[k].Wanted(), cal.Targets[k].Tolerance,
			cal.MeanOf(cal.Before, k), cal.MeanOf(cal.After, k), low, high)
	}
	t.Flush()
}
