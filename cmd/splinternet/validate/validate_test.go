package validate

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/output/kind"
	"splinternet/output/study"
	"splinternet/scenarios/evidence"
	"splinternet/scenarios/hindcast"
	"splinternet/sim/analysis"
)

// A number that is not reproduced is printed, written, and makes the exit status 1; a pattern
// that is missed does not.
func TestValidateFails(t *testing.T) {
	h, err := hindcast.Run(hindcast.Options{Frozen: true})
	if err != nil {
		t.Fatal(err)
	}
	r := &evidence.Report{
		Level: evidence.Quick, Hindcast: h,
		Verification: []evidence.Check{
			{Group: "Pitchfork", Name: "J = 4", Source: "theory", Expected: .979, Tolerance: .001, Measured: .979},
			{Group: "Pitchfork", Name: "J = 2.5", Source: "theory", Expected: .855, Tolerance: .001, Measured: math.NaN()},
		},
		Patterns: []evidence.Pattern{{Name: "P1", Statement: "double yes", Observed: math.NaN(), Low: .4, High: math.Inf(1), Simulated: analysis.Estimate{Value: .1}}},
	}
	dir := filepath.Join(t.TempDir(), "out")
	for _, asJSON := range []bool{false, true} {
		var out bytes.Buffer
		o := options{out: dir, format: "csv", json: asJSON, page: filepath.Join(filepath.Dir(dir), "page.md")}
		if err := deliverEvidence(&console.Console{Out: &out, Err: &out}, o, r, time.Now()); err != nil {
			t.Fatal(err)
		}
		if asJSON {
			if !json.Valid(out.Bytes()) {
				t.Errorf("no JSON: %s", out.Bytes())
			}
			continue
		}
		if text := out.String(); !strings.Contains(text, "1 of 2 reproduced") || !strings.Contains(text, "J = 2.5: NaN, expected 0.855") {
			t.Errorf("the failure is not printed:\n%s", text)
		}
	}
	m, err := study.ReadManifest(dir)
	if err != nil || m.Format != kind.Evidence || m.Options["passed"] != false {
		t.Errorf("manifest %+v, %v", m, err)
	}
	for name, want := range map[string]string{
		"verification.csv":    "Pitchfork,J = 2.5,theory,0.855,0.001,,false",
		"hindcast.csv":        "A/RES/74/28,USA,yes,",
		"hindcast_scores.csv": "A/RES/74/247,persistence,172,",
		"patterns.csv":        "P1,double yes,,0.1,",
		"evidence.md":         "1 of 2 numbers are reproduced",
		"../page.md":          "1 of 2 numbers are reproduced",
	} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s does not say %q: %v", name, want, err)
		}
	}
	var message bytes.Buffer
	if status := console.Report(&message, conclude(r)); status != console.Broken || !strings.Contains(message.String(), "not reproduced: Pitchfork, J = 2.5") {
		t.Errorf("status %d: %s", status, message.String())
	}
	r.Verification = r.Verification[:1]
	if err := conclude(r); err != nil {
		t.Errorf("a pattern that is missed fails: %v", err)
	}
}
