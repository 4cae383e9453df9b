package norms

import (
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// Tips tells whether a state joins when the given share of its peers has. Rounding
// must not keep out whom the share just reaches.
func Tips(share, threshold float64) bool { return share >= threshold-rounding }

// Cascade lets those join whom the adherents among their peers tip, round after
// round, until nobody else does, and returns how many have joined. In
// Granovetter's crowd everybody is everybody's peer; in a network like that of
// Watts share looks at neighbours. It is given the adherents of the round before.
func Cascade(joined []bool, thresholds []float64, share func(joined []bool, i int) float64) int {
	before := make([]bool, len(joined))
	for {
		copy(before, joined)
		count, moved := 0, false
		for i, theta := range thresholds {
			if !before[i] && Tips(share(before, i), theta) {
				joined[i], moved = true, true
			}
			if joined[i] {
				count++
			}
		}
		if !moved {
			return count
		}
	}
}

// Vulnerable tells whether one neighbour who joins is enough to tip a state with
// the given number of them (Watts 2002).
func Vulnerable(neighbours int, threshold float64) bool {
	return neighbours > 0 && Tips(1/float64(neighbours), threshold)
}

// resistance is the threshold of state i for the text: its own, and more the farther
// the text.
func (u *turn) resistance(i int) float64 {
	weight := u.Soft
	if u.text.Binding {
		weight = 1
	}
	return u.Thresholds[i] + u.Distance*weight*world.Distance(u.w.Position(i), u.text.Position)
}

// join asks every state outside the text whether it endorses it, or signs it where
// it binds. To a convention that is open one accedes without signing. Whether a
// state takes the question up this year is drawn for every text anew.
func (u *turn) join() {
	if u.text.Binding && u.text.Open || !u.hearAdherents() {
		return
	}
	desk, share := u.now.Stream.Race(sim.Key(u.text.ID)+1), u.Reconsider
	voted, closed := resolution(u.forum), false
	var committed []int
	if voted { // a vote is on record, which has to be worth correcting, too
		share *= u.Reconsider
		closed = u.now.Index-u.Opened[u.t] < u.now.PerYear
		committed = u.committed()
	}
	joining := u.joining[:0]
	for i, a := range u.text.Adherence {
		if a != world.Outside || !Admits(u.forum, u.text, i) {
			continue
		}
		model := !closed && !u.settled(i) && Tips(u.peerShare[i], u.resistance(i)) && !u.resists(i) &&
			!slices.Contains(committed, i) && desk.Uniform(u.w.States.Key[i]) <= share
		if u.w.AskAdopt(i, u.t, model) {
			joining = append(joining, i)
		}
	}
	for _, i := range joining {
		u.adhere(i, world.Endorsed)
	}
	if u.w.Chronicle.On && len(joining) > 0 {
		u.w.Tell(Joined{Text: u.t, States: joining, Addressees: len(u.addressees), Voted: voted})
	}
}

// hearAdherents works out what those who may join hear of those who have, and tells
// whether anybody is left outside.
func (u *turn) hearAdherents() bool {
	adherents, asked := 0, u.deciding[:0]
	for j, a := range u.text.Adherence {
		u.column[j] = 0
		if a != world.Outside {
			u.column[j] = u.voice[j]
			adherents++
		} else if Admits(u.forum, u.text, j) && !u.settled(j) {
			asked = append(asked, j)
		}
	}
	switch {
	case adherents == len(u.text.Adherence):
		return false
	case adherents == 0:
		clear(u.peerShare)
	case len(asked) > 0:
		u.shareOfPeers(u.addressees, u.whole, asked)
	}
	return true
}

// committed lists who has put its name to the other side's text on the line of the
// resolution.
func (u *turn) committed() []int {
	u.list = u.list[:0]
	for r := range u.w.Texts {
		other := &u.w.Texts[r]
		if other.Status == world.InForce && other.Line == u.text.Line && world.Distance(other.Position, u.text.Position) > u.OtherPole {
			u.list = append(u.list, other.Sponsors...)
		}
	}
	return u.list
}

// resists tells whether state i would not join the text whoever else does: it is that of
// the other pole, or of a foe, or the state has voted against it.
func (u *turn) resists(i int) bool {
	sponsors := u.text.Sponsors
	return world.Distance(u.w.Position(i), u.text.Position) > u.OtherPole ||
		len(sponsors) > 0 && u.foes(u.w, i, sponsors[0]) || u.opposed(i)
}

// opposed tells whether state i is on record against the text: it voted against it, or
// declared that it does not support it.
func (u *turn) opposed(i int) bool { return len(u.text.Against) > 0 && u.text.Against[i] }

// foes tells whether state i takes j for a foe.
func (p *Parameters) foes(w *world.World, i, j int) bool {
	return i != j && w.Dyads.Trust[i*w.States.N+j] < p.Foe
}

// resolution tells whether the texts of a forum are resolutions of an assembly, on
// which a vote is on record.
func resolution(f *world.Forum) bool { return f.Universal && f.Rule == world.Majority }

// settled tells whether the stance of state i to the text is settled by the sessions of
// its forum: a member that disowns the text of a living forum comes back when a
// session suits it.
func (u *turn) settled(i int) bool {
	f := u.forum
	assembly := f.Rule == world.Majority && f.Access == world.AccessStates
	return f.Text == u.t && f.Status == world.Alive && !assembly && f.Members[i]
}

// adhere makes a state an adherent. A newcomer complies as far as the text is near
// to what it does anyway.
func (u *turn) adhere(i int, level uint8) {
	u.text.Adherence[i] = level
	if u.text.Compliance[i] == 0 {
		u.text.Compliance[i] = world.Compliance(u.w.Position(i), u.text.Position)
	}
}
