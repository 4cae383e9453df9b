package archive

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"strings"

	"splinternet/models"
	"splinternet/models/chronicle"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/voting"
	"splinternet/output"
)

// column is what the codebook says of a column.
type column struct{ unit, span, meaning string }

// common are columns that mean the same in every table.
var common = map[string]column{
	"run":                 {"", "0 and up", "index of the run"},
	"seed":                {"", "whole numbers", "the run's own seed: running it once with this seed repeats it"},
	"tick":                {"", "0 and up", "index of the tick; values are those at its end"},
	"date":                {"", "dates", "first day of the tick"},
	"point":               {"", "0 and up", "index of the point of the design"},
	"replicate":           {"", "0 and up", "index of the replicate; all points and sides share the seeds of their replicates"},
	"label":               {"", labels(), "end state; in ticks with two years' hysteresis"},
	"margin":              {"", "0 and up", "least relative distance of a tested measure from its threshold"},
	"borderline":          {"", "true, false", "whether the margin is below 0.05"},
	"error":               {"", "text", "why the run failed; blank for one that did not"},
	"measure":             {"", "names", "measure, by its column name; in the tables of explain also an end state, for the share of runs that end so"},
	"parameter":           {"", "names", "parameter, or what else was varied, by its address"},
	"low":                 {"as the value", "", "lower end of the 95 % interval"},
	"high":                {"as the value", "", "upper end of the 95 % interval"},
	"mean":                {"as the measure", "", "mean over runs"},
	"difference":          {"as the measure", "", "mean of the paired differences, run by run with the same seed"},
	"runs":                {"count", "0 and up", "number of runs behind the row"},
	"share":               {"share", "0 to 1", "share of the runs, with Wilson's interval in low and high"},
	"scenario":            {"", "names", "scenario, with what was changed"},
	"variant":             {"", "names", "what was taken out of the scenario; its own name for the whole"},
	"a":                   {"", "names", "the side that is compared with"},
	"b":                   {"", "names", "the side that is compared"},
	"mean_a":              {"as the measure", "", "mean over runs of side a"},
	"mean_b":              {"as the measure", "", "mean over runs of side b"},
	"effect_size":         {"standard deviations", "", "Cohen's d: the difference over the pooled standard deviation of single runs"},
	"paired_effect_size":  {"standard deviations", "", "Cohen's d_z: the difference over the standard deviation of the paired differences"},
	"from":                {"", labels(), "end state on side a"},
	"to":                  {"", labels(), "end state on side b of the run with the same seed"},
	"change":              {"", "", "what was changed, as flags of the command line; in explain_changes end minus first"},
	"part":                {"", "names", "event or mechanism"},
	"effect":              {"as the measure", "", "outcome with the part less the outcome without it; by Shapley's value where method says so"},
	"method":              {"", "without, shapley", "how the effect was found"},
	"first":               {"as the measure", "", "mean over runs at the first tick"},
	"end":                 {"as the measure", "", "mean over runs of the last two years"},
	"without":             {"", "names", "part that was left out; the scenario's own name for the whole"},
	"quantity":            {"", "names", "measure (mean of the last two years) or end state (share of runs)"},
	"cv":                  {"", "0 and up", "coefficient of variation of the runs so far: standard deviation over the size of the mean"},
	"stable":              {"", "true, false", "whether so many runs are enough"},
	"round":               {"", "0 and up", "round of the calibration; 0 is the draws from the priors"},
	"weight":              {"share", "0 to 1", "weight of the particle; a round adds up to 1"},
	"distance":            {"tolerances", "0 and up", "root of the sum of squared distances from the targets"},
	"prior_low":           {"as the parameter", "", "lower end of the range that was tried"},
	"prior_high":          {"as the parameter", "", "upper end of the range that was tried"},
	"shrinkage":           {"share", "up to 1", "share of the prior's variance that the target takes away"},
	"identified":          {"", "true, false", "whether the target narrows the parameter by more than chance does"},
	"best":                {"as the parameter", "", "value of the particle nearest to the target"},
	"target":              {"", "names", "target of the calibration"},
	"wanted":              {"", "text", "value or bounds of the target"},
	"tolerance":           {"as the target", "above 0", "what counts as a distance of 1"},
	"before":              {"as the target", "", "mean over runs of the scenario as it was"},
	"before_low":          {"as the target", "", "2.5 % quantile of these runs"},
	"before_high":         {"as the target", "", "97.5 % quantile of these runs"},
	"after":               {"as the target", "", "mean over runs of draws from the posterior"},
	"after_low":           {"as the target", "", "2.5 % quantile of these runs"},
	"after_high":          {"as the target", "", "97.5 % quantile of these runs"},
	"mu":                  {"as the measure", "", "mean elementary effect (Morris 1991)"},
	"mu_star":             {"as the measure", "0 and up", "mean size of elementary effects (Campolongo et al. 2007)"},
	"mu_star_low":         {"as the measure", "0 and up", "lower end of its 95 % bootstrap interval"},
	"mu_star_high":        {"as the measure", "0 and up", "upper end of its 95 % bootstrap interval"},
	"sigma":               {"as the measure", "0 and up", "standard deviation of elementary effects"},
	"trajectories":        {"count", "0 and up", "effects behind the row"},
	"noise":               {"as the measure", "0 and up", "mu_star that chance alone would show"},
	"s1":                  {"share", "", "first-order index: share of the variance that the parameter explains by itself"},
	"s1_low":              {"share", "", "lower end of its 95 % interval"},
	"s1_high":             {"share", "", "upper end of its 95 % interval"},
	"st":                  {"share", "", "total index: share of the variance with all interactions of the parameter"},
	"st_low":              {"share", "", "lower end of its 95 % interval"},
	"st_high":             {"share", "", "upper end of its 95 % interval"},
	"rows":                {"count", "0 and up", "rows of the design behind the row"},
	"points":              {"count", "0 and up", "points of the design behind the row"},
	"coefficient":         {"standard deviations", "", "standardised regression coefficient"},
	"r2":                  {"share", "0 to 1", "share of the variance that the linear model explains"},
	"variance_parameters": {"squared", "0 and up", "variance of single runs that is owed to parameters"},
	"variance_replicates": {"squared", "0 and up", "variance of single runs at fixed parameters"},
	"share_replicates":    {"share", "0 to 1", "share of the variance of single runs that is chance"},
	"share_means":         {"share", "0 to 1", "share of the variance between the means of points that is chance"},
	"failed":              {"count", "0 and up", "runs that failed"},
	"outcome":             {"", "names", "what the boxes are to lead to"},
	"box":                 {"", "1 and up", "number of the box"},
	"levels":              {"", "text", "values that the box allows"},
	"quasi_p":             {"", "0 to 1", "probability that chance makes the box as dense as it is without this restriction"},
	"step":                {"", "0 and up", "step of the peeling"},
	"coverage":            {"share", "0 to 1", "share of the runs with the outcome that lie in the box"},
	"density":             {"share", "0 to 1", "share of the runs in the box that have the outcome"},
	"mass":                {"share", "0 to 1", "share of all runs that lie in the box"},
	"restricted":          {"count", "0 and up", "parameters that the box restricts"},
	"chosen":              {"", "true, false", "whether this is the step of the box"},
	"pasted":              {"", "true, false", "whether the box was enlarged again"},
	"reason":              {"", "text", "what decided the end state, in a sentence"},
	"name":                {"", "text", "name of the event or agent"},
	"text":                {"", "text", "identifier of the text; in events a sentence"},
	"actors":              {"", "identifiers", "who acted, with ; between them, the leading one first"},
	"yes":                 {"count", "0 and up", "votes for the text"},
	"no":                  {"count", "0 and up", "votes against the text"},
	"abstain":             {"count", "0 and up", "abstentions"},
	"absent":              {"count", "0 and up", "states that did not vote"},
	"by":                  {"", "scenario, model, sponsor, person", "who decided"},
	"against":             {"", "text", "what the text was weighed against: a rival text, or the status quo"},
	"state":               {"", "identifiers", "who votes"},
	"vote":                {"", "yes, no, abstain, absent", "the vote"},
	"id":                  {"", "identifiers", "the agent"},
	"variable":            {"", "names", "variable of the agent"},
	"value":               {"as the variable", "", "its value; yes is 1"},
	"i":                   {"", "identifiers", "first state of the pair"},
	"j":                   {"", "identifiers", "second state of the pair"},
	"link":                {"share", "0 to 1", "effective quality of interconnection"},
	"native":              {"share", "0 to 1", "the same without gateways and bridges"},
	"trust_ij":            {"share", "0 to 1", "trust of i in j"},
	"trust_ji":            {"share", "0 to 1", "trust of j in i"},
	"rival":               {"", "true, false", "whether the states are rivals"},
	"channel":             {"", "0 to 1", "level of the channel between them"},
	"bridge":              {"", "0 to 1", "level of the bridge between them"},
	"kind":                {"", "names", "kind of the row: of event, agent, variant or part"},
}

// special are columns that mean something else in one table.
var special = map[string]column{
	"events.targets":                    {"", "identifiers", "on whom or what it was done, with ; between them"},
	"events.value":                      {"by kind", "", "size of what happened, its direction as the sign; for each kind, see " + kindsName},
	"events.weight":                     {"share", "0 to 1", "how consequential the event was, as a rough order"},
	"draws.removal":                     {"", "names", "what was taken out: mechanisms that were abolished, or parameters at 0"},
	"draws.quantity":                    {"", "names", "label (the most frequent end state), or a measure (mean of the last two years)"},
	"draws.effect":                      {"share, or as the measure", "", "mean over draws of what set A and the set without it differ by, less what A and B differ by"},
	"draws.shift":                       {"as the measure", "", "mean over draws of the measure without it, less that of set B, which has the same seeds"},
	"draws.shift_low":                   {"as the measure", "", "lower end of the 95 % interval of the shift"},
	"draws.shift_high":                  {"as the measure", "", "upper end of the 95 % interval of the shift"},
	"draws.draws":                       {"count", "2 and up", "joint draws of the parameters behind the row"},
	"draws_labels.draws":                {"count", "2 and up", "joint draws of the parameters behind the row"},
	"draws_labels.share":                {"share", "0 to 1", "share of draws whose most frequent end state in set A it is, with Wilson's interval in low and high"},
	"draws_labels.share_of_single_runs": {"share", "0 to 1", "share of draws whose first run ends so"},
	"draws_labels.single_low":           {"share", "0 to 1", "lower end of the 95 % interval of that share"},
	"draws_labels.single_high":          {"share", "0 to 1", "upper end of the 95 % interval of that share"},
	"draws_correlations.x":              {"", "names", "measure (mean of set A over the last two years)"},
	"draws_correlations.y":              {"", "names", "another measure"},
	"draws_correlations.correlation":    {"", "-1 to 1", "Pearson's correlation over the draws, with Fisher's interval in low and high"},
	"draws_correlations.draws":          {"count", "2 and up", "joint draws of the parameters behind the row"},
	"draws_sets.draw":                   {"", "1 and up", "number of the draw"},
	"draws_sets.set":                    {"", "names", "set of runs: all a, all b, or without something; a set without something has the seeds of all b"},
	"draws_sets.label":                  {"", labels(), "most frequent end state of the set"},
	"draws_sets.first_label":            {"", labels(), "end state of its first run"},
	"weights.value":                     {"", "text", "end of the plausible range at which the change stands out most of chance"},
	"weights.change_percent":            {"percent", "", "change of the mean of the runs from that of the scenario, at the same seeds"},
	"weights.noise_percent":             {"percent", "0 and up", "what two sets of so many runs of the scenario itself differ by in 95 of 100 cases"},
	"weights.low":                       {"percent", "", "change less noise"},
	"weights.high":                      {"percent", "", "change and noise"},
	"weights.moves":                     {"", "yes, no, nothing", "whether the change is at least half a percent and beyond the noise; nothing: no bit differs"},
	"ablation.change":                   {"", "text", "what was changed, as flags of the command line"},
	"explain_changes.change":            {"as the measure", "", "end minus first"},
	"prim_boxes.low":                    {"as the parameter", "", "lower end of the box; blank where it is open"},
	"prim_boxes.high":                   {"as the parameter", "", "upper end of the box; blank where it is open"},
	"replicates.mean":                   {"as the quantity", "", "mean over the first runs, or their share"},
	"replicates_enough.runs":            {"count", "1 and up", "number of runs from which on the quantity is stable; blank where more are needed"},
	"calibration.mean":                  {"as the parameter", "", "mean of the posterior; blank for words"},
}

func labels() string {
	var words []string
	for _, l := range verdict.Labels {
		words = append(words, string(l))
	}
	return strings.Join(words, ", ")
}

// describe says what a column of a table is, and whether it is known.
func (d *deposit) describe(table, name string) (column, bool) {
	if c, ok := special[table+"."+name]; ok {
		return c, true
	}
	if table == output.Votes.String() {
		for _, term := range append(voting.Terms[:], voting.Total) {
			if term.Name == name {
				return column{voting.Unit, "", term.Doc}, true
			}
		}
	}
	if c, ok := d.factors[name]; ok {
		return c, true
	}
	if c, ok := common[name]; ok {
		return c, true
	}
	if c, ok := measured(name); ok {
		return c, true
	}
	return varied(name)
}

// measured describes the columns of measures, with what may stand behind their
// names.
func measured(name string) (column, bool) {
	base, what := name, "at the end of the tick"
	for suffix, words := range map[string]string{
		"_first": "at the first tick", "_last": "at the last tick", "_end": "mean over the last two years",
	} {
		if rest, found := strings.CutSuffix(name, suffix); found && measures.Find(rest) >= 0 {
			base, what = rest, words
		}
	}
	k := measures.Find(base)
	if k < 0 {
		return column{}, false
	}
	m := measures.All()[k]
	return column{m.Unit, interval(m.Min, m.Max), fmt.Sprintf("%s, %s. %s", m.Title, what, m.Doc)}, true
}

// varied describes parameters, and the labels that a moved threshold would give.
func varied(name string) (column, bool) {
	base, side := name, ""
	for suffix, words := range map[string]string{"_lower": "lower", "_higher": "higher"} {
		if rest, found := strings.CutSuffix(name, suffix); found {
			base, side = rest, words
		}
	}
	p := models.Declarations().Find(base)
	switch {
	case p == nil:
		return column{"", "", "varied key of the scenario, as --set takes it"}, strings.Contains(name, ".")
	case side != "":
		return column{"", labels(), fmt.Sprintf("end state if %s were 20 %% %s", base, side)}, true
	}
	return column{p.Unit, p.Allowed(), p.Doc}, true
}

// kindsOfEvents is a table of what the kinds of events are.
func kindsOfEvents() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write([]string{"kind", "what happened", "actors", "targets", "value", "unit"}) // to memory
	for _, k := range chronicle.Kinds {
		_ = w.Write([]string{k.Name, k.Doc, k.Actors, k.Targets, k.Value, k.Unit})
	}
	w.Flush()
	return b.Bytes()
}

func interval(low, high float64) string {
	switch {
	case math.IsInf(low, -1) && math.IsInf(high, 1):
		return "any number"
	case math.IsInf(high, 1):
		return fmt.Sprintf("%g and up", low)
	case math.IsInf(low, -1):
		return fmt.Sprintf("up to %g", high)
	}
	return fmt.Sprintf("%g to %g", low, high)
}
