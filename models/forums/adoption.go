package forums

import (
	"slices"

	"splinternet/models/forums/legitimacy"
	"splinternet/models/forums/regime"
	"splinternet/models/forums/texts"
	"splinternet/models/world"
	"splinternet/sim"
)

// adopt brings a text into force and does what it says: set up or reconvene a forum,
// back one, recognise a stack, or stand as the forum's text.
func (m *Forums) adopt(now *sim.Tick, w *world.World, t int) {
	text := &w.Texts[t]
	w.Activity.Adopted++
	if old := w.FindText(text.Replaces); text.Replaces != "" && old >= 0 && w.Texts[old].Status == world.InForce {
		w.Texts[old].Status = world.Lapsed
	}
	text.Status, text.Adopted = world.InForce, now.Index
	comply(w, text)
	if w.Chronicle.On {
		w.Tell(Adopted{t})
	}
	switch {
	case text.Stack >= 0:
		recognise(w, text)
	case text.Serves != "" && text.Kind == world.Support:
		m.back(now, w, text)
	case text.Serves != "":
		setUp(now, w, text)
	default:
		standAs(w, t)
	}
	// What asks for views, backs or sets up a forum has done its work; it is
	// no rule of behaviour that could stay in force.
	if text.Serves != "" || text.Kind == world.Views || text.Stack >= 0 {
		text.Status = world.Lapsed
	}
}

// comply sets how far the states that have come to adhere keep to the text.
func comply(w *world.World, text *world.Text) {
	for i := range w.States.N {
		if text.Adherence[i] != world.Outside && text.Compliance[i] == 0 {
			text.Compliance[i] = world.Compliance(w.Position(i), text.Position)
		}
	}
}

// Endorse brings into force what a new forum stands for, for the states that back it
// from the start.
func Endorse(now *sim.Tick, w *world.World, k int, endorsers []int, depth float64) {
	f := &w.Forums[k]
	id, title := f.Work()
	text := world.Text{
		ID: id, Title: title, Line: f.Line, Kind: world.Norm, Forum: k, Position: slices.Clone(f.Position),
		Depth: depth, Binding: f.Binding, Stack: -1,
	}
	if f.Sponsor >= 0 {
		text.Sponsors = []int{f.Sponsor}
	}
	t := texts.Table(w, text)
	for _, i := range endorsers {
		w.Texts[t].Adherence[i] = world.Endorsed
	}
	w.Texts[t].Status, w.Texts[t].Adopted = world.InForce, now.Index
	f.Text, f.Output = t, min(1, depth/world.FullOutput)
	comply(w, &w.Texts[t])
	if w.Chronicle.On {
		w.Tell(Endorsed{t, endorsers})
	}
}

// standAs makes a text the forum's own, when the forum is one that keeps texts.
func standAs(w *world.World, t int) {
	f := &w.Forums[w.Texts[t].Forum]
	f.Output = legitimacy.Output(w, t)
	if f.Votes() {
		return // the Assembly's resolutions stand for themselves
	}
	f.Text = t
	f.Position = append(f.Position[:0], w.Texts[t].Position...)
}

// recognise makes a stack a standard for all who adhere to the text.
func recognise(w *world.World, text *world.Text) {
	s := &w.Stacks[text.Stack]
	s.Proposed = true
	share := 0.0
	for i := range w.States.N {
		if text.Adherence[i] != world.Outside {
			s.Recognised[i] = true
		}
		if s.Recognised[i] {
			share += w.Weight(i)
		}
	}
	s.Recognition = min(1, share)
}

// back strengthens the forum that a text supports by the share of states that
// voted for it, renews its mandate and folds another into it, if the text says so.
func (m *Forums) back(now *sim.Tick, w *world.World, text *world.Text) {
	k := w.FindForum(text.Serves)
	if k < 0 {
		return
	}
	in := 0.0
	for _, a := range text.Adherence {
		if a != world.Outside {
			in++
		}
	}
	f := &w.Forums[k]
	f.Legitimacy += m.Backing * in / float64(w.States.N) * (1 - f.Legitimacy)
	if text.Mandate > 0 || text.Lasting {
		regime.Entrust(now, w, k, text.Mandate, regime.Renewed)
	}
	if from := w.FindForum(text.Merges); from >= 0 && w.Forums[from].Status == world.Alive {
		regime.Merge(w, from, k)
	}
}

// setUp founds the forum that a text creates, or wakes it, for the text's
// mandate.
func setUp(now *sim.Tick, w *world.World, text *world.Text) {
	if k := regime.FindOrFound(now, w, text.Serves, text.Mandate); k >= 0 && len(text.Sponsors) > 0 {
		w.Forums[k].Sponsor = text.Sponsors[0]
	}
}
