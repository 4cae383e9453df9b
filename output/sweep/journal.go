package sweep

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// A journal takes down finished runs, in the order of their index. It begins with a
// line of JSON that says to which plan it belongs. Records follow: the length of the
// payload, the payload, and a checksum of both, so that a record that was cut off or
// damaged is known for what it is. All numbers are little-endian.

// Journals are written out in blocks of runs, and at least so often.
const (
	blockRuns  = 256
	flushPause = 2 * time.Second
)

// maxPayload is longer than any record: more is damage.
const maxPayload = 64 << 20

const journalFormat = "splinternet-journal"

// journalVersion is the version of the journal's layout.
const journalVersion = 1

// Record is what is kept of one run.
type Record struct {
	Run        int
	Label      string
	Margin     float64
	Borderline bool
	Error      string    // of a run that failed, which has nothing else
	Values     []float64 // first, last and end value of each measure in turn
	Ticks      []float64 // the measures at each tick in turn; empty unless the plan keeps them
	Start      int64     // day of the first tick, Unix; with Ticks
	Months     int       // of a tick; with Ticks
}

// Header says to which sweep a journal belongs.
type Header struct {
	Format         string `json:"format"`
	Version        int    `json:"version"`
	ResultsVersion int    `json:"results_version"`
	Plan           string `json:"plan"` // its hash
	Shard          int    `json:"shard"`
	Shards         int    `json:"shards"`
}

// checksum is that of CRC-32C (Castagnoli), which processors compute.
var checksum = crc32.MakeTable(crc32.Castagnoli)

// appendRecord encodes a record with its frame.
func appendRecord(b []byte, r *Record) []byte {
	from := len(b)
	b = append(b, 0, 0, 0, 0)
	b = binary.AppendUvarint(b, uint64(r.Run))
	b = appendText(b, r.Error)
	b = appendText(b, r.Label)
	b = appendFloat(b, r.Margin)
	borderline := byte(0)
	if r.Borderline {
		borderline = 1
	}
	b = append(b, borderline)
	b = appendFloats(b, r.Values)
	b = appendFloats(b, r.Ticks)
	b = binary.AppendVarint(b, r.Start)
	b = binary.AppendUvarint(b, uint64(r.Months))
	binary.LittleEndian.PutUint32(b[from:], uint32(len(b)-from-4))
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(b[from:], checksum))
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendFloat(b []byte, x float64) []byte {
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
}

func appendFloats(b []byte, list []float64) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, x := range list {
		b = appendFloat(b, x)
	}
	return b
}

// decoder reads the fields of a payload; after the first that does not fit it is bad.
type decoder struct {
	b   []byte
	bad bool
}

func (d *decoder) take(n uint64) []byte {
	if d.bad || n > uint64(len(d.b)) {
		d.bad = true
		return nil
	}
	part := d.b[:n]
	d.b = d.b[n:]
	return part
}

func (d *decoder) unsigned() uint64 { return varint(d, binary.Uvarint) }

func (d *decoder) signed() int64 { return varint(d, binary.Varint) }

// varint reads a number of as many bytes as it needs.
func varint[T int64 | uint64](d *decoder, read func([]byte) (T, int)) T {
	x, n := read(d.b)
	if n <= 0 {
		d.bad = true
		return 0
	}
	d.b = d.b[n:]
	return x
}

func (d *decoder) float() float64 {
	part := d.take(8)
	if d.bad {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(part))
}

// floats reads a list into memory that is used again.
func (d *decoder) floats(list []float64) []float64 {
	n := d.unsigned()
	if n > uint64(len(d.b)/8) {
		d.bad = true
		return list[:0]
	}
	list = list[:0]
	for range n {
		list = append(list, d.float())
	}
	return list
}

// labels keeps one copy of each word.
type labels map[string]string

func (l labels) of(b []byte) string {
	if s, known := l[string(b)]; known || len(l) > 64 {
		if !known {
			return string(b)
		}
		return s
	}
	s := string(b)
	l[s] = s
	return s
}

func (r *Record) decode(payload []byte, words labels) bool {
	d := &decoder{b: payload}
	run := d.unsigned()
	r.Error = string(d.take(d.unsigned()))
	r.Label = words.of(d.take(d.unsigned()))
	r.Margin = d.float()
	if flag := d.take(1); !d.bad {
		r.Borderline = flag[0] == 1
	}
	r.Values = d.floats(r.Values)
	r.Ticks = d.floats(r.Ticks)
	r.Start = d.signed()
	months := d.unsigned()
	r.Run, r.Months = int(run), int(months)
	return !d.bad && len(d.b) == 0 && run <= math.MaxInt32*1024 && months <= 1200
}

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
func (r *journalReader) next(record *Record) bool {
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
	sound := sum == binary.LittleEndian.Uint32(payload[n:]) && record.decode(payload[:n], r.words) &&
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
func (j *Journal) Append(r *Record) error {
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

// line is the first line of a journal.
func (h Header) line() ([]byte, error) {
	h.Format, h.Version = journalFormat, journalVersion
	text, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	return append(bytes.TrimSpace(text), '\n'), nil
}
