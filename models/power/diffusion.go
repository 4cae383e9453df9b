package power

import (
	"fmt"
	"math"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// OfficeDiffusion is how cyber-diplomacy offices spread over foreign ministries:
// an innovation that states take up on their own account or because their peers
// have (Bass 1969; Berry and Berry 1990). The rates are per year.
type OfficeDiffusion struct {
	Innovation float64
	Imitation  float64
	Threat     float64
	Wealth     float64
	Experience float64
	Size       float64
	Capacity   float64
}

// OffenceDiffusion is how offensive capability spreads. It is hard to build
// (Smeets 2022): few have the means, fewer a reason, and a programme takes years.
type OffenceDiffusion struct {
	Diffusion  float64
	Innovation float64
	Imitation  float64
	Means      float64
	Floor      float64
	Motive     float64
	Level      float64
	Build      float64
}

// arsenal is the share of the world's offensive activity at the start above which
// a state counts as capable; the baseline has 34 such states.
const arsenal = .005

// Races of one tick: each draws a number for every state.
const (
	officeRace uint64 = iota
	offenceRace
)

// diffusion is what the two processes keep in mind during a run.
type diffusion struct {
	peers   []float64 // by state: trust and meetings of those with an office
	all     []float64 // the same of everybody
	has     []float64 // by state: 1 with an office, 0 without
	means   []float64 // by state: see Means
	staff   []float64 // by state: whether its foreign ministry has people to spare, [0, 1]
	skill   []float64 // by state: see Skill
	able    []float64 // by state: see OffenceDiffusion.Able
	rival   []float64 // by state: 1 with a recorded rival, 0 without
	offices int
	capable []capability
	armed   int // states that are capable
}

// capability says whether a state can mount cyber operations, and since when.
type capability uint8

const (
	incapable capability = iota
	capableAtStart
	capableSince // acquired during the run
)

// milestones are the numbers of offices, and armies those of capable states, that the
// chronicle notes.
var (
	milestones = []int{10, 25, 50, 100}
	armies     = []int{30, 40, 50, 75, 100}
)

// notable is the weight (power and users) above which the chronicle notes what a
// state builds: some twenty states.
const notable = .01

func (m *Power) declareDiffusion(s sim.Section) {
	rate := sim.Range{Min: 0, Max: 5}
	number := func(field *float64, name string, value float64, domain, plausible sim.Range, unit string, source sim.Source, doc, reference string) {
		s.Number(field, sim.Parameter{
			Name: name, Default: value, Domain: domain, Plausible: plausible,
			Unit: unit, Source: source, Doc: doc, Reference: reference,
		})
	}
	number(&m.Office.Innovation, "office-innovation", .01, rate, sim.Range{Min: .005, Max: .02}, "per year", sim.Literature,
		"Hazard of opening a cyber-diplomacy office without any example.", "Bass 1969: p")
	number(&m.Office.Imitation, "office-imitation", .25, rate, sim.Range{Min: .1, Max: .4}, "per year", sim.Literature,
		"What it adds to the hazard that all peers have an office.", "Bass 1969: q; with the offices of 2018 in the data, about fifty in 2025")
	number(&m.Office.Threat, "office-threat", .05, rate, sim.Range{Min: 0, Max: .15}, "per year", sim.Assumption,
		"What a boundless threat adds to the hazard; the threat of one grave incident a year adds half of it.", "offices follow threat, given wealth")
	number(&m.Office.Wealth, "office-wealth", .025, sim.Range{Min: -1, Max: 1}, sim.Range{Min: 0, Max: .06}, "per year", sim.Assumption,
		"What the logarithm of wealth per head, against the world's, adds to the hazard.", "low- and middle-income states are under-represented in technology diplomacy")
	number(&m.Office.Experience, "office-experience", .4, rate, sim.Range{Min: 0, Max: .8}, "per year", sim.Assumption,
		"What full diplomatic capacity adds to the hazard: those who negotiate on cyberspace anyway come first.", "")
	number(&m.Office.Size, "office-size", 3e-4, sim.Range{Min: 0, Max: 1}, sim.Range{Min: 0, Max: 1e-3}, "share of world power", sim.Assumption,
		"Power at which the hazard is half of what it would be for a large state: a small foreign ministry has nobody to spare. 0 makes size no matter.", "")
	number(&m.Office.Capacity, "office-capacity", .3, sim.Range{Min: 0, Max: 1}, sim.Range{Min: .1, Max: .5}, "share", sim.Assumption,
		"Share of the way to what its means allow by which an office raises a state's diplomatic capacity.", "")
	number(&m.Offence.Diffusion, "offence-diffusion", 1, sim.Range{Min: 0, Max: 100}, sim.Range{Min: 0, Max: 4}, "factor", sim.Assumption,
		"Factor on the rates at which states acquire offensive capability; 0 switches the spread off.", "30 to 60 states claimed it by 2020, on weak evidence")
	number(&m.Offence.Innovation, "offence-innovation", 24, sim.Range{Min: 0, Max: 1000}, sim.Range{Min: 10, Max: 40}, "per year", sim.Assumption,
		"Hazard of a state with boundless skill (the first has .9, a middle power .1 to .2), no rival and no threat acquiring offensive capability without any example.", "Smeets 2022")
	number(&m.Offence.Imitation, "offence-imitation", 180, sim.Range{Min: 0, Max: 1000}, sim.Range{Min: 50, Max: 300}, "per year", sim.Assumption,
		"What it adds to that hazard that all other states are capable.", "Bass 1969; Smeets 2022")
	number(&m.Offence.Means, "offence-means", 3, sim.Range{Min: 0, Max: 10}, sim.Range{Min: 2, Max: 4}, "exponent", sim.Assumption,
		"How steeply that hazard rises with skill above the floor; 0 makes micro-states as likely as great powers.", "a force takes people, exploits, tools, infrastructure and organisation at once: Smeets 2022")
	number(&m.Offence.Floor, "offence-floor", .02, sim.Range{Min: 0, Max: 1}, sim.Range{Min: 0, Max: .03}, "skill", sim.Assumption,
		"Skill up to which a state cannot become capable at all, whatever its reason; half of all states lie below.", "most states never get beyond a command on paper: Smeets 2022")
	number(&m.Offence.Motive, "offence-motive", 4, sim.Range{Min: 0, Max: 100}, sim.Range{Min: 1, Max: 9}, "factor", sim.Assumption,
		"What a recorded rival, or a boundless threat, adds to that hazard as a multiple of it.", "balance of threat: Walt 1987")
	number(&m.Offence.Level, "offence-level", .14, sim.Range{Min: 0, Max: 1}, sim.Range{Min: .04, Max: .2}, "share", sim.Assumption,
		"Offensive activity, as a share of the world's at the start, to which the most skilled state would grow; others by the root of their skill.", "a state such as the United Kingdom comes to the .06 that DCID 2.0 records for the United States")
	number(&m.Offence.Build, "offence-build", .2, sim.Range{Min: 0, Max: 1}, sim.Range{Min: .1, Max: .4}, "per year", sim.Assumption,
		"Rate at which a newly capable state reaches that level.", "capability takes years to build: Smeets 2022")
}

// Means is what a state can afford in diplomacy, [0, 1]: by size, with power
// relative to the most powerful state, or by wealth, per head relative to the
// world's mean. A small rich state can do much.
func Means(power, wealth float64) float64 {
	return 1 - (1-math.Sqrt(power))/(1+wealth)
}

// Skill is the people that a state can set to offensive operations, [0, 1]: it
// takes size and wealth at once, whose geometric mean it is.
func Skill(power, wealth float64) float64 {
	return math.Sqrt(power * wealth / (1 + wealth))
}

// Hazard is the yearly hazard of a state without an office: peers is the share
// of its peers that have one.
//
//	h = max(0, p + q F + b1 T/(1+T) + b2 ln wealth + b3 capacity)
//
// Without the last three terms this is the model of Bass. The size of its foreign
// ministry counts as a factor.
func (o *OfficeDiffusion) Hazard(peers, threat, wealth, capacity float64) float64 {
	return max(0, o.Innovation+o.Imitation*peers+o.Threat*threat/(1+threat)+
		o.Wealth*math.Log(max(wealth, 1e-3))+o.Experience*capacity)
}

// Able is what skill counts for: what lies above the floor, to the power of Means.
func (o *OffenceDiffusion) Able(skill float64) float64 {
	return math.Pow(max(0, skill-o.Floor), o.Means)
}

// Hazard is the yearly hazard of a state without offensive capability: capable
// is the share of states that have it, rival 1 with a recorded rival and 0 without,
// and able what its skill counts for.
//
//	h = k (p + q C) max(0, skill - f)^s (1 + m max(r, T/(1+T)))
func (o *OffenceDiffusion) Hazard(capable, threat, rival, able float64) float64 {
	return o.Diffusion * (o.Innovation + o.Imitation*capable) * able * (1 + o.Motive*max(rival, threat/(1+threat)))
}

func (m *Power) beginDiffusion(w *world.World) {
	n, d := w.States.N, &m.spread
	if len(d.peers) != n {
		d.peers, d.all, d.has = make([]float64, n), make([]float64, n), make([]float64, n)
		d.means, d.skill = make([]float64, n), make([]float64, n)
		d.able, d.rival, d.staff = make([]float64, n), make([]float64, n), make([]float64, n)
		d.capable = make([]capability, n)
	}
	d.offices, d.armed = 0, 0
	for i := range n {
		if w.States.Office[i] != world.NoOffice {
			d.offices++
		}
		if d.rival[i] = 0; slices.Contains(w.Dyads.Rival[i*n:i*n+n], true) {
			d.rival[i] = 1
		}
		if d.capable[i] = incapable; w.States.Offence[i] >= arsenal {
			d.capable[i] = capableAtStart
			d.armed++
		}
	}
}

// diffuse lets offices and offensive capability spread by one tick.
func (m *Power) diffuse(now *sim.Tick, w *world.World) {
	if now.Index%now.PerYear == 0 {
		m.lookAround(w)
	}
	m.openOffices(now, w)
	if m.Offence.Diffusion > 0 {
		m.arm(now, w)
	}
}

// lookAround derives once a year what states can afford and whom they look to: a
// peer counts by trust, and twice if the two meet in as many forums as any pair.
func (m *Power) lookAround(w *world.World) {
	n, s, d := w.States.N, &w.States, &m.spread
	strongest := 0.0
	for _, p := range s.Power {
		strongest = max(strongest, p)
	}
	most := 1 / max(1, float64(w.Dyads.MostShared))
	var counts [256]float64 // by number of shared forums
	for number := range counts {
		counts[number] = 1 + most*float64(number)
	}
	for i, tick := range s.Office {
		d.has[i] = 0
		if tick != world.NoOffice {
			d.has[i] = 1
		}
	}
	for i := range n {
		power, wealth := min(1, s.Power[i]/max(strongest, 1e-300)), max(0, s.Wealth[i])
		d.means[i], d.skill[i] = Means(power, wealth), Skill(power, wealth)
		d.staff[i] = s.Power[i] / max(s.Power[i]+m.Office.Size, 1e-300)
		d.able[i] = m.Offence.Able(d.skill[i])
		trust, shared := w.Dyads.Trust[i*n:i*n+n], w.Dyads.Shared[i*n:i*n+n]
		peers, all := 0.0, 0.0
		shared, has := shared[:len(trust)], d.has[:len(trust)]
		for j, tau := range trust {
			weight := tau * counts[shared[j]]
			all += weight
			peers += weight * has[j]
		}
		own := trust[i] * counts[shared[i]]
		d.peers[i], d.all[i] = peers-own*has[i], all-own
	}
}

// openOffices draws who opens an office. A clock that rings within the tick shows
// at least 1-u, so most states need no logarithm. Who opens one is seen by the
// others from the next tick on.
func (m *Power) openOffices(now *sim.Tick, w *world.World) {
	s, d := &w.States, &m.spread
	race := now.Stream.Race(officeRace)
	for i, key := range s.Key {
		u := race.Uniform(key)
		if s.Office[i] != world.NoOffice {
			continue
		}
		share := 0.0
		if d.all[i] > 0 {
			share = min(1, max(0, d.peers[i]/d.all[i])) // rounding may leave a little less than none
		}
		within := m.Office.Hazard(share, s.Threat[i], s.Wealth[i], s.Diplomacy[i]) * d.staff[i] * now.Years
		if 1-u < within && -math.Log(u) < within {
			m.open(now, w, i)
		}
	}
	for i := range s.Office {
		if s.Office[i] == now.Index {
			m.show(w, i)
		}
	}
}

// open opens the office of state i, which raises its diplomatic capacity part of
// the way to what its means allow.
func (m *Power) open(now *sim.Tick, w *world.World, i int) {
	s := &w.States
	s.Office[i] = now.Index
	if ceiling := m.spread.means[i]; ceiling > s.Diplomacy[i] {
		s.Diplomacy[i] += m.Office.Capacity * (ceiling - s.Diplomacy[i])
	}
	m.spread.offices++
	if !w.Chronicle.On {
		return
	}
	weight, number := w.Weight(i), m.spread.offices
	milestone := slices.Contains(milestones, number)
	text := fmt.Sprintf("%s opens an office for cyber diplomacy in its foreign ministry", w.Called(i))
	told := min(1, weight/2)
	switch {
	case weight >= notable && milestone:
		text += fmt.Sprintf("; %d states now have one.", number)
	case weight >= notable:
		text += "."
	case milestone:
		text = fmt.Sprintf("%d states now have an office for cyber diplomacy; %s is the latest.", number, w.Called(i))
	default:
		return
	}
	if milestone {
		told = max(told, float64(number)/1000)
	}
	w.Add(world.Entry{Kind: "office", Actors: []string{s.ID[i]}, Weight: told, Text: text})
}

// show lets the others see the new office of state k.
func (m *Power) show(w *world.World, k int) {
	n := w.States.N
	most := 1 / max(1, float64(w.Dyads.MostShared))
	for i := range n {
		if i != k {
			m.spread.peers[i] += w.Dyads.Trust[i*n+k] * (1 + most*float64(w.Dyads.Shared[i*n+k]))
		}
	}
}

// arm draws who acquires offensive capability, and lets those who have acquired
// it during the run grow into it. Activity of the others stays what it was, so
// the world's grows.
func (m *Power) arm(now *sim.Tick, w *world.World) {
	s, d := &w.States, &m.spread
	race := now.Stream.Race(offenceRace)
	share := float64(d.armed) / float64(s.N)
	build := sim.PerTick(m.Offence.Build, now.Years)
	for i, key := range s.Key {
		u := race.Uniform(key)
		if d.capable[i] == incapable {
			within := m.Offence.Hazard(share, s.Threat[i], d.rival[i], d.able[i]) * now.Years
			if 1-u >= within || -math.Log(u) >= within {
				continue
			}
			d.capable[i] = capableSince
			d.armed++
			m.tellArmed(w, i)
		}
		if level := m.Offence.Level * math.Sqrt(d.skill[i]); d.capable[i] == capableSince && s.Offence[i] < level {
			s.Offence[i] += build * (level - s.Offence[i])
		}
	}
}

// tellArmed tells of a state that matters, and of one that makes a number full.
func (m *Power) tellArmed(w *world.World, i int) {
	if !w.Chronicle.On {
		return
	}
	weight, number := w.Weight(i), m.spread.armed
	text := ""
	switch others := number - 1; {
	case slices.Contains(armies, number):
		text = fmt.Sprintf("%d states can now mount cyber operations of their own; %s is the latest.", number, w.Called(i))
	case weight < notable:
		return
	case others == 0:
		text = fmt.Sprintf("%s can now mount cyber operations of its own, as the first state.", w.Called(i))
	case others == 1:
		text = fmt.Sprintf("%s can now mount cyber operations of its own, as one other can.", w.Called(i))
	default:
		text = fmt.Sprintf("%s can now mount cyber operations of its own, as %d others can.", w.Called(i), others)
	}
	w.Add(world.Entry{Kind: "capability", Actors: []string{w.StateID(i)}, Weight: min(1, .02+weight), Text: text})
}
