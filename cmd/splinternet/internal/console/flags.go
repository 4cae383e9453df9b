package console

import (
	"fmt"
	"runtime"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"splinternet/output/frame"
	"splinternet/scenarios"
)

// Flags are the flags of a command, to be listed in the order in which they are declared.
func Flags(cmd *cobra.Command) *pflag.FlagSet {
	f := cmd.Flags()
	f.SortFlags = false
	return f
}

// whole is a flag for whole numbers from a least one up.
type whole struct {
	value *int
	least int
}

// Whole declares a flag for whole numbers from least up; a default of 0 may lie below.
func Whole(f *pflag.FlagSet, value *int, name string, least, standard int, usage string) {
	*value = standard
	f.Var(&whole{value, least}, name, usage)
}

// Type implements pflag.Value.
func (w *whole) Type() string { return "int" }

// String implements pflag.Value.
func (w *whole) String() string {
	if w.value == nil {
		return "0"
	}
	return strconv.Itoa(*w.value)
}

// Set implements pflag.Value.
func (w *whole) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil {
		return err
	}
	if n < w.least {
		return fmt.Errorf("at least %d", w.least)
	}
	*w.value = n
	return nil
}

// BindQuiet declares --quiet.
func (c *Console) BindQuiet(f *pflag.FlagSet) {
	f.BoolVar(&c.Quiet, "quiet", false, "no talk on stderr but errors")
}

// BindWorkers declares --workers.
func BindWorkers(f *pflag.FlagSet, workers *int) {
	Whole(f, workers, "workers", 1, runtime.GOMAXPROCS(0), "runs at a time; changes no result")
}

// BindChanges declares the flags that are laid over a scenario: --set, --without
// and --freeze.
func BindChanges(cmd *cobra.Command, o *scenarios.Options) {
	f := cmd.Flags()
	f.StringArrayVar(&o.Set, "set", nil, "set a parameter, `key=value`; repeatable")
	f.StringArrayVar(&o.Without, "without", nil, "abolish a `mechanism`: it does nothing, and nothing of it is left; repeatable")
	f.StringArrayVar(&o.Freeze, "freeze", nil, "freeze a `mechanism`: it does nothing, and what it moved stays; repeatable")
	Complete(cmd, "set", Parameters)
	Complete(cmd, "without", Mechanisms)
	Complete(cmd, "freeze", Mechanisms)
}

// BindScenario declares BindChanges and --ticks.
func BindScenario(cmd *cobra.Command, o *scenarios.Options) {
	BindChanges(cmd, o)
	Whole(cmd.Flags(), &o.Ticks, "ticks", 1, 0, "number of ticks (default: the scenario's)")
}

// BindFormat declares the --format of tables.
func BindFormat(cmd *cobra.Command, format *string, standard string) {
	cmd.Flags().StringVar(format, "format", standard, "`format` of the tables: csv or parquet")
	Complete(cmd, "format", Words(func() []string { return frame.Formats }))
}
