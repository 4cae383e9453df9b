package frame

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// createdBy replaces the library's own mark, which holds its version.
const createdBy = "splinternet"

// pageValues is how many values are passed to and from the library at a time.
const pageValues = 1024

// ordered is a group of columns in their own order; the library's sorts by name.
type ordered struct {
	parquet.Group
	fields []parquet.Field
}

func (o ordered) Fields() []parquet.Field { return o.fields }

// schema makes the Parquet schema of a table. Every column is optional, because
// every cell can be blank.
func schema(columns []Heading) *parquet.Schema {
	group := parquet.Group{}
	for _, h := range columns {
		var node parquet.Node
		switch h.Kind {
		case Word:
			node = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
		case Integer:
			node = parquet.Leaf(parquet.Int64Type)
		default:
			node = parquet.Leaf(parquet.DoubleType)
		}
		group[h.Name] = parquet.Optional(parquet.Compressed(node, &parquet.Zstd))
	}
	byName := map[string]parquet.Field{}
	for _, f := range group.Fields() {
		byName[f.Name()] = f
	}
	o := ordered{Group: group}
	for _, h := range columns {
		o.fields = append(o.fields, byName[h.Name])
	}
	return parquet.NewSchema("table", o)
}

// parquetWriter holds a row group back, column by column, and writes it when it is
// full.
type parquetWriter struct {
	out     *parquet.GenericWriter[any]
	columns []Heading
	numbers [][]float64
	words   [][]string
	rows    int
	values  [pageValues]parquet.Value
}

func newParquetWriter(w io.Writer, columns []Heading, metadata map[string]string) *parquetWriter {
	options := []parquet.WriterOption{
		schema(columns), parquet.CreatedBy(createdBy, "1", "0"), parquet.DataPageStatistics(true),
	}
	for key, value := range metadata { // the library sorts them
		options = append(options, parquet.KeyValueMetadata(key, value))
	}
	p := &parquetWriter{
		out: parquet.NewGenericWriter[any](w, options...), columns: columns,
		numbers: make([][]float64, len(columns)), words: make([][]string, len(columns)),
	}
	return p
}

func (p *parquetWriter) append(row []Cell) error {
	for k := range row {
		if p.columns[k].Kind == Word {
			p.words[k] = append(p.words[k], row[k].Word)
		} else {
			p.numbers[k] = append(p.numbers[k], row[k].Number)
		}
	}
	p.rows++
	if p.rows < groupRows {
		return nil
	}
	return p.flush()
}

// flush writes the row group that is held back.
func (p *parquetWriter) flush() error {
	if p.rows == 0 {
		return nil
	}
	for k, w := range p.out.ColumnWriters() {
		for from := 0; from < p.rows; from += pageValues {
			n := min(pageValues, p.rows-from)
			for r := range n {
				p.values[r] = p.value(k, from+r)
			}
			if _, err := w.WriteRowValues(p.values[:n]); err != nil {
				return err
			}
		}
		p.numbers[k], p.words[k] = p.numbers[k][:0], p.words[k][:0]
	}
	p.rows = 0
	return p.out.Flush()
}

func (p *parquetWriter) value(column, row int) parquet.Value {
	var v parquet.Value
	switch p.columns[column].Kind {
	case Word:
		s := p.words[column][row]
		if s == "" {
			return parquet.NullValue().Level(0, 0, column)
		}
		v = parquet.ByteArrayValue([]byte(s))
	case Integer:
		x := p.numbers[column][row]
		if math.IsNaN(x) {
			return parquet.NullValue().Level(0, 0, column)
		}
		v = parquet.Int64Value(int64(x))
	default:
		x := p.numbers[column][row]
		if math.IsNaN(x) {
			return parquet.NullValue().Level(0, 0, column)
		}
		v = parquet.DoubleValue(x)
	}
	return v.Level(0, 1, column)
}

func (p *parquetWriter) close() error {
	if err := p.flush(); err != nil {
		return err
	}
	return p.out.Close()
}

// sound turns a panic of the library on a damaged file into an error.
func sound(path string, read func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s is damaged: %v", path, r)
		}
	}()
	return read()
}

func openParquet(path string) (*os.File, *parquet.File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	size, err := footed(file)
	if err == nil {
		var p *parquet.File
		if p, err = parquet.OpenFile(file, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true)); err == nil {
			return file, p, nil
		}
	}
	file.Close()
	return nil, nil, fmt.Errorf("%s is no Parquet file that can be read: %w", path, err)
}

// footed returns the size of a file that is large enough for the footer that it
// announces; the library would make room for one of any size.
func footed(file *os.File) (size int64, err error) {
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	size = info.Size()
	var tail [8]byte // the footer's length and the format's mark
	if size < int64(len(tail)) {
		return 0, errors.New("it is too short")
	}
	if _, err := file.ReadAt(tail[:], size-int64(len(tail))); err != nil {
		return 0, err
	}
	if int64(binary.LittleEndian.Uint32(tail[:])) > size-int64(len(tail)) {
		return 0, errors.New("its end is damaged")
	}
	return size, nil
}

func describeParquet(path string) (columns []Heading, metadata map[string]string, err error) {
	err = sound(path, func() error {
		file, p, err := openParquet(path)
		if err != nil {
			return err
		}
		defer file.Close()
		metadata = map[string]string{}
		for _, kv := range p.Metadata().KeyValueMetadata {
			metadata[kv.Key] = kv.Value
		}
		for _, c := range p.Root().Columns() {
			if !c.Leaf() || c.Repeated() {
				return fmt.Errorf("%s: column %q is nested, and only flat tables can be read", path, c.Name())
			}
			kind := Number
			switch c.Type().Kind() {
			case parquet.Boolean, parquet.ByteArray, parquet.FixedLenByteArray:
				kind = Word
			case parquet.Int32, parquet.Int64:
				kind = Integer
			case parquet.Float, parquet.Double:
			default:
				return fmt.Errorf("%s: column %q has a type that cannot be read: %s", path, c.Name(), c.Type())
			}
			columns = append(columns, Heading{c.Name(), kind})
		}
		if len(columns) == 0 {
			return fmt.Errorf("%s has no columns", path)
		}
		if err := duplicate(columns); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return nil
	})
	return columns, metadata, err
}

func eachParquet(path string, columns []Heading, chosen []int, fn func(row []Cell) error) error {
	// What fn returns, or how it panics, must not be taken for damage.
	var stopped error
	var panicked any
	guarded := func(row []Cell) (err error) {
		defer func() {
			if panicked = recover(); panicked != nil {
				err = errors.New("panic")
			}
		}()
		return fn(row)
	}
	err := sound(path, func() error {
		file, p, err := openParquet(path)
		if err != nil {
			return err
		}
		defer file.Close()
		for _, group := range p.RowGroups() {
			if stopped, err = eachInGroup(group, columns, chosen, guarded); stopped != nil || err != nil {
				break
			}
		}
		if err != nil {
			return fmt.Errorf("%s is damaged: %w", path, err)
		}
		return nil
	})
	if panicked != nil {
		panic(panicked)
	}
	if stopped != nil {
		return stopped
	}
	return err
}

// eachInGroup hands on the rows of one row group, reading all its columns in step.
func eachInGroup(group parquet.RowGroup, columns []Heading, chosen []int, fn func(row []Cell) error) (stopped, err error) {
	chunks := group.ColumnChunks()
	readers := make([]*columnReader, len(chosen))
	for n, k := range chosen {
		if k >= len(chunks) || chunks[k].NumValues() != group.NumRows() {
			return nil, fmt.Errorf("column %q has no value for every row", columns[k].Name)
		}
		readers[n] = &columnReader{pages: chunks[k].Pages(), kind: columns[k].Kind, interned: map[string]string{}}
		defer readers[n].close()
	}
	row := make([]Cell, len(chosen))
	for range group.NumRows() {
		for n, r := range readers {
			if row[n], err = r.next(); err != nil {
				return nil, fmt.Errorf("column %q: %w", columns[chosen[n]].Name, err)
			}
		}
		if stopped = fn(row); stopped != nil {
			return stopped, nil
		}
	}
	return nil, nil
}

// columnReader reads one column of a row group, a page at a time.
type columnReader struct {
	kind     Kind
	pages    parquet.Pages
	page     parquet.Page
	values   parquet.ValueReader
	buffer   [pageValues]parquet.Value
	at, n    int
	interned map[string]string // words repeat, and a page's memory is used again
}

// maxInterned bounds the memory for words that do not repeat after all.
const maxInterned = 4096

func (r *columnReader) next() (Cell, error) {
	for r.at == r.n {
		if err := r.fill(); err != nil {
			return Cell{}, err
		}
	}
	v := r.buffer[r.at]
	r.at++
	return r.cell(v)
}

func (r *columnReader) fill() error {
	for {
		if r.values == nil {
			page, err := r.pages.ReadPage()
			if errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			if err != nil {
				return err
			}
			r.page, r.values = page, page.Values()
		}
		n, err := r.values.ReadValues(r.buffer[:])
		r.at, r.n = 0, n
		if n > 0 {
			return nil
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		parquet.Release(r.page)
		r.page, r.values = nil, nil
	}
}

func (r *columnReader) close() {
	if r.page != nil {
		parquet.Release(r.page)
	}
	r.pages.Close()
}

func (r *columnReader) cell(v parquet.Value) (Cell, error) {
	blank := v.IsNull()
	if r.kind == Word {
		switch {
		case blank:
			return Cell{}, nil
		case v.Kind() == parquet.Boolean:
			return Cell{Word: fmt.Sprint(v.Boolean())}, nil
		}
		return Cell{Word: r.intern(v.ByteArray())}, nil
	}
	if blank {
		return Cell{Number: math.NaN()}, nil
	}
	switch v.Kind() {
	case parquet.Int32:
		return Cell{Number: float64(v.Int32())}, nil
	case parquet.Int64:
		return Cell{Number: float64(v.Int64())}, nil
	case parquet.Float:
		return Cell{Number: float64(v.Float())}, nil
	case parquet.Double:
		return Cell{Number: v.Double()}, nil
	}
	return Cell{}, fmt.Errorf("a value of kind %s", v.Kind())
}

func (r *columnReader) intern(b []byte) string {
	if s, ok := r.interned[string(b)]; ok {
		return s
	}
	s := strings.Clone(string(b))
	if len(r.interned) < maxInterned {
		r.interned[s] = s
	}
	return s
}
