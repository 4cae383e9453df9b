package norms

import "splinternet/models/world"

// Comply is a state's compliance after a year: pressure and violations in [0, 1],
// temptation depth x distance x (1 + offensive means).
func (m *Norms) Comply(compliance, pressure, violations, temptation float64, binding bool) float64 {
	gain := m.Gain * min(1, temptation)
	if binding {
		gain *= 1 - m.Enforcement
	}
	c := compliance + m.Compliance*pressure*(1-compliance) - (m.Violation*violations+gain)*compliance
	return min(1, max(0, c))
}

// comply moves the compliance of all whom a text covers, at once, by the years
// since the last review; what presses and tempts them counts as it is now.
func (m *Norms) comply(w *world.World, t int) {
	text := &w.Texts[t]
	m.asked = m.asked[:0]
	for j := range text.Adherence {
		m.column[j] = 0
		if text.Covers(j) {
			m.column[j] = m.voice[j] * text.Compliance[j]
			m.asked = append(m.asked, j)
		}
	}
	if len(m.asked) == 0 {
		return
	}
	circle, whole := m.circle, m.whole
	if text.Binding {
		// Parties watch one another: those who never bound themselves excuse nobody.
		m.circle, m.whole = m.asked, false
	}
	m.listen(w)
	m.circle, m.whole = circle, whole
	conduct := aboutConduct(text.Line)
	for _, i := range m.circle {
		if !text.Covers(i) {
			continue
		}
		x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
		temptation := text.Depth * world.Distance(x, text.Position) * (1 + m.offence[i])
		violations := 0.0
		if conduct && w.States.Blame[i] > leastBlame {
			violations = m.violations(w, t, i)
		}
		for range review {
			text.Compliance[i] = m.Comply(text.Compliance[i], m.heard[i], violations, temptation, text.Binding)
		}
	}
	m.tellCompliance(w, t)
}

// aboutConduct tells whether texts on a line forbid operations against others.
func aboutConduct(line world.Line) bool {
	return line == world.ICTSecurity || line == world.Confidence || line == world.Cybercrime
}

// leastBlame is the remembered severity that nobody minds any more.
const leastBlame = .03

// violations is how far state i is seen to break a text, [0, 1]: what its victims
// publicly blame it for, as far as the other adherents believe it. They believe it
// of whom they do not trust.
func (m *Norms) violations(w *world.World, t, i int) float64 {
	n, text := w.States.N, &w.Texts[t]
	believing, all := 0.0, 0.0
	for _, j := range m.circle {
		if j != i && text.Covers(j) {
			all += m.voice[j]
			believing += m.voice[j] * (1 - w.Dyads.Trust[j*n+i])
		}
	}
	blame := w.States.Blame[i]
	return blame / (1 + blame) * fraction(believing, all)
}

// strength is sum_i pi_i c_i over those whom a text covers, as a share of the power
// of those whom it is for: of its parties, if it binds.
func (m *Norms) strength(w *world.World, t int) (strength, adherents float64) {
	text := &w.Texts[t]
	all := 0.0
	for _, i := range m.circle {
		covered := text.Covers(i)
		if covered || !text.Binding {
			all += w.States.Power[i]
		}
		if covered {
			adherents++
			strength += w.States.Power[i] * text.Compliance[i]
		}
	}
	return fraction(strength, all), adherents
}

// erode counts the years in which a text is too weak and lets it die. What never
// covered a state (a call of private bodies, a treaty not yet in force) cannot
// erode.
func (m *Norms) erode(w *world.World, t int) {
	strength, adherents := m.strength(w, t)
	if adherents == 0 || strength >= m.Erosion {
		m.weak[t] = 0
		return
	}
	if m.weak[t]++; float64(m.weak[t]) < m.Patience {
		return
	}
	text := &w.Texts[t]
	text.Status = world.Lapsed
	if f := &w.Forums[text.Forum]; f.Text == t {
		f.Text = -1
	}
	m.tellDead(w, t, strength)
}
