package chronicle_test

import (
	"strings"
	"testing"

	"splinternet/models/chronicle"
	"splinternet/models/crime"
	"splinternet/models/modeltest"
	"splinternet/models/security"
	"splinternet/models/world"
)

// Crime is news where many criminals go free and a state that matters is hit, once for a
// pair in some years; joint operations are told once a year.
func TestCrimeIsTold(t *testing.T) {
	w := modeltest.World(3)
	w.Chronicle.On, w.Chronicle.Teller = true, chronicle.Chronicle{}
	w.Tick = 0
	for _, f := range []world.Fact{
		crime.Wave{Host: 0, Victim: 1, Severity: 4, Free: .7, Part: .2},
		crime.Wave{Host: 0, Victim: 1, Severity: 4, Free: .7, Part: .2},   // told already
		crime.Wave{Host: 0, Victim: 2, Severity: 4, Free: .3, Part: .2},   // found out
		crime.Wave{Host: 0, Victim: 2, Severity: 4, Free: .7, Part: .001}, // few
		crime.Operation{Host: 0, Partner: 1, Text: -1},
		crime.Operation{Host: 0, Partner: 2, Text: -1}, // one a year
		security.Suffered{Incident: security.Incident{Initiator: 0, Target: 2, Severity: 6, Blamed: 0, Public: true, Crime: true}},
	} {
		w.Tell(f)
	}
	want := []string{
		"Criminal groups in s0, where most of them go free, hit firms and hospitals in s1.",
		"Police of s0 and s1 break up a criminal group in s0 together.",
		"wrongly accuses the state itself in public, but takes no step against it.",
	}
	if len(w.Chronicle.Entries) != len(want) {
		t.Fatalf("told: %+v", w.Chronicle.Entries)
	}
	for k, e := range w.Chronicle.Entries {
		if !strings.Contains(strings.ToLower(e.Text), strings.ToLower(want[k])) || e.Weight <= 0 || e.Weight > 1 {
			t.Errorf("told %+v; want %q", e, want[k])
		}
	}
	w.Tick = 24 // six years later
	w.Tell(crime.Wave{Host: 0, Victim: 1, Severity: 4, Free: .7, Part: .2})
	if len(w.Chronicle.Entries) != len(want)+1 {
		t.Error("after six years a wave is no news again")
	}
}
