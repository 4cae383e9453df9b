package output

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/sim"
	"splinternet/sim/analysis"
)

// sparkWidth is the width of the sparklines.
const sparkWidth = 30

// screen composes the closing screen.
type screen struct {
	*Page
	*Summary
}

// WriteScreen writes the closing screen: the verdict and why, the trends, the
// events that mattered most, and where to look further.
func (s *Summary) WriteScreen(w io.Writer, look Look) error {
	c := &screen{Page: NewPage(look), Summary: s}
	c.title()
	if s.Manifest.Runs == 1 {
		c.one()
	} else {
		c.many()
	}
	c.trends()
	c.happenings()
	c.further()
	return c.Print(w)
}

func (c *screen) title() {
	m := c.Manifest
	name := m.Scenario.Title
	if name == "" {
		name = m.Scenario.Name
	}
	runs := "1 run"
	if m.Runs > 1 {
		runs = fmt.Sprintf("%d runs", m.Runs)
		if c.Finished < m.Runs {
			runs = fmt.Sprintf("%d of %d runs", c.Finished, m.Runs)
		}
	}
	c.Title(name)
	c.Say(0, fmt.Sprintf("%s, %s of a %s, seed %d, %s", Span(c.calendar), count(c.calendar.Ticks, "tick"), c.calendar.Tick, m.Seed, runs))
	if m.From != nil {
		c.Say(0, fmt.Sprintf("Gone on from %s", m.From))
	}
}

// one tells the verdict of a single run.
func (c *screen) one() {
	v := c.example[c.Modal()].verdict
	c.WriteString("\n")
	c.verdict(v.Label)
	c.Heading("Why")
	c.why(&v)
	var turns []string
	for _, t := range c.turns {
		if t.lower+t.higher > 0 {
			turns = append(turns, turned(t))
		}
	}
	if len(c.turns) == 0 {
		return
	}
	if len(turns) == 0 {
		c.Say(2, "Robust: no threshold, moved by 20 %, would change the label.")
		return
	}
	c.Say(2, "Not robust: it would be "+strings.Join(turns, "; ")+".")
}

func (c *screen) verdict(l verdict.Label) {
	c.Title(strings.ToUpper(l.Words()))
	c.Say(0, sentence(l.Meaning()))
}

// turned words what a threshold does that turns the label.
func turned(t turn) string {
	way := "lower"
	switch {
	case t.lower > 0 && t.higher > 0:
		way = "lower or higher"
	case t.higher > 0:
		way = "higher"
	}
	return fmt.Sprintf("%s with %s 20 %% %s", t.to.Words(), t.parameter, way)
}

// why tells the comparisons that led to the label.
func (c *screen) why(v *verdict.Verdict) {
	if v.Reason != "" {
		c.Say(2, sentence(v.Reason))
	}
	width := 0
	for _, t := range v.Tests {
		width = max(width, len(t.Measure))
	}
	for _, t := range v.Tests {
		sign := "< "
		if t.Above {
			sign = ">="
		}
		fmt.Fprintf(c, "  %-*s %7s %s %-6s %s%s\n", width, t.Measure, short(t.Value), sign, short(t.Threshold), t.Parameter, margin(t))
	}
	borderline := ""
	if v.Borderline {
		borderline = ": borderline"
	}
	fmt.Fprintf(c, "  Margin %s%s.\n", Percent(v.Margin), borderline)
}

func margin(t verdict.Test) string {
	if t.Threshold == 0 {
		return ""
	}
	return ", " + Percent(math.Abs((t.Value-t.Threshold)/t.Threshold)) + " away"
}

// many tells the shares of the labels over the runs.
func (c *screen) many() {
	modal := c.Modal()
	c.WriteString("\n")
	c.Title(strings.ToUpper(modal.Words()) + " in " + Percent(c.Share(modal)) + " of runs")
	c.Say(0, sentence(modal.Meaning()))
	c.Heading(fmt.Sprintf("%-28s %6s   %-14s %s", "End states", "share", "95 % interval", "runs"))
	for _, l := range verdict.Labels {
		if c.counts[l] == 0 {
			continue
		}
		low, high := analysis.Wilson(c.counts[l], c.Finished)
		fmt.Fprintf(c, "  %-26s %6s   %-14s %d\n", l.Words(), Percent(c.Share(l)),
			PercentRange(low, high), c.counts[l])
	}
	e := c.example[modal]
	c.Heading(fmt.Sprintf("Why, in run %d, the first that ended so", e.run))
	c.why(&e.verdict)
	c.Say(2, fmt.Sprintf("Median margin over runs %s. %s", Percent(c.medianMargin()), c.robustShare()))
}

func (c *screen) robustShare() string {
	if len(c.turns) == 0 {
		return ""
	}
	text := fmt.Sprintf("In %s of runs moving one threshold by 20 %% would change the label", Percent(1-float64(c.sound)/float64(c.Finished)))
	if c.sound == 0 {
		text = "In every run moving one threshold by 20 % would change the label"
	}
	worst := c.turns[0]
	for _, t := range c.turns {
		if t.lower+t.higher > worst.lower+worst.higher {
			worst = t
		}
	}
	if worst.lower+worst.higher == 0 {
		return text + "."
	}
	return fmt.Sprintf("%s; most often it is %s that would: lower in %d runs, higher in %d.",
		text, worst.parameter, worst.lower, worst.higher)
}

// trends draws the headline measures.
func (c *screen) trends() {
	all, medians, ticks := measures.All(), c.medians()[1:], c.calendar.Ticks
	width := 0
	for _, m := range c.headline {
		width = max(width, utf8.RuneCountInString(all[m].Title))
	}
	head := "Trends"
	if c.Finished > 1 {
		head = "Trends, median over runs"
	}
	const scale = "(each on its own scale)"
	middle := max(len(scale), min(sparkWidth, ticks))
	c.Heading(fmt.Sprintf("%-*s %8s  %-*s %8s", width+2, head, "first", middle, scale, "last"))
	for k, m := range c.headline {
		series := medians[k*ticks : (k+1)*ticks]
		first, last, _ := measures.Ends(series, c.calendar, verdict.WindowYears)
		// Sprintf pads by runes, as a terminal does.
		fmt.Fprintf(c, "  %-*s %8s  %-*s %8s\n",
			width, Capital(all[m].Title), short(first), middle, sparkline(series, sparkWidth), short(last))
	}
}

// happenings tells the most consequential events of the first run.
func (c *screen) happenings() {
	if len(c.events) == 0 {
		return
	}
	head := "What mattered most"
	if c.Manifest.Runs > 1 {
		head += ", in run 0"
	}
	c.Heading(head)
	for _, e := range c.events {
		c.Hang("  "+period(c.calendar, e.Tick), 11, e.Text)
	}
}

// period names a tick as people do: the month, the quarter or the year.
func period(calendar sim.Calendar, tick int) string {
	date := calendar.Date(tick)
	switch calendar.Tick {
	case sim.Month:
		return date.Format("2006-01")
	case sim.Quarter:
		return fmt.Sprintf("%d Q%d", date.Year(), (int(date.Month())+2)/3)
	}
	return date.Format("2006")
}

// further says where the files are and what to ask them.
func (c *screen) further() {
	c.Heading("Results are in " + c.Dir)
	c.Say(2, "ticks.csv, events.csv and verdicts.csv for every run; votes.csv, agents.csv and links.csv for the runs in detail.")
	if c.next.state != "" {
		fmt.Fprintf(c, "  Next: splinternet why %s --state %s --text %s\n", Quote(c.Dir), Quote(c.next.state), Quote(c.next.text))
	}
}

// Quote makes one word of a shell command of s.
func Quote(s string) string {
	if s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./=,:+%@") == "" {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// sentence begins with a capital and ends with a full stop.
func sentence(s string) string {
	s = Capital(s)
	if s == "" || strings.HasSuffix(s, ".") {
		return s
	}
	return s + "."
}

// Capital makes the first letter a capital one; the program's words are ASCII.
func Capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Count writes a number with its noun, which takes an s for any number but one.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Percent is a share as people read it.
func Percent(share float64) string {
	if math.IsNaN(share) || math.IsInf(share, 0) {
		return "-"
	}
	if share >= 0.0005 && share < 0.01 {
		return strconv.FormatFloat(100*share, 'f', 1, 64) + " %"
	}
	return strconv.FormatFloat(100*share, 'f', 0, 64) + " %"
}

// PercentRange writes an interval of shares.
func PercentRange(low, high float64) string { return Percent(low) + " to " + Percent(high) }

// PercentIn is Percent for pages and figures, with their own space before the sign.
func PercentIn(space string, share float64) string {
	return strings.Replace(Percent(share), " ", space, 1)
}

// short is a number to read, not to compute with.
func short(x float64) string {
	size := math.Abs(x)
	switch {
	case math.IsNaN(x):
		return "-"
	case size >= 1e6:
		return strconv.FormatFloat(x, 'g', 3, 64)
	case size >= 100:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case size >= 10:
		return strconv.FormatFloat(x, 'f', 1, 64)
	}
	return strconv.FormatFloat(x, 'f', 3, 64)
}

// Signed writes a difference with its sign; zero has none.
func Signed(x float64, places int) string {
	s := fmt.Sprintf("%+.*f", places, x)
	if strings.Trim(s, "+-0.") == "" {
		return s[1:]
	}
	return s
}

// Span says what the runs of a calendar cover, by month.
func Span(c sim.Calendar) string {
	return fmt.Sprintf("%s to %s", c.Start.Format("January 2006"), c.Date(c.Ticks).AddDate(0, 0, -1).Format("January 2006"))
}
