package forums

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// adopt brings a text into force and does what it says: set up or wake a forum,
// back one, recognise a stack, or stand as the forum's text.
func (m *Forums) adopt(now *sim.Tick, w *world.World, t int) {
	text := &w.Texts[t]
	w.Activity.Adopted++
	if old := w.FindText(text.Replaces); text.Replaces != "" && old >= 0 && w.Texts[old].Status == world.InForce {
		w.Texts[old].Status = world.Lapsed
	}
	text.Status, text.Adopted = world.InForce, now.Index
	m.comply(w, t)
	switch {
	case text.Stack >= 0:
		recognise(w, text.Stack, t)
	case text.Serves != "" && text.Kind == world.Support:
		m.back(now, w, text)
	case text.Serves != "":
		m.setUp(now, w, t)
	default:
		m.standAs(w, t)
	}
	// What asks for views, backs or sets up a forum has done its work; it is
	// no rule of behaviour that could stay in force.
	if text.Serves != "" || text.Kind == world.Views || text.Stack >= 0 {
		text.Status = world.Lapsed
	}
}

// comply sets how far the states that newly adhere keep to the text: the nearer
// it is to their position, the more.
func (m *Forums) comply(w *world.World, t int) {
	text := &w.Texts[t]
	for i := range w.States.N {
		if text.Adherence[i] != world.Outside && text.Compliance[i] == 0 {
			text.Compliance[i] = world.Compliance(w.States.Position[i*w.Dim:i*w.Dim+w.Dim], text.Position)
		}
	}
}

// Endorse brings into force what a new forum stands for, for the states that back it
// from the start.
func Endorse(now *sim.Tick, w *world.World, k int, endorsers []int, depth float64) {
	f := &w.Forums[k]
	id, title := titled(f)
	text := world.Text{
		ID: id, Title: title, Line: f.Line, Kind: world.Norm, Forum: k, Position: append([]float64(nil), f.Position...),
		Depth: depth, Binding: f.Binding, Stack: -1,
	}
	if f.Sponsor >= 0 {
		text.Sponsors = []int{f.Sponsor}
	}
	t := Table(w, text)
	for _, i := range endorsers {
		w.Texts[t].Adherence[i] = world.Endorsed
	}
	w.Texts[t].Status, w.Texts[t].Adopted = world.InForce, now.Index
	f.Text, f.Output = t, min(1, depth/world.FullOutput)
	new(Forums).comply(w, t)
	if w.Chronicle.On {
		w.Add(world.Entry{
			Kind: "norm", Name: id, Actors: w.IDs(endorsers), Weight: min(1, depth*coverage(w, &w.Texts[t])),
			Text: fmt.Sprintf("%d states endorse %s from the start, among them %s.", len(endorsers), w.Texts[t].Called(), w.Enumerate(weightiest(w, endorsers))),
		})
	}
}

// weightiest are the four states of a list with the most power and users.
func weightiest(w *world.World, states []int) []int {
	order := append([]int(nil), states...)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(w.Weight(b), w.Weight(a)) })
	return order[:min(4, len(order))]
}

// titled is what the first text of a forum is called.
func titled(f *world.Forum) (id, title string) {
	if f.Product.ID != "" {
		return f.Product.ID, f.Product.Title
	}
	return f.ID + "-text", product(f)
}

// standAs makes a text the forum's own, when the forum is one that keeps texts.
func (m *Forums) standAs(w *world.World, t int) {
	f := &w.Forums[w.Texts[t].Forum]
	f.Output = achieved(w, t)
	if f.Rule == world.Majority && f.Access == world.AccessStates {
		return // the Assembly's resolutions stand for themselves
	}
	f.Text = t
	f.Position = append(f.Position[:0], w.Texts[t].Position...)
}

// achieved is the output of a text: its depth times the mean compliance of those
// who adhere, as a share of full output.
func achieved(w *world.World, t int) float64 {
	text := &w.Texts[t]
	sum, n := 0.0, 0.0
	for i := range w.States.N {
		if text.Covers(i) || text.Adherence[i] == world.Endorsed {
			sum += text.Compliance[i]
			n++
		}
	}
	if n == 0 {
		return 0
	}
	return min(1, text.Depth*sum/n/world.FullOutput)
}

// recognise makes a stack a standard for all who adhere to the text.
func recognise(w *world.World, stack, t int) {
	s := &w.Stacks[stack]
	s.Proposed = true
	share := 0.0
	for i := range w.States.N {
		if w.Texts[t].Adherence[i] != world.Outside {
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
	f.Legitimacy += .05 * in / float64(w.States.N) * (1 - f.Legitimacy)
	if text.Mandate > 0 || text.Lasting {
		entrust(now, w, k, text.Mandate, renewing)
	}
	if from := w.FindForum(text.Merges); from >= 0 && w.Forums[from].Status == world.Alive {
		m.merge(w, from, k)
	}
}

// setUp founds the forum that a text creates, or wakes it, for the text's
// mandate.
func (m *Forums) setUp(now *sim.Tick, w *world.World, t int) {
	text := &w.Texts[t]
	if FindOrFound(now, w, text.Serves, text.Mandate) < 0 {
		return
	}
	k := w.FindForum(text.Serves)
	f := &w.Forums[k]
	if len(text.Sponsors) > 0 {
		f.Sponsor = text.Sponsors[0]
	}
}

// FindOrFound wakes the forum of that identifier, or founds it from the world's
// catalogue, with a mandate of the given years from now (0: permanent). It
// returns the forum's index, or -1 if no such forum is known.
func FindOrFound(now *sim.Tick, w *world.World, id string, mandate float64) int {
	k := w.FindForum(id)
	if k < 0 {
		for c := range w.Catalogue {
			if w.Catalogue[c].ID == id {
				return Found(now, w, &w.Catalogue[c], mandate)
			}
		}
		return -1
	}
	if f := &w.Forums[k]; f.Status == world.Alive && f.MandateEnd == world.NoEnd && mandate == 0 {
		return k // it is there for good already
	}
	verb := renewing
	if f := &w.Forums[k]; f.Status != world.Alive && now.Index-f.MandateEnd >= now.PerYear {
		verb = "is convened again" // sooner, it has only been waiting for its new mandate
	}
	entrust(now, w, k, mandate, verb)
	return k
}

// How a forum is told to begin, and to go on.
const (
	founding = "is set up"
	renewing = "is renewed"
)

// entrust gives a forum a mandate of the given years from now.
func entrust(now *sim.Tick, w *world.World, k int, mandate float64, verb string) {
	f := &w.Forums[k]
	if f.Status != world.Alive || verb == founding { // the work of one that is renewed goes on
		f.Status, f.Entrusted = world.Alive, now.Index
	}
	f.Report = 0
	if verb == renewing && f.MandateEnd > now.Index && f.MandateEnd != world.NoEnd {
		f.Report = f.MandateEnd // the old mandate runs to its end and reports before the new one begins
	}
	f.MandateEnd = world.NoEnd
	f.Renewals++
	if verb != renewing {
		f.Renewals = 0
	}
	until := ""
	if mandate == 0 && verb != founding {
		until = ", with a permanent mandate"
	}
	if mandate > 0 {
		f.MandateEnd = now.Index + max(1, int(math.Round(mandate*float64(now.PerYear))))
		until = fmt.Sprintf(" until %d", w.Calendar.Date(f.MandateEnd).Year())
	}
	w.Changed(k)
	if w.Chronicle.On {
		weight := .15 * max(share(w, f), Input(w, f))
		if verb == renewing && mandate > 0 {
			weight /= 3
		}
		w.Add(world.Entry{Kind: "forum", Name: f.ID, Weight: weight, Text: fmt.Sprintf("The %s %s%s.", f.Name, verb, until)})
	}
}

// found adds a forum to the world.
func found(now *sim.Tick, w *world.World, template *world.Forum) int {
	f := *template
	f.Members = append([]bool(nil), template.Members...)
	f.Firms = append([]bool(nil), template.Firms...)
	f.Position = append([]float64(nil), template.Position...)
	f.Founded, f.AgeAtStart, f.Text = now.Index, 0, -1
	w.Forums = append(w.Forums, f)
	return len(w.Forums) - 1
}

// Found adds a forum that a scenario or the catalogue describes, or wakes the one
// of its name.
func Found(now *sim.Tick, w *world.World, template *world.Forum, mandate float64) int {
	if w.FindForum(template.ID) >= 0 {
		return FindOrFound(now, w, template.ID, mandate)
	}
	k := found(now, w, template)
	entrust(now, w, k, mandate, founding)
	return k
}
