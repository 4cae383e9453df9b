package room

import "time"

// Filing says who filed an order, and when.
type Filing struct {
	Who   string
	Nonce string
	Time  time.Time
	Times int // filed or corrected so often
}

// RefusedError says what is wrong on an order sheet that was filed.
type RefusedError struct{ Refusals []Refusal }

func (e *RefusedError) Error() string { return e.Refusals[0].Sentence }

// File files the orders of a delegation for a round, or corrects them. Who is the
// member, or the instructor who enters a paper. The nonce is that of the form: the
// same form sent twice is filed once. Values are read as by Sheet.Read; its refusals
// are a *RefusedError.
func File(agent, who string, round int, nonce string, values map[string][]string) Act {
	return func(v View, _ time.Time) (Step, error) {
		if f, ok := v.State.Filing(round, agent); ok && nonce != "" && f.Nonce == nonce {
			if round < v.State.Round() {
				return Step{}, denied("Round %d is closed. These very orders were filed in time, and nothing has changed.", round)
			}
			return Step{}, nil
		}
		if v.State.Seats[agent] == nil && who != Instructor {
			return Step{}, denied("You have no delegation any more.")
		}
		if !v.playable(agent) {
			return Step{}, denied("There is no delegation “%s”.", clip(agent))
		}
		if err := v.State.closed(round); err != nil {
			return Step{}, err
		}
		play, err := v.listening(agent)
		if err != nil {
			return Step{}, err
		}
		order, refusals := play.sheet(&v.State.Game, agent).Read(values)
		if len(refusals) > 0 {
			return Step{}, &RefusedError{refusals}
		}
		return Step{[]*Entry{{Kind: Filed, Agent: agent, Who: who, Round: round, Nonce: clip(nonce), Order: order}}, play}, nil
	}
}

// Withdraw takes the orders of a delegation back.
func Withdraw(agent, who string, round int) Act {
	return func(v View, _ time.Time) (Step, error) {
		if err := v.State.closed(round); err != nil {
			return Step{}, err
		}
		if _, filed := v.State.Filing(round, agent); !filed {
			return Step{}, denied("Nothing is filed that could be taken back.")
		}
		return enter(&Entry{Kind: Withdrew, Agent: agent, Who: who, Round: round}), nil
	}
}

// closed says why no orders are taken for a round, or nil.
func (s *State) closed(round int) error {
	switch {
	case !s.Begun:
		return denied("The seminar has not begun. Your sheet opens with round 1.")
	case s.Over():
		return denied("All rounds are played. Nothing more can be filed.")
	case round < s.Round():
		return denied("Round %d is closed, so these orders came too late. The class is in round %d now; your sheet for it is here.", round, s.Round())
	case round > s.Round():
		return denied("Round %d is not open yet; the class is in round %d.", round, s.Round())
	case s.Paused:
		return denied("The game is paused. Your orders are taken again when it goes on.")
	}
	return nil
}
