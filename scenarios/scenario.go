package scenarios

import (
	"crypto/sha256"
	"encoding/hex"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/scenarios/build"
	"splinternet/scenarios/document"
	"splinternet/scenarios/library"
	"splinternet/scenarios/spec"
	"splinternet/sim"
)

// Options are overrides from a command line; they are laid over the scenario.
type Options struct {
	Set     []string // assignments key=value
	Without []string // mechanisms to abolish
	Freeze  []string // mechanisms that take no steps, and leave what they moved as it is
	Ticks   int      // number of ticks; 0 leaves it to the scenario
}

// Scenario is a scenario that has been read and checked, ready to run.
type Scenario struct {
	Name string // of the library, or the file's name without its ending
	spec.About

	Calendar    sim.Calendar
	Measures    []string // those to keep; nil keeps all
	StrideYears float64  // years between two readings of the costly measures

	World    *world.World // as the run starts, with all overrides applied; read-only, variants share it
	Settings models.Settings

	Sweep *Sweep // the sweep that the scenario proposes; nil when it proposes none

	// Text is the whole scenario, with what it inherits and with the overrides of
	// the command line, in one canonical form; defaults are left out. It loads
	// as a scenario of its own, to the same Hash.
	Text string
	// Core is Text without its [sweep]: what a run depends on.
	Core string
	// Hash is the SHA-256 of Core and of the SHA-256 of each data file that the
	// scenario brings along, in hexadecimal digits.
	Hash string

	source
}

// source is what a scenario was made of, for its variants.
type source struct {
	*origin
	options Options        // with which the origin was loaded
	tree    *document.Node // the origin's, with the options laid over it
	rest    [2]string      // Core before and after its parameters
	sweep   string         // Text after Core
	data    []build.File   // that the scenario brings along
}

// Names lists the scenarios of the library, sorted.
func Names() []string { return library.Names() }

// Simulation prepares a simulation of the scenario. Each call makes one of its
// own, for one worker each.
func (s *Scenario) Simulation() (*models.Simulation, error) {
	return models.New(s.World, s.Settings)
}

// seal writes the text of a scenario and its hash.
func (s *Scenario) seal() {
	s.Core = s.rest[0] + document.Parameters(s.tree.Get("parameters")) + s.rest[1]
	s.Text = s.Core + s.sweep
	h := sha256.New()
	h.Write([]byte(s.Core))
	for _, f := range s.data {
		h.Write([]byte("\x00" + f.Key + "\x00"))
		h.Write(f.Digest[:])
	}
	s.Hash = hex.EncodeToString(h.Sum(nil))
}

// Diff lists the keys in which two scenarios differ, with everything that they
// inherit: in the order of a, each key that only b gives after the section or the
// agent that it belongs to.
func Diff(a, b *Scenario) []document.Difference {
	return document.Diff(a.tree, b.tree, spec.DataPaths(""))
}
