package scenarios

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
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
	f.Fuzz(func(t *testing.T, text, set string) {
		if strings.Contains(text, "baseline") || strings.Contains(text, "new-ip") {
			t.Skip("the data are built and tested elsewhere, and slow")
		}
		if root, _ := document.Parse("fuzz.toml", text); strings.Contains(set, "states") || manyStates(root) {
			t.Skip("a world of many states takes long")
		}
		_, _ = Parse("fuzz.toml", text, Options{Set: []string{set}})
		s, err := Parse("fuzz.toml", text, Options{})
		if err != nil {
			if len(err.(problem.List)) == 0 || err.Error() == "" {
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

// manyStates tells whether a scenario generates more than 60 states.
func manyStates(root *document.Node) bool {
	n := root.Find("world.generate.states")
	if n == nil {
		return false
	}
	states, _ := n.Float()
	return states > 60
}

func TestHostileTexts(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("[", 1<<20), "a = " + strings.Repeat("[", 1<<20), "a = " + strings.Repeat("{a=", 1<<18),
		strings.Repeat("a.", 1<<16) + "a = 1", strings.Repeat("x", document.MaxText+1), "\x00", "\xff\xfe", "a = \"" + strings.Repeat("\\", 1<<10),
	} {
		if _, err := Parse("hostile.toml", text, Options{}); err == nil {
			t.Error("loaded")
		}
	}
}
