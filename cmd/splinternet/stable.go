package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/scenarios"
	"splinternet/sim"
	"splinternet/sim/analysis"
)

// untilStable are the flags that let an ensemble go on until more runs would no
// longer change what it says.
type untilStable struct {
	on      bool
	most    int
	epsilon float64
}

// The defaults of these flags. A coefficient of variation that holds within .05 is
// enough for a look, .01 for a paper (Lee et al. 2015).
const (
	usualMost    = 1000
	usualEpsilon = .05
)

func (u *untilStable) bind(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&u.on, "until-stable", false, "go on until more runs would not change what comes out")
	f.IntVar(&u.most, "max-runs", usualMost, "most runs that --until-stable plays")
	f.Float64Var(&u.epsilon, "epsilon", usualEpsilon, "change of a coefficient of variation that counts as none, with --until-stable")
}

// check refuses flags that make no sense.
func (u *untilStable) check(changed func(flag string) bool) error {
	switch {
	case u.on && changed("runs"):
		return misuse(errors.New("--until-stable finds the number of runs, and --runs sets it"), "leave one of the two out; --max-runs bounds it")
	case !u.on && (changed("max-runs") || changed("epsilon")):
		return misuse(errors.New("--max-runs and --epsilon belong to --until-stable"), "add --until-stable, or leave them out")
	case u.on && u.most < leastStable:
		return misuse(fmt.Errorf("--max-runs %d: at least %d", u.most, leastStable))
	case u.on && !(u.epsilon > 0 && u.epsilon <= 1):
		return misuse(fmt.Errorf("--epsilon %g: above 0, up to 1; .05 for a look, .01 for a paper", u.epsilon))
	}
	return nil
}

// leastStable is the number of runs before which nothing is called stable, and
// stableStep how often the question is asked.
const (
	leastStable = 20
	stableStep  = 10
)

// steady follows the runs of one scenario, in their order. They are enough when for
// every headline measure the coefficient of variation of its end mean has come to
// rest, or its mean is known to a thousandth, and when the share of every end
// state is known to ten percentage points.
type steady struct {
	epsilon float64
	runs    int
	ends    [][]float64 // by headline measure
	counts  []int       // by place in verdict.Labels
	played  int         // runs that did not fail
}

func newSteady(epsilon float64) *steady {
	return &steady{epsilon: epsilon, ends: make([][]float64, len(headlines)), counts: make([]int, len(verdict.Labels))}
}

// add takes in the next run.
func (s *steady) add(r *reading) {
	s.runs++
	if r.err != nil {
		return
	}
	s.played++
	for m := range headlines {
		s.ends[m] = append(s.ends[m], r.moments[m].end)
	}
	s.counts[slices.Index(verdict.Labels, r.label)]++
}

// enough tells whether the runs so far are; it can say so at every tenth.
func (s *steady) enough() bool {
	return s.runs >= leastStable && s.runs%stableStep == 0 && len(s.wanting()) == 0
}

// wanting names what is not stable yet.
func (s *steady) wanting() []string {
	var list []string
	for m, k := range headlines {
		if stableAt(s.ends[m], s.epsilon) == 0 {
			list = append(list, measures.All()[k].Title)
		}
	}
	for l, label := range verdict.Labels {
		low, high := analysis.Wilson(s.counts[l], s.played)
		if (high-low)/2 > rough {
			list = append(list, "the share of "+label.Words())
		}
	}
	return list
}

// stableAt is the number of values from which on their mean counts as stable, or 0:
// by Lee et al. (2015), or because it is known to a thousandth, which matters for
// means near 0, whose coefficient of variation never rests.
func stableAt(values []float64, epsilon float64) int {
	if n := analysis.Converge(values, epsilon).Stable; n > 0 {
		return n
	}
	if e := analysis.Mean(values); e.N >= leastStable && (e.High-e.Low)/2 < negligible {
		return e.N
	}
	return 0
}

// notStable says on stderr what was not stable when the last run was played.
func (u *untilStable) notStable(c *console, watched ...*steady) {
	var list []string
	for _, s := range watched {
		for _, word := range s.wanting() {
			if !slices.Contains(list, word) {
				list = append(list, word)
			}
		}
	}
	if len(list) > 0 {
		c.say("not stable after %d runs: %s; --max-runs allows more", u.most, strings.Join(list, ", "))
	}
}

// stopAt makes a paired play stop when every side is stable.
func (u *untilStable) stopAt(p *paired) (watched []*steady) {
	if !u.on {
		return nil
	}
	p.runs = u.most
	for range p.sides {
		watched = append(watched, newSteady(u.epsilon))
	}
	p.enough = func(n int) bool {
		all := true
		for k := range p.sides {
			watched[k].add(&p.readings[n-1][k])
			all = watched[k].enough() && all
		}
		return all
	}
	return watched
}

// settle closes an ensemble that stopped because it was stable: it is one of the
// size that it has.
func (u *untilStable) settle(c *console, p *paired, watched []*steady, playing error) {
	if !u.on || playing != nil {
		return
	}
	if len(p.readings) == u.most {
		u.notStable(c, watched...)
	}
	p.runs = len(p.readings)
}

// pilot is the number of runs that are enough at every one of some points of a
// plan: the scenario of a sweep decides how many runs each point gets, so that a
// run remains a function of the plan and its index.
func (u *untilStable) pilot(ctx context.Context, c *console, plan *scenarios.Plan, workers int) (int, error) {
	const points = 5
	most := 0
	var asked []int
	for k := range points {
		point := k * (plan.Points() - 1) / (points - 1)
		if slices.Contains(asked, point) {
			continue
		}
		asked = append(asked, point)
		s, err := plan.At(point)
		if err != nil {
			continue // an impossible point fails in the sweep, and is recorded there
		}
		p := &paired{sides: []side{{name: fmt.Sprintf("point %d", point), scenario: s}}, seed: plan.Seed, workers: workers}
		watched := u.stopAt(p)
		if err := p.play(ctx, c); err != nil {
			return 0, interrupted(err, 0, 0, "run")
		}
		u.settle(c, p, watched, nil)
		most = max(most, len(p.readings))
	}
	if most == 0 {
		return 0, failed(errors.New("no point of the plan could be played to find out how many runs it needs"))
	}
	c.say("%d runs of each point are stable at %d points of the plan", most, len(asked))
	return most, nil
}

// readingOf is what stability asks of a run that is recorded for other ends.
func readingOf(result *models.Result, calendar sim.Calendar) *reading {
	r := read(result, calendar)
	return &r
}
