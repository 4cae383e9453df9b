package assembly

import (
	"math"

	"splinternet/models/forums/texts"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"
)

// Votes is how states vote on texts (E4). The utility of a yes is
//
//	y_i = slope [(x_i - sq)^2 - (x_i - q)^2] + kind + practice + cue_i + sponsor_i - rival_i + noise_i
//
// of which package voting makes a vote: on a line, exactly an ordered logit in x_i
// whose slope grows with the stakes |q - sq| and whose cut-points the kind of
// text shifts.
type Votes struct {
	VoteParameters
	*State // in the world of the run

	caucus  []int           // by state: its most cohesive group, or -1
	ballots []voting.Ballot // by state
	noise   []float64       // by state: what the model does not know of its vote, a uniform variate
	leaning []float64       // by state: how it leans before it looks at its groups, [-1, 1]
	cues    []float64       // by state: how its groups draw it, logits
}

// State is what votes remember.
type State struct {
	FollowsGroup sim.Race `doc:"the draw of a whole run that decides, by state, line and author, whether a state goes with its group"`
	HoldsFast    sim.Race `doc:"the draw of a whole run of what states have on their mind for good, by state, line and author"`
}

// Begin makes the draws that last for the run.
func (s *State) Begin(start *sim.Tick) {
	s.FollowsGroup, s.HoldsFast = start.Stream.Race(0), start.Stream.Race(1)
}

// Prepare takes in what votes remember of the run, sizes the buffers, and finds the caucus
// of every state, the most cohesive group from which it takes cues.
func (m *Votes) Prepare(w *world.World, s *State) {
	m.State = s
	if n := w.States.N; len(m.ballots) != n {
		m.ballots, m.caucus = make([]voting.Ballot, n), make([]int, n)
		m.noise, m.leaning, m.cues = make([]float64, n), make([]float64, n), make([]float64, n)
	}
	for i := range m.caucus {
		m.caucus[i] = -1
	}
	for g := range w.Groups {
		if group := &w.Groups[g]; group.Cue {
			for _, i := range group.Members {
				if best := m.caucus[i]; best < 0 || group.Cohesion > w.Groups[best].Cohesion {
					m.caucus[i] = g
				}
			}
		}
	}
}

// Decide puts text t to the vote. It tells whether the text passes; then those who voted
// for it endorse it, else it is rejected.
func (m *Votes) Decide(now *sim.Tick, w *world.World, t int) (passed bool) {
	text, f := &w.Texts[t], &w.Forums[w.Texts[t].Forum]
	m.poll(now, w, t)
	m.adjust(w, t)
	if text.Joint && !m.opposed(f) {
		pass(w, t)
		return true
	}
	var tally Tally
	for i := range m.ballots {
		if f.Members[i] {
			tally[m.ballots[i].Vote]++
		}
	}
	passed = tally.passes(f.Rule)
	w.Activity.Votes++
	m.record(w, f)
	if !passed {
		text.Status = world.Rejected
	} else {
		text.Against = text.Against[:0]
		for i := range m.ballots {
			vote, in := m.ballots[i].Vote, f.Members[i]
			if vote == voting.Yes && in {
				text.Adherence[i] = world.Endorsed
			}
			text.Against = append(text.Against, vote == voting.No && in)
		}
	}
	if w.Chronicle.On {
		w.Tell(Voted{Text: t, Passed: passed, Tally: tally, Ballots: m.ballots})
	}
	return passed
}

// passes tells whether a tally carries a text: more yes than no, or two thirds of both.
func (t Tally) passes(rule world.DecisionRule) bool {
	yes, no := t[voting.Yes], t[voting.No]
	if rule == world.TwoThirds {
		return yes > 0 && 3*yes >= 2*(yes+no)
	}
	return yes > no
}

// opposed tells whether a rule has a member vote against what the model expects:
// then a vote is asked for.
func (m *Votes) opposed(f *world.Forum) bool {
	for i := range m.ballots {
		if b := &m.ballots[i]; f.Members[i] && b.Decided() && b.Vote == voting.No {
			return true
		}
	}
	return false
}

// pass has all members endorse a joint text without a vote.
func pass(w *world.World, t int) {
	text := &w.Texts[t]
	for i, in := range w.Forums[text.Forum].Members {
		if in {
			text.Adherence[i] = world.Endorsed
		}
	}
	if w.Chronicle.On {
		w.Tell(Passed{t})
	}
}

// Predict works out how every state is likely to vote on a text, on the table or not: the
// ordered logit that the noise of a vote is drawn from. Rules and attendance are left
// aside.
func (m *Votes) Predict(now *sim.Tick, w *world.World, text *world.Text) []voting.Odds {
	m.appraise(now, w, text)
	odds, doubt := make([]voting.Odds, len(m.ballots)), m.doubt(w, text)
	for i := range m.ballots {
		odds[i] = voting.Band(m.Abstention / doubt).Odds(m.ballots[i].Utility.Sum / doubt)
	}
	return odds
}

// alternative is where states stand if a text fails: what the text itself says,
// else a rival text on the same line that is before the same forum in the same
// session (the two drafts of 2018, Morse and Keohane 2014), else the texts in
// force.
func alternative(w *world.World, text *world.Text) (position []float64, name string) {
	const statusQuo = "status quo"
	if text.StatusQuo != nil {
		return text.StatusQuo, statusQuo
	}
	for r := range w.Texts {
		rival := &w.Texts[r]
		if rival != text && rival.Forum == text.Forum && rival.Line == text.Line && rival.Tabled == text.Tabled && rival.Serves != text.Serves {
			return rival.Position, rival.ID
		}
	}
	return texts.StatusQuo(w, text.Line), statusQuo
}

// poll works out the ballot of every member as the model has it.
func (m *Votes) poll(now *sim.Tick, w *world.World, t int) {
	text, s := &w.Texts[t], &w.States
	m.appraise(now, w, text)
	m.considerations(now, w, text)
	presence := now.Stream.Race(sim.Key(text.ID) + 1)
	cuts, doubt := voting.Band(m.Abstention), m.doubt(w, text)
	for i := range m.ballots {
		m.ballots[i].Cast(cuts, doubt*sim.Logistic(m.noise[i]), presence.Uniform(s.Key[i]), s.Attendance[i])
	}
}

// doubt is how much of what the model does not know counts in a vote on a text: all of it
// where the text is far from what stands if it fails, next to nothing where it is near.
// Then hardly anything speaks for or against it but who has tabled it.
func (m *Votes) doubt(w *world.World, text *world.Text) float64 {
	stands, _ := alternative(w, text)
	return min(1, max(world.Tie, world.Distance(stands, text.Position)/m.Stakes))
}

// considerations draws what the model does not know of a vote: a uniform variate of
// every state, in m.noise. Members of a caucus often share it, the more the more
// cohesive their group is, and part of it is for good: it belongs to the line and the
// author rather than to the day, so that nobody votes by a new coin each time that a
// text comes back. Whatever is shared, each variate by itself is uniform.
func (m *Votes) considerations(now *sim.Tick, w *world.World, text *world.Text) {
	matter := sim.Key(string(text.Line))
	if len(text.Sponsors) > 0 {
		matter ^= w.States.Key[text.Sponsors[0]]
	}
	today := now.Stream.Race(sim.Key(text.ID))
	for i, key := range w.States.Key {
		if g := m.caucus[i]; g >= 0 && m.FollowsGroup.Uniform(key+matter) <= m.Caucus*w.Groups[g].Cohesion*w.Groups[g].Cohesion {
			key = sim.Key(w.Groups[g].ID)
		}
		if today.Uniform(key+1) <= m.Constancy {
			m.noise[i] = m.HoldsFast.Uniform(key + matter)
		} else {
			m.noise[i] = today.Uniform(key)
		}
	}
}

// appraise works out the utility of a yes for every state, without noise.
func (m *Votes) appraise(now *sim.Tick, w *world.World, text *world.Text) {
	statusQuo, against := alternative(w, text)
	kind, practice := m.cost(text.Kind), m.practice(now, w, text)
	lead := -1
	if len(text.Sponsors) > 0 {
		lead = text.Sponsors[0]
	}
	for i := range m.ballots {
		x := w.Position(i)
		m.ballots[i] = voting.Ballot{Tick: now.Index, Text: text.ID, Against: against, State: i, By: "model"}
		u := &m.ballots[i].Utility
		u.Add(voting.Spatial, m.Slope*(world.SquaredDistance(x, statusQuo)-world.SquaredDistance(x, text.Position)))
		u.Add(voting.Kind, kind)
		u.Add(voting.Practice, practice)
		if lead >= 0 {
			sponsor := m.Sponsor * (w.Dyads.Trust[i*w.States.N+lead] - .5)
			if w.Dyads.Rival[i*w.States.N+lead] && !text.Joint {
				sponsor -= m.Rivalry
			}
			u.Add(voting.Sponsor, sponsor)
		}
	}
	m.cueGroups(w)
}

// cueGroups adds the pull of a state's groups: the mean leaning of the group's
// members, weighted by the square of its cohesion.
func (m *Votes) cueGroups(w *world.World) {
	if m.Cue == 0 {
		return
	}
	for i := range m.ballots {
		m.leaning[i] = math.Tanh(m.ballots[i].Utility.Sum / 2)
	}
	clear(m.cues)
	for g := range w.Groups {
		group := &w.Groups[g]
		if !group.Cue || len(group.Members) < 2 {
			continue
		}
		leaning := 0.0
		for _, i := range group.Members {
			leaning += m.leaning[i]
		}
		pull := m.Cue * group.Cohesion * group.Cohesion * leaning / float64(len(group.Members))
		for _, i := range group.Members {
			m.cues[i] += pull
		}
	}
	for i := range m.ballots {
		m.ballots[i].Utility.Add(voting.Cue, min(m.Cue, max(-m.Cue, m.cues[i])))
	}
}

// adjust lets sponsors vote for their text and asks the rule of every state.
func (m *Votes) adjust(w *world.World, t int) {
	for _, i := range w.Texts[t].Sponsors {
		m.ballots[i].Vote, m.ballots[i].By = voting.Yes, "sponsor"
	}
	if w.Rules.State == nil {
		return
	}
	members := w.Forums[w.Texts[t].Forum].Members
	for i := range m.ballots {
		if !members[i] {
			continue // who has no vote is not asked
		}
		if vote := w.AskVote(i, t, m.ballots[i].Vote); vote != m.ballots[i].Vote {
			m.ballots[i].Vote, m.ballots[i].By = vote, w.Rules.ByState(i)
		}
	}
}

// cost is what it costs to oppose a text of a kind, in logits.
func (p *VoteParameters) cost(kind world.TextKind) float64 {
	switch kind {
	case world.Views:
		return p.Views
	case world.Support:
		return p.Support
	case world.Create:
		return p.Create
	case world.Treaty:
		return p.Treaty
	}
	return p.Norm
}

// practice is the cost of opposing a text that serves a forum of long standing, in logits.
func (p *VoteParameters) practice(now *sim.Tick, w *world.World, t *world.Text) float64 {
	k := -1
	if t.Serves != "" {
		k = w.FindForum(t.Serves)
	}
	if k < 0 {
		return 0
	}
	age := w.Forums[k].AgeAtStart + float64(now.Index-max(0, w.Forums[k].Founded))*now.Years
	return p.Practice * (1 - math.Exp2(-max(0, age)/p.PracticeHalfAge))
}

// record keeps the ballots of the members, if they are asked for.
func (m *Votes) record(w *world.World, f *world.Forum) {
	if !w.Chronicle.Ballots {
		return
	}
	for i := range m.ballots {
		if f.Members[i] {
			w.Chronicle.Votes = append(w.Chronicle.Votes, m.ballots[i])
		}
	}
}
