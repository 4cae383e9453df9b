package sweep

import (
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"time"

	"splinternet/scenarios/studies/sweep"
)

// Journals are written out in blocks of runs, and at least so often.
const (
	blockRuns  = 256
	flushPause = 2 * time.Second
)

// storage is what a journal is written to: a file, or one that fails.
type storage interface {
	io.Writer
	Sync() error
	Truncate(size int64) error
	Close() error
}

// Journal is a journal that is being written. It is safe for concurrent use.
type Journal struct {
	path string
	file storage

	mutex   sync.Mutex
	buffer  []byte
	size    int64 // bytes on disk
	runs    int   // in the journal, with those in the buffer
	waiting int   // runs in the buffer
	err     error
	stop    chan struct{}
	stopped sync.WaitGroup
}

// fileName is the name of the journal of a shard; part counts from 1.
func fileName(shard, shards, part int) string {
	width := len(fmt.Sprint(shards - 1))
	name := fmt.Sprintf("shard-%0*d-of-%d", width, shard, shards)
	if part > 1 {
		name += fmt.Sprintf(".%d", part)
	}
	return name + ".journal"
}

// begin starts the work of writing out at regular times.
func (j *Journal) begin() {
	j.stop = make(chan struct{})
	j.stopped.Go(func() {
		ticker := time.NewTicker(flushPause)
		defer ticker.Stop()
		for {
			select {
			case <-j.stop:
				return
			case <-ticker.C:
				_ = j.Flush() // the next Append reports it
			}
		}
	})
}

// Append takes down a run. The runs of a block are on disk when the last of them has
// been appended, the others after two seconds.
func (j *Journal) Append(r *sweep.Record) error {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if j.err != nil {
		return j.err
	}
	j.buffer = appendRecord(j.buffer, r)
	j.runs++
	j.waiting++
	if j.runs%blockRuns == 0 {
		return j.flush()
	}
	return nil
}

// Flush makes sure that all that was appended is on disk.
func (j *Journal) Flush() error {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.flush()
}

func (j *Journal) flush() error {
	if j.err != nil || len(j.buffer) == 0 {
		return j.err
	}
	n, err := j.file.Write(j.buffer)
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		// What was written before stays readable without what was cut off.
		_ = j.file.Truncate(j.size)
		j.err = fmt.Errorf("cannot write %s: %w", filepath.Base(j.path), err)
		return j.err
	}
	j.size += int64(n)
	j.buffer, j.waiting = j.buffer[:0], 0
	return nil
}

// Close writes out what is left and gives the journal back to others.
func (j *Journal) Close() error {
	if j.stop != nil {
		close(j.stop)
		j.stopped.Wait()
		j.stop = nil
	}
	err := j.Flush()
	if closing := j.file.Close(); err == nil && closing != nil {
		err = fmt.Errorf("cannot write %s: %w", filepath.Base(j.path), closing)
	}
	return err
}

// Safe is the number of runs of the journal that are on disk.
func (j *Journal) Safe() int {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.runs - j.waiting
}
