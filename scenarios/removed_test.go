package scenarios

import (
	"strings"
	"testing"

	"splinternet/models"
)

// Whoever names a parameter that is gone is told what took its place: in a scenario, in an
// event, on a command line and in what a sweep varies.
func TestRemovedParametersAreExplained(t *testing.T) {
	for _, r := range models.RemovedParameters() {
		instead := models.Instead(r.Name)
		event := "[[event]]\nname = \"x\"\nkind = \"parameter\"\ndate = 2019-01-01\nparameter = \"" + r.Name + "\"\nvalue = 1\n"
		for where, load := range map[string]func() error{
			"a scenario": func() error {
				_, err := Parse("x.toml", "title = \"x\"\nextends = \"two-blocs\"\n[parameters]\n"+r.Name+" = 1\n", Options{})
				return err
			},
			"an event": func() error {
				_, err := Parse("x.toml", "title = \"x\"\nextends = \"two-blocs\"\n"+event, Options{})
				return err
			},
			"--set": func() error {
				_, err := Load("two-blocs", Options{Set: []string{r.Name + "=1"}})
				return err
			},
			"--vary":  func() error { return varies(t, r.Name) },
			"a range": func() error { return varies(t, r.Name+"=0:1") },
		} {
			if err := load(); err == nil || !strings.Contains(err.Error(), instead) {
				t.Errorf("%s names %s: %v", where, r.Name, err)
			}
		}
	}
}

func varies(t *testing.T, text string) error {
	s, err := Load("two-blocs", Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Factors(VaryFlags([]string{text}))
	return err
}
