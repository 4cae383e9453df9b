// Package command is the verb that lets a class play, with its pages and without.
package command

import (
	"errors"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/seminar/room"
)

const help = `Let a class play the negotiation while the model plays the rest.

One server, started here, serves pages to students (phones or laptops), to the
instructor and to the projector. Students need a browser and the join code, and
nothing else: no account, no installation, no internet. Only this computer can join
unless --listen opens the server to your network.

Everything that the class does is on disk, in the room file, before it is confirmed.
After a crash, or on another day, the same command with --room FILE goes on where the
class was. --replay FILE plays a room again, to the same tables.

Behind an HTTPS proxy (a campus network that keeps phones apart), give --behind-proxy,
--public with the address that the class uses, and --base-path where the proxy shows
the seminar under a path. docs/seminar.md is the instructor's guide.`

const examples = `  splinternet seminar two-blocs
  splinternet seminar --listen :8018 --format 90min --room tuesday.jsonl
  splinternet seminar --room tuesday.jsonl --listen :8018
  splinternet seminar --replay tuesday.jsonl --out tuesday
  splinternet seminar cards baseline --out cards
  splinternet seminar delete tuesday.jsonl`

// Command serves a room to a class, or replays one.
func Command(c *console.Console) *cobra.Command {
	o := options{}
	cmd := &cobra.Command{
		Use: "seminar [SCENARIO]", Short: "A class plays the negotiation, the model plays the rest", Long: help, Example: examples,
		Args:              console.Arguments(0, 1),
		ValidArgsFunction: console.Scenarios(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				o.scenario = args[0]
			}
			f := cmd.Flags()
			o.given = f.Changed
			for _, name := range []string{"format", "rounds", "years", "seed", "set", "without"} {
				o.changesARoom = o.changesARoom || f.Changed(name)
			}
			if o.replay == "" {
				if o.out != "" {
					return console.Misuse(errors.New("--out goes with --replay"), "the control page exports the tables of a room")
				}
				return o.serve(cmd.Context(), c)
			}
			if o.scenario != "" || o.room != "" || o.changesARoom || f.Changed("listen") {
				return console.Misuse(errors.New("--replay goes with --out alone"), "a room file knows its scenario, seed and rounds")
			}
			return o.replayRoom(c)
		},
	}
	f := console.Flags(cmd)
	f.StringVar(&o.listen, "listen", "127.0.0.1:8018", "`address` to serve at; :8018 is every network of this computer")
	f.StringVar(&o.format, "format", "90min", "form of the lesson: 50min, 90min or 3h")
	f.StringVar(&o.room, "room", "", "room `file`; it goes on where it exists (default: seminar-SCENARIO-TIME.jsonl)")
	f.IntVar(&o.rounds, "rounds", 0, "number of rounds (default: the format's)")
	f.Float64Var(&o.years, "years", 0, "calendar years that a round covers (default: 1)")
	f.Uint64Var(&o.seed, "seed", 1, "seed of all chance")
	console.BindChanges(cmd, &o.changes)
	f.StringVar(&o.public, "public", "", "`address` that the class uses, where it is another")
	f.StringVar(&o.base, "base-path", "", "`path` under which a proxy shows the seminar")
	f.BoolVar(&o.proxied, "behind-proxy", false, "trust X-Forwarded-Proto and X-Forwarded-For of a proxy")
	f.StringVar(&o.replay, "replay", "", "replay a room `file` and say what happened")
	f.StringVar(&o.out, "out", "", "`folder` for what --replay replays: tables, scenario, log, debrief")
	f.BoolVar(&o.force, "force", false, "replace the tables in that folder")
	console.Complete(cmd, "format", console.Words(room.FormatNames))
	cmd.AddCommand(deleteCommand(c), cardsCommand(c))
	return cmd
}
