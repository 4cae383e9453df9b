package seminar

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/scenarios"
)

// site is a served room.
type site struct {
	*httptest.Server
	t    *testing.T
	room *room.Room
	s    *Server
	key  string // of the instructor
	base string
}

func newSite(t *testing.T, scenario string, rounds int, o Options) *site {
	t.Helper()
	s, err := scenarios.Load(scenario, scenarios.Options{})
	must(t, err)
	plan, err := room.Fit(s.Calendar, rounds, 1)
	must(t, err)
	path := filepath.Join(t.TempDir(), "room.jsonl")
	must(t, room.Create(path, room.NewSetup(s, scenario+".toml", 1, "90min", plan)))
	return serve(t, path, "127.0.0.1:0", o)
}

// serve serves a room file at an address.
func serve(t *testing.T, path, address string, o Options) *site {
	t.Helper()
	r, err := room.Open(path)
	must(t, err)
	key := room.NewToken()
	must(t, r.Do(room.AddKey(key)))
	var talk bytes.Buffer
	o.Talk = &talk
	server := New(r, o)
	web := httptest.NewUnstartedServer(server)
	web.Listener.Close()
	web.Listener, err = net.Listen("tcp", address)
	must(t, err)
	web.Start()
	site := &site{Server: web, t: t, room: r, s: server, key: key, base: o.Base}
	t.Cleanup(func() {
		site.kill()
		if talk.Len() > 0 {
			t.Errorf("the server says: %s", talk.String())
		}
	})
	return site
}

// kill ends the server as a power cut would: connections break, and nothing is
// written any more.
func (s *site) kill() {
	s.Listener.Close()
	s.CloseClientConnections()
	s.room.Close()
	s.Close()
}

// restart kills the server and starts another on the same room and address.
func (s *site) restart() *site {
	s.t.Helper()
	s.kill()
	return serve(s.t, s.room.Path(), s.Listener.Addr().String(), s.s.options)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// browser is one person's browser, without JavaScript.
type browser struct {
	site   *site
	client *http.Client
	page   string // last page
	status int
	header http.Header
	at     string // path of the last page
}

func (s *site) browser() *browser {
	jar, err := cookiejar.New(nil)
	must(s.t, err)
	return &browser{site: s, client: &http.Client{Jar: jar, Timeout: 20 * time.Second}}
}

func (b *browser) do(r *http.Request) *browser {
	b.site.t.Helper()
	answer, err := b.client.Do(r)
	must(b.site.t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(b.site.t, err)
	b.page, b.status, b.header, b.at = string(text), answer.StatusCode, answer.Header, answer.Request.URL.Path
	return b
}

func (b *browser) get(path string) *browser {
	b.site.t.Helper()
	r, err := http.NewRequestWithContext(b.site.t.Context(), http.MethodGet, b.site.URL+b.site.base+path, nil)
	must(b.site.t, err)
	return b.do(r)
}

// post sends a form as a browser would: to the path, with the hidden fields of the
// last page.
func (b *browser) post(path string, list ...string) *browser {
	b.site.t.Helper()
	values := b.hidden(path)
	for k := 0; k+1 < len(list); k += 2 {
		values.Set(list[k], list[k+1])
	}
	return b.postExactly(path, values)
}

func (b *browser) postExactly(path string, values url.Values) *browser {
	b.site.t.Helper()
	r, err := http.NewRequestWithContext(b.site.t.Context(), http.MethodPost, b.site.URL+b.site.base+path, strings.NewReader(values.Encode()))
	must(b.site.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", b.site.URL)
	return b.do(r)
}

var (
	formPattern   = regexp.MustCompile(`(?s)<form method="post" action="([^"]*)".*?</form>`)
	tagPattern    = regexp.MustCompile(`(?s)<[^>]*>`)
	hiddenPattern = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
)

// hidden are the hidden fields of the first form of the last page that goes to a
// path.
func (b *browser) hidden(path string) url.Values {
	values := url.Values{}
	for _, form := range formPattern.FindAllStringSubmatch(b.page, -1) {
		if form[1] != b.site.base+path {
			continue
		}
		for _, field := range hiddenPattern.FindAllStringSubmatch(form[0], -1) {
			values.Set(field[1], field[2])
		}
		return values
	}
	return values
}

func (b *browser) sees(text string) *browser {
	b.site.t.Helper()
	if !strings.Contains(b.page, text) {
		b.site.t.Fatalf("%s (%d) does not show %q:\n%s", b.at, b.status, text, b.words())
	}
	return b
}

// words are the words of the page, the first of them.
func (b *browser) words() string {
	text := strings.Join(strings.Fields(tagPattern.ReplaceAllString(b.page, " ")), " ")
	return text[:min(len(text), 1500)]
}

func (b *browser) gets(status int) *browser {
	b.site.t.Helper()
	if b.status != status {
		b.site.t.Fatalf("%s: status %d, want %d:\n%s", b.at, b.status, status, b.words())
	}
	return b
}

// student joins and takes a delegation.
func (s *site) student(agent, name string) *browser {
	s.t.Helper()
	state := s.room.View().State
	b := s.browser().get("/?code=" + state.Setup.Code)
	b.post("/claim", "agent", agent, "name", name).gets(http.StatusOK)
	if b.at != s.base+"/seat" {
		s.t.Fatalf("%s stands at %s:\n%s", name, b.at, b.page)
	}
	return b
}

func (s *site) instructor() *browser {
	s.t.Helper()
	b := s.browser().get("/control?key=" + s.key).gets(http.StatusOK)
	if b.at != s.base+"/control" {
		s.t.Fatalf("the instructor stands at %s", b.at)
	}
	return b
}

// A whole lesson, without JavaScript, at the root and under a base path.
func TestLesson(t *testing.T) {
	for _, o := range []Options{{}, {Base: "/cyber/room"}} {
		site := newSite(t, "two-blocs", 2, o)
		boss := site.instructor()
		boss.sees("Begin round 1")
		har, esk := site.student("state.HAR", "Ada"), site.student("state.ESK", "Ben")
		firm, chair := site.student("firm.eskadron", "Cem"), site.student("deal", "Dee")
		har.sees("Role card")
		chair.sees("Aldia") // the largest that was free
		boss.get("/control").post("/control/begin").sees("Close and resolve round 1")
		har.get("/seat").post("/order", "vote:assembly-1", "no", "effort::1", "60", "effort::2", "60").gets(http.StatusUnprocessableEntity)
		har.sees("yours add up to 120 %")
		har.sees(`value="60"`) // what was typed is still there
		har.post("/order", "vote:assembly-1", "no", "effort::1", "60", "effort::2", "40", "draft-forum", "assembly", "draft-title", "A code", "draft-position", "50", "draft-depth", "30", "note", "The middle holds").gets(http.StatusOK)
		har.sees("Your orders are filed")
		har.sees("1 of 4 have filed")
		firm.get("/seat").post("/order", "lobby::at", "20", "lobby::number", "90").sees("Your orders are filed")
		boss.get("/control").sees("filed")
		boss.get("/control/paper?agent=state.FEN").sees("Paper of Fennia")
		boss.post("/control/paper", "vote:assembly-1", "yes").sees("The paper is filed")
		boss.post("/control/inject", "effect", "crisis", "headline", "Lights <out>", "a", "FEN", "b", "DEL").sees("Lights &lt;out&gt;")
		esk.get("/seat").sees("Lights &lt;out&gt;")
		boss.get("/control").post("/control/resolve").sees("Round 2 of 2")
		har.get("/seat").sees("Results")
		har.sees("Your text “A code” is decided in this round")
		esk.get("/seat").sees("A code")
		esk.get("/projector").sees("Still to file")
		boss.get("/projector").sees("Still to file")
		for who, paths := range map[*browser][]string{boss: {"/control", "/projector"}, esk: {"/seat", "/projector"}} {
			for _, path := range paths { // or the page would load itself anew for ever
				state := site.room.View().State
				who.get(path).sees(fmt.Sprintf(`data-turn="%d" data-round="2"`, state.Turn))
			}
		}
		esk.get("/debrief").gets(http.StatusForbidden)
		boss.get("/control").post("/control/resolve").sees("All rounds are played")
		boss.post("/control/debrief").sees("Close the debrief")
		esk.get("/debrief").gets(http.StatusOK).sees("Without you")
		esk.get("/debrief?choice=" + url.QueryEscape("1|state.HAR|vote:assembly-1") + "&value=yes").gets(http.StatusOK).sees("What if: Haruna: vote assembly-1 is yes")
		esk.sees("End states over time")
		esk.sees("January 2020 to ")
		esk.get("/debrief/pack.html").gets(http.StatusOK).sees("The middle holds")
		esk.get("/export/log.csv").gets(http.StatusForbidden)
		boss.get("/export/log.csv").gets(http.StatusOK).sees("The middle holds")
		boss.get("/export/class.toml").sees("[[decision]]")
		boss.get("/export/room.jsonl").sees("splinternet-room")
		boss.get("/export/tables.zip").gets(http.StatusOK)
		if !strings.HasPrefix(boss.page, "PK") {
			t.Error("the tables are no zip file")
		}
		boss.get("/control").post("/control/back", "round", "2").sees("Round 2 of 2")
		esk.get("/nothing").gets(http.StatusNotFound)
	}
}

// Killed and started again at the same address: the same round, seats and orders;
// cookies and forms of the time before still do.
func TestRestart(t *testing.T) {
	site := newSite(t, "two-blocs", 3, Options{})
	har := site.student("state.HAR", "Ada")
	boss := site.instructor()
	boss.post("/control/begin")
	har.get("/seat").post("/order", "vote:assembly-1", "no")
	boss.get("/control").post("/control/resolve")
	har.get("/seat").sees("Orders for round 2")
	site = site.restart()
	har.site, boss.site = site, site
	har.post("/order", "ban:alphanet", "1").gets(http.StatusOK).sees("Your orders are filed")
	boss.get("/control").gets(http.StatusOK).sees("Round 2 of 3")
	site.instructor().sees("Round 2 of 3") // the new key does, too
	if state := site.room.View().State; state.Game.Orders[1]["state.HAR"].Find("ban:alphanet") == nil {
		t.Error("the order of the old page is lost")
	}
}

// Serve ends with its context, though streams are open.
func TestServeEnds(t *testing.T) {
	site := newSite(t, "two-blocs", 2, Options{})
	har := site.student("state.HAR", "Ada")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- site.s.Serve(ctx, listener) }()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+listener.Addr().String()+"/events", nil)
	must(t, err)
	old, err := url.Parse(site.URL)
	must(t, err)
	for _, c := range har.client.Jar.Cookies(old) {
		r.AddCookie(c)
	}
	answer, err := http.DefaultClient.Do(r)
	must(t, err)
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("status %d", answer.StatusCode)
	}
	cancel()
	select {
	case err := <-done:
		must(t, err)
	case <-time.After(5 * time.Second):
		t.Fatal("the server does not end while a stream is open")
	}
}
