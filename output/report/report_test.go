package report

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"splinternet/output/figure"
	"splinternet/output/fixture"
	"splinternet/scenarios"
)

const fixtures = "../figure/testdata"

// write writes the report of a fixture.
func write(t testing.TB, folder string) string {
	t.Helper()
	source, err := figure.Open(fixture.Folder(t, filepath.Join(fixtures, folder)))
	if err != nil {
		t.Fatal(err)
	}
	list, without, err := source.Figures()
	if err != nil || len(without) > 0 {
		t.Fatal(err, without)
	}
	var b bytes.Buffer
	if err := (&Report{Source: source, Figures: list}).Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReportOfRuns(t *testing.T) {
	page := write(t, "world")
	for _, want := range []string{
		"<h1>A fixture of twenty-four states</h1>",
		`<strong>Thin consensus</strong>one network held together`,
		// Seven of twelve runs; Wilson's interval of 7/12.
		`<td class="n">7</td><td class="n">58` + "\u202f" + `%</td><td class="n">32` + "\u202f" + `% to 81` + "\u202f%</td>",
		"Medians over runs", "splinternet run scenario.toml --seed 1 --runs 12", "International Affairs",
		`<th scope="row"><code>verdict.hostility</code></th><td class="n">0.306</td><td class="n">0.32</td>`,
		"(scheduled)",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	for _, name := range figure.Names() {
		if f := strings.Contains(page, `id="figure-`+name+`"`); f != slices.Contains(ofRuns, name) {
			t.Errorf("figure %s is in the page: %v", name, f)
		}
	}
}

var ofRuns = []string{
	"measures", "verdicts", "timeline", "positions", "votes", "forums", "fragmentation", "links", "network", "map",
}

// The page fetches nothing, and what it refers to is in it, once.
func TestReportIsWhole(t *testing.T) {
	for _, folder := range []string{"world", "grid", "lhs", "compare", "ablation", "explain", "calibration"} {
		page := write(t, folder)
		if wrong := regexp.MustCompile(`(?i)<script|<link|<img|<iframe|src=|url\(|@import|href="[^#]`).FindString(page); wrong != "" {
			t.Errorf("%s: the page has %s", folder, wrong)
		}
		seen := map[string]bool{}
		for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
			if seen[m[1]] {
				t.Errorf("%s: two things have the identifier %s", folder, m[1])
			}
			seen[m[1]] = true
		}
		for _, m := range regexp.MustCompile(`(?:href="#|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
			for id := range strings.FieldsSeq(m[1]) {
				if !seen[id] {
					t.Errorf("%s: nothing has the identifier %s", folder, id)
				}
			}
		}
		if strings.Contains(page, "NaN") || strings.Contains(page, "ZgotmplZ") {
			t.Errorf("%s: the page shows what is no number, or a text that was refused", folder)
		}
		level := 0
		for _, m := range regexp.MustCompile(`<h([1-6])`).FindAllStringSubmatch(page, -1) {
			next := int(m[1][0] - '0')
			if next > level+1 {
				t.Errorf("%s: a heading of level %d follows one of level %d", folder, next, level)
			}
			level = next
		}
		if again := write(t, folder); again != page {
			t.Errorf("%s: the same folder gives another page", folder)
		}
	}
}

// A scenario's own words are text, never markup.
func TestReportEscapes(t *testing.T) {
	source, err := figure.Open(fixture.Folder(t, filepath.Join(fixtures, "world")))
	if err != nil {
		t.Fatal(err)
	}
	r := &Report{Source: source}
	d, err := r.data()
	if err != nil {
		t.Fatal(err)
	}
	d.Title, d.Question = `<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`
	d.Events = []scenarios.Item{{Name: "<b>", Why: "</td></table>"}}
	var b bytes.Buffer
	if err := page.Execute(&b, d); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<script>") || strings.Contains(b.String(), "<img") || strings.Contains(b.String(), "<b>") {
		t.Error("the page takes words for markup")
	}
}

// What a real browser makes of the page: on a wide screen, on a phone, in the dark,
// with the keyboard, and on paper.
func TestReportInBrowser(t *testing.T) {
	ctx := browser(t)
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, []byte(write(t, "world")), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, screen := range []struct {
		name          string
		width, height int64
	}{{"wide", 1200, 900}, {"phone", 390, 844}} {
		do(t, ctx, chromedp.EmulateViewport(screen.width, screen.height), chromedp.Navigate("file://"+path))
		if wide := evaluate[float64](t, ctx, "document.documentElement.scrollWidth"); wide > float64(screen.width) {
			t.Errorf("%s: the page is %v wide on a screen of %d", screen.name, wide, screen.width)
		}
		if n := evaluate[int](t, ctx, `[...document.querySelectorAll('.drawing')].filter(d => d.offsetParent && d.querySelector('svg').getBoundingClientRect().width > 0).length`); n != len(ofRuns) {
			t.Errorf("%s: %d drawings are to be seen, want %d", screen.name, n, len(ofRuns))
		}
		// Small type on a phone is at least nine pixels high, but in drawings that scroll or are maps of cells.
		least := evaluate[float64](t, ctx, `Math.min(...[...document.querySelectorAll('.drawing:not(.only) text')].filter(x => x.getClientRects().length).map(x => parseFloat(getComputedStyle(x).fontSize) * x.ownerSVGElement.getBoundingClientRect().width / x.ownerSVGElement.viewBox.baseVal.width))`)
		if least < 9 {
			t.Errorf("%s: text of %.1f pixels", screen.name, least)
		}
	}
	// The first stop of the keyboard is the link that skips the contents.
	do(t, ctx, chromedp.KeyEvent("\t"))
	if text := evaluate[string](t, ctx, "document.activeElement.textContent"); text != "Skip to the content" {
		t.Errorf("the first stop of the keyboard is %q", text)
	}
	names := evaluate[int](t, ctx, `[...document.querySelectorAll('svg')].filter(s => s.querySelector('title').textContent && s.querySelector('desc').textContent && s.getAttribute('role') == 'img').length`)
	if all := evaluate[int](t, ctx, "document.querySelectorAll('svg').length"); names != all || all == 0 {
		t.Errorf("%d of %d drawings have a name and a description", names, all)
	}
	for _, scheme := range []string{"light", "dark"} {
		if worst := evaluate[float64](t, ctx, contrastOf(scheme)); worst < 4.5 {
			t.Errorf("%s: a contrast of %.1f to 1, and 4.5 is the least (WCAG 2.2, 1.4.3)", scheme, worst)
		}
	}
}

// contrastOf is the least contrast of the colours of text in a scheme, read from the
// page's own style sheet.
func contrastOf(scheme string) string {
	rule := "document.styleSheets[0].cssRules[0].style"
	if scheme == "dark" {
		rule = "document.styleSheets[0].cssRules[1].cssRules[0].style"
	}
	return `(() => {
	const style = ` + rule + `;
	const light = name => {
		let hex = style.getPropertyValue(name).trim().slice(1);
		if (hex.length == 3) hex = [...hex].map(c => c + c).join('');
		const part = k => { const x = parseInt(hex.slice(2*k, 2*k+2), 16) / 255; return x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; };
		return .2126 * part(0) + .7152 * part(1) + .0722 * part(2);
	};
	const ratio = (a, b) => (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
	return Math.min(...['--ink', '--soft', '--link'].flatMap(t => ['--paper', '--card'].map(g => ratio(light(t), light(g)))));
})()`
}

func browser(t *testing.T) context.Context {
	t.Helper()
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("there is no chromium on this computer: the report is not tried in a real browser")
	}
	if os.Getenv("SPLINTERNET_FULL") == "" {
		t.Skip("a real browser takes its time: SPLINTERNET_FULL=1 runs it, and .ci/run does")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

func evaluate[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func BenchmarkReport(b *testing.B) {
	for b.Loop() {
		write(b, "world")
	}
}
