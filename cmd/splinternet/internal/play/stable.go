package play

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/scenarios/studies"
)

// Stable are the flags that let an ensemble go on until more runs would no
// longer change what it says.
type Stable struct {
	On      bool
	Most    int
	Epsilon float64
}

// The defaults of these flags. A coefficient of variation that holds within .05 is
// enough for a look, .01 for a paper (Lee et al. 2015).
const (
	UsualMost    = 1000
	UsualEpsilon = .05
)

func (u *Stable) Bind(cmd *cobra.Command) {
	f := cmd.Flags()
	f.BoolVar(&u.On, "until-stable", false, "go on until more runs would not change what comes out")
	f.IntVar(&u.Most, "max-runs", UsualMost, "most runs that --until-stable plays")
	f.Float64Var(&u.Epsilon, "epsilon", UsualEpsilon, "change of a coefficient of variation that counts as none, with --until-stable")
}

// Check refuses flags that make no sense.
func (u *Stable) Check(changed func(flag string) bool) error {
	switch {
	case u.On && changed("runs"):
		return console.Misuse(errors.New("--until-stable finds the number of runs, and --runs sets it"), "leave one of the two out; --max-runs bounds it")
	case !u.On && (changed("max-runs") || changed("epsilon")):
		return console.Misuse(errors.New("--max-runs and --epsilon belong to --until-stable"), "add --until-stable, or leave them out")
	case !u.On:
		return nil
	}
	size := u.Of(studies.Size{Workers: 1})
	var limit *studies.LimitError
	err := size.Check(1)
	if errors.As(err, &limit) && limit.Name == "runs" {
		return console.Misuse(fmt.Errorf("--max-runs %g: at least %g", limit.Value, limit.Least))
	}
	return Refused(err)
}

// Of is a size that goes on until it is stable, if that is asked for.
func (u *Stable) Of(size studies.Size) studies.Size {
	if u.On {
		size.Runs, size.UntilStable = u.Most, u.Epsilon
	}
	return size
}

// Tell says on stderr what was not stable when the last run was played.
func (u *Stable) Tell(c *console.Console, unstable []studies.Quantity) {
	var list []string
	for _, q := range unstable {
		if q.Share() {
			list = append(list, "the share of "+q.Title())
		} else {
			list = append(list, q.Title())
		}
	}
	if len(list) > 0 {
		c.Say("not stable after %d runs: %s; --max-runs allows more", u.Most, strings.Join(list, ", "))
	}
}
