package room

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"splinternet/models/world"
	"splinternet/output"
	"splinternet/output/study"
	"splinternet/scenarios"
	"splinternet/scenarios/studies"
)

// ClassText is the scenario that the class has made, on which run plays to the same
// tables.
func (v View) ClassText() string {
	s := v.State
	return s.Game.text(v.Scenario, s.Setup.Plan, s.Through)
}

// WriteTables writes the run folder of the class's scenario, to the end of the
// scenario: the tables that "splinternet run class.toml" writes, too.
func (v View) WriteTables(dir string, force bool) error {
	s, err := parse(v.State.Setup.File, v.ClassText())
	if err != nil {
		return err
	}
	return writeFolder(dir, s, &v.State.Setup, force)
}

// writeFolder plays the class's scenario once.
func writeFolder(dir string, s *scenarios.Scenario, setup *Setup, force bool) error {
	plan := studies.EnsemblePlan{Scenario: s, Size: studies.Size{Seed: setup.Seed, Runs: 1, Workers: 1}}
	recording, err := study.Record{Plan: plan, Name: setup.Scenario + "-class", Text: s.Text, Detail: output.Detail{Runs: []int{0}}}.Into(dir, force)
	if err != nil {
		return err
	}
	_, err = recording.Play(context.Background(), studies.Unwatched{})
	return err
}

// WriteLog writes what every delegation was asked, what it answered and what the
// model would have, as CSV: for assessment.
func (v View) WriteLog(w io.Writer) error {
	table := csv.NewWriter(w)
	if err := table.Write([]string{"round", "delegation", "name", "members", "filed_by", "filed_at", "times_filed", "date", "question", "about", "model", "answer", "own", "reasons"}); err != nil {
		return err
	}
	for round := 1; round <= v.State.Through; round++ {
		for _, agent := range v.State.Players() {
			if err := table.WriteAll(v.logRows(round, agent)); err != nil {
				return err
			}
		}
	}
	table.Flush()
	return table.Error()
}

func (v View) logRows(round int, agent string) [][]string {
	filing, filed := v.State.Filing(round, agent)
	head := []string{strconv.Itoa(round), agent, v.Play.Name(agent), "", "", "", "0"}
	if seat := v.State.Seats[agent]; seat != nil {
		head[3] = seat.Names()
	}
	note := ""
	if filed {
		head[4], head[5], head[6] = filing.Who, filing.Time.Format(time.RFC3339), strconv.Itoa(filing.Times)
		note = v.State.Game.order(round, agent).Note
	}
	var rows [][]string
	for k := range head {
		head[k] = plain(head[k])
	}
	for _, a := range v.Play.Answered(round, agent) {
		row := append(head[:len(head):len(head)], v.Play.Calendar.Date(a.Tick).Format(time.DateOnly), a.Decide, a.About, a.Model, a.Given, world.YesOrNo(a.Own()).Word, plain(note))
		rows = append(rows, row)
	}
	return rows
}

// plain keeps a spreadsheet from taking what somebody wrote for a formula.
func plain(text string) string {
	if text != "" && strings.ContainsAny(text[:1], "=+-@\t\r") {
		return "'" + text
	}
	return text
}

// Zip writes all tables, the class's scenario, the log and the debrief as one file.
// Extra are further files by name.
func (v View) Zip(w io.Writer, extra map[string][]byte) error {
	dir, err := os.MkdirTemp("", "splinternet-seminar-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := v.WriteAll(dir, false, extra); err != nil {
		return err
	}
	archive := zip.NewWriter(w)
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		return pack(archive, dir, path)
	})
	if err != nil {
		return err
	}
	return archive.Close()
}

// pack adds a file to an archive, without a time, so that the same room gives the
// same archive.
func pack(archive *zip.Writer, dir, path string) error {
	name, err := filepath.Rel(dir, path)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	file, err := archive.CreateHeader(&zip.FileHeader{Name: filepath.ToSlash(name), Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	return err
}

// WriteAll writes the class's scenario, its tables, the log and further files into
// a folder; the tables lie in its folder tables.
func (v View) WriteAll(dir string, force bool, extra map[string][]byte) error {
	if _, err := os.Stat(filepath.Join(dir, "class.toml")); err == nil && !force {
		return &output.TakenError{Dir: dir, What: "holds what a room was exported to", Replaceable: true}
	}
	if err := v.WriteTables(filepath.Join(dir, "tables"), force); err != nil {
		return err
	}
	var log strings.Builder
	if err := v.WriteLog(&log); err != nil {
		return err
	}
	files := map[string][]byte{"class.toml": []byte(v.ClassText()), "log.csv": []byte(log.String())}
	for name, text := range extra {
		files[name] = text
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := WriteWhole(path, text); err != nil {
			return fmt.Errorf("cannot write %s: %w", path, err)
		}
	}
	return nil
}

// WriteWhole writes a file so that it is there whole or not at all.
func WriteWhole(path string, text []byte) error {
	if err := writeSynced(path+".part", text); err != nil {
		os.Remove(path + ".part")
		return err
	}
	return os.Rename(path+".part", path)
}

// WriteRounds writes the run folder of the rounds that are resolved, and no more:
// what figures of the class are drawn from.
func (v View) WriteRounds(dir string) error {
	setup := &v.State.Setup
	s, err := parse(setup.File, v.ClassText())
	if err != nil {
		return err
	}
	s.Calendar.Ticks = min(s.Calendar.Ticks, max(1, v.State.Through*setup.Plan.Span))
	s.World.Calendar = s.Calendar
	return writeFolder(dir, s, setup, false)
}
