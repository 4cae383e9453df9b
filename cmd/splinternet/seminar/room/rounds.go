package room

import "time"

// Timer is the clock of the round. It is there to be looked at: a round closes
// when the instructor resolves it, or by itself when the instructor said so.
type Timer struct {
	Until   time.Time     // zero while the clock stands
	Left    time.Duration // while it stands
	Resolve bool          // close the round when time is up
}

// Due tells whether the round ought to close by itself, and which it is.
func (s *State) Due(now time.Time) (round int, due bool) {
	c := s.Clock
	return s.Round(), s.Open() && c.Resolve && !c.Until.IsZero() && !now.Before(c.Until)
}

// Begin opens round 1.
func Begin(v View, _ time.Time) (Step, error) {
	if v.State.Begun {
		return Step{}, denied("The seminar has begun already.")
	}
	return enter(&Entry{Kind: Began, Who: Instructor}), nil
}

// StartClock lets the clock of the round run for a while. With resolve, the round
// closes when time is up.
func StartClock(left time.Duration, resolve bool) Act {
	return func(v View, now time.Time) (Step, error) {
		switch {
		case !v.State.Playing():
			return Step{}, denied("No round is open.")
		case left <= 0 || left > 24*time.Hour:
			return Step{}, denied("Give the round a minute at least, and a day at most.")
		}
		return enter(&Entry{Kind: Clock, Who: Instructor, Until: now.Add(left), On: resolve}), nil
	}
}

// Pause stops the clock and takes no orders until Resume.
func Pause(v View, now time.Time) (Step, error) {
	if !v.State.Open() {
		return Step{}, denied("There is nothing to pause.")
	}
	halt := &Entry{Kind: Halted, Who: Instructor}
	c := v.State.Clock
	if c.Until.IsZero() {
		return enter(halt), nil
	}
	left := max(c.Until.Sub(now), time.Second)
	return enter(&Entry{Kind: Clock, Who: Instructor, Left: left, On: c.Resolve}, halt), nil
}

// Resume goes on after Pause.
func Resume(v View, now time.Time) (Step, error) {
	if !v.State.Paused {
		return Step{}, denied("The game is not paused.")
	}
	resume := &Entry{Kind: Resumed, Who: Instructor}
	c := v.State.Clock
	if c.Left <= 0 {
		return enter(resume), nil
	}
	return enter(resume, &Entry{Kind: Clock, Who: Instructor, Until: now.Add(c.Left), On: c.Resolve}), nil
}

// Resolve closes a round: the orders are carried out and the next round opens.
// The round is named so that a second click does not close the next one, too.
func Resolve(round int) Act {
	return func(v View, _ time.Time) (Step, error) {
		switch {
		case !v.State.Playing():
			return Step{}, denied("No round is open.")
		case round != v.State.Round():
			return Step{}, denied("Round %d is closed already.", round)
		}
		e := &Entry{Kind: Resolved, Who: Instructor, Round: round}
		step, err := v.replay(e)
		if err != nil {
			return Step{}, err
		}
		e.Digest = step.play.digest()
		return step, nil
	}
}

// StepBack opens the last round that was resolved again, with its orders.
func StepBack(round int) Act {
	return func(v View, _ time.Time) (Step, error) {
		if round != v.State.Through || round < 1 {
			return Step{}, denied("Only the last round that was resolved can be opened again.")
		}
		return v.replay(&Entry{Kind: Back, Who: Instructor, Round: round})
	}
}

// OpenDebrief opens the debrief to the class, or closes it.
func OpenDebrief(open bool) Act {
	return func(v View, _ time.Time) (Step, error) {
		if v.State.Through == 0 {
			return Step{}, denied("There is nothing to talk about yet: resolve a round first.")
		}
		return enter(&Entry{Kind: Debriefed, Who: Instructor, On: open}), nil
	}
}
