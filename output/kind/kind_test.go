package kind_test

import (
	"testing"

	"splinternet/output/kind"
)

func TestWords(t *testing.T) {
	for _, c := range []struct{ format, words, content, instead string }{
		{kind.Run, "a run", "runs of a scenario", " but of a run"},
		{kind.Ablation, "an ablation", "an ablation: a scenario with one thing after the other taken out", " but of an ablation"},
		{"splinternet-tomorrow", "", "results", ""},
	} {
		if kind.Words(c.format) != c.words || kind.Content(c.format) != c.content || kind.Instead(c.format) != c.instead || !kind.Ours(c.format) {
			t.Errorf("%s is %q, %q, %q", c.format, kind.Words(c.format), kind.Content(c.format), kind.Instead(c.format))
		}
	}
	if kind.Ours("other") {
		t.Error("a manifest of another program counts as one of ours")
	}
}
