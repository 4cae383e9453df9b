//go:build unix

package seminar

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"splinternet/cmd/splinternet/seminar/delegation"
)

// phone is a student with an open event stream who loads the page anew when the
// turn changes, as the script of the page does.
type phone struct {
	*browser
	turn     atomic.Int64
	reloaded chan time.Time
}

// listen follows the stream until it ends.
func (p *phone) listen(t *testing.T, ready *sync.WaitGroup) {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, p.site.URL+"/events", nil)
	if err != nil {
		t.Error(err)
		return
	}
	client := *p.client
	client.Timeout = 0
	answer, err := client.Do(r)
	if err != nil {
		t.Error(err)
		return
	}
	defer answer.Body.Close()
	lines, first := bufio.NewScanner(answer.Body), true
	for lines.Scan() {
		text, is := strings.CutPrefix(lines.Text(), "data: ")
		if !is {
			continue
		}
		var n news
		if err := json.Unmarshal([]byte(text), &n); err != nil {
			t.Error(err)
			return
		}
		before := p.turn.Swap(int64(n.Turn))
		if first {
			first = false
			ready.Done()
			continue
		}
		if before == int64(n.Turn) {
			continue
		}
		page, err := client.Get(p.site.URL + "/seat")
		if err != nil {
			return // the test is over
		}
		scan, found := bufio.NewScanner(page.Body), false
		scan.Buffer(nil, 1<<20)
		for scan.Scan() {
			found = found || strings.Contains(scan.Text(), fmt.Sprintf("Orders for round %d", n.Round))
		}
		page.Body.Close()
		if !found {
			t.Errorf("a phone has not got the page of round %d", n.Round)
		}
		p.reloaded <- time.Now()
	}
}

// Sixty students on phones, each with an open stream: they all file within a few
// seconds, the round resolves, and every phone shows the next round within a
// second. The world is the large one. Where others use the machine, the processor
// time that all of it takes, the phones included, bounds what it would take alone.
func TestSixtyPhones(t *testing.T) {
	const limit = time.Second
	students := 60
	if raceDetector {
		students = 12 // it looks for races, and takes ten times as long
	}
	site := newSite(t, "baseline", 12, Options{})
	boss := site.instructor()
	var agents []string
	for _, a := range delegation.Agents(site.room.View().Scenario.World) {
		if len(agents) < students {
			agents = append(agents, a.ID)
		}
	}
	phones := make([]*phone, students)
	began := time.Now()
	var all, ready sync.WaitGroup
	for k, agent := range agents {
		all.Go(func() {
			phones[k] = &phone{browser: site.student(agent, fmt.Sprintf("Student %d", k)), reloaded: make(chan time.Time, 100)}
		})
	}
	all.Wait()
	if t.Failed() {
		t.FailNow()
	}
	t.Logf("%d phones have joined in %v", students, time.Since(began).Round(time.Millisecond))
	boss.get("/control").post("/control/begin").gets(http.StatusOK)
	ready.Add(students)
	for _, p := range phones {
		go p.listen(t, &ready)
	}
	ready.Wait()
	slowest := time.Hour
	for round := 1; round <= 2; round++ {
		began = time.Now()
		for _, p := range phones {
			all.Go(func() {
				p.get("/seat").post("/order", "answer:", "protest", "effort::1", "50", "effort::2", "50", "note", "We hold our line.")
				if p.status != http.StatusOK || !strings.Contains(p.page, "Your orders are filed") {
					t.Errorf("status %d: %s", p.status, p.page)
				}
			})
		}
		all.Wait()
		t.Logf("round %d: %d orders are on disk in %v", round, students, time.Since(began).Round(time.Millisecond))
		began = time.Now()
		before := processor(t)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site.URL+"/control/resolve",
			strings.NewReader(url.Values{"form": {formToken(site.key)}, "round": {fmt.Sprint(round)}}.Encode()))
		must(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", site.URL)
		boss.do(r).gets(http.StatusOK)
		var took []time.Duration
		for _, p := range phones {
			select {
			case at := <-p.reloaded:
				took = append(took, at.Sub(began))
			case <-time.After(20 * time.Second):
				t.Fatal("a phone is left behind")
			}
		}
		slices.Sort(took)
		last, used := took[len(took)-1], processor(t)-before
		t.Logf("round %d: resolved, and shown by half the phones after %v, by all after %v, with %v of processor time", round,
			took[len(took)/2].Round(time.Millisecond), last.Round(time.Millisecond), used.Round(time.Millisecond))
		slowest = min(slowest, last, used)
	}
	if slowest > limit && !raceDetector {
		t.Errorf("all phones show the next round after %v; %v is promised", slowest, limit)
	}
}

// processor is the processor time that the program has taken.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	must(t, syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
