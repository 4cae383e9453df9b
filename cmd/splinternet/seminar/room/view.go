package room

import (
	"slices"
	"time"

	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/scenarios"
)

// View is a room at one moment. Nothing in it changes afterwards, so that several
// can read it and play on from it.
type View struct {
	Scenario *scenarios.Scenario // that the room began with, without the class
	State    *State
	Play     *Play
}

// Act is something that somebody wants to do. It looks at the room as it is and
// says what the act comes to, or why it is not done; Room.Do carries it out.
type Act func(v View, now time.Time) (Step, error)

// Step is what an act comes to.
type Step struct {
	entries []*Entry // for the journal
	play    *Play    // that goes with them; nil leaves the one that there is
}

// enter is a step that leaves the rounds played as they are.
func enter(entries ...*Entry) Step { return Step{entries: entries} }

// replay is a step after which the rounds are other ones, or come out otherwise.
// They are played before the step is confirmed.
func (v View) replay(e *Entry) (Step, error) {
	s := v.State.with(e)
	after, err := play(v.Scenario, s, s.Players())
	return Step{[]*Entry{e}, after}, err
}

// listening is the play with everybody heard who sits, once the seminar has begun,
// and one agent more, or none.
func (v View) listening(more ...string) (*Play, error) {
	want := more
	if v.State.Begun {
		want = append(v.State.Agents(), more...)
	}
	if !slices.ContainsFunc(want, func(agent string) bool { return !slices.Contains(v.Play.heard, agent) }) {
		return v.Play, nil
	}
	return play(v.Scenario, v.State, append(v.State.Players(), more...))
}

func (v View) playable(agent string) bool {
	return slices.ContainsFunc(delegation.Agents(v.Scenario.World), func(a delegation.Agent) bool { return a.ID == agent })
}

// Sheet is the order sheet of an agent for the round that is open.
func (v View) Sheet(agent string) *Sheet { return v.Play.sheet(&v.State.Game, agent) }
