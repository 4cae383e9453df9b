package main

import (
	"strings"

	"github.com/spf13/cobra"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/scenarios"
)

// completer offers words for an argument or a flag's value.
type completer = func(cmd *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective)

func complete(cmd *cobra.Command, flag string, words completer) {
	if err := cmd.RegisterFlagCompletionFunc(flag, words); err != nil {
		panic("splinternet: " + err.Error())
	}
}

// completeScenarios offers the library, and lets the shell offer files, for the
// first so many arguments.
func completeScenarios(most int) completer {
	return func(_ *cobra.Command, args []string, prefix string) ([]string, cobra.ShellCompDirective) {
		if len(args) >= most {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		var words []string
		for _, name := range scenarios.Names() {
			if strings.HasPrefix(name, prefix) {
				title, _ := headOf(name)
				words = append(words, name+"\t"+title)
			}
		}
		return words, cobra.ShellCompDirectiveDefault
	}
}

func completeParameters(_ *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, p := range models.Declarations().All() {
		if strings.HasPrefix(p.Name, prefix) {
			words = append(words, p.Name+"=\t"+p.Doc)
		}
	}
	return words, cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
}

func completeMechanisms(_ *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, m := range models.Mechanisms() {
		if strings.HasPrefix(m.Name, prefix) {
			words = append(words, m.Name+"\t"+m.Doc)
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}

// completeWords offers the words of a short list.
func completeWords(list func() []string) completer {
	return func(_ *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
		var words []string
		for _, word := range list() {
			if strings.HasPrefix(word, prefix) {
				words = append(words, word)
			}
		}
		return words, cobra.ShellCompDirectiveNoFileComp
	}
}

func completeHeadlines(_ *cobra.Command, _ []string, prefix string) ([]string, cobra.ShellCompDirective) {
	var words []string
	for _, m := range measures.All() {
		if m.Headline && strings.HasPrefix(m.Name, prefix) {
			words = append(words, m.Name+"\t"+m.Doc)
		}
	}
	return words, cobra.ShellCompDirectiveNoFileComp
}
