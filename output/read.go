package output

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"splinternet/models"
	"splinternet/models/voting"
	"splinternet/output/kind"
)

// Results is a run folder that is read.
type Results struct {
	Dir      string
	Manifest *Manifest
}

// VersionError says that a folder was written by another version.
type VersionError struct {
	Dir, What   string
	Found, Read int
}

func (e *VersionError) Error() string {
	return fmt.Sprintf("%s was written with %s version %d, and this program reads version %d", e.Dir, e.What, e.Found, e.Read)
}

// Open reads the manifest of a run folder and refuses folders of another format
// or results version: numbers of two versions must not be mixed.
func Open(dir string) (*Results, error) {
	m, err := readManifest(dir)
	if err != nil {
		return nil, err
	}
	if m.Format != kind.Run {
		return nil, fmt.Errorf("%s is no manifest of a run%s", filepath.Join(dir, ManifestName), kind.Instead(m.Format))
	}
	if m.FormatVersion != FormatVersion {
		return nil, &VersionError{dir, "format", m.FormatVersion, FormatVersion}
	}
	if m.ResultsVersion != models.ResultsVersion {
		return nil, &VersionError{dir, "results", m.ResultsVersion, models.ResultsVersion}
	}
	return &Results{dir, m}, nil
}

// Row is one row of a table. It is valid until the next row is read.
type Row struct {
	Run  int
	Seed uint64

	file    string
	line    int
	columns map[string]int
	cells   []string
	err     error
}

// Text is the cell of a column; a column that the table lacks is an error that
// the reader reports.
func (r *Row) Text(column string) string {
	k, ok := r.columns[column]
	if !ok {
		r.fail(column, errors.New("no such column"))
		return ""
	}
	return r.cells[k]
}

// List is the cell as a list, whose parts stand with ; between them; nil when it is blank.
func (r *Row) List(column string) []string {
	s := r.Text(column)
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}

// Number is the cell as a number; NaN when it is blank.
func (r *Row) Number(column string) float64 {
	s := r.Text(column)
	if s == "" {
		return math.NaN()
	}
	x, err := strconv.ParseFloat(s, 64)
	r.fail(column, err)
	return x
}

// Integer is the cell as a whole number; 0 when it is blank.
func (r *Row) Integer(column string) int {
	s := r.Text(column)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	r.fail(column, err)
	return n
}

// Boolean tells whether the cell is true.
func (r *Row) Boolean(column string) bool {
	b, err := strconv.ParseBool(r.Text(column))
	r.fail(column, err)
	return b
}

func (r *Row) fail(column string, err error) {
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("%s:%d: %s: %w", r.file, r.line, column, err)
	}
}

// Rows reads a table row by row. The sequence ends after the first error.
func (r *Results) Rows(t Table) iter.Seq2[*Row, error] {
	return func(yield func(*Row, error) bool) {
		path := filepath.Join(r.Dir, t.file())
		file, err := os.Open(path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer file.Close()
		reader := csv.NewReader(file)
		reader.ReuseRecord = true
		header, err := reader.Read()
		if err != nil {
			yield(nil, fmt.Errorf("%s: %w", path, err))
			return
		}
		row := &Row{file: path, columns: map[string]int{}}
		for k, name := range header {
			row.columns[strings.Clone(name)] = k
		}
		for {
			row.cells, err = reader.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("%s: %w", path, err))
				return
			}
			if !row.read(reader, yield) {
				return
			}
		}
	}
}

// read hands on one row and reports what its reader found wrong with it.
func (r *Row) read(reader *csv.Reader, yield func(*Row, error) bool) bool {
	r.line, _ = reader.FieldPos(0)
	r.Run = r.Integer("run")
	seed, err := strconv.ParseUint(r.Text("seed"), 10, 64)
	r.fail("seed", err)
	r.Seed = seed
	if r.err == nil && !yield(r, nil) {
		return false
	}
	if r.err != nil {
		yield(nil, r.err)
		return false
	}
	return true
}

// VoteRow is a row of votes.csv.
type VoteRow struct {
	Run                                  int
	Seed                                 uint64
	Tick                                 int
	Date, Text, Against, State, Vote, By string
	Utility                              voting.Utility
}

// ReadVotes reads votes.csv row by row.
func (r *Results) ReadVotes() iter.Seq2[VoteRow, error] {
	return convert(r.Rows(Votes), func(row *Row) VoteRow {
		v := VoteRow{
			Run: row.Run, Seed: row.Seed, Tick: row.Integer("tick"), Date: row.Text("date"),
			Text: row.Text("text"), Against: row.Text("against"), State: row.Text("state"), Vote: row.Text("vote"), By: row.Text("by"),
		}
		for t, d := range voting.Terms {
			v.Utility.Terms[t] = row.Number(d.Name)
		}
		v.Utility.Sum = row.Number(voting.Total.Name)
		return v
	})
}

// NoVoteError says that a state cast no vote on a text in a run, and what there is.
type NoVoteError struct {
	Run         int
	State, Text string
	States      []string // that voted on anything, sorted
	Texts       []string // that were voted on, in order
	Known       bool     // the text was voted on
}

func (e *NoVoteError) Error() string {
	switch {
	case len(e.Texts) == 0:
		return fmt.Sprintf("nothing was voted on in run %d", e.Run)
	case !e.Known:
		return fmt.Sprintf("no text %q was voted on", e.Text)
	case !slices.Contains(e.States, e.State):
		return fmt.Sprintf("no state %q voted on anything", e.State)
	}
	return fmt.Sprintf("%s had no vote on %s", e.State, e.Text)
}

// VotesOf are the votes of a state, by its identifier, on a text in a run, in order; the
// text may be in any case. Where there is none the error is a *NoVoteError.
func (r *Results) VotesOf(run int, state, text string) ([]VoteRow, error) {
	var votes []VoteRow
	none := &NoVoteError{Run: run, State: state, Text: text}
	for v, err := range r.ReadVotes() {
		if err != nil {
			return nil, err
		}
		if v.Run != run {
			continue
		}
		if !slices.Contains(none.Texts, v.Text) {
			none.Texts = append(none.Texts, v.Text)
		}
		if !slices.Contains(none.States, v.State) {
			none.States = append(none.States, v.State)
		}
		if strings.EqualFold(v.Text, text) {
			none.Known = true
			if v.State == state {
				votes = append(votes, v)
			}
		}
	}
	if votes == nil {
		slices.Sort(none.States)
		return nil, none
	}
	return votes, nil
}

// EventRow is a row of events.csv; chronicle.Kinds says what actors, targets and value are.
type EventRow struct {
	Run                      int
	Seed                     uint64
	Tick                     int
	Date, Kind, Name         string
	Actors, Targets          []string
	Value                    float64
	Text                     string
	Weight                   float64
	Yes, No, Abstain, Absent int
	By                       string
}

// ReadEvents reads events.csv row by row.
func (r *Results) ReadEvents() iter.Seq2[EventRow, error] {
	return convert(r.Rows(Events), func(row *Row) EventRow {
		return EventRow{
			Run: row.Run, Seed: row.Seed, Tick: row.Integer("tick"), Date: row.Text("date"),
			Kind: row.Text("kind"), Name: row.Text("name"), Actors: row.List("actors"), Targets: row.List("targets"),
			Value: row.Number("value"), Text: row.Text("text"), Weight: row.Number("weight"),
			Yes: row.Integer("yes"), No: row.Integer("no"), Abstain: row.Integer("abstain"), Absent: row.Integer("absent"),
			By: row.Text("by"),
		}
	})
}

// AgentRow is a row of agents.csv.
type AgentRow struct {
	Run                            int
	Seed                           uint64
	Tick                           int
	Date, Kind, ID, Name, Variable string
	Value                          float64
}

// ReadAgents reads agents.csv row by row.
func (r *Results) ReadAgents() iter.Seq2[AgentRow, error] {
	return convert(r.Rows(Agents), func(row *Row) AgentRow {
		return AgentRow{
			Run: row.Run, Seed: row.Seed, Tick: row.Integer("tick"), Date: row.Text("date"),
			Kind: row.Text("kind"), ID: row.Text("id"), Name: row.Text("name"), Variable: row.Text("variable"),
			Value: row.Number("value"),
		}
	})
}

// StateNames are the names of the states of a run in detail, by identifier.
func (r *Results) StateNames(run int) (map[string]string, error) {
	names := map[string]string{}
	for row, err := range r.ReadAgents() {
		if err != nil {
			return nil, err
		}
		// Runs, ticks and kinds come in order, and states first.
		if row.Run > run || row.Run == run && len(names) > 0 && row.Kind != "state" {
			break
		}
		if row.Run == run && row.Kind == "state" {
			names[row.ID] = row.Name
		}
	}
	return names, nil
}

// LinkRow is a row of links.csv.
type LinkRow struct {
	Run                            int
	Seed                           uint64
	Tick                           int
	Date, I, J                     string
	Link, Native, TrustIJ, TrustJI float64
	Rival                          bool
	Channel, Bridge                float64
}

// ReadLinks reads links.csv row by row.
func (r *Results) ReadLinks() iter.Seq2[LinkRow, error] {
	return convert(r.Rows(Links), func(row *Row) LinkRow {
		return LinkRow{
			Run: row.Run, Seed: row.Seed, Tick: row.Integer("tick"), Date: row.Text("date"),
			I: row.Text("i"), J: row.Text("j"), Link: row.Number("link"), Native: row.Number("native"),
			TrustIJ: row.Number("trust_ij"), TrustJI: row.Number("trust_ji"), Rival: row.Boolean("rival"),
			Channel: row.Number("channel"), Bridge: row.Number("bridge"),
		}
	})
}

// convert makes values of rows; strings of a row are cloned by the csv reader's
// own allocation of each record, so that they may be kept.
func convert[T any](rows iter.Seq2[*Row, error], from func(*Row) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for row, err := range rows {
			if err != nil {
				yield(none, err)
				return
			}
			value := from(row)
			if row.err == nil && !yield(value, nil) {
				return
			}
		}
	}
}
