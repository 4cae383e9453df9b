package assembly

import (
	"fmt"

	"splinternet/models/forums/regime"
	"splinternet/models/world"
	"splinternet/sim"
)

// This file gives resolutions their identifiers and titles.

// identifier is that of what state i tables in an assembly this year.
func identifier(now *sim.Tick, w *world.World, k, i int) string {
	return world.ResolutionID(w.Forums[k].ID, now.Date.Year(), w.StateID(i))
}

// resolution is the text that state i tables in an assembly on its line.
func resolution(now *sim.Tick, w *world.World, k, i int, draft *world.Draft) world.Text {
	f := &w.Forums[k]
	what := "resolution of %d on "
	switch draft.Kind {
	case world.Norm:
		what = "resolution of %d on rules for "
	case world.Views:
		what = "request of %d for reports on "
	}
	return world.Text{
		ID: identifier(now, w, k, i), Line: f.Line, Kind: draft.Kind,
		Title: world.Possessive(w.Called(i)) + " " + fmt.Sprintf(what, now.Date.Year()) + f.Line.Words(),
		Forum: k, Sponsors: []int{i}, Position: draft.Position, Depth: draft.Depth, Stack: -1,
	}
}

// backing is the title of a resolution of state i in support of a forum.
func backing(now *sim.Tick, w *world.World, i, backed int) string {
	return fmt.Sprintf("%s resolution of %d in support of the %s", world.Possessive(w.Called(i)), now.Date.Year(), w.Forums[backed].Name)
}

// founding is the title of a resolution that sets up a forum for a coalition.
func founding(now *sim.Tick, w *world.World, c *regime.Coalition) string {
	return fmt.Sprintf("%s resolution of %d setting up a working group on %s", world.Possessive(w.Called(c.Lead)), now.Date.Year(), c.Line.Words())
}

// joint is the identifier and the title of a resolution for all sides on a forum.
func joint(now *sim.Tick, w *world.World, k, backed int, authors []int) (id, title string) {
	year, first, name := now.Date.Year(), w.Called(authors[0]), w.Forums[backed].Name
	id = world.ResolutionID(w.Forums[k].ID, year, world.Joint)
	if len(authors) > 1 {
		return id, fmt.Sprintf("the joint resolution of %s and %s of %d on the %s", first, w.Called(authors[1]), year, name)
	}
	return id, fmt.Sprintf("%s resolution of %d for all sides on the %s", world.Possessive(first), year, name)
}
