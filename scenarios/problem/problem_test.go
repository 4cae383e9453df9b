package problem

import (
	"errors"
	"strings"
	"testing"
)

// Problems come out by file and line, each once, and those that are too many are counted.
func TestCollector(t *testing.T) {
	c := &Collector{Most: 3}
	if c.Err() != nil {
		t.Error("an error without a problem")
	}
	c.Reading("b", "a")
	c.At(Place{File: "a", Line: 2, Key: "k"}, "second")
	c.At(Place{File: "a", Line: 1, Column: 7}, "first")
	c.At(Place{File: "a", Line: 1, Column: 7}, "first")
	c.At(Place{File: "b"}, "of the file that is read first")
	c.At(Place{File: "b"}, "too many")
	want := "b: of the file that is read first\na:1:7: first\na:2: k: second\nand 1 more problems"
	if got := c.Err().Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	var p Problem
	if !errors.As(c.Err(), &p) || p.File != "b" {
		t.Errorf("the first problem is %+v", p)
	}
}

func TestUnknownKey(t *testing.T) {
	c := new(Collector)
	known := []string{"start", "ticks"}
	for key, want := range map[string]string{
		"tick":  "unknown key; allowed: start, ticks; did you mean ticks?",
		"Start": "unknown key; keys are written in lower case; did you mean start?",
	} {
		c.UnknownKey(Place{Key: key}, key, known)
		if got := c.Err().Error(); !strings.Contains(got, want) {
			t.Errorf("%s: got %s\nwant %s", key, got, want)
		}
	}
}
