package diplomacy

import "splinternet/models/world"

// Promise is what the confidence-building measures of a forum are to its members.
type Promise struct {
	Forum int
	Aim   float64 // channel that the forum's text promises its members, [0, 1]
	Level float64 // channel that they have come to
}

// mostPromises is how many forums count, the first of the line: State.Party has a bit for
// each.
const mostPromises = 64

// beginMeasures takes the lines of the start as what measures have come to: the
// mean channel of the members' pairs that have no agreement of their own.
func (m *Diplomacy) beginMeasures(w *world.World) {
	n, d := w.States.N, &w.Dyads
	m.derive(w)
	for _, a := range d.Agreements {
		m.floor[int(a.I)*n+int(a.J)] = a.Level
	}
	for k := range m.Promises {
		sum, pairs := 0.0, 0.0
		for i := range n {
			for j := i + 1; j < n; j++ {
				if both := m.Party[i] & m.Party[j]; both>>k&1 != 0 && m.floor[i*n+j] == 0 {
					sum += d.Channel[i*n+j]
					pairs++
				}
			}
		}
		m.Promises[k].Level = share(sum, pairs)
	}
	for _, a := range d.Agreements {
		m.floor[int(a.I)*n+int(a.J)] = 0
	}
	m.tellPromises(w, true)
}

// derive works out to whom which measures are promised, and the aim of each:
// proportional to the depth of the text in force and to the forum's legitimacy. A
// text that has lapsed gives none; one of a dormant forum stands.
func (m *Diplomacy) derive(w *world.World) {
	clear(m.Party)
	count := 0
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Line != world.Confidence || count == mostPromises {
			continue
		}
		if count == len(m.Promises) { // new since last year
			m.Promises = append(m.Promises, Promise{})
		}
		p := &m.Promises[count]
		p.Forum, p.Aim = k, 0
		if f.Text >= 0 && w.Texts[f.Text].Status == world.InForce && (f.Status == world.Alive || f.Status == world.Dormant) {
			text := &w.Texts[f.Text]
			p.Aim = min(1, m.Measures*text.Depth*f.Legitimacy)
			for i, in := range f.Members {
				if in && text.Covers(i) {
					m.Party[i] |= 1 << count
				}
			}
		}
		count++
	}
}

// promised is the channel that measures give to a pair, of those that are promised to
// both.
func (s *State) promised(both uint64) float64 {
	level := 0.0
	for k := 0; both != 0; k, both = k+1, both>>1 {
		if both&1 != 0 {
			level = max(level, s.Promises[k].Level)
		}
	}
	return level
}

// openLines brings the channel of every pair to what holds it up: measures,
// agreements, bridges, whichever gives most, and offices raise it. Once nothing does, it
// falls silent; a war cuts it.
func (m *Diplomacy) openLines(w *world.World) {
	n, d := w.States.N, &w.Dyads
	m.derive(w)
	m.settle()
	m.cutLines(w, true)
	for _, a := range d.Agreements {
		k := int(a.I)*n + int(a.J)
		m.floor[k], m.Lines[k] = a.Level, true
	}
	for _, b := range m.Bridges {
		k := b.I*n + b.J
		m.floor[k], m.Lines[k] = max(m.floor[k], m.BridgeLine*d.Bridge[k]), true
	}
	open := 0
	seen, measured := uint64(0), 0.0 // pairs that share the same forums often follow one another
	for i := range n {
		mine, lines := m.Party[i], m.Lines[i*n:i*n+n]
		for j := i + 1; j < n; j++ {
			both := mine & m.Party[j]
			if both == 0 && !lines[j] {
				continue
			}
			k := i*n + j
			level, channel := m.floor[k], d.Channel[k]
			if both != 0 {
				if both != seen {
					seen, measured = both, m.promised(both)
				}
				level = max(level, measured)
			}
			if level = m.staffed(w, i, j, level); m.cut[k] {
				level = 0
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
	m.cutLines(w, false)
	w.Standing.Channels = open
	m.tellPromises(w, false)
}

// cutLines notes the pairs whose lines a war cuts, or that none does.
func (m *Diplomacy) cutLines(w *world.World, cut bool) {
	for _, war := range w.Dyads.Wars {
		if war.Until >= w.Tick {
			m.cut[int(war.I)*w.States.N+int(war.J)] = cut
		}
	}
}

// staffed is what offices for cyber diplomacy on both sides make of the level of a line
//
//	level + offices (1 - level)
//
// where there is a line.
func (m *Diplomacy) staffed(w *world.World, i, j int, level float64) float64 {
	office := w.States.Office
	if m.Offices == 0 || level == 0 || office[i] == world.NoOffice || office[j] == world.NoOffice {
		return level
	}
	return level + m.Offices*(1-level)
}

// staffLines makes of the lines of the start what offices make of them. That is nothing
// new to the pair: it counts as contact that the two are used to.
func (m *Diplomacy) staffLines(w *world.World) {
	n, d := w.States.N, &w.Dyads
	for i := range n {
		for j := i + 1; j < n; j++ {
			if level := d.Channel[i*n+j]; level > 0 {
				d.Channel[i*n+j] = m.staffed(w, i, j, level)
				d.Channel[j*n+i] = d.Channel[i*n+j]
			}
		}
	}
}

// settle moves what the measures of every forum have come to towards what they promise
// by a year.
func (m *Diplomacy) settle() {
	for k := range m.Promises {
		p := &m.Promises[k]
		rate := m.Pace
		if p.Aim < p.Level {
			rate = m.Decay
		}
		p.Level += rate * (p.Aim - p.Level)
		if p.Aim == 0 && p.Level < m.ChannelStep {
			p.Level = 0
		}
	}
}

// follow is the channel after a year, given the level that is held up. Levels
// move slowly by themselves, so the channel goes with them; only where nobody
// holds it any more, it fades of its own.
func (m *Diplomacy) follow(channel, level float64, measured bool) float64 {
	switch {
	case level >= channel+m.ChannelStep, measured && level <= channel-m.ChannelStep:
		return level
	case level <= channel-m.ChannelStep:
		return channel + m.Decay*(level-channel)
	case level == 0:
		return 0
	}
	return channel
}

// tellPromises reports what every forum's measures promise.
func (s *State) tellPromises(w *world.World, start bool) {
	if !w.Chronicle.On {
		return
	}
	for _, p := range s.Promises {
		w.Tell(Promised{Forum: p.Forum, Aim: p.Aim, Start: start})
	}
}
