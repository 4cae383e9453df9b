package room

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/scenarios/document"
	"splinternet/sim"
)

// Game is what the class and its instructor have decided: all that the text of the
// class's scenario depends on.
type Game struct {
	Orders  []map[string]*Order // by round, from 1 at index 0; by agent
	Injects []Inject            // in the order of their rounds
}

// clone copies the game deep enough that orders and injects can be exchanged.
func (g *Game) clone() *Game {
	c := &Game{Injects: slices.Clone(g.Injects)}
	for _, round := range g.Orders {
		c.Orders = append(c.Orders, maps.Clone(round))
	}
	return c
}

// order is what an agent filed for a round, or nil.
func (g *Game) order(round int, agent string) *Order {
	if round < 1 || round > len(g.Orders) {
		return nil
	}
	return g.Orders[round-1][agent]
}

// agents lists who filed for a round, sorted.
func (g *Game) agents(round int) []string {
	if round < 1 || round > len(g.Orders) {
		return nil
	}
	return slices.Sorted(maps.Keys(g.Orders[round-1]))
}

// text appends the game up to a round, inclusive, to the scenario that the room
// plays. Texts that were tabled in that round are decided in the next one, so that
// they are part of it where next is set.
func (g *Game) text(base *scenarios.Scenario, plan Plan, through int) string {
	w := &toml{calendar: base.Calendar, plan: plan, world: base.World}
	w.b.WriteString(base.Text)
	for _, inject := range g.Injects {
		if inject.Round <= through {
			w.inject(&inject)
		}
	}
	for r := 1; r <= min(through, len(g.Orders)); r++ {
		for _, agent := range g.agents(r - 1) {
			if d := g.order(r-1, agent).Draft; d != nil {
				w.draft(r, agent, d)
			}
		}
		for _, agent := range g.agents(r) {
			for k := range g.order(r, agent).Answers {
				w.answer(r, agent, &g.order(r, agent).Answers[k])
			}
		}
	}
	return w.b.String()
}

// toml writes tables of a scenario.
type toml struct {
	b        strings.Builder
	calendar sim.Calendar
	plan     Plan
	world    *world.World
}

func (w *toml) line(key, value string) { w.b.WriteString(key + " = " + value + "\n") }

func number(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// quote writes a TOML basic string of what somebody has typed.
func quote(text string) string { return document.Quote(strings.ToValidUTF8(text, "?")) }

func quoteAll(list []string) string {
	quoted := make([]string, len(list))
	for k, text := range list {
		quoted[k] = quote(text)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// answer writes an answer that holds for the ticks of round r.
func (w *toml) answer(r int, agent string, a *Answer) {
	w.b.WriteString("\n[[decision]]\n")
	w.line("agent", quote(agent))
	w.line("decide", quote(a.Decide))
	if a.About != "" {
		w.line("about", quote(a.About))
	}
	w.line("from", w.calendar.Date(w.plan.First(r)).Format(time.DateOnly))
	w.line("until", w.calendar.Date(w.plan.Last(r)).Format(time.DateOnly))
	switch formOf(a.Decide) {
	case byLevel:
		w.line("level", number(a.Number))
	case byMix:
		w.line("mix", w.mix(a))
	case byPoint:
		w.line("position", number(a.At))
		second := "depth"
		if a.Decide == "lobby" {
			second = "level"
		}
		w.line(second, number(a.Number))
	default:
		w.line("answer", quote(a.Word))
	}
}

func (w *toml) mix(a *Answer) string {
	parts := partsOf(w.world, a.Decide)
	list := make([]string, 0, len(parts))
	for k, name := range parts {
		if k < len(a.Mix) {
			list = append(list, quote(name)+" = "+number(a.Mix[k]))
		}
	}
	return "{" + strings.Join(list, ", ") + "}"
}

// partsOf names the parts of a mix.
func partsOf(w *world.World, decide string) []string {
	if decide == "effort" {
		return world.EffortNames
	}
	names := make([]string, len(w.Stacks))
	for k := range w.Stacks {
		names[k] = w.Stacks[k].ID
	}
	return names
}

// draft writes a text that is decided in round r.
func (w *toml) draft(r int, agent string, d *Draft) {
	id := draftID(r-1, agent)
	w.b.WriteString("\n[[event]]\n")
	w.line("name", quote(id))
	w.line("kind", `"proposal"`)
	w.line("tick", strconv.Itoa(w.decided(r, d.Forum)))
	w.line("text", quote(id))
	w.line("title", quote(d.Title))
	w.line("forum", quote(d.Forum))
	w.line("text-kind", quote(string(d.Kind)))
	w.line("sponsors", quoteAll([]string{strings.TrimPrefix(agent, "state.")}))
	w.line("position", number(d.Position))
	w.line("depth", number(d.Depth))
}

// decided is the tick of round r in which a forum takes up a text: an assembly at
// its yearly meeting in December, other forums at their meeting in June.
func (w *toml) decided(r int, forum string) int {
	month := time.June
	if k := w.world.FindForum(forum); k >= 0 && w.world.Forums[k].Rule == world.Majority {
		month = time.December
	}
	for t := w.plan.First(r); t <= w.plan.Last(r); t++ {
		if w.calendar.Due(t, month) {
			return t
		}
	}
	return w.plan.First(r)
}
