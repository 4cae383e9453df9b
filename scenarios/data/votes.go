package data

import (
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"splinternet/models/voting"
	"splinternet/models/voting/fit"
	"splinternet/models/world"
	"splinternet/scenarios/problem"
)

// RollCall is a recorded vote on cyberspace in the UN General Assembly.
type RollCall struct {
	ID       string // as in A/RES/73/27
	Date     time.Time
	Line     world.Line     // blank where resolutions.csv does not have it
	Kind     world.TextKind // what the text does; known before the vote
	Sponsors []string       // lead sponsors, as iso3 or the name of a group
	Votes    []voting.Vote  // by state of the world; absent and not a member: Absent

	described bool // resolutions.csv has a row for it
}

// RollCalls returns all recorded votes of the file, of any date, sorted by date and
// identifier. The votes are numbered as the states of the world that Build
// makes of the same options.
func RollCalls(o Options) ([]RollCall, error) {
	s, err := load(o)
	if err != nil {
		return nil, err
	}
	calls := slices.Clone(s.calls)
	for k := range calls {
		calls[k].Votes = slices.Clone(calls[k].Votes)
	}
	return calls, nil
}

// readRollCalls reads the votes and what resolutions.csv says of each. With notes,
// lines and kinds that the model does not know are kept and noted, and so are votes of states
// and resolutions that the files do not describe; without, they are errors or
// passed over.
func readRollCalls(files paths, index map[string]int, n int, bad *problem.Collector, notes *notes) []RollCall {
	t := files.open("votes", bad, "resolution", "date", "iso3", "vote")
	place := map[string]int{}
	voted := map[string]bool{}
	var calls []RollCall
	for t.next() {
		id, iso3, day := t.id("resolution"), t.id("iso3"), t.date("date")
		vote := readVote(t)
		if day.IsZero() && t.text("date") == "" {
			t.fail("date", "date is blank; a recorded vote needs its day")
		}
		k, ok := place[id]
		if !ok {
			k = len(calls)
			place[id] = k
			calls = append(calls, RollCall{ID: id, Date: day, Votes: make([]voting.Vote, n)})
			for i := range n {
				calls[k].Votes[i] = voting.Absent
			}
		}
		if !day.Equal(calls[k].Date) {
			t.fail("date", "resolution %s has the dates %s and %s", id, calls[k].Date.Format(time.DateOnly), t.text("date"))
		}
		if voted[id+" "+iso3] {
			t.fail("iso3", "state %s votes twice on resolution %s", iso3, id)
		}
		voted[id+" "+iso3] = true
		if i, ok := index[iso3]; ok {
			calls[k].Votes[i] = vote
		} else {
			notes.add("%s: votes of %s, which states.csv does not have, are passed over", t.file, iso3)
		}
	}
	slices.SortFunc(calls, func(a, b RollCall) int {
		if c := a.Date.Compare(b.Date); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	describeRollCalls(files, calls, bad, notes)
	return calls
}

func readVote(t *table) voting.Vote {
	word := oneOf(t, "vote", []string{"yes", "no", "abstain", "absent", "not_member"})
	if v := slices.Index(voting.Votes, word); v >= 0 {
		return voting.Vote(v)
	}
	return voting.Absent
}

func describeRollCalls(files paths, calls []RollCall, bad *problem.Collector, notes *notes) {
	t := files.open("resolutions", bad, "id", "line", "kind", "lead_sponsor")
	seen := map[string]bool{}
	for t.next() {
		id := t.id("id")
		if seen[id] {
			t.fail("id", "resolution %s comes twice", id)
		}
		seen[id] = true
		line, kind := wordOf(t, "line", world.Lines, notes), wordOf(t, "kind", world.TextKinds, notes)
		for k := range calls {
			if calls[k].ID == id {
				calls[k].Line, calls[k].Kind = line, kind
				calls[k].Sponsors, calls[k].described = sponsorsOf(t.text("lead_sponsor")), true
			}
		}
	}
}

// The scale of ideal points that positions are read from: IdealLow becomes 0 and
// IdealHigh 1. Estimates lie between, but for the United States.
const (
	IdealLow  = -2.0
	IdealHigh = 2.8
)

// Position maps an ideal point to [0, 1]. The ends are left free, so that no
// state starts where it could move in one direction only.
func Position(ideal float64) float64 {
	return clip((ideal-IdealLow)/(IdealHigh-IdealLow), .01, .99)
}

// estimate returns the estimation that initial positions come from, on the scale of
// ideal points, with the prior, the ideal points of 2017, and the roll calls that it
// used: those up to the cutoff.
func (s *source) estimate() (fit.Posterior, fit.Prior, []RollCall) {
	prior := fit.Around(s.column(func(r *stateRow) float64 { return r.ideal }))
	var used []RollCall
	var votes [][]voting.Vote
	for _, call := range s.calls {
		if call.Date.After(s.options.Cutoff) {
			continue
		}
		used, votes = append(used, call), append(votes, call.Votes)
	}
	posterior, err := fit.Estimate(votes, prior)
	if err != nil {
		// The prior keeps every parameter finite and the files are checked, so
		// this is an error of the program.
		panic(err)
	}
	return posterior, prior, used
}

// baselinePosterior is what most worlds start from, estimated once. Nothing changes it.
var baselinePosterior = sync.OnceValue(func() fit.Posterior {
	own, err := ownRecords()
	if err != nil {
		panic(err) // the files are part of the program, and whoever asks has read them
	}
	posterior, _, _ := (&source{own, Options{Cutoff: BaselineCutoff}}).estimate()
	return posterior
})

// posterior is the estimate of where states stand.
func (s *source) posterior() fit.Posterior {
	if len(s.options.Files) == 0 && s.options.Cutoff.Equal(BaselineCutoff) {
		return baselinePosterior()
	}
	posterior, _, _ := s.estimate()
	return posterior
}

// positions sets where states stand, and what follows from it.
func (s *source) positions(w *world.World) {
	posterior := s.posterior()
	st := &w.States
	for i := range s.rows {
		st.Position = append(st.Position, Position(posterior.Mean[i]))
		st.Uncertainty = append(st.Uncertainty, posterior.SD[i]/(IdealHigh-IdealLow))
	}
	st.Control = s.control(st.Position)
	st.Anchor = slices.Clone(st.Position)
}

// rollCall is a roll call of the matrix of all votes.
type rollCall struct {
	held time.Time
	took []bool // by state: who took part
}

// readAttendance reads who took part in the roll calls of the matrix.
func (s *records) readAttendance(bad *problem.Collector) {
	t := s.files.open("roll_calls", bad, "date")
	state := make([]int, len(t.header))
	for k, name := range t.header {
		state[k] = -1
		if i, ok := s.index[name]; ok {
			state[k] = i
		}
	}
	for t.next() {
		if held := t.date("date"); !held.IsZero() {
			s.rolls = append(s.rolls, rollCall{held, t.ballots(state, len(s.rows))})
		}
	}
}

// attendance works out how often a state took part in the roll calls before the start,
// shrunk towards the mean of all states as if it had been seen in twenty more. Days
// before its first vote do not count: it may not have been a member.
func (s *source) attendance() []float64 {
	n := len(s.rows)
	first := make([]time.Time, n) // day of the first vote, zero: none
	var before []rollCall
	for _, call := range s.rolls {
		if !call.held.Before(s.options.Start) {
			continue
		}
		for i, in := range call.took {
			if in && (first[i].IsZero() || call.held.Before(first[i])) {
				first[i] = call.held
			}
		}
		before = append(before, call)
	}
	present, held := make([]float64, n), make([]float64, n)
	for _, call := range before {
		for i, in := range call.took {
			if in {
				present[i]++
			}
			if !first[i].IsZero() && !call.held.Before(first[i]) {
				held[i]++
			}
		}
	}
	return shrunk(present, held)
}

// ballots tells who took part in the roll call of this row; state maps columns to
// states, -1 for other columns.
func (t *table) ballots(state []int, n int) []bool {
	in := make([]bool, n)
	for k, i := range state {
		if i < 0 {
			continue
		}
		switch t.row[k] {
		case "":
		case "1", "2", "3":
			in[i] = true
		default:
			t.fail(t.header[k], "vote %q is unknown; allowed: 1 (yes), 2 (abstain), 3 (no), blank (absent)", t.row[k])
		}
	}
	return in
}

// shrunk are shares of what was held, shrunk towards their mean.
func shrunk(present, held []float64) []float64 {
	const (
		weight   = 20
		fallback = .9 // where no roll call was held before the start
	)
	mean := fallback
	if total := sum(held); total > 0 {
		mean = sum(present) / total
	}
	out := make([]float64, len(present))
	for i := range out {
		out[i] = (present[i] + weight*mean) / (held[i] + weight)
	}
	return out
}

// groups builds the named sets of states, with those that have no member left
// out. The cohesion of a group is the agreement index of its members, averaged
// over the contested votes up to the cutoff, rescaled so that 0 is the agreement of
// the whole world and 1 is full agreement.
func (s *records) groups(cutoff time.Time) []world.Group {
	var calls []RollCall
	for _, call := range s.calls {
		if !call.Date.After(cutoff) && contested(call.Votes) {
			calls = append(calls, call)
		}
	}
	everyone := make([]int, len(s.rows))
	for i := range everyone {
		everyone[i] = i
	}
	base := Agreement(calls, everyone)
	var list []world.Group
	add := func(id string, cue bool, in func(i int) bool) {
		g := world.Group{ID: id, Cue: cue}
		for i := range s.rows {
			if in(i) {
				g.Members = append(g.Members, i)
			}
		}
		if len(g.Members) == 0 {
			return
		}
		if ai := Agreement(calls, g.Members); len(g.Members) > 1 && !math.IsNaN(ai) && base < 1 {
			g.Cohesion = clip((ai-base)/(1-base), 0, 1)
		}
		list = append(list, g)
	}
	for k, m := range memberships {
		if m.group != "un_gge" { // a panel of experts, not a group
			add(m.group, m.cue, func(i int) bool { return s.rows[i].member[k] })
		}
	}
	for _, region := range s.regions() {
		add(strings.ReplaceAll(strings.ToLower(region), " ", "_"), false,
			func(i int) bool { return s.rows[i].region == region })
	}
	return list
}

func (s *records) regions() []string {
	var list []string
	for _, row := range s.rows {
		if row.region != "" && !slices.Contains(list, row.region) {
			list = append(list, row.region)
		}
	}
	slices.Sort(list)
	return list
}

// contested tells whether fewer than 95 % of the votes cast were equal. The texts of
// 2005-2008, with the United States alone against, say nothing about groups.
func contested(votes []voting.Vote) bool {
	var n [4]int
	for _, v := range votes {
		n[v]++
	}
	cast := n[voting.No] + n[voting.Abstain] + n[voting.Yes]
	return cast > 0 && float64(max(n[0], n[1], n[2])) < .95*float64(cast)
}

// Agreement is the agreement index of the members (Hix, Noury and Roland 2005),
// (max - (cast-max)/2) / cast, averaged over the roll calls in which at
// least one of them voted: 1 when all vote alike, 0 when yes, no and abstention are
// equally many. NaN without any vote.
func Agreement(calls []RollCall, members []int) float64 {
	total, held := 0.0, 0
	for _, call := range calls {
		var n [4]int
		for _, i := range members {
			n[call.Votes[i]]++
		}
		if cast := n[0] + n[1] + n[2]; cast > 0 {
			most := float64(max(n[0], n[1], n[2]))
			total += (most - (float64(cast)-most)/2) / float64(cast)
			held++
		}
	}
	return total / float64(held)
}
