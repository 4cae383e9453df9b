package console

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
	LogPause      = 5 * time.Second
)

// Progress tells how far a run or an ensemble is. It knows the clock, and
// nothing of it reaches the results.
type Progress struct {
	c        *Console
	live     bool // a terminal
	runs     int
	calendar sim.Calendar
	began    time.Time
	// Describe is the line that is told; nil for that of a run.
	Describe func(passed time.Duration) string

	ticks, done atomic.Int64
	stop        chan struct{}
	wait        sync.WaitGroup
}

// NewProgress prepares to tell of a play.
func NewProgress(c *Console) *Progress {
	_, live := Terminal(c.Err)
	return &Progress{c: c, live: live}
}

// Tick counts a tick that was played.
func (p *Progress) Tick() { p.ticks.Add(1) }

// Finished takes in the number of runs that are written.
func (p *Progress) Finished(runs int) { p.done.Store(int64(runs)) }

// Begin starts to tell of so many runs.
func (p *Progress) Begin(runs int, calendar sim.Calendar) {
	p.runs, p.calendar, p.began, p.stop = runs, calendar, time.Now(), make(chan struct{})
	p.ticks.Store(0)
	p.done.Store(0)
	if p.c.Quiet {
		return
	}
	describe := p.Describe
	if describe == nil {
		describe = p.line
	}
	pause := LogPause
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
func (p *Progress) End() {
	close(p.stop)
	p.wait.Wait()
	if p.c.Quiet {
		return
	}
	if p.live {
		fmt.Fprint(p.c.Err, "\r\x1b[K")
	}
	took := time.Since(p.began)
	p.c.Say("%s in %s", output.Count(int(p.done.Load()), "run"), took.Round(time.Millisecond))
}

func (p *Progress) tell(line string) {
	if p.live {
		// A line that the terminal breaks could not be overwritten.
		if runes := []rune(line); len(runes) >= columns(p.c.Err) {
			line = string(runes[:columns(p.c.Err)-1])
		}
		fmt.Fprintf(p.c.Err, "\r\x1b[K%s", line)
		return
	}
	fmt.Fprintln(p.c.Err, line)
}

// line says how far, how fast and how long yet. Ticks are counted, not runs,
// because a run can be long.
func (p *Progress) line(passed time.Duration) string {
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
