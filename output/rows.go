package output

import (
	"slices"
	"strings"
	"time"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"
)

// Table is one of the tables of a run folder.
type Table int

// The tables.
const (
	Ticks Table = iota
	Events
	Verdicts
	Votes
	Agents
	Links
	tableCount
)

// table is the name of a table and its columns; those of ticks and
// verdicts are followed by the measures.
type table struct {
	name    string
	columns string
}

// Every table begins with the run and its own seed.
var tables = [tableCount]table{
	{"ticks", "run,seed,tick,date,label"},
	{"events", "run,seed,tick,date,kind,name,actors,targets,value,text,weight,yes,no,abstain,absent,by"},
	{"verdicts", "run,seed,label,margin,borderline,reason"},
	{"votes", "run,seed,tick,date,text,against,state,vote,by," + strings.Join(voting.Columns(), ",")},
	{"agents", "run,seed,tick,date,kind,id,name,variable,value"},
	{"links", "run,seed,tick,date,i,j,link,native,trust_ij,trust_ji,rival,channel,bridge"},
}

func (t Table) String() string { return tables[t].name }

func (t Table) file() string { return tables[t].name + ".csv" }

// Rows are the rows of one run.
type Rows struct {
	headers, lines [tableCount][]byte
	count          [tableCount]int
	worlds         []attached
}

// attached is a file that comes with the rows of a run.
type attached struct {
	name    string
	content []byte
}

// WorldSuffix is how names of saved worlds end.
const WorldSuffix = ".world"

// Attach adds a saved world to the rows of the run that Begin began; the name ends in
// WorldSuffix.
func (e *Encoder) Attach(name string, content []byte) {
	e.rows.worlds = append(e.rows.worlds, attached{name, content})
}

// Encoder turns results into rows. It belongs to one worker.
type Encoder struct {
	manifest *Manifest
	calendar sim.Calendar
	dates    []string
	kept     []int // measures, by index in measures.All
	headline []int
	states   []string

	parameters *sim.Parameters

	run  int
	seed uint64
	rows *Rows
}

// NewEncoder makes an encoder for the runs that a manifest announces. States are
// the identifiers of the states, by index; parameters are those of the simulation
// whose runs are encoded.
func NewEncoder(m *Manifest, calendar sim.Calendar, states []string, parameters *sim.Parameters) *Encoder {
	e := &Encoder{manifest: m, calendar: calendar, states: states, parameters: parameters}
	for t := range calendar.Ticks {
		e.dates = append(e.dates, calendar.Date(t).Format(time.DateOnly))
	}
	for k, measure := range measures.All() {
		if slices.Contains(m.Measures, measure.Name) {
			e.kept = append(e.kept, k)
		}
		if measure.Headline {
			e.headline = append(e.headline, k)
		}
	}
	return e
}

// Begin prepares for a run and says what to record of it.
func (e *Encoder) Begin(run int, seed uint64) models.Recording {
	e.run, e.seed, e.rows = run, seed, new(Rows)
	r := models.Recording{Chronicle: true, Keep: make([]bool, len(measures.All())), Stride: e.manifest.Stride}
	for _, k := range e.kept {
		r.Keep[k] = true
	}
	if e.manifest.Detail.Has(run) {
		r.Ballots, r.Each = true, e.observe
	}
	return r
}

// End returns the rows of the run that Begin began.
func (e *Encoder) End(result *models.Result) *Rows {
	e.header(&result.Verdict)
	e.ticks(result)
	e.events(result.Entries)
	e.verdict(result)
	e.votes(result.Ballots)
	rows := e.rows
	e.rows = nil
	return rows
}

func (e *Encoder) header(v *verdict.Verdict) {
	all := measures.All()
	for k, t := range tables {
		columns := []string{t.columns}
		switch Table(k) {
		case Ticks:
			for _, m := range e.kept {
				columns = append(columns, all[m].Name)
			}
		case Verdicts:
			for _, m := range e.headline {
				columns = append(columns, all[m].Name+"_end")
			}
			for _, r := range v.Robust {
				columns = append(columns, r.Parameter+"_lower", r.Parameter+"_higher")
			}
		}
		e.rows.headers[k] = []byte(strings.Join(columns, ",") + "\n")
	}
}

// add writes one row of a table: the run, its seed, and what fill adds.
func (e *Encoder) add(t Table, fill func(l *line)) {
	l := line{e.rows.lines[t]}
	l.integer(e.run)
	l.seed(e.seed)
	fill(&l)
	l.end()
	e.rows.lines[t] = l.buffer
	e.rows.count[t]++
}

// at writes the two columns that say when.
func (e *Encoder) at(l *line, tick int) {
	l.integer(tick)
	l.text(e.dates[tick])
}

func (e *Encoder) ticks(result *models.Result) {
	for t := result.From; t < e.calendar.Ticks; t++ {
		e.add(Ticks, func(l *line) {
			e.at(l, t)
			if t < len(result.Verdict.History) {
				l.text(string(result.Verdict.History[t]))
			} else {
				l.blank(1)
			}
			for _, k := range e.kept {
				l.number(result.Series.Values[k][t])
			}
		})
	}
}

func (e *Encoder) events(entries []world.Entry) {
	for k := range entries {
		entry := &entries[k]
		e.add(Events, func(l *line) {
			e.at(l, entry.Tick)
			l.text(entry.Kind)
			l.text(entry.Name)
			l.text(strings.Join(entry.Actors, ";"))
			l.text(strings.Join(entry.Targets, ";"))
			l.number(entry.Value)
			l.text(entry.Text)
			l.number(entry.Weight)
			if entry.Yes+entry.No+entry.Abstain+entry.Absent == 0 {
				l.blank(4) // not a vote
			} else {
				l.integer(entry.Yes)
				l.integer(entry.No)
				l.integer(entry.Abstain)
				l.integer(entry.Absent)
			}
			l.text(entry.By)
		})
	}
}

func (e *Encoder) verdict(result *models.Result) {
	v := &result.Verdict
	e.add(Verdicts, func(l *line) {
		l.text(string(v.Label))
		l.number(v.Margin)
		l.boolean(v.Borderline)
		l.text(v.Reason)
		for _, k := range e.headline {
			_, _, end := measures.Ends(result.Series.Values[k], e.calendar, verdict.WindowYears)
			l.number(end)
		}
		for _, r := range v.Robust {
			l.text(string(r.Lower))
			l.text(string(r.Higher))
		}
	})
}

func (e *Encoder) votes(ballots []voting.Ballot) {
	for k := range ballots {
		b := &ballots[k]
		e.add(Votes, func(l *line) {
			e.at(l, b.Tick)
			l.text(b.Text)
			l.text(b.Against)
			l.text(e.states[b.State])
			l.text(b.Vote.String())
			l.text(b.By)
			for _, x := range b.Utility.Terms {
				l.number(x)
			}
			l.number(b.Utility.Sum)
		})
	}
}
