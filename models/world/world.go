// Package world is what exists: states, firms, forums, texts, stacks, and the
// dyads of states. It is plain data and holds no rule: mechanisms read and write
// it, measures observe it.
//
// Agents are numbered from 0 within their kind. Everything that a mechanism
// touches per tick lies in flat slices indexed by these numbers; what concerns a
// pair of states (a dyad) lies in row-major n x n slices, where element i*n+j is
// what i holds towards j.
//
// Positions lie in [0, 1]: 0 is sovereign and state-controlled, 1 is open and
// multistakeholder (Barrinha and Renard 2020). A world has Dim preference
// dimensions, one by default; element i*Dim+d is agent i in dimension d.
package world

import (
	"math"

	"splinternet/sim"
)

// World is everything that a run changes.
type World struct {
	Calendar sim.Calendar `run:"constant"`
	Tick     int          // tick being played; -1 before the first

	Dim    int // preference dimensions
	States States
	Firms  Firms
	Forums []Forum
	Texts  []Text
	Stacks []Stack
	Dyads  Dyads
	Groups []Group `run:"constant"` // named sets of states: blocs, regions, a scenario's own
	// Catalogue holds forums that do not exist yet but that a text or an event
	// can set up by their identifier.
	Catalogue []Forum `run:"constant"`

	// Gateway is the share of traffic between networks on different stacks that
	// gateways carry, world-wide, in [0, 1]; bridges of a dyad add to it.
	Gateway float64

	Network   Network
	Activity  Activity
	Crime     Crime
	Standing  Standing
	Chronicle Chronicle `run:"apart"`
	Rules     Rules     `run:"constant"`
	Slots     Slots     `run:"apart"` // what mechanisms remember
}

// States holds the states as parallel slices of length N.
type States struct {
	N    int
	ID   []string `run:"constant"` // ISO 3166-1 alpha-3, or a scenario's own word
	Name []string `run:"constant"`
	Key  []uint64 `run:"constant"` // sim.Key of the ID: the state's own randomness
	// Region is the number of the neighbourhood that the state lies in (UN
	// subregion); nil makes the whole world one neighbourhood.
	Region []int `run:"constant"`

	Position     []float64 // N x Dim, [0, 1]
	Anchor       []float64 // N x Dim: the domestic preference it returns to
	Uncertainty  []float64 // N x Dim: standard deviation of the estimated position
	Stubbornness []float64 // weight of the anchor, [0, 1]; negative: the parameter
	Salience     []float64 // attention to cyberspace; 1 is normal, shocks raise it

	Economy    []float64 // share of world GDP
	Growth     []float64 // ten-year mean growth at the start, per year
	Capability []float64 // share of world material capability (CINC)
	Structure  []float64 // share of world users served by the state's firms
	Power      []float64 // composite share; sums to 1

	Population  []float64 // persons
	Penetration []float64 // share of the population online, [0, 1]
	Users       []float64 // share of world users; sums to 1
	Wealth      []float64 // GDP per head relative to the world's mean
	Democracy   []float64 // electoral democracy index, [0, 1]

	Offence    []float64 // offensive cyber activity as a share of the world's at the start, where it sums to 1; grows as capability spreads
	Diplomacy  []float64 // diplomatic capacity, [0, 1]; an office raises it
	Office     []int     // tick in which the cyber-diplomacy office opened; NoOffice: none
	Attendance []float64 // probability that the state takes part in a vote

	Effort [][Efforts]float64 // how its diplomats split their time; rows sum to 1

	Control []float64 // boundary controls (filtering and localisation), [0, 1]
	Threat  []float64 // severity of attributed incidents remembered, per year
	Blame   []float64 // severity of incidents that others publicly blamed on the state, remembered as long

	Stack []float64 // N x len(Stacks): share of the network on each stack; rows sum to 1
}

// NoOffice marks a state without a cyber-diplomacy office.
const NoOffice = -1 << 30

// Firms holds the firms as parallel slices of length N.
type Firms struct {
	N      int
	ID     []string  `run:"constant"`
	Name   []string  `run:"constant"`
	Key    []uint64  `run:"constant"`
	Home   []int     `run:"constant"` // state, or Abroad when the home lies outside the world
	Sector []string  `run:"constant"`
	Size   []float64 // revenue, billion US dollars

	Position  []float64 // N x Dim
	Stack     []int     // the stack that it sells
	Tie       []float64 // obedience to the home state, [0, 1]
	Diplomacy []float64 // diplomatic activity, [0, 1]: accords, representations
	Share     []float64 // N x States.N: market share; for each state they sum to 1
	Ban       []float64 // N x States.N: strength of a ban, 0 none to 1 total
	Served    []float64 // share of world users whom the firm serves, derived yearly
}

// Abroad is the home of a firm whose home state is not in the world.
const Abroad = -1

// Group is a named set of states.
type Group struct {
	ID       string
	Members  []int   // ascending; at the start
	Forum    string  // forum whose members they are; "" none, and the group stays as it is
	Cohesion float64 // agreement of its members in recorded votes, rescaled to [0, 1]
	// Cue says that members look to one another before they vote (an
	// organisation or a bloc, not a mere list).
	Cue bool
}

// Stack is a suite of technical standards that a network can run on.
type Stack struct {
	ID        string
	Name      string
	Position  []float64 // the governance position that it embodies (Dim)
	Potential float64   // intrinsic quality once recognised as a standard (logits)
	Immature  float64   // quality while it is only a proposal (logits)
	Proposed  bool      // available at all
	// Recognition is the power-and-user-weighted share of the world that
	// accepts it as a standard, [0, 1]; it lifts the quality from Immature
	// to Potential.
	Recognition float64
	// Reliance is how far those who recognise it have learnt to do without the products of
	// others, [0, 1], weighted as Recognition.
	Reliance   float64
	Recognised []bool // by state: who accepts it as a standard
}

// Quality is the intrinsic quality of the stack now, in logits.
func (s *Stack) Quality() float64 {
	return s.Immature + (s.Potential-s.Immature)*s.Recognition
}

// Network sums up the interconnection of the tick, weighted by users over all
// ordered pairs, each state with itself included (Sum u_i u_j w_ij).
type Network struct {
	Native    float64 // R0: without gateways and bridges
	Effective float64 // R: with them
	// Loss of native reachability by cause (Drake, Cerf and Kleinwächter 2016);
	// the three sum to 1 - Native.
	Technical    float64
	Governmental float64
	Commercial   float64
}

// Recovery is the share of the native loss of reachability that gateways and bridges win
// back, (R-R0)/(1-R0); 0 when nothing is lost.
func (n Network) Recovery() float64 {
	if n.Native >= 1 {
		return 0
	}
	return max(0, min(1, (n.Effective-n.Native)/(1-n.Native)))
}

// Activity counts what happened in the tick. Mechanisms add to it.
type Activity struct {
	Votes, Adopted, Deadlocks     int
	Sessions, Failed              int // sessions of processes of the United Nations on their own text, and those without consensus
	Incidents, Misattributed      int
	Attributed, Escalations, Bans int
	Severity                      float64 // sum of severity/10 over incidents of rival dyads
}

// Open begins a run, in the tick -1, or a tick: nothing has happened in it yet.
func Open(now *sim.Tick, w *World) {
	w.Tick, w.Activity = now.Index, Activity{}
	if now.Index < 0 {
		w.Tell(Began{})
	}
}

// Standing counts what is in force. Whoever changes it counts again.
type Standing struct {
	Channels int // pairs of states with a channel
	Bans     int // bans of a firm by a state
	Denials  int // pairs of which one state keeps its firms' products from the other
}

// CountChannels derives the number of channels in force.
func (w *World) CountChannels() {
	n := w.States.N
	w.Standing.Channels = 0
	for i := range n {
		for _, c := range w.Dyads.Channel[i*n+i+1 : i*n+n] {
			if c > 0 {
				w.Standing.Channels++
			}
		}
	}
}

// CountBans derives the number of bans in force.
func (w *World) CountBans() {
	w.Standing.Bans = 0
	for _, b := range w.Firms.Ban {
		if b > 0 {
			w.Standing.Bans++
		}
	}
}

// CountDenials derives the number of denials in force.
func (w *World) CountDenials() {
	w.Standing.Denials = 0
	for _, d := range w.Dyads.Denial {
		if d > 0 {
			w.Standing.Denials++
		}
	}
}

// Serves is the share of world users whom the firms that belong to a forum serve.
func (w *World) Serves(f *Forum) float64 {
	sum := 0.0
	for k, in := range f.Firms {
		if in {
			sum += w.Firms.Served[k]
		}
	}
	return min(1, sum)
}

// StateID returns the identifier of state i, or "abroad".
func (w *World) StateID(i int) string {
	if i < 0 {
		return "abroad"
	}
	return w.States.ID[i]
}

// FindState returns the index of a state, or -1.
func (w *World) FindState(id string) int { return find(w.States.ID, id) }

// FindFirm returns the index of a firm, or -1.
func (w *World) FindFirm(id string) int { return find(w.Firms.ID, id) }

// FindForum returns the index of a forum, or -1.
func (w *World) FindForum(id string) int {
	for k := range w.Forums {
		if w.Forums[k].ID == id {
			return k
		}
	}
	return -1
}

// FindText returns the index of the text of that name, or -1.
func (w *World) FindText(id string) int {
	for k := range w.Texts {
		if w.Texts[k].ID == id {
			return k
		}
	}
	return -1
}

// FindStack returns the index of a stack, or -1.
func (w *World) FindStack(id string) int {
	for k := range w.Stacks {
		if w.Stacks[k].ID == id {
			return k
		}
	}
	return -1
}

// MembersOf lists the states of a group, ascending: of one that belongs to a forum, those
// who are members by now.
func (w *World) MembersOf(group *Group) []int {
	k := w.FindForum(group.Forum)
	if group.Forum == "" || k < 0 {
		return group.Members
	}
	var list []int
	for i, in := range w.Forums[k].Members {
		if in {
			list = append(list, i)
		}
	}
	return list
}

// FindGroup returns the index of a group, or -1.
func (w *World) FindGroup(id string) int {
	for k := range w.Groups {
		if w.Groups[k].ID == id {
			return k
		}
	}
	return -1
}

func find(list []string, id string) int {
	for k, other := range list {
		if other == id {
			return k
		}
	}
	return -1
}

// Tie is the difference of two sums or distances below which they count as equal, so
// that neither the last bit nor the order of agents decides.
const Tie = 1e-9

// Weight is the weight of state i where both power and users count: the mean of
// its two shares.
func (w *World) Weight(i int) float64 { return (w.States.Power[i] + w.States.Users[i]) / 2 }

// MembersWeight is the share of world power and users among the members of a forum.
func (w *World) MembersWeight(f *Forum) float64 {
	sum := 0.0
	for i, in := range f.Members {
		if in {
			sum += w.Weight(i)
		}
	}
	return sum
}

// Coverage is the share of world power and users in the states that a text covers.
func (w *World) Coverage(t *Text) float64 {
	least, sum := t.Least(), 0.0
	power, users := w.States.Power[:len(t.Adherence)], w.States.Users[:len(t.Adherence)]
	for i, level := range t.Adherence {
		if level >= least {
			sum += (power[i] + users[i]) / 2
		}
	}
	return sum
}

// Openness is where a position stands between sovereign and open: its mean over
// dimensions.
func Openness(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// SquaredDistance is the mean squared difference of two positions over dimensions.
func SquaredDistance(x, y []float64) float64 {
	sum := 0.0
	for d := range x {
		sum += (x[d] - y[d]) * (x[d] - y[d])
	}
	return sum / float64(len(x))
}

// Distance is the mean absolute difference of two positions over dimensions.
func Distance(x, y []float64) float64 {
	sum := 0.0
	for d := range x {
		sum += math.Abs(x[d] - y[d])
	}
	return sum / float64(len(x))
}

// Overlap is the share of the networks of two states that runs on the same stacks.
func (w *World) Overlap(i, j int) float64 {
	k := len(w.Stacks)
	if k < 2 {
		return 1
	}
	same := 0.0
	for s, x := range w.States.Stack[i*k : i*k+k] {
		same += min(x, w.States.Stack[j*k+s])
	}
	return same
}

// Normalise rescales shares to sum to 1; where all are zero, they become equal.
func Normalise(shares []float64) {
	total := 0.0
	for _, x := range shares {
		total += x
	}
	for i := range shares {
		if total > 0 {
			shares[i] /= total
		} else {
			shares[i] = 1 / float64(len(shares))
		}
	}
}
