package data

import (
	"cmp"
	"math"
	"slices"
	"time"

	"splinternet/models/world"
)

// knownTexts are the texts that forums stand for, by forum. Adopted is the day
// when the text was, if that is later than the forum; dates are general
// knowledge. A forum of one's own has the text FORUM-text, as old as itself.
var knownTexts = []struct {
	forum, id, title string
	adopted          time.Time
}{
	{"african_union", "malabo-convention", "African Union Convention on Cyber Security and Personal Data Protection", day(2014, time.June, 27)},
	{"arf", "arf-work-plan", "ARF work plan on security in the use of ICTs", day(2015, time.May, 7)},
	{"asean", "asean-cooperation", "ASEAN cooperation on cybersecurity", time.Time{}},
	{"brics", "brics-declaration", "Declarations of the BRICS summits", time.Time{}},
	{"budapest", "budapest-convention", "Convention on Cybercrime", time.Time{}},
	{"charter_of_trust", "charter-of-trust", "Charter of Trust", time.Time{}},
	{"coe_ai", "ai-convention", "Framework Convention on Artificial Intelligence", time.Time{}},
	{"counter_ransomware", "counter-ransomware-statement", "Joint statement of the Counter Ransomware Initiative", time.Time{}},
	{"csto", "csto-information-security", "CSTO cooperation on information security", time.Time{}},
	{"eu", "eu-digital-law", "Network security and data protection law of the European Union", time.Time{}},
	{"foc", "foc-declaration", "Founding declaration of the Freedom Online Coalition", time.Time{}},
	{"future_internet", "declaration-future-internet", "Declaration for the Future of the Internet", time.Time{}},
	{"g20", "g20-norm-2015", "G20 norm against theft of trade secrets by ICT", day(2015, time.November, 16)},
	{"g7", "g7-declaration-2017", "G7 Declaration on Responsible States Behavior in Cyberspace", day(2017, time.April, 11)},
	{"gcsc", "gcsc-public-core", "Call to protect the public core of the internet", day(2017, time.November, 21)},
	{"icann", "icann-policies", "ICANN policies on names and numbers", time.Time{}},
	{"ietf", "internet-standards", "Internet standards (TCP/IP)", time.Time{}},
	{"igf", "tunis-agenda", "Tunis Agenda for the Information Society", time.Time{}},
	{"itu", "itu-regulations", "International Telecommunication Regulations and ITU-T standards", time.Time{}},
	{"nato", "nato-cyber-defence", "NATO collective defence and the Cyber Defence Pledge", time.Time{}},
	{"oas", "oas-measures", "Inter-American cybersecurity strategy and confidence-building measures", day(2004, time.June, 8)},
	{"oecd", "oecd-recommendations", "OECD recommendations on digital security and internet policy making", time.Time{}},
	{"osce", "osce-measures", "OSCE confidence-building measures on ICTs", day(2013, time.December, 3)},
	{"paris_call", "paris-call", "Paris Call for Trust and Security in Cyberspace", time.Time{}},
	{"sco", "sco-agreement-2009", "Agreement of the SCO on cooperation in international information security", day(2009, time.June, 16)},
	{"tech_accord", "tech-accord", "Cybersecurity Tech Accord", time.Time{}},
	{"un_ahc", "un-cybercrime-convention", "United Nations Convention against Cybercrime", day(2024, time.December, 24)},
	{"un_ai", "un-ai-resolutions", "Resolutions of the General Assembly on artificial intelligence", time.Time{}},
	{"un_gge", "gge-2015-norms", "Eleven norms of responsible state behaviour (2015)", day(2015, time.December, 23)},
	{"un_global_mechanism", "global-mechanism-framework", "Framework of the Global Mechanism", time.Time{}},
	{"un_oewg", "oewg-2021-report", "Report of the open-ended working group", day(2021, time.March, 12)},
	{"wto_ecommerce", "wto-ecommerce-agreement", "Agreement on electronic commerce", day(2024, time.July, 26)},
	{"wuzhen", "wuzhen-initiative", "Organisers' statement of Wuzhen", time.Time{}},
}

// unions are the forums whose members ratify a forum's convention as one. Trade is an
// exclusive competence of the European Union (Treaty on its Functioning, Article 3), which
// concludes for its members; it signed the convention on artificial intelligence for them, too.
var unions = map[string]string{"wto_ecommerce": "eu", "coe_ai": "eu"}

// proposed are states that called for a forum or lead its talks, where it is not one alone
// (general knowledge): the sponsors of A/RES/74/247 who are named most often, of 27, and the
// conveners of the initiative on electronic commerce.
var proposed = map[string][]string{
	"un_ahc":        {"BLR", "CHN", "KHM", "MMR", "NIC", "PRK", "RUS", "VEN"},
	"wto_ecommerce": {"AUS", "JPN", "SGP"},
}

// proposers are those of a forum, as indices.
func (s *institutions) proposers(forum string) []int {
	var list []int
	for i, r := range s.rows {
		if slices.Contains(proposed[forum], r.id) {
			list = append(list, i)
		}
	}
	return list
}

// aside are participants in the talks on a convention who do not support its text: those of
// the WTO initiative who are not among the sponsors of the stabilised text of July 2024
// (and Taiwan).
var aside = map[string][]string{"wto_ecommerce": {"BRA", "COL", "GTM", "IDN", "PRY", "SLV", "TUR", "USA"}}

// clauses are the parties with which conventions enter into force by their own words
// (Budapest Convention, Article 36; Malabo Convention, Article 36; UN Convention against
// Cybercrime, Article 65; convention on artificial intelligence, Article 30).
var clauses = map[string]int{"budapest": 5, "african_union": 15, "un_ahc": 40, "coe_ai": 5}

func described(row forumRow) (id, title string, adopted time.Time) {
	for _, t := range knownTexts {
		if t.forum == row.id {
			if t.adopted.IsZero() {
				t.adopted = row.founded
			}
			return t.id, t.title, t.adopted
		}
	}
	return row.id + "-text", row.name, row.founded
}

// inForce tells whether the forum has a text at the start, and since when.
func (s *institutions) inForce(row forumRow) (time.Time, bool) {
	_, _, adopted := described(row)
	return adopted, !math.IsNaN(row.depth) && !adopted.After(s.options.Start)
}

// text is the one that the forum stands for at the start.
func (s *institutions) text(w *world.World, f *world.Forum, row forumRow, forum int, adopted time.Time) world.Text {
	t := world.Text{
		Line: row.line, Kind: world.Norm, Forum: forum, Position: slices.Clone(f.Position), Depth: row.depth,
		Binding: row.binding, Stack: -1, Adopted: s.tick(adopted),
		Needed: clauses[row.id], AsOne: unions[row.id], Since: s.since(row.id), Invited: s.invited(row.id),
		Adherence: make([]uint8, w.States.N), Compliance: make([]float64, w.States.N),
	}
	t.ID, t.Title, _ = described(row)
	if row.binding {
		t.Kind = world.Treaty
	}
	t.Open = row.id == "budapest" // every state may ask to accede; the other treaties are those of clubs
	if row.id == "ietf" {
		t.Stack = 0
	}
	if f.Sponsor >= 0 {
		t.Sponsors = []int{f.Sponsor}
	}
	for k, in := range f.Firms {
		if in {
			t.Firms = append(t.Firms, k)
		}
	}
	var signers []bool
	if row.id == "un_ahc" {
		signers = s.signers(w, row.position)
	}
	for i, r := range s.rows {
		if slices.Contains(aside[row.id], r.id) {
			t.Against = append(t.Against, make([]bool, len(s.rows)-len(t.Against))...)
			t.Against[i] = true
		}
	}
	for i := range t.Adherence {
		t.Adherence[i] = s.adherence(row, f, i)
		if signers != nil {
			t.Adherence[i] = world.Outside
			if signers[i] {
				t.Adherence[i] = world.Endorsed
			}
		}
		t.Compliance[i] = world.Compliance(w.Position(i), t.Position)
	}
	return t
}

// joined and left are changes of membership after mid-2018, by day (general
// knowledge), for scenarios that start later. Lists of members and columns of
// states.csv are those of 2018 and 2019.
var joined = []struct {
	forum  string
	since  time.Time
	states []string
}{
	{"budapest", day(2018, time.July, 30), []string{"PRY"}},
	{"budapest", day(2018, time.December, 3), []string{"GHA"}},
	{"budapest", day(2019, time.March, 8), []string{"SMR"}},
	{"budapest", day(2019, time.August, 26), []string{"PER"}},
	{"budapest", day(2020, time.March, 16), []string{"COL"}},
	{"budapest", day(2021, time.April, 28), []string{"SWE"}},
	{"budapest", day(2022, time.November, 30), []string{"BRA", "NGA"}},
	{"budapest", day(2023, time.December, 31), []string{"CMR"}},
	{"budapest", day(2024, time.December, 31), []string{"BEN", "CIV", "ECU", "FJI", "GRD", "KIR", "SLE", "TUN"}},
	{"brics", day(2024, time.January, 1), []string{"ARE", "EGY", "ETH", "IRN"}},
	{"brics", day(2025, time.January, 6), []string{"IDN"}},
	{"counter_ransomware", day(2022, time.October, 31), []string{"AUT", "BEL", "ESP", "HRV", "NOR"}},
	{"counter_ransomware", day(2023, time.October, 31), []string{
		"ALB", "COL", "CRI", "EGY", "GRC", "JOR", "PNG", "PRT", "RWA", "SLE", "SVK", "URY",
	}},
	{"sco", day(2023, time.July, 4), []string{"IRN"}},
	{"sco", day(2024, time.July, 4), []string{"BLR"}},
	{"nato", day(2023, time.April, 4), []string{"FIN"}},
	{"nato", day(2024, time.March, 7), []string{"SWE"}},
}

var left = []struct {
	forum, state string
	since        time.Time
}{
	{"eu", "GBR", day(2020, time.February, 1)},
}

// change applies what is known of changes of membership up to the start.
func (s *institutions) change(forum string, in []bool) []bool {
	for _, j := range joined {
		if j.forum == forum && !j.since.After(s.options.Start) {
			for i, r := range s.rows {
				in[i] = in[i] || slices.Contains(j.states, r.id)
			}
		}
	}
	for _, l := range left {
		if l.forum == forum && !l.since.After(s.options.Start) {
			for i, r := range s.rows {
				in[i] = in[i] && r.id != l.state
			}
		}
	}
	return in
}

// invitations tell who was called on to accede to a convention after it was opened, and
// when, or signed it late (general knowledge, to the year at least). Accession to the
// Budapest Convention is by invitation to those who ask for it, once the convention is
// in force (Article 37), so that the invitation dates the will to join.
var invitations = []struct {
	forum  string
	since  time.Time
	states []string
}{
	{"budapest", day(2007, time.January, 31), []string{"MEX"}},
	{"budapest", day(2013, time.September, 11), []string{"COL"}},
	{"budapest", day(2014, time.July, 1), []string{"PRY"}},
	{"budapest", day(2015, time.February, 18), []string{"PER"}},
	{"budapest", day(2017, time.March, 17), []string{"SMR"}},
	{"budapest", day(2017, time.July, 1), []string{"GHA", "NGA"}},
	{"budapest", day(2018, time.February, 13), []string{"TUN"}},
	{"budapest", day(2019, time.July, 1), []string{"BEN"}},
	{"budapest", day(2019, time.December, 11), []string{"BFA", "BRA", "CIV"}},
	{"budapest", day(2020, time.April, 22), []string{"GTM", "NER"}},
	{"budapest", day(2020, time.July, 1), []string{"NZL"}},
	{"budapest", day(2021, time.July, 1), []string{"ECU", "FJI", "KIR", "SLE", "TTO", "VUT"}},
	{"budapest", day(2022, time.July, 1), []string{"CMR", "TLS", "URY"}},
	{"budapest", day(2023, time.July, 1), []string{"GRD", "KAZ", "KOR", "MOZ"}},
	{"budapest", day(2024, time.October, 9), []string{"KEN", "MWI", "PNG"}},
}

// outsiders tells since when states could ask to accede that had no part in drafting a
// convention, and who had (of the members of the Council of Europe all).
var outsiders = []struct {
	forum, group string
	since        time.Time
	drafters     []string
}{
	{"budapest", "coe", day(2004, time.July, 1), []string{"CAN", "JPN", "USA", "ZAF"}},
}

// scripted is the day up to which the scenarios that start in 2018 play the record.
var scripted = day(2020, time.December, 31)

// since is, by state, the tick since which it could adhere to a forum's convention;
// nil where all could since its adoption.
func (s *institutions) since(forum string) []int {
	for _, o := range outsiders {
		if o.forum != forum {
			continue
		}
		since := slices.Repeat([]int{world.NotAdopted}, len(s.rows))
		for i, r := range s.rows {
			if !s.belongs(i, o.group) && !slices.Contains(o.drafters, r.id) {
				since[i] = s.tick(o.since)
			}
		}
		return since
	}
	return nil
}

// invited is, by state, the tick in which it was invited to accede to a forum's
// convention, or NotAdopted.
func (s *institutions) invited(forum string) []int {
	var list []int
	for _, call := range invitations {
		if call.forum != forum || call.since.After(s.options.Start) && call.since.After(scripted) {
			continue
		}
		if list == nil {
			list = slices.Repeat([]int{world.NotAdopted}, len(s.rows))
		}
		for i, r := range s.rows {
			if slices.Contains(call.states, r.id) {
				list[i] = s.tick(call.since)
			}
		}
	}
	return list
}

// The signatures of the UN convention against cybercrime: 72 by October 2025 (UN
// Treaty Collection), the European Union among them. Of the states some are known to
// have signed or to have stayed away; the sources list no more names, so the rest are
// those nearest to the text (assumption). None is taken to have ratified.
var (
	signatories = 71
	signed      = []string{"AUS", "BRA", "CHN", "GBR", "RUS"} // and those who proposed it (assumption)
	aloof       = []string{"CAN", "IND", "ISR", "JPN", "MEX", "NZL", "USA"}
)

// signers tells who has signed the convention.
func (s *institutions) signers(w *world.World, position float64) []bool {
	order := make([]int, len(s.rows))
	for i := range order {
		order[i] = i
	}
	rank := func(i int) float64 {
		switch id := s.rows[i].id; {
		case slices.Contains(signed, id), slices.Contains(proposed["un_ahc"], id):
			return -1
		case slices.Contains(aloof, id):
			return 2
		}
		return math.Abs(w.States.Position[i] - position)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rank(a), rank(b)) })
	in := make([]bool, len(s.rows))
	for _, i := range order[:min(signatories, len(order))] {
		in[i] = true
	}
	return in
}

// ratified are those who had ratified a convention by a day (general knowledge);
// other members of its forum signed it. It is in force where that is said. Members
// are parties of all other binding texts.
var ratified = []struct {
	forum   string
	since   time.Time
	inForce bool
	states  []string
}{
	{"african_union", day(2023, time.June, 8), true, []string{
		"AGO", "CIV", "COG", "CPV", "GHA", "GIN", "MOZ", "MRT", "MUS", "NAM", "NER", "RWA", "SEN", "TGO", "ZMB",
	}},
	{"african_union", time.Time{}, false, []string{"GIN", "MUS", "SEN"}},
	{"wto_ecommerce", time.Time{}, false, nil},
	{"coe_ai", time.Time{}, false, nil}, // none that the sources date
}

// adherence of state i to the text of a forum: its members endorse it, and are
// parties where it binds. All states endorse the norms of 2015, which the
// General Assembly called on them to follow without a vote (70/237), and what the
// internet that they all run on is built by: the standing and the universal
// multistakeholder forums.
func (s *institutions) adherence(row forumRow, f *world.Forum, i int) uint8 {
	for _, r := range ratified {
		if r.forum == row.id && f.Members[i] && !r.since.After(s.options.Start) {
			if slices.Contains(r.states, s.rows[i].id) {
				if r.inForce {
					return world.Party
				}
				return world.Ratified
			}
			if slices.Contains(aside[row.id], s.rows[i].id) {
				return world.Outside
			}
			return world.Endorsed
		}
	}
	switch {
	case f.Members[i] && row.binding:
		return world.Party
	case f.Members[i], row.id == "un_gge",
		row.access == world.AccessMultistakeholder && (row.structured || row.universal):
		return world.Endorsed
	}
	return world.Outside
}
