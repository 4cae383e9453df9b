package sweep

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"splinternet/models/verdict"
	"splinternet/output"
	folder "splinternet/output/sweep"
	"splinternet/scenarios/studies/sweep"
)

// line says how far a sweep is, and how its runs end so far.
func line(work *folder.Work, passed time.Duration) string {
	tally := work.Tally()
	return lineOf(&tally, tally.Finished-work.Done, work.Left(), passed)
}

// lineOf says it of the runs of all work, of which so many, of those that were left, are
// finished in the time that has passed.
func lineOf(tally *sweep.Tally, finished, left int, passed time.Duration) string {
	rate := float64(finished) / passed.Seconds()
	rest := "?"
	if rate > 0 {
		rest = time.Duration(float64(left-finished) / rate * float64(time.Second)).Round(time.Second).String()
	}
	text := fmt.Sprintf("run %d of %d, %.1f runs/s, %s left", tally.Finished, tally.Finished+left-finished, rate, rest)
	var shares []string
	// The most frequent first: a narrow terminal cuts the end off.
	labels := slices.Clone(verdict.Labels)
	slices.SortStableFunc(labels, func(a, b verdict.Label) int { return tally.Verdicts[b] - tally.Verdicts[a] })
	for _, l := range labels {
		if n := tally.Verdicts[l]; n > 0 {
			shares = append(shares, fmt.Sprintf("%s %s", l.Words(), output.Percent(float64(n)/float64(tally.Sound()))))
		}
	}
	if tally.Failed > 0 {
		shares = append(shares, fmt.Sprintf("%d failed", tally.Failed))
	}
	if len(shares) > 0 {
		text += ": " + strings.Join(shares, ", ")
	}
	return text
}
