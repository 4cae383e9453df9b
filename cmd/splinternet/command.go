package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"splinternet/output"
)

// Main runs the command line args and returns the exit status.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &console{in: stdin, out: stdout, err: stderr}
	root := rootCommand(c)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return report(stderr, root.ExecuteContext(ctx))
}

func rootCommand(c *console) *cobra.Command {
	root := group("splinternet", "agent-based simulation of cyberspace governance")
	root.SilenceErrors, root.SilenceUsage = true, true
	root.Version = output.ProgramVersion() // without one there is no --version, which many type first
	root.SetVersionTemplate(versionLine())
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return misuse(flagWords(err), flagHint(cmd, err), fmt.Sprintf("%q lists the flags", cmd.CommandPath()+" --help"))
	})
	general := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		if cmd == root {
			fmt.Fprint(cmd.OutOrStdout(), topHelp)
			return
		}
		general(cmd, args)
	})
	root.AddCommand(
		runCommand(c), whyCommand(c), scenarioCommand(c), validateCommand(c), describeCommand(c),
		plotCommand(c), reportCommand(c),
		seminarCommand(c),
		compareCommand(c), ablateCommand(c), explainCommand(c), replicatesCommand(c), calibrateCommand(c), archiveCommand(c),
		parametersCommand(c),
		listCommand(c, "mechanisms", "What moves the world in a tick, in order", mechanisms),
		listCommand(c, "measures", "What is observed: the columns of ticks.csv", listMeasures),
		sweepCommand(c), mergeCommand(c),
		sensitivityCommand(c), discoverCommand(c),
		versionCommand(c),
	)
	return root
}

// group is a command that only has subcommands: alone it prints its help, and an
// unknown subcommand is wrong use.
func group(use, short string) *cobra.Command {
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
			return misuse(fmt.Errorf("unknown command %q for %q", args[0], cmd.CommandPath()),
				hint, fmt.Sprintf("%q lists the commands", cmd.CommandPath()+" --help"))
		},
		SuggestionsMinimumDistance: 2,
	}
}

// arguments makes wrong numbers of arguments wrong use.
func arguments(least, most int, usage string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return misuse(wrongNumber(least, most, args), spareHint(cmd, most, args), "usage: "+cmd.CommandPath()+usage)
		}
		return nil
	}
}

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

// flagWords puts what is wrong with a flag's value in words that do not speak of
// Go's functions.
func flagWords(err error) error {
	var value *pflag.InvalidValueError
	if !errors.As(err, &value) {
		return err
	}
	wanted := map[string]string{
		"int": "a whole number", "uint64": "a whole number from 0 up", "float64": "a number", "bool": "true, false or nothing",
	}[value.GetFlag().Value.Type()]
	if wanted == "" {
		return err
	}
	return fmt.Errorf("--%s %q: %s is wanted", value.GetFlag().Name, value.GetValue(), wanted)
}

// atLeast makes too few arguments wrong use.
func atLeast(least int, usage string) cobra.PositionalArgs {
	return arguments(least, math.MaxInt, usage)
}

// flagHint names the flag nearest to an unknown one.
func flagHint(cmd *cobra.Command, err error) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) {
		return ""
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	return didYouMean("--"+unknown.GetSpecifiedName(), names)
}

func runCommand(c *console) *cobra.Command {
	o := runOptions{}
	cmd := &cobra.Command{
		Use: "run [SCENARIO]", Short: "Play a scenario and say how cyberspace ends", Long: runHelp, Example: runExamples,
		Args:              arguments(0, 1, " [SCENARIO]"),
		ValidArgsFunction: completeScenarios(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.scenario = "baseline"
			if len(args) == 1 {
				o.scenario = args[0]
			}
			c.quiet = o.quiet
			o.ticksGiven = cmd.Flags().Changed("ticks")
			if err := o.stable.check(cmd.Flags().Changed); err != nil {
				return err
			}
			return run(cmd.Context(), c, o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.Uint64Var(&o.seed, "seed", 1, "seed of all randomness")
	f.IntVar(&o.runs, "runs", 1, "number of runs, each with a seed of its own")
	o.stable.bind(cmd)
	f.IntVar(&o.workers, "workers", runtime.GOMAXPROCS(0), "runs at a time; changes no result")
	f.StringArrayVar(&o.set, "set", nil, "set a parameter, `key=value`; repeatable")
	f.StringArrayVar(&o.without, "without", nil, "switch a `mechanism` off; repeatable")
	f.IntVar(&o.ticks, "ticks", 0, "number of ticks (default: the scenario's)")
	f.StringVar(&o.out, "out", "", "results folder (default: results/SCENARIO-seedN)")
	f.BoolVar(&o.json, "json", false, "print one JSON object instead of the closing screen")
	f.BoolVar(&o.quiet, "quiet", false, "no talk on stderr but errors")
	f.StringVar(&o.detail, "detail", "0", "`runs` with votes, agents and links: all or N[,N]")
	f.BoolVar(&o.force, "force", false, "replace the results in the folder")
	f.BoolVar(&o.plot, "plot", false, "draw the figures into the folder, too")
	complete(cmd, "set", completeParameters)
	complete(cmd, "without", completeMechanisms)
	return cmd
}

func whyCommand(c *console) *cobra.Command {
	o := whyOptions{}
	cmd := &cobra.Command{
		Use: "why DIR --state STATE --text TEXT", Short: "Why did a state vote as it did?", Long: whyHelp,
		Example: "  splinternet why results/baseline-seed1 --state IND --text A/RES/73/27",
		Args:    arguments(1, 1, " DIR --state STATE --text TEXT"),
		RunE: func(_ *cobra.Command, args []string) error {
			o.dir = args[0]
			return why(c, o)
		},
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.state, "state", "", "`state`, as an ISO code such as IND")
	f.StringVar(&o.text, "text", "", "`text` that was voted on, such as A/RES/73/27")
	f.IntVar(&o.run, "run", -1, "run in the folder (default: the first in detail)")
	f.Lookup("run").DefValue = "0" // which help takes for "none", and leaves out
	return cmd
}

func scenarioCommand(c *console) *cobra.Command {
	cmd := group("scenario", "List, show, check, begin and compare scenarios")
	var asJSON bool
	list := &cobra.Command{
		Use: "list", Short: "The scenarios of the library", Args: arguments(0, 0, ""),
		RunE: func(*cobra.Command, []string) error { return scenarioList(c, asJSON) },
	}
	list.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.AddCommand(
		list,
		&cobra.Command{
			Use: "show NAME", Short: "Print a scenario of the library", Args: arguments(1, 1, " NAME"),
			ValidArgsFunction: completeScenarios(1),
			RunE:              func(_ *cobra.Command, args []string) error { return scenarioShow(c, args[0]) },
		},
		&cobra.Command{
			Use: "check FILE", Short: "Say what is wrong with a scenario, all at once", Args: arguments(1, 1, " FILE"),
			ValidArgsFunction: completeScenarios(1),
			RunE:              func(_ *cobra.Command, args []string) error { return scenarioCheck(c, args[0]) },
		},
		&cobra.Command{
			Use: "new FILE", Short: "Begin a scenario with a commented file", Args: arguments(1, 1, " FILE"),
			RunE: func(_ *cobra.Command, args []string) error { return scenarioNew(c, args[0]) },
		},
		&cobra.Command{
			Use: "diff A B", Short: "Where two scenarios differ", Args: arguments(2, 2, " A B"),
			ValidArgsFunction: completeScenarios(2),
			RunE:              func(_ *cobra.Command, args []string) error { return scenarioDiff(c, args[0], args[1]) },
		},
	)
	return cmd
}

// listCommand is a command that prints a list, as a table or as JSON.
func listCommand(c *console, name, short string, print func(c *console, asJSON bool) error) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: name, Short: short, Args: arguments(0, 0, ""),
		RunE: func(*cobra.Command, []string) error { return print(c, asJSON) },
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func parametersCommand(c *console) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "parameters [WORD]", Short: "Every parameter with default, range, source and meaning", Long: parametersHelp,
		Example: "  splinternet parameters influence\n  splinternet parameters 'security.trust-*'",
		Args:    arguments(0, 1, " [WORD]"),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return parameters(c, asJSON)
			}
			return parametersLike(c, args[0], asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

const parametersHelp = `List every parameter in a table as wide as it takes; with WORD those that have it in their
name, in paragraphs. * in WORD stands for any letters.`

func versionCommand(c *console) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Program and results version", Args: arguments(0, 0, ""),
		RunE: func(*cobra.Command, []string) error { return version(c) },
	}
}
