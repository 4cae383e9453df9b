package figure

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/vg"

	"splinternet/output"
)

// detail is the first run in detail: its agents over time.
type detail struct {
	run    int
	seed   uint64
	dates  []string // of the ticks that are there, in order
	ticks  []int
	states []state
	lives  []life
	texts  []textLife
	groups []group
}

type state struct {
	id, name string
	values   map[string][]float64 // by variable, at dates
	bloc     int
}

// at is a variable at the first (0) or last (-1) of the dates.
func (s *state) at(variable string, k int) float64 {
	v := s.values[variable]
	if len(v) == 0 {
		return math.NaN()
	}
	if k < 0 {
		k = len(v) - 1
	}
	return v[k]
}

// life is a forum from tick to tick.
type life struct {
	id, name   string
	dates      []string
	ticks      []int
	alive      []bool
	merged     bool
	legitimacy []float64
}

type textLife struct {
	id, title, forum string
}

type group struct {
	id      string
	members []string
}

// inDetail reads the agents of the first run in detail.
func (s *Source) inDetail(figure string) (*detail, error) {
	if s.detail != nil {
		return s.detail, nil
	}
	if s.results == nil || !s.has("agents") {
		return nil, &MissingError{figure, s.Dir + " holds no agents.csv: it is no folder of runs", s.commandFor("run")}
	}
	d := &detail{run: -1}
	places := map[[2]string]int{}
	for row, err := range s.results.ReadAgents() {
		if err != nil {
			return nil, err
		}
		if d.run < 0 {
			d.run, d.seed = row.Run, row.Seed
		}
		if row.Run != d.run {
			break
		}
		d.take(places, &row)
	}
	if d.run < 0 || len(d.states) == 0 {
		return nil, &MissingError{figure, "agents.csv of " + s.Dir + " has no rows: no run was kept in detail", s.commandFor("detail")}
	}
	s.detail = d
	return d, nil
}

// take adds a row.
func (d *detail) take(places map[[2]string]int, row *output.AgentRow) {
	switch row.Kind {
	case "state":
		if len(d.ticks) == 0 || d.ticks[len(d.ticks)-1] != row.Tick {
			d.ticks, d.dates = append(d.ticks, row.Tick), append(d.dates, row.Date)
		}
		s := entry(places, row, &d.states, state{id: row.ID, name: row.Name})
		if s.values == nil {
			s.values = map[string][]float64{}
		}
		s.values[row.Variable] = append(s.values[row.Variable], row.Value)
	case "forum":
		entry(places, row, &d.lives, life{id: row.ID, name: row.Name}).take(row)
	case "text":
		t := entry(places, row, &d.texts, textLife{id: row.ID, title: row.Name})
		if forum, is := strings.CutPrefix(row.Variable, "forum."); is {
			t.forum = forum
		}
	case "group":
		g := entry(places, row, &d.groups, group{id: row.ID})
		g.members = append(g.members, strings.TrimPrefix(row.Variable, "state."))
	}
}

// entry is the agent of a row in the list of its kind, added if need be. Places are
// numbers in the lists, by kind and identifier.
func entry[T any](places map[[2]string]int, row *output.AgentRow, list *[]T, added T) *T {
	key := [2]string{row.Kind, row.ID}
	k, known := places[key]
	if !known {
		k = len(*list)
		places[key], *list = k, append(*list, added)
	}
	return &(*list)[k]
}

func (f *life) take(row *output.AgentRow) {
	switch row.Variable {
	case "alive":
		f.ticks, f.dates = append(f.ticks, row.Tick), append(f.dates, row.Date)
		f.alive = append(f.alive, row.Value == 1)
	case "merged":
		f.merged = row.Value == 1
	case "legitimacy":
		f.legitimacy = append(f.legitimacy, row.Value)
	}
}

// variable finds the variable of a position: of the first dimension where there
// are several.
func (d *detail) position() string {
	if _, ok := d.states[0].values["position"]; ok {
		return "position"
	}
	return "position.1"
}

// bloc is a set of states that a figure colours alike.
type bloc struct {
	name    string
	members []string
	channel
}

// blocs sorts the states into the founding coalition of the liberal order, the
// security organisations around Russia and China where the world has them, else
// the groups that share no member in order of their power, and the others. Every
// state belongs to one.
func (d *detail) blocs() []bloc {
	taken := map[string]bool{}
	var list []bloc
	add := func(name string, members []string) {
		for _, m := range members {
			taken[m] = true
		}
		list = append(list, bloc{name: name, members: members})
	}
	find := func(id string) *group {
		for k := range d.groups {
			if d.groups[k].id == id {
				return &d.groups[k]
			}
		}
		return nil
	}
	if west := find("west"); west != nil {
		name := "The West"
		for _, g := range d.groups {
			if g.id != "west" && slices.Equal(g.members, west.members) {
				name = output.Capital(plainName(g.id)) // a scenario's own word for it
			}
		}
		add(name, west.members)
	}
	if sco, csto := find("sco"), find("csto"); sco != nil && csto != nil {
		members := slices.Clone(sco.members)
		for _, m := range csto.members {
			if !slices.Contains(members, m) {
				members = append(members, m)
			}
		}
		members = slices.DeleteFunc(members, func(m string) bool { return taken[m] })
		add("SCO and CSTO", members)
	} else {
		d.disjoint(taken, add)
	}
	var others []string
	for k := range d.states {
		if !taken[d.states[k].id] {
			others = append(others, d.states[k].id)
		}
	}
	if len(others) > 0 {
		add("Others", others)
	}
	for k := range list {
		list[k].channel = channelOf(k)
		for i := range d.states {
			if slices.Contains(list[k].members, d.states[i].id) {
				d.states[i].bloc = k
			}
		}
	}
	if n := len(list); n > 0 && list[n-1].name == "Others" {
		list[n-1].channel = channel{green, []vg.Length{1, 1.2}, triangle}
	}
	return list
}

// disjoint adds groups of at least two states that share none with those before.
func (d *detail) disjoint(taken map[string]bool, add func(string, []string)) {
	power := map[string]float64{}
	for k := range d.states {
		power[d.states[k].id] = d.states[k].at("power", 0)
	}
	strength := make([]float64, len(d.groups))
	for k, g := range d.groups {
		for _, m := range g.members {
			strength[k] += power[m]
		}
	}
	const most = 4
	n := 0
	for _, k := range order(len(d.groups), func(a, b int) bool { return strength[a] > strength[b] }) {
		g := d.groups[k]
		if n == most || len(g.members) < 2 || slices.ContainsFunc(g.members, func(m string) bool { return taken[m] }) {
			continue
		}
		add(output.Capital(plainName(g.id)), g.members)
		n++
	}
}
