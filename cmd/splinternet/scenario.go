package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/BurntSushi/toml"

	"splinternet/output"
	"splinternet/scenarios"
	"splinternet/scenarios/library"
)

// scenarioList prints the library.
func scenarioList(c *console, asJSON bool) error {
	type entry struct {
		Name        string `json:"name"`
		Title       string `json:"title"`
		Description string `json:"description"`
	}
	var list []entry
	for _, name := range scenarios.Names() {
		title, description := headOf(name)
		list = append(list, entry{name, title, description})
	}
	if asJSON {
		return output.WriteJSON(c.out, list)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, e := range list {
		fmt.Fprintf(w, "%s\t%s\n", e.Name, e.Title)
	}
	return w.Flush()
}

// headOf reads the title and the description of a scenario of the library,
// without building its world.
func headOf(name string) (title, description string) {
	var head struct{ Title, Description string }
	if text, err := library.Source(name); err == nil {
		// A library that does not parse is a bug that its own tests find.
		_, _ = toml.Decode(text, &head)
	}
	return head.Title, strings.TrimSpace(head.Description)
}

// scenarioShow prints the source of a scenario of the library.
func scenarioShow(c *console, name string) error {
	text, err := library.Source(name)
	if err != nil {
		return misuse(fmt.Errorf("the library has no scenario %q", name),
			didYouMean(name, scenarios.Names()), "allowed: "+strings.Join(scenarios.Names(), ", "))
	}
	_, err = fmt.Fprint(c.out, text)
	return err
}

// load reads a scenario by name or path; "-" is stdin.
func load(c *console, nameOrPath string, o scenarios.Options) (*scenarios.Scenario, error) {
	if nameOrPath != "-" {
		return scenarios.Load(nameOrPath, o)
	}
	text, err := io.ReadAll(c.in)
	if err != nil {
		return nil, err
	}
	return scenarios.Parse("stdin", string(text), o)
}

// scenarioCheck loads a scenario, builds its simulation and says what it holds.
func scenarioCheck(c *console, path string) error {
	s, err := load(c, path, scenarios.Options{})
	if err != nil {
		return misuse(err)
	}
	if _, err := s.Simulation(); err != nil {
		return misuse(err)
	}
	w := s.World
	_, err = fmt.Fprintf(c.out, "%s is in order: %s, %s of a %s from %s, %s, %s, %s, %s\n",
		path, s.Title, output.Count(s.Calendar.Ticks, "tick"), s.Calendar.Tick, s.Calendar.Start.Format(time.DateOnly),
		output.Count(w.States.N, "state"), output.Count(w.Firms.N, "firm"), output.Count(len(w.Forums), "forum"),
		output.Count(len(s.Settings.Events), "event"))
	return err
}

// scenarioNew writes a commented scenario to begin with; "-" is stdout.
func scenarioNew(c *console, path string) error {
	text := scenarios.Template(strings.TrimSuffix(filepath.Base(path), ".toml"))
	if path == "-" {
		_, err := fmt.Fprint(c.out, scenarios.Template("my-scenario"))
		return err
	}
	if !strings.HasSuffix(path, ".toml") { // without it no other verb takes the file
		return misuse(fmt.Errorf("%s: the file of a scenario ends in .toml", path), "splinternet scenario new "+output.Quote(path+".toml"))
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return misuse(fmt.Errorf("%s exists already", path), "choose another name; nothing was changed")
	}
	if err != nil {
		return failed(err)
	}
	_, err = file.WriteString(text)
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err != nil {
		os.Remove(path) // half a scenario helps nobody
		return failed(err)
	}
	c.say("wrote %s; next: splinternet scenario check %s, then splinternet run %s", path, path, path)
	return nil
}

// scenarioDiff prints where two scenarios differ.
func scenarioDiff(c *console, nameA, nameB string) error {
	a, errA := scenarios.Load(nameA, scenarios.Options{})
	b, errB := scenarios.Load(nameB, scenarios.Options{})
	if err := errors.Join(errA, errB); err != nil {
		return misuse(err)
	}
	differences := scenarios.Diff(a, b)
	if len(differences) == 0 {
		c.say("%s and %s do not differ", nameA, nameB)
		return nil
	}
	// Values can be whole sentences, so each stands on a line of its own.
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, d := range differences {
		fmt.Fprintf(w, "%s\n  %s\t%s\n  %s\t%s\n", d.Key, nameA, orNothing(d.A), nameB, orNothing(d.B))
	}
	return w.Flush()
}

func orNothing(s string) string {
	if s == "" {
		return "-"
	}
	return strings.ReplaceAll(s, "\n", " ")
}
