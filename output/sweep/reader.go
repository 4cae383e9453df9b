package sweep

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"splinternet/models"
	"splinternet/scenarios/studies/sweep"
)

// journalReader reads a journal from its beginning.
type journalReader struct {
	Header
	path    string
	file    io.ReadCloser
	in      *bufio.Reader
	good    int64 // bytes up to the end of the last sound record
	last    int   // run of the last record, -1 before the first
	torn    bool  // it does not end with a sound record
	payload []byte
	framed  []byte // of the record that was read last: its payload
	words   labels
}

// Bytes held back for each journal that is open, of which there can be a thousand.
const readBuffer = 16 << 10

func openJournal(path string) (*journalReader, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	r, err := newJournalReader(path, file)
	if err != nil {
		file.Close()
		return nil, err
	}
	return r, nil
}

// errNoHeader marks a journal that was cut off before its first record.
var errNoHeader = errors.New("has no complete first line")

func newJournalReader(path string, file io.ReadCloser) (*journalReader, error) {
	r := &journalReader{path: path, file: file, in: bufio.NewReaderSize(file, readBuffer), last: -1, words: labels{}}
	line, err := r.in.ReadSlice('\n')
	if err != nil {
		return nil, fmt.Errorf("%s %w", path, errNoHeader)
	}
	if err := json.Unmarshal(line, &r.Header); err != nil || r.Format != journalFormat {
		return nil, fmt.Errorf("%s is no journal of a sweep", path)
	}
	if r.Version != journalVersion {
		return nil, fmt.Errorf("%s was written with journal version %d, and this program reads version %d", path, r.Version, journalVersion)
	}
	if r.Shards < 1 || r.Shard < 0 || r.Shard >= r.Shards {
		return nil, fmt.Errorf("%s says that it is shard %d of %d", path, r.Shard, r.Shards)
	}
	r.good = int64(len(line))
	return r, nil
}

// next reads a record. It returns false at the end, or where the journal is torn.
func (r *journalReader) next(record *sweep.Record) bool {
	if r.torn {
		return false
	}
	var frame [4]byte
	if _, err := io.ReadFull(r.in, frame[:]); err != nil {
		r.torn = !errors.Is(err, io.EOF)
		return false
	}
	n := binary.LittleEndian.Uint32(frame[:])
	if r.torn = n > maxPayload; r.torn {
		return false
	}
	payload, err := r.read(int(n) + 4)
	if err != nil {
		r.torn = true
		return false
	}
	sum := crc32.Update(crc32.Checksum(frame[:], checksum), checksum, payload[:n])
	sound := sum == binary.LittleEndian.Uint32(payload[n:]) && decode(record, payload[:n], r.words) &&
		record.Run > r.last && record.Run%r.Shards == r.Shard
	if !sound {
		r.torn = true
		return false
	}
	r.framed = payload[:n]
	r.last = record.Run
	r.good += int64(n) + 8
	return true
}

// read reads n bytes into memory that is used again. It makes room step by step, so
// that a length that is damage costs nothing.
func (r *journalReader) read(n int) ([]byte, error) {
	const step = 1 << 16
	r.payload = r.payload[:0]
	for len(r.payload) < n {
		from := len(r.payload)
		more := min(step, n-from)
		r.payload = append(r.payload, make([]byte, more)...)
		if _, err := io.ReadFull(r.in, r.payload[from:]); err != nil {
			return nil, err
		}
	}
	return r.payload, nil
}

func (r *journalReader) close() { r.file.Close() }

// OtherError says that a journal belongs to another sweep, or to another version of
// the program.
type OtherError struct{ Path, What string }

func (e *OtherError) Error() string { return e.Path + " " + e.What }

// check refuses runs of another plan or of another results version.
func (r *journalReader) check(plan string) error {
	switch {
	case r.ResultsVersion != models.ResultsVersion:
		return &OtherError{r.path, fmt.Sprintf("holds runs of results version %d, and this program computes version %d: they must not be mixed",
			r.ResultsVersion, models.ResultsVersion)}
	case r.Plan != plan:
		return &OtherError{r.path, fmt.Sprintf("holds runs of another plan: %.12s..., and this one is %.12s...", r.Plan, plan)}
	}
	return nil
}

// Rewrite changes the records of a journal. It is for tests of what must be noticed.
func Rewrite(path string, change func(r *sweep.Record)) error {
	r, err := openJournal(path)
	if err != nil {
		return err
	}
	defer r.close()
	text, err := r.line()
	if err != nil {
		return err
	}
	for {
		record := new(sweep.Record)
		if !r.next(record) {
			break
		}
		change(record)
		text = appendRecord(text, record)
	}
	return os.WriteFile(path, text, 0o666)
}
