package sweep

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/scenarios"
	"splinternet/sim/analysis"
)

// WriteScreen writes the closing screen of a sweep: how the runs ended, what was
// varied, what failed, and where to look further.
func (m *Manifest) WriteScreen(w io.Writer, dir string, look output.Look) error {
	s := &screen{Page: output.NewPage(look), Manifest: m, dir: dir}
	s.title()
	s.verdicts()
	s.factors()
	s.failures()
	s.further()
	return s.Print(w)
}

type screen struct {
	*output.Page
	*Manifest
	dir string
}

func (s *screen) title() {
	title := s.Scenario.Title
	if title == "" {
		title = s.Scenario.Name
	}
	s.Title("Sweep of " + title)
	runs := output.Count(s.Runs, "run")
	if s.Finished < s.Runs {
		runs = fmt.Sprintf("%d of %d runs", s.Finished, s.Runs)
	}
	s.Say(0, fmt.Sprintf("%s, %s of %s each, seed %d: %s", designWords(s.Design.Name),
		output.Count(s.Points, "point"), output.Count(s.RunsPerPoint, "run"), s.Seed, runs))
}

func designWords(name string) string {
	words := map[string]string{
		"grid": "Grid", "list": "List of points", "random": "Random points", "lhs": "Latin hypercube", "halton": "Halton sequence",
		"morris": "Morris trajectories", "saltelli": "Saltelli design",
	}[name]
	if words == "" {
		return name
	}
	return words
}

func (s *screen) verdicts() {
	sound := s.Finished - s.Failed
	s.Heading(fmt.Sprintf("%-28s %6s   %-14s %s", "End states", "share", "95 % interval", "runs"))
	for _, l := range verdict.Labels {
		n := s.Verdicts[l]
		if n == 0 {
			continue
		}
		low, high := analysis.Wilson(n, sound)
		fmt.Fprintf(s, "  %-26s %6s   %-14s %d\n", l.Words(), output.Percent(float64(n)/float64(sound)),
			output.PercentRange(low, high), n)
	}
	if sound == 0 {
		s.Say(2, "No run has a verdict.")
		return
	}
	if s.Failed > 0 {
		s.Say(2, fmt.Sprintf("Read with care: these are shares of the %s that came to an end. %d of %d failed, and where those would have ended no share says.",
			output.Count(sound, "run"), s.Failed, s.Finished))
	}
	s.Say(2, fmt.Sprintf("In %s of runs a threshold is less than 5 %% away. Shares are those of the points of this design, not probabilities of a future.",
		output.Percent(float64(s.Borderline)/float64(sound))))
}

// toldFactors is how many factors the screen lists.
const toldFactors = 12

func (s *screen) factors() {
	s.Heading("Varied")
	width := 0
	for _, f := range s.Factors[:min(toldFactors, len(s.Factors))] {
		width = max(width, utf8.RuneCountInString(f.Name))
	}
	for _, f := range s.Factors[:min(toldFactors, len(s.Factors))] {
		fmt.Fprintf(s, "  %-*s  %s\n", width, f.Name, f.Range)
	}
	if more := len(s.Factors) - toldFactors; more > 0 {
		fmt.Fprintf(s, "  and %d more: see %s\n", more, output.Quote(s.dir+"/"+scenarios.PlanFile))
	}
}

func (s *screen) failures() {
	if s.Failed == 0 {
		return
	}
	s.Heading(fmt.Sprintf("%d of %d runs failed", s.Failed, s.Finished))
	first := s.Failures[0]
	s.Say(2, fmt.Sprintf("The first is run %d, at point %d: %s", first.Run, first.Point, first.Error))
	fmt.Fprintf(s, "  Repeat it: %s\n", first.Command)
}

func (s *screen) further() {
	s.Heading("Results are in " + s.dir)
	var names []string
	for _, f := range s.Files {
		what := "a row for each run"
		if strings.HasPrefix(f.Name, Ticks+".") {
			what = "a row for each tick of each run"
		}
		names = append(names, f.Name+" ("+what+")")
	}
	s.Say(2, strings.Join(names, ", ")+fmt.Sprintf(", %s, and the plan in %s and %s.", output.ManifestName, scenarios.PlanFile, scenarios.PointsFile))
	dir := output.Quote(s.dir)
	next := "splinternet sensitivity " + dir
	if rarest, found := s.rarest(); found && s.Design.Name != "morris" && s.Design.Name != "saltelli" {
		next = fmt.Sprintf("splinternet discover %s --for %s", dir, rarest)
	}
	fmt.Fprintf(s, "  Next: %s\n", next)
}

// rarest is the least frequent of the end states that occurred: the one whose
// conditions are worth a search, if there is another.
func (s *screen) rarest() (rarest verdict.Label, found bool) {
	least, kinds := 0, 0
	for _, l := range verdict.Labels {
		if n := s.Verdicts[l]; n > 0 {
			if kinds++; least == 0 || n < least {
				rarest, least = l, n
			}
		}
	}
	return rarest, kinds > 1
}

// WriteJSON writes the manifest with the shares of the verdicts as one object.
func (m *Manifest) WriteJSON(w io.Writer, dir string) error {
	type share struct {
		Label string  `json:"label"`
		Runs  int     `json:"runs"`
		Share float64 `json:"share"`
		Low   float64 `json:"low"`
		High  float64 `json:"high"`
	}
	shares := []share{}
	for _, l := range verdict.Labels {
		sound := m.Finished - m.Failed
		low, high := analysis.Wilson(m.Verdicts[l], sound)
		shares = append(shares, share{string(l), m.Verdicts[l], float64(m.Verdicts[l]) / float64(max(1, sound)), low, high})
	}
	short := *m
	short.Scenario.Text = ""
	return output.WriteJSON(w, struct {
		Out    string  `json:"out"`
		Shares []share `json:"shares"`
		*Manifest
	}{dir, shares, &short})
}
