package saved

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splinternet/models/world"
	"splinternet/output"
	"splinternet/sim"
)

// memory is what a mechanism might remember.
type memory struct {
	Grievances []float64
	By         map[string]int
}

func written(t *testing.T) (file string, content []byte) {
	t.Helper()
	w := world.Plain(3, .1, .5, .9)
	w.Tick = 7
	*world.Slot[memory](w, "feud") = memory{[]float64{1, 2}, map[string]int{"a": 3}}
	content, err := Content(w, output.Scenario{Name: "mine", Title: "Mine"}, 42, 0)
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), Name(0, time.Date(2020, time.July, 1, 0, 0, 0, 0, time.UTC)))
	if err := output.WriteFile(file, content); err != nil {
		t.Fatal(err)
	}
	return file, content
}

func TestWhatIsSavedComesBack(t *testing.T) {
	file, _ := written(t)
	head, w, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if head.Seed != 42 || head.Tick != 7 || head.Date != "2020-07-01" || head.Scenario.Title != "Mine" || !strings.HasSuffix(file, "run0-2020-07-01.world") {
		t.Errorf("head %+v of %s", head, file)
	}
	want := world.Plain(3, .1, .5, .9)
	want.Tick = 7
	if parts := world.Changed(w, want); len(parts) > 0 {
		t.Errorf("the world has changed in %v", parts)
	}
	if m := world.Slot[memory](w, "feud"); len(m.Grievances) != 2 || m.By["a"] != 3 {
		t.Errorf("remembered %+v", m)
	}
}

// What is damaged, cut off, of another version or no saved world is refused, with what
// to do about it.
func TestOtherFilesAreRefused(t *testing.T) {
	file, content := written(t)
	for name, c := range map[string]struct {
		content []byte
		want    string
	}{
		"a byte differs":  {append(bytes.Clone(content[:len(content)-1]), content[len(content)-1]^1), "damaged"},
		"cut off":         {content[:len(content)-9], "damaged"},
		"longer":          {append(bytes.Clone(content), 0), "damaged"},
		"empty":           {nil, "no saved world"},
		"another file":    {[]byte("title = \"x\"\n"), "no saved world"},
		"other results":   {bytes.Replace(content, []byte(`"results_version":`), []byte(`"results_version":9`), 1), "version"},
		"only the head":   {content[:bytes.IndexByte(content, '\n')+1], "damaged"},
		"half of a head":  {content[:20], "no saved world"},
		"another format":  {bytes.Replace(content, []byte(Format), []byte("splinternet-house"), 1), "no saved world"},
		"of a new layout": {bytes.Replace(content, []byte(`"format_version":1`), []byte(`"format_version":2`), 1), "version"},
	} {
		if err := os.WriteFile(file, c.content, 0o666); err != nil {
			t.Fatal(err)
		}
		_, _, err := Read(file)
		var wrong *Error
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), c.want) || wrong.Hint == "" {
			t.Errorf("%s: error %v, want one about %q and a hint", name, err, c.want)
		}
	}
	_, _, err := Read(filepath.Join(t.TempDir(), "nothing"))
	if err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("a missing file: %v", err)
	}
}

// A day stands for the world before its tick, or at the end of the tick that it falls into.
func TestTick(t *testing.T) {
	c := sim.Calendar{Start: time.Date(2018, time.July, 1, 0, 0, 0, 0, time.UTC), Tick: sim.Quarter, Ticks: 4}
	for day, want := range map[string]int{
		"2018-06-30": -1, "2018-07-01": -1, "2018-07-02": 0, "2018-10-01": 0, "2018-10-02": 1, "2019-04-01": 2, "2019-07-01": 3, "2019-07-02": 4,
	} {
		date, err := time.Parse(time.DateOnly, day)
		if got := Tick(c, date); err != nil || got >= 0 != (want >= 0) || want >= 0 && got != want {
			t.Errorf("%s: tick %d, want %d", day, got, want)
		}
	}
}
