// Package sim is the engine: a calendar, an ordered list of mechanisms, named
// streams of randomness and declared parameters.
//
// A model is a world of any type and a list of mechanisms that advance it, tick
// by tick and in order. The engine knows nothing of what the world holds. It
// opens no file, reads no clock and has no global state, so that a run is a
// function of its world, its parameters and its seed alone.
//
// Three rules carry reproducibility:
//
//   - The randomness of a mechanism in a tick derives from (format version, run
//     seed, mechanism name, tick) and from nothing else. Leaving a mechanism out
//     changes no draw of another, and two scenarios with one seed are paired
//     (common random numbers).
//   - Draws that belong to an agent are keyed by the agent's stable identifier,
//     so that neither the number nor the order of agents changes them.
//   - Nothing here runs concurrently inside a run. Parallelism is across runs,
//     in package experiment, which hands results on in the order of their index.
package sim
