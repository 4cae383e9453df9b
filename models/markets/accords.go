package markets

import (
	"math"

	"splinternet/models/world"
	"splinternet/sim"
)

// peers tells whether two firms look to one another: of one sector, or one home.
func peers(w *world.World, a, b int) bool {
	f := &w.Firms
	return f.Sector[a] == f.Sector[b] || f.Home[a] == f.Home[b] && f.Home[a] != world.Abroad
}

// open tells whether firms may sign what a forum stands for: an accord of the
// private sector or a call to all stakeholders, not a body of engineers or a
// commission that deliberates.
func open(w *world.World, forum *world.Forum) bool {
	if forum.Status != world.Alive || len(forum.Firms) != w.Firms.N {
		return false
	}
	return forum.Access == world.AccessIndustry || forum.Access == world.AccessMultistakeholder && !forum.Structured && forum.Rule == world.NoDecision
}

// age is the age of a forum in years.
func age(now *sim.Tick, forum *world.Forum) float64 {
	if forum.Founded >= 0 {
		return float64(now.Index-forum.Founded) * now.Years
	}
	return forum.AgeAtStart + float64(now.Index)*now.Years
}

// signAccords lets firms join accords, or leave them where their rule says so.
func (m *Markets) signAccords(now *sim.Tick, w *world.World) {
	race := now.Stream.Race(accordRace)
	for k := range w.Forums {
		if forum := &w.Forums[k]; open(w, forum) {
			m.signAccord(w, k, m.Entrepreneurship*math.Exp2(-age(now, forum)/m.Novelty), race)
		}
	}
}

// signAccord lets firms join or leave the accord of forum k, all at once.
func (m *Markets) signAccord(w *world.World, k int, interest float64, race sim.Race) {
	f, forum := &w.Firms, &w.Forums[k]
	for firm, in := range forum.Firms {
		model := in
		if !in && f.Diplomacy[firm] > 0 {
			u := race.Uniform(f.Key[firm] + forum.Key)
			if u <= interest*f.Diplomacy[firm] { // the hazard is not higher
				model = u <= 1-math.Exp(-m.joins(w, forum, firm, interest))
			}
		}
		if forum.Text >= 0 && (w.Rules.Firm != nil || model != in) { // a call without a text cannot be asked about
			model = w.AskSign(firm, forum.Text, model)
		}
		m.turn[firm] = model != in
	}
	for firm, turns := range m.turn {
		forum.Firms[firm] = forum.Firms[firm] != turns
	}
	m.tellSigned(w, k, true)
	m.tellSigned(w, k, false)
}

// joins is the yearly hazard at which a firm signs,
//
//	interest x diplomacy x (1 - |p_f - q| / reach) x (1 + peers) / 2
//
// with peers the share of the firms of its sector and home that have signed.
func (m *Markets) joins(w *world.World, forum *world.Forum, firm int, interest float64) float64 {
	f, distance := &w.Firms, 0.0
	for d, q := range forum.Position {
		distance += math.Abs(f.Position[firm*w.Dim+d]-q) / float64(w.Dim)
	}
	closeness := 1 - distance/m.AccordReach
	if closeness <= 0 || interest < m.LeastInterest {
		return 0
	}
	signed := 0.0
	for other, in := range forum.Firms {
		if in && peers(w, firm, other) {
			signed += 1 / float64(m.peers[firm])
		}
	}
	return interest * f.Diplomacy[firm] * closeness * (1 + signed) / 2
}

// represent lets firms that act like states open offices where states negotiate:
// each at most one a year, at the newest forum of all states where it has none.
func (m *Markets) represent(now *sim.Tick, w *world.World) {
	race, f := now.Stream.Race(officeRace), &w.Firms
	for firm, activity := range f.Diplomacy {
		ruled := w.Rules.Firm != nil && w.Rules.Firm[firm] != nil
		if activity < m.OfficeDiplomacy && !ruled {
			continue
		}
		opens := -1
		chance := m.Representation * activity * activity * m.means(f.Size[firm])
		if activity >= m.OfficeDiplomacy && race.Uniform(f.Key[firm]) <= chance {
			opens = venue(w, firm)
		}
		if !ruled {
			m.keepOffice(w, firm, opens, opens >= 0)
			continue
		}
		for k := range w.Forums {
			if forum := &w.Forums[k]; intergovernmental(w, forum) {
				m.keepOffice(w, firm, k, w.AskRepresent(firm, k, forum.Firms[firm] || k == opens))
			}
		}
	}
}

// keepOffice opens or closes a firm's representation at a forum.
func (m *Markets) keepOffice(w *world.World, firm, k int, keeps bool) {
	if k < 0 || w.Forums[k].Firms[firm] == keeps {
		return
	}
	w.Forums[k].Firms[firm] = keeps
	if w.Chronicle.On {
		w.Tell(Represented{Forum: k, Firm: firm, Opened: keeps, By: w.Rules.ByFirm(firm)})
	}
}

// intergovernmental tells whether a forum is one in which all states negotiate and firms
// have no seat; in bodies of standards their engineers sit already.
func intergovernmental(w *world.World, forum *world.Forum) bool {
	return forum.Access == world.AccessStates && forum.Universal && forum.Structured &&
		forum.Line != world.Standards && forum.Status == world.Alive && len(forum.Firms) == w.Firms.N
}

// venue is the forum at which a firm opens its next office, or -1.
func venue(w *world.World, firm int) int {
	best := -1
	for k := range w.Forums {
		forum := &w.Forums[k]
		if !intergovernmental(w, forum) || forum.Firms[firm] {
			continue
		}
		if best < 0 || forum.Founded > w.Forums[best].Founded {
			best = k
		}
	}
	return best
}
