package main

import (
	"splinternet/output"
	"splinternet/scenarios"
)

// describe prints the methods paragraph and the tables of the ODD+D protocol of a
// scenario.
func describe(c *console, nameOrPath string, o scenarios.Options) error {
	s, err := load(c, nameOrPath, o)
	if err != nil {
		return misuse(err)
	}
	simulation, err := s.Simulation()
	if err != nil {
		return misuse(err)
	}
	d := output.Description{
		Title: s.Title, Summary: s.Description, Question: s.Question, Expect: s.Expect, Suits: s.Suits,
		References: s.References, Hash: s.Hash, Calendar: s.Calendar, World: s.World,
		Parameters: simulation.Parameters(), Off: s.Settings.Off,
		Events: happenings(s.Schedule()), Decisions: happenings(s.Script()),
	}
	return d.WriteMarkdown(c.out)
}

func happenings(items []scenarios.Item) []output.Happening {
	list := make([]output.Happening, len(items))
	for k, item := range items {
		list[k] = output.Happening(item)
	}
	return list
}
