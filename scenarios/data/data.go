// Package data holds the data that a world starts from, and builds it: 193
// states, their votes, alliances, incidents and memberships, 47 firms and 35
// forums, as CSV files that are embedded in the program. README.md of this folder
// says where each initial value comes from, SOURCES.md where each column comes
// from, LICENSE-DATA on what terms.
//
// A user's own file takes the place of an embedded one by Options.Files. It has
// the same columns; the order of rows and columns does not matter, further
// columns are passed over, and a blank cell is an unknown value, never zero.
// Unknown values are imputed by the rule of impute.
//
// A build depends on the files and the options alone: states, firms and forums
// are sorted by their identifiers, and sums run from left to right.
package data

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"splinternet/models/power"
	"splinternet/models/world"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// The dates of the baseline. It starts between the failure of the fifth group of
// governmental experts and the rival resolutions of December 2018, and its
// positions use the votes of that December.
var (
	BaselineStart  = time.Date(2018, time.July, 1, 0, 0, 0, 0, time.UTC)
	BaselineCutoff = time.Date(2018, time.December, 31, 0, 0, 0, 0, time.UTC)
)

// Options choose the files and the date of the world. The zero value is the
// baseline.
type Options struct {
	// Files maps a key (FileKeys) to the path of a user's own file with the
	// same columns; a missing key means the embedded file.
	Files map[string]string
	// Start is the date of the world; zero: the calendar's start, or else the
	// baseline's.
	Start time.Time
	// Cutoff is the last day whose recorded votes count for positions and
	// cohesion; zero: the day of Start, or the baseline's cutoff where Start is
	// the baseline's by default.
	Cutoff time.Time
	// West is an own founding group; empty: column west0.
	West []Member
	// Calendar is copied into the world. Without a start of its own it starts at
	// Start; without anything it counts quarters.
	Calendar sim.Calendar
}

// Member names a state of the founding group by its identifier, and says where it is
// named.
type Member struct {
	ID    string
	Place problem.Place
}

// Build reads the files and builds the world at its start, with the forums that are
// founded only later in its catalogue. The error is of type problem.List, and lists
// everything that is wrong with the files.
func Build(o Options) (*world.World, error) {
	s, err := load(o)
	if err != nil {
		return nil, err
	}
	w := &world.World{Calendar: s.options.Calendar, Tick: -1, Dim: 1, Stacks: Stacks()}
	s.states(w)
	s.positions(w)
	s.dyads(w)
	s.firms(w)
	w.DeriveStructure()
	usual := power.New(new(sim.Parameters))
	w.States.DerivePower(usual.Weights.Economy, usual.Weights.Capability, usual.Weights.Structure)
	(&institutions{s}).forums(w)
	w.Groups = s.groups(s.options.Cutoff)
	for k := range w.Groups { // of a forum: its members at the start, and whoever they are in the run
		if g := &w.Groups[k]; w.FindForum(g.ID) >= 0 {
			g.Forum = g.ID
			g.Members = w.MembersOf(g)
		}
	}
	w.CountShared()
	return w, nil
}

// settled fills in the defaults and refuses keys that do not exist.
func (o Options) settled() (Options, error) {
	bad := newCollector()
	keys := FileKeys()
	for _, key := range slices.Sorted(maps.Keys(o.Files)) {
		if !slices.Contains(keys, key) {
			bad.At(problem.Place{}, "data file %q is unknown%s; allowed: %s", key, suggest(key, keys), strings.Join(keys, ", "))
		}
	}
	if o.Calendar == (sim.Calendar{}) {
		o.Calendar.Tick = sim.Quarter
	}
	if o.Start.IsZero() {
		o.Start = o.Calendar.Start
	}
	if o.Start.IsZero() {
		o.Start = BaselineStart
		if o.Cutoff.IsZero() {
			o.Cutoff = BaselineCutoff
		}
	}
	if o.Cutoff.IsZero() {
		o.Cutoff = o.Start
	}
	if o.Calendar.Start.IsZero() {
		o.Calendar.Start = o.Start
	}
	return o, bad.Err()
}

// records is what the files say, checked. Nothing changes it once it is read.
type records struct {
	files     paths
	rows      []stateRow
	index     map[string]int // state identifier to number: for lookup only
	firmRows  []firmRow
	forumRows []forumRow
	calls     []RollCall
	rolls     []rollCall
	counts    []incidentCount
	allied    []bool    // n x n: a hard bloc, or a pact with the United States
	agreed    []float64 // n x n: agreement in votes, NaN where unknown
	walled    []float64 // by state: boundary controls as coded for 2021, NaN where unknown
	byHand    []handWall
}

func read(files paths, bad *problem.Collector) *records {
	s := &records{files: files}
	s.readStates(bad)
	s.readWalls(bad)
	s.readFirms(bad)
	s.readForums(bad)
	s.calls = readRollCalls(files, s.index, len(s.rows), bad, nil)
	s.readAlliances(bad)
	s.readAgreement(bad)
	s.readIncidents(bad)
	s.readAttendance(bad)
	return s
}

// ownRecords are the program's own files, read once.
var ownRecords = sync.OnceValues(func() (*records, error) {
	bad := newCollector()
	return read(nil, bad), bad.Err()
})

// source is what a world is built from: records, and the date and the founding group
// that the options choose.
type source struct {
	*records
	options Options
}

func load(o Options) (*source, error) {
	o, err := o.settled()
	if err != nil {
		return nil, err
	}
	s, bad := &source{options: o}, newCollector()
	if len(o.Files) > 0 {
		s.records = read(o.Files, bad)
	} else if s.records, err = ownRecords(); err != nil {
		return nil, err
	}
	s.found(o.West, bad)
	if err := bad.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// tick is the tick in which a day falls; unlike Calendar.At it counts on into the
// past (-1 is the last tick before the start).
func (s *source) tick(day time.Time) int {
	c := s.options.Calendar
	months := (day.Year()-c.Start.Year())*12 + int(day.Month()) - int(c.Start.Month())
	if day.Day() < c.Start.Day() {
		months--
	}
	length := c.Tick.Months()
	if months < 0 {
		months -= length - 1 // division rounds towards zero, ticks towards the past
	}
	return months / length
}

// find returns the number of the state in a column, or -1: files about pairs,
// votes and members may speak of states that the world does not have.
func (s *records) find(t *table, column string) int {
	if i, ok := s.index[t.text(column)]; ok {
		return i
	}
	return -1
}

func clip(x, low, high float64) float64 { return min(max(x, low), high) }

// sum adds from left to right.
func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}

// shares divides by the sum; where that is zero, all shares are equal.
func shares(values []float64) []float64 {
	out := slices.Clone(values)
	world.Normalise(out)
	return out
}

// Hash is the SHA-256 of all embedded files, in hexadecimal digits: two programs with the
// same hash build the same worlds from the same options.
func Hash() string {
	entries, err := embedded.ReadDir(".")
	if err != nil {
		panic(err) // the files are part of the program
	}
	h := sha256.New()
	for _, e := range entries { // sorted by name
		content, err := embedded.ReadFile(e.Name())
		if err != nil {
			panic(err)
		}
		fmt.Fprintf(h, "%s %d\n", e.Name(), len(content))
		h.Write(content)
	}
	return hex.EncodeToString(h.Sum(nil))
}
