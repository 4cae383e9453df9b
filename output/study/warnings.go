package study

import (
	"fmt"
	"strings"

	"splinternet/output"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
	"splinternet/sim/analysis"
)

// Sentence words a reason to read a finding with care.
func Sentence(w studies.Warning) string {
	switch w := w.(type) {
	case studies.FailedRuns:
		return fmt.Sprintf("%s of %s failed and is left out (%v); %q repeats it",
			output.Count(w.Runs, "run"), w.Side.Name, w.First.Err, repeat(w.Side, w.First.Seed))
	case studies.FewRuns:
		return fmt.Sprintf("%s are few: the intervals assume that means of so few runs are nearly normal; play %d or more",
			output.Count(w.Runs, "run"), studies.Few)
	case studies.Incomplete:
		return fmt.Sprintf("%d of %s were played", w.Played, output.Count(w.Asked, "run"))
	case studies.OtherCalendars:
		return fmt.Sprintf("%s covers %s and %s %s: they are paired tick by tick, and their ends are not at the same date",
			w.A.Name, output.Span(w.A.Scenario.Calendar), w.B.Name, output.Span(w.B.Scenario.Calendar))
	case studies.OtherWorlds:
		return fmt.Sprintf("%s and %s have %d states in common, of %d and %d: only those share their chance",
			w.A.Name, w.B.Name, w.Common, w.A.Scenario.World.States.N, w.B.Scenario.World.States.N)
	case studies.RoughShares:
		return fmt.Sprintf("the shares of end states are known to ±%.0f percentage points only; about %d runs would give ±%.0f",
			100*w.Half, w.Needed, 100*studies.Rough)
	case studies.UnknownSigns:
		return unknownSigns(w)
	case studies.Moving:
		return moving(w)
	case studies.NotStable:
		return fmt.Sprintf("%s is not stable after %s; play more with --runs %d", w.Quantity.Title(), output.Count(w.Runs, "run"), w.Try)
	}
	return ofPosterior(w)
}

// ofPosterior words what is wrong with a calibration.
func ofPosterior(w studies.Warning) string {
	switch w := w.(type) {
	case studies.NotIdentified:
		return fmt.Sprintf("the target does not identify %s: about as many values are possible after it as before", strings.Join(w.Factors, ", "))
	case studies.GivenUp:
		return fmt.Sprintf("round %d was given up, because too few simulations came within its tolerance; the posterior is that of the round before", w.Round)
	case studies.FewParticles:
		return fmt.Sprintf("the posterior is worth %.0f independent draws: its ends are rough; more --particles, or fewer --rounds", w.Effective)
	case studies.FailedSimulations:
		return fmt.Sprintf("%d of %d simulations failed, or had not what a target asks for, and were left out", w.Failed, w.All)
	case studies.Missed:
		return fmt.Sprintf("%s is %s in the target and %.3g to %.3g after calibration: these parameters cannot reach it, or not together with the rest",
			w.Target, w.Wanted, w.Low, w.High)
	case studies.Impossible:
		return fmt.Sprintf("%s is no possible scenario, and is not written: %v", points[w.Point], w.Err)
	}
	panic(fmt.Sprintf("study: no sentence for a %T", w)) // warnings are the program's alone
}

func unknownSigns(w studies.UnknownSigns) string {
	var words []string
	for _, m := range w.Measures {
		word := m.Measure.Title()
		if m.Needed > 0 {
			word += fmt.Sprintf(" (about %d runs would tell)", m.Needed)
		}
		words = append(words, word)
	}
	return fmt.Sprintf("%s against %s: the interval contains zero, so the sign of the difference is not known, for %s",
		w.B.Name, w.A.Name, strings.Join(words, ", "))
}

func moving(w studies.Moving) string {
	var words []string
	for _, m := range w.Measures {
		words = append(words, fmt.Sprintf("%s (%s)", m.Measure.Title(), output.Signed(m.Change.Value, Places(m.Change))))
	}
	return fmt.Sprintf("%s is still moving when it ends, from the mean of the two years before to that of the last two: %s; another end gives other differences",
		w.Side.Name, strings.Join(words, ", "))
}

// Places is the number of decimals that shows how exactly an estimate is known:
// three, or four where the interval is narrower than a thousandth.
func Places(e analysis.Estimate) int {
	if (e.High-e.Low)/2 < studies.Negligible {
		return 4
	}
	return 3
}

// ChangeOf is what is taken out of a scenario, as flags of the command line have it.
func ChangeOf(r *studies.Removal) string {
	var words []string
	for _, mechanism := range r.Without {
		words = append(words, "--without "+mechanism)
	}
	for _, mechanism := range r.Freeze {
		words = append(words, "--freeze "+mechanism)
	}
	for _, assignment := range r.Set {
		words = append(words, "--set "+assignment)
	}
	return strings.Join(words, " ")
}

// repeat is the command that plays one run of a side again.
func repeat(s *studies.Side, seed uint64) string {
	return fmt.Sprintf("splinternet run %s%s --seed %d", output.Quote(s.From), flagsOf(s.Changes), seed)
}

// flagsOf are the flags of the command line that lay options over a scenario.
func flagsOf(o scenarios.Options) string {
	var b strings.Builder
	for _, assignment := range o.Set {
		b.WriteString(" --set " + output.Quote(assignment))
	}
	for _, mechanism := range o.Without {
		b.WriteString(" --without " + mechanism)
	}
	for _, mechanism := range o.Freeze {
		b.WriteString(" --freeze " + mechanism)
	}
	if o.Ticks != 0 {
		fmt.Fprintf(&b, " --ticks %d", o.Ticks)
	}
	return b.String()
}
