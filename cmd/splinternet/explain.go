package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/studies"
)

// explainOptions are the flags of explain.
type explainOptions struct {
	playOptions
	scenario                   string
	event, mechanism           []string // only these
	eventsOnly, mechanismsOnly bool
	shapley                    bool
	permutations               int
	measures                   []string // columns of the screen
}

// attribute says how much of a scenario's outcome is owed to each of its parts.
func attribute(ctx context.Context, c *console, o explainOptions) error {
	began := time.Now()
	if err := o.check(kind.Explanation, 2); err != nil {
		return err
	}
	if o.eventsOnly && o.mechanismsOnly {
		return misuse(errors.New("--events is only events, and --mechanisms only mechanisms"), "leave both out for both")
	}
	if err := checkHeadlines(o.measures...); err != nil {
		return err
	}
	sides, err := loadSides(c, []string{o.scenario}, o.overrides())
	if err != nil {
		return err
	}
	found, playing := studies.Explain(ctx, studies.ExplanationPlan{
		Side: sides[0], Size: o.size(), Shapley: o.shapley, Permutations: o.permutations, Select: studies.Selection{
			Events: o.event, Mechanisms: o.mechanism, OnlyEvents: o.eventsOnly, OnlyMechanisms: o.mechanismsOnly,
		},
	}, newProgress(c))
	if found == nil {
		return o.unexplained(playing)
	}
	if err := o.deliver(c, study.ExplanationOf(found), (&explanation{found, o}).tell, began); err != nil {
		return err
	}
	return interrupted(playing, len(found.Readings), o.runs, "run")
}

// unexplained words why there is nothing to tell.
func (o *explainOptions) unexplained(err error) error {
	var unknown *studies.UnknownPartError
	var many *studies.TooManyPartsError
	switch {
	case errors.As(err, &unknown):
		return misuse(err, didYouMean(unknown.Part.Name, unknown.Has), "it has "+strings.Join(unknown.Has, ", "))
	case errors.As(err, &many):
		return misuse(err, "--events, --mechanisms, --event NAME and --mechanism NAME choose")
	case errors.Is(err, studies.ErrNoParts):
		return misuse(err)
	case o.shapley && errors.Is(err, context.Canceled):
		return failed(errors.New("interrupted: a division needs all its coalitions, and nothing was written"),
			"fewer --permutations, or fewer parts, take less time")
	}
	return interrupted(err, 0, o.runs, "run")
}
