package evidence

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"splinternet/models"
	"splinternet/models/forums/regime"
	"splinternet/models/voting"
	"splinternet/models/world"
	"splinternet/scenarios"
	"splinternet/scenarios/data"
	"splinternet/sim"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// Pattern is a stylised fact beside what the baseline gives (pattern-oriented modelling; Grimm et al. 2005).
// Several weak patterns at different levels filter mechanisms better than one strong fit.
type Pattern struct {
	Name      string // P1
	Statement string
	Observed  float64 // NaN where the record has a direction only
	Low, High float64 // what counts as within tolerance
	Simulated analysis.Estimate
}

// Within tells whether the simulated mean lies within tolerance.
func (p Pattern) Within() bool { return p.Simulated.Value >= p.Low && p.Simulated.Value <= p.High }

// The roll calls of 2018 and 2019 in the order of the voting strings, and the groups in the
// order of their cohesion as measured.
var (
	sixRollCalls = []string{"A/RES/73/27", "A/RES/73/187", "A/RES/73/266", "A/RES/74/28", "A/RES/74/29", "A/RES/74/247"}
	cohesive     = []string{"eu", "five_eyes", "sco", "asean", "african_union", "brics"}
)

// run is what the patterns need of one run of the baseline.
type patternRun struct {
	double, west, hard, errors, cohesion float64
	correlation, spread                  float64
	sequence                             float64
	incidents, climbs                    float64
	richer, middle                       float64
	allied, early                        float64
}

// Patterns plays the baseline and measures P1 to P9.
func Patterns(ctx context.Context, runs, workers int) ([]Pattern, error) {
	baseline, err := scenarios.Load("baseline", scenarios.Options{})
	if err != nil {
		return nil, err
	}
	recorded, err := recordedVotes(baseline.World)
	if err != nil {
		return nil, err
	}
	bans, err := recordedBans(baseline.World)
	if err != nil {
		return nil, err
	}
	var all []patternRun
	newJob := func() (experiment.Job[patternRun], error) {
		m, err := baseline.Simulation()
		if err != nil {
			return nil, err
		}
		return func(ctx context.Context, i int) (patternRun, error) {
			return watch(ctx, m, baseline.Calendar, sim.ReplicateSeed(1, i), recorded)
		}, nil
	}
	_, err = experiment.Ordered(ctx, 0, runs, workers, newJob, func(_ int, r patternRun, failure *experiment.Failure) error {
		if failure != nil {
			return failure
		}
		all = append(all, r)
		return nil
	})
	if err != nil {
		return nil, err
	}
	of := func(pick func(*patternRun) float64) analysis.Estimate {
		x := make([]float64, len(all))
		for k := range all {
			x[k] = pick(&all[k])
		}
		return analysis.Mean(x)
	}
	seen := votingPatterns(baseline.World, recorded)
	return []Pattern{
		{"P1", "share of voting states that support both rival texts of 2018", seen.double, .40, .58, of(func(r *patternRun) float64 { return r.double })},
		{"P2", "share of voting states that oppose the Russian text of 2018", seen.west, seen.west - .08, seen.west + .08, of(func(r *patternRun) float64 { return r.west })},
		{"P2", "share that oppose the American text of 2018", seen.hard, 0, seen.hard + .08, of(func(r *patternRun) float64 { return r.hard })},
		{"P3", "share of states that oppose one of the rival texts without supporting the other", seen.errors, 0, .02, of(func(r *patternRun) float64 { return r.errors })},
		{"P4", "rank correlation of the cohesion of EU, Five Eyes, SCO, ASEAN, AU, BRICS with that recorded", 1, .6, 1, of(func(r *patternRun) float64 { return r.cohesion })},
		{"P5", "correlation of positions over ten years", .92, .85, .96, of(func(r *patternRun) float64 { return r.correlation })},
		{"P5", "spread of positions after ten years over that of the start", .98, .80, 1.05, of(func(r *patternRun) float64 { return r.spread })},
		{"P6", "share of runs in which parallel processes coexist and merge into a thin one within nine years", math.NaN(), .10, 1, of(func(r *patternRun) float64 { return r.sequence })},
		{"P7", "incidents between rivals a year, first five years", 20.4, 14, 27, of(func(r *patternRun) float64 { return r.incidents })},
		{"P7", "share of incidents that climb a rung", math.NaN(), 0, .15, of(func(r *patternRun) float64 { return r.climbs })},
		{"P8", "chance that a state with a cyber-diplomacy office after ten years is richer than one without", math.NaN(), .6, 1, of(func(r *patternRun) float64 { return r.richer })},
		{"P8", "new offices in the middle third of 21 years over the mean of the outer thirds", math.NaN(), 1, math.Inf(1), of(func(r *patternRun) float64 { return r.middle })},
		{"P9", "share of the states with bans on Huawei at the end of 2024 that are allies of the United States", bans.allied, bans.allied - .2, min(1, bans.allied+.2), of(func(r *patternRun) float64 { return r.allied })},
		{"P9", "share of these bans that fall within the first three years", bans.early, bans.early - .2, min(1, bans.early+.2), of(func(r *patternRun) float64 { return r.early })},
	}, nil
}

// ballots are votes by roll call of sixRollCalls and state.
type ballots [][]voting.Vote

func recordedVotes(w *world.World) (ballots, error) {
	calls, err := data.RollCalls(data.Options{})
	if err != nil {
		return nil, err
	}
	b := make(ballots, len(sixRollCalls))
	for k, id := range sixRollCalls {
		for _, call := range calls {
			if call.ID == id {
				b[k] = call.Votes
			}
		}
		if len(b[k]) != w.States.N {
			return nil, fmt.Errorf("%s is not among the roll calls of the baseline's states", id)
		}
	}
	return b, nil
}

// votingPatterns are P1 to P4 of recorded or simulated votes; recorded gives the cohesion to compare with.
func votingPatterns(w *world.World, b ballots, recorded ...ballots) (r patternRun) {
	n := 0.0
	for i, russian := range b[0] {
		american := b[2][i]
		if russian == voting.Absent || american == voting.Absent {
			continue
		}
		n++
		r.double += number(russian == voting.Yes && american == voting.Yes)
		r.west += number(russian == voting.No)
		r.hard += number(american == voting.No)
		r.errors += number(russian == voting.No && american != voting.Yes || american == voting.No && russian != voting.Yes)
	}
	r.double, r.west, r.hard, r.errors = r.double/n, r.west/n, r.hard/n, r.errors/n
	if len(recorded) > 0 {
		r.cohesion = rankCorrelation(cohesions(w, b), cohesions(w, recorded[0]))
	}
	return r
}

// cohesions are the agreement indices of the groups over the six roll calls.
func cohesions(w *world.World, b ballots) []float64 {
	calls := make([]data.RollCall, len(b))
	for k := range b {
		calls[k].Votes = b[k]
	}
	list := make([]float64, len(cohesive))
	for k, id := range cohesive {
		list[k] = data.Agreement(calls, w.Groups[w.FindGroup(id)].Members)
	}
	return list
}

// rankCorrelation is Spearman's.
func rankCorrelation(x, y []float64) float64 {
	return correlation(ranks(x), ranks(y))
}

func ranks(x []float64) []float64 {
	r := make([]float64, len(x))
	for i := range x {
		for j := range x {
			r[i] += number(x[j] < x[i]) + number(x[j] == x[i])/2
		}
	}
	return r
}

func correlation(x, y []float64) float64 {
	mx, my := mean(x), mean(y)
	var xy, xx, yy float64
	for k := range x {
		xy += (x[k] - mx) * (y[k] - my)
		xx += (x[k] - mx) * (x[k] - mx)
		yy += (y[k] - my) * (y[k] - my)
	}
	return xy / math.Sqrt(xx*yy)
}

func deviation(x []float64) float64 {
	m, sum := mean(x), 0.0
	for _, v := range x {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / float64(len(x)))
}

// watch plays one run of the baseline and looks at everything that the patterns need.
func watch(ctx context.Context, m *models.Simulation, calendar sim.Calendar, seed uint64, recorded ballots) (patternRun, error) {
	var r patternRun
	perYear := calendar.PerYear()
	cast := make(ballots, len(sixRollCalls))
	var start []float64
	politics := newProcesses(perYear)
	offices := make([]float64, calendar.Ticks)
	firstBan := map[int]int{} // state to the tick of its ban on Huawei
	result, err := m.Run(ctx, seed, models.Recording{Ballots: true, Chronicle: true, Each: func(now *sim.Tick, w *world.World) error {
		if now.Index == 0 {
			start = slices.Clone(w.States.Anchor)
		}
		if now.Index == 10*perYear-1 {
			r.correlation = correlation(start, w.States.Position)
			r.spread = deviation(w.States.Position) / deviation(start)
			r.richer = richer(w)
		}
		for _, since := range w.States.Office {
			offices[now.Index] += number(since != world.NoOffice)
		}
		politics.look(now, w)
		if now.Date.Before(endOfBans) {
			noteBans(firstBan, now.Index, w)
			r.allied = alliedShare(firstBan, w)
		}
		if now.Index == 2*perYear-1 {
			for k := range cast {
				cast[k] = slices.Repeat([]voting.Vote{voting.Absent}, w.States.N)
			}
			for _, b := range w.Chronicle.Votes {
				if k := slices.Index(sixRollCalls, b.Text); k >= 0 {
					cast[k][b.State] = b.Vote
				}
			}
			votes := votingPatterns(w, cast, recorded)
			r.double, r.west, r.hard, r.errors, r.cohesion = votes.double, votes.west, votes.hard, votes.errors, votes.cohesion
		}
		return nil
	}})
	if err != nil {
		return r, err
	}
	r.sequence = number(politics.sequence)
	r.incidents = total(result.Series.Of("incidents")[:5*perYear]) / 5
	r.climbs = total(result.Series.Of("escalations")) / total(result.Series.Of("incidents"))
	third := 7 * perYear
	r.middle = 2 * (offices[2*third-1] - offices[third-1]) / ((offices[third-1] - offices[0]) + (offices[3*third-1] - offices[2*third-1]))
	r.early = earlyShare(firstBan, perYear)
	return r, nil
}

// richer is the chance that a state with an office has more wealth per head than one without.
func richer(w *world.World) float64 {
	pairs, wins := 0.0, 0.0
	for i, a := range w.States.Office {
		for j, b := range w.States.Office {
			if a != world.NoOffice && b == world.NoOffice {
				pairs++
				wins += number(w.States.Wealth[i] > w.States.Wealth[j])
			}
		}
	}
	return wins / pairs
}

// processes follows parallel processes on a line: a year side by side, then the merger of one
// into another whose text is thin, within nine years of the start.
type processes struct {
	perYear  int
	together map[world.Line]int
	merged   map[int]bool
	sequence bool
}

func newProcesses(perYear int) *processes {
	return &processes{perYear: perYear, together: map[world.Line]int{}, merged: map[int]bool{}}
}

func (p *processes) look(now *sim.Tick, w *world.World) {
	const thin = .4 // below the depth of a thick consensus
	for k := range w.Forums {
		f := &w.Forums[k]
		if f.Status != world.Merged || p.merged[k] {
			continue
		}
		p.merged[k] = true
		for l := range w.Forums {
			other := &w.Forums[l]
			if l != k && other.Line == f.Line && other.Status == world.Alive && other.Text >= 0 && w.Texts[other.Text].Depth < thin &&
				p.together[f.Line] >= p.perYear && now.Index < 9*p.perYear {
				p.sequence = true
			}
		}
	}
	for _, line := range world.Lines {
		if regime.Contested(w, line) {
			p.together[line]++
		}
	}
}

// endOfBans is the day up to which bans are recorded.
var endOfBans = time.Date(2025, time.January, 1, 0, 0, 0, 0, time.UTC)

func noteBans(first map[int]int, tick int, w *world.World) {
	n := w.States.N
	huawei := slices.Index(w.Firms.ID, "huawei")
	for i := range n {
		if _, known := first[i]; !known && w.Firms.Ban[huawei*n+i] > 0 {
			first[i] = tick
		}
	}
}

func alliedShare(first map[int]int, w *world.World) float64 {
	usa, sum := w.FindState("USA"), 0.0
	for i := range w.States.N {
		if _, banned := first[i]; banned {
			sum += number(i == usa || w.Dyads.Ally[usa*w.States.N+i])
		}
	}
	return sum / float64(len(first))
}

// earlyShare is the share of bans in the first three years after the first: a minimum and a
// count, to which the order of the map does not matter.
func earlyShare(first map[int]int, perYear int) float64 {
	begin, n := math.MaxInt, 0.0
	for _, t := range first {
		begin = min(begin, t)
	}
	for _, t := range first {
		n += number(t < begin+3*perYear)
	}
	return n / float64(len(first))
}

// recordedBans are the two shares of the record.
func recordedBans(w *world.World) (r patternRun, err error) {
	bans, err := data.Restrictions()
	if err != nil {
		return r, err
	}
	days := map[int]int{}
	for _, ban := range bans {
		i := w.FindState(ban.State)
		if age := int(ban.Date.Sub(w.Calendar.Start).Hours() / 24); i >= 0 && ban.Date.Before(endOfBans) {
			if known, ok := days[i]; !ok || age < known {
				days[i] = age
			}
		}
	}
	r.allied = alliedShare(days, w)
	r.early = earlyShare(days, 365)
	return r, nil
}
