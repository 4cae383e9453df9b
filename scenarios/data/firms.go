package data

import (
	"math"
	"slices"
	"strings"

	"splinternet/models/world"
	"splinternet/scenarios/problem"
	"splinternet/sim"
)

// firmRow is a row of firms.csv.
type firmRow struct {
	id, name, home, sector string
	revenue                float64  // billion US dollars
	controlled             bool     // by its home state
	accord, charter        bool     // founding signatory
	paris                  bool     // named among the first signatories of the Paris Call
	absent                 []string // states that had shut it out before the start
}

// sectors are the sectors of firms, by how a user depends on them (assumption).
// Weight is the share of a sector in this dependence. Home is the home bias of its
// markets in logits: how much likelier a firm serves a user at home than an equally
// large and equally trusted foreign one. Telecom networks are licensed and local;
// platforms speak a language; infrastructure is world-wide.
var sectors = []struct {
	name   string
	weight float64
	home   float64
}{
	{"telecom", .15, 3.0},
	{"platform", .20, 0.75},
	{"devices", .20, 0.25},
	{"software_cloud", .27, 0.25},
	{"equipment", .10, 0.25},
	{"infrastructure", .05, 0},
	{"security", .01, 0.5},
	{"industrial", .02, 0.25},
}

func (s *records) readFirms(bad *problem.Collector) {
	t := s.files.open("firms", bad, "id", "name", "home_iso3", "sector", "revenue_usd_bn_2019",
		"state_controlled", "tech_accord_founder", "charter_of_trust_founder")
	_, named := t.columns["paris_call_named"] // may be missing in files of one's own
	_, shut := t.columns["absent_iso3"]       // so may this
	var names []string
	for _, sector := range sectors {
		names = append(names, sector.name)
	}
	seen := map[string]bool{}
	for t.next() {
		row := firmRow{
			id: t.id("id"), name: strings.Clone(t.text("name")), home: t.id("home_iso3"),
			sector:     oneOf(t, "sector", names),
			revenue:    t.number("revenue_usd_bn_2019", .001, math.MaxFloat64),
			controlled: t.flag("state_controlled"),
			accord:     t.flag("tech_accord_founder"), charter: t.flag("charter_of_trust_founder"),
			paris: named && t.flag("paris_call_named"),
		}
		if shut {
			row.absent = strings.Fields(t.text("absent_iso3"))
		}
		if row.name == "" {
			row.name = row.id
		}
		if row.id != "" && seen[row.id] {
			t.fail("id", "firm %s comes twice", row.id)
		}
		seen[row.id] = true
		s.firmRows = append(s.firmRows, row)
	}
	slices.SortFunc(s.firmRows, func(a, b firmRow) int { return strings.Compare(a.id, b.id) })
	if !imputeRevenue(s.firmRows) {
		bad.At(problem.Place{File: t.file}, "column %q is blank or wrong in every row; at least one value is needed",
			"revenue_usd_bn_2019")
	}
}

// imputeRevenue gives firms of unknown size the median revenue of all firms.
func imputeRevenue(rows []firmRow) bool {
	var known []float64
	for _, row := range rows {
		if !math.IsNaN(row.revenue) {
			known = append(known, row.revenue)
		}
	}
	slices.Sort(known)
	for f := range rows {
		if math.IsNaN(rows[f].revenue) {
			if len(known) == 0 {
				return false
			}
			rows[f].revenue = (known[(len(known)-1)/2] + known[len(known)/2]) / 2
		}
	}
	return true
}

// firms fills in the firms and their markets.
func (s *source) firms(w *world.World) {
	f := &w.Firms
	f.N = len(s.firmRows)
	for _, row := range s.firmRows {
		home, ok := s.index[row.home]
		if !ok {
			home = world.Abroad
		}
		tie := s.tie(row, home)
		f.ID = append(f.ID, row.id)
		f.Name = append(f.Name, row.name)
		f.Key = append(f.Key, sim.Key(row.id))
		f.Home = append(f.Home, home)
		f.Sector = append(f.Sector, row.sector)
		f.Size = append(f.Size, row.revenue)
		f.Tie = append(f.Tie, tie)
		f.Position = append(f.Position, firmPosition(w, row, home, tie))
		f.Diplomacy = append(f.Diplomacy, s.firmDiplomacy(row))
	}
	f.Stack = make([]int, f.N)
	f.Ban = make([]float64, f.N*w.States.N)
	f.Share = markets(w, func(k, j int) bool { return slices.Contains(s.firmRows[k].absent, w.States.ID[j]) })
}

// tie is the obedience of a firm to its home state (assumption): .9 where the
// state controls it, .6 where a private firm faces a state that has few checks
// (electoral democracy below .4: China, Russia), else .2.
func (s *source) tie(row firmRow, home int) float64 {
	switch {
	case home == world.Abroad:
		return 0
	case row.controlled:
		return .9
	case s.rows[home].democracy < .4:
		return .6
	}
	return .2
}

// firmPosition lies between the home state and .8, where global firms stand
// that live on an open internet (assumption): the nearer to home the stronger the
// tie; telecoms need licences and lean to it (.2), founders of an accord
// on responsible firms away from it (.1 each).
func firmPosition(w *world.World, row firmRow, home int, tie float64) float64 {
	const global = .8
	if home == world.Abroad {
		return global
	}
	if row.sector == "telecom" {
		tie += .2
	}
	for _, signed := range []bool{row.accord, row.charter} {
		if signed {
			tie -= .1
		}
	}
	return global + clip(tie, 0, 1)*(w.States.Position[home]-global)
}

// firmDiplomacy is the diplomatic activity of a firm (assumption): .4 for each
// accord that it founded, .2 for each forum that it leads or leads with a state, .2 for the
// means of a firm of 50 billion or more.
func (s *source) firmDiplomacy(row firmRow) float64 {
	activity := 0.0
	for _, signed := range []bool{row.accord, row.charter} {
		if signed {
			activity += .4
		}
	}
	for k := range s.forumRows {
		if leads(s.forumRows[k].leader, row.name) {
			activity += .2
		}
	}
	if row.revenue >= 50 {
		activity += .2
	}
	return min(1, activity)
}

// leads tells whether a firm is named among those that lead a forum, as in "France,
// with Microsoft".
func leads(leaders, firm string) bool {
	for name := range strings.SplitSeq(leaders, ",") {
		if strings.TrimPrefix(strings.TrimSpace(name), "with ") == firm {
			return true
		}
	}
	return false
}

// The market shares are an assumption, as there are no data by firm and state. A
// user depends on every sector. Within a sector, the share of a firm grows
// with its revenue, with its home bias, and with the state's trust in its home.
const (
	marketSize  = .5 // exponent of revenue, which is earned beyond the internet, too
	marketTrust = 2  // logits from no trust to full trust
	// abroadTrust stands for the trust in a home that is not in the world.
	abroadTrust = .5
)

// markets returns the share of each firm (row) among the users of each state
// (column). Every column sums to 1; the weight of a sector without firms is shared
// by the others. A firm has no share where it is absent.
func markets(w *world.World, absent func(k, j int) bool) []float64 {
	f, n := &w.Firms, w.States.N
	share := make([]float64, f.N*n)
	for j := range n {
		served := 0.0
		for _, sector := range sectors {
			total := 0.0
			for k := range f.N {
				if f.Sector[k] == sector.name && !absent(k, j) {
					share[k*n+j] = appeal(w, k, j, sector.home)
					total += share[k*n+j]
				}
			}
			if total == 0 {
				continue
			}
			served += sector.weight
			for k := range f.N {
				if f.Sector[k] == sector.name {
					share[k*n+j] *= sector.weight / total
				}
			}
		}
		for k := range f.N {
			share[k*n+j] /= served
		}
	}
	return share
}

// appeal is the weight of firm k in state j against others of its sector.
func appeal(w *world.World, k, j int, home float64) float64 {
	trust, bias := abroadTrust, 0.0
	if h := w.Firms.Home[k]; h != world.Abroad {
		trust = w.Dyads.Trust[j*w.States.N+h]
	}
	if w.Firms.Home[k] == j {
		bias = home
	}
	return math.Pow(w.Firms.Size[k], marketSize) * math.Exp(bias+marketTrust*trust)
}
