package data

import (
	"math"
	"slices"
	"strings"
	"time"

	"splinternet/models/world"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// stateRow is a row of states.csv; NaN is unknown.
type stateRow struct {
	id, name, region, subregion string

	gdp        float64 // US dollars a year
	growth     float64 // percent a year, mean of ten years
	population float64 // persons
	online     float64 // percent of the population
	ideal      float64 // ideal point of UN session 72 (2017)
	cinc       float64 // share of world material capability
	democracy  float64 // [0, 1]
	ranked     bool    // by the National Cyber Power Index of 2020
	office     int     // year of the cyber-diplomacy office, 0: none known
	offence    int     // year from which it is held capable of cyber operations, 0: it is not
	permanent  bool    // on the Security Council
	experts    int     // groups of governmental experts of 2016 and 2019 that it sat on
	member     []bool  // of memberships
}

// membership is a column of states.csv that names a group, or the members of a
// forum of that name.
type membership struct {
	column, group string
	// cue marks groups that coordinate before they vote: they caucus at the UN or
	// are bound by a common position. NATO, the OSCE, the G7 and the others
	// do not, in the UN (assumption).
	cue bool
}

var memberships = []membership{
	{"west0", "west", false},
	{"nato", "nato", false},
	{"eu", "eu", true},
	{"five_eyes", "five_eyes", true},
	{"g77", "g77", false},
	{"brics", "brics", true},
	{"sco", "sco", true},
	{"csto", "csto", true},
	{"osce", "osce", false},
	{"coe", "coe", false},
	{"asean", "asean", true},
	{"african_union", "african_union", true},
	{"oecd", "oecd", false},
	{"g7", "g7", false},
	{"g20", "g20", false},
	{"budapest_party", "budapest", false},
	{"freedom_online_coalition", "foc", false},
	{"gge_2019", "un_gge", false},
}

// belongs tells whether state i is a member by the column of a group.
func (s *records) belongs(i int, group string) bool {
	for k, m := range memberships {
		if m.group == group {
			return s.rows[i].member[k]
		}
	}
	return false
}

func (s *records) readStates(bad *problem.Collector) {
	columns := []string{
		"iso3", "name", "un_region", "un_subregion", "gdp_usd", "gdp_growth_10y", "population",
		"internet_users_pct", "unga_ideal_point_2017", "cinc_2018", "vdem_polyarchy_2018",
		"unsc_p5", "gge_2016", "ncpi_2020_rank", "cyber_office_year", "cyber_offence_year",
	}
	for _, m := range memberships {
		columns = append(columns, m.column)
	}
	t := s.files.open("states", bad, columns...)
	seen := map[string]bool{}
	for t.next() {
		row := readState(t)
		if row.id != "" && seen[row.id] {
			t.fail("iso3", "state %s comes twice", row.id)
			continue
		}
		seen[row.id] = true
		s.rows = append(s.rows, row)
	}
	if len(s.rows) == 0 {
		if bad.Len() == 0 {
			bad.At(problem.Place{File: t.file}, "there are no states")
		}
		return
	}
	slices.SortFunc(s.rows, func(a, b stateRow) int { return strings.Compare(a.id, b.id) })
	s.index = make(map[string]int, len(s.rows))
	for i, row := range s.rows {
		s.index[row.id] = i
	}
	s.imputeStates(t.file, bad)
}

func readState(t *table) stateRow {
	const any = math.MaxFloat64
	row := stateRow{
		id: t.id("iso3"), name: strings.Clone(t.text("name")),
		region: strings.Clone(t.text("un_region")), subregion: strings.Clone(t.text("un_subregion")),
		gdp: t.number("gdp_usd", 1, any), growth: t.number("gdp_growth_10y", -50, 50),
		population: t.number("population", 1, any), online: t.number("internet_users_pct", 0, 100),
		ideal: t.number("unga_ideal_point_2017", -10, 10), cinc: t.number("cinc_2018", 0, 1),
		democracy: t.number("vdem_polyarchy_2018", 0, 1), permanent: t.flag("unsc_p5"),
	}
	if row.name == "" {
		row.name = row.id
	}
	row.ranked = !math.IsNaN(t.number("ncpi_2020_rank", 1, 300))
	if year := t.number("cyber_office_year", 1900, 2200); !math.IsNaN(year) {
		row.office = int(year)
	}
	if year := t.number("cyber_offence_year", 1900, 2200); !math.IsNaN(year) {
		row.offence = int(year)
	}
	for _, m := range memberships {
		row.member = append(row.member, t.flag(m.column))
	}
	for _, column := range []string{"gge_2016", "gge_2019"} {
		if t.flag(column) {
			row.experts++
		}
	}
	return row
}

// found takes the founding group of the options in place of the column.
func (s *source) found(west []Member, bad *problem.Collector) {
	if len(west) == 0 {
		return
	}
	own := *s.records
	own.rows = slices.Clone(s.rows)
	column := slices.IndexFunc(memberships, func(m membership) bool { return m.group == "west" })
	for i := range own.rows {
		own.rows[i].member = slices.Clone(own.rows[i].member)
		own.rows[i].member[column] = false
	}
	for _, m := range west {
		if i, ok := s.index[m.ID]; ok {
			own.rows[i].member[column] = true
			continue
		}
		if m.Place == (problem.Place{}) {
			m.Place.Key = "west"
		}
		bad.At(m.Place, "state %q is not in the data%s; allowed: the iso3 codes of states.csv", m.ID, suggest(m.ID, s.ids()))
	}
	s.records = &own
}

// ids are the identifiers of the states.
func (s *records) ids() []string {
	ids := make([]string, len(s.rows))
	for i, row := range s.rows {
		ids[i] = row.id
	}
	return ids
}

// imputeStates fills in unknown values. What grows with the size of a state
// is imputed per head.
func (s *records) imputeStates(file string, bad *problem.Collector) {
	people := func(r *stateRow) float64 { return r.population }
	one := func(*stateRow) float64 { return 1 }
	for _, v := range []struct {
		column string
		of     func(*stateRow) *float64
		per    func(*stateRow) float64
	}{
		{"population", func(r *stateRow) *float64 { return &r.population }, one},
		{"gdp_usd", func(r *stateRow) *float64 { return &r.gdp }, people},
		{"gdp_growth_10y", func(r *stateRow) *float64 { return &r.growth }, one},
		{"internet_users_pct", func(r *stateRow) *float64 { return &r.online }, one},
		{"unga_ideal_point_2017", func(r *stateRow) *float64 { return &r.ideal }, one},
		{"cinc_2018", func(r *stateRow) *float64 { return &r.cinc }, people},
		{"vdem_polyarchy_2018", func(r *stateRow) *float64 { return &r.democracy }, one},
	} {
		if !s.impute(v.of, v.per) {
			bad.At(problem.Place{File: file}, "column %q is blank or wrong in every row; at least one value is needed", v.column)
		}
	}
}

// impute gives states with an unknown value the median of the known ones (per
// head where per says so) of their UN subregion; of their region where the
// subregion has fewer than three known values; of the world where that has fewer
// than three, too. It fails when nothing at all is known.
func (s *records) impute(of func(*stateRow) *float64, per func(*stateRow) float64) bool {
	known := make([]float64, len(s.rows))
	for i := range s.rows {
		known[i] = *of(&s.rows[i]) / per(&s.rows[i])
	}
	for i := range s.rows {
		if !math.IsNaN(known[i]) {
			continue
		}
		row := &s.rows[i]
		value, n := s.median(known, func(r *stateRow) bool { return r.subregion == row.subregion })
		if n < 3 {
			value, n = s.median(known, func(r *stateRow) bool { return r.region == row.region })
		}
		if n < 3 {
			value, n = s.median(known, func(*stateRow) bool { return true })
		}
		if n == 0 {
			return false
		}
		*of(row) = value * per(row)
	}
	return true
}

func (s *records) median(values []float64, where func(*stateRow) bool) (median float64, n int) {
	var known []float64
	for i := range s.rows {
		if !math.IsNaN(values[i]) && where(&s.rows[i]) {
			known = append(known, values[i])
		}
	}
	if len(known) == 0 {
		return math.NaN(), 0
	}
	slices.Sort(known)
	half := len(known) / 2
	if len(known)%2 == 0 {
		return (known[half-1] + known[half]) / 2, len(known)
	}
	return known[half], len(known)
}

// column collects one value of every state.
func (s *records) column(of func(*stateRow) float64) []float64 {
	out := make([]float64, len(s.rows))
	for i := range s.rows {
		out[i] = of(&s.rows[i])
	}
	return out
}

// states fills in what states.csv says directly.
func (s *source) states(w *world.World) {
	n := len(s.rows)
	st := &w.States
	st.N = n
	for _, row := range s.rows {
		st.ID = append(st.ID, row.id)
		st.Name = append(st.Name, row.name)
		st.Key = append(st.Key, sim.Key(row.id))
		st.Office = append(st.Office, s.office(row.office))
		st.Region = append(st.Region, s.subregion(row.subregion))
		st.Stubbornness = append(st.Stubbornness, -1)
		st.Salience = append(st.Salience, 1)
	}
	gdp := s.column(func(r *stateRow) float64 { return r.gdp })
	st.Population = s.column(func(r *stateRow) float64 { return r.population })
	st.Economy = shares(gdp)
	st.Growth = s.column(func(r *stateRow) float64 { return r.growth / 100 })
	st.Capability = shares(s.column(func(r *stateRow) float64 { return r.cinc }))
	st.Penetration = s.column(func(r *stateRow) float64 { return r.online / 100 })
	st.Users = shares(s.column(func(r *stateRow) float64 { return r.population * r.online / 100 }))
	head := sum(gdp) / sum(st.Population)
	st.Wealth = s.column(func(r *stateRow) float64 { return r.gdp / r.population / head })
	st.Democracy = s.column(func(r *stateRow) float64 { return r.democracy })
	st.Offence = s.offence(st.Capability)
	st.Diplomacy = s.diplomacy(st.Economy)
	st.Attendance = s.attendance()
	st.Threat, st.Blame = make([]float64, n), make([]float64, n)
	st.Stack = make([]float64, n*len(w.Stacks))
	for i := range n {
		st.Stack[i*len(w.Stacks)] = 1
	}
	for k := range w.Stacks {
		w.Stacks[k].Recognised = make([]bool, n)
		for i := range n {
			w.Stacks[k].Recognised[i] = w.Stacks[k].Recognition == 1
		}
	}
}

// subregion numbers the UN subregions in the order of the states. Those of unknown
// subregion count as neighbours of one another.
func (s *source) subregion(name string) int {
	return slices.IndexFunc(s.rows, func(row stateRow) bool { return row.subregion == name })
}

// office is the tick in which an office of that year opened, if before the start.
// Only years are known; the first of January stands for them.
func (s *source) office(year int) int {
	day := time.Date(year, time.January, 1, 0, 0, 0, 0, time.UTC)
	if year == 0 || day.After(s.options.Start) {
		return world.NoOffice
	}
	return s.tick(day)
}

// offence is the share of each state in recorded initiations before the start
// (DCID), of which a tenth goes by material capability: states that were never
// caught act, too (assumption). Those that the National Cyber Power Index of 2020
// ranks, and those that were generally held capable by the start, have the means at
// least, whatever they are on record for.
func (s *source) offence(capability []float64) []float64 {
	const unrecorded, means = .1, .006
	out, attacks := make([]float64, len(s.rows)), make([]float64, len(s.rows))
	for _, c := range s.before() {
		if c.by >= 0 {
			attacks[c.by] += c.n
		}
	}
	recorded := shares(attacks)
	for i := range out {
		out[i] = (1-unrecorded)*recorded[i] + unrecorded*capability[i]
		if sum(attacks) == 0 {
			out[i] = capability[i]
		}
		if year := s.rows[i].offence; s.rows[i].ranked || year != 0 && year <= s.options.Start.Year() {
			out[i] = max(out[i], means)
		}
	}
	return shares(out)
}

// diplomacy is the capacity of a state's cyber diplomacy in [0, 1] (assumption):
// its means (the square root of its economy against the largest one), its
// experience in the groups of governmental experts, the permanent seat that
// guarantees a place in them, and an office of its own.
func (s *source) diplomacy(economy []float64) []float64 {
	largest := slices.Max(economy)
	out := make([]float64, len(s.rows))
	for i, row := range s.rows {
		out[i] = .45*math.Sqrt(economy[i]/largest) + .15*float64(row.experts)
		if row.permanent {
			out[i] += .15
		}
		if s.office(row.office) != world.NoOffice {
			out[i] += .10
		}
		out[i] = clip(out[i], 0, 1)
	}
	return out
}

// Stacks are the suites of technical standards of the baseline: today's
// internet, on which every network runs, and New IP, which was proposed to the
// ITU in 2019 and is therefore not yet available. Positions and qualities are
// assumptions. States start on the first, and those of Recognition 1 are
// recognised by all.
func Stacks() []world.Stack {
	return []world.Stack{
		{ID: "internet", Name: "Internet (TCP/IP)", Position: []float64{.75}, Proposed: true, Recognition: 1},
		{ID: "new-ip", Name: "New IP", Position: []float64{.15}, Potential: .3, Immature: -1.5},
	}
}
