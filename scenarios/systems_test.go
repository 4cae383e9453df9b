package scenarios

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"splinternet/models"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/sim"
)

// This file checks off the systems that the model is made of, one subtest for each. Every
// system is played with and without, with the same chance on both sides; it must work
// in the direction that theory predicts, be told in the chronicle, and obey a script
// or a shock.

// witness is one run and the world at its end.
type witness struct {
	*models.Result
	w *world.World
}

const (
	pairs = 3  // runs on each side
	years = 12 // of a run: to mid-2030
)

// onBaseline plays the baseline with changes in the scenario language and on the command
// line.
func onBaseline(t *testing.T, changes string, set ...string) []witness {
	t.Helper()
	return played(t, "title = \"Changed\"\nextends = \"baseline\"\n"+changes, 4*years, set...)
}

func played(t *testing.T, text string, ticks int, set ...string) []witness {
	t.Helper()
	for k, assignment := range set {
		if number, found := strings.CutPrefix(assignment, "time.ticks="); found {
			ticks, _ = strconv.Atoi(number)
			set = slices.Delete(slices.Clone(set), k, k+1)
			break
		}
	}
	s := load(t, text, Options{Ticks: ticks, Set: set})
	m := simulation(t, s, s.Settings)
	var list []witness
	for r := range pairs {
		var last *world.World
		record := models.Recording{Chronicle: true, Ballots: true, Stride: 25, Each: func(now *sim.Tick, w *world.World) error {
			if now.Index == ticks-1 {
				last = w.Clone()
			}
			return nil
		}}
		list = append(list, witness{play(t, m, sim.ReplicateSeed(1, r), record), last})
	}
	return list
}

// usual is the baseline as it is, played once for all subtests.
var usual = sync.OnceValue(func() func(t *testing.T) []witness {
	var list []witness
	var once sync.Once
	return func(t *testing.T) []witness {
		once.Do(func() { list = onBaseline(t, "") })
		if list == nil {
			t.Fatal("the baseline cannot be played")
		}
		return list
	}
})

// average is the mean of a quantity over runs.
func average(list []witness, of func(r witness) float64) float64 {
	sum := 0.0
	for _, r := range list {
		sum += of(r) / float64(len(list))
	}
	return sum
}

// last is the mean of a measure over the last two years.
func last(list []witness, measure string) float64 {
	runs := make([]*models.Result, len(list))
	for k, r := range list {
		runs[k] = r.Result
	}
	return atTheEnd(runs, measure)
}

// total is the mean sum of a measure over all ticks.
func total(list []witness, measure string) float64 {
	return average(list, func(r witness) float64 {
		sum := 0.0
		for _, x := range r.Series.Of(measure) {
			sum += x
		}
		return sum
	})
}

// told asks for words in some chronicle of the runs.
func told(t *testing.T, list []witness, patterns ...string) {
	t.Helper()
	for _, pattern := range patterns {
		re := regexp.MustCompile(pattern)
		if !slices.ContainsFunc(list, func(r witness) bool {
			return slices.ContainsFunc(r.Entries, func(e world.Entry) bool { return re.MatchString(e.Text) })
		}) {
			t.Errorf("no chronicle says %q", pattern)
		}
	}
}

// higher asks for a to exceed b by a margin.
func higher(t *testing.T, what string, a, b, margin float64) {
	t.Helper()
	t.Logf("%s: %.4g against %.4g", what, a, b)
	if !(a-b > margin) { // NaN is not more
		t.Errorf("%s: %.4g, not more than %.4g by %.4g", what, a, b, margin)
	}
}

// yeas is the share of yes among the yes and no on a text.
func yeas(text string) func(r witness) float64 {
	return func(r witness) float64 {
		for _, e := range r.Entries {
			if e.Kind == "vote" && e.Name == text {
				return float64(e.Yes) / float64(e.Yes+e.No)
			}
		}
		return 0
	}
}

// adherents counts the states that adhere to a text at a level or more.
func adherents(text string, level uint8) func(r witness) float64 {
	return func(r witness) float64 {
		n := 0.0
		if t := r.w.FindText(text); t >= 0 {
			for _, a := range r.w.Texts[t].Adherence {
				if a >= level {
					n++
				}
			}
		}
		return n
	}
}

func without(events ...string) string {
	var b strings.Builder
	for _, name := range events {
		b.WriteString("[[event]]\nname = \"" + name + "\"\nremove = true\n")
	}
	return b.String()
}

func TestSystems(t *testing.T) {
	for _, system := range []struct {
		name  string
		check func(t *testing.T)
	}{
		{"states, great powers, swing states", systemSwing},
		{"tech firms acting like states", systemFirms},
		{"New IP", systemNewIP},
		{"GGE and OEWG", systemRivals},
		{"UN votes", systemVotes},
		{"cybercrime treaty against the Budapest Convention", systemTreaty},
		{"the rest of the regime complex", systemComplex},
		{"rival forums, shopping, renewal, expiry, merger", systemLives},
		{"binding and non-binding norms", systemNorms},
		{"cyber diplomacy", systemDiplomacy},
		{"bilateral agreements and confidence-building measures", systemAgreements},
		{"incidents, wrongful attribution, escalation", systemIncidents},
		{"vendor bans", systemBans},
		{"lowest common denominator against bridge building", systemBridges},
		{"power, values, institutions", systemPillars},
	} {
		t.Run(system.name, func(t *testing.T) {
			t.Parallel()
			system.check(t)
		})
	}
}

// Swing states lie between the poles, and a majority hangs on them: the same move of
// position turns more of a divided vote for each unit of power than at the poles (H2).
func systemSwing(t *testing.T) {
	w := usual()(t)[0].w
	if w.States.N != 193 {
		t.Errorf("%d states", w.States.N)
	}
	start := load(t, "title = \"x\"\nextends = \"baseline\"\n", Options{Ticks: 1}).World
	at := func(id string) float64 { return start.States.Position[start.FindState(id)] }
	for _, id := range []string{"IND", "IDN", "ZAF", "BRA", "MEX", "KEN"} {
		if at(id) < at("CHN")+.1 || at(id) > at("USA")-.1 {
			t.Errorf("%s stands at %.2f, not between China %.2f and the United States %.2f", id, at(id), at("CHN"), at("USA"))
		}
	}
	shock := func(states string, by string) string {
		return "[[event]]\nname = \"turn\"\ndate = 2019-10-02\nkind = \"shock\"\ntargets = " + states + "\nvariable = \"position\"\nadd = " + by + "\n"
	}
	const text = "A/RES/74/247"
	swing := `["state.IND", "state.IDN", "state.ZAF", "state.BRA", "state.MEX", "state.ARG", "state.NGA", "state.KEN"]`
	poles := `["state.USA", "state.CHN", "state.RUS", "state.GBR", "state.DEU", "state.FRA", "state.IRN", "state.JPN"]`
	power := func(list string) (sum float64) {
		for i, id := range w.States.ID {
			if strings.Contains(list, id) {
				sum += w.States.Power[i]
			}
		}
		return sum
	}
	effect := func(list string) float64 {
		up, down := onBaseline(t, shock(list, "0.25"), "time.ticks=7"), onBaseline(t, shock(list, "-0.25"), "time.ticks=7")
		return (average(down, yeas(text)) - average(up, yeas(text))) / power(list)
	}
	higher(t, "turn of the vote for each unit of power, swing states and poles", effect(swing), effect(poles), .1)
	// Authors look to them: what later resolutions say moves with the states between the
	// poles, for each unit of power more than with the poles.
	place := func(r witness) float64 {
		var sum, texts [2]float64 // of the sovereign side and of the open one: who tables more must not count
		for t := range r.w.Texts {
			if text := &r.w.Texts[t]; text.Kind == world.Norm && text.Adopted > 10 && len(text.Sponsors) > 0 && r.w.Forums[text.Forum].Rule == world.Majority {
				side := 0
				if r.w.States.ID[text.Sponsors[0]] == "USA" {
					side = 1
				}
				sum[side], texts[side] = sum[side]+text.Position[0], texts[side]+1
			}
		}
		return (sum[0]/max(1, texts[0]) + sum[1]/max(1, texts[1])) / 2
	}
	lasting := func(states, by string) string {
		return strings.Replace(shock(states, by), "\"position\"", "\"anchor\"", 1) + strings.Replace(shock(states, by), "\"turn\"", "\"turn-at-once\"", 1)
	}
	moved := func(list string) float64 {
		set := []string{"time.ticks=60", "forums.initiative=1"}
		up, down := onBaseline(t, lasting(list, "0.15"), set...), onBaseline(t, lasting(list, "-0.15"), set...)
		return (average(up, place) - average(down, place)) / power(list)
	}
	higher(t, "move of later resolutions for each unit of power, swing states and poles", moved(swing), moved(poles), .03)
	told(t, usual()(t), `For it China, .*(India|Indonesia)`, `abstaining .*Brazil`)
	// A state is scripted, and says so.
	india := onBaseline(t, "[[decision]]\nagent = \"state.IND\"\ndecide = \"vote\"\nabout = \"A/RES/73/27\"\nanswer = \"no\"\n", "time.ticks=3")
	told(t, india, `^India votes no on A/RES/73/27`)
}

// Firms lobby, keep representations and sign norms, and their lobbying moves states.
func systemFirms(t *testing.T) {
	on := usual()(t)
	w := on[0].w
	if w.Firms.N < 46 {
		t.Errorf("%d firms", w.Firms.N)
	}
	for _, id := range []string{"huawei", "china_mobile", "china_unicom", "microsoft", "siemens"} {
		if k := w.FindFirm(id); k < 0 || w.Firms.Home[k] < 0 || w.Firms.Served[k] <= 0 {
			t.Errorf("%s is missing, has no home or serves nobody", id)
		}
	}
	mute := onBaseline(t, "", "markets.lobby=0")
	moved := average(on, func(r witness) float64 { return r.w.States.Position[r.w.FindState("SGP")] }) -
		average(mute, func(r witness) float64 { return r.w.States.Position[r.w.FindState("SGP")] })
	if moved == 0 {
		t.Error("lobbying moves nobody")
	}
	told(t, on, `^(Microsoft|Siemens) now sends representatives to the UN`, `joins? the (Charter of Trust|Cybersecurity Tech Accord|Paris Call)`)
	scripted := onBaseline(t, "[[decision]]\nagent = \"firm.microsoft\"\ndecide = \"represent\"\nabout = \"un_oewg\"\nanswer = \"yes\"\n", "time.ticks=12")
	told(t, scripted, `^Microsoft now sends representatives to the UN Open-ended Working Group`)
}

// New IP is put forward at the ITU, splits networks where it takes off, and gateways
// carry traffic across.
func systemNewIP(t *testing.T) {
	on, off := usual()(t), onBaseline(t, without("new-ip-proposed", "new-ip-at-the-itu"))
	higher(t, "loss of reachability from rival standards", last(on, "technical_loss"), last(off, "technical_loss"), 1e-4)
	text := "title = \"x\"\nextends = \"new-ip\"\n"
	closed, open := played(t, text, 4*years, "interconnection.gateway=0"), played(t, text, 4*years, "interconnection.gateway=0.9")
	higher(t, "reachability with gateways between the stacks", last(open, "effective_reachability"), last(closed, "effective_reachability"), .01)
	higher(t, "effective number of stacks", last(closed, "effective_stacks"), last(off, "effective_stacks"), .1)
	told(t, on, `China puts forward New IP`, `China and Huawei table .*New IP.* in the International Telecommunication Union`, `International Telecommunication Union finds no consensus on "New IP`)
	accepts := onBaseline(t, "[[decision]]\nagent = \"state.IND\"\ndecide = \"recognise\"\nabout = \"new-ip\"\nanswer = \"yes\"\n")
	told(t, accepts, `India accepts New IP as a standard`)
	recognition := func(r witness) float64 { return r.w.Stacks[1].Recognition }
	higher(t, "recognition of New IP with India's", average(accepts, recognition), average(on, recognition), .02)
	// Where large networks run on it others follow, but for those who will not.
	followed := played(t, text, 4*years, "standards.uptake=1")
	told(t, followed, `recognises? New IP as a standard; states with`)
	for _, id := range []string{"BDI", "BOL", "CIV", "DZA", "EGY", "MLI", "PAK", "SDN", "UGA", "ZWE"} {
		text += "[[decision]]\nagent = \"state." + id + "\"\ndecide = \"recognise\"\nabout = \"new-ip\"\nanswer = \"no\"\n"
	}
	refuses := played(t, text, 4*years, "standards.uptake=1")
	told(t, refuses, `(Bolivia|Algeria|Egypt|Pakistan|Sudan|Uganda|Zimbabwe) does not accept New IP as a standard`)
	higher(t, "recognition of New IP without those who refuse", average(followed, recognition), average(refuses, recognition), .002)
}

// Two groups born within weeks of each other from rival resolutions: support is shared,
// attention is split, and texts grow shallower for it.
func systemRivals(t *testing.T) {
	on := onBaseline(t, "", "time.ticks=8")
	both, yes := 0.0, 0.0
	for _, r := range on {
		votes := map[int][2]voting.Vote{}
		for _, b := range r.Ballots {
			v, seen := votes[b.State]
			if !seen {
				v = [2]voting.Vote{voting.Absent, voting.Absent}
			}
			switch b.Text {
			case "A/RES/73/27":
				v[0] = b.Vote
			case "A/RES/73/266":
				v[1] = b.Vote
			}
			votes[b.State] = v
		}
		for _, v := range votes {
			if v[0] != voting.Absent && v[1] != voting.Absent {
				both++
				if v[0] == voting.Yes && v[1] == voting.Yes {
					yes++
				}
			}
		}
	}
	t.Logf("%.0f %% of those who vote on both support both (recorded: 49 %%)", 100*yes/both)
	if yes/both < .4 || yes/both > .6 {
		t.Errorf("%.0f %% support both texts", 100*yes/both)
	}
	w := on[0].w
	gge, oewg := &w.Forums[w.FindForum("un_gge")], &w.Forums[w.FindForum("un_oewg")]
	for i, in := range gge.Members {
		if in && !oewg.Members[i] {
			t.Errorf("%s sits in the GGE and not in the OEWG", w.States.ID[i])
		}
	}
	if gge.Rule != world.Consensus || oewg.Rule != world.Consensus || gge.Access != world.AccessClosed || oewg.Access != world.AccessStates {
		t.Error("the GGE is not closed, the OEWG not open, or one does not decide by consensus")
	}
	if gge.Attention <= 0 || gge.Attention+oewg.Attention > 1+rounding {
		t.Errorf("attention is not split: GGE %.2f, OEWG %.2f", gge.Attention, oewg.Attention)
	}
	alone := onBaseline(t, without("gge-proposed", "gge-backed", "gge-backed-again"), "time.ticks=8")
	attention := func(r witness) float64 { return r.w.Forums[r.w.FindForum("un_oewg")].Attention }
	higher(t, "attention to the OEWG without a rival", average(alone, attention), average(on, attention), .1)
	told(t, on, `Open-ended Working Group .* is set up until 2021`, `Group of Governmental Experts .* is convened again until 2021`)
}

// Votes have four answers, sponsors vote for their text, groups pull their members
// together, and a text is weighed against what fails with it.
func systemVotes(t *testing.T) {
	on, off := onBaseline(t, "", "forums.cue=3", "time.ticks=7"), onBaseline(t, "", "forums.cue=0", "time.ticks=7")
	cohesion := func(r witness) float64 {
		g := r.w.Groups[r.w.FindGroup("african_union")].Members
		sum, texts := 0.0, map[string][4]float64{}
		for _, b := range r.Ballots {
			if slices.Contains(g, b.State) && b.Vote != voting.Absent {
				tally := texts[b.Text]
				tally[b.Vote]++
				texts[b.Text] = tally
			}
		}
		for _, name := range []string{"A/RES/73/27", "A/RES/73/187", "A/RES/73/266", "A/RES/74/247"} {
			tally := texts[name]
			n := tally[0] + tally[1] + tally[2]
			most := max(tally[0], tally[1], tally[2])
			sum += (most - .5*(n-most)) / n / 4 // Hix, Noury and Roland 2005
		}
		return sum
	}
	higher(t, "agreement of the African Union with strong cues", average(on, cohesion), average(off, cohesion), .01)
	cast := map[voting.Vote]bool{}
	for _, b := range usual()(t)[0].Ballots {
		cast[b.Vote] = true
		if b.By == "sponsor" && b.Vote != voting.Yes {
			t.Errorf("a sponsor votes %s", b.Vote)
		}
		if b.Text == "A/RES/73/27" && b.Against != "A/RES/73/266" {
			t.Errorf("A/RES/73/27 is weighed against %s", b.Against)
		}
	}
	if len(cast) != 4 {
		t.Errorf("votes cast: %v", cast)
	}
	told(t, usual()(t), `adopts A/RES/73/27 .* by \d+ votes to \d+ with \d+ abstentions`, `against the United States`)
	// After 2021, too, the Assembly votes on what divides it.
	late := average(usual()(t), func(r witness) (n float64) {
		for _, e := range r.Entries {
			if e.Kind == "vote" && e.Tick >= 14 && 10*(e.No+e.Abstain) > e.Yes+e.No+e.Abstain {
				n++
			}
		}
		return n
	})
	higher(t, "contested votes between 2022 and 2030", late, 3, 0)
	// A vote is scripted into another outcome.
	blocked := onBaseline(t, everyoneSays("vote", "A/RES/74/247", "no"), "time.ticks=7")
	if average(blocked, yeas("A/RES/74/247")) > .5 {
		t.Error("scripted votes do not decide")
	}
	told(t, blocked, `rejects A/RES/74/247`)
}

// everyoneSays scripts an answer of all states of the African Union and ASEAN, a third
// of the Assembly; every of them counts.
func everyoneSays(decide, about, answer string) string {
	w, err := Load("baseline", Options{Ticks: 1})
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, group := range []string{"african_union", "asean"} {
		for _, i := range w.World.Groups[w.World.FindGroup(group)].Members {
			b.WriteString("[[decision]]\nagent = \"state." + w.World.States.ID[i] + "\"\ndecide = \"" + decide + "\"\nabout = \"" + about + "\"\nanswer = \"" + answer + "\"\n")
		}
	}
	return b.String()
}

// The Russian text leads to a committee, a convention and ratifications; those who are
// bound by one treaty are slower to join the other.
func systemTreaty(t *testing.T) {
	on := usual()(t)
	const convention, budapest = "un-cybercrime-convention", "budapest-convention"
	higher(t, "ratifications of the UN convention by 2030", average(on, adherents(convention, world.Ratified)), 0, 1)
	off := onBaseline(t, without("cybercrime-treaty"))
	if n := average(off, adherents(convention, world.Endorsed)); n > 0 {
		t.Errorf("without the text of 2019 %.0f states adhere to its convention", n)
	}
	rival, friends := onBaseline(t, "", "norms.rival=2", "norms.entry=0.1"), onBaseline(t, "", "norms.rival=0", "norms.entry=0.1")
	sum := func(r witness) float64 {
		return adherents(convention, world.Ratified)(r) + adherents(budapest, world.Ratified)(r)
	}
	higher(t, "parties of the two treaties when they do not compete", average(friends, sum), average(rival, sum), .5)
	told(t, on, `Ad Hoc Committee on a cybercrime convention is set up until 2024`, `Ad Hoc Committee .* has done its work: its text is open for states to join`,
		`ratif(y|ies) the United Nations Convention against Cybercrime`, `ratif(y|ies) the Convention on Cybercrime`)
	scripted := onBaseline(t, "[[decision]]\nagent = \"state.BRA\"\ndecide = \"adopt\"\nabout = \"budapest-convention\"\nanswer = \"yes\"\n", "time.ticks=6")
	told(t, scripted, `^Brazil.* ratif(y|ies) the Convention on Cybercrime`)
}

// The other forums decide by their own rules: at the ITU, which goes by consensus, New
// IP finds none; a majority would have voted on it.
func systemComplex(t *testing.T) {
	on := usual()(t)
	w := on[0].w
	for id, want := range map[string]world.DecisionRule{
		"itu": world.Consensus, "ietf": world.RoughConsensus, "icann": world.RoughConsensus, "igf": world.NoDecision,
		"osce": world.Consensus, "sco": world.Consensus, "tech_accord": world.Consensus, "charter_of_trust": world.Consensus,
	} {
		if k := w.FindForum(id); k < 0 || w.Forums[k].Rule != want {
			t.Errorf("%s does not decide by %s", id, want)
		}
	}
	majority := onBaseline(t, "[forum.itu]\nrule = \"majority\"\n", "time.ticks=14")
	told(t, majority, `International Telecommunication Union (adopts|rejects) "New IP`)
	told(t, on, `International Telecommunication Union finds no consensus`, `agrees by consensus on "Report of the open-ended working group"`,
		`(Charter of Trust|Tech Accord)`, `Internet Governance Forum is renewed`)
	gone := onBaseline(t, "[[event]]\nname = \"no-igf\"\ndate = 2020-12-31\nkind = \"end\"\nforum = \"igf\"\n", "time.ticks=12")
	told(t, gone, `Internet Governance Forum .*is closed`)
	higher(t, "forums alive with the IGF", average(onBaseline(t, "", "time.ticks=12"), func(r witness) float64 { return last([]witness{r}, "forums_alive") }), last(gone, "forums_alive"), 0)
}

// Forums are born of dissatisfaction, renewed, expire and merge, but not where rivals
// and mergers are switched off (H4).
func systemLives(t *testing.T) {
	text := "title = \"x\"\nextends = \"baseline\"\n"
	on, off := played(t, text, 72, "forums.founding=0.5"), played(t, text, 72, "forums.rivals=false", "forums.mergers=false")
	born := func(r witness) (n float64) {
		for _, f := range r.w.Forums {
			if f.Founded > 10 {
				n++
			}
		}
		return n
	}
	higher(t, "forums founded after 2020", average(on, born), average(off, born), .5)
	higher(t, "forums alive with rivals", last(on, "forums_alive"), last(off, "forums_alive"), .5)
	merged := func(r witness) (n float64) {
		for _, f := range r.w.Forums {
			if f.Status == world.Merged {
				n++
			}
		}
		return n
	}
	higher(t, "mergers", average(on, merged), average(off, merged), 0)
	told(t, on, `leads \d+ states dissatisfied with every forum on .*, .* in founding one of their own|resolution of \d+ setting up a working group`, `is renewed until`,
		`is folded into the .*: one track again`, `(loses its mandate, which nobody renews|ends its work with its report)`, `(join|joins) the `)
	told(t, off, `(loses its mandate|ends its work with its report)`)
	scripted := onBaseline(t, "[[decision]]\nagent = \"state.DEU\"\ndecide = \"leave\"\nabout = \"osce\"\nanswer = \"yes\"\n", "time.ticks=4")
	told(t, scripted, `^Germany leaves the Organization for Security and Co-operation in Europe`)
}

// Voluntary norms emerge, tip, cascade, are kept and erode; binding ones are ratified
// and kept better (H10).
func systemNorms(t *testing.T) {
	on, off := usual()(t), onBaseline(t, "", "mechanisms.norms=false")
	higher(t, "states behind the Paris Call", average(on, adherents("paris-call", world.Endorsed)), average(off, adherents("paris-call", world.Endorsed)), 15)
	if n := average(on, adherents("paris-call", world.Endorsed)); n > 120 {
		t.Errorf("%.0f states endorse the Paris Call", n)
	}
	compliance := func(r witness) float64 {
		text, sum, n := &r.w.Texts[r.w.FindText("budapest-convention")], 0.0, 0.0
		for i, c := range text.Compliance {
			if text.Covers(i) {
				sum, n = sum+c, n+1
			}
		}
		return sum / n
	}
	binds, lax := onBaseline(t, "", "norms.enforcement=0.7"), onBaseline(t, "", "norms.enforcement=0")
	higher(t, "compliance where a text binds", average(binds, compliance), average(lax, compliance), .02)
	kept, tempted := onBaseline(t, "", "norms.gain=0"), onBaseline(t, "", "norms.gain=1.2")
	higher(t, "compliance without temptation", average(kept, compliance), average(tempted, compliance), .05)
	told(t, on, `52 states endorse "Paris Call`, `endorse "Paris Call.*(passes a threshold|cascade)`, `Two thirds of the world .* stand behind .* resolution of \d+ on rules for`, `ratif(y|ies) the`)
	deeper := played(t, "title = \"Deeper\"\nextends = \"liberal-convergence\"\n", 60)
	told(t, deeper, `^Compliance with .* erodes as it comes to ask more`)
	scripted := onBaseline(t, "[[decision]]\nagent = \"state.IND\"\ndecide = \"adopt\"\nabout = \"paris-call\"\nanswer = \"yes\"\n", "time.ticks=8")
	told(t, scripted, `^India joins "Paris Call`)
}

// Offices for cyber diplomacy spread by imitation, and their capacity counts.
func systemDiplomacy(t *testing.T) {
	on, off := usual()(t), onBaseline(t, "", "power.office-imitation=0")
	higher(t, "offices with imitation", last(on, "offices"), last(off, "offices"), 10)
	capacity := func(r witness) (sum float64) {
		for _, d := range r.w.States.Diplomacy {
			sum += d
		}
		return sum
	}
	higher(t, "diplomatic capacity", average(on, capacity), average(off, capacity), .5)
	for i, e := range on[0].w.States.Effort {
		if s := e[0] + e[1] + e[2] + e[3]; s < 1-rounding || s > 1+rounding {
			t.Fatalf("the effort of %s sums to %g", on[0].w.States.ID[i], s)
		}
	}
	told(t, on, `opens an office for cyber diplomacy`, `states now have an office for cyber diplomacy`)
	scripted := onBaseline(t, "[[decision]]\nagent = \"state.IND\"\ndecide = \"effort\"\nmix = { bridges = 1.0 }\n", "time.ticks=8")
	told(t, scripted, `^India splits the time of its diplomats: .*100 % building bridges`)
	bridges := func(r witness) (sum float64) {
		i := r.w.FindState("IND")
		for j := range r.w.States.N {
			sum += r.w.Dyads.Bridge[i*r.w.States.N+j]
		}
		return sum
	}
	higher(t, "India's bridges", average(scripted, bridges), average(onBaseline(t, "", "time.ticks=8"), bridges), .05)
}

// The agreement of 2015 and the measures of the OSCE exist at the start; agreements
// form, work and lapse.
func systemAgreements(t *testing.T) {
	start := load(t, "title = \"x\"\nextends = \"baseline\"\n", Options{Ticks: 1}).World
	usa, chn, rus := start.FindState("USA"), start.FindState("CHN"), start.FindState("RUS")
	if start.Dyads.Channel[usa*193+chn] == 0 || start.Dyads.Channel[usa*193+rus] == 0 {
		t.Error("the channels of 2013 and 2015 are missing")
	}
	on, off := usual()(t), onBaseline(t, "", "diplomacy.agreement=-50", "diplomacy.agreement-effort=0")
	count := func(r witness) float64 { return float64(len(r.w.Dyads.Agreements)) }
	higher(t, "agreements in force", average(on, count), average(off, count), 1)
	strong, weak := onBaseline(t, "", "diplomacy.trust=0.3", "forums.founding=0.3"), onBaseline(t, "", "diplomacy.trust=0")
	trusted := func(r witness) (sum float64) {
		for _, a := range r.w.Dyads.Agreements {
			sum += r.w.Dyads.Trust[int(a.I)*193+int(a.J)] / float64(len(r.w.Dyads.Agreements))
		}
		return sum
	}
	higher(t, "trust between those who agreed", average(strong, trusted), average(weak, trusted), .02)
	told(t, on, `agree on (restraint in cyberspace|cooperation against cyber threats) and open a direct line`, `The agreement of .* lapses`)
	told(t, slices.Concat(on, off, strong, weak), `confidence-building`)
	ended := onBaseline(t, "[[decision]]\nagent = \"state.CHN\"\ndecide = \"agree\"\nabout = \"USA\"\nanswer = \"no\"\n", "time.ticks=3")
	told(t, ended, `^China wants no agreement with the United States`, `The agreement of China and the United States .* lapses|The agreement of the United States and China .* lapses`)
}

// Capability spreads, blame errs, channels clear it up, and most incidents are answered
// by nothing.
func systemIncidents(t *testing.T) {
	on := usual()(t)
	contained := onBaseline(t, "", "power.offence-diffusion=0")
	spread := played(t, "title = \"Spread\"\nextends = \"offensive-spread\"\n", 4*years)
	higher(t, "incidents when capability spreads", total(spread, "incidents"), total(contained, "incidents"), 15)
	higher(t, "incidents when it spreads slowly", total(on, "incidents"), total(contained, "incidents"), .5)
	exact := onBaseline(t, "", "security.attribution=1", "crime.confusion=0")
	higher(t, "wrongful attributions", total(on, "misattributed"), total(exact, "misattributed"), 5)
	if n := total(exact, "misattributed"); n > 0 {
		t.Errorf("%.1f wrongful attributions though attribution never errs", n)
	}
	mute := "[[event]]\nname = \"lines\"\ntick = 0\nkind = \"agreement\"\nparties = [\"USA\", \"RUS\", \"CHN\", \"IRN\", \"PRK\", \"KOR\", \"IND\", \"PAK\", \"UKR\", \"ISR\"]\nchannel = 1.0\n"
	lines, none := onBaseline(t, mute, "security.channel=1", "diplomacy.lapse=0", "diplomacy.breach=0"), onBaseline(t, "", "security.channel=0")
	higher(t, "wrongful attributions without working channels", total(none, "misattributed"), total(lines, "misattributed"), 1)
	higher(t, "escalations without working channels", total(none, "escalations"), total(lines, "escalations"), 1)
	if share := total(on, "escalations") / total(on, "incidents"); share > .15 {
		t.Errorf("%.0f %% of incidents climb a rung", 100*share)
	}
	told(t, on, `is hit by a cyber operation of .* and publicly names`, `wrongly (accuses|suspects)`, `but takes no step against it`, `protests to`, `imposes sanctions on`, `can now mount cyber operations`,
		`^In 20\d\d there are \d+ lesser cyber operations, most of them by Russia`, `^In 20\d\d .*; \w+ drew a protest`)
	motives(t, on)

	crisis := onBaseline(t, "[[event]]\nname = \"crisis\"\ndate = 2019-01-05\nkind = \"crisis\"\ninitiator = \"PRK\"\ntarget = \"USA\"\nseverity = 9\nblamed = \"CHN\"\n"+
		"[[decision]]\nagent = \"state.USA\"\ndecide = \"answer\"\nabout = \"CHN\"\nanswer = \"sanctions\"\n", "time.ticks=4")
	told(t, crisis, `United States is hit .* wrongly accuses China in public`, `^The United States imposes sanctions on China`)
	higher(t, "hostility after a wrongful accusation that is answered", total(crisis, "hostility"), total(onBaseline(t, "", "time.ticks=4"), "hostility"), 0)
}

// motives looks at who is told to act on whom beyond recorded rivalries: great powers,
// for the most part, since others have neither the reach nor a reason.
func motives(t *testing.T, runs []witness) {
	t.Helper()
	great := []string{"USA", "CHN", "RUS", "IRN", "PRK"} // by power, or by what DCID records
	all, other := 0, 0
	for _, r := range runs {
		for _, e := range r.Entries {
			if e.Kind != "incident" || !strings.Contains(e.Text, " is hit ") {
				continue
			}
			i, j := r.w.FindState(e.Actors[0]), r.w.FindState(e.Targets[0])
			all++
			if !r.w.Dyads.Rival[i*r.w.States.N+j] && !slices.Contains(great, e.Actors[0]) {
				other++
				t.Logf("without a rivalry or reach: %s", e.Text)
			}
		}
	}
	if all < 60 || other*25 > all {
		t.Errorf("%d of %d incidents told are by lesser states on states that are no rivals of theirs", other, all)
	}
}

// Bans cascade among allies and are held back by what is installed.
func systemBans(t *testing.T) {
	on := usual()(t)
	alone, installed := onBaseline(t, "", "markets.ally-cue=0"), onBaseline(t, "", "markets.dependence=14")
	higher(t, "bans with the example of allies", last(on, "bans"), last(alone, "bans"), 5)
	higher(t, "bans where less is installed", last(on, "bans"), last(installed, "bans"), 3)
	higher(t, "commercial loss with bans", last(on, "commercial_loss"), last(onBaseline(t, "", "mechanisms.markets=false"), "commercial_loss"), .001)
	told(t, on, `(restricts?|bans?) Huawei and ZTE, following the United States`, `over their ties to the government of China`)
	allowed := onBaseline(t, "[[decision]]\nagent = \"state.GBR\"\ndecide = \"ban\"\nabout = \"huawei\"\nlevel = 0.0\n", "time.ticks=12")
	if n := average(allowed, func(r witness) float64 { return r.w.Firms.Ban[r.w.FindFirm("huawei")*193+r.w.FindState("GBR")] }); n > 0 {
		t.Error("Britain bans Huawei though its script allows it")
	}
}

// Effort on bridges buys reach between blocs and moves nobody; effort on consensus buys
// depth.
func systemBridges(t *testing.T) {
	text := "title = \"x\"\nextends = \"bridge-builders\"\n"
	consensus, bridges := played(t, text, 4*years, "diplomacy.bridging=0"), played(t, text, 4*years, "diplomacy.bridging=1")
	higher(t, "effective reachability with bridges", last(bridges, "effective_reachability"), last(consensus, "effective_reachability"), .01)
	higher(t, "recovery with bridges", last(bridges, "recovery"), last(consensus, "recovery"), .05)
	higher(t, "depth with consensus", last(consensus, "cooperation_depth"), last(bridges, "cooperation_depth"), .004)
	apart := last(bridges, "openness") - last(consensus, "openness")
	if apart < -.02 || apart > .02 {
		t.Errorf("bridges move the mean position by %.3f", apart)
	}
	// Consensus dilutes: where nobody fears isolation the text is shallower.
	alone, feared := onBaseline(t, "", "forums.isolation=0.04"), onBaseline(t, "", "forums.isolation=0.2")
	higher(t, "depth where isolation is feared", last(feared, "cooperation_depth"), last(alone, "cooperation_depth"), .02)
	told(t, bridges, `(have built a gateway|now keeps gateways)`)
	told(t, consensus, `agrees by consensus on`)
	told(t, alone, `waters down its text, so that (all can live with it|nobody blocks it)`)
}

// The three pillars are measured apart at every tick, and each answers to its own cause.
func systemPillars(t *testing.T) {
	on := usual()(t)
	for _, pillar := range []string{"western_power", "openness", "western_institutions", "liberal_order"} {
		for tick, x := range on[0].Series.Of(pillar) {
			if !(x > 0 && x < 1) {
				t.Errorf("%s is %g in tick %d", pillar, x, tick)
			}
		}
	}
	shift := onBaseline(t, "", "power.growth=2")
	higher(t, "Western power without a faster shift", last(on, "western_power"), last(shift, "western_power"), .01)
	closed := onBaseline(t, "[[event]]\nname = \"turn\"\ndate = 2021-01-01\nkind = \"shock\"\ntargets = [\"group.eu\"]\nvariable = \"anchor\"\nadd = -0.3\n")
	higher(t, "openness without a European turn", last(on, "openness"), last(closed, "openness"), .01)
	if d := last(on, "western_power") - last(closed, "western_power"); d > .01 || d < -.01 {
		t.Errorf("a turn of values moves Western power by %.3f", d)
	}
	left := onBaseline(t, "[[event]]\nname = \"end\"\ndate = 2021-01-01\nkind = \"end\"\nforum = \"icann\"\n[[event]]\nname = \"end2\"\ndate = 2021-01-01\nkind = \"end\"\nforum = \"budapest\"\n")
	higher(t, "Western institutions before their end", last(on, "western_institutions"), last(left, "western_institutions"), .01)
	told(t, closed, `A shock changes anchor of`)
}
