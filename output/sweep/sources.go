package sweep

import (
	"bytes"
	"container/heap"
	"fmt"

	"splinternet/scenarios/studies/sweep"
)

// DifferError says that two journals have different results for one run.
type DifferError struct {
	Run  int
	A, B string // the journals
}

func (e *DifferError) Error() string {
	return fmt.Sprintf("%s and %s differ in run %d, though a run is a function of the plan: they come from different platforms, or one of them is damaged",
		e.A, e.B, e.Run)
}

// sources hands on the records of many journals in the order of their runs.
type sources struct {
	list  []*source
	heap  sourceHeap
	given *source // whose record was handed on last
}

// source is a journal and its next record.
type source struct {
	reader *journalReader
	record sweep.Record
}

type sourceHeap []*source

func (h sourceHeap) Len() int           { return len(h) }
func (h sourceHeap) Less(a, b int) bool { return h[a].record.Run < h[b].record.Run }
func (h sourceHeap) Swap(a, b int)      { h[a], h[b] = h[b], h[a] }
func (h *sourceHeap) Push(x any)        { *h = append(*h, x.(*source)) }
func (h *sourceHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

func (s *sources) begin() {
	for _, src := range s.list {
		if src.reader.next(&src.record) {
			s.heap = append(s.heap, src)
		}
	}
	heap.Init(&s.heap)
}

// next is the record of the next run, valid until the following call; nil at the end.
// Where several journals hold the run they must agree to the bit.
func (s *sources) next() (*sweep.Record, error) {
	if s.given != nil {
		if s.given.reader.next(&s.given.record) {
			heap.Push(&s.heap, s.given)
		}
		s.given = nil
	}
	if len(s.heap) == 0 {
		return nil, nil
	}
	first := heap.Pop(&s.heap).(*source)
	for len(s.heap) > 0 && s.heap[0].record.Run == first.record.Run {
		twin := s.heap[0]
		if !bytes.Equal(first.reader.framed, twin.reader.framed) {
			return nil, &DifferError{first.record.Run, first.reader.path, twin.reader.path}
		}
		if twin.reader.next(&twin.record) {
			heap.Fix(&s.heap, 0)
		} else {
			heap.Pop(&s.heap)
		}
	}
	s.given = first
	return &first.record, nil
}

func (s *sources) close() {
	for _, src := range s.list {
		src.reader.close()
	}
}
