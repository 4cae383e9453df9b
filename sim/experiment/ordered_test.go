package experiment

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"
)

// repeat gives every worker the same job.
func repeat(job Job[int]) func() (Job[int], error) {
	return func() (Job[int], error) { return job, nil }
}

// TestOrder delivers each result once and in order, whatever the workers and
// whichever job takes longest.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		from := rapid.IntRange(0, 5).Draw(rt, "from")
		n := rapid.IntRange(0, 40).Draw(rt, "n")
		workers := rapid.IntRange(-1, 9).Draw(rt, "workers")
		delays := rapid.SliceOfN(rapid.IntRange(0, 9), n, n).Draw(rt, "delays")
		synctest.Test(t, func(*testing.T) {
			var got []int
			delivered, err := Ordered(context.Background(), from, n, workers, repeat(func(_ context.Context, i int) (int, error) {
				time.Sleep(time.Duration(delays[i]) * time.Millisecond) // on the bubble's clock
				return i * i, nil
			}), func(i, result int, failure *Failure) error {
				if result != i*i || failure != nil {
					rt.Errorf("job %d delivers %d, failure %v", i, result, failure)
				}
				got = append(got, i)
				return nil
			})
			if err != nil || delivered != max(0, n-from) || len(got) != delivered {
				rt.Errorf("from %d to %d: delivered %d, %d calls, error %v", from, n, delivered, len(got), err)
			}
			for k, i := range got {
				if i != from+k {
					rt.Errorf("delivery %d is job %d", k, i)
				}
			}
		})
	})
}

// TestWindow holds the first job back: no more jobs may start than the window has
// room for, however many there are.
func TestWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const workers, jobs = 3, 1000
		var started atomic.Int32
		hold := make(chan struct{})
		done := make(chan int)
		go func() {
			delivered, _ := Ordered(context.Background(), 0, jobs, workers, repeat(func(_ context.Context, i int) (int, error) {
				started.Add(1)
				if i == 0 {
					<-hold
				}
				return i, nil
			}), func(int, int, *Failure) error { return nil })
			done <- delivered
		}()
		synctest.Wait()
		if got := started.Load(); got > 4*workers || got < workers {
			t.Errorf("%d jobs started while the first was under way; want at most %d", got, 4*workers)
		}
		close(hold)
		if delivered := <-done; delivered != jobs {
			t.Errorf("%d results of %d", delivered, jobs)
		}
	})
}

func TestFailures(t *testing.T) {
	odd := errors.New("odd")
	failures, fine := map[int]*Failure{}, 0
	delivered, err := Ordered(context.Background(), 0, 20, 4, repeat(func(_ context.Context, i int) (int, error) {
		switch {
		case i == 7:
			panic("seven")
		case i%2 == 1:
			return 0, odd
		}
		return i, nil
	}), func(i, result int, failure *Failure) error {
		if failure != nil {
			failures[i] = failure
		} else {
			fine++
		}
		return nil
	})
	if err != nil || delivered != 20 || fine != 10 || len(failures) != 10 {
		t.Fatalf("delivered %d (error %v): %d fine, %d failed", delivered, err, fine, len(failures))
	}
	if f := failures[3]; !errors.Is(f, odd) || f.Index != 3 || f.Stack != "" || f.Error() != "run 3: odd" {
		t.Errorf("job 3 fails with %v", f)
	}
	if f := failures[7]; !strings.Contains(f.Error(), "panic: seven") || !strings.Contains(f.Stack, "ordered_test.go") {
		t.Errorf("the panic of job 7 becomes %v with the stack %q", f, f.Stack)
	}
}

func TestNewJobFails(t *testing.T) {
	bad := errors.New("no memory")
	calls := 0
	delivered, err := Ordered(context.Background(), 0, 9, 3, func() (Job[int], error) {
		if calls++; calls == 2 {
			return nil, bad
		}
		return func(context.Context, int) (int, error) { return 0, nil }, nil
	}, func(int, int, *Failure) error { t.Error("something is delivered"); return nil })
	if delivered != 0 || !errors.Is(err, bad) {
		t.Errorf("delivered %d, error %v", delivered, err)
	}
}

// TestCancel cancels at any moment: what was delivered is an unbroken prefix, and
// the error is the context's.
func TestCancel(t *testing.T) {
	for _, at := range []int{0, 1, 13, 50} {
		for _, workers := range []int{1, 2, 7} {
			ctx, cancel := context.WithCancel(context.Background())
			next := 0
			delivered, err := Ordered(ctx, 0, 200, workers, repeat(func(ctx context.Context, i int) (int, error) {
				if i == at {
					cancel()
				}
				return i, ctx.Err()
			}), func(i, _ int, failure *Failure) error {
				if i != next || failure != nil {
					t.Errorf("after %d comes %d, failure %v", next, i, failure)
				}
				next++
				return nil
			})
			if !errors.Is(err, context.Canceled) || delivered != next || delivered > at {
				t.Errorf("cancelled in job %d, %d workers deliver %d (%d calls) and return %v", at, workers, delivered, next, err)
			}
		}
	}
	// Cancelled after the last delivery, there is nothing to complain about.
	ctx, cancel := context.WithCancel(context.Background())
	delivered, err := Ordered(ctx, 0, 3, 2, repeat(func(_ context.Context, i int) (int, error) { return i, nil }), func(i, _ int, _ *Failure) error {
		if i == 2 {
			cancel()
		}
		return nil
	})
	if delivered != 3 || err != nil {
		t.Errorf("finished before it was cancelled: delivered %d, error %v", delivered, err)
	}
}

func TestDeliverStops(t *testing.T) {
	full := errors.New("disk full")
	var started atomic.Int32
	calls := 0
	delivered, err := Ordered(context.Background(), 0, 10000, 3, repeat(func(_ context.Context, i int) (int, error) {
		started.Add(1)
		return i, nil
	}), func(i, _ int, _ *Failure) error {
		calls++
		if i == 5 {
			return full
		}
		return nil
	})
	if delivered != 5 || calls != 6 || !errors.Is(err, full) {
		t.Errorf("delivered %d in %d calls, error %v", delivered, calls, err)
	}
	if n := started.Load(); n > 5+1+4*3 {
		t.Errorf("%d jobs started although the sixth could not be written", n)
	}
}

// Whatever the number of workers, results arrive in order of their index.
func ExampleOrdered() {
	square := func() (Job[int], error) {
		return func(_ context.Context, i int) (int, error) { return i * i, nil }, nil
	}
	n, err := Ordered(context.Background(), 2, 5, 3, square, func(i, result int, _ *Failure) error {
		fmt.Println(i, result)
		return nil
	})
	fmt.Println(n, err)
	// Output:
	// 2 4
	// 3 9
	// 4 16
	// 3 <nil>
}

// BenchmarkOrdered is the price of handing on one empty job.
func BenchmarkOrdered(b *testing.B) {
	_, err := Ordered(context.Background(), 0, b.N, 2, repeat(func(_ context.Context, i int) (int, error) { return i, nil }),
		func(int, int, *Failure) error { return nil })
	if err != nil {
		b.Fatal(err)
	}
}
