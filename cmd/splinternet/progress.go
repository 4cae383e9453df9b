package main

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"splinternet/output"
	"splinternet/sim"
)

// How often progress is told: often on a terminal, where a line is overwritten,
// and seldom in a log.
const (
	terminalPause = 100 * time.Millisecond
	logPause      = 5 * time.Second
)

// progress tells how far a run or an ensemble is. It knows the clock, and
// nothing of it reaches the results.
type progress struct {
	c        *console
	live     bool // a terminal
	runs     int
	calendar sim.Calendar
	began    time.Time
	describe func(passed time.Duration) string // the line that is told; nil for that of a run

	ticks, done atomic.Int64
	stop        chan struct{}
	wait        sync.WaitGroup
}

func newProgress(c *console) *progress {
	_, live := terminal(c.err)
	return &progress{c: c, live: live}
}

// Tick and Finished are called as ticks are played and runs are written.
func (p *progress) Tick()             { p.ticks.Add(1) }
func (p *progress) Finished(runs int) { p.done.Store(int64(runs)) }

// Begin starts to tell of so many runs.
func (p *progress) Begin(runs int, calendar sim.Calendar) {
	p.runs, p.calendar, p.began, p.stop = runs, calendar, time.Now(), make(chan struct{})
	p.ticks.Store(0)
	p.done.Store(0)
	if p.c.quiet {
		return
	}
	describe := p.describe
	if describe == nil {
		describe = p.line
	}
	pause := logPause
	if p.live {
		pause = terminalPause
	}
	p.wait.Go(func() {
		ticker := time.NewTicker(pause)
		defer ticker.Stop()
		for {
			select {
			case <-p.stop:
				return
			case now := <-ticker.C:
				p.tell(describe(now.Sub(p.began)))
			}
		}
	})
}

// End wipes the line of a terminal and sums up.
func (p *progress) End() {
	close(p.stop)
	p.wait.Wait()
	if p.c.quiet {
		return
	}
	if p.live {
		fmt.Fprint(p.c.err, "\r\x1b[K")
	}
	took := time.Since(p.began)
	p.c.say("%s in %s", output.Count(int(p.done.Load()), "run"), took.Round(time.Millisecond))
}

func (p *progress) tell(line string) {
	if p.live {
		// A line that the terminal breaks could not be overwritten.
		if runes := []rune(line); len(runes) >= columns(p.c.err) {
			line = string(runes[:columns(p.c.err)-1])
		}
		fmt.Fprintf(p.c.err, "\r\x1b[K%s", line)
		return
	}
	fmt.Fprintln(p.c.err, line)
}

// line says how far, how fast and how long yet. Ticks are counted, not runs,
// because a run can be long.
func (p *progress) line(passed time.Duration) string {
	ticks, all := float64(p.ticks.Load()), float64(p.runs*p.calendar.Ticks)
	rate := ticks / passed.Seconds()
	left := "?"
	if rate > 0 {
		left = time.Duration(max(0, all-ticks) / rate * float64(time.Second)).Round(time.Second).String()
	}
	if p.runs == 1 {
		t := min(int(ticks), p.calendar.Ticks)
		return fmt.Sprintf("tick %d of %d, %s, %.0f ticks/s, %s left",
			t, p.calendar.Ticks, p.calendar.Date(max(0, t-1)).Format("2006-01"), rate, left)
	}
	return fmt.Sprintf("run %d of %d, %.1f runs/s, %s left",
		p.done.Load(), p.runs, rate/float64(p.calendar.Ticks), left)
}
