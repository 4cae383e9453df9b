package world

// This file holds what agents decide between.

// Stance is what a member does when a forum that decides by consensus has a text
// on the table.
type Stance uint8

// The stances (exit, voice and loyalty: Hirschman 1970).
const (
	Join       Stance = iota // go along
	Dissociate               // let it pass, but disown it
	Block                    // break consensus
)

// Stances names them.
var Stances = []string{"join", "dissociate", "block"}

func (s Stance) String() string { return Stances[s] }

// Draft is a text that a sponsor or a chair puts on the table.
type Draft struct {
	Kind     TextKind
	Position []float64
	Depth    float64
}

// DiplomaticEffort is what diplomats do (Barrinha and Renard 2017).
type DiplomaticEffort int

// The four things that diplomats do.
const (
	ConsensusBuilding DiplomaticEffort = iota
	BridgeBuilding
	Bilateral
	Coalition
	Efforts = 4
)

// UsualEffort is how diplomats split their time on average over the states of
// 2018, and everywhere while the diplomacy mechanism is off.
var UsualEffort = [Efforts]float64{.55, .25, .08, .12}

// EffortNames names them.
var EffortNames = []string{"consensus", "bridges", "bilateral", "coalition"}

// Pressure is where a firm wants states to move and how hard it pushes.
type Pressure struct {
	Position []float64
	Strength float64 // [0, 1]
}
