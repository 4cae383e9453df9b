package norms

import "splinternet/models/world"

// Comply is a state's compliance after a year: pressure and violations in [0, 1],
// temptation depth x distance x (1 + offensive means).
func (p *Parameters) Comply(compliance, pressure, violations, temptation float64, binding bool) float64 {
	gain := p.Gain * min(1, temptation)
	if binding {
		gain *= 1 - p.Enforcement
	}
	c := compliance + p.Compliance*pressure*(1-compliance) - (p.Violation*violations+gain)*compliance
	return min(1, max(0, c))
}

// comply moves the compliance of all whom the text covers, at once, by the years
// since the last review; what presses and tempts them counts as it is now.
func (u *turn) comply() {
	covered, text := u.deciding[:0], u.text
	for j := range text.Adherence {
		u.column[j] = 0
		if text.Covers(j) {
			u.column[j] = u.voice[j] * text.Compliance[j]
			covered = append(covered, j)
		}
	}
	if len(covered) == 0 {
		return
	}
	if text.Binding { // parties watch one another: those who never bound themselves excuse nobody
		u.shareOfPeers(covered, false, covered)
	} else {
		u.shareOfPeers(u.addressees, u.whole, covered)
	}
	conduct := aboutConduct(text.Line)
	for _, i := range u.addressees { // who acceded from outside it this year begins next time
		if !text.Covers(i) {
			continue
		}
		temptation := text.Depth * world.Distance(u.w.Position(i), text.Position) * (1 + u.offence[i])
		violations := 0.0
		if conduct && u.w.States.Blame[i] > u.LeastBlame {
			violations = u.violations(i)
		}
		for range u.Review {
			text.Compliance[i] = u.Comply(text.Compliance[i], u.peerShare[i], violations, temptation, text.Binding)
		}
	}
	if u.w.Chronicle.On {
		sum := 0.0
		for _, i := range covered {
			sum += text.Compliance[i]
		}
		u.w.Tell(Reviewed{Text: u.t, Covered: len(covered), Mean: sum / float64(len(covered))})
	}
}

// aboutConduct tells whether texts on a line forbid operations against others.
func aboutConduct(line world.Line) bool {
	return line == world.ICTSecurity || line == world.Confidence || line == world.Cybercrime
}

// violations is how far state i is seen to break the text, [0, 1]: what its victims
// publicly blame it for, as far as the other adherents believe it. They believe it
// of whom they do not trust.
func (u *turn) violations(i int) float64 {
	n := u.w.States.N
	believing, all := 0.0, 0.0
	for _, j := range u.addressees {
		if j != i && u.text.Covers(j) {
			all += u.voice[j]
			believing += u.voice[j] * (1 - u.w.Dyads.Trust[j*n+i])
		}
	}
	blame := u.w.States.Blame[i]
	return blame / (1 + blame) * fraction(believing, all)
}

// strength is sum_i pi_i c_i over those whom the text covers, as a share of the power
// of those whom it is for: of its parties, if it binds.
func (u *turn) strength() (strength, adherents float64) {
	all := 0.0
	for _, i := range u.addressees {
		covered := u.text.Covers(i)
		if covered || !u.text.Binding {
			all += u.w.States.Power[i]
		}
		if covered {
			adherents++
			strength += u.w.States.Power[i] * u.text.Compliance[i]
		}
	}
	return fraction(strength, all), adherents
}

// erode counts the years in which the text is too weak and lets it die. What never
// covered a state (a call of private bodies, a treaty not yet in force) cannot
// erode.
func (u *turn) erode() {
	strength, adherents := u.strength()
	if adherents == 0 || strength >= u.Erosion {
		u.Weak[u.t] = 0
		return
	}
	if u.Weak[u.t]++; float64(u.Weak[u.t]) < u.Patience {
		return
	}
	u.text.Status = world.Lapsed
	if u.forum.Text == u.t {
		u.forum.Text = -1
	}
	if u.w.Chronicle.On {
		u.w.Tell(Died{Text: u.t, Strength: strength})
	}
}
