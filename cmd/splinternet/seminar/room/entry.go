package room

import (
	"fmt"
	"time"

	"splinternet/models"
	"splinternet/output"
	"splinternet/scenarios"
)

// Kind says what an entry of the journal is.
type Kind string

// The kinds of entries.
const (
	Opened    Kind = "open"       // the first: what is played
	Keyed     Kind = "instructor" // another key opens the control page
	Claimed   Kind = "claim"      // somebody takes a delegation
	Joined    Kind = "join"       // somebody joins a delegation that is taken
	Freed     Kind = "free"       // the instructor frees a delegation
	Began     Kind = "begin"      // round 1 opens for orders
	Filed     Kind = "order"      // a delegation files or corrects its orders
	Withdrew  Kind = "withdraw"   // a delegation takes its orders back
	Injected  Kind = "inject"     // the instructor injects a crisis
	Retracted Kind = "retract"    // and takes it back
	Clock     Kind = "clock"      // the clock starts, or stops
	Halted    Kind = "pause"
	Resumed   Kind = "resume"
	Resolved  Kind = "resolve" // the round closes and the next opens
	Back      Kind = "back"    // the last round that was resolved opens again
	Debriefed Kind = "debrief" // the debrief opens to the class, or closes
)

// Entry is one thing that the class or its instructor did.
type Entry struct {
	N    int       `json:"n"` // place in the journal, from 1
	Time time.Time `json:"time"`
	Kind Kind      `json:"kind"`

	Setup *Setup `json:"setup,omitempty"` // Opened

	Agent string `json:"agent,omitempty"` // the delegation concerned, state.FRA
	// Who did it: a pseudonym, or Instructor.
	Who   string `json:"who,omitempty"`
	Token string `json:"token,omitempty"` // hash of a key (Keyed, Claimed, Joined)
	Word  string `json:"word,omitempty"`  // the delegation's team word (Claimed)

	Round  int     `json:"round,omitempty"`
	Nonce  string  `json:"nonce,omitempty"` // of the form that was sent, so that twice is once
	Order  *Order  `json:"order,omitempty"`
	Inject *Inject `json:"inject,omitempty"`
	Name   string  `json:"name,omitempty"` // of the inject that is retracted

	Until  time.Time     `json:"until,omitzero"` // Clock: when the round ends; zero stops the clock
	Left   time.Duration `json:"left,omitempty"` // Clock that stops: what was left
	On     bool          `json:"on,omitempty"`   // Debrief; Clock: resolve when time is up
	Digest string        `json:"digest,omitempty"`
}

// Instructor is who entered what the instructor enters.
const Instructor = "instructor"

// Setup is what a room plays. It is whole: the room needs no other file, unless
// the scenario brings data files of its own along.
type Setup struct {
	Format         string `json:"format"` // "splinternet-room"
	FormatVersion  int    `json:"format_version"`
	ResultsVersion int    `json:"results_version"`
	Program        string `json:"program"`
	Scenario       string `json:"scenario"` // name
	File           string `json:"file"`     // beside which its data files lie
	Text           string `json:"text"`     // canonical
	Hash           string `json:"hash"`
	Seed           uint64 `json:"seed"`
	Lesson         string `json:"lesson"` // format of the lesson, "90min"
	Plan           Plan   `json:"plan"`
	Code           string `json:"code"` // join code
}

// FileFormat marks a room file.
const FileFormat = "splinternet-room"

// FileFormatVersion is the version of the layout of a room file.
const FileFormatVersion = 1

// NewSetup is the setup of a room that plays a scenario. File is where the
// scenario was read from.
func NewSetup(s *scenarios.Scenario, file string, seed uint64, lesson string, plan Plan) Setup {
	return Setup{
		Format: FileFormat, FormatVersion: FileFormatVersion, ResultsVersion: models.ResultsVersion,
		Program: output.ProgramVersion(), Scenario: s.Name, File: file, Text: s.Text, Hash: s.Hash,
		Seed: seed, Lesson: lesson, Plan: plan, Code: NewCode(6),
	}
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
