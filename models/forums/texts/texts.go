// Package texts is the life of a text before it is decided on: how it comes on the table
// of a forum, who puts their names to it, and what stands if it fails.
package texts

import (
	"slices"

	"splinternet/models/world"
)

// Tabled says that a text has been put on the table of its forum.
type Tabled struct{ Text int }

// Kind is "text".
func (Tabled) Kind() string { return "text" }

// Table puts a text on the table of its forum and returns its number. Texts tabled under
// an identifier that exists get a number behind it.
func Table(w *world.World, t world.Text) int {
	id := t.ID
	for number := 2; w.FindText(t.ID) >= 0; number++ {
		t.ID = world.NumberedID(id, number)
	}
	t.Status, t.Adopted, t.Tabled = world.Tabled, world.NotAdopted, w.Tick
	t.Adherence = make([]uint8, w.States.N)
	t.Compliance = make([]float64, w.States.N)
	w.Texts = append(w.Texts, t)
	if w.Chronicle.On {
		w.Tell(Tabled{len(w.Texts) - 1})
	}
	return len(w.Texts) - 1
}

// Cosponsor asks the members of a text's forum whether they co-sponsor it, with the
// model's own answer, and adds those who do.
func Cosponsor(w *world.World, t int, model func(i int) bool) {
	text := &w.Texts[t]
	authors := text.Sponsors
	text.Sponsors = slices.Clone(authors) // the scenario may hold them, too
	for i, in := range w.Forums[text.Forum].Members {
		if in && !slices.Contains(authors, i) && w.AskSponsor(i, t, model(i)) {
			text.Sponsors = append(text.Sponsors, i)
		}
	}
}

// StatusQuo is where a line stands, in all dimensions: the mean position of the texts in
// force on it, weighted by depth and by the power and users that they cover. A line
// without texts stands at the centroid of the states by power.
func StatusQuo(w *world.World, line world.Line) []float64 {
	position, total := make([]float64, w.Dim), 0.0
	for t := range w.Texts {
		text := &w.Texts[t]
		if text.Line != line || text.Status != world.InForce {
			continue
		}
		weight := text.Depth * w.Coverage(text)
		total += weight
		for d := range position {
			position[d] += weight * text.Position[d]
		}
	}
	if total == 0 {
		for i, power := range w.States.Power {
			total += power
			for d, x := range w.Position(i) {
				position[d] += power * x
			}
		}
	}
	for d := range position {
		position[d] /= total
	}
	return position
}
