package findings

import (
	"fmt"
	"strings"

	"splinternet/output"
	"splinternet/scenarios/studies/sensitivity"
	"splinternet/sim/experiment"
)

// Why says why the method is this one.
func (a *Sensitivity) Why() string {
	what := map[string]string{
		sensitivity.Morris: "elementary effects", sensitivity.Sobol: "first and total order indices",
		sensitivity.Regression: "standardised regression coefficients", sensitivity.FirstOrder: "first-order indices from classes",
	}[a.Method]
	beside := ""
	if a.Method == sensitivity.Regression {
		beside = "; first-order indices beside them"
	}
	allows := fmt.Sprintf("%s, because a %s design allows no total indices", what, a.Design)
	switch why := a.Findings.Why; {
	case why.Asked:
		return what + ", as asked" + beside
	case a.Method == sensitivity.Morris:
		return what + ", because the sweep is a Morris design"
	case a.Method == sensitivity.Sobol:
		return what + ", because the sweep is a Saltelli design"
	case why.NoOrder != "":
		return fmt.Sprintf("%s and %s has no order to regress on", allows, why.NoOrder)
	case why.TooFew:
		return fmt.Sprintf("%s and %s are too few to regress on %d parameters", allows, output.Count(a.Points, "point"), len(a.Factors))
	}
	return allows + beside
}

// MethodWords says what a method needs that does not fit the design.
func MethodWords(e *sensitivity.MethodError) string {
	needs := map[string]string{
		experiment.Morris: "Morris trajectories (sweep --design morris)", experiment.Saltelli: "a Saltelli design (sweep --design saltelli)",
	}[e.Needs]
	return fmt.Sprintf("method %s needs %s, and this sweep is a %s design", e.Method, needs, e.Design)
}

// Cautions are the warnings in words.
func (a *Sensitivity) Cautions() []string {
	var list []string
	for _, w := range a.Warnings {
		list = append(list, a.caution(w))
	}
	return list
}

func (a *Sensitivity) caution(w sensitivity.Warning) string {
	var names []string
	for _, k := range w.Results {
		name := a.Results[k].Name
		if w.Concern == sensitivity.NotLinear {
			name = fmt.Sprintf("%s (%.2f)", name, a.Results[k].Regression.R2)
		}
		names = append(names, name)
	}
	of := strings.Join(names, ", ")
	switch w.Concern {
	case sensitivity.Incomplete:
		return lost(a.Data) + "."
	case sensitivity.OneRun:
		return "One run a point: chance cannot be told from what parameters do. Sweep with --runs 5 or more."
	case sensitivity.FewTrajectories:
		return fmt.Sprintf("Few trajectories (%d): 10 to 20 are usual.", w.N)
	case sensitivity.FewRows:
		return fmt.Sprintf("Few base rows (%d): several hundred are usual.", w.N)
	case sensitivity.Flat:
		return fmt.Sprintf("Nothing moves %s in this sweep: it has no indices.", of)
	case sensitivity.Noisy:
		return fmt.Sprintf("More than half of the variance between points is chance in %s; more runs a point make the effects clearer.", of)
	case sensitivity.Buried:
		return fmt.Sprintf("The strongest effect is not above what chance alone would show in %s.", of)
	case sensitivity.NotLinear:
		return fmt.Sprintf("The linear model accounts for less than 70 %% of the variance (R2) of %s: rank by the first-order indices.", of)
	case sensitivity.Wide:
		return a.unsure(of)
	}
	if a.Method == sensitivity.Morris {
		return fmt.Sprintf("Runs that failed or did not take the measure cost effects in up to %d trajectories (%s); see the column trajectories.", w.N, of)
	}
	return fmt.Sprintf("Runs that failed or did not take the measure cost up to %d base rows (%s), which are left out as a whole.", w.N, of)
}

// unsure words intervals that are too wide, and what would make them narrower.
func (a *Sensitivity) unsure(of string) string {
	switch a.Method {
	case sensitivity.Morris:
		return fmt.Sprintf("The interval of the strongest mu* is wider than the value in %s: more trajectories would tell.", of)
	case sensitivity.Sobol:
		return fmt.Sprintf("Intervals are wider than 0.2 in %s: double --base.", of)
	}
	return fmt.Sprintf("Intervals are wider than 0.2 in %s: sweep more points.", of)
}
