package console

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Group is a command that only has subcommands: alone it prints its help, and an
// unknown subcommand is wrong use.
func Group(use, short string) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			var hint string
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				hint = fmt.Sprintf("did you mean %s?", strings.Join(near, " or "))
			}
			return Misuse(fmt.Errorf("unknown command %q for %q", args[0], cmd.CommandPath()),
				hint, fmt.Sprintf("%q lists the commands", cmd.CommandPath()+" --help"))
		},
		SuggestionsMinimumDistance: 2,
	}
}

// Arguments makes wrong numbers of arguments wrong use.
func Arguments(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			_, usage, _ := strings.Cut(cmd.Use, " ")
			return Misuse(wrongNumber(least, most, args), spareHint(cmd, most, args), strings.TrimSpace("usage: "+cmd.CommandPath()+" "+usage))
		}
		return nil
	}
}

// AtLeast makes too few arguments wrong use.
func AtLeast(least int) cobra.PositionalArgs { return Arguments(least, math.MaxInt) }

// wrongNumber says which argument is one too many, or that one is missing.
func wrongNumber(least, most int, args []string) error {
	if len(args) > most {
		return fmt.Errorf("wrong number of arguments: what is %q?", args[most])
	}
	if least == 1 {
		return errors.New("wrong number of arguments: there is none, and one is needed")
	}
	return fmt.Errorf("wrong number of arguments: %d, and %d are needed", len(args), least)
}

// spareHint explains an argument that was meant as the value of a switch. "sweep"
// keeps every tick with --ticks, while "run" plays so many.
func spareHint(cmd *cobra.Command, most int, args []string) string {
	if len(args) <= most {
		return ""
	}
	if _, err := strconv.Atoi(args[most]); err != nil {
		return ""
	}
	if f := cmd.Flags().Lookup("ticks"); f != nil && f.Changed && f.Value.Type() == "bool" {
		return fmt.Sprintf("--ticks keeps the measures of every tick and takes no number; --set time.ticks=%s sets how many are played", args[most])
	}
	return ""
}

// FlagError makes an error of a flag wrong use.
func FlagError(cmd *cobra.Command, err error) error {
	return Misuse(flagWords(err), flagHint(cmd, err), fmt.Sprintf("%q lists the flags", cmd.CommandPath()+" --help"))
}

// flagWords puts what is wrong with a flag's value in words that do not speak of
// Go's functions.
func flagWords(err error) error {
	var value *pflag.InvalidValueError
	if !errors.As(err, &value) {
		return err
	}
	flag := value.GetFlag()
	if w, ok := flag.Value.(*whole); ok {
		if _, err := strconv.Atoi(value.GetValue()); err == nil {
			return fmt.Errorf("--%s %s: at least %d", flag.Name, value.GetValue(), w.least)
		}
	}
	wanted := map[string]string{
		"int": "a whole number", "uint64": "a whole number from 0 up", "float64": "a number", "bool": "true, false or nothing",
	}[flag.Value.Type()]
	if wanted == "" {
		return err
	}
	return fmt.Errorf("--%s %q: %s is wanted", flag.Name, value.GetValue(), wanted)
}

// flagHint names the flag nearest to an unknown one.
func flagHint(cmd *cobra.Command, err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return DidYouMean("--"+unknown.GetSpecifiedName(), names)
}
