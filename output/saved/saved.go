// Package saved writes and reads files that hold the world of a run as it was at the
// end of a tick, with all that mechanisms, measures and the verdict remember, so that
// runs can go on from it.
//
// A file begins with one line of JSON, the head, which says where the world comes from
// and how long the rest is and what it hashes to. It is written as a whole, and refused
// unless it is whole and of this version of results.
package saved

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"golang.org/x/exp/mmap"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/output"
	"splinternet/sim"
)

// Format marks a file as a saved world.
const Format = "splinternet-world"

// FormatVersion is the version of the layout of the file.
const FormatVersion = 1

// Head says where a saved world comes from.
type Head struct {
	Format         string          `json:"format"`
	FormatVersion  int             `json:"format_version"`
	ResultsVersion int             `json:"results_version"`
	Program        string          `json:"program"`
	Scenario       output.Scenario `json:"scenario"` // of the run
	Seed           uint64          `json:"seed"`     // the run's own
	Run            int             `json:"run"`
	Tick           int             `json:"tick"` // at whose end the world stands
	Date           string          `json:"date"` // of that end: the first day of the next tick
	Platform       output.Platform `json:"platform"`
	Bytes          int64           `json:"bytes"` // after the line of the head
	SHA256         string          `json:"sha256"`
}

// Name is the name of the file for a run and a day.
func Name(run int, day time.Time) string {
	return fmt.Sprintf("run%d-%s%s", run, day.Format(time.DateOnly), output.WorldSuffix)
}

// Content is a file with the world of a run as it stands at the end of its tick.
func Content(w *world.World, scenario output.Scenario, seed uint64, run int) ([]byte, error) {
	data, err := w.Encode()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	var b bytes.Buffer
	err = json.NewEncoder(&b).Encode(Head{
		Format: Format, FormatVersion: FormatVersion, ResultsVersion: models.ResultsVersion, Program: output.ProgramVersion(),
		Scenario: scenario, Seed: seed, Run: run, Tick: w.Tick, Date: w.Calendar.Date(w.Tick + 1).Format(time.DateOnly),
		Platform: output.ThisPlatform(), Bytes: int64(len(data)), SHA256: hex.EncodeToString(sum[:]),
	})
	b.Write(data)
	return b.Bytes(), err
}

// Tick is the tick at whose end a world is saved for a day: the one before the day, or the
// one that the day falls into. It is negative for days that are too early, and too high
// for days after the end of the calendar.
func Tick(c sim.Calendar, day time.Time) int {
	t := c.At(day)
	if c.Date(t).Equal(day) {
		t--
	}
	return t
}

// From says where runs go on that begin with a saved world.
func (h *Head) From(file string) (*output.From, error) {
	f, err := output.Describe(file, 0)
	if err != nil {
		return nil, err
	}
	return &output.From{File: f.Name, SHA256: f.SHA256, Tick: h.Tick, Date: h.Date, Seed: h.Seed, Scenario: h.Scenario.Hash}, nil
}

// Error says why a file cannot be gone on from, and what to do.
type Error struct {
	File, What, Hint string
}

func (e *Error) Error() string { return e.File + " " + e.What }

// Read reads a saved world. An Error says what is wrong with the file.
func Read(file string) (*Head, *world.World, error) {
	m, err := mmap.Open(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, &Error{file, "does not exist", "run --save-at DATE writes such files into its results folder"}
	case err != nil:
		return nil, nil, &Error{file, fmt.Sprintf("cannot be read: %v", err), ""}
	}
	defer m.Close()
	all := bufio.NewReader(io.NewSectionReader(m, 0, int64(m.Len())))
	line, err := all.ReadBytes('\n')
	var head Head
	if err != nil || json.Unmarshal(line, &head) != nil || head.Format != Format {
		return nil, nil, &Error{file, "is no saved world", "run --save-at DATE writes such files, named " + Name(0, time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC))}
	}
	if head.FormatVersion != FormatVersion || head.ResultsVersion != models.ResultsVersion {
		return nil, nil, &Error{
			file, fmt.Sprintf("was saved by %s with version %d of results, and this is version %d", head.Program, head.ResultsVersion, models.ResultsVersion),
			"the same run with --save-at, by this program, saves it anew",
		}
	}
	rest := io.NewSectionReader(m, int64(len(line)), int64(m.Len()-len(line)))
	sum := sha256.New()
	if _, err := io.Copy(sum, rest); err != nil || rest.Size() != head.Bytes || hex.EncodeToString(sum.Sum(nil)) != head.SHA256 {
		return nil, nil, &Error{file, "is damaged: it is not what was written", "the same run with --save-at writes it anew"}
	}
	w, err := world.Decode(io.NewSectionReader(rest, 0, rest.Size()))
	if err != nil {
		return nil, nil, &Error{file, fmt.Sprintf("cannot be understood: %v", err), ""}
	}
	return &head, w, nil
}
