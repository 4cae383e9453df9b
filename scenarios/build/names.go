package build

import (
	"slices"
	"strings"

	"splinternet/models/world"
	"splinternet/scenarios/problem"
	"splinternet/scenarios/spec"
	"splinternet/sim"
)

// directory knows what a scenario can name.
type directory struct {
	problems *problem.Collector
	calendar sim.Calendar
	world    *world.World // nil where it could not be built
	// The identifiers that the scenario can name, by kind; nil where there is no world,
	// because then nothing is known to be wrong.
	ids map[string][]string
}

// nameAll collects what the scenario can name: what exists at the start, what the
// catalogue or an event can bring into being, and the texts that events table.
func (b *builder) nameAll() {
	w := b.world
	b.ids = map[string][]string{
		"state": w.States.ID, "firm": w.Firms.ID, "stack": stackIDs(w), "group": groupIDs(w),
	}
	add := func(kind, id string) {
		if !slices.Contains(b.ids[kind], id) {
			b.ids[kind] = append(b.ids[kind], id)
		}
	}
	for _, f := range slices.Concat(w.Forums, w.Catalogue) {
		add("forum", f.ID)
	}
	for k := range w.Texts {
		b.ids["text"] = append(b.ids["text"], w.Texts[k].ID)
	}
	for _, id := range b.spec.GroupIDs {
		add("group", id)
	}
	for _, id := range b.spec.Forums {
		add("forum", id)
	}
	for _, id := range b.spec.Texts {
		add("text", id)
	}
}

// checkNames reports what the scenario names that is not there, and the texts that it
// brings up though they are.
func (b *builder) checkNames() {
	for _, n := range b.spec.Names {
		b.exists(n)
	}
	for _, n := range b.spec.NewTexts {
		if b.world != nil && b.world.FindText(n.ID) >= 0 {
			b.problems.At(n.Place, "%q is the name of a text that exists at the start; names must differ", problem.Clip(n.ID))
		}
	}
}

// exists tells whether there is what a scenario names, and reports it otherwise.
func (d *directory) exists(n spec.Name) bool {
	switch {
	case n.ID == "":
		return false
	case d.ids == nil, slices.Contains(d.ids[n.Kind], n.ID), d.foreseen(n):
		return true
	}
	for _, other := range spec.Kinds {
		if rest, is := strings.CutPrefix(n.Word, other+"."); is && slices.Contains(d.ids[other], rest) {
			d.problems.At(n.Place, "%q is not allowed; allowed: a %s", n.Word, n.Kind)
			return false
		}
	}
	d.unknown(n)
	return false
}

// unknown reports an identifier that nobody has.
func (d *directory) unknown(n spec.Name) {
	if d.problems.Full() {
		return
	}
	if n.Kind != "state" {
		d.problems.At(n.Place, "unknown %s %q%s", n.Kind, problem.Clip(n.ID), problem.Hint(n.ID, d.ids[n.Kind]))
		return
	}
	for i, name := range d.world.States.Name {
		if strings.EqualFold(name, n.ID) {
			d.problems.At(n.Place, "unknown state code %q; did you mean %s?", problem.Clip(n.ID), d.world.States.ID[i])
			return
		}
	}
	d.problems.At(n.Place, "unknown state code %q%s", problem.Clip(n.ID), problem.Hint(n.ID, d.ids["state"]))
}

// foreseen tells whether a text or a forum can come up in the run by the rules of the
// model.
func (d *directory) foreseen(n spec.Name) bool {
	switch n.Kind {
	case "forum":
		return slices.ContainsFunc(d.founded(), func(name string) bool { return world.IsNumbered(n.ID, name) })
	case "text":
		return d.written(n.ID)
	}
	return false
}

// years are those that the run comes to.
func (d *directory) years() []int {
	c := d.calendar
	var list []int
	for year := c.Start.Year(); year <= c.Date(c.Ticks).Year(); year++ {
		list = append(list, year)
	}
	return list
}

// founded are the names of the forums that the dissatisfied may found.
func (d *directory) founded() []string {
	var list []string
	for _, line := range world.Lines {
		for _, year := range d.years() {
			list = append(list, world.FoundedID(line, year))
		}
	}
	return list
}

// written tells whether a text may come up of that name: what a forum is there to bring
// about, its report, or what a state or both sides table in a session.
func (d *directory) written(id string) bool {
	for _, f := range slices.Concat(d.world.Forums, d.world.Catalogue) {
		if f.Product.ID != "" && world.IsNumbered(id, f.Product.ID) {
			return true
		}
	}
	forums := slices.Clone(d.ids["forum"])
	for _, name := range d.founded() {
		if strings.HasPrefix(id, name) {
			for number := 1; number <= world.MostAlike; number++ {
				forums = append(forums, world.NumberedID(name, number))
			}
		}
	}
	return slices.ContainsFunc(forums, func(forum string) bool {
		return strings.HasPrefix(id, forum+"-") && d.writtenIn(forum, id)
	})
}

func (d *directory) writtenIn(forum, id string) bool {
	if world.IsNumbered(id, world.ReportID(forum)) {
		return true
	}
	for _, year := range d.years() {
		if world.IsNumbered(id, world.ResolutionID(forum, year, world.Joint)) {
			return true
		}
		for _, state := range d.ids["state"] {
			if world.IsNumbered(id, world.ResolutionID(forum, year, state)) {
				return true
			}
		}
	}
	return false
}

// members are the states that a list of states and groups names, in their order.
func (d *directory) members(names []spec.Name) []int {
	if d.world == nil {
		return nil
	}
	in := make([]bool, d.world.States.N)
	for _, n := range names {
		switch {
		case !d.exists(n):
		case n.Kind == "group":
			if k := d.world.FindGroup(n.ID); k >= 0 {
				for _, i := range d.world.Groups[k].Members {
					in[i] = true
				}
			}
		default:
			in[d.world.FindState(n.ID)] = true
		}
	}
	var list []int
	for i := range in {
		if in[i] {
			list = append(list, i)
		}
	}
	return list
}

// state is the index of a state that may be named, or what stands for none.
func (d *directory) state(n spec.Name, none int) int {
	if !d.exists(n) {
		return none
	}
	return d.world.FindState(n.ID)
}

func stackIDs(w *world.World) []string {
	var ids []string
	for k := range w.Stacks {
		ids = append(ids, w.Stacks[k].ID)
	}
	return ids
}

func groupIDs(w *world.World) []string {
	var ids []string
	for k := range w.Groups {
		ids = append(ids, w.Groups[k].ID)
	}
	return ids
}
