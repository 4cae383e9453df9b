package diplomacy

import (
	"fmt"
	"math"

	"splinternet/models/world"
	"splinternet/sim"
)

// measures are the confidence-building measures of forums.
type measures struct {
	forums [64]struct {
		forum int
		aim   float64 // channel that the forum's text promises its members, [0, 1]
		level float64 // channel that they have come to
		told  float64 // aim of which the chronicle has told
	}
	count  int
	member []uint64 // by state: bit k for forums[k]
}

// enough is the difference of level for which nobody picks up the telephone, and
// news the one of which the chronicle tells.
const (
	enough = .02
	news   = .25
)

func (m *Diplomacy) declareMeasures(s sim.Section) {
	number(s, &m.Measures, "measures", 1.2, sim.Range{Min: 0, Max: 100}, sim.Range{Min: .6, Max: 2}, "factor", sim.Assumption,
		"Channel among the members of a forum on confidence building per depth of its text and legitimacy of the forum.", "gives the measures of the OSCE of 2013 and 2016 the .2 of the start")
	number(s, &m.Pace, "measures-pace", .3, unit, sim.Range{Min: .1, Max: .5}, "per year", sim.Assumption,
		"Rate at which the channels among members of a forum rise to the level that its measures promise.", "")
	number(s, &m.Decay, "measures-decay", .1, unit, sim.Range{Min: .05, Max: .3}, "per year", sim.Assumption,
		"Rate at which channels fall to the level that is still held up.", "")
}

// beginMeasures takes the lines of the start as what measures have come to: the
// mean channel of the members' pairs that have no agreement of their own.
func (m *Diplomacy) beginMeasures(w *world.World) {
	n, d := w.States.N, &w.Dyads
	m.measures.count = 0
	m.derive(w)
	for _, a := range d.Agreements {
		m.floor[int(a.I)*n+int(a.J)] = a.Level
	}
	for k := range m.measures.count {
		sum, pairs := 0.0, 0.0
		for i := range n {
			for j := i + 1; j < n; j++ {
				if both := m.measures.member[i] & m.measures.member[j]; both>>k&1 != 0 && m.floor[i*n+j] == 0 {
					sum += d.Channel[i*n+j]
					pairs++
				}
			}
		}
		entry := &m.measures.forums[k]
		entry.level = share(sum, pairs)
		entry.told = entry.aim
	}
	for _, a := range d.Agreements {
		m.floor[int(a.I)*n+int(a.J)] = 0
	}
}

// derive works out who shares in which measures, and the aim of each:
// proportional to the depth of the text in force and to the forum's legitimacy. A
// text that has lapsed gives none; one of a dormant forum stands. The first 64
// forums of the line count.
func (m *Diplomacy) derive(w *world.World) {
	s := &m.measures
	clear(s.member)
	count := 0
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Line != world.Confidence || count == len(s.forums) {
			continue
		}
		entry := &s.forums[count]
		if count >= s.count { // new since last year
			entry.level, entry.told = 0, 0
		}
		entry.forum, entry.aim = k, 0
		if f.Text >= 0 && w.Texts[f.Text].Status == world.InForce && (f.Status == world.Alive || f.Status == world.Dormant) {
			text := &w.Texts[f.Text]
			entry.aim = min(1, m.Measures*text.Depth*f.Legitimacy)
			for i, in := range f.Members {
				if in && text.Covers(i) {
					s.member[i] |= 1 << count
				}
			}
		}
		count++
	}
	s.count = count
}

// level is the channel that the measures of the forums that both belong to give to a
// pair.
func (s *measures) level(both uint64) float64 {
	level := 0.0
	for k := 0; both != 0; k, both = k+1, both>>1 {
		if both&1 != 0 {
			level = max(level, s.forums[k].level)
		}
	}
	return level
}

// openLines brings the channel of every pair to what holds it up: measures,
// agreements, bridges, whichever gives most. Once nothing does, it falls silent.
func (m *Diplomacy) openLines(w *world.World) {
	n, d := w.States.N, &w.Dyads
	m.derive(w)
	m.settle()
	for _, a := range d.Agreements {
		k := int(a.I)*n + int(a.J)
		m.floor[k], m.lines[k] = a.Level, true
	}
	for _, b := range m.bridges {
		k := int(b.i)*n + int(b.j)
		m.floor[k], m.lines[k] = max(m.floor[k], line*d.Bridge[k]), true
	}
	open := 0
	seen, measured := uint64(0), 0.0 // pairs that share the same forums often follow one another
	for i := range n {
		mine, lines := m.measures.member[i], m.lines[i*n:i*n+n]
		for j := i + 1; j < n; j++ {
			both := mine & m.measures.member[j]
			if both == 0 && !lines[j] {
				continue
			}
			k := i*n + j
			level, channel := m.floor[k], d.Channel[k]
			if both != 0 {
				if both != seen {
					seen, measured = both, m.measures.level(both)
				}
				level = max(level, measured)
			}
			if channel = m.follow(channel, level, both != 0); channel != d.Channel[k] {
				d.SetChannel(n, i, j, channel)
			}
			if lines[j] = channel > 0; lines[j] {
				open++
			}
			m.floor[k] = 0
		}
	}
	w.Standing.Channels = open
	m.tellMeasures(w)
}

// settle moves the level of every forum's measures towards its aim by a year.
func (m *Diplomacy) settle() {
	for k := range m.measures.count {
		entry := &m.measures.forums[k]
		rate := m.Pace
		if entry.aim < entry.level {
			rate = m.Decay
		}
		entry.level += rate * (entry.aim - entry.level)
		if entry.aim == 0 && entry.level < enough {
			entry.level = 0
		}
	}
}

// follow is the channel after a year, given the level that is held up. Levels
// move slowly by themselves, so the channel goes with them; only where nobody
// holds it any more, it fades of its own.
func (m *Diplomacy) follow(channel, level float64, measured bool) float64 {
	switch {
	case level >= channel+enough, measured && level <= channel-enough:
		return level
	case level <= channel-enough:
		return channel + m.Decay*(level-channel)
	case level == 0:
		return 0
	}
	return channel
}

// tellMeasures notes when the measures of a forum promise notably more, or less.
func (m *Diplomacy) tellMeasures(w *world.World) {
	for k := range m.measures.count {
		entry := &m.measures.forums[k]
		change := entry.aim - entry.told
		if math.Abs(change) < news {
			continue
		}
		entry.told = entry.aim
		if !w.Chronicle.On {
			continue
		}
		f, weight := &w.Forums[entry.forum], 0.0
		for i, in := range f.Members {
			if in {
				weight += w.Weight(i)
			}
		}
		text := fmt.Sprintf("The %s gives its confidence-building measures more weight: its members open lines to one another.", f.Name)
		if change < 0 {
			text = fmt.Sprintf("The confidence-building measures of the %s lose their weight: lines between its members fall silent.", f.Name)
		}
		w.Add(world.Entry{Kind: "measures", Name: f.ID, Weight: min(1, weight*math.Abs(change)), Text: text})
	}
}
