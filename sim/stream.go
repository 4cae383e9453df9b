package sim

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/rand/v2"
)

// StreamVersion is part of every derived stream. It changes only when the
// derivation does, because then every result changes.
const StreamVersion = 1

// Stream is the randomness of one mechanism in one tick. It is not one sequence
// but a family of them, one for each agent or pair of agents, so that a draw
// depends on who draws and not on how many drew before.
//
// The generators that For and Pair return are views of one shared state: use a
// generator up before asking for the next. They never allocate.
type Stream struct {
	high, low uint64
	pcg       rand.PCG
	rng       *rand.Rand
}

// Reset points the stream at (seed, name, tick), reusing its memory.
func (s *Stream) Reset(seed uint64, name string, tick int) {
	var buffer [128]byte
	b := binary.BigEndian.AppendUint64(buffer[:0], StreamVersion)
	b = binary.BigEndian.AppendUint64(b, seed)
	b = binary.BigEndian.AppendUint64(b, uint64(int64(tick)))
	b = append(b, name...)
	sum := sha256.Sum256(b)
	s.high = binary.BigEndian.Uint64(sum[0:8])
	s.low = binary.BigEndian.Uint64(sum[8:16])
	if s.rng == nil {
		s.rng = rand.New(&s.pcg)
	}
}

// NewStream returns the stream of a mechanism (by name) in a tick of a run.
func NewStream(seed uint64, name string, tick int) *Stream {
	s := new(Stream)
	s.Reset(seed, name, tick)
	return s
}

// For returns the generator of the agent with the given key.
func (s *Stream) For(key uint64) *rand.Rand {
	s.pcg.Seed(mix(s.high^key), mix(s.low+key))
	return s.rng
}

// Pair returns the generator of an ordered pair of keys.
func (s *Stream) Pair(a, b uint64) *rand.Rand { return s.For(mix(a) + b) }

// Race is the randomness of one draw among many agents: a uniform variate for
// every key, without the cost of a generator for each. A mechanism whose draw holds for a
// whole run keeps it in the world.
type Race struct{ Base uint64 }

// Race returns the race of the given number in this mechanism and tick.
func (s *Stream) Race(number uint64) Race { return Race{mix(s.high^mix(number)) ^ s.low} }

// Uniform is the variate of the agent with the given key, in (0, 1].
func (r Race) Uniform(key uint64) float64 {
	return float64(mix(r.Base+key)>>11+1) / (1 << 53)
}

// Pick draws one of the agents in proportion to weight, as long as keys, or -1 if no
// weight is above zero. It is a race of exponential clocks, one keyed to each agent, so
// that the pick depends neither on the order of the agents nor on how many there are. A
// clock shows at least 1-u: most agents are out of the race without a logarithm.
func (r Race) Pick(keys []uint64, weight []float64) int {
	first, winner := math.Inf(1), -1
	for i, key := range keys {
		x := weight[i]
		if x <= 0 {
			continue
		}
		u := r.Uniform(key)
		if 1-u >= first*x {
			continue
		}
		if t := -math.Log(u) / x; t < first {
			first, winner = t, i
		}
	}
	return winner
}

// Whole returns the generator of the mechanism itself, for draws that belong to
// no agent.
func (s *Stream) Whole() *rand.Rand { return s.For(0x9e3779b97f4a7c15) }

// Key is the stable 64-bit key of a textual identifier such as "IND" or
// "un_gge" (FNV-1a, finalised).
func Key(id string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(id); i++ {
		h ^= uint64(id[i])
		h *= 1099511628211
	}
	return mix(h)
}

// ReplicateSeed is the own seed of replicate r of a run with the given seed.
// Replicate 0 has the seed itself, so that running an own seed once repeats the
// replicate that it belongs to.
func ReplicateSeed(seed uint64, r int) uint64 {
	if r == 0 {
		return seed
	}
	// 53 bits: the seed survives a trip through JSON and through spreadsheets.
	return mix(mix(seed)+uint64(r)) >> 11
}

// mix is the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
func mix(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// Poisson draws a Poisson variate of the given mean: by Knuth's product method,
// in chunks so that a large mean does not underflow.
func Poisson(rng *rand.Rand, mean float64) int {
	const chunk = 30
	n := 0
	for ; mean > chunk; mean -= chunk {
		n += Poisson(rng, chunk)
	}
	limit, product := math.Exp(-mean), 1.0
	for {
		product *= rng.Float64()
		if product <= limit {
			return n
		}
		n++
	}
}

// Logistic is the standard logistic variate of a uniform variate u in (0, 1].
func Logistic(u float64) float64 {
	u = min(u, 1-1./(1<<53)) // the largest is as improbable as the smallest
	return math.Log(u / (1 - u))
}

// LogisticCDF is the probability that a standard logistic variate is below x.
func LogisticCDF(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x) // does not overflow, as exp(-x) would
	return e / (1 + e)
}
