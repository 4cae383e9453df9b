package world

// Dyads holds what concerns pairs of states, as row-major n x n slices.
type Dyads struct {
	Trust      []float64 // trust of i in j, [0, 1]; the diagonal is 1
	TrustStart []float64 `run:"constant"` // the level that trust returns to, until experience moves it; symmetric
	Contact    []float64 // link above which the pair meets more than in its first year; i < j only
	Rival      []bool    // a rivalry, recorded at the start or formed since; symmetric
	Ally       []bool    `run:"constant"` // hard alliance; symmetric
	Shared     []uint8   // number of structured forums, not open to all, that both belong to; symmetric

	Channel []float64 // hotline, confidence-building measure or agreement, [0, 1]; symmetric
	Bridge  []float64 // dyadic gateway, [0, 1]; symmetric
	Ladder  []uint8   // response of i to what it blames on j: None to CrossDomain

	Denial    []float64 // share of its firms' products that i keeps from j, [0, 1]
	Exclusion []float64 // commercial loss of the link from bans and denials, [0, 1]; symmetric
	Link      []float64 // effective quality of interconnection, [0, 1]; i < j only

	MostShared uint8 // largest number in Shared

	Agreements []Agreement // bilateral agreements in force, the oldest first
	Ended      []Ending    // of agreements in this run
	Wars       []War       // of a scenario, those that are over included
	Turned     int         // how often rivalries have begun or ended in this run

	// Marked lists the pairs i < j that may have a bridge or a rung above protest, so
	// that the many without either need not be looked at. Whoever sets one of these
	// calls Mark.
	Marked   [][2]int32
	IsMarked []bool // by pair, i < j: whether Marked lists it
}

// Agreement is a bilateral agreement on conduct in cyberspace, such as that of
// China and the United States of 2015.
type Agreement struct {
	I, J   int32   // the two states, I < J
	Level  float64 // of the channel that it opens, [0, 1]
	Since  int     // tick in which it was made; negative: before the start; -1: it is not known when
	Broken bool    // one has blamed an operation on the other in public, and the two have not settled it yet
}

// Ending is the end of an agreement of two states, I < J.
type Ending struct {
	I, J int32
	Tick int
}

// SetRival makes two states rivals, or no longer.
func (d *Dyads) SetRival(n, i, j int, rivals bool) {
	d.Rival[i*n+j], d.Rival[j*n+i] = rivals, rivals
	d.Turned++
}

// War says that two states, I < J, are on opposite sides of a war.
type War struct {
	I, J  int32
	Until int // last tick of the war; NoEnd: it goes on
}

// AtWar tells whether two states are on opposite sides of a war in a tick, or have been
// later.
func (d *Dyads) AtWar(i, j, tick int) bool {
	i, j = min(i, j), max(i, j)
	for _, war := range d.Wars {
		if int(war.I) == i && int(war.J) == j && war.Until >= tick {
			return true
		}
	}
	return false
}

// Agree puts an agreement between two states in force and opens their channel
// to its level. One that is in force already is raised, not doubled.
func (d *Dyads) Agree(n, i, j int, level float64, since int) {
	i, j = min(i, j), max(i, j)
	d.SetChannel(n, i, j, max(level, d.Channel[i*n+j]))
	if k := d.Agreement(i, j); k >= 0 {
		level = max(level, d.Agreements[k].Level)
		d.Agreements = append(d.Agreements[:k], d.Agreements[k+1:]...)
	}
	d.Agreements = append(d.Agreements, Agreement{I: int32(i), J: int32(j), Level: level, Since: since})
}

// Inherit puts an agreement from before the start in force, whose channel is
// open already and has been counted in what the pair is used to.
func (d *Dyads) Inherit(n, i, j int, level float64) {
	i, j = min(i, j), max(i, j)
	if k := d.Agreement(i, j); k >= 0 {
		d.Agreements = append(d.Agreements[:k], d.Agreements[k+1:]...)
	}
	d.Channel[i*n+j], d.Channel[j*n+i] = level, level
	if level > 0 {
		d.Agreements = append(d.Agreements, Agreement{I: int32(i), J: int32(j), Level: level, Since: -1})
	}
}

// Agreement is the number of the agreement between two states, or -1.
func (d *Dyads) Agreement(i, j int) int {
	i, j = min(i, j), max(i, j)
	for k, a := range d.Agreements {
		if int(a.I) == i && int(a.J) == j {
			return k
		}
	}
	return -1
}

// Break notes that a state has blamed an operation on another in public, in spite of their
// agreement, if they have one.
func (d *Dyads) Break(i, j int) {
	if k := d.Agreement(i, j); k >= 0 {
		d.Agreements[k].Broken = true
	}
}

// EndAgreement ends the agreement between two states in a tick, if there is one, and
// leaves their channel at the given level.
func (d *Dyads) EndAgreement(n, i, j int, channel float64, tick int) {
	if k := d.Agreement(i, j); k >= 0 {
		d.Ended = append(d.Ended, Ending{d.Agreements[k].I, d.Agreements[k].J, tick})
		d.Agreements = append(d.Agreements[:k], d.Agreements[k+1:]...)
	}
	d.SetChannel(n, i, j, channel)
}

// EndedSince tells whether an agreement between two states has ended in a tick or later.
func (d *Dyads) EndedSince(i, j, tick int) bool {
	i, j = min(i, j), max(i, j)
	for k := len(d.Ended) - 1; k >= 0 && d.Ended[k].Tick >= tick; k-- {
		if int(d.Ended[k].I) == i && int(d.Ended[k].J) == j {
			return true
		}
	}
	return false
}

// SetChannel sets the channel of a pair. What the pair has gained in contact
// through it counts against the link that it needs to trust each other more.
func (d *Dyads) SetChannel(n, i, j int, level float64) {
	i, j = min(i, j), max(i, j)
	d.Contact[i*n+j] -= level - d.Channel[i*n+j]
	d.Channel[i*n+j], d.Channel[j*n+i] = level, level
}

// Mark notes that the pair has, or may have, a bridge or a rung.
func (d *Dyads) Mark(n, i, j int) {
	i, j = min(i, j), max(i, j)
	if i != j && !d.IsMarked[i*n+j] {
		d.IsMarked[i*n+j] = true
		d.Marked = append(d.Marked, [2]int32{int32(i), int32(j)})
	}
}

// MarkAll marks every pair that has something to mark.
func (d *Dyads) MarkAll(n int) {
	for i := range n {
		for j := i + 1; j < n; j++ {
			k, back := i*n+j, j*n+i
			if d.Bridge[k] != 0 || d.Ladder[k] > Protest || d.Ladder[back] > Protest {
				d.Mark(n, i, j)
			}
		}
	}
}

// The rungs of the response ladder (Kreps and Schneider 2019).
const (
	NoResponse uint8 = iota
	Protest
	Sanctions
	CounterOperation
	CrossDomain
)

// Rungs names the ladder's rungs.
var Rungs = []string{"none", "protest", "sanctions", "counter-operation", "cross-domain"}

// NewDyads makes the dyads of n states: full trust on the diagonal, none of
// anything elsewhere.
func NewDyads(n int) Dyads {
	square := func() []float64 { return make([]float64, n*n) }
	d := Dyads{
		Trust: square(), TrustStart: square(), Contact: square(),
		Rival: make([]bool, n*n), Ally: make([]bool, n*n), Shared: make([]uint8, n*n),
		Channel: square(), Bridge: square(), Ladder: make([]uint8, n*n),
		Denial: square(), Exclusion: square(), Link: square(), IsMarked: make([]bool, n*n),
	}
	for i := range n {
		d.Trust[i*n+i], d.TrustStart[i*n+i] = 1, 1
		d.Link[i*n+i] = 1
	}
	return d
}
