package main

import (
	"context"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/ablate"
	"splinternet/cmd/splinternet/archive"
	"splinternet/cmd/splinternet/calibrate"
	"splinternet/cmd/splinternet/compare"
	"splinternet/cmd/splinternet/describe"
	"splinternet/cmd/splinternet/discover"
	"splinternet/cmd/splinternet/explain"
	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/list"
	"splinternet/cmd/splinternet/plot"
	"splinternet/cmd/splinternet/replicates"
	"splinternet/cmd/splinternet/report"
	"splinternet/cmd/splinternet/run"
	"splinternet/cmd/splinternet/scenario"
	seminar "splinternet/cmd/splinternet/seminar/command"
	"splinternet/cmd/splinternet/sensitivity"
	"splinternet/cmd/splinternet/sweep"
	"splinternet/cmd/splinternet/validate"
	"splinternet/cmd/splinternet/why"
	"splinternet/models"
	"splinternet/output"
)

// Main runs the command line args and returns the exit status.
func Main(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := rootCommand(&console.Console{In: stdin, Out: stdout, Err: stderr})
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return console.Report(stderr, root.ExecuteContext(ctx))
}

func rootCommand(c *console.Console) *cobra.Command {
	root := console.Group("splinternet", "agent-based simulation of cyberspace governance")
	root.SilenceErrors, root.SilenceUsage = true, true
	root.Version = output.ProgramVersion() // without one there is no --version, which many type first
	root.SetVersionTemplate(versionLine())
	root.SetFlagErrorFunc(console.FlagError)
	general := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		if cmd == root {
			fmt.Fprint(cmd.OutOrStdout(), help)
			return
		}
		general(cmd, args)
	})
	root.AddCommand(
		run.Command(c), why.Command(c), scenario.Command(c), validate.Command(c), describe.Command(c),
		plot.Command(c), report.Command(c), seminar.Command(c),
		compare.Command(c), ablate.Command(c), explain.Command(c), replicates.Command(c), calibrate.Command(c), archive.Command(c),
		list.Parameters(c), list.Mechanisms(c), list.Measures(c),
		sweep.Command(c), sweep.Merge(c), sensitivity.Command(c), discover.Command(c),
		versionCommand(c),
	)
	return root
}

func versionCommand(c *console.Console) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Program and results version", Args: console.Arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprint(c.Out, versionLine())
			return err
		},
	}
}

// versionLine is what decides about results: the program, the version of its results, and
// the platform.
func versionLine() string {
	return fmt.Sprintf("splinternet %s, results version %d, run folder version %d, %s, %s/%s\n",
		output.ProgramVersion(), models.ResultsVersion, output.FormatVersion,
		runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
