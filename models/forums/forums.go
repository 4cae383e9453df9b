// Package forums plays the institutions in which states negotiate: who sets the
// agenda (E3), how texts are voted on (E4) or agreed by consensus (E5), and how
// legitimate a forum is (E6).
package forums

import (
	"time"

	"splinternet/models/mechanism"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"
)

// The months in which forums do their work: the main part of the session of the
// General Assembly ends in December, other forums meet in June.
const (
	assemblyMonth = time.December
	sessionMonth  = time.June
)

// preparation is the time in years that a forum with a new mandate needs before it
// negotiates a text: the groups of December 2018 reported in March and May 2021.
const preparation = 2

// Forums is the mechanism.
type Forums struct {
	Slope, Abstention      float64
	Views, Support, Create float64
	Treaty, Norm           float64
	Practice               float64
	Cue, Sponsor, Rivalry  float64
	Constancy, Caucus      float64
	Isolation, MinDepth    float64
	Commitment, Pace       float64
	Obligation, Reopening  float64
	Compromise             float64
	Dissociation, Temper   float64
	Rounds                 int
	Legitimacy             bool
	LegitimacyRate         float64
	LegitimacyInput        float64
	Memory                 float64
	Agenda                 bool
	Rivals, Mergers        bool
	RivalCost, Grievance   float64
	RivalMembers           int
	Founding, Accession    float64
	Enlargement            float64
	Exit, Initiative       float64
	Consent                float64
	Permanence             int
	Mandate, Merger        float64
	Benefit, Attention     float64

	mind    []float64 // by state: what the model does not know of its vote, a uniform variate
	caucus  []int     // by state: its most cohesive group, or -1
	lasting [lastingDraws]sim.Race

	ballots   []voting.Ballot // one for each state, scratch
	lean      []float64       // by state: how it leans before it looks at its groups, [-1, 1]
	cues      []float64       // by state: how its groups draw it, logits
	scale     []float64       // scratch: positions for quantiles
	limit     []float64       // scratch: deepest text that each member joins
	veto      []float64       // scratch: deepest text that each member does not block
	objects   []bool          // scratch: members that would not join in a tabled text
	against   float64         // scratch: share of the members' power and users that they hold
	all       float64         // scratch: power and users of all members
	taken     map[world.Line]int
	born      map[world.Line]int // tick of the last creation on the line
	enlarged  map[uint64]int     // by key of a forum: tick of its last round of enlargement
	failed    map[uint64]int     // by key of a forum: tick in which it last found no consensus, or lost its mandate
	slighted  map[slight]int     // tick in which a state last had to disown a text that it had joined in
	stuck     map[uint64]int     // by key of a forum: sessions in a row without consensus on its own text
	told      map[uint64]*tale   // by key of a forum: what the chronicle has said of its sessions
	deeper    []int              // forums of this tick whose texts have come to ask notably more
	processes []int              // scratch: parallel processes of a line
	pull      []float64          // scratch: attraction of each
	coalition []int              // scratch: dissatisfied states
	losses    []float64          // scratch: what each of them loses now
	refuge    []int              // scratch: forums on a line that negotiate
	newly     []int              // scratch: states that join or leave
}

// New declares the parameters of the mechanism.
func New(set *sim.Parameters) *Forums {
	m := &Forums{
		taken: map[world.Line]int{}, born: map[world.Line]int{}, enlarged: map[uint64]int{}, failed: map[uint64]int{},
		slighted: map[slight]int{}, stuck: map[uint64]int{}, told: map[uint64]*tale{},
	}
	s := set.Section("forums")
	unit := sim.Range{Min: 0, Max: 1}
	logits := sim.Range{Min: -50, Max: 50}
	number := func(field *float64, name string, value float64, domain, plausible sim.Range, unit string, source sim.Source, doc, reference string) {
		s.Number(field, sim.Parameter{
			Name: name, Default: value, Domain: domain, Plausible: plausible,
			Unit: unit, Source: source, Doc: doc, Reference: reference,
		})
	}
	const rollCalls = "ordered logit on the cyber roll calls of 2018-2019"
	number(&m.Slope, "slope", 22, sim.Range{Min: 0, Max: 1000}, sim.Range{Min: 15, Max: 35}, "logits", sim.Data,
		"How strongly the distance of a text, against that of the status quo, decides a vote.", rollCalls)
	number(&m.Abstention, "abstention", 4.1, sim.Range{Min: 0, Max: 50}, sim.Range{Min: 2, Max: 6}, "logits", sim.Data,
		"Width of the band of indifference in which a state abstains.", rollCalls)
	number(&m.Views, "views", -2.9, logits, sim.Range{Min: -5, Max: 0}, "logits", sim.Data,
		"What it costs to oppose a text that asks for reports or views.", rollCalls)
	number(&m.Support, "support", 3.1, logits, sim.Range{Min: 1, Max: 5}, "logits", sim.Data,
		"What it costs to oppose a text that backs an existing forum.", rollCalls)
	number(&m.Create, "create", .5, logits, sim.Range{Min: -1.5, Max: 2.5}, "logits", sim.Data,
		"What it costs to oppose a text that sets up a forum.", rollCalls)
	number(&m.Treaty, "treaty", -3.4, logits, sim.Range{Min: -6, Max: -1}, "logits", sim.Data,
		"What it costs to oppose a text that starts or adopts a binding instrument.", rollCalls)
	number(&m.Norm, "norm", 2, logits, sim.Range{Min: -1, Max: 5}, "logits", sim.Assumption,
		"What it costs to oppose a text of voluntary rules.", "")
	number(&m.Practice, "practice", 8.4, sim.Range{Min: 0, Max: 50}, sim.Range{Min: 4, Max: 12}, "logits", sim.Data,
		"Added cost of opposing a text that serves a forum of long standing (half of it after seven years).", rollCalls)
	number(&m.Cue, "cue", .5, sim.Range{Min: 0, Max: 50}, sim.Range{Min: 0, Max: 3}, "logits", sim.Data,
		"Pull of a group that always votes as one on a member whose group is unanimous; it falls with the square of cohesion.", "Hix, Noury and Roland 2005; estimated positions hold most of the cohesion already")
	number(&m.Sponsor, "sponsor", 1.9, sim.Range{Min: 0, Max: 50}, sim.Range{Min: 0, Max: 3}, "logits", sim.Assumption,
		"Difference that full trust in the lead sponsor makes, against none.", "")
	number(&m.Rivalry, "rivalry", 3, sim.Range{Min: 0, Max: 50}, sim.Range{Min: 1, Max: 5}, "logits", sim.Data,
		"What it takes away that the lead sponsor is a recorded rival, unless the text is tabled for all sides.", "rivals of the United States voted against 73/266 and 74/28 one and all, those of Russia against 73/27")
	number(&m.Constancy, "constancy", .7, unit, sim.Range{Min: .3, Max: .9}, "share", sim.Assumption,
		"Part of what the model does not know of a vote that belongs to the line and the author for good, not to the day.", "votes on 74/28 follow those on 73/266, and on 74/29 those on 73/27")
	number(&m.Caucus, "caucus", 1, unit, unit, "share", sim.Assumption,
		"How far members of a group share what the model does not know of their votes, times the square of the group's cohesion.", "Hix, Noury and Roland 2005")
	number(&m.Isolation, "isolation", .08, sim.Range{Min: 0, Max: 10}, sim.Range{Min: .04, Max: .2}, "loss", sim.Assumption,
		"Cost of standing alone against consensus in a forum of full legitimacy.", "")
	number(&m.MinDepth, "min-depth", .1, unit, sim.Range{Min: .05, Max: .25}, "depth", sim.Assumption,
		"Depth below which a text is not worth adopting.", "")
	number(&m.Commitment, "commitment", .25, sim.Range{Min: 0, Max: 10}, sim.Range{Min: .1, Max: .5}, "factor", sim.Assumption,
		"Cost of a commitment away from a state's own position even where the text is no worse than the status quo; 0 is the plain consensus rule.", "set so that the measures of the OSCE and the norms of 2015 come out at their depth of .3")
	number(&m.Obligation, "obligation", .1, sim.Range{Min: 0, Max: 10}, sim.Range{Min: .05, Max: .2}, "loss", sim.Assumption,
		"Cost of a text of full depth whatever it says, for what it takes of a member's freedom of action; it grows with the square of depth, and 0 is the plain consensus rule.", "sovereignty costs: Abbott and Snidal 2000")
	number(&m.Reopening, "reopening", .1, unit, sim.Range{Min: .05, Max: .2}, "share", sim.Assumption,
		"Share of the members, and of their power and users, up to which those who would disown a voluntary text in force do not get it watered down; at 0 it is, whoever would disown it.", "agreed language")
	number(&m.Pace, "pace", .3, unit, sim.Range{Min: .1, Max: .6}, "share", sim.Assumption,
		"Share of the way from the depth of the text in force to what members would agree on that a session covers; moods of sessions spread it by temper.", "")
	number(&m.Compromise, "compromise", .25, unit, sim.Range{Min: .1, Max: .5}, "share", sim.Assumption,
		"Share of the way from the text in force to the centroid of the members that a session covers.", "")
	number(&m.Dissociation, "dissociation", .5, unit, sim.Range{Min: .4, Max: 1}, "share", sim.Assumption,
		"Cost of disowning a text that passes, as a share of the cost of blocking it; 1 leaves only joining and blocking.", "dissociation of July 2025")
	number(&m.Temper, "temper", .25, sim.Range{Min: 0, Max: 3}, sim.Range{Min: 0, Max: .6}, "log sd", sim.Assumption,
		"Spread of what isolation costs a member from session to session.", "")
	s.Integer(&m.Rounds, sim.Parameter{
		Name: "rounds", Default: 3, Domain: sim.Range{Min: 0, Max: 50}, Plausible: sim.Range{Min: 1, Max: 10}, Unit: "rounds", Source: sim.Assumption,
		Doc: "Rounds of challenges in a session of a forum that negotiates by them.", Reference: "Bueno de Mesquita 1997; Scholz, Calbert and Smith 2011",
	})
	s.Switch(&m.Legitimacy, sim.Parameter{
		Name: "legitimacy", Default: 1, Source: sim.Assumption,
		Doc: "Whether legitimacy moves; if not, forums keep what they start with.",
	})
	number(&m.LegitimacyRate, "legitimacy-rate", .34, unit, sim.Range{Min: .18, Max: .6}, "per year", sim.Assumption,
		"Rate at which legitimacy follows input and output.", "Tallberg and Zuern 2019")
	number(&m.LegitimacyInput, "legitimacy-input", .5, unit, unit, "share", sim.Assumption,
		"Weight of input legitimacy (who takes part) against output (what is achieved).", "Scharpf 1999")
	number(&m.Memory, "memory", 2, sim.Range{Min: .1, Max: 50}, sim.Range{Min: 1, Max: 4}, "sessions", sim.Assumption,
		"Half-life of what a forum has achieved in the eyes of states.", "")
	number(&m.Initiative, "initiative", .35, unit, sim.Range{Min: .1, Max: .7}, "per year", sim.Assumption,
		"Probability that a side which has let a matter rest for three years tables rules of behaviour in an assembly where both back one process, or asks for views where there is none.", "First Committee after the joint text of 2021: contested texts in 2022 and 2023")
	number(&m.Consent, "consent", .65, sim.Range{Min: .5, Max: 1}, sim.Range{Min: .5, Max: .85}, "share", sim.Data,
		"Share of the members whom the author of a text in an assembly wants to win; one half is the median voter.", "set on the divided cyber resolutions of 2018 to 2023, which won 79 to 163 of 193: those of Russia about 110 to 40, those of the West 150 to 10")
	s.Switch(&m.Agenda, sim.Parameter{
		Name: "agenda", Default: 1, Source: sim.Assumption,
		Doc: "Whether states table texts in the General Assembly of their own accord.",
	})
	m.declareComplex(s)
	return m
}

// Name is "forums".
func (*Forums) Name() string { return "forums" }

// Declare says all that the rest of the program knows of the mechanism.
func (*Forums) Declare() mechanism.Declaration {
	return mechanism.Declaration{
		Doc:       "Agenda setting (E3), votes with abstention (E4), consensus and its lowest common denominator (E5), legitimacy (E6).",
		Reference: "Romer and Rosenthal 1978; Bailey, Strezhnev and Voeten 2017; Scharpf 1988, 1999",
	}
}

// Prepare does nothing yet.
func (*Forums) Prepare(*world.World) {}

// Begin sizes the buffers.
func (m *Forums) Begin(start *sim.Tick, w *world.World) {
	m.beginVotes(start, w)
	n := w.States.N
	if len(m.ballots) != n {
		m.ballots, m.lean, m.cues = make([]voting.Ballot, n), make([]float64, n), make([]float64, n)
		m.scale, m.limit, m.veto = make([]float64, 0, n), make([]float64, n), make([]float64, n)
		m.objects = make([]bool, n)
	}
	clear(m.taken)
	clear(m.born)
	clear(m.enlarged)
	clear(m.failed)
	clear(m.slighted)
	clear(m.stuck)
	clear(m.told)
	m.deeper = m.deeper[:0]
	m.beginTales(w)
}

// Step decides what is on the table, holds the sessions that are due, lets
// mandates end and moves legitimacy.
func (m *Forums) Step(now *sim.Tick, w *world.World) {
	assembly := w.Calendar.Due(now.Index, assemblyMonth)
	if assembly {
		m.splitAttention(w)
		m.leave(w)
		for _, line := range world.Lines {
			m.shift(now, w, line)
		}
		if m.Agenda {
			m.setAgenda(now, w)
		}
		m.createOutside(now, w)
	}
	m.voteOnTable(now, w)
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status == world.Alive && m.meets(now, w, f) {
			m.hold(now, w, k)
		}
	}
	m.tellDeeper(w)
	m.endMandates(now, w)
	if m.Legitimacy {
		m.moveLegitimacy(now, w)
	} else {
		m.forget(now, w)
	}
}

// meets tells whether a forum that negotiates has a session in this tick: every
// Cycle years in its month, but for the first years of a new mandate, and once more
// when its mandate ends.
func (m *Forums) meets(now *sim.Tick, w *world.World, f *world.Forum) bool {
	if f.Rule == world.NoDecision || f.Access == world.AccessStates && f.Rule == world.Majority {
		return false
	}
	if reports(now, f) {
		return true
	}
	if f.Binding && f.MandateEnd != world.NoEnd {
		return false // a committee that drafts a treaty adopts it at the end
	}
	if !w.Calendar.Due(now.Index, sessionMonth) || f.Founded == now.Index {
		return false
	}
	if f.MandateEnd != world.NoEnd && f.Entrusted > 0 && now.Index-f.Entrusted < preparation*now.PerYear {
		return false // under a fresh mandate it organises its work first
	}
	if f.Report > 0 && now.Index >= f.Report && now.Index-f.Report < now.PerYear {
		return false // it has just reported
	}
	cycle := max(1, int(f.Cycle+.5))
	founded := w.Calendar.Date(max(f.Founded, -1<<14)).Year()
	return (now.Date.Year()-founded)%cycle == 0
}

// reports tells whether a mandate of the forum ends in this tick: its report is due.
func reports(now *sim.Tick, f *world.Forum) bool {
	return f.MandateEnd == now.Index || f.Report == now.Index && f.Report > 0
}

// voteOnTable decides the tabled texts of forums that vote.
func (m *Forums) voteOnTable(now *sim.Tick, w *world.World) {
	for t := range w.Texts {
		if w.Texts[t].Status != world.Tabled {
			continue
		}
		if f := &w.Forums[w.Texts[t].Forum]; f.Rule == world.Majority {
			m.decideByVote(now, w, t)
		}
	}
}

// hold plays one session of a forum: tabled texts first, then the forum's own.
func (m *Forums) hold(now *sim.Tick, w *world.World, k int) {
	for t := range w.Texts {
		if w.Texts[t].Status == world.Tabled && w.Texts[t].Forum == k {
			m.negotiateTabled(now, w, t)
		}
	}
	if membersOf(&w.Forums[k]) == 0 {
		m.keep(w, k)
		return
	}
	m.negotiateOwn(now, w, k)
	m.tellReview(now, w, k)
}

// keep lets a forum without state members stand by its text: its work is done by
// engineers and firms, whom the model does not play.
func (m *Forums) keep(w *world.World, k int) {
	f := &w.Forums[k]
	switch {
	case f.Text < 0:
	case f.Access == world.AccessIndustry: // firms keep to what they signed
		f.Output = min(1, w.Texts[f.Text].Depth/world.FullOutput)
	default:
		f.Output = achieved(w, f.Text)
	}
}

// membersOf counts the states that are members.
func membersOf(f *world.Forum) int {
	n := 0
	for _, in := range f.Members {
		if in {
			n++
		}
	}
	return n
}
