package main

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"splinternet/models/verdict"
	"splinternet/output"
	folder "splinternet/output/sweep"
	"splinternet/scenarios/studies/sweep"
)

// sweepProgress tells how far a sweep is, and how its runs end so far.
type sweepProgress struct {
	*progress
	left   int           // runs when it began
	before func(run int) // for tests; nil

	mutex sync.Mutex
	tally sweep.Tally // of this session
	all   sweep.Tally // with earlier ones
}

func newSweepProgress(c *console, work *folder.Work) *sweepProgress {
	p := &sweepProgress{progress: newProgress(c), left: work.Left()}
	p.all.Finished, p.all.Failed, p.all.Verdicts = work.Done.Finished, work.Done.Failed, map[verdict.Label]int{}
	for label, n := range work.Done.Verdicts {
		p.all.Verdicts[label] = n
	}
	p.describe = p.line
	return p
}

// Started implements sweep.Watcher.
func (p *sweepProgress) Started(run int) {
	if p.before != nil {
		p.before(run)
	}
}

// Finished takes in a run that was finished.
func (p *sweepProgress) Finished(r *sweep.Record, point int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.tally.Add(r, point)
	p.all.Add(r, point)
	p.progress.Finished(p.tally.Finished)
}

func (p *sweepProgress) line(passed time.Duration) string {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	rate := float64(p.tally.Finished) / passed.Seconds()
	left := "?"
	if rate > 0 {
		left = time.Duration(float64(p.left-p.tally.Finished) / rate * float64(time.Second)).Round(time.Second).String()
	}
	text := fmt.Sprintf("run %d of %d, %.1f runs/s, %s left", p.all.Finished, p.all.Finished+p.left-p.tally.Finished, rate, left)
	var shares []string
	// The most frequent first: a narrow terminal cuts the end off.
	labels := slices.Clone(verdict.Labels)
	slices.SortStableFunc(labels, func(a, b verdict.Label) int { return p.all.Verdicts[b] - p.all.Verdicts[a] })
	for _, l := range labels {
		if n := p.all.Verdicts[l]; n > 0 {
			shares = append(shares, fmt.Sprintf("%s %s", l.Words(), output.Percent(float64(n)/float64(p.all.Sound()))))
		}
	}
	if p.all.Failed > 0 {
		shares = append(shares, fmt.Sprintf("%d failed", p.all.Failed))
	}
	if len(shares) > 0 {
		text += ": " + strings.Join(shares, ", ")
	}
	return text
}
