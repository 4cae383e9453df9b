// Package scenario is the group of verbs that list, show, check, begin and compare
// scenarios.
package scenario

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output"
	"splinternet/scenarios"
	"splinternet/scenarios/library"
)

// Command groups the verbs.
func Command(c *console.Console) *cobra.Command {
	cmd := console.Group("scenario", "List, show, check, begin and compare scenarios")
	cmd.AddCommand(
		listCommand(c),
		sub("show NAME", "Print a scenario of the library", 1, func(args []string) error { return show(c, args[0]) }),
		sub("check FILE", "Say what is wrong with a scenario, all at once", 1, func(args []string) error { return check(c, args[0]) }),
		sub("new FILE", "Begin a scenario with a commented file", 1, func(args []string) error { return begin(c, args[0]) }),
		sub("diff A B", "Where two scenarios differ", 2, func(args []string) error { return diff(c, args[0], args[1]) }),
	)
	return cmd
}

// sub is a verb that takes so many scenarios and no flags.
func sub(use, short string, scenarios int, run func(args []string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short, Args: console.Arguments(scenarios, scenarios),
		ValidArgsFunction: console.Scenarios(scenarios),
		RunE:              func(_ *cobra.Command, args []string) error { return run(args) },
	}
}

// listCommand prints the library.
func listCommand(c *console.Console) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "The scenarios of the library", Args: console.Arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return output.WriteJSON(c.Out, library.List())
			}
			w := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', 0)
			for _, e := range library.List() {
				fmt.Fprintf(w, "%s\t%s\n", e.Name, e.Title)
			}
			return w.Flush()
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// show prints the source of a scenario of the library.
func show(c *console.Console, name string) error {
	text, err := library.Source(name)
	if err != nil {
		return console.Misuse(fmt.Errorf("the library has no scenario %q", name),
			console.DidYouMean(name, scenarios.Names()), "allowed: "+strings.Join(scenarios.Names(), ", "))
	}
	_, err = fmt.Fprint(c.Out, text)
	return err
}

// check loads a scenario, builds its simulation and says what it holds.
func check(c *console.Console, path string) error {
	s, err := c.Load(path, scenarios.Options{})
	if err != nil {
		return console.Misuse(err)
	}
	if _, err := s.Simulation(); err != nil {
		return console.Misuse(err)
	}
	w := s.World
	_, err = fmt.Fprintf(c.Out, "%s is in order: %s, %s of a %s from %s, %s, %s, %s, %s\n",
		path, s.Title, output.Count(s.Calendar.Ticks, "tick"), s.Calendar.Tick, s.Calendar.Start.Format(time.DateOnly),
		output.Count(w.States.N, "state"), output.Count(w.Firms.N, "firm"), output.Count(len(w.Forums), "forum"),
		output.Count(len(s.Settings.Events), "event"))
	return err
}

// begin writes a commented scenario to begin with; "-" is stdout.
func begin(c *console.Console, path string) error {
	text := scenarios.Template(strings.TrimSuffix(filepath.Base(path), ".toml"))
	if path == "-" {
		_, err := fmt.Fprint(c.Out, scenarios.Template("my-scenario"))
		return err
	}
	if !strings.HasSuffix(path, ".toml") { // without it no other verb takes the file
		return console.Misuse(fmt.Errorf("%s: the file of a scenario ends in .toml", path), "splinternet scenario new "+output.Quote(path+".toml"))
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return console.Misuse(fmt.Errorf("%s exists already", path), "choose another name; nothing was changed")
	}
	if err != nil {
		return console.Failed(err)
	}
	_, err = file.WriteString(text)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(path) // half a scenario helps nobody
		return console.Failed(err)
	}
	c.Say("wrote %s; next: splinternet scenario check %s, then splinternet run %s", path, path, path)
	return nil
}

// diff prints where two scenarios differ.
func diff(c *console.Console, nameA, nameB string) error {
	a, errA := scenarios.Load(nameA, scenarios.Options{})
	b, errB := scenarios.Load(nameB, scenarios.Options{})
	if err := errors.Join(errA, errB); err != nil {
		return console.Misuse(err)
	}
	differences := scenarios.Diff(a, b)
	if len(differences) == 0 {
		c.Say("%s and %s do not differ", nameA, nameB)
		return nil
	}
	// Values can be whole sentences, so each stands on a line of its own.
	w := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', 0)
	for _, d := range differences {
		fmt.Fprintf(w, "%s\n  %s\t%s\n  %s\t%s\n", d.Key, nameA, console.OrNothing(d.A), nameB, console.OrNothing(d.B))
	}
	return w.Flush()
}
