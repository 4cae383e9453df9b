package figure

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/cmpimg"
	"gonum.org/v1/plot/vg"

	"splinternet/output/fixture"
)

var update = flag.Bool("update", false, "rewrite the golden figures")

// folders are the fixtures: small fixed tables, so that the goldens do not move with
// the model.
var folders = []string{"world", "grid", "lhs", "compare", "ablation", "explain", "calibration"}

// open opens a fixture, with a made record of one vote.
func open(t testing.TB, folder string) *Source {
	t.Helper()
	s, err := Open(fixture.Folder(t, filepath.Join("testdata", folder)))
	if err != nil {
		t.Fatal(err)
	}
	s.Observed = map[string]RollCall{"A/RES/73/27": {Votes: map[string]string{
		"USA": "no", "GBR": "no", "DEU": "no", "FRA": "no", "JPN": "no", "EST": "no", "ISR": "no", "CHN": "yes", "RUS": "yes",
		"IND": "yes", "PAK": "yes", "KAZ": "yes", "BRA": "abstain", "ZAF": "yes", "IDN": "yes", "NGA": "yes", "MEX": "yes",
		"SAU": "yes", "SGP": "yes", "TUR": "no", "KEN": "yes", "VNM": "yes", "CUB": "yes", "IRN": "absent",
	}}}
	return s
}

// all makes the figures of a fixture.
func all(t testing.TB, folder string) []*Figure {
	t.Helper()
	list, without, err := open(t, folder).Figures()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range without {
		t.Errorf("%s: left out: %v", folder, w)
	}
	return list
}

func style(t testing.TB, width string) Style {
	t.Helper()
	s, err := Paper(width)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func render(t testing.TB, f *Figure, format string, s Style) []byte {
	t.Helper()
	b, err := f.Render(format, s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestGoldenSVG(t *testing.T) {
	for _, folder := range folders {
		for _, f := range all(t, folder) {
			golden(t, folder+"-"+f.Name+".svg", render(t, f, "svg", style(t, Column)))
			golden(t, folder+"-"+f.Name+".txt", []byte(f.Text()))
		}
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if !strings.HasSuffix(name, ".png") {
		got = fixture.Neutral(got)
	}
	if *update {
		if err := os.WriteFile(path, got, 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err, "\ngo test ./output/figure -update writes it")
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s has changed; look at it, and then go test ./output/figure -update rewrites it", path)
	}
}

// Fonts and edges of pictures may differ by a shade between platforms.
func TestGoldenPNG(t *testing.T) {
	for _, name := range []string{"measures", "network"} {
		f, err := open(t, "world").Figure(name)
		if err != nil {
			t.Fatal(err)
		}
		s := style(t, Column)
		s.DPI = 100
		got := render(t, f, "png", s)
		path := filepath.Join("testdata", "golden", "world-"+name+".png")
		if *update {
			golden(t, filepath.Base(path), got)
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		same, err := cmpimg.EqualApprox("png", got, want, .1)
		if err != nil || !same {
			t.Errorf("%s has changed (%v)", path, err)
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	for _, folder := range folders {
		one, other := all(t, folder), all(t, folder)
		for k, f := range one {
			for _, format := range Formats() {
				s := style(t, Column)
				s.DPI = 50
				a, b := render(t, f, format, s), render(t, other[k], format, s)
				if !bytes.Equal(a, b) {
					t.Errorf("%s.%s differs from one drawing to the next", f.Name, format)
				}
			}
		}
	}
}

func TestFormats(t *testing.T) {
	f, err := open(t, "world").Figure("measures")
	if err != nil {
		t.Fatal(err)
	}
	s := style(t, Column)
	svg := string(render(t, f, "svg", s))
	for _, want := range []string{`role="img"`, "<title id=", "<desc id=", "sans-serif", `width="252.28pt"`} {
		if !strings.Contains(svg, want) {
			t.Errorf("the SVG lacks %s", want)
		}
	}
	pdf := render(t, f, "pdf", s)
	if !bytes.Contains(pdf, []byte("D:20180701000000")) || !bytes.Contains(pdf, []byte("/FontFile2")) {
		t.Error("the PDF has another date, or no font in it")
	}
	if len(pdf) > 120e3 {
		t.Errorf("the PDF has %d bytes: whole fonts are in it, not what is used of them", len(pdf))
	}
	tex := string(render(t, f, "tex", s))
	for _, wrong := range []string{"opacity", "−", "–", "includegraphics", "pgfimage"} {
		if strings.Contains(tex, wrong) {
			t.Errorf("the TeX has %q", wrong)
		}
	}
	if png := render(t, f, "png", s); !bytes.Contains(png[:64], []byte("pHYs\x00\x00\x2e\x23\x00\x00\x2e\x23\x01")) {
		t.Error("the PNG does not say that it has 300 dots an inch")
	}
	if _, err := f.Render("gif", s); err == nil || !strings.Contains(err.Error(), "svg") {
		t.Errorf("format gif: %v", err)
	}
}

// recorder notes where text and marks are.
type recorder struct {
	texts []placed
	low   vg.Point
	high  vg.Point
}

type placed struct {
	string
	box     vg.Rectangle
	upright bool
}

func (r *recorder) reach(p vg.Point, margin vg.Length) {
	r.low.X, r.low.Y = min(r.low.X, p.X-margin), min(r.low.Y, p.Y-margin)
	r.high.X, r.high.Y = max(r.high.X, p.X+margin), max(r.high.Y, p.Y+margin)
}

func (r *recorder) fill(p vg.Path, _ color.NRGBA) {
	for _, c := range p {
		if c.Type != vg.CloseComp {
			r.reach(c.Pos, 0)
		}
	}
}

func (r *recorder) stroke(p vg.Path, l line) {
	for _, c := range p {
		if c.Type != vg.CloseComp {
			r.reach(c.Pos, l.width/2)
		}
	}
}

func (r *recorder) write(t text, at vg.Point) {
	w, h := t.face.Width(t.string), .72*t.face.Font.Size
	box := vg.Rectangle{Min: at, Max: pt(at.X+w, at.Y+h)}
	if t.upright {
		box = vg.Rectangle{Min: pt(at.X-h, at.Y), Max: pt(at.X, at.Y+w)}
	}
	r.texts = append(r.texts, placed{t.string, box, t.upright})
}

// Nothing is clipped and no two texts overlap, at any width.
func TestNothingIsClippedOrOverlaps(t *testing.T) {
	const slack = .6 // points: side bearings, half of a line at the edge
	for _, folder := range folders {
		for _, width := range Widths() {
			s := style(t, width)
			for _, f := range all(t, folder) {
				h := f.height(s)
				r := &recorder{low: pt(1, 1), high: pt(0, 0)}
				f.draw(&pen{r, s, h})
				where := fmt.Sprintf("%s %s at %s", folder, f.Name, width)
				if r.low.X < -slack || r.low.Y < -slack || r.high.X > s.Width+slack || r.high.Y > h+slack {
					t.Errorf("%s: marks reach from %.1f to %.1f on a page of %.1f x %.1f", where, r.low, r.high, s.Width, h)
				}
				for k, a := range r.texts {
					if a.box.Min.X < -slack || a.box.Min.Y < -slack || a.box.Max.X > s.Width+slack || a.box.Max.Y > h+slack {
						t.Errorf("%s: %q is clipped: %.1f on %.1f x %.1f", where, a.string, a.box, s.Width, h)
					}
					for _, b := range r.texts[:k] {
						if overlap(a.box, b.box) {
							t.Errorf("%s: %q lies over %q", where, a.string, b.string)
						}
					}
				}
			}
		}
	}
}

// No identifier of the program is set where a reader expects words.
func TestWordsNotIdentifiers(t *testing.T) {
	for _, folder := range folders {
		for _, f := range all(t, folder) {
			r := new(recorder)
			s := style(t, Page)
			f.draw(&pen{r, s, f.height(s)})
			for _, text := range r.texts {
				if strings.Contains(text.string, "_") && f.Name != "timeline" { // whose sentences are the model's
					t.Errorf("%s: %q", f.Name, text.string)
				}
			}
			if f.Caption == "" || f.Alt == "" || f.Title == "" || f.Data.Rows() == 0 {
				t.Errorf("%s lacks a title, a caption, an alternative or data", f.Name)
			}
		}
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	f, err := open(t, "world").Figure("verdicts")
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Files(filepath.Join(dir, "figures"), []string{"svg", "tex"}, style(t, Column)); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "figures"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := []string{"verdicts.csv", "verdicts.svg", "verdicts.tex", "verdicts.txt"}; !slices.Equal(names, want) {
		t.Errorf("%v, want %v", names, want)
	}
	caption, err := os.ReadFile(filepath.Join(dir, "figures", "verdicts.txt"))
	if err != nil || !strings.Contains(string(caption), "12 runs") || !strings.Contains(string(caption), "hash ") {
		t.Errorf("caption %q, %v", caption, err)
	}
}

func TestWhatIsMissing(t *testing.T) {
	for _, c := range []struct {
		spoil  func(dir string) error
		figure string
		want   string
	}{
		{func(dir string) error { return os.Remove(filepath.Join(dir, "agents.csv")) }, "positions", "agents.csv"},
		{func(dir string) error { return onlyHeader(dir, "agents.csv") }, "forums", "no run was kept in detail"},
		{func(dir string) error { return onlyHeader(dir, "links.csv") }, "links", "links.csv"},
		{func(dir string) error { return onlyHeader(dir, "votes.csv") }, "votes", "nothing was put to a vote"},
		{func(dir string) error { return onlyHeader(dir, "events.csv") }, "timeline", "nothing happened"},
		{func(dir string) error { return onlyHeader(dir, "ticks.csv") }, "measures", "no rows"},
		{func(dir string) error { return onlyHeader(dir, "verdicts.csv") }, "verdicts", "no finished run"},
		{func(dir string) error { return rename(dir, "ticks.csv", "technical_loss", "other") }, "fragmentation", "technical_loss"},
		{func(dir string) error { return nil }, "phase", "holds no sweep"},
		{func(dir string) error { return nil }, "compare", "no table compare"},
	} {
		dir := fixture.Folder(t, filepath.Join("testdata", "world"))
		if err := c.spoil(dir); err != nil {
			t.Fatal(err)
		}
		s, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Figure(c.figure)
		var missing *MissingError
		if !errors.As(err, &missing) || !strings.Contains(err.Error(), c.want) || missing.How == "" {
			t.Errorf("%s: %v (%+v), want %s", c.figure, err, missing, c.want)
		}
	}
	for dir, want := range map[string]string{
		"testdata/nowhere": "no such folder", "testdata/golden": "holds no results", "figure.go": "is a file",
	} {
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func onlyHeader(dir, name string) error {
	path := filepath.Join(dir, name)
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	header, _, _ := strings.Cut(string(text), "\n")
	return os.WriteFile(path, []byte(header+"\n"), 0o666)
}

func rename(dir, name, from, to string) error {
	path := filepath.Join(dir, name)
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(strings.Replace(string(text), from, to, 1)), 0o666)
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		n         int
		want      string
	}{
		{0, 1, 5, "0.0 0.2 0.4 0.6 0.8 1.0"},
		{-.12, .31, 5, "−0.1 0.0 0.1 0.2 0.3"},
		{0, 1234, 4, "0 500 1000"},
		{-3, 3, 6, "−3 −2 −1 0 1 2 3"},
		{.001, .0042, 4, "0.001 0.002 0.003 0.004"},
	} {
		if got := strings.Join(axis{ticks: ticks(c.low, c.high, c.n)}.labels(), " "); got != c.want {
			t.Errorf("ticks from %g to %g: %s, want %s", c.low, c.high, got, c.want)
		}
	}
	if got := strings.Join(years(2018.5, 2041, 5).labels(), " "); got != "2020 2025 2030 2035 2040" {
		t.Errorf("years: %s", got)
	}
}

func TestSpread(t *testing.T) {
	at := []vg.Length{10, 10.5, 50, 11, 99.5, 0}
	moved := spread(at, 5, 0, 100)
	sorted := slices.Clone(moved)
	slices.Sort(sorted)
	for k := 1; k < len(sorted); k++ {
		if sorted[k]-sorted[k-1] < 5-1e-9 {
			t.Errorf("%v are too close", moved)
		}
	}
	if sorted[0] < 0 || sorted[len(sorted)-1] > 100 || moved[2] != 50 {
		t.Errorf("%v: out of bounds, or moved without need", moved)
	}
	for a := range at {
		for b := range at {
			if at[a] < at[b] && moved[a] > moved[b] {
				t.Errorf("%v: the order has changed", moved)
			}
		}
	}
}

// The colours of blocs and end states stay apart in grey print, or have a second
// channel; those of scales rise in lightness from end to end.
func TestColours(t *testing.T) {
	for name, s := range map[string]scale{"viridis": viridis, "cividis": cividis} {
		for k := 1; k < len(s); k++ {
			if luminance(s[k]) <= luminance(s[k-1]) {
				t.Errorf("%s is not lighter at %d than before", name, k)
			}
		}
		if s.at(0) != s[0] || s.at(1) != s[len(s)-1] || s.at(-1) != s[0] {
			t.Errorf("%s does not end at its ends", name)
		}
	}
	glyphs := map[glyph]bool{}
	for _, e := range endings {
		if glyphs[e.glyph] {
			t.Errorf("%s shares its glyph", e.label)
		}
		glyphs[e.glyph] = true
	}
	if tint(blue, 1) != blue || tint(blue, 0) != white {
		t.Error("tints do not run from white to the colour")
	}
}

func TestWidths(t *testing.T) {
	for _, wrong := range []string{"", "89", "10mm", "4000mm", "wide", "NaNmm"} {
		if _, err := Paper(wrong); err == nil {
			t.Errorf("width %q is taken", wrong)
		}
	}
	if s := style(t, "120mm"); s.Width != 120*mm || s.Text != 8 {
		t.Errorf("%+v", s)
	}
}

// The page of the documentation tells of every figure and shows it.
func TestDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/figures.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Names() {
		if !strings.Contains(string(text), "\n| `"+name+"` |") || !strings.Contains(string(text), "(gallery/"+name+".") {
			t.Errorf("docs/figures.md does not tell of %s, or does not show it", name)
		}
	}
}

func TestConditionWords(t *testing.T) {
	for in, want := range map[string]string{
		"native_reachability_end<0.6":                    "Native reachability < 0.6",
		"recovery>0.2 & cooperation_depth<=0.2":          "Recovery > 0.2 and cooperation depth ≤ 0.2",
		"hostile-fragmentation|post-liberal-convergence": "Hostile fragmentation or post-liberal convergence",
	} {
		if got := outcomeName(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestEscapeTeX(t *testing.T) {
	if got, want := escapeTeX(`50 % of A_B & −3 {x} \ “q”`), "50 \\% of A\\_B \\& $-$3 \\{x\\} \\textbackslash{} ``q''"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func BenchmarkFigures(b *testing.B) {
	s := style(b, Column)
	for b.Loop() {
		for _, f := range all(b, "world") {
			render(b, f, "svg", s)
			render(b, f, "pdf", s)
		}
	}
}
