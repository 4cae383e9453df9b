package scenarios

import (
	"math"
	"slices"
	"strings"

	"splinternet/models/world"
	"splinternet/sim"
)

// A small world is one whose agents the scenario lists or generates. Whatever it
// does not say is assumed:
//
//	state   position .5 · anchor: its position · economy 1, users 1 (they become
//	        shares) · capability: its economy · growth .025 · democracy: its position
//	        · penetration .6 · offence: its capability · diplomacy: the root of its
//	        economy against the largest · control .1(1-democracy)(1-position)
//	        · attendance 1 · all of its network on the first stack
//	trust   .5 + .4 (same bloc) - .6 |distance|, from .02 to .98
//	allies  states of one bloc
//	rivals  states of two blocs, if one of them leads its bloc by its economy
//	firm    size 1 · position: its home's · stack: the first · tie .5 · diplomacy 0
//	markets as in the data: root of size x exp(1.5 at home + 2 trust in the home)
//	forum   line ict_security · rule consensus · access states · position: mean of
//	        its members · depth .3 · legitimacy .5 · a permanent mandate
//	        · a session every 2 years
//	stack   the internet at position .75, recognised by all
//	west    the bloc with the highest mean position
const (
	usualGrowth      = .025
	usualPenetration = .6
	usualDepth       = .3
	usualCompliance  = .7
	usualCycle       = 2
)

// stateSpec is a state as the scenario gives it; NaN is what it does not say.
type stateSpec struct {
	id, name, bloc   string
	position, anchor []float64

	economy, users, capability, growth, democracy, penetration, offence, diplomacy float64
	control, stubbornness, salience, attendance                                    float64
	stacks                                                                         *node
}

// small builds a small world.
func (l *loader) small(r, generate *reader, dim int, west []*node) {
	already := len(l.list)
	var specs []stateSpec
	if generate.node != nil {
		specs = l.generate(generate, dim)
	}
	for _, t := range r.each("state") {
		specs = append(specs, l.stateSpec(t, dim))
	}
	if len(specs) > maxStates {
		l.at(r.node, "%d states are too many; allowed: up to %d", len(specs), maxStates)
		return
	}
	if generate.node != nil {
		l.distinct(specs, generate.node)
	}
	w := &world.World{Calendar: l.calendar, Tick: -1, Dim: dim}
	l.smallStacks(r, w)
	if len(specs) == 0 || len(l.list) > already {
		// Without states nothing else can be checked, but its keys are known.
		r.also = append(r.also, "firm", "forum", "stack", "pair")
		return
	}
	fillStates(w, specs)
	l.world = w
	l.blocs(specs, west)
	l.relate(specs, r)
	l.smallFirms(r)
	l.shareStacks(specs)
	l.smallForums(r)
	derive(w, l.values)
}

// maxStates bounds a world, because its dyads take the square of it in memory: half
// a gigabyte at the bound. It is a variable for the sake of fuzzing alone.
var maxStates = 2500

// distinct reports a listed state that has the name of a generated one.
func (l *loader) distinct(specs []stateSpec, at *node) {
	seen := map[string]bool{}
	for k := range specs {
		if id := specs[k].id; id != "" && seen[id] {
			l.at(at, "state %q is generated and listed; names must differ: give [world.generate] another prefix", id)
		} else {
			seen[id] = true
		}
	}
}

// stateSpec reads one [[world.state]].
func (l *loader) stateSpec(r *reader, dim int) stateSpec {
	unknown := math.NaN()
	s := stateSpec{
		id: l.newID(r), name: r.text("name"), bloc: r.text("bloc"),
		position: r.point("position", dim), anchor: r.point("anchor", dim),
		economy: r.number("economy", positive, 1), users: r.number("users", positive, 1),
		capability: r.number("capability", positive, unknown), growth: r.number("growth", growth, usualGrowth),
		democracy: r.number("democracy", share, unknown), penetration: r.number("penetration", sim.Range{Min: .001, Max: 1}, usualPenetration),
		offence: r.number("offence", positive, unknown), diplomacy: r.number("diplomacy", share, unknown),
		control: r.number("control", share, unknown), stubbornness: r.number("stubbornness", share, -1),
		salience: r.number("salience", salience, 1), attendance: r.number("attendance", share, 1),
		stacks: r.has("stacks"),
	}
	r.done()
	return s
}

var (
	growth   = sim.Range{Min: -.5, Max: .5}
	salience = sim.Range{Min: 0, Max: 100}
)

// newID reads the identifier that an agent is to have.
func (l *loader) newID(r *reader) string {
	n := r.has("id")
	if n == nil {
		r.need("id", "a short word in quotes")
		return ""
	}
	id := n.text()
	if !plainID(id) {
		l.wrong(n, "a short word of letters, digits, - and _, in quotes")
		return ""
	}
	return id
}

func plainID(id string) bool {
	const long = 40
	for _, c := range id {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", c) {
			return false
		}
	}
	return id != "" && len(id) <= long
}

func or(value, otherwise float64) float64 {
	if math.IsNaN(value) {
		return otherwise
	}
	return value
}

// fillStates lays out the states with their defaults.
func fillStates(w *world.World, specs []stateSpec) {
	s, most := &w.States, 0.0
	for k := range specs {
		most = max(most, specs[k].economy)
	}
	for k := range specs {
		spec := &specs[k]
		if spec.position == nil {
			spec.position = slices.Repeat([]float64{.5}, w.Dim)
		}
		if spec.anchor == nil {
			spec.anchor = spec.position
		}
		if spec.name == "" {
			spec.name = spec.id
		}
		x := mean(spec.position)
		democracy := or(spec.democracy, x)
		s.N++
		s.ID, s.Name, s.Key = append(s.ID, spec.id), append(s.Name, spec.name), append(s.Key, sim.Key(spec.id))
		s.Position, s.Anchor = append(s.Position, spec.position...), append(s.Anchor, spec.anchor...)
		s.Uncertainty = append(s.Uncertainty, make([]float64, w.Dim)...)
		s.Stubbornness, s.Salience = append(s.Stubbornness, spec.stubbornness), append(s.Salience, spec.salience)
		s.Economy, s.Growth = append(s.Economy, spec.economy), append(s.Growth, spec.growth)
		s.Capability = append(s.Capability, or(spec.capability, spec.economy))
		s.Users, s.Penetration = append(s.Users, spec.users), append(s.Penetration, spec.penetration)
		s.Democracy = append(s.Democracy, democracy)
		s.Offence = append(s.Offence, or(spec.offence, or(spec.capability, spec.economy)))
		s.Diplomacy = append(s.Diplomacy, or(spec.diplomacy, math.Sqrt(spec.economy/max(most, 1e-300))))
		s.Office = append(s.Office, world.NoOffice)
		s.Attendance, s.Threat, s.Blame = append(s.Attendance, spec.attendance), append(s.Threat, 0), append(s.Blame, 0)
		s.Control = append(s.Control, or(spec.control, .1*(1-democracy)*(1-x)))
	}
	for _, shares := range [][]float64{s.Economy, s.Capability, s.Users, s.Offence} {
		world.Normalise(shares)
	}
	const online = 1e9 // persons; only the shares matter
	s.Population = make([]float64, s.N)
	for i := range s.N {
		s.Population[i] = online * s.Users[i] / s.Penetration[i]
	}
	s.Power, s.Structure, s.Wealth = make([]float64, s.N), make([]float64, s.N), make([]float64, s.N)
}

func mean(list []float64) float64 {
	total := 0.0
	for _, x := range list {
		total += x
	}
	return total / float64(len(list))
}

// blocs makes a group of each bloc, whose members look to one another, and the
// founding group.
func (l *loader) blocs(specs []stateSpec, west []*node) {
	w := l.world
	for i := range specs {
		bloc := specs[i].bloc
		if bloc == "" {
			continue
		}
		k := w.FindGroup(bloc)
		if k < 0 {
			k = len(w.Groups)
			w.Groups = append(w.Groups, world.Group{ID: bloc, Cue: true})
		}
		w.Groups[k].Members = append(w.Groups[k].Members, i)
	}
	highest, liberal := -1.0, -1
	for k := range w.Groups {
		g := &w.Groups[k]
		g.Cohesion = cohesion(w, g.Members)
		total := 0.0
		for _, i := range g.Members {
			total += mean(specs[i].position)
		}
		if x := total / float64(len(g.Members)); x > highest {
			highest, liberal = x, k
		}
	}
	if w.FindGroup(founders) >= 0 {
		if west != nil {
			l.at(west[0], "the bloc %q is the founding group already; leave world.west out", founders)
		}
		return
	}
	group := world.Group{ID: founders}
	if west != nil {
		l.ids = map[string][]string{"state": w.States.ID}
		group.Members = l.members(west)
		l.ids = nil
	} else if liberal >= 0 {
		group.Members = w.Groups[liberal].Members
	}
	group.Cohesion = cohesion(w, group.Members)
	w.Groups = append(w.Groups, group)
}

// founders is the group whose power the measures follow as that of the West.
const founders = "west"

// cohesion is 1 less twice the mean distance of the pairs of members: 1 for
// members that agree, 0 for members strewn over half of the scale or more.
func cohesion(w *world.World, members []int) float64 {
	total, pairs := 0.0, 0.0
	for a, i := range members {
		for _, j := range members[:a] {
			total += distanceOf(w, i, j)
			pairs++
		}
	}
	if pairs == 0 {
		return 1
	}
	return max(0, 1-2*total/pairs)
}

// distanceOf is the mean absolute distance of two states over the dimensions.
func distanceOf(w *world.World, i, j int) float64 {
	total := 0.0
	for d := range w.Dim {
		total += math.Abs(w.States.Position[i*w.Dim+d] - w.States.Position[j*w.Dim+d])
	}
	return total / float64(w.Dim)
}

// relate sets trust, alliances and rivalries, by blocs and positions and then as
// [[world.pair]] says.
func (l *loader) relate(specs []stateSpec, r *reader) {
	w := l.world
	n := w.States.N
	w.Dyads = world.NewDyads(n)
	d := &w.Dyads
	leader := leaders(w, specs)
	for i := range n {
		for j := range n {
			if i == j {
				continue
			}
			k, trust := i*n+j, .5-.6*distanceOf(w, i, j)
			a, b := specs[i].bloc, specs[j].bloc
			if a != "" && a == b {
				d.Ally[k] = true
				trust += .4
			}
			d.Rival[k] = a != "" && b != "" && a != b && (leader[i] || leader[j])
			d.Trust[k] = min(max(trust, .02), .98)
		}
	}
	l.ids = map[string][]string{"state": w.States.ID, "group": groupIDs(w)}
	for _, t := range r.each("pair") {
		l.pair(t)
	}
	l.ids = nil
	copy(d.TrustStart, d.Trust)
}

func groupIDs(w *world.World) []string {
	var ids []string
	for k := range w.Groups {
		ids = append(ids, w.Groups[k].ID)
	}
	return ids
}

// leaders marks the state of each bloc that has the largest economy.
func leaders(w *world.World, specs []stateSpec) []bool {
	leads := make([]bool, len(specs))
	for _, g := range w.Groups {
		best := -1
		for _, i := range g.Members {
			if best < 0 || w.States.Economy[i] > w.States.Economy[best] {
				best = i
			}
		}
		if best >= 0 && specs[best].bloc == g.ID {
			leads[best] = true
		}
	}
	return leads
}

// pair reads one [[world.pair]], which holds for every pair among its states, in
// both directions.
func (l *loader) pair(r *reader) {
	members := l.members(r.items("states"))
	if r.get("states") == nil {
		r.need("states", "a list of two states or more")
	}
	trust, channel := r.optional("trust", share), r.optional("channel", share)
	rival, ally := r.has("rival"), r.has("ally")
	isRival, isAlly := r.flag("rival", false), r.flag("ally", false)
	r.done()
	d, n := &l.world.Dyads, l.world.States.N
	for _, i := range members {
		for _, j := range members {
			if i == j {
				continue
			}
			if trust != nil {
				d.Trust[i*n+j] = *trust
			}
			if channel != nil {
				d.Inherit(n, i, j, *channel)
			}
			if rival != nil {
				d.Rival[i*n+j] = isRival
			}
			if ally != nil {
				d.Ally[i*n+j] = isAlly
			}
		}
	}
}
