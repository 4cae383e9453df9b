package seminar

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"splinternet/cmd/splinternet/seminar/room"
)

// begun is a room in round 1 with one student.
func begun(t *testing.T, o Options) (s *site, boss, student *browser) {
	t.Helper()
	s = newSite(t, "two-blocs", 3, o)
	boss, student = s.instructor(), s.student("state.HAR", "Ada")
	boss.post("/control/begin").gets(http.StatusOK)
	student.get("/seat")
	return s, boss, student
}

func (s *site) filed(agent string) bool {
	state := s.room.View().State
	_, ok := state.Filing(state.Round(), agent)
	return ok
}

// Nobody acts for another: without the key of a seat, or with a made-up one, or
// with another's form, nothing is filed.
func TestForgedOrders(t *testing.T) {
	site, _, ada := begun(t, Options{})
	ben := site.student("state.ESK", "Ben")
	ben.get("/seat")
	form := ada.hidden("/order")
	form.Set("vote:assembly-1", "no")

	nobody := site.browser()
	nobody.postExactly("/order", form).gets(http.StatusForbidden).sees("You have no seat")
	for _, token := range []string{"", "0", strings.Repeat("0", 40), room.NewToken()} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site.URL+"/order", strings.NewReader(form.Encode()))
		must(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(&http.Cookie{Name: site.s.cookieName(seatCookie), Value: token})
		site.browser().do(r).gets(http.StatusForbidden)
	}
	// Ben has a seat of his own. With Ada's form he gets nowhere, and with his own he
	// only ever files for himself, whatever else he sends along.
	ben.postExactly("/order", form).gets(http.StatusForbidden).sees("not from your page")
	ben.get("/seat").post("/order", "agent", "state.HAR", "vote:assembly-1", "no").gets(http.StatusOK)
	if site.filed("state.HAR") || !site.filed("state.ESK") {
		t.Error("Ben filed for Ada")
	}
	ben.get("/control").gets(http.StatusForbidden)
	ben.get("/control?key=" + room.NewToken()).gets(http.StatusForbidden)
	ben.get("/control/paper?agent=state.HAR").gets(http.StatusForbidden)
	for _, act := range []string{"begin", "resolve", "back", "free", "debrief", "inject", "pause", "clock"} {
		ben.postExactly("/control/"+act, url.Values{"form": {formToken(ben.seatKey())}, "round": {"1"}, "agent": {"state.HAR"}}).gets(http.StatusForbidden)
	}
	for _, file := range []string{"log.csv", "room.jsonl", "tables.zip", "class.toml"} {
		ben.get("/export/" + file).gets(http.StatusForbidden)
	}
	if state := site.room.View().State; state.Through != 0 || state.Seats["state.HAR"] == nil {
		t.Error("a student pressed the instructor's buttons")
	}
}

func (b *browser) seatKey() string {
	at, err := url.Parse(b.site.URL)
	must(b.site.t, err)
	for _, c := range b.client.Jar.Cookies(at) {
		if strings.HasPrefix(c.Name, seatCookie) {
			return c.Value
		}
	}
	return ""
}

// Every form of every page needs its token, and refuses another's and none.
func TestCSRF(t *testing.T) {
	site, boss, ada := begun(t, Options{})
	visitor := site.browser().get("/")
	for _, c := range []struct {
		who  *browser
		path string
	}{
		{visitor, "/join"},
		{visitor, "/claim"},
		{ada, "/order"},
		{ada, "/withdraw"},
		{boss, "/control/begin"},
		{boss, "/control/clock"},
		{boss, "/control/pause"},
		{boss, "/control/resume"},
		{boss, "/control/resolve"},
		{boss, "/control/back"},
		{boss, "/control/inject"},
		{boss, "/control/retract"},
		{boss, "/control/free"},
		{boss, "/control/debrief"},
		{boss, "/control/paper"},
	} {
		for _, token := range []string{"", "x", formToken("another key")} {
			c.who.postExactly(c.path, url.Values{"form": {token}, "round": {"1"}, "agent": {"state.HAR"}}).gets(http.StatusForbidden)
			if !strings.Contains(c.who.page, "not from your page") {
				t.Errorf("%s with token %q: %s", c.path, token, c.who.page)
			}
		}
	}
	// A form that another site sends, token or not, is stopped by its origin.
	form := ada.get("/seat").hidden("/order")
	for _, header := range [][2]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}, {"Origin", "null"}} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site.URL+"/order", strings.NewReader(form.Encode()))
		must(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set(header[0], header[1])
		ada.do(r).gets(http.StatusForbidden).sees("another site")
	}
	// All forms of all pages carry a token.
	for who, paths := range map[*browser][]string{
		site.browser(): {"/", "/?code=" + site.s.code}, ada: {"/seat"}, boss: {"/control", "/control/paper?agent=state.IVO"},
	} {
		for _, path := range paths {
			who.get(path)
			for _, form := range formPattern.FindAllString(who.page, -1) {
				if !strings.Contains(form, `name="form" value="`) {
					t.Errorf("%s: a form without a token: %s", path, form)
				}
			}
		}
	}
	if site.filed("state.HAR") {
		t.Error("something was filed")
	}
	if state := site.room.View().State; state.Through != 0 || state.Paused || state.Debrief {
		t.Error("a forged button works")
	}
}

// A form that was sent once, and is sent again: in the same round it changes
// nothing, in the next it is refused.
func TestReplayedAndLateOrders(t *testing.T) {
	site, boss, ada := begun(t, Options{})
	form := ada.hidden("/order")
	form.Set("vote:assembly-1", "no")
	ada.postExactly("/order", form).gets(http.StatusOK).sees("Your orders are filed")
	before := site.room.View().State
	for range 5 {
		ada.postExactly("/order", form).gets(http.StatusOK)
	}
	if after := site.room.View().State; after.Entries != before.Entries {
		t.Errorf("a double click wrote %d entries", after.Entries-before.Entries)
	}
	boss.get("/control").post("/control/resolve").gets(http.StatusOK)
	ada.postExactly("/order", form).gets(http.StatusConflict).sees("Round 1 is closed. These very orders were filed in time")
	form.Set("nonce", "another")
	ada.postExactly("/order", form).gets(http.StatusConflict).sees("Round 1 is closed, so these orders came too late")
	if site.filed("state.HAR") {
		t.Error("an order of round 1 counts in round 2")
	}
	// The instructor's buttons name their round, too.
	boss.postExactly("/control/resolve", url.Values{"form": {formToken(site.key)}, "round": {"1"}}).gets(http.StatusConflict).sees("closed already")
	form.Set("round", "99")
	ada.postExactly("/order", form).gets(http.StatusConflict).sees("not open yet")
	form.Set("round", "-1")
	ada.postExactly("/order", form).gets(http.StatusConflict)
	form.Set("round", "x")
	ada.postExactly("/order", form).gets(http.StatusConflict)
}

func TestSeatTwice(t *testing.T) {
	site, boss, ada := begun(t, Options{})
	code := site.s.code
	other := site.browser().get("/?code=" + code)
	other.post("/claim", "agent", "state.HAR", "name", "Eve").gets(http.StatusConflict).sees("Haruna is taken already")
	if other.seatKey() != "" {
		t.Error("a refused claim sets a key")
	}
	// Whoever has a seat does not get a second one.
	ada.get("/seat")
	visit := site.browser().get("/?code=" + code)
	visit.post("/claim", "agent", "state.IVO", "name", "Fay").gets(http.StatusOK)
	visit.get("/").gets(http.StatusOK)
	if visit.at != "/seat" {
		t.Errorf("the front door leads to %s", visit.at)
	}
	// The team word lets others in, a guess does not.
	state := site.room.View().State
	word := state.Seats["state.HAR"].Word
	other.get("/?code="+code).post("/claim", "team", "state.HAR", "word", "AAAA", "name", "Eve").gets(http.StatusConflict).sees("not the team word")
	other.get("/?code="+code).post("/claim", "team", "state.HAR", "word", word, "name", "Eve").gets(http.StatusOK).sees("Haruna")
	// A freed seat throws its members out, and their forms are worth nothing.
	boss.get("/control").post("/control/free", "agent", "state.HAR").gets(http.StatusOK)
	ada.post("/order", "vote:assembly-1", "no").gets(http.StatusForbidden)
	ada.get("/seat")
	if ada.at != "/" {
		t.Errorf("somebody without a seat stands at %s", ada.at)
	}
}

func TestGuessing(t *testing.T) {
	site, _, _ := begun(t, Options{})
	now := time.Now()
	site.s.guard.now = func() time.Time { return now }
	eve := site.browser().get("/")
	tries := 0
	for ; tries < 100; tries++ {
		eve.post("/join", "code", fmt.Sprintf("AAAA%02d", tries))
		if eve.status == http.StatusTooManyRequests {
			break
		}
		eve.gets(http.StatusForbidden).sees("not the code")
	}
	if tries != callerGuesses {
		t.Errorf("%d wrong guesses are allowed, not %d", tries, callerGuesses)
	}
	eve.post("/join", "code", site.s.code).gets(http.StatusTooManyRequests).sees("Wait a minute")
	eve.get("/?code=" + site.s.code).gets(http.StatusTooManyRequests)
	now = now.Add(time.Minute)
	eve.get("/?code=" + site.s.code).gets(http.StatusOK)
	// One address that guesses on does not lock the others out, nor does it by keys
	// of the control page, which are too long to guess.
	for range overallGuesses {
		eve.post("/join", "code", "AAAAAA")
		eve.get("/control?key=" + room.NewToken()).gets(http.StatusForbidden)
	}
	if !site.s.guard.allows("192.0.2.1") {
		t.Error("one address has locked out all")
	}
	site.instructor()
	// Team words are counted like codes.
	now = now.Add(time.Hour)
	eve.get("/?code=" + site.s.code)
	for tries = 0; eve.status != http.StatusTooManyRequests && tries < 100; tries++ {
		eve.post("/claim", "team", "state.HAR", "word", "AAAA", "name", "Eve", "code", site.s.code)
	}
	if tries != callerGuesses {
		t.Errorf("%d guesses of a team word are answered", tries)
	}
	// Right codes are not counted: a class behind one address gets in.
	g := newGuard()
	for range 1000 {
		if !g.allows("10.0.0.1") {
			t.Fatal("right guesses are counted")
		}
	}
	// Many addresses together are stopped, too, and do not fill the memory.
	for k := range 3 * mostCallers {
		g.wrong(fmt.Sprint(k))
	}
	if g.allows("new") || len(g.caller) > mostCallers {
		t.Errorf("%d addresses are remembered, and another may guess: %v", len(g.caller), g.allows("new"))
	}
}

// Without trust in a proxy nobody can choose the address that is counted.
func TestProxy(t *testing.T) {
	site := newSite(t, "two-blocs", 2, Options{})
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.RemoteAddr = "192.0.2.7:1234"
	r.Header.Set("X-Forwarded-For", "203.0.113.9, 198.51.100.2")
	r.Header.Set("X-Forwarded-Proto", "https")
	if got := site.s.caller(r); got != "192.0.2.7" || site.s.secure(r) {
		t.Errorf("%s, secure %v: headers of anybody are believed", got, site.s.secure(r))
	}
	behind := New(site.room, Options{Base: "/cyber/", Proxied: true})
	if got := behind.caller(r); got != "198.51.100.2" || !behind.secure(r) {
		t.Errorf("behind a proxy the caller is %s, secure %v", got, behind.secure(r))
	}
	// Behind HTTPS cookies never travel in the clear, and belong to the path.
	w := httptest.NewRecorder()
	r = httptest.NewRequest(http.MethodGet, "/cyber/control?key="+site.key, nil)
	r.Header.Set("X-Forwarded-Proto", "https")
	behind.ServeHTTP(w, r)
	cookie := w.Header().Get("Set-Cookie")
	for _, part := range []string{"HttpOnly", "Secure", "SameSite=Lax", "Path=/cyber/"} {
		if !strings.Contains(cookie, part) {
			t.Errorf("cookie %q without %s", cookie, part)
		}
	}
	if w.Header().Get("Location") != "/cyber/control" || w.Header().Get("Strict-Transport-Security") == "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for path, want := range map[string]int{"/": 404, "/cyberx/": 404, "/cyber": 303, "/cyber/": 200, "/cyber/static/style.css": 200} {
		w := httptest.NewRecorder()
		behind.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

func TestCookies(t *testing.T) {
	site, _, ada := begun(t, Options{})
	for _, c := range ada.client.Jar.Cookies(mustParse(t, site.URL)) {
		if len(c.Value) != 40 {
			t.Errorf("cookie %s has %d letters", c.Name, len(c.Value))
		}
	}
	w := httptest.NewRecorder()
	site.s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	cookie := w.Header().Get("Set-Cookie")
	if !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Lax") || strings.Contains(cookie, "Secure") {
		t.Errorf("cookie %q", cookie)
	}
	// Keys are not in the room file, which is handed round.
	text := readRoom(t, site)
	if key := ada.seatKey(); key == "" || strings.Contains(text, key) || strings.Contains(text, site.key) {
		t.Error("the room file gives keys away")
	}
}

func mustParse(t *testing.T, address string) *url.URL {
	t.Helper()
	u, err := url.Parse(address)
	must(t, err)
	return u
}

func readRoom(t *testing.T, site *site) string {
	t.Helper()
	boss := site.instructor()
	return boss.get("/export/room.jsonl").gets(http.StatusOK).page
}

// What people write is shown as they wrote it, and never run.
func TestScriptsInNames(t *testing.T) {
	const evil = `"><script src=/evil.js></script><img src=x onerror=alert(1)>`
	site := newSite(t, "two-blocs", 3, Options{})
	boss := site.instructor()
	ada := site.student("state.HAR", evil[:40])
	boss.post("/control/begin")
	boss.post("/control/inject", "effect", "news", "headline", evil)
	ada.get("/seat").post("/order", "draft-forum", "assembly", "draft-title", evil, "draft-position", "50", "draft-depth", "30", "note", evil).gets(http.StatusOK)
	boss.get("/control").post("/control/resolve").gets(http.StatusOK)
	boss.post("/control/debrief").gets(http.StatusOK)
	ada.get("/seat").post("/order", "vote:"+evil, evil).gets(http.StatusUnprocessableEntity)
	check := func(what, page string) {
		t.Helper()
		if strings.Contains(page, "<script src=/evil") || strings.Contains(page, "<img src=x") {
			t.Errorf("%s runs what somebody wrote", what)
		}
		if n := strings.Count(page, "<script"); n != strings.Count(page, `<script src="/static/seminar.js" defer></script>`) {
			t.Errorf("%s has %d scripts", what, n)
		}
		if strings.Contains(page, " style=\"") || strings.Contains(page, " onclick") || strings.Contains(page, "javascript:") {
			t.Errorf("%s has a style or a script within the page, which its policy forbids", what)
		}
	}
	check("a refusal", ada.page)
	for _, path := range []string{"/seat", "/projector", "/debrief", "/?code=" + evil} {
		check(path, ada.get(path).page)
	}
	for _, path := range []string{"/control", "/projector", "/debrief", "/control/paper?agent=" + url.QueryEscape(evil), "/debrief?agent=" + url.QueryEscape(evil)} {
		check(path, boss.get(path).page)
	}
	stranger := site.browser().get("/")
	check("a wrong code", stranger.post("/join", "code", evil).page)
	pack := boss.get("/debrief/pack.html").page
	if strings.Contains(pack, "<script") || strings.Contains(pack, "<img src=x") {
		t.Error("the pack runs what somebody wrote")
	}
}

func TestHeaders(t *testing.T) {
	site, boss, ada := begun(t, Options{})
	for who, paths := range map[*browser][]string{
		site.browser(): {"/", "/nothing", "/static/style.css"}, ada: {"/seat", "/projector"}, boss: {"/control", "/export/log.csv"},
	} {
		for _, path := range paths {
			h := who.get(path).header
			policy := h.Get("Content-Security-Policy")
			for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"} {
				if !strings.Contains(policy, part) {
					t.Errorf("%s: policy %q without %s", path, policy, part)
				}
			}
			if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http:") {
				t.Errorf("%s: policy %q", path, policy)
			}
			for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"} {
				if got := h.Get(name); got != want {
					t.Errorf("%s: %s is %q", path, name, got)
				}
			}
		}
	}
}

// What is too large is refused with a sentence, before it takes memory.
func TestOversized(t *testing.T) {
	site, _, ada := begun(t, Options{})
	form := ada.hidden("/order")
	form.Set("note", strings.Repeat("x", maxBody))
	ada.postExactly("/order", form).gets(http.StatusRequestEntityTooLarge).sees("too much text")
	form.Set("note", strings.Repeat("x", 700))
	ada.postExactly("/order", form).gets(http.StatusUnprocessableEntity).sees("too long: 700 letters")
	// Not a form at all.
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, site.URL+"/order", strings.NewReader("{}"))
	must(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Origin", site.URL)
	ada.do(r).gets(http.StatusForbidden)
	var b bytes.Buffer
	parts := multipart.NewWriter(&b)
	must(t, parts.WriteField("form", form.Get("form")))
	must(t, parts.Close())
	r, err = http.NewRequestWithContext(t.Context(), http.MethodPost, site.URL+"/order", &b)
	must(t, err)
	r.Header.Set("Content-Type", parts.FormDataContentType())
	r.Header.Set("Origin", site.URL)
	ada.do(r).gets(http.StatusForbidden)
	if site.filed("state.HAR") {
		t.Error("something was filed")
	}
	ada.get("/seat?" + strings.Repeat("a=b&", 1000)).gets(http.StatusOK)
}

// A client that sends nothing, or endlessly, does not hold the server: the limits
// of time are those of the server that serves the class.
func TestSlowClients(t *testing.T) {
	site := newSite(t, "two-blocs", 2, Options{})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	go func() { _ = site.s.Serve(t.Context(), listener) }()
	connection, err := net.Dial("tcp", listener.Addr().String())
	must(t, err)
	defer connection.Close()
	_, err = io.WriteString(connection, "GET / HTTP/1.1\r\nHost: x\r\nX-Long: ")
	must(t, err)
	// Headers beyond the limit end the connection.
	for range 64 {
		if _, err = io.WriteString(connection, strings.Repeat("x", 1024)); err != nil {
			break
		}
	}
	must(t, connection.SetReadDeadline(time.Now().Add(5*time.Second)))
	answer := make([]byte, 64)
	n, err := connection.Read(answer)
	if err == nil && !strings.Contains(string(answer[:n]), "431") {
		t.Errorf("endless headers are answered by %q", answer[:n])
	}
	if headerTime > 10*time.Second || requestTime > 30*time.Second || maxBody > 1<<20 || maxHeader > 1<<20 {
		t.Error("the limits are too wide for a class")
	}
}

func TestStreams(t *testing.T) {
	site, boss, ada := begun(t, Options{})
	site.browser().get("/events").gets(http.StatusForbidden)
	open := func() *http.Response {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, site.URL+"/events", nil)
		must(t, err)
		client := *ada.client
		client.Timeout = 0
		answer, err := client.Do(r)
		must(t, err)
		t.Cleanup(func() { answer.Body.Close() })
		return answer
	}
	var streams []*http.Response
	for range keyStreams {
		answer := open()
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/event-stream" {
			t.Fatalf("status %d", answer.StatusCode)
		}
		streams = append(streams, answer)
	}
	if answer := open(); answer.StatusCode != http.StatusTooManyRequests {
		t.Errorf("a fifth stream of one seat: status %d", answer.StatusCode)
	}
	// What others order does not show.
	boss.get("/control/paper?agent=state.ESK").post("/control/paper", "vote:assembly-1", "no", "note", "secret reasons")
	seen := make([]byte, 4096)
	deadline := time.Now().Add(5 * time.Second)
	var text string
	state := site.room.View().State
	latest := fmt.Sprintf(`"change":%d,`, state.Entries)
	for !strings.Contains(text, latest) && time.Now().Before(deadline) {
		n, err := streams[0].Body.Read(seen)
		must(t, err)
		text += string(seen[:n])
	}
	if !strings.Contains(text, `"round":1`) || strings.Contains(text, "secret") || strings.Contains(text, "assembly-1") {
		t.Errorf("the stream says %s", text)
	}
	streams[0].Body.Close()
	for range 100 {
		if answer := open(); answer.StatusCode == http.StatusOK {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("a closed stream still counts")
}
