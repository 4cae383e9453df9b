package output

import (
	"fmt"

	"splinternet/models/interconnection"
	"splinternet/models/world"
	"splinternet/sim"
)

// agentYears is the years between two rows of an agent that moves slowly.
const agentYears = 2

// observe writes the agents and links of the tick when it is one of the chosen:
// the first, the last, and every second year for agents. The lives of forums are
// written at every tick, because their births and deaths fall on any.
func (e *Encoder) observe(now *sim.Tick, w *world.World) error {
	last := now.Index == e.calendar.Ticks-1
	chosen := last || now.Index%e.calendar.Span(agentYears) == 0
	if chosen {
		e.stateRows(now.Index, w)
		e.firmRows(now.Index, w)
	}
	e.forumRows(now.Index, w, chosen)
	if chosen {
		e.stackRows(now.Index, w)
	}
	if now.Index == 0 {
		e.groupRows(w)
	}
	if last {
		e.textRows(now.Index, w)
	}
	if last || now.Index == 0 {
		e.linkRows(now.Index, w)
	}
	return nil
}

// agent writes the variables of one agent, one row each.
type agent struct {
	e              *Encoder
	tick           int
	kind, id, name string
}

func (a agent) set(variable string, value float64) {
	a.e.add(Agents, func(l *line) {
		a.e.at(l, a.tick)
		l.text(a.kind)
		l.text(a.id)
		l.text(a.name)
		l.text(variable)
		l.number(value)
	})
}

// flag writes a yes or no as 1 or 0, because every value of the table is a number.
func (a agent) flag(variable string, yes bool) {
	value := 0.0
	if yes {
		value = 1
	}
	a.set(variable, value)
}

// vector writes one variable for each preference dimension.
func (a agent) vector(variable string, values []float64) {
	if len(values) == 1 {
		a.set(variable, values[0])
		return
	}
	for d, value := range values {
		a.set(fmt.Sprintf("%s.%d", variable, d+1), value)
	}
}

func (e *Encoder) stateRows(tick int, w *world.World) {
	s := &w.States
	for i := range s.N {
		a := agent{e, tick, "state", s.ID[i], s.Name[i]}
		a.vector("position", s.Position[i*w.Dim:(i+1)*w.Dim])
		a.vector("anchor", s.Anchor[i*w.Dim:(i+1)*w.Dim])
		a.set("salience", s.Salience[i])
		a.set("power", s.Power[i])
		a.set("economy", s.Economy[i])
		a.set("capability", s.Capability[i])
		a.set("structure", s.Structure[i])
		a.set("users", s.Users[i])
		a.set("offence", s.Offence[i])
		a.set("diplomacy", s.Diplomacy[i])
		a.flag("office", s.Office[i] != world.NoOffice && s.Office[i] <= tick)
		a.set("control", s.Control[i])
		a.set("threat", s.Threat[i])
		for k := range w.Stacks {
			a.set("stack."+w.Stacks[k].ID, s.Stack[i*len(w.Stacks)+k])
		}
	}
}

func (e *Encoder) firmRows(tick int, w *world.World) {
	f := &w.Firms
	for k := range f.N {
		a := agent{e, tick, "firm", f.ID[k], f.Name[k]}
		a.vector("position", f.Position[k*w.Dim:(k+1)*w.Dim])
		a.set("size", f.Size[k])
		a.set("tie", f.Tie[k])
		var users, banned float64
		for i := range w.States.N {
			users += f.Share[k*w.States.N+i] * w.States.Users[i]
			banned += f.Ban[k*w.States.N+i] * w.States.Users[i]
		}
		a.set("users", users)   // share of the world's users that it serves
		a.set("banned", banned) // share of the world's users that it is kept from
	}
}

func (e *Encoder) forumRows(tick int, w *world.World, all bool) {
	for k := range w.Forums {
		f := &w.Forums[k]
		a := agent{e, tick, "forum", f.ID, f.Name}
		a.flag("alive", f.Status == world.Alive)
		a.flag("merged", f.Status == world.Merged)
		a.set("legitimacy", f.Legitimacy)
		if !all {
			continue
		}
		a.vector("position", f.Position)
		a.set("output", f.Output)
		a.set("attention", f.Attention)
		members := 0
		for _, in := range f.Members {
			if in {
				members++
			}
		}
		a.set("members", float64(members))
	}
}

// groupRows writes who belongs to which group, one row for each member.
func (e *Encoder) groupRows(w *world.World) {
	for k := range w.Groups {
		g := &w.Groups[k]
		for _, i := range g.Members {
			agent{e, 0, "group", g.ID, w.States.Name[i]}.set("state."+w.States.ID[i], 1)
		}
	}
}

// textRows writes the texts that were adopted, and in which forum.
func (e *Encoder) textRows(tick int, w *world.World) {
	for k := range w.Texts {
		t := &w.Texts[k]
		if t.Adopted == world.NotAdopted {
			continue
		}
		a := agent{e, tick, "text", t.ID, t.Title}
		a.set("forum."+w.Forums[t.Forum].ID, 1)
		a.set("adopted", float64(t.Adopted)) // tick; negative before the start
		a.flag("force", t.Status == world.InForce)
		a.flag("binding", t.Binding)
		a.vector("position", t.Position)
		a.set("depth", t.Depth)
	}
}

func (e *Encoder) stackRows(tick int, w *world.World) {
	for k := range w.Stacks {
		s := &w.Stacks[k]
		a := agent{e, tick, "stack", s.ID, s.Name}
		a.flag("proposed", s.Proposed)
		a.set("recognition", s.Recognition)
		a.set("users", w.Carried(k)) // share of the world's users whose network runs on it
	}
}

func (e *Encoder) linkRows(tick int, w *world.World) {
	n, d, native := w.States.N, &w.Dyads, interconnection.NativeLinks(e.parameters, w)
	for i := range n {
		for j := i + 1; j < n; j++ {
			e.add(Links, func(l *line) {
				e.at(l, tick)
				l.text(w.States.ID[i])
				l.text(w.States.ID[j])
				l.number(d.Link[i*n+j])
				l.number(native(i, j))
				l.number(d.Trust[i*n+j])
				l.number(d.Trust[j*n+i])
				l.boolean(d.Rival[i*n+j])
				l.number(d.Channel[i*n+j])
				l.number(d.Bridge[i*n+j])
			})
		}
	}
}
