package factors

import (
	"strconv"

	"splinternet/output/sweep"
)

// The scales of a factor in the manifest of a sweep.
const (
	logScale   = "log"
	wholeScale = "whole"
)

// Open reads what was swept from the folder of a sweep.
func Open(dir string) (*Sweep, error) {
	m, err := sweep.Open(dir)
	if err != nil {
		return nil, err
	}
	return Of(dir, m), nil
}

// Of is the sweep in a folder that the manifest describes.
func Of(dir string, m *sweep.Manifest) *Sweep {
	s := &Sweep{
		Dir: dir, Title: m.Scenario.Title, Design: m.Design.Name, Measures: m.Measures,
		Points: m.Points, Runs: m.RunsPerPoint, Complete: m.Complete,
		Metadata: map[string]string{
			"plan": m.Plan, "scenario": m.Scenario.Hash, "results_version": strconv.Itoa(m.ResultsVersion),
		},
	}
	if s.Title == "" {
		s.Title = m.Scenario.Name
	}
	for _, f := range m.Factors {
		s.Factors = append(s.Factors, Factor{
			Name: f.Name, Text: f.Range, Group: f.Group, Low: f.Low, High: f.High,
			Log: f.Scale == logScale, Whole: f.Scale == wholeScale, Levels: f.Levels,
		})
	}
	return s
}
