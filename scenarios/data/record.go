package data

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/voting"
)

// Record is what a forecast of recorded votes starts from.
type Record struct {
	States []string  // iso3, in order
	Ideal  []float64 // ideal points of 2017, before any contested vote on cyberspace
	Calls  []RollCall
	Own    []RollCall // the program's own roll calls
	Notes  []string   // what of the files was passed over or is not known, one sentence each
	places map[string][]int
}

// ReadRecord reads recorded votes from the files named, in the format of votes.csv and
// resolutions.csv; a blank name is the program's own file. Unlike Build it takes lines and
// kinds that the model does not know, and resolutions that no row describes: Notes
// tells of them. Where a user's resolutions do not describe one that the
// program's own do, these count.
func ReadRecord(votes, resolutions string) (*Record, error) {
	s, err := ownRecords()
	if err != nil {
		return nil, err
	}
	r := &Record{Calls: s.calls, Own: s.calls, Ideal: s.column(func(r *stateRow) float64 { return r.ideal })}
	for _, row := range s.rows {
		r.States = append(r.States, row.id)
	}
	r.findPlaces(s)
	if votes == "" && resolutions == "" {
		return r, nil
	}
	bad, notes := newCollector(), new(notes)
	r.Calls = readRollCalls(paths{"votes": votes, "resolutions": resolutions}, s.index, len(s.rows), bad, notes)
	if err := bad.Err(); err != nil {
		return nil, err
	}
	for k := range r.Calls {
		call := &r.Calls[k]
		if !call.described {
			r.describe(call, notes)
		}
		for _, name := range call.Sponsors {
			if len(r.Members(name)) == 0 {
				notes.add("%s: lead sponsor %q is no state or group that is known; its side is taken as unknown", call.ID, name)
			}
		}
	}
	r.Notes = notes.list
	return r, nil
}

func (r *Record) describe(call *RollCall, notes *notes) {
	for _, own := range r.Own {
		if own.ID == call.ID {
			call.Line, call.Kind, call.Sponsors = own.Line, own.Kind, own.Sponsors
			return
		}
	}
	notes.add("%s: no row of the resolutions describes it; its line, kind and sponsor are unknown", call.ID)
}

// findPlaces notes by which names a state or group can be called.
func (r *Record) findPlaces(s *records) {
	r.places = map[string][]int{}
	for _, g := range s.groups(BaselineCutoff) {
		r.places[plain(g.ID)] = g.Members
	}
	for i, row := range s.rows {
		r.places[plain(row.name)] = []int{i}
	}
	for i, row := range s.rows {
		r.places[plain(row.id)] = []int{i}
	}
	for name, id := range alsoCalled {
		if members, ok := r.places[id]; ok {
			r.places[name] = members
		}
	}
}

// alsoCalled are names that UN documents use for states and groups of states.csv. The
// members of the Non-Aligned Movement are nearly those of the Group of 77.
var alsoCalled = map[string]string{
	"russianfederation": "rus", "unitedstatesofamerica": "usa", "us": "usa", "uk": "gbr",
	"unitedkingdomofgreatbritainandnorthernireland": "gbr", "republicofkorea": "kor",
	"democraticpeople'srepublicofkorea": "prk", "iran(islamicrepublicof)": "irn", "vietnam": "vnm",
	"venezuela(bolivarianrepublicof)": "ven", "bolivia(plurinationalstateof)": "bol", "syrianarabrepublic": "syr",
	"europeanunion": "eu", "groupof77": "g77", "nonalignedmovement": "g77", "africangroup": "africanunion",
}

// plain makes "African Union" and "african_union" one.
func plain(name string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "").Replace(name))
}

// Members are the states that a lead sponsor stands for: a state by its iso3 code or name,
// or the members of a group of states.csv such as EU, g77 or african_union. Nil when it is
// not known.
func (r *Record) Members(name string) []int { return r.places[plain(name)] }

// notes collects what is worth knowing about files that can be used, each once.
type notes struct{ list []string }

func (n *notes) add(format string, args ...any) {
	if n == nil {
		return
	}
	if text := fmt.Sprintf(format, args...); !slices.Contains(n.list, text) {
		n.list = append(n.list, text)
	}
}

// wordOf is oneOf, but with notes a word that is not allowed, or none, is one.
func wordOf[T ~string](t *table, column string, allowed []T, notes *notes) T {
	word := T(strings.Clone(t.text(column)))
	switch {
	case notes == nil:
		return oneOf(t, column, allowed)
	case word == "":
		notes.add("%s: %s is blank: taken as unknown", t.text("id"), column)
	case !slices.Contains(allowed, word):
		words := make([]string, len(allowed))
		for k := range allowed {
			words[k] = string(allowed[k])
		}
		notes.add("%s: %s %q is not one that the model knows%s; known: %s",
			t.text("id"), column, word, suggest(string(word), words), strings.Join(words, ", "))
	}
	return word
}

// sponsorsOf splits a cell of lead sponsors at semicolons; codes may be apart by blanks
// too, where a name may have blanks in it.
func sponsorsOf(cell string) []string {
	var list []string
	for part := range strings.SplitSeq(strings.Clone(cell), ";") {
		words := strings.Fields(part)
		for _, word := range words {
			if len(word) != 3 || strings.ToUpper(word) != word {
				words = []string{strings.Join(words, " ")}
				break
			}
		}
		list = append(list, words...)
	}
	return list
}

// Matrix returns all recorded votes of the Assembly on whole resolutions from 2010 to 2020, by date;
// states as in ReadRecord. The last vote counts where a resolution has more than one.
func Matrix() ([]RollCall, error) {
	s, err := ownRecords()
	if err != nil {
		return nil, err
	}
	bad := newCollector()
	t := s.files.open("roll_calls", bad, "date", "resolution", "kind")
	place := map[string]int{}
	var calls []RollCall
	for t.next() {
		if t.text("kind") != "whole" {
			continue
		}
		call := RollCall{ID: t.id("resolution"), Date: t.date("date"), Votes: make([]voting.Vote, len(s.rows))}
		for i := range call.Votes {
			call.Votes[i] = voting.Absent
		}
		for k, name := range t.header {
			if i, ok := s.index[name]; ok {
				call.Votes[i] = matrixVote(t, k)
			}
		}
		if k, ok := place[call.ID]; ok {
			calls[k] = call
			continue
		}
		place[call.ID] = len(calls)
		calls = append(calls, call)
	}
	slices.SortStableFunc(calls, func(a, b RollCall) int { return a.Date.Compare(b.Date) })
	return calls, bad.Err()
}

func matrixVote(t *table, column int) voting.Vote {
	switch t.row[column] {
	case "1":
		return voting.Yes
	case "2":
		return voting.Abstain
	case "3":
		return voting.No
	}
	return voting.Absent
}

// IdealPoints returns the ideal points of a session of the Assembly by the year in which it
// began, 2017 to 2019, by state; NaN where there is none. Those of 2018 and 2019 rest on votes that
// include those on cyberspace: no forecast may use them.
func IdealPoints(year int) ([]float64, error) {
	s, err := ownRecords()
	if err != nil {
		return nil, err
	}
	bad := newCollector()
	column := fmt.Sprintf("unga_ideal_point_%d", year)
	t := s.files.open("states", bad, "iso3", column)
	points := make([]float64, len(s.rows))
	for t.next() {
		points[s.index[t.text("iso3")]] = t.number(column, -10, 10)
	}
	return points, bad.Err()
}
