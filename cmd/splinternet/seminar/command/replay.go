package command

import (
	"fmt"
	"io"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/seminar"
	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/output"
)

// replayRoom replays a room file and says what the class did.
func (o *options) replayRoom(c *console.Console) error {
	r, err := room.Read(o.replay)
	if err != nil {
		return roomFailed(err)
	}
	if r.Warning != "" {
		fmt.Fprintf(c.Err, "splinternet: warning: %s\n", r.Warning)
	}
	v := r.View()
	state := v.State
	fmt.Fprintf(c.Out, "%s, %d of %d rounds, seed %d, %s\n", v.Scenario.Title, state.Through, state.Setup.Plan.Rounds, state.Setup.Seed,
		output.Count(len(state.Players()), "delegation"))
	for round := 1; round <= state.Through; round++ {
		replayRound(c.Out, v, round)
	}
	if o.out == "" {
		return nil
	}
	extra := map[string][]byte{}
	if state.Through > 0 {
		if extra["debrief.html"], err = seminar.Pack(r); err != nil {
			return console.Failed(err)
		}
	}
	if err := v.WriteAll(o.out, o.force, extra); err != nil {
		return console.Refused(err)
	}
	c.Say("\n%s holds the tables, the class's scenario, the log and the debrief", o.out)
	return nil
}

func replayRound(w io.Writer, v room.View, round int) {
	state, play := v.State, v.Play
	fmt.Fprintf(w, "\nRound %d, %s: %s\n", round, play.Plan.When(play.Calendar, round), play.Label(round).Words())
	filed := 0
	if round <= len(state.Filed) {
		filed = len(state.Filed[round-1])
	}
	fmt.Fprintf(w, "  native reachability %.3f, depth %.3f, openness %.3f; %s filed\n",
		play.At("native_reachability", round), play.At("cooperation_depth", round), play.At("openness", round), output.Count(filed, "order sheet"))
	for _, e := range play.Votes(round) {
		fmt.Fprintf(w, "  %s: %d yes, %d no, %d abstain\n", e.Name, e.Yes, e.No, e.Abstain)
	}
}
