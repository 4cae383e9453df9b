package room

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/gofrs/flock"
)

// maxLine is the longest entry that a journal may hold, in bytes: the first
// carries the scenario's text.
const maxLine = 4 << 20

// A journal is a file of lines "CHECKSUM JSON". The checksum is the CRC-32
// (Castagnoli) of the checksum before it and of the line's JSON, so that a line
// that was changed, lost or moved is noticed. A last line that was cut off while
// it was being written was never confirmed to anybody, and is dropped.
type journal struct {
	file *os.File
	lock *flock.Flock
	sum  uint32
	end  int64 // bytes that are known to be whole
	n    int   // entries
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// InUseError says that another program has the room open.
type InUseError struct{ Path string }

func (e *InUseError) Error() string {
	return e.Path + " is open in another seminar"
}

// DamagedError says that a room file is not what was written to it.
type DamagedError struct {
	Path string
	Line int
	What string
}

func (e *DamagedError) Error() string { return fmt.Sprintf("%s:%d: %s", e.Path, e.Line, e.What) }

// create makes a room file with its first entry. The file gets its name once the
// entry is on disk, so that a room file is never empty.
func create(path string, first *Entry) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("%s exists already", path)
	}
	first.N = 1
	line, _, err := encode(0, first)
	if err != nil {
		return err
	}
	// The names in it are the class's: nobody else need read them.
	part := path + ".part"
	if err := writeSynced(part, line); err != nil {
		os.Remove(part)
		return fmt.Errorf("cannot make the room file: %w", err)
	}
	if err := os.Rename(part, path); err != nil {
		return fmt.Errorf("cannot make the room file: %w", err)
	}
	syncFolder(path)
	return nil
}

func writeSynced(path string, text []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// openJournal opens a room file for writing, and returns the entries that it
// holds. Only one program at a time can have it.
func openJournal(path string) (*journal, []Entry, error) {
	j := &journal{lock: flock.New(path + ".lock")}
	got, err := j.lock.TryLock()
	if err != nil {
		return nil, nil, fmt.Errorf("cannot lock the room: %w", err)
	}
	if !got {
		return nil, nil, &InUseError{path}
	}
	entries, err := j.load(path)
	if err != nil {
		j.close()
		return nil, nil, err
	}
	return j, entries, nil
}

func (j *journal) load(path string) ([]Entry, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	entries, err := j.read(path, text)
	if err != nil {
		return nil, err
	}
	if j.file, err = os.OpenFile(path, os.O_RDWR, 0o600); err != nil {
		return nil, fmt.Errorf("cannot open the room: %w", err)
	}
	return entries, j.cut()
}

// ReadJournal reads the entries of a room file without opening it for writing.
func ReadJournal(path string) ([]Entry, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return new(journal).read(path, text)
}

// read takes the whole lines of a journal. What is wrong with the last line is
// that the program was killed while it wrote it; anything else is damage.
func (j *journal) read(path string, text []byte) ([]Entry, error) {
	var entries []Entry
	for line := range bytes.Lines(text) {
		last := j.end+int64(len(line)) == int64(len(text))
		whole := bytes.TrimSuffix(line, []byte("\n"))
		entry, sum, err := decode(j.sum, whole)
		if err == nil && entry.N != len(entries)+1 {
			err = fmt.Errorf("entry %d where %d is due", entry.N, len(entries)+1)
		}
		switch torn := len(whole) == len(line); {
		case len(entries) == 0 && (err != nil || torn || entry.Kind != Opened):
			return nil, &DamagedError{path, 1, "this is no room file"}
		case last && (torn || err != nil):
			return entries, nil
		case err != nil:
			return nil, &DamagedError{path, len(entries) + 1, "the room file was changed or damaged here: " + err.Error()}
		}
		entries = append(entries, entry)
		j.sum, j.n = sum, len(entries)
		j.end += int64(len(line))
	}
	if len(entries) == 0 {
		return nil, &DamagedError{path, 1, "this is no room file"}
	}
	return entries, nil
}

// cut removes what follows the last whole line.
func (j *journal) cut() error {
	if err := j.file.Truncate(j.end); err != nil {
		return fmt.Errorf("cannot mend the room: %w", err)
	}
	_, err := j.file.Seek(j.end, io.SeekStart)
	return err
}

// append writes one entry and returns once it is on disk. When that fails nothing
// of it stays.
func (j *journal) append(e *Entry) error {
	e.N = j.n + 1
	line, sum, err := encode(j.sum, e)
	if err != nil {
		return err
	}
	if _, err = j.file.Write(line); err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		return errors.Join(fmt.Errorf("cannot write to the room file: %w", err), j.cut())
	}
	j.sum, j.n = sum, e.N
	j.end += int64(len(line))
	return nil
}

func (j *journal) close() error {
	var err error
	if j.file != nil {
		err = j.file.Close()
		j.file = nil
	}
	if j.lock != nil {
		err = errors.Join(err, j.lock.Unlock())
	}
	return err
}

func encode(before uint32, e *Entry) (line []byte, sum uint32, err error) {
	text, err := json.Marshal(e)
	if err != nil {
		return nil, 0, err
	}
	if len(text)+10 > maxLine {
		return nil, 0, errors.New("an entry of the room is too long")
	}
	sum = checksum(before, text)
	line = fmt.Appendf(nil, "%08x %s\n", sum, text)
	return line, sum, nil
}

func decode(before uint32, line []byte) (e Entry, sum uint32, err error) {
	word, text, found := bytes.Cut(line, []byte(" "))
	stated, err := strconv.ParseUint(string(word), 16, 32)
	if err != nil || !found || len(word) != 8 {
		return e, 0, errors.New("no checksum")
	}
	if sum = checksum(before, text); sum != uint32(stated) {
		return e, 0, errors.New("wrong checksum")
	}
	return e, sum, json.Unmarshal(text, &e)
}

func checksum(before uint32, text []byte) uint32 {
	var chain [4]byte
	for k := range chain {
		chain[k] = byte(before >> (8 * k))
	}
	return crc32.Update(crc32.Checksum(chain[:], castagnoli), castagnoli, text)
}

// syncFolder makes sure that the file's name is on disk, too. Not every system
// can; the entries themselves are safe.
func syncFolder(path string) {
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		_ = dir.Sync()
		dir.Close()
	}
}

// Delete removes a room file for good. It refuses a file that is none, or that a
// seminar has open.
func Delete(path string) error {
	if _, err := ReadJournal(path); err != nil {
		var damaged *DamagedError
		if !errors.As(err, &damaged) || damaged.Line == 1 {
			return err
		}
	}
	lock := flock.New(path + ".lock")
	got, err := lock.TryLock()
	if err != nil {
		return fmt.Errorf("cannot lock the room: %w", err)
	}
	if !got {
		return &InUseError{path}
	}
	err = os.Remove(path)
	unlocking := lock.Unlock()
	if gone := os.Remove(path + ".lock"); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	syncFolder(path)
	return errors.Join(err, unlocking)
}
