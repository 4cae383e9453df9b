package world

// Dyads holds what concerns pairs of states, as row-major n x n slices.
type Dyads struct {
	Trust      []float64 // trust of i in j, [0, 1]; the diagonal is 1
	TrustStart []float64 // the level that trust returns to
	Contact    []float64 // mean contact of the pair in its first year
	Rival      []bool    // a rivalry with recorded incidents; symmetric
	Ally       []bool    // hard alliance; symmetric
	Shared     []float64 // shared structured forums over the maximum, [0, 1]; symmetric

	Channel  []float64 // hotline, confidence-building measure or agreement, [0, 1]; symmetric
	Bridge   []float64 // dyadic gateway, [0, 1]; symmetric
	Ladder   []uint8   // response of i to what it blames on j: None to CrossDomain
	Sanction []float64 // loss of the link by sanctions of a scenario, [0, 1]; symmetric
	Severed  []float64 // share of the link that is cut, [0, 1]; symmetric

	Exclusion []float64 // commercial loss of the link from bans, [0, 1]; symmetric
	Link      []float64 // effective quality of interconnection, [0, 1]; symmetric
	Native    []float64 // the same without gateways and bridges
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
		Rival: make([]bool, n*n), Ally: make([]bool, n*n), Shared: square(),
		Channel: square(), Bridge: square(), Ladder: make([]uint8, n*n),
		Sanction: square(), Severed: square(), Exclusion: square(),
		Link: square(), Native: square(),
	}
	for i := range n {
		d.Trust[i*n+i], d.TrustStart[i*n+i] = 1, 1
		d.Link[i*n+i], d.Native[i*n+i] = 1, 1
	}
	return d
}
