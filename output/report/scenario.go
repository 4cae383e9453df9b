package report

import (
	"splinternet/output"
	"splinternet/output/figure"
	"splinternet/scenarios"
)

// ScenarioOf describes the scenario of a folder from the text that its manifest keeps.
// It is nil for a scenario that needs files of its user's, which cannot be read so, and
// for an analysis of several.
func ScenarioOf(source *figure.Source) *output.Description {
	text := source.ScenarioText()
	if text == "" {
		return nil
	}
	s, err := scenarios.Parse("scenario.toml", text, scenarios.Options{})
	if err != nil {
		return nil
	}
	d, err := output.DescriptionOf(s)
	if err != nil {
		return nil
	}
	return d
}
