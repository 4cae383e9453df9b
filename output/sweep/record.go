package sweep

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"math"

	"golang.org/x/exp/constraints"

	"splinternet/output/frame"
	"splinternet/scenarios/studies/sweep"
)

// A journal takes down finished runs, in the order of their index. It begins with a
// line of JSON that says to which plan it belongs. Records follow: the length of the
// payload, the payload, and a checksum of both, so that a record that was cut off or
// damaged is known for what it is. All numbers are little-endian.

// maxPayload is longer than any record: more is damage.
const maxPayload = 64 << 20

const journalFormat = "splinternet-journal"

// journalVersion is the version of the journal's layout.
const journalVersion = 1

// Header says to which sweep a journal belongs.
type Header struct {
	Format         string `json:"format"`
	Version        int    `json:"version"`
	ResultsVersion int    `json:"results_version"`
	Plan           string `json:"plan"` // its hash
	Shard          int    `json:"shard"`
	Shards         int    `json:"shards"`
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

// checksum is that of CRC-32C (Castagnoli), which processors compute.
var checksum = crc32.MakeTable(crc32.Castagnoli)

// appendRecord encodes a record with its frame. Numbers are rounded as tables have
// them, so that CSV and Parquet hold the same.
func appendRecord(b []byte, r *sweep.Record) []byte {
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
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(frame.Round(x)))
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

// varint reads a number of as many bytes as it needs.
func varint[T constraints.Integer](d *decoder, read func([]byte) (T, int)) T {
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
	n := varint(d, binary.Uvarint)
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

func decode(r *sweep.Record, payload []byte, words labels) bool {
	d := &decoder{b: payload}
	run := varint(d, binary.Uvarint)
	r.Error = string(d.take(varint(d, binary.Uvarint)))
	r.Label = words.of(d.take(varint(d, binary.Uvarint)))
	r.Margin = d.float()
	if flag := d.take(1); !d.bad {
		r.Borderline = flag[0] == 1
	}
	r.Values = d.floats(r.Values)
	r.Ticks = d.floats(r.Ticks)
	r.Start = varint(d, binary.Varint)
	months := varint(d, binary.Uvarint)
	r.Run, r.Months = int(run), int(months)
	return !d.bad && len(d.b) == 0 && run <= math.MaxInt32*1024 && months <= 1200
}
