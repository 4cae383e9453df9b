package console

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/scenarios"
	"splinternet/scenarios/library"
)

// Completer offers words for an argument or a flag's value.
type Completer = func(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective)

// Complete registers what completes a flag.
func Complete(cmd *cobra.Command, flag string, words Completer) {
	if err := cmd.RegisterFlagCompletionFunc(flag, words); err != nil {
		panic("splinternet: " + err.Error())
	}
}

// Scenarios offers the library, and lets the shell offer files, for the
// first so many arguments.
func Scenarios(most int) Completer {
	return func(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		if len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var words []string
		for _, e := range library.List() {
			words = append(words, e.Name+"\t"+e.Title)
		}
		return beginning(words, prefix), cobra.ShellCompDirectiveDefault
	}
}

// Parameters offers the declared numbers, fixed ones included, as KEY=.
func Parameters(_ *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, p := range models.Declarations().WithFixed() {
		words = append(words, p.Name+"=\t"+p.Doc)
	}
	return beginning(words, prefix), cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

// Mechanisms offers the mechanisms of a tick.
func Mechanisms(_ *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, m := range models.Mechanisms() {
		words = append(words, m.Name+"\t"+m.Doc)
	}
	return beginning(words, prefix), cobra.ShellCompDirectiveNoFileComp
}

// Headlines offers the headline measures.
func Headlines(_ *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, m := range measures.All() {
		if m.Headline {
			words = append(words, m.Name+"\t"+m.Doc)
		}
	}
	return beginning(words, prefix), cobra.ShellCompDirectiveNoFileComp
}

// Events offers the events of the scenario that is named already.
func Events(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	s, err := scenarios.Load(args[0], scenarios.Options{})
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	var words []string
	for _, e := range s.Settings.Events {
		words = append(words, e.Name+"\t"+e.Why)
	}
	return beginning(words, prefix), cobra.ShellCompDirectiveNoFileComp
}

// Words offers the words of a short list.
func Words(list func() []string) Completer {
	return func(_ *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
		return beginning(list(), prefix), cobra.ShellCompDirectiveNoFileComp
	}
}

func beginning(words []string, prefix string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(word string) bool { return !strings.HasPrefix(word, prefix) })
}
