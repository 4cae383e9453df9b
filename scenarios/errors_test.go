package scenarios

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"splinternet/scenarios/spec"
)

var rewrite = flag.Bool("rewrite", false, "write the golden files anew")

// Every file of testdata/errors is wrong in the ways that it is about. Its golden
// file holds the messages, which name the lines.
func TestMessages(t *testing.T) {
	files, err := filepath.Glob("testdata/errors/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			_, err := Load(file, Options{})
			if err == nil {
				t.Fatal("no problem found")
			}
			// What is declared elsewhere may grow without changing the messages.
			got := strings.ReplaceAll(filepath.ToSlash(err.Error()), strings.Join(spec.Mechanisms(), ", "), "MECHANISMS") + "\n"
			golden := strings.TrimSuffix(file, ".toml") + ".txt"
			if *rewrite {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}
