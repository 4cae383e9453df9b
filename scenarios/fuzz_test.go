package scenarios

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Load must answer any text with a scenario or with problems, never with a panic,
// and what it accepts must survive its own canonical text.
func FuzzLoad(f *testing.F) {
	files, _ := filepath.Glob("testdata/errors/*.toml")
	for _, file := range append(files, "testdata/full.toml") {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text), "influence.bound=0.3")
	}
	for _, text := range []string{
		tiny, "[[event]]\n[event.x]\n", "event = [1, {}, []]", "[[event.date]]", "a.b.c = {d.e = [[{f = '''x'''}]]}",
		"x = \"\"\"a\"\"\"\"\" # y\n'k.k' . \"\\u0041\" = 1", "title = 2018-07-01T00:00:00Z", "time = []", "\ufefftitle = \"bom\"",
	} {
		f.Add(text, "event.x.y=1")
	}
	defer func(old int) { maxStates = old }(maxStates)
	maxStates = 60
	f.Fuzz(func(t *testing.T, text, set string) {
		if strings.Contains(text, "baseline") || strings.Contains(text, "new-ip") {
			t.Skip("the data are built and tested elsewhere, and slow")
		}
		_, _ = Parse("fuzz.toml", text, Options{Set: []string{set}})
		s, err := Parse("fuzz.toml", text, Options{})
		if err != nil {
			if len(err.(Problems)) == 0 || err.Error() == "" {
				t.Fatal("an error without a problem")
			}
			return
		}
		again, err := Parse("fuzz.toml", s.Text, Options{})
		if err != nil {
			t.Fatalf("%v\n%s\nfrom\n%s", err, s.Text, text)
		}
		if again.Hash != s.Hash {
			t.Fatalf("%s\n%s", s.Text, again.Text)
		}
	})
}

// Positions must agree with the library on where every key stands.
func TestPositions(t *testing.T) {
	text := `a = 1 # comment = 2
"b c".'d' = [
  1, # [x]
  { e = "}", f.g = '''
multi = 1
''' },
]

[t.u]
x = """
y = 2 \""" \
"""""
z = 3
[[l]]
m = {n = 1, o = {p = 2}}
[[l]]
q.r = 2000-01-01
[l.s]
v = "#"
`
	root, problem := parse("p", text, 0)
	if problem != nil {
		t.Fatal(problem)
	}
	want := map[string]int{
		"a": 1, "b c": 2, "b c.d": 2, "t": 9, "t.u": 9, "t.u.x": 10, "t.u.z": 13,
		"l[1]": 14, "l[1].m": 15, "l[1].m.n": 15, "l[1].m.o.p": 15, "l[2]": 16, "l[2].q.r": 17, "l[2].s": 18, "l[2].s.v": 19,
		"b c.d[2].e": 4, "b c.d[2].f.g": 4,
	}
	got := map[string]int{}
	var visit func(n *node)
	visit = func(n *node) {
		if _, seen := got[n.path]; !seen {
			got[n.path] = n.line
		}
		for _, child := range n.nodes {
			visit(child)
		}
	}
	visit(root)
	for path, line := range want {
		if got[path] != line {
			t.Errorf("%s: line %d, want %d", path, got[path], line)
		}
	}
}

func TestHostileTexts(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("[", 1<<20), "a = " + strings.Repeat("[", 1<<20), "a = " + strings.Repeat("{a=", 1<<18),
		strings.Repeat("a.", 1<<16) + "a = 1", strings.Repeat("x", maxText+1), "\x00", "\xff\xfe", "a = \"" + strings.Repeat("\\", 1<<10),
	} {
		if _, err := Parse("hostile.toml", text, Options{}); err == nil {
			t.Error("loaded")
		}
	}
}
