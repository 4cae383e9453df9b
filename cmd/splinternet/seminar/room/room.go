package room

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/models"
	"splinternet/output"
	"splinternet/scenarios"
)

// Room is an open room. Its methods can be called at the same time.
type Room struct {
	mu      sync.Mutex
	path    string
	journal *journal
	state   *State
	base    *scenarios.Scenario
	play    *Play
	heard   []string // delegations that the play listens to
	changed chan struct{}
	now     func() time.Time
	counter *Counterfactuals

	// Warning says what is odd about a room that was opened again; "" nothing.
	Warning string
}

// Denied says, in a sentence for whoever asked, why something is not done.
type Denied struct{ Sentence string }

func (d *Denied) Error() string { return d.Sentence }

func denied(sentence string, values ...any) error {
	return &Denied{fmt.Sprintf(sentence, values...)}
}

// NewSetup is the setup of a room that plays a scenario. File is where the
// scenario was read from.
func NewSetup(s *scenarios.Scenario, file string, seed uint64, lesson string, plan Plan) Setup {
	return Setup{
		Format: FileFormat, FormatVersion: FileFormatVersion, ResultsVersion: models.ResultsVersion,
		Program: output.ProgramVersion(), Scenario: s.Name, File: file, Text: s.Text, Hash: s.Hash,
		Seed: seed, Lesson: lesson, Plan: plan, Code: NewCode(6),
	}
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
	r, err := restore(entries)
	if err != nil {
		j.close()
		return nil, err
	}
	r.path, r.journal = path, j
	return r, nil
}

// Read reads a room to look at it; nothing can be entered into it.
func Read(path string) (*Room, error) {
	entries, err := ReadJournal(path)
	if err != nil {
		return nil, err
	}
	r, err := restore(entries)
	if err != nil {
		return nil, err
	}
	r.path = path
	return r, nil
}

// restore applies all entries and plays what they come to.
func restore(entries []Entry) (*Room, error) {
	r := &Room{state: newState(), changed: make(chan struct{}), now: func() time.Time { return time.Now().UTC() }}
	for k := range entries {
		r.state.apply(&entries[k])
	}
	setup := &r.state.Setup
	if err := setup.check(); err != nil {
		return nil, err
	}
	base, err := scenarios.Parse(setup.File, setup.Text, scenarios.Options{})
	if err != nil {
		return nil, fmt.Errorf("the scenario of the room cannot be read any more:\n%w", err)
	}
	if base.Hash != setup.Hash {
		return nil, fmt.Errorf("the data files that the scenario of the room names have changed since it began")
	}
	r.base = base
	if err := r.replay(); err != nil {
		return nil, err
	}
	if r.state.Digest != "" && r.state.Digest != r.play.digest() {
		r.Warning = "the rounds so far come out otherwise than when they were played: another processor or version of the program played them"
	}
	return r, nil
}

func (s *Setup) check() error {
	switch {
	case s.Format != FileFormat:
		return fmt.Errorf("this is no room of splinternet")
	case s.FormatVersion != FileFormatVersion:
		return fmt.Errorf("the room has format version %d, and this program reads version %d", s.FormatVersion, FileFormatVersion)
	case s.ResultsVersion != models.ResultsVersion:
		return fmt.Errorf("the room was begun with results version %d (program %s); this program has results version %d and would play it otherwise", s.ResultsVersion, s.Program, models.ResultsVersion)
	case s.Plan.Rounds < 1 || s.Plan.Span < 1:
		return fmt.Errorf("the room has no rounds")
	}
	return nil
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

// Base is the scenario that the room plays, without the class.
func (r *Room) Base() *scenarios.Scenario { return r.base }

// View is the room as it is now, to be read: neither changes afterwards.
func (r *Room) View() (*State, *Play) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.hear()
	return r.state.clone(), r.play
}

// Watch returns a channel that is closed when anything changes.
func (r *Room) Watch() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.changed
}

// replay plays the rounds that are resolved.
func (r *Room) replay() error {
	play, err := r.played(r.state.Through)
	if err != nil {
		return err
	}
	r.play = play
	return nil
}

func (r *Room) played(through int) (*Play, error) {
	s := &r.state.Setup
	r.heard = r.listened()
	return play(r.base, s.File, s.Seed, s.Plan, &r.state.Game, through, r.heard)
}

// listened are the agents that somebody plays, or has played.
func (r *Room) listened() []string {
	list := r.state.Agents()
	for round := range r.state.Game.Orders {
		list = append(list, r.state.Game.agents(round+1)...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// enter writes an entry to disk, takes it in and tells everybody. Only then has it
// happened.
func (r *Room) enter(e *Entry) error {
	if r.journal == nil {
		return denied("The room is only open to be read.")
	}
	e.Time = r.now()
	if err := r.journal.append(e); err != nil {
		return err
	}
	r.state.apply(e)
	r.counter = nil
	close(r.changed)
	r.changed = make(chan struct{})
	return nil
}

// digest is a fingerprint of what has happened: measures to six digits, so that
// the last digits of another processor do not matter, and what the chronicle says.
func (p *Play) digest() string {
	h := sha256.New()
	for _, m := range Headline() {
		for round := 1; round <= p.Through; round++ {
			fmt.Fprintf(h, "%s %d %.6g\n", m.Name, round, p.At(m.Name, round))
		}
	}
	for _, e := range p.Result.Entries {
		if e.Tick < p.Ticks && e.Kind == "vote" {
			fmt.Fprintf(h, "%d %s %d %d %d\n", e.Tick, e.Name, e.Yes, e.No, e.Abstain)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// AddKey lets another key open the control page.
func (r *Room) AddKey(token string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.enter(&Entry{Kind: Keyed, Token: Hash(token), Who: Instructor})
}

// IsInstructor tells whether a key opens the control page.
func (r *Room) IsInstructor(token string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return token != "" && slices.Contains(r.state.Keys, Hash(token))
}

// Who finds the delegation and the pseudonym of a key.
func (r *Room) Who(token string) (agent, name string, ok bool) {
	if token == "" {
		return "", "", false
	}
	hash := Hash(token)
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, seat := range r.state.Seats {
		for _, m := range seat.Members {
			if m.Token == hash {
				return seat.Agent, m.Name, true
			}
		}
	}
	return "", "", false
}

// CodeIs tells whether a join code is the room's, however it is typed.
func (s *State) CodeIs(code string) bool {
	return s.Setup.Code == strings.ToUpper(strings.Map(func(c rune) rune {
		if c == ' ' || c == '-' {
			return -1
		}
		return c
	}, code))
}

// Claim takes a delegation that nobody has, and returns the word with which others
// can join it.
func (r *Room) Claim(agent, name, token string) (word string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	name, err = r.pseudonym(name)
	if err != nil {
		return "", err
	}
	if !r.playable(agent) {
		return "", denied("There is no delegation “%s”.", clip(agent))
	}
	if seat := r.state.Seats[agent]; seat != nil {
		return "", denied("%s is taken already. Choose another delegation, or ask your team for its team word.", r.play.Name(agent))
	}
	word = NewCode(4)
	return word, r.enter(&Entry{Kind: Claimed, Agent: agent, Who: name, Token: Hash(token), Word: word})
}

// hear plays anew when somebody has sat down whom the play does not listen to. A
// class that comes in before the first round is heard all at once, when it begins.
func (r *Room) hear() {
	if !r.state.Begun {
		return
	}
	for _, agent := range r.state.Agents() {
		if !slices.Contains(r.heard, agent) {
			// The same rounds have been played before: only who listens is new.
			if err := r.replay(); err != nil {
				panic("room: " + err.Error())
			}
			return
		}
	}
}

// teamSize is how many can share a delegation.
const teamSize = 8

// Team joins a delegation that is taken, with its word.
func (r *Room) Team(agent, word, name, token string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	name, err := r.pseudonym(name)
	if err != nil {
		return err
	}
	seat := r.state.Seats[agent]
	switch {
	case seat == nil:
		return denied("Nobody has taken that delegation yet. Take it yourself.")
	case !strings.EqualFold(strings.TrimSpace(word), seat.Word):
		return denied("That is not the team word of %s. Your team sees it on its page.", r.play.Name(agent))
	case len(seat.Members) >= teamSize:
		return denied("%s has %d members already, and more cannot join.", r.play.Name(agent), teamSize)
	}
	return r.enter(&Entry{Kind: Joined, Agent: agent, Who: name, Token: Hash(token)})
}

// pseudonym tidies a name and refuses one that is missing, too long or taken.
func (r *Room) pseudonym(name string) (string, error) {
	name = tidy(name)
	switch {
	case name == "":
		return "", denied("Choose a name; it need not be your own.")
	case len([]rune(name)) > maxName:
		return "", denied("That name is too long: %d letters are allowed.", maxName)
	case strings.EqualFold(name, Instructor):
		return "", denied("That name is the instructor's. Choose another.")
	}
	for _, seat := range r.state.Seats {
		for _, m := range seat.Members {
			if strings.EqualFold(m.Name, name) {
				return "", denied("Somebody is called “%s” already. Choose another name.", name)
			}
		}
	}
	return name, nil
}

func (r *Room) playable(agent string) bool {
	return slices.ContainsFunc(delegation.Agents(r.base.World), func(a delegation.Agent) bool { return a.ID == agent })
}

// Free takes a delegation from those who have it. Their keys are void.
func (r *Room) Free(agent string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state.Seats[agent] == nil {
		return denied("Nobody has that delegation.")
	}
	return r.enter(&Entry{Kind: Freed, Agent: agent, Who: Instructor})
}

// Begin opens round 1.
func (r *Room) Begin() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state.Begun {
		return denied("The seminar has begun already.")
	}
	return r.enter(&Entry{Kind: Began, Who: Instructor})
}

// Sheet is the order sheet of an agent for the round that is open.
func (r *Room) Sheet(agent string) *Sheet {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.sheet(agent)
}

func (r *Room) sheet(agent string) *Sheet {
	r.hear()
	return r.play.sheet(&r.state.Game, agent)
}

// closed says why no orders are taken for a round, or nil.
func (r *Room) closed(round int) error {
	s := r.state
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

// File files the orders of a delegation for a round, or corrects them. Who is the
// member, or the instructor who enters a paper. The nonce is that of the form: the
// same form sent twice is filed once.
func (r *Room) File(agent, who string, round int, nonce string, values map[string][]string) ([]Refusal, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if f, ok := r.state.Filing(round, agent); ok && nonce != "" && f.Nonce == nonce {
		if round < r.state.Round() {
			return nil, denied("Round %d is closed. These very orders were filed in time, and nothing has changed.", round)
		}
		return nil, nil
	}
	if r.state.Seats[agent] == nil && who != Instructor {
		return nil, denied("You have no delegation any more.")
	}
	if !r.playable(agent) {
		return nil, denied("There is no delegation “%s”.", clip(agent))
	}
	if err := r.closed(round); err != nil {
		return nil, err
	}
	if !slices.Contains(r.heard, agent) { // a paper for a delegation that nobody has
		if err := r.listen(agent); err != nil {
			return nil, err
		}
	}
	order, refusals := r.sheet(agent).Read(values)
	if len(refusals) > 0 {
		return refusals, nil
	}
	return nil, r.enter(&Entry{Kind: Filed, Agent: agent, Who: who, Round: round, Nonce: clip(nonce), Order: order})
}

// listen plays anew with one agent more to listen to.
func (r *Room) listen(agent string) error {
	s := &r.state.Setup
	heard := append(r.listened(), agent)
	again, err := play(r.base, s.File, s.Seed, s.Plan, &r.state.Game, r.state.Through, heard)
	if err != nil {
		return err
	}
	r.play, r.heard = again, heard
	return nil
}

// PaperSheet is the sheet of an agent whom nobody plays, for the instructor to
// enter its orders.
func (r *Room) PaperSheet(agent string) (*Sheet, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.playable(agent) {
		return nil, denied("There is no delegation “%s”.", clip(agent))
	}
	if !slices.Contains(r.heard, agent) {
		if err := r.listen(agent); err != nil {
			return nil, err
		}
	}
	return r.sheet(agent), nil
}

// Withdraw takes the orders of a delegation back.
func (r *Room) Withdraw(agent, who string, round int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.closed(round); err != nil {
		return err
	}
	if _, filed := r.state.Filing(round, agent); !filed {
		return denied("Nothing is filed that could be taken back.")
	}
	return r.enter(&Entry{Kind: Withdrew, Agent: agent, Who: who, Round: round})
}

// AddInject lets something happen in the round that is open.
func (r *Room) AddInject(i Inject) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.state.Begun || r.state.Over() {
		return denied("No round is open.")
	}
	i.Headline = tidy(i.Headline)
	i.Round = r.state.Round()
	i.Name = fmt.Sprintf("inject-%d-%d", i.Round, len(r.state.Log))
	if sentence := i.check(r.base.World); sentence != "" {
		return denied("%s", sentence)
	}
	// What it does to the sheets is known before it is confirmed.
	before := r.state.Game.Injects
	r.state.Game.Injects = append(slices.Clip(before), i)
	again, err := r.played(r.state.Through)
	r.state.Game.Injects = before
	if err != nil {
		return err
	}
	if err := r.enter(&Entry{Kind: Injected, Who: Instructor, Round: i.Round, Inject: &i}); err != nil {
		return err
	}
	r.play = again
	return nil
}

// Retract takes an inject of the open round back.
func (r *Room) Retract(name string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	k := slices.IndexFunc(r.state.Game.Injects, func(i Inject) bool { return i.Name == name })
	if k < 0 || r.state.Game.Injects[k].Round != r.state.Round() {
		return denied("That inject is not of this round.")
	}
	if err := r.enter(&Entry{Kind: Retracted, Who: Instructor, Name: name}); err != nil {
		return err
	}
	return r.replay()
}

// StartClock lets the clock of the round run for a while. With resolve, the round
// closes when time is up.
func (r *Room) StartClock(left time.Duration, resolve bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case !r.state.Begun || r.state.Over():
		return denied("No round is open.")
	case left <= 0 || left > 24*time.Hour:
		return denied("Give the round a minute at least, and a day at most.")
	}
	return r.enter(&Entry{Kind: Clock, Who: Instructor, Until: r.now().Add(left), On: resolve})
}

// Pause stops the clock and takes no orders until Resume.
func (r *Room) Pause() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.state.Open() {
		return denied("There is nothing to pause.")
	}
	if c := r.state.Clock; !c.Until.IsZero() {
		left := max(c.Until.Sub(r.now()), time.Second)
		if err := r.enter(&Entry{Kind: Clock, Who: Instructor, Left: left, On: c.Resolve}); err != nil {
			return err
		}
	}
	return r.enter(&Entry{Kind: Halted, Who: Instructor})
}

// Resume goes on after Pause.
func (r *Room) Resume() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.state.Paused {
		return denied("The game is not paused.")
	}
	if err := r.enter(&Entry{Kind: Resumed, Who: Instructor}); err != nil {
		return err
	}
	if c := r.state.Clock; c.Left > 0 {
		return r.enter(&Entry{Kind: Clock, Who: Instructor, Until: r.now().Add(c.Left), On: c.Resolve})
	}
	return nil
}

// Resolve closes a round: the orders are carried out and the next round opens.
// The round is named so that a second click does not close the next one, too.
func (r *Room) Resolve(round int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case !r.state.Begun || r.state.Over():
		return denied("No round is open.")
	case round != r.state.Round():
		return denied("Round %d is closed already.", round)
	}
	after, err := r.played(round)
	if err != nil {
		return err
	}
	if err := r.enter(&Entry{Kind: Resolved, Who: Instructor, Round: round, Digest: after.digest()}); err != nil {
		return err
	}
	r.play = after
	return nil
}

// Due tells whether the round ought to close by itself, and which it is.
func (r *Room) Due() (round int, due bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := r.state.Clock
	return r.state.Round(), r.state.Open() && c.Resolve && !c.Until.IsZero() && !r.now().Before(c.Until)
}

// StepBack opens the last round that was resolved again, with its orders.
func (r *Room) StepBack(round int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if round != r.state.Through || round < 1 {
		return denied("Only the last round that was resolved can be opened again.")
	}
	if err := r.enter(&Entry{Kind: Back, Who: Instructor, Round: round}); err != nil {
		return err
	}
	return r.replay()
}

// OpenDebrief opens the debrief to the class, or closes it.
func (r *Room) OpenDebrief(open bool) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state.Through == 0 {
		return denied("There is nothing to talk about yet: resolve a round first.")
	}
	return r.enter(&Entry{Kind: Debriefed, Who: Instructor, On: open})
}

// Path is the room file.
func (r *Room) Path() string { return r.path }
