package command

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/seminar"
	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/output"
	"splinternet/scenarios"
)

func deleteCommand(c *console.Console) *cobra.Command {
	return &cobra.Command{
		Use: "delete FILE", Short: "Delete a room for good, with all names and orders in it", Args: console.Arguments(1, 1),
		RunE: func(_ *cobra.Command, args []string) error { return deleteRoom(c, args[0]) },
	}
}

func cardsCommand(c *console.Console) *cobra.Command {
	var out string
	var agents []string
	var force bool
	cmd := &cobra.Command{
		Use: "cards SCENARIO", Short: "Printable role cards of a scenario", Args: console.Arguments(1, 1),
		Example:           "  splinternet seminar cards two-blocs --out cards\n  splinternet seminar cards baseline --out cards --agent state.IND --agent firm.huawei",
		ValidArgsFunction: console.Scenarios(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if out == "" {
				return console.Misuse(errors.New("--out is missing"), "as in: splinternet seminar cards "+args[0]+" --out cards")
			}
			return writeCards(c, args[0], out, agents, force)
		},
	}
	f := console.Flags(cmd)
	f.StringVar(&out, "out", "", "`folder` for cards.html")
	f.StringArrayVar(&agents, "agent", nil, "`delegation`, such as state.IND; repeatable (default: those that are offered first)")
	f.BoolVar(&force, "force", false, "replace the cards in the folder")
	return cmd
}

// deleteRoom deletes a room for good.
func deleteRoom(c *console.Console, path string) error {
	if err := room.Delete(path); err != nil {
		return roomFailed(err)
	}
	c.Say("%s is deleted, with all names and orders in it", path)
	return nil
}

// writeCards writes printable role cards.
func writeCards(c *console.Console, name, out string, agents []string, force bool) error {
	s, err := c.Load(name, scenarios.Options{})
	if err != nil {
		return console.Misuse(err)
	}
	list, err := delegation.Cards(s, agents)
	var unknown *delegation.UnknownAgentError
	switch {
	case errors.As(err, &unknown):
		return console.Misuse(err, console.DidYouMean(unknown.Agent, unknown.Known), "as in: --agent state.IND, firm.huawei or forum.un_oewg")
	case err != nil:
		return console.Failed(err)
	}
	text, err := seminar.Cards(s.Title, list)
	if err != nil {
		return console.Failed(err)
	}
	path := filepath.Join(out, "cards.html")
	if err := console.CheckFree(path, force, "--out DIR"); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return console.Failed(err)
	}
	if err := room.WriteWhole(path, text); err != nil {
		return console.Failed(err)
	}
	c.Say("%s: %s, one on a page; print it from a browser", path, output.Count(len(list), "role card"))
	return nil
}
