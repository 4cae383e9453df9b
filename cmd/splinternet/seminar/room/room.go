package room

import (
	"fmt"
	"sync"
	"time"

	"splinternet/scenarios"
)

// Room is an open room. Its methods can be called at the same time: mu guards all
// that follows it, and is held from the look at the room to the entry on disk, so
// that what is true when an act is checked is true when it is entered. What View
// hands out never changes, and is read without it.
type Room struct {
	path string
	base *scenarios.Scenario
	now  func() time.Time

	// Warning says what is odd about a room that was opened again; "" nothing.
	Warning string

	mu      sync.Mutex
	journal *journal // nil where the room is only read
	state   *State
	play    *Play
	counter *Counterfactuals // of the state; nil until somebody asks
	changed chan struct{}
}

// Denied says, in a sentence for whoever asked, why something is not done.
type Denied struct {
	Sentence string
	Guessed  bool // the word of a team was not the right one
}

func (d *Denied) Error() string { return d.Sentence }

func denied(sentence string, values ...any) error {
	return &Denied{Sentence: fmt.Sprintf(sentence, values...)}
}

// Create makes a room file; it refuses to replace one.
func Create(path string, setup Setup) error {
	return create(path, &Entry{Time: time.Now().UTC(), Kind: Opened, Setup: &setup})
}

// Open opens a room where it was left.
func Open(path string) (*Room, error) {
	j, entries, err := openJournal(path)
	if err != nil {
		return nil, err
	}
	r, err := restore(path, entries)
	if err != nil {
		j.close()
		return nil, err
	}
	r.journal = j
	return r, nil
}

// Read reads a room to look at it; nothing can be entered into it.
func Read(path string) (*Room, error) {
	entries, err := ReadJournal(path)
	if err != nil {
		return nil, err
	}
	return restore(path, entries)
}

// restore applies all entries and plays what they come to.
func restore(path string, entries []Entry) (*Room, error) {
	s := &State{Seats: map[string]*Seat{}}
	for k := range entries {
		s.apply(&entries[k])
	}
	if err := s.Setup.check(); err != nil {
		return nil, err
	}
	base, err := scenarios.Parse(s.Setup.File, s.Setup.Text, scenarios.Options{})
	if err != nil {
		return nil, fmt.Errorf("the scenario of the room cannot be read any more:\n%w", err)
	}
	if base.Hash != s.Setup.Hash {
		return nil, fmt.Errorf("the data files that the scenario of the room names have changed since it began")
	}
	r := &Room{path: path, base: base, state: s, changed: make(chan struct{}), now: func() time.Time { return time.Now().UTC() }}
	if r.play, err = play(base, s, s.Players()); err != nil {
		return nil, err
	}
	if s.Digest != "" && s.Digest != r.play.digest() {
		r.Warning = "the rounds so far come out otherwise than when they were played: another processor or version of the program played them"
	}
	return r, nil
}

// Close closes the room file.
func (r *Room) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.journal == nil {
		return nil
	}
	return r.journal.close()
}

// Path is the room file.
func (r *Room) Path() string { return r.path }

// View is the room as it is now.
func (r *Room) View() View {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.view()
}

// view plays anew when somebody has sat down whom the play does not listen to. A
// class that comes in before the first round is heard all at once, when it begins.
func (r *Room) view() View {
	v := View{r.base, r.state, r.play}
	play, err := v.listening()
	if err != nil { // the same rounds have been played before: only who listens is new
		panic("room: " + err.Error())
	}
	r.play, v.Play = play, play
	return v
}

// Watch returns a channel that is closed when anything changes.
func (r *Room) Watch() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.changed
}

// Do does something in the room. When it returns nil it is on disk; an error that
// is a *Denied or a *RefusedError is for whoever asked, and then nothing is done.
func (r *Room) Do(act Act) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.journal == nil {
		return denied("The room is only open to be read.")
	}
	step, err := act(r.view(), r.now())
	if err != nil {
		return err
	}
	for _, e := range step.entries {
		if err := r.enter(e); err != nil {
			return err
		}
	}
	if step.play != nil {
		r.play = step.play
	}
	return nil
}

// enter writes an entry to disk, takes it in and tells everybody. Only then has it
// happened.
func (r *Room) enter(e *Entry) error {
	e.Time = r.now()
	if err := r.journal.append(e); err != nil {
		return err
	}
	r.state, r.counter = r.state.with(e), nil
	close(r.changed)
	r.changed = make(chan struct{})
	return nil
}

// PaperSheet is the sheet of an agent whom nobody need play, for the instructor to
// enter its orders.
func (r *Room) PaperSheet(agent string) (*Sheet, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v := r.view()
	if !v.playable(agent) {
		return nil, denied("There is no delegation “%s”.", clip(agent))
	}
	play, err := v.listening(agent)
	if err != nil {
		return nil, err
	}
	r.play, v.Play = play, play
	return v.Sheet(agent), nil
}
