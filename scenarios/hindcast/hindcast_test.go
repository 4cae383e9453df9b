package hindcast

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"splinternet/models/voting"
	"splinternet/models/voting/forecast"
)

func run(t testing.TB, o Options) *Result {
	t.Helper()
	r, err := Run(o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The roll calls of 2019 are predicted better than by every baseline, and the baselines
// are those that the literature note computed (log scores .191, 1.185, .485).
func TestBeatsBaselines(t *testing.T) {
	r := run(t, Options{Frozen: true})
	if len(r.Calls) != 3 {
		t.Fatalf("%d roll calls", len(r.Calls))
	}
	published := map[string]float64{"A/RES/74/28": .191, "A/RES/74/29": 1.185, "A/RES/74/247": .485}
	for _, c := range r.Calls {
		if got := c.Baselines[1].LogScore; math.Abs(got-published[c.ID]) > .01 {
			t.Errorf("%s: persistence has the log score %.3f, published %.3f", c.ID, got, published[c.ID])
		}
		for k, b := range c.Baselines {
			if c.Score.LogScore >= b.LogScore || c.Score.Brier >= b.Brier {
				t.Errorf("%s: log score %.4f, Brier %.4f; %s has %.4f, %.4f",
					c.ID, c.Score.LogScore, c.Score.Brier, Baselines[k], b.LogScore, b.Brier)
			}
		}
	}
	model := r.MeanOf(func(c *Call) forecast.Score { return c.Score })
	for k := range Baselines {
		if b := r.MeanOf(func(c *Call) forecast.Score { return c.Baselines[k] }); model.Accuracy <= b.Accuracy {
			t.Errorf("mean accuracy %.3f, %s has %.3f", model.Accuracy, Baselines[k], b.Accuracy)
		}
	}
}

// On 16 series of other resolutions the forecaster does better than repeating the last
// vote, by a clear margin in the log score.
func TestSeries(t *testing.T) {
	list, err := Series()
	if err != nil {
		t.Fatal(err)
	}
	var model, persistence Mean
	better := 0
	for _, s := range list {
		t.Logf("%-45s %d  log %.3f against %.3f, Brier %.3f against %.3f, accuracy %.3f against %.3f", s.Subject, s.Calls,
			s.Model.LogScore, s.Persistence.LogScore, s.Model.Brier, s.Persistence.Brier, s.Model.Accuracy, s.Persistence.Accuracy)
		model.LogScore += s.Model.LogScore
		model.Brier += s.Model.Brier
		persistence.LogScore += s.Persistence.LogScore
		persistence.Brier += s.Persistence.Brier
		if s.Model.LogScore < s.Persistence.LogScore {
			better++
		}
	}
	if model.LogScore > .8*persistence.LogScore || model.Brier > persistence.Brier || better < 14 {
		t.Errorf("log score %.3f against %.3f, Brier %.3f against %.3f, better in %d of %d",
			model.LogScore, persistence.LogScore, model.Brier, persistence.Brier, better, len(list))
	}
}

func embedded(t testing.TB, name string) string {
	text, err := os.ReadFile(filepath.Join("..", "data", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t testing.TB, name, text string) string {
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func odds(t *testing.T, r *Result, id string) []voting.Odds {
	t.Helper()
	for _, c := range r.Calls {
		if c.ID == id {
			return c.Odds
		}
	}
	t.Fatalf("no roll call %s", id)
	return nil
}

// Nothing of a roll call's own votes, tallies, title or note, nor of later ones, may
// change its forecast.
func TestSeesNothingOfTheVote(t *testing.T) {
	honest := run(t, Options{Frozen: false})
	votes := embedded(t, "votes.csv")
	var altered strings.Builder
	for line := range strings.Lines(votes) {
		if strings.HasPrefix(line, "A/RES/74/247") {
			line = strings.NewReplacer(",yes", ",no", ",no\n", ",abstain\n", ",absent", ",yes").Replace(line)
		}
		altered.WriteString(line)
	}
	resolutions := strings.ReplaceAll(embedded(t, "resolutions.csv"), "79,60,33,79,60,33,Creates the ad hoc", "1,190,2,1,190,2,Creates the ad hoc")
	if resolutions == embedded(t, "resolutions.csv") {
		t.Fatal("the tallies of 74/247 are not where they were")
	}
	r := run(t, Options{Votes: write(t, "votes.csv", altered.String()), Resolutions: write(t, "resolutions.csv", resolutions)})
	for _, id := range []string{"A/RES/74/28", "A/RES/74/29", "A/RES/74/247"} {
		for i, o := range odds(t, r, id) {
			if o != odds(t, honest, id)[i] {
				t.Fatalf("%s, %s: %v, was %v", id, r.States[i], o, odds(t, honest, id)[i])
			}
		}
	}
	// 74/28 and 74/29 are of one day: neither knows the other.
	swapped := strings.NewReplacer("A/RES/74/28,2019-12-12", "A/RES/74/28,2019-12-11").Replace(votes)
	r = run(t, Options{Votes: write(t, "votes.csv", swapped)})
	same := 0
	for i, o := range odds(t, r, "A/RES/74/29") {
		if o == odds(t, honest, "A/RES/74/29")[i] {
			same++
		}
	}
	if same > 10 {
		t.Errorf("a vote of the day before changes nothing for %d states", same)
	}
}

// The order of rows does not matter, nor where the program finds the past.
func TestOrderOfRows(t *testing.T) {
	honest := run(t, Options{})
	lines := strings.SplitAfter(strings.TrimSuffix(embedded(t, "votes.csv"), "\n"), "\n")
	lines[len(lines)-1] += "\n"
	var reversed, later strings.Builder
	reversed.WriteString(lines[0])
	later.WriteString(lines[0])
	for k := len(lines) - 1; k > 0; k-- {
		reversed.WriteString(lines[k])
		if strings.HasPrefix(lines[k], "A/RES/74") {
			later.WriteString(lines[k])
		}
	}
	for name, text := range map[string]string{"all rows reversed": reversed.String(), "later rows only": later.String()} {
		r := run(t, Options{Votes: write(t, "votes.csv", text)})
		if len(r.Training) != len(honest.Training) {
			t.Fatalf("%s: %d roll calls train", name, len(r.Training))
		}
		for k, c := range r.Calls {
			for i, o := range c.Odds {
				if o != honest.Calls[k].Odds[i] {
					t.Fatalf("%s: %s, %s: %v, was %v", name, c.ID, r.States[i], o, honest.Calls[k].Odds[i])
				}
			}
		}
	}
}

const (
	votesHeader       = "resolution,date,iso3,vote\n"
	resolutionsHeader = "id,line,kind,lead_sponsor\n"
)

// Sponsors, lines and kinds that nobody knows, groups as sponsors, few votes and states
// without a past are all predicted; what is not known is told.
func TestRobust(t *testing.T) {
	votes := votesHeader +
		"X/1,2021-12-01,USA,yes\nX/1,2021-12-01,RUS,no\nX/1,2021-12-01,XKX,yes\n" +
		"X/2,2022-12-01,USA,yes\nX/2,2022-12-01,NRU,abstain\nX/2,2022-12-01,RUS,not_member\n" +
		"X/3,2023-12-01,FRA,no\nX/4,2023-12-01,FRA,absent\nX/5,2023-12-02,IND,yes\nX/6,2023-12-03,IND,yes\n"
	resolutions := resolutionsHeader +
		"X/1,ict_security,programme,EU\nX/2,quantum,create,Atlantis\nX/3,,,\nX/5,cybercrime,treaty,Russian Federation; African Union\n"
	o := Options{Votes: write(t, "v.csv", votes), Resolutions: write(t, "r.csv", resolutions), Until: day(2020), Alone: true}
	alone := run(t, o)
	if len(alone.Training) != 0 || len(alone.Calls) != 5 {
		t.Errorf("%d train, %d are predicted", len(alone.Training), len(alone.Calls))
	}
	o.Alone = false
	r := run(t, o)
	if len(r.Training) != 11 {
		t.Errorf("%v train", r.Training)
	}
	for _, want := range []string{"XKX", "programme", "quantum", "Atlantis", "X/3: line is blank", "X/4: nobody voted", "X/6: no row", "11 roll calls"} {
		if !strings.Contains(strings.Join(r.Notes, "\n"), want) {
			t.Errorf("no note of %s in\n%s", want, strings.Join(r.Notes, "\n"))
		}
	}
	for _, c := range r.Calls {
		if !(c.Score.LogScore > 0) || math.IsInf(c.Score.LogScore, 0) {
			t.Errorf("%s: log score %g", c.ID, c.Score.LogScore)
		}
	}
	for _, name := range []string{"XKX", "Russian Federation", "African Union"} {
		if strings.Contains(strings.Join(r.Notes, "\n"), `"`+name+`" is no state`) {
			t.Errorf("%s is not known as a sponsor", name)
		}
	}
}

func day(year int) time.Time { return time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC) }

func TestErrors(t *testing.T) {
	for _, c := range []struct{ votes, resolutions, want string }{
		{"", resolutionsHeader, "v.csv:1:1: the file is empty"},
		{"resolution,date,iso3\nX,2020-01-01,USA\n", resolutionsHeader, `v.csv:1:1: column "vote" is missing`},
		{votesHeader + "X,2020-01-01,USA,maybe\n", resolutionsHeader, `v.csv:2:18: vote "maybe" is unknown`},
		{votesHeader + "X,2020-13-01,USA,yes\n", resolutionsHeader, `v.csv:2:3: date "2020-13-01" is no date`},
		{votesHeader + "X,2020-01-01,USA,yes\nX,2020-01-01,USA,no\n", resolutionsHeader, "v.csv:3:14: state USA votes twice"},
		{votesHeader + "X,2020-01-01,USA,yes\nX,2020-01-02,RUS,no\n", resolutionsHeader, "has the dates 2020-01-01 and 2020-01-02"},
		{votesHeader + "X,2020-01-01,USA,yes\n", resolutionsHeader + "X,a,b,c\nX,a,b,c\n", "r.csv:3:1: resolution X comes twice"},
		{votesHeader + "X,2018-01-01,USA,yes\n", resolutionsHeader, "no vote was recorded after 2018-12-31; the last one is of 2018-12-22"},
		{votesHeader + "X,2020-01-01,USA,yes,1\n", resolutionsHeader, "v.csv:2:"},
	} {
		_, err := Run(Options{Votes: write(t, "v.csv", c.votes), Resolutions: write(t, "r.csv", c.resolutions)})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: error %v, want %q", c.votes, err, c.want)
		}
	}
}

// Any files are answered with forecasts that are probabilities, or with an error.
func FuzzRun(f *testing.F) {
	f.Add(votesHeader+"X,2020-01-01,USA,yes\nY,2021-01-01,RUS,no\n", resolutionsHeader+"X,ict_security,create,USA\nY,cybercrime,treaty,RUS;USA\n")
	f.Add(votesHeader+"X,0001-01-01,USA,yes\nY,9999-01-01,RUS,no\n", resolutionsHeader+"X,,,\n")
	f.Add("\xef\xbb\xbf"+votesHeader+"\"X\n\",2020-01-01,USA,yes\n", "id\n")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, votes, resolutions string) {
		v, r := filepath.Join(dir, "v.csv"), filepath.Join(dir, "r.csv")
		for path, text := range map[string]string{v: votes, r: resolutions} {
			if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if bytes.Count([]byte(votes), []byte("\n")) > 12 {
			t.Skip("slow")
		}
		result, err := Run(Options{Votes: v, Resolutions: r, Alone: true})
		if err != nil {
			return
		}
		for _, c := range result.Calls {
			if s := c.Score; !(s.LogScore >= 0) || math.IsInf(s.LogScore, 0) || !(s.Brier >= 0 && s.Brier <= 2) {
				t.Fatalf("%s: %+v", c.ID, s)
			}
		}
	})
}

func BenchmarkRun(b *testing.B) {
	for b.Loop() {
		run(b, Options{})
	}
}
