package evidence

import (
	"context"
	"math"
	"os"
	"strings"
	"testing"

	"splinternet/scenarios"
	"splinternet/sim/analysis"
)

// Every published number is reproduced.
func TestVerify(t *testing.T) {
	list, err := Verify()
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 120 {
		t.Errorf("only %d numbers are verified", len(list))
	}
	report(t, list)
}

func report(t *testing.T, list []Check) {
	t.Helper()
	for _, c := range list {
		if !c.Passed() {
			t.Errorf("%s; %s: %.6g, expected %.6g +- %g (%s)", c.Group, c.Name, c.Measured, c.Expected, c.Tolerance, c.Source)
		}
	}
}

// Other programs' exact numbers are reproduced.
func TestDock(t *testing.T) {
	list, claims, err := Dock(context.Background(), 3, 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 40 || len(claims) != 8 {
		t.Errorf("%d numbers, %d claims", len(list), len(claims))
	}
	report(t, list)
}

// Both sides of every pair are scenarios without a mistake, and differ.
func TestPairsLoad(t *testing.T) {
	hash := map[side]string{}
	for _, h := range hypotheses {
		for _, s := range h.sides() {
			if hash[s] != "" {
				continue
			}
			loaded, err := scenarios.Parse("pair.toml", s.text(), scenarios.Options{})
			if err != nil {
				t.Fatalf("%s: %v", h.name, err)
			}
			hash[s] = loaded.Hash
		}
		if hash[h.without] == hash[h.with] {
			t.Errorf("%s: both sides of %q are the same", h.name, h.change)
		}
	}
}

// What is called supported, and what is not.
func TestFinding(t *testing.T) {
	for _, c := range []struct {
		expected  expectation
		low, high float64
		want      Finding
	}{
		{rises("x"), .1, .3, Supported},
		{rises("x"), -.1, .3, Unclear},
		{rises("x"), -.3, -.1, NotSupported},
		{rises("x"), 0, 0, NotSupported},
		{falls("x"), .1, .3, NotSupported},
		{falls("x"), -.3, -.1, Supported},
		{falls("x"), -.3, .1, Unclear},
		{stays("x", .2), -.1, .2, Supported},
		{stays("x", .2), -.3, .1, Unclear},
		{stays("x", .2), .21, .3, NotSupported},
		{stays("x", .2), -.3, -.25, NotSupported},
		{rises("x"), math.NaN(), math.NaN(), Unclear},
		{stays("x", .2), math.NaN(), math.NaN(), Unclear},
	} {
		if got := c.expected.finding(analysis.Estimate{Low: c.low, High: c.high}); got != c.want {
			t.Errorf("%s, %g to %g: %s, want %s", c.expected.direction, c.low, c.high, got, c.want)
		}
	}
}

// The recorded votes have the patterns that the literature note counted: 77 of 158 states said
// yes to both texts, nobody opposed both, and cohesion is in the order listed.
func TestRecordedPatterns(t *testing.T) {
	baseline, err := scenarios.Load("baseline", scenarios.Options{Ticks: 1})
	if err != nil {
		t.Fatal(err)
	}
	votes, err := recordedVotes(baseline.World)
	if err != nil {
		t.Fatal(err)
	}
	r := votingPatterns(baseline.World, votes, votes)
	if r.double != 77./158 || r.west != 46./158 || r.hard != 12./158 || r.errors != 0 || math.Abs(r.cohesion-1) > 1e-12 {
		t.Errorf("%+v", r)
	}
	for k, c := range cohesions(baseline.World, votes)[1:] {
		const order = .01 // ASEAN and the African Union are nearly equal
		if c > cohesions(baseline.World, votes)[k]+order {
			t.Errorf("%s is more cohesive than %s", cohesive[k+1], cohesive[k])
		}
	}
	bans, err := recordedBans(baseline.World)
	if err != nil || !(bans.allied > .5 && bans.allied < 1) || !(bans.early > .5 && bans.early < 1) {
		t.Errorf("%+v, %v", bans, err)
	}
}

// The whole, a few runs each, gives the same page with any number of workers.
func TestRun(t *testing.T) {
	if os.Getenv("SPLINTERNET_FULL") == "" {
		t.Skip("plays a hundred runs of the baseline")
	}
	var pages []string
	for _, workers := range []int{1, 3} {
		var tables []string
		r, err := Run(context.Background(), Quick, workers, func(table string) { tables = append(tables, table) })
		if err != nil {
			t.Fatal(err)
		}
		if !r.Passed() || strings.Join(tables, " ") != "verification hindcast patterns docking hypotheses" {
			t.Errorf("passed: %v, tables: %v", r.Passed(), tables)
		}
		pages = append(pages, r.Markdown())
	}
	if pages[0] != pages[1] {
		t.Error("the number of workers changes the page")
	}
	for _, want := range []string{"## 1. Verification", "## 5. Hypotheses", "beats every baseline", "`" + Fingerprint() + "`"} {
		if !strings.Contains(pages[0], want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(pages[0], "NaN") || strings.Contains(pages[0], "%!") {
		t.Error("the page has a number or a word that it should not have")
	}
}
