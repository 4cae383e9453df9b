package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"splinternet/scenarios/studies"
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
	case !u.on:
		return nil
	}
	size := u.of(studies.Size{Workers: 1})
	var limit *studies.LimitError
	err := size.Check(1)
	if errors.As(err, &limit) && limit.Name == "runs" {
		return misuse(fmt.Errorf("--max-runs %g: at least %g", limit.Value, limit.Least))
	}
	return refused(err)
}

// of is a size that goes on until it is stable, if that is asked for.
func (u *untilStable) of(size studies.Size) studies.Size {
	if u.on {
		size.Runs, size.UntilStable = u.most, u.epsilon
	}
	return size
}

// notStable says on stderr what was not stable when the last run was played.
func (u *untilStable) notStable(c *console, unstable []studies.Quantity) {
	var list []string
	for _, q := range unstable {
		if q.Share() {
			list = append(list, "the share of "+q.Title())
		} else {
			list = append(list, q.Title())
		}
	}
	if len(list) > 0 {
		c.say("not stable after %d runs: %s; --max-runs allows more", u.most, strings.Join(list, ", "))
	}
}
