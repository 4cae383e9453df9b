package seminar

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/models/world"
)

// turnView is what a round came to, for the wall and for phones.
type turnView struct {
	Round     int
	When      string
	Label     string
	Meaning   string
	Gauges    []gauge
	Headlines []headline
	Votes     []voteView
	Forums    []forumView
}

// gauge is one number of the wall with where it was before.
type gauge struct {
	Name, Help string
	Parts      []gaugePart
}

type gaugePart struct {
	Name               string
	Now, Before, Start float64
}

// Width is the length of the bar in its 100 units.
func (p *gaugePart) Width() string { return fmt.Sprintf("%.1f", 100*min(1, max(0, p.Now))) }

// Mark is where the bar was at the start.
func (p *gaugePart) Mark() string { return fmt.Sprintf("%.1f", 100*min(1, max(0, p.Start))) }

// Change words the difference from the round before.
func (p *gaugePart) Change() string {
	d := 100 * (p.Now - p.Before)
	switch {
	case d >= .05:
		return fmt.Sprintf("up %.1f", d)
	case d <= -.05:
		return fmt.Sprintf("down %.1f", -d)
	}
	return "unchanged"
}

type headline struct{ Date, Text, Kind string }

type voteView struct {
	ID, Title              string
	Yes, No, Abstain       int
	Absent                 int
	Passed                 bool
	Seats                  []seatVote
	WidthYes, WidthNo      string
	AtNo, AtAbstain, Blank string
}

type seatVote struct{ Name, Vote string }

type forumView struct {
	Name, Line, Rule, Status string
	Members                  int
	Text                     string
	Depth, Position          float64
	HasText                  bool
	Legitimacy               float64
}

// mostHeadlines is how many headlines a class can take in.
const mostHeadlines = 6

// newTurn sums a round up; round 0 is the start.
func newTurn(v room.View, round int) *turnView {
	play := v.Play
	t := &turnView{Round: round, Label: play.Label(round).Words(), Meaning: play.Label(round).Meaning()}
	before := max(0, round-1)
	part := func(name, measure string) gaugePart {
		return gaugePart{name, play.At(measure, round), play.At(measure, before), play.At(measure, 0)}
	}
	t.Gauges = []gauge{
		{"Connected", "share of the world's connections that work, as they are and with gateways and bridges", []gaugePart{
			part("as it is", "native_reachability"), part("with bridges", "effective_reachability"),
		}},
		{"Deep", "what the best rules ask, times whom they cover, times how far they are kept", []gaugePart{
			part("depth of cooperation", "cooperation_depth"),
		}},
		{"On whose terms", "how far the order is the liberal one", []gaugePart{
			part("Western power", "western_power"), part("open positions", "openness"), part("Western institutions", "western_institutions"),
		}},
	}
	if round == 0 {
		t.When = "before the first round"
		t.Forums = forumsOf(play.World)
		return t
	}
	t.When = play.Plan.When(play.Calendar, round)
	for _, e := range play.Entries(round) {
		if len(t.Headlines) < mostHeadlines && e.Weight > 0 {
			t.Headlines = append(t.Headlines, headline{play.Calendar.Date(e.Tick).Format("Jan 2006"), e.Text, e.Kind})
		}
	}
	for _, e := range play.Votes(round) {
		t.Votes = append(t.Votes, newVote(v, round, &e))
	}
	t.Forums = forumsOf(play.World)
	return t
}

func newVote(now room.View, round int, e *world.Entry) voteView {
	play := now.Play
	v := voteView{ID: e.Name, Title: e.Name, Yes: e.Yes, No: e.No, Abstain: e.Abstain, Absent: e.Absent}
	if k := play.World.FindText(e.Name); k >= 0 {
		text := &play.World.Texts[k]
		v.Passed = text.Status != world.Rejected
		if text.Title != "" {
			v.Title = text.Title
		}
	}
	all := float64(max(1, e.Yes+e.No+e.Abstain))
	width := func(n int) string { return fmt.Sprintf("%.2f", 100*float64(n)/all) }
	v.WidthYes, v.WidthNo, v.Blank = width(e.Yes), width(e.No), width(e.Abstain)
	v.AtAbstain, v.AtNo = width(e.Yes), width(e.Yes+e.Abstain)
	for _, agent := range now.State.Agents() {
		kind, id, _ := strings.Cut(agent, ".")
		if kind != "state" {
			continue
		}
		if vote := play.Ballot(round, e.Name, id); vote != "" {
			v.Seats = append(v.Seats, seatVote{play.Name(agent), vote})
		}
	}
	return v
}

// mostForums is how many forums the wall has room for.
const mostForums = 9

// forumsOf lists the forums of states that matter most: those of all states first,
// then by legitimacy.
func forumsOf(w *world.World) []forumView {
	var order []int
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Alive && !f.Universal || f.Status == world.Merged || f.Status == world.Dead {
			continue
		}
		order = append(order, k)
	}
	weight := func(k int) float64 {
		f := &w.Forums[k]
		x := f.Legitimacy
		if f.Universal || f.Access == world.AccessStates {
			x += 2
		}
		return x
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(weight(b), weight(a)) })
	var list []forumView
	for _, k := range order[:min(mostForums, len(order))] {
		f := &w.Forums[k]
		v := forumView{Name: f.Name, Line: f.Line.Words(), Status: f.Status.String(), Legitimacy: f.Legitimacy}
		v.Rule = strings.ReplaceAll(string(f.Rule), "_", " ")
		for _, in := range f.Members {
			if in {
				v.Members++
			}
		}
		if f.Text >= 0 {
			text := &w.Texts[f.Text]
			v.HasText, v.Text, v.Depth, v.Position = true, text.Title, text.Depth, text.Position[0]
		}
		list = append(list, v)
	}
	return list
}
