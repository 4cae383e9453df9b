package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"splinternet/scenarios/pairs"
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
	case u.on && u.most < pairs.Least:
		return misuse(fmt.Errorf("--max-runs %d: at least %d", u.most, pairs.Least))
	case u.on && !(u.epsilon > 0 && u.epsilon <= 1):
		return misuse(fmt.Errorf("--epsilon %g: above 0, up to 1; .05 for a look, .01 for a paper", u.epsilon))
	}
	return nil
}

// notStable says on stderr what was not stable when the last run was played.
func (u *untilStable) notStable(c *console, watched ...*pairs.Steady) {
	var list []string
	for _, s := range watched {
		for _, word := range s.Wanting() {
			if !slices.Contains(list, word) {
				list = append(list, word)
			}
		}
	}
	u.sayWanting(c, list)
}

// sayWanting says what was not stable when the last run was played, if anything.
func (u *untilStable) sayWanting(c *console, list []string) {
	if len(list) > 0 {
		c.say("not stable after %d runs: %s; --max-runs allows more", u.most, strings.Join(list, ", "))
	}
}

// stopAt makes a paired play stop when every side is stable.
func (u *untilStable) stopAt(p *paired) (watched []*pairs.Steady) {
	if !u.on {
		return nil
	}
	return p.Watched(u.most, u.epsilon)
}

// settle closes an ensemble that stopped because it was stable: it is one of the
// size that it has.
func (u *untilStable) settle(c *console, p *paired, watched []*pairs.Steady, playing error) {
	if !u.on || playing != nil {
		return
	}
	if len(p.Readings) == u.most {
		u.notStable(c, watched...)
	}
	p.Runs = len(p.Readings)
}
