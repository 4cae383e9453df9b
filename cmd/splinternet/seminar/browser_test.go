package seminar

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// With -screenshots DIR the pages are photographed on the way.
var screenshots = flag.String("screenshots", "", "folder for pictures of the pages")

// chromium is the browser of the tests, or "".
func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// window is one window of a real browser.
type window struct {
	t   *testing.T
	ctx context.Context
}

func browse(t *testing.T) context.Context {
	t.Helper()
	path := chromium()
	if path == "" {
		t.Skip("there is no chromium on this computer: the pages are not tried in a real browser")
	}
	if os.Getenv("SPLINTERNET_FULL") == "" && *screenshots == "" {
		t.Skip("a real browser takes ten seconds: SPLINTERNET_FULL=1 runs it, and .ci/run does")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// open opens a window with cookies of its own.
func openWindow(t *testing.T, browser context.Context, width, height int64, phone bool) *window {
	t.Helper()
	options := []chromedp.ContextOption{}
	if chromedp.FromContext(browser) != nil && chromedp.FromContext(browser).Browser != nil {
		options = append(options, chromedp.WithNewBrowserContext())
	}
	ctx, cancel := chromedp.NewContext(browser, options...)
	t.Cleanup(cancel)
	w := &window{t, ctx}
	view := []chromedp.EmulateViewportOption{chromedp.EmulateScale(1)}
	if phone {
		view = append(view, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	// The first call makes the window, which lives as long as its context.
	must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, height, view...)))
	return w
}

func (w *window) do(actions ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		w.t.Fatalf("%v, at\n%s", err, w.text())
	}
}

func (w *window) text() string {
	text, err := chromedp.Run(w.ctx, chromedp.Text("body"))
	if err != nil {
		return err.Error()
	}
	return text
}

func (w *window) visit(url string) { w.t.Helper(); w.do(chromedp.Navigate(url)) }

// press clicks what a selector finds and waits for the page that follows.
func (w *window) press(selector string) {
	w.t.Helper()
	w.do(chromedp.ScrollIntoView(selector), chromedp.Click(selector))
}

func (w *window) fill(selector, value string) {
	w.t.Helper()
	w.do(chromedp.SetValue(selector, value))
}

// choose checks a radio button by its name and value.
func (w *window) choose(name, value string) {
	w.t.Helper()
	script := fmt.Sprintf(`(() => { const i = document.querySelector('input[name="%s"][value="%s"]'); i.closest('label').click(); return i.checked })()`, name, value)
	on, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](script))
	if err != nil || !on {
		w.t.Fatalf("%s = %s cannot be chosen: %v", name, value, err)
	}
}

// awaits waits until the page shows a text, by itself.
func (w *window) awaits(text string) {
	w.t.Helper()
	deadline := time.Now().Add(15 * time.Second)
	for time.Now().Before(deadline) {
		if strings.Contains(w.text(), text) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.t.Fatalf("the page does not show %q but\n%s", text, w.text())
}

// fits checks that nothing is wider than the window.
func (w *window) fits(what string) {
	w.t.Helper()
	wide, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`(() => {
		const limit = document.documentElement.clientWidth;
		if (document.documentElement.scrollWidth <= limit) return "";
		return [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > limit + 1 && !e.closest(".wide")).slice(0, 5).map(e => e.outerHTML.slice(0, 120)).join("\n") || "the page";
	})()`))
	if err != nil || wide != "" {
		w.t.Errorf("%s is wider than the window: %v %s", what, err, wide)
	}
}

// accessible checks what assistive technology needs of a page.
func (w *window) accessible(what string) {
	w.t.Helper()
	bad, err := chromedp.Run(w.ctx, chromedp.Evaluate[string](`(() => {
		const bad = [];
		const named = e => (e.labels && e.labels.length) || e.getAttribute("aria-label") || e.type === "hidden";
		document.querySelectorAll("input, select, textarea").forEach(e => { if (!named(e)) bad.push("no label: " + e.outerHTML); });
		document.querySelectorAll("img").forEach(e => { if (!e.alt) bad.push("no alt: " + e.outerHTML); });
		document.querySelectorAll("table").forEach(e => { if (!e.caption) bad.push("no caption: " + e.outerHTML.slice(0, 80)); });
		document.querySelectorAll("fieldset").forEach(e => { if (!e.querySelector("legend")) bad.push("no legend"); });
		document.querySelectorAll("button, a").forEach(e => { if (!e.textContent.trim()) bad.push("no words: " + e.outerHTML); });
		if (document.querySelectorAll("h1").length !== 1) bad.push("not one h1");
		if (!document.querySelector("main")) bad.push("no main");
		const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
		ids.forEach((id, k) => { if (ids.indexOf(id) !== k) bad.push("id twice: " + id); });
		const light = c => { const v = c.match(/[\d.]+/g).slice(0, 3).map(x => { x /= 255; return x <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; }); return .2126 * v[0] + .7152 * v[1] + .0722 * v[2]; };
		const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)$|transparent/.test(c)) return c; } return "rgb(255, 255, 255)"; };
		document.querySelectorAll("body *").forEach(e => {
			if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.offsetParent) return;
			const a = light(getComputedStyle(e).color), b = light(ground(e));
			const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
			if (ratio < 4.5) bad.push("contrast " + ratio.toFixed(1) + ": " + e.outerHTML.slice(0, 100));
		});
		return bad.slice(0, 8).join("\n");
	})()`))
	if err != nil || bad != "" {
		w.t.Errorf("%s: %v %s", what, err, bad)
	}
}

// photograph keeps a picture of the whole page.
func (w *window) photograph(name string) {
	w.t.Helper()
	if *screenshots == "" {
		return
	}
	picture, err := chromedp.Run(w.ctx, chromedp.FullScreenshot(100))
	must(w.t, err)
	must(w.t, os.WriteFile(filepath.Join(*screenshots, name+".png"), picture, 0o666))
}

// look checks a page and keeps a picture of it.
func (w *window) look(name string) {
	w.t.Helper()
	w.fits(name)
	w.accessible(name)
	w.photograph(name)
}

// An instructor and three students, one of them on a small phone, play two rounds
// in real browsers; one loses the connection and comes back; the debrief opens.
func TestRealBrowsers(t *testing.T) {
	scenario := "two-blocs"
	browser := browse(t)
	site := newSite(t, scenario, 2, Options{Public: "http://seminar.example/"})
	state := site.room.View().State

	first, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	must(t, chromedp.Do(first))
	boss := openWindow(t, first, 1280, 800, false)
	wall := &window{t, boss.ctx}
	boss.visit(site.URL + "/control?key=" + site.key)
	boss.awaits("Begin round 1")
	boss.look("control-before")

	phone := openWindow(t, first, 360, 740, true)
	phone.visit(site.URL + "/")
	phone.look("phone-front")
	phone.fill(`input[name="code"]`, strings.ToLower(state.Setup.Code))
	phone.press(`form[action="/join"] button`)
	phone.awaits("Choose a delegation")
	phone.look("phone-seats")
	phone.fill(`input[name="name"]`, `<script>document.title="pwned"</script>`)
	phone.press(`button[value="state.HAR"]`)
	phone.awaits("team word")
	if title, err := chromedp.Run(phone.ctx, chromedp.Title()); err != nil || !strings.HasPrefix(title, "Haruna") {
		t.Errorf("the title is %q, %v", title, err)
	}
	phone.look("phone-card")

	laptop := openWindow(t, first, 1366, 768, false)
	laptop.visit(site.URL + "/?code=" + state.Setup.Code)
	laptop.fill(`input[name="name"]`, "Ben")
	laptop.press(`button[value="state.ESK"]`)
	laptop.awaits("team word")
	other := openWindow(t, first, 390, 844, true)
	other.visit(site.URL + "/?code=" + state.Setup.Code)
	other.fill(`input[name="name"]`, "Cem")
	other.press(`button[value="deal"]`)
	other.awaits("team word")
	boss.awaits("Ben") // without loading the page anew

	boss.press(`form[action="/control/begin"] button`)
	boss.awaits("Close and resolve round 1")
	for _, w := range []*window{phone, laptop, other} {
		w.awaits("Orders for round 1")
	}
	phone.look("phone-orders")
	phone.choose("vote:assembly-1", "no")
	phone.fill(`input[name="effort::1"]`, "70")
	phone.fill(`input[name="effort::2"]`, "50")
	phone.press("#sheet .send button")
	phone.awaits("yours add up to 120 %")
	phone.look("phone-refused")
	phone.fill(`input[name="effort::2"]`, "30")
	phone.press("#sheet .send button")
	phone.awaits("Your orders are filed")
	phone.look("phone-filed")
	other.choose("vote:assembly-1", "yes")
	boss.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
	boss.look("control-round")
	boss.press(`ul.library li:first-child button`)
	boss.awaits("take back")
	other.awaits("Something has changed") // what is typed there is not thrown away
	other.press("#sheet .send button")
	other.awaits("Your orders are filed")
	laptop.awaits("Lights out")

	boss.press(`form[action="/control/resolve"] button`)
	boss.awaits("Close and resolve round 2")
	for _, w := range []*window{phone, laptop, other} {
		w.awaits("Orders for round 2")
	}
	laptop.look("laptop-results")
	phone.look("phone-results")

	// The power fails. When the server is back, so are all phones by themselves; one
	// student has closed the page, and finds the seat again at the front door.
	site.kill()
	other.visit("about:blank")
	site = serve(t, site.room.Path(), site.Listener.Addr().String(), Options{Public: "http://seminar.example/"})
	other.visit(site.URL + "/")
	other.awaits("Orders for round 2")
	phone.choose("answer:", "sanctions")
	phone.press("#sheet .send button")
	phone.awaits("Your orders are filed")
	boss.awaits("1 of 3 have filed") // over a stream that was cut
	laptop.choose("answer:", "protest")
	laptop.press("#sheet .send button")
	laptop.awaits("Your orders are filed")
	boss.awaits("2 of 3 have filed")

	wall.do(chromedp.EmulateViewport(1920, 1080))
	wall.visit(site.URL + "/projector")
	wall.awaits("After round 1")
	wall.look("projector")
	boss.do(chromedp.EmulateViewport(1280, 800))
	boss.visit(site.URL + "/control")
	boss.press(`form[action="/control/resolve"] button`)
	boss.awaits("All rounds are played")
	boss.press(`form[action="/control/debrief"] button`)
	boss.awaits("Close the debrief")
	boss.look("control-after")
	phone.awaits("To the debrief")
	phone.visit(site.URL + "/debrief")
	phone.awaits("Without you")
	phone.look("phone-debrief")
	laptop.visit(site.URL + "/debrief")
	laptop.fill(`select[name="choice"]`, "1|state.HAR|vote:assembly-1")
	laptop.fill(`select[name="value"]`, "yes")
	laptop.press(".whatif button")
	laptop.awaits("vote assembly-1 is yes")
	laptop.look("laptop-debrief")
	laptop.visit(site.URL + "/debrief/pack.html")
	laptop.look("laptop-pack")
}
