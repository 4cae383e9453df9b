package markets

import "splinternet/models/world"

// Restricted says what states have decided in a year on vendors of one home and sector, in
// the order of the states, and of the firms of each.
type Restricted struct{ Decisions []Decision }

// Kind is "ban".
func (Restricted) Kind() string { return "ban" }

// Decision is what one state decided on one firm.
type Decision struct {
	Firm, State   int
	Before, After float64 // strength of the ban, 0 none to 1 total
	By            string  // who decided
	Years         int     // for which the firm had been barred; 0: it was not, or nobody knows for how long
	Motives               // of a new ban, or of a stricter one
}

// Motives are what moves a state against a firm.
type Motives struct {
	Allies, Lost, Provocation float64   // logits: example of its allies, lost trust in the home, bans on its own firms
	Examples                  []Example // bans of its allies on a firm of the same home and sector
	Provoked                  []Barred  // bans of the home on firms of its own that ask for an answer
}

// Example is a ban of an ally that is more powerful than the state.
type Example struct {
	State    int
	Strength float64
	Fresh    bool
}

// Barred is a firm that is barred.
type Barred struct {
	Firm     int
	Strength float64
}

// Withheld says what states have decided in a year on what they keep from one state, in the
// order of the states.
type Withheld struct {
	From      int
	Decisions []Withholding
}

// Kind is "denial".
func (Withheld) Kind() string { return "denial" }

// Withholding is what one state decided on a denial.
type Withholding struct {
	State         int
	Before, After float64 // share of its firms' products that it keeps back
	Follows       int     // the most powerful of its allies that did before; -1: none
	By            string  // who decided
}

// Signed says which firms have joined an accord, or left it.
type Signed struct {
	Forum  int
	Firms  []int
	Joined bool
	By     string // who decided
}

// Kind is "accord".
func (Signed) Kind() string { return "accord" }

// Represented says that a firm has opened, or closed, a representation at a forum.
type Represented struct {
	Forum, Firm int
	Opened      bool
	By          string // who decided
}

// Kind is "accord".
func (Represented) Kind() string { return "accord" }

// Sold says what is left of the market of a firm in a group of states at the end of a
// year in which bans are in force.
type Sold struct {
	Firm, Group int
	Start, Now  float64 // share of the users of the world whom it serves in the group
	Barred      bool    // by any member
}

// Kind is "ban".
func (Sold) Kind() string { return "ban" }

// tell reports the year's decisions, those on vendors of one home and sector together.
func (r *review) tell() {
	if !r.w.Chronicle.On {
		return
	}
	var alike Restricted
	for k, c := range r.bans.changes {
		alike.Decisions = append(alike.Decisions, r.decision(c))
		if k+1 == len(r.bans.changes) || r.Lead[r.bans.changes[k+1].firm] != r.Lead[c.firm] {
			r.w.Tell(alike)
			alike = Restricted{}
		}
	}
}

func (r *review) decision(c change) Decision {
	d := Decision{Firm: c.firm, State: c.state, Before: c.before, After: c.after, By: "model"}
	if c.scripted {
		d.By = r.w.Rules.ByState(c.state)
	}
	if r.Since[c.firm*r.w.States.N+c.state] > 0 {
		d.Years = r.age(c.firm, c.state)
	}
	if c.after > c.before && r.w.Firms.Home[c.firm] != world.Abroad {
		d.Motives = r.motives(c.firm, c.state)
	}
	return d
}

// motives are those of state i against a firm.
func (r *review) motives(firm, i int) Motives {
	w, n, column := r.w, r.w.States.N, r.shares.home[firm]*r.w.States.N+i
	weight := r.sensitivity(w.Firms.Sector[firm])
	m := Motives{
		Allies: weight * r.AllyCue * r.bans.cue[r.Lead[firm]*n+i],
		Lost:   weight * r.Grievance * lost(r.Trust[column], r.shares.today[column]),
	}
	for _, x := range r.bans.force {
		if x.state == w.Firms.Home[firm] && w.Firms.Home[x.firm] == i && r.provokes(x) {
			m.Provocation = max(m.Provocation, r.Retaliation*x.strength)
			m.Provoked = append(m.Provoked, Barred{x.firm, x.strength})
		}
		if alike(w, x.firm, firm) && r.follows(i, x.state) && w.States.Power[x.state] > w.States.Power[i] {
			m.Examples = append(m.Examples, Example{x.state, x.strength, r.age(x.firm, x.state) <= r.ExampleYears})
		}
	}
	return m
}

// tellDenials reports the year's decisions, those on what one state is denied together.
func (r *review) tellDenials() {
	if !r.w.Chronicle.On || len(r.denials.decided) == 0 {
		return
	}
	for j := range r.w.States.N {
		fact := Withheld{From: j}
		for _, c := range r.denials.decided {
			if c.to != j {
				continue
			}
			d := Withholding{State: c.from, Before: c.before, After: c.after, Follows: c.follows, By: "model"}
			if c.scripted {
				d.By = r.w.Rules.ByState(c.from)
			}
			fact.Decisions = append(fact.Decisions, d)
		}
		if len(fact.Decisions) > 0 {
			r.w.Tell(fact)
		}
	}
}

// tellSigned reports which firms have turned to an accord, or away from it.
func (m *Markets) tellSigned(w *world.World, k int, joined bool) {
	if !w.Chronicle.On {
		return
	}
	fact := Signed{Forum: k, Joined: joined, By: "model"}
	for firm, turns := range m.turn {
		if turns && w.Forums[k].Firms[firm] == joined {
			fact.Firms = append(fact.Firms, firm)
			if by := w.Rules.ByFirm(firm); by != "model" {
				fact.By = by
			}
		}
	}
	if len(fact.Firms) > 0 {
		w.Tell(fact)
	}
}

// tellSold reports what is left of the markets of the largest vendors of each home and
// sector in groups whose members look to one another.
func (m *Markets) tellSold(w *world.World) {
	if !w.Chronicle.On || w.Standing.Bans == 0 {
		return
	}
	n := w.States.N
	for k, lead := range m.Lead {
		if lead != k {
			continue
		}
		for g := range w.Groups {
			if !w.Groups[g].Cue {
				continue
			}
			fact := Sold{Firm: k, Group: g}
			for _, i := range w.Groups[g].Members {
				u := w.States.Users[i]
				fact.Start += u * m.Start[k*n+i] * m.Weight[m.shares.sector[k]*n+i]
				fact.Now += u * w.Market(k)[i]
				fact.Barred = fact.Barred || w.Bans(k)[i] > 0
			}
			w.Tell(fact)
		}
	}
}
