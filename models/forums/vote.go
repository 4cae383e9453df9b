package forums

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"
)

// decideByVote puts text t to the vote and adopts or rejects it (E4). The
// utility of a yes is
//
//	y_i = slope [(x_i - sq)^2 - (x_i - q)^2] + kind + practice + cue_i + sponsor_i - rival_i + noise_i
//
// of which package voting makes a vote: on a line, exactly an ordered logit in x_i
// whose slope grows with the stakes |q - sq| and whose cut-points the kind of
// text shifts.
func (m *Forums) decideByVote(now *sim.Tick, w *world.World, t int) {
	m.poll(now, w, t)
	m.adjust(w, t)
	text := &w.Texts[t]
	if text.Joint && !m.opposed() {
		m.pass(now, w, t)
		return
	}
	var tally [4]int
	for i := range m.ballots {
		if w.Forums[text.Forum].Members[i] {
			tally[m.ballots[i].Vote]++
		}
	}
	yes, no := tally[voting.Yes], tally[voting.No]
	passed := yes > no
	if w.Forums[text.Forum].Rule == world.TwoThirds {
		passed = yes > 0 && 3*yes >= 2*(yes+no)
	}
	w.Activity.Votes++
	m.record(w, t)
	m.tellVote(w, t, tally, passed)
	if !passed {
		text.Status = world.Rejected
		return
	}
	for i := range m.ballots {
		if m.ballots[i].Vote == voting.Yes && w.Forums[text.Forum].Members[i] {
			text.Adherence[i] = world.Endorsed
		}
	}
	text.Against = m.opponents(text.Against[:0], &w.Forums[text.Forum])
	m.adopt(now, w, t)
}

// opponents lists, by state, which members of a forum have voted against the text at hand.
func (m *Forums) opponents(list []bool, f *world.Forum) []bool {
	for i := range m.ballots {
		list = append(list, m.ballots[i].Vote == voting.No && f.Members[i])
	}
	return list
}

// decided tells whether somebody other than the model decided a ballot.
func decided(by string) bool { return by != "model" && by != "sponsor" }

// opposed tells whether a rule has a state vote against what the model expects:
// then a vote is asked for.
func (m *Forums) opposed() bool {
	for i := range m.ballots {
		if decided(m.ballots[i].By) && m.ballots[i].Vote == voting.No {
			return true
		}
	}
	return false
}

// pass adopts a joint text without a vote.
func (m *Forums) pass(now *sim.Tick, w *world.World, t int) {
	text, f := &w.Texts[t], &w.Forums[w.Texts[t].Forum]
	for i, in := range f.Members {
		if in {
			text.Adherence[i] = world.Endorsed
		}
	}
	if w.Chronicle.On {
		w.Add(world.Entry{
			Kind: "text", Name: text.ID, Actors: w.IDs(text.Sponsors), Weight: share(w, f) * text.Stakes(),
			Text: fmt.Sprintf("The %s adopts %s without a vote.", f.Name, text.Called()),
		})
	}
	m.adopt(now, w, t)
}

// Predict works out how every state is likely to vote on text t: the ordered
// logit that the noise of poll draws from. Rules and attendance are left aside.
func (m *Forums) Predict(now *sim.Tick, w *world.World, t int) []voting.Odds {
	m.appraise(now, w, t)
	odds := make([]voting.Odds, len(m.ballots))
	for i := range m.ballots {
		odds[i] = voting.Band(m.Abstention).Odds(m.ballots[i].Utility.Sum)
	}
	return odds
}

// alternative is where states stand if text t fails: what the text itself says,
// else a rival text on the same line that is before the same forum in the same
// session (the two drafts of 2018, Morse and Keohane 2014), else the texts in
// force.
func (m *Forums) alternative(w *world.World, t int) (position []float64, name string) {
	text := &w.Texts[t]
	if text.StatusQuo != nil {
		return text.StatusQuo, "status quo"
	}
	for r := range w.Texts {
		rival := &w.Texts[r]
		if r != t && rival.Forum == text.Forum && rival.Line == text.Line && rival.Tabled == text.Tabled && rival.Serves != text.Serves {
			return rival.Position, rival.ID
		}
	}
	return m.StatusQuo(w, text.Line), "status quo"
}

// poll works out the ballot of every member as the model has it.
func (m *Forums) poll(now *sim.Tick, w *world.World, t int) {
	m.appraise(now, w, t)
	s := &w.States
	key := sim.Key(w.Texts[t].ID)
	presence := now.Stream.Race(key + 1)
	m.considerations(now, w, t)
	cuts := voting.Band(m.Abstention)
	for i := range m.ballots {
		m.ballots[i].Cast(cuts, sim.Logistic(m.mind[i]), presence.Uniform(s.Key[i]), s.Attendance[i])
	}
}

// considerations draws what the model does not know of a vote: a uniform variate of
// every state, in m.mind. Members of a caucus often share it, the more the more
// cohesive their group is, and part of it is for good: it belongs to the line and the
// author rather than to the day, so that nobody votes by a new coin each time that a
// text comes back. Whatever is shared, each variate by itself is uniform.
func (m *Forums) considerations(now *sim.Tick, w *world.World, t int) {
	text := &w.Texts[t]
	matter := sim.Key(string(text.Line))
	if len(text.Sponsors) > 0 {
		matter ^= w.States.Key[text.Sponsors[0]]
	}
	today := now.Stream.Race(sim.Key(text.ID))
	for i, key := range w.States.Key {
		if g := m.caucus[i]; g >= 0 && m.lasting[followsGroup].Uniform(key+matter) <= m.Caucus*w.Groups[g].Cohesion*w.Groups[g].Cohesion {
			key = sim.Key(w.Groups[g].ID)
		}
		if today.Uniform(key+1) <= m.Constancy {
			m.mind[i] = m.lasting[holdsFast].Uniform(key + matter)
		} else {
			m.mind[i] = today.Uniform(key)
		}
	}
}

// The draws that last for a whole run.
const (
	followsGroup uint64 = iota
	holdsFast
	lastingDraws
)

// beginVotes finds the caucus of every state, the most cohesive group from which it
// takes cues, and makes the draws that last.
func (m *Forums) beginVotes(start *sim.Tick, w *world.World) {
	if n := w.States.N; len(m.mind) != n {
		m.mind, m.caucus = make([]float64, n), make([]int, n)
	}
	for number := range m.lasting {
		m.lasting[number] = start.Stream.Race(uint64(number))
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

// appraise works out the utility of a yes for every state, without noise.
func (m *Forums) appraise(now *sim.Tick, w *world.World, t int) {
	text, s := &w.Texts[t], &w.States
	statusQuo, against := m.alternative(w, t)
	kind, practice := m.cost(text.Kind), m.practice(now, w, text)
	lead := -1
	if len(text.Sponsors) > 0 {
		lead = text.Sponsors[0]
	}
	for i := range m.ballots {
		x := s.Position[i*w.Dim : i*w.Dim+w.Dim]
		m.ballots[i] = voting.Ballot{Tick: now.Index, Text: text.ID, Against: against, State: i, By: "model"}
		u := &m.ballots[i].Utility
		u.Add(voting.Spatial, m.Slope*(squared(x, statusQuo)-squared(x, text.Position)))
		u.Add(voting.Kind, kind)
		u.Add(voting.Practice, practice)
		if lead >= 0 {
			sponsor := m.Sponsor * (w.Dyads.Trust[i*s.N+lead] - .5)
			if w.Dyads.Rival[i*s.N+lead] && !text.Joint {
				sponsor -= m.Rivalry
			}
			u.Add(voting.Sponsor, sponsor)
		}
	}
	m.cueGroups(w)
}

// cueGroups adds the pull of a state's groups: the mean leaning of the group's
// members, weighted by the square of its cohesion.
func (m *Forums) cueGroups(w *world.World) {
	if m.Cue == 0 {
		return
	}
	for i := range m.ballots {
		m.lean[i] = math.Tanh(m.ballots[i].Utility.Sum / 2)
	}
	clear(m.cues)
	for g := range w.Groups {
		group := &w.Groups[g]
		if !group.Cue || len(group.Members) < 2 {
			continue
		}
		leaning := 0.0
		for _, i := range group.Members {
			leaning += m.lean[i]
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
func (m *Forums) adjust(w *world.World, t int) {
	for _, i := range w.Texts[t].Sponsors {
		m.ballots[i].Vote, m.ballots[i].By = voting.Yes, "sponsor"
	}
	if w.Rules.State == nil {
		return
	}
	for i := range m.ballots {
		if vote := w.AskVote(i, t, m.ballots[i].Vote); vote != m.ballots[i].Vote {
			m.ballots[i].Vote, m.ballots[i].By = vote, w.Rules.ByState(i)
		}
	}
}

// cost is what it costs to oppose a text of a kind.
func (m *Forums) cost(kind world.TextKind) float64 {
	switch kind {
	case world.Views:
		return m.Views
	case world.Support:
		return m.Support
	case world.Create:
		return m.Create
	case world.Treaty:
		return m.Treaty
	}
	return m.Norm
}

// practiceHalfAge is the age, in years, at which a forum has half of the practice that it
// will ever have.
const practiceHalfAge = 7

// practice is the cost of opposing a text that serves a forum of long standing:
// half of its full value at practiceHalfAge.
func (m *Forums) practice(now *sim.Tick, w *world.World, t *world.Text) float64 {
	k := -1
	if t.Serves != "" {
		k = w.FindForum(t.Serves)
	}
	if k < 0 {
		return 0
	}
	age := w.Forums[k].AgeAtStart + float64(now.Index-max(0, w.Forums[k].Founded))*now.Years
	return m.Practice * (1 - math.Exp2(-max(0, age)/practiceHalfAge))
}

func (m *Forums) record(w *world.World, t int) {
	if !w.Chronicle.Ballots {
		return
	}
	f := &w.Forums[w.Texts[t].Forum]
	for i := range m.ballots {
		if f.Members[i] {
			w.Chronicle.Votes = append(w.Chronicle.Votes, m.ballots[i])
		}
	}
}

func (m *Forums) tellVote(w *world.World, t int, tally [4]int, passed bool) {
	if !w.Chronicle.On {
		return
	}
	text, f := &w.Texts[t], &w.Forums[w.Texts[t].Forum]
	outcome := "adopts"
	if !passed {
		outcome = "rejects"
	}
	weight, by := 0.0, ""
	var camps [4][]int
	for i := range m.ballots {
		b := &m.ballots[i]
		if !f.Members[i] {
			continue
		}
		camps[b.Vote] = append(camps[b.Vote], i)
		if b.Vote == voting.Yes {
			weight += w.Weight(i)
		}
		if decided(b.By) {
			by = b.By
		}
	}
	sentence := fmt.Sprintf("The %s %s %s %s.", f.Name, outcome, text.Called(), count(tally, passed))
	if text.Kind == world.Norm {
		sentence += fmt.Sprintf(" It stands at %s.", w.Place(text.Position))
	}
	const many = 10 // fewer are no news
	if others := len(text.Sponsors) - 1; others >= many {
		sentence += fmt.Sprintf(" %d states co-sponsor it.", others)
	}
	sentence += m.roll(w, t, camps)
	if old := w.FindText(text.Replaces); passed && text.Replaces != "" && old >= 0 {
		sentence += fmt.Sprintf(" It takes the place of %s.", w.Texts[old].Called())
	}
	w.Add(world.Entry{
		Kind: "vote", Name: text.ID, Actors: w.IDs(text.Sponsors), Weight: min(1, weight*text.Stakes()), Text: sentence, By: by,
		Yes: tally[voting.Yes], No: tally[voting.No], Abstain: tally[voting.Abstain], Absent: tally[voting.Absent],
	})
}

// count is a tally in words. A text that fails may have more votes for it than
// against it, so that these are told apart.
func count(tally [4]int, passed bool) string {
	yes, no := tally[voting.Yes], tally[voting.No]
	abstentions := "no abstentions"
	if tally[voting.Abstain] > 0 {
		abstentions = counted(tally[voting.Abstain], "abstention", "abstentions")
	}
	switch {
	case !passed:
		return fmt.Sprintf("with %s for it, %d against and %s", counted(yes, "vote", "votes"), no, abstentions)
	case no == 0:
		return fmt.Sprintf("by %s to none with %s", counted(yes, "vote", "votes"), abstentions)
	}
	return fmt.Sprintf("by %s to %d with %s", counted(yes, "vote", "votes"), no, abstentions)
}

// roll names who voted how: the weightiest of each camp, and its author unless the
// text is called by its name.
func (m *Forums) roll(w *world.World, t int, camps [4][]int) string {
	author, text := -1, &w.Texts[t]
	if len(text.Sponsors) > 0 && strings.HasPrefix(text.Called(), world.Possessive(w.Called(text.Sponsors[0]))) {
		author = text.Sponsors[0]
	}
	var parts []string
	for _, camp := range []struct {
		vote voting.Vote
		word string
	}{{voting.Yes, "for it"}, {voting.No, "against"}, {voting.Abstain, "abstaining"}} {
		states := slices.DeleteFunc(camps[camp.vote], func(i int) bool { return i == author })
		if named := weighty(w, states); named != "" {
			parts = append(parts, camp.word+" "+named)
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + strings.ToUpper(parts[0][:1]) + strings.Join(parts, "; ")[1:] + "."
}

// weighty names up to three states of a camp that count for something in the world;
// the tally says how many others there are.
func weighty(w *world.World, states []int) string {
	slices.SortStableFunc(states, func(a, b int) int { return cmp.Compare(w.Weight(b), w.Weight(a)) })
	const named, counts = 3, .25 // states; of a mean weight
	large := 0
	for large < min(named, len(states)) && w.Weight(states[large])*float64(w.States.N) >= counts {
		large++
	}
	return w.Enumerate(states[:large])
}
