package docs

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"splinternet/models"
	"splinternet/models/voting/forecast"
	"splinternet/scenarios"
	"splinternet/scenarios/evidence"
)

var update = flag.Bool("update", false, "rewrite generated tables and the output of examples")

// pages are all pages of the documentation.
func pages(t *testing.T) []string {
	t.Helper()
	list, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	return append([]string{"../README.md", "../CHANGELOG.md"}, list...)
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(text), "\r\n", "\n")
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestParametersPageIsCurrent(t *testing.T) {
	want := parametersPage()
	if *update {
		write(t, "parameters.md", want)
	}
	if read(t, "parameters.md") != want {
		t.Error("parameters.md has fallen behind the declarations; go test ./docs -update rewrites it")
	}
}

func TestEventsSectionIsCurrent(t *testing.T) {
	current(t, "scenarios.md", "events and decisions", eventsSection())
}

func TestUtilitySectionIsCurrent(t *testing.T) {
	current(t, "results.md", "terms of the utility of a vote", utilitySection())
}

func TestKindsSectionIsCurrent(t *testing.T) {
	current(t, "results.md", "kinds of events", kindsSection())
}

func TestMechanismsSectionIsCurrent(t *testing.T) {
	current(t, "model.md", "mechanisms", mechanismsSection())
}

// The picture of the house is made from the imports of the code, which all lead down.
func TestHousePictureIsCurrent(t *testing.T) {
	list, err := rooms("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		for _, imported := range r.imports {
			if slices.Index(bands, top(imported)) < slices.Index(bands, top(r.folder)) {
				t.Errorf("%s imports %s, which lies above it", r.folder, imported)
			}
		}
	}
	want := housePicture(list)
	if *update {
		write(t, "house.svg", want)
	}
	if read(t, "house.svg") != want {
		t.Error("house.svg has fallen behind the code; go test ./docs -update rewrites it")
	}
}

// What feeds back on what is drawn from what the mechanisms declare to read and write.
func TestLoopsAreCurrent(t *testing.T) {
	current(t, "model.md", "what feeds back on what", loopsSection())
	want := loopsPicture()
	if *update {
		write(t, "loops.svg", want)
	}
	if read(t, "loops.svg") != want {
		t.Error("loops.svg has fallen behind the code; go test ./docs -update rewrites it")
	}
}

// The trade-off between depth and reach is measured, not told.
func TestTradeOffIsCurrent(t *testing.T) {
	table, err := tradeOff()
	if err != nil {
		t.Fatal(err)
	}
	current(t, "model.md", "the trade-off", table)
}

// current compares a generated part of a page, by its name, with what it should be, or
// rewrites it.
func current(t *testing.T, page, name, generated string) {
	t.Helper()
	begin, end := "<!-- Generated from here, "+name+": go test ./docs -update -->\n", "<!-- Generated up to here. -->"
	text := read(t, page)
	before, rest, found := strings.Cut(text, begin)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("%s lacks the marks of its generated part, %s", page, name)
	}
	want := before + begin + "\n" + generated + "\n" + end + after
	if *update {
		write(t, page, want)
	} else if text != want {
		t.Errorf("%s has fallen behind the code; go test ./docs -update rewrites it", page)
	}
}

// TestModelPageNamesEverything keeps the description of the model complete.
func TestModelPageNamesEverything(t *testing.T) {
	text := read(t, "model.md")
	for _, m := range models.Mechanisms() {
		if !strings.Contains(text, "`"+m.Name+"`") {
			t.Errorf("model.md does not describe the mechanism %s", m.Name)
		}
	}
	for _, p := range models.Declarations().All() {
		if !strings.Contains(text, "`"+p.Name+"`") {
			t.Errorf("model.md does not mention the parameter %s", p.Name)
		}
	}
	for _, part := range forecast.Parts {
		if !strings.Contains(text, "*"+part.Name+"*") {
			t.Errorf("model.md does not describe %s, which forecasts have", part.Name)
		}
	}
	names := map[string]bool{}
	for _, name := range models.Declarations().Names() {
		mechanism, _, _ := strings.Cut(name, ".")
		names[name], names[mechanism] = true, true
	}
	for _, m := range regexp.MustCompile("`([a-z]+\\.[a-z-]+)`").FindAllStringSubmatch(text, -1) {
		mechanism, _, _ := strings.Cut(m[1], ".")
		if names[mechanism] && !names[m[1]] {
			t.Errorf("model.md speaks of %s, which is no parameter", m[1])
		}
	}
}

// TestBibliography keeps the references of the model's page and those that the
// program prints alike, and finds citations of mechanisms that lack a reference.
func TestBibliography(t *testing.T) {
	_, list, _ := strings.Cut(read(t, "model.md"), "## References\n")
	var want strings.Builder
	for _, work := range models.Bibliography() {
		want.WriteString("- " + work.Full + "\n")
	}
	if strings.TrimSpace(list) != strings.TrimSpace(want.String()) {
		t.Error("the references of model.md and models.Bibliography differ")
	}
	for _, m := range models.Mechanisms() {
		for _, citation := range strings.Split(m.Reference, "; ") {
			if citation != "" && len(models.Cited(citation)) == 0 {
				t.Errorf("%s cites %s, which the bibliography lacks", m.Name, citation)
			}
		}
	}
}

// TestLinks finds links to files and headings that do not exist.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, page := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(strip(read(t, page)), -1) {
			target, anchor, _ := strings.Cut(m[1], "#")
			if strings.Contains(target, "://") {
				continue
			}
			file := page
			if target != "" {
				file = filepath.Join(filepath.Dir(page), target)
			}
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s: %s leads nowhere", page, m[1])
				continue
			}
			if anchor != "" && !slices.Contains(anchors(read(t, file)), anchor) {
				t.Errorf("%s: %s has no heading %q", page, file, anchor)
			}
		}
	}
}

// strip takes code blocks out.
func strip(text string) string {
	return regexp.MustCompile("(?ms)^```.*?^```$").ReplaceAllString(text, "")
}

func anchors(text string) []string {
	var list []string
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(strip(text), -1) {
		slug := regexp.MustCompile(`[^a-z0-9 _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		list = append(list, strings.ReplaceAll(slug, " ", "-"))
	}
	return list
}

// block is a fenced block of a page.
type block struct {
	line  int // of the first line in it
	lang  string
	words []string
	after string // line after which it is inserted // of the info string, after the language
	lines []string
}

func blocks(text string) []block {
	var list []block
	var open *block
	for k, line := range strings.Split(text, "\n") {
		info, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && open == nil:
			open = &block{line: k + 2}
			if words := strings.Fields(info); len(words) > 0 {
				open.lang, open.words = words[0], words[1:]
			}
			_, open.after, _ = strings.Cut(info, "after=")
		case fence:
			list, open = append(list, *open), nil
		case open != nil:
			open.lines = append(open.lines, line)
		}
	}
	return list
}

// word returns the value of name=value in the info string.
func (b *block) word(name string) string {
	for _, w := range b.words {
		if value, is := strings.CutPrefix(w, name+"="); is {
			return value
		}
	}
	return ""
}

// TestScenariosLoad loads every TOML block: whole scenarios as they are, parts of
// one laid over the baseline.
func TestScenariosLoad(t *testing.T) {
	for _, page := range pages(t) {
		for _, b := range blocks(read(t, page)) {
			if b.lang != "toml" || slices.Contains(b.words, "wrong") {
				continue
			}
			text := strings.Join(b.lines, "\n") + "\n"
			if !regexp.MustCompile(`(?m)^title\s*=`).MatchString(text) {
				text = "title = \"a part\"\n" + text
				if !regexp.MustCompile(`(?m)^extends\s*=|^\[time\]`).MatchString(text) {
					// The events of the examples take the place of inherited ones.
					text = "extends = \"baseline\"\n" + text
				}
			}
			if _, err := scenarios.Parse("example.toml", text, scenarios.Options{}); err != nil && !taken(err) {
				t.Errorf("%s:%d: %v", page, b.line, err)
			}
		}
	}
}

// taken tells whether the only fault of an example is that the baseline has a text
// of that name, too.
func taken(err error) bool {
	for line := range strings.Lines(err.Error()) {
		if !strings.Contains(line, "is taken already, by event.") {
			return false
		}
	}
	return true
}

// program builds the command, with further flags of go build.
func program(t *testing.T, flags ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "splinternet")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	args := slices.Concat([]string{"build", "-o", path}, flags, []string{"../cmd/splinternet"})
	if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// TestExamples plays the pages: it writes the files that they show (```toml
// file=NAME) and runs the commands of their ```sh blocks in a folder of their own,
// in order. A command stands behind "$ "; the lines after it are what it prints,
// where a line "..." stands for any number of lines. What is no splinternet
// command, and blocks marked norun, are left alone. status=2 after sh says that
// the commands fail, and what they say of it.
func TestExamples(t *testing.T) {
	binary := program(t)
	for _, page := range pages(t) {
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			dir, text := t.TempDir(), read(t, page)
			binary := binary
			if flags, added := changedProgram(t, text); flags != nil {
				binary = program(t, flags...)
				tests := filepath.Join(t.TempDir(), "tests")
				build := slices.Concat([]string{"test", "-c", "-vet=off", "-o", tests}, flags, []string{added})
				if out, err := exec.Command("go", build...).CombinedOutput(); err != nil {
					t.Errorf("%s: its tests do not build: %v\n%s", page, err, out)
				} else if out, err := exec.Command(tests).CombinedOutput(); err != nil {
					t.Errorf("%s: its tests: %v\n%s", page, err, out)
				}
			}
			for _, b := range blocks(text) {
				if file := b.word("file"); file != "" && b.lang != "go" {
					write(t, filepath.Join(dir, file), strings.Join(b.lines, "\n")+"\n")
				}
				if b.lang != "sh" || slices.Contains(b.words, "norun") {
					continue
				}
				fresh := play(t, &b, page, dir, binary)
				if *update && !slices.Equal(fresh, b.lines) {
					old := "\n" + strings.Join(b.lines, "\n") + "\n```"
					text = strings.Replace(text, old, "\n"+strings.Join(fresh, "\n")+"\n```", 1)
				}
			}
			if *update && text != read(t, page) {
				write(t, page, text)
			}
		})
	}
}

// changedProgram returns the flags that build the program with the code of a page:
// ```go file=PATH is a new file, ```go insert=PATH after=LINE lines to insert; and the
// package that is new. It returns nil for a page that changes nothing.
func changedProgram(t *testing.T, text string) (flags []string, newPackage string) {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	replace, added := map[string]string{}, ""
	put := func(path, content string) {
		stand := filepath.Join(dir, strings.ReplaceAll(path, "/", "-"))
		write(t, stand, content)
		replace[filepath.Join(root, filepath.FromSlash(path))] = stand
	}
	for _, b := range blocks(text) {
		content := strings.Join(b.lines, "\n") + "\n"
		switch file, insert := b.word("file"), b.word("insert"); {
		case b.lang != "go":
		case file != "":
			put(file, content)
			if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(path.Dir(file)))); err != nil {
				added = "\t\"splinternet/" + path.Dir(file) + "\"\n" // a package that is new
			}
		case insert != "":
			old := read(t, filepath.Join(root, filepath.FromSlash(insert)))
			now := strings.Replace(old, b.after+"\n", b.after+"\n"+content, 1)
			if now == old {
				t.Fatalf("%s has no line %q", insert, b.after)
			}
			now = strings.Replace(now, "import (\n", "import (\n"+added, 1)
			put(insert, now)
		}
	}
	if len(replace) == 0 {
		return nil, ""
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "overlay.json"), string(overlay))
	return []string{"-overlay", filepath.Join(dir, "overlay.json")}, strings.Trim(strings.TrimSpace(added), `"`)
}

// bitwise tells whether results agree to the last bit with those that the pages
// show. Elsewhere the examples are run, but what they print is not compared.
var bitwise = runtime.GOARCH == "amd64" && runtime.GOOS != "windows"

// play runs the commands of a block and returns its lines with the output as it
// is now.
func play(t *testing.T, b *block, page, dir, binary string) []string {
	t.Helper()
	var fresh []string
	for k := 0; k < len(b.lines); k++ {
		fresh = append(fresh, b.lines[k])
		args, is := command(b.lines[k])
		if !is {
			continue
		}
		at, from := k, k+1
		for k+1 < len(b.lines) && !strings.HasPrefix(b.lines[k+1], "$ ") {
			k++
		}
		want := b.lines[from : k+1]
		got, err := execute(dir, binary, args, b.word("status"))
		if err != nil {
			t.Errorf("%s:%d: %s: %v", page, b.line+at, b.lines[at], err)
		}
		now := fit(want, got)
		if !*update && bitwise && !slices.Equal(now, want) {
			t.Errorf("%s:%d: %s prints\n%s\nand not\n%s\n(go test ./docs -update rewrites it)",
				page, b.line+at, b.lines[at], strings.Join(now, "\n"), strings.Join(want, "\n"))
		}
		fresh = append(fresh, now...)
	}
	return fresh
}

// command splits a line that calls the program into arguments.
func command(line string) (args []string, is bool) {
	for _, call := range []string{"$ splinternet", "$ go run ./cmd/splinternet"} {
		rest, found := strings.CutPrefix(line, call)
		if found && (rest == "" || rest[0] == ' ') {
			for _, m := range regexp.MustCompile(`'([^']*)'|(\S+)`).FindAllStringSubmatch(rest, -1) {
				args = append(args, m[1]+m[2])
			}
			return args, true
		}
	}
	return nil, false
}

func execute(dir, binary string, args []string, status string) (lines []string, err error) {
	cmd := exec.Command(binary, args...)
	cmd.Dir = dir
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	out := stdout.String()
	if status != "" {
		out = stderr.String()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || fmt.Sprint(exit.ExitCode()) != status {
			return nil, fmt.Errorf("it should end with status %s, but: %v", status, err)
		}
		err = nil
	}
	if err != nil {
		err = fmt.Errorf("%w\n%s", err, stderr.String())
	}
	lines = strings.Split(strings.TrimRight(out, "\n"), "\n")
	for k := range lines {
		lines[k] = strings.TrimRight(lines[k], " ")
	}
	return lines, err
}

// fit cuts the output to the form of what a page shows: nothing, all of it, or
// some lines of the beginning and some of the end around a "...".
func fit(want, got []string) []string {
	if len(want) == 0 {
		return nil
	}
	gap := slices.Index(want, "...")
	if gap < 0 {
		return got
	}
	tail := len(want) - gap - 1
	if gap+tail >= len(got) {
		return got
	}
	return slices.Concat(got[:gap], []string{"..."}, got[len(got)-tail:])
}

// TestResultsPageNamesColumns compares the columns that results.md describes with
// those of a run.
func TestResultsPageNamesColumns(t *testing.T) {
	dir := t.TempDir()
	if _, err := execute(dir, program(t), []string{"run", "two-blocs", "--ticks", "4", "--out", "r", "--quiet"}, ""); err != nil {
		t.Fatal(err)
	}
	text := read(t, "results.md")
	for _, name := range []string{"ticks", "events", "verdicts", "votes", "agents", "links"} {
		_, section, found := strings.Cut(text, "\n## "+name+".csv\n")
		if !found {
			t.Errorf("results.md has no section on %s.csv", name)
			continue
		}
		section, _, _ = strings.Cut(section, "\n## ")
		file, err := os.Open(filepath.Join(dir, "r", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		header, err := csv.NewReader(file).Read()
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, column := range header {
			measured := name == "ticks" && slices.Index(header, column) > slices.Index(header, "label") ||
				name == "verdicts" && slices.Index(header, column) > slices.Index(header, "reason")
			if !measured && !strings.Contains(section, "`"+column+"`") {
				t.Errorf("results.md does not say what column %s of %s.csv is", column, name)
			}
		}
	}
}

// The evidence takes minutes to gather, so only its fingerprint is compared, and only
// where the whole suite is asked for: a changed parameter must not make every test wait.
func TestEvidencePageIsCurrent(t *testing.T) {
	if os.Getenv("SPLINTERNET_FULL") == "" {
		t.Skip("compared in .ci/run")
	}
	page := read(t, "evidence.md")
	if !strings.Contains(page, "`"+evidence.Fingerprint()+"`") {
		t.Error("evidence.md is of another version of the declarations, data or results; " +
			"go run ./cmd/splinternet validate --full --page docs/evidence.md writes it anew")
	}
	if strings.Contains(page, "**no**") {
		t.Log("evidence.md reports numbers or patterns that are not reproduced")
	}
}
