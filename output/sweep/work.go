package sweep

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"splinternet/models"
	"splinternet/output"
	"splinternet/scenarios/studies/sweep"
)

// journalDir is the folder of the journals within that of a sweep.
const journalDir = "journal"

// Work is what is left to do of a shard of a sweep, and the journal that takes it.
type Work struct {
	*Journal
	Done    int   // runs of earlier work
	Dropped int64 // bytes at the end of a journal that were no sound record
	layout  *Layout
	shard   int
	shards  int
	spans   []span
	left    int

	mutex sync.Mutex
	tally sweep.Tally // of all work, this and earlier
}

// span is an unbroken stretch of a shard, by position: first to last-1.
type span struct{ first, last int }

// Left is the number of runs that are left.
func (w *Work) Left() int { return w.left }

// Run is the index of the run that comes k-th of those that are left.
func (w *Work) Run(k int) int {
	for _, s := range w.spans {
		if n := s.last - s.first; k >= n {
			k -= n
			continue
		}
		return w.shard + (s.first+k)*w.shards
	}
	panic("sweep: no such run is left")
}

// Append keeps a finished run.
func (w *Work) Append(r *sweep.Record) error {
	if err := w.Journal.Append(r); err != nil {
		return err
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.count(r)
	return nil
}

func (w *Work) count(r *sweep.Record) {
	point, _, _ := w.layout.Of(r.Run)
	w.tally.Add(r, point)
}

// Tally is what became of the runs so far, those of earlier work included. It may be asked
// while runs are kept.
func (w *Work) Tally() sweep.Tally {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	t := w.tally
	t.Verdicts = maps.Clone(t.Verdicts)
	return t
}

// Begin opens the journal of a shard in the folder of a sweep, drops what is torn at
// its end, and finds out which runs are done. Without shards, as shard 0 of 1, what
// shards have done counts, too.
func Begin(dir string, l *Layout, shard, shards int) (*Work, error) {
	w := &Work{layout: l, shard: shard, shards: shards}
	folder := filepath.Join(dir, journalDir)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, fmt.Errorf("cannot make the folder of the journals: %w", err)
	}
	part := 1
	for exists(filepath.Join(folder, fileName(shard, shards, part+1))) {
		part++
	}
	own := filepath.Join(folder, fileName(shard, shards, part))
	header := Header{ResultsVersion: models.ResultsVersion, Plan: l.Plan, Shard: shard, Shards: shards}
	j, last, dropped, err := continueJournal(own, header)
	if err != nil {
		return nil, err
	}
	w.Dropped = dropped
	if err := w.survey(folder, l); err != nil {
		j.file.Close()
		return nil, err
	}
	if w.left > 0 && w.Run(0) < last {
		// The shard's own journal is ahead: another part takes what is missing.
		j.file.Close()
		own = filepath.Join(folder, fileName(shard, shards, part+1))
		if j, _, _, err = continueJournal(own, header); err != nil {
			return nil, err
		}
	}
	j.begin()
	w.Journal = j
	return w, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// continueJournal opens a journal for more runs, or begins it.
func continueJournal(path string, header Header) (j *Journal, last int, dropped int64, err error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, 0, 0, fmt.Errorf("cannot write a journal: %w", err)
	}
	fail := func(err error) (*Journal, int, int64, error) {
		file.Close()
		return nil, 0, 0, err
	}
	if err := output.Lock(file); err != nil {
		return fail(fmt.Errorf("%s %w", path, err))
	}
	j = &Journal{path: path, file: file}
	last = -1
	reader, err := newJournalReader(path, io.NopCloser(file))
	switch {
	case err == nil:
		if err := reader.check(header.Plan); err != nil {
			return fail(err)
		}
		var r sweep.Record
		for reader.next(&r) {
			j.runs++
		}
		j.size, last = reader.good, reader.last
	case !errors.Is(err, errNoHeader):
		return fail(err)
	}
	end, err := file.Seek(0, io.SeekEnd)
	if err == nil && end > j.size {
		dropped = end - j.size
		err = file.Truncate(j.size)
	}
	if err == nil {
		_, err = file.Seek(j.size, io.SeekStart)
	}
	if err == nil && j.size == 0 {
		dropped = 0
		err = j.head(header)
	}
	if err != nil {
		return fail(fmt.Errorf("cannot write %s: %w", filepath.Base(path), err))
	}
	return j, last, dropped, nil
}

// head writes the first line.
func (j *Journal) head(header Header) error {
	line, err := header.line()
	if err != nil {
		return err
	}
	n, err := j.file.Write(line)
	if err != nil {
		return err
	}
	j.size = int64(n)
	return j.file.Sync()
}

// journals lists the journals in a folder that matter to shard i of n: its own, or
// all for the only one.
func journals(folder string, shard, shards int) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []string
	own := strings.TrimSuffix(fileName(shard, shards, 1), ".journal") + "."
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".journal") && (shards == 1 || strings.HasPrefix(name, own)) {
			list = append(list, filepath.Join(folder, name))
		}
	}
	return list, nil
}

// survey finds out which runs are done.
func (w *Work) survey(folder string, l *Layout) error {
	n := (l.Size - w.shard + w.shards - 1) / w.shards
	if n < 0 {
		n = 0
	}
	done := make([]uint64, (n+63)/64)
	paths, err := journals(folder, w.shard, w.shards)
	if err != nil {
		return err
	}
	for _, path := range paths {
		if err := w.take(path, l, done); err != nil {
			return err
		}
	}
	for k := range n {
		if done[k/64]&(1<<(k%64)) != 0 {
			continue
		}
		w.left++
		if last := len(w.spans) - 1; last >= 0 && w.spans[last].last == k {
			w.spans[last].last++
		} else {
			w.spans = append(w.spans, span{k, k + 1})
		}
	}
	return nil
}

// take notes which runs a journal holds.
func (w *Work) take(path string, l *Layout, done []uint64) error {
	r, err := openJournal(path)
	if errors.Is(err, errNoHeader) {
		return nil // its process has only just begun, or ended before it could
	}
	if err != nil {
		return err
	}
	defer r.close()
	if err := r.check(l.Plan); err != nil {
		return err
	}
	var record sweep.Record
	for r.next(&record) {
		if record.Run >= l.Size {
			return &OtherError{path, fmt.Sprintf("holds run %d, and the plan has runs 0 to %d", record.Run, l.Size-1)}
		}
		k := (record.Run - w.shard) / w.shards
		if done[k/64]&(1<<(k%64)) != 0 {
			continue
		}
		done[k/64] |= 1 << (k % 64)
		w.count(&record)
		w.Done++
	}
	return nil
}
