package experiment

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
)

// Job computes result i. A worker owns its job, so a job may reuse memory from
// one call to the next.
type Job[R any] func(ctx context.Context, i int) (R, error)

// Failure is the error of one job; the other jobs go on.
type Failure struct {
	Index int
	Err   error
	Stack string // set when the job panicked
}

func (f *Failure) Error() string { return fmt.Sprintf("run %d: %v", f.Index, f.Err) }

// Unwrap returns the job's own error.
func (f *Failure) Unwrap() error { return f.Err }

// Ordered runs jobs from..n-1 on the given number of workers and calls deliver
// once for each, strictly in order of index, from one goroutine. A job that
// fails or panics is delivered with a *Failure. Memory holds at most a few
// results a worker, however many jobs there are.
//
// When the context is done, jobs under way are given up, what was finished in
// unbroken order is delivered, and Ordered returns the number delivered and the
// context's error. An error of deliver stops everything and is returned.
func Ordered[R any](
	ctx context.Context, from, n, workers int,
	newJob func() (Job[R], error),
	deliver func(i int, result R, failure *Failure) error,
) (delivered int, err error) {
	workers = max(1, min(workers, n-from))
	jobs := make([]Job[R], workers)
	for k := range jobs {
		if jobs[k], err = newJob(); err != nil {
			return 0, err
		}
	}
	inner, cancel := context.WithCancel(ctx)
	defer cancel()
	room := make(chan struct{}, 4*workers)
	pending := map[int]outcome[R]{}
	next := from
	for o := range work(inner, jobs, from, n, room) {
		pending[o.index] = o
		for err == nil {
			ready, ok := pending[next]
			if !ok {
				break
			}
			delete(pending, next)
			if err = deliver(next, ready.result, ready.failure); err != nil {
				cancel()
				break
			}
			next++
			<-room
		}
	}
	if err == nil && next < n {
		err = ctx.Err()
	}
	return next - from, err
}

// outcome is what has come of a job.
type outcome[R any] struct {
	index   int
	result  R
	failure *Failure
}

// work runs jobs from..n-1, each once there is room for one more result, and returns
// what comes of them in the order in which they end. The channel closes when all have
// ended, or when the context is done.
func work[R any](ctx context.Context, jobs []Job[R], from, n int, room chan<- struct{}) <-chan outcome[R] {
	indices := make(chan int)
	outcomes := make(chan outcome[R], cap(room))
	var wait sync.WaitGroup
	for _, job := range jobs {
		wait.Go(func() {
			for i := range indices {
				result, failure := attempt(ctx, job, i)
				if ctx.Err() != nil {
					return
				}
				outcomes <- outcome[R]{i, result, failure}
			}
		})
	}
	wait.Go(func() {
		defer close(indices)
		for i := from; i < n; i++ {
			select {
			case room <- struct{}{}:
			case <-ctx.Done():
				return
			}
			select {
			case indices <- i:
			case <-ctx.Done():
				return
			}
		}
	})
	go func() { wait.Wait(); close(outcomes) }()
	return outcomes
}

// attempt turns a panic of the job into a Failure with its stack.
func attempt[R any](ctx context.Context, job Job[R], i int) (result R, failure *Failure) {
	defer func() {
		if r := recover(); r != nil {
			failure = &Failure{Index: i, Err: fmt.Errorf("panic: %v", r), Stack: string(debug.Stack())}
		}
	}()
	result, err := job(ctx, i)
	if err != nil {
		failure = &Failure{Index: i, Err: err}
	}
	return result, failure
}
