package models

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"splinternet/sim"
)

// A behavioural number is a parameter, fixed or not, so that it is listed with its
// ground and can be swept. What follows finds the numbers that are neither.

// numbersElsewhere are the packages in which numbers need no declaration: those that
// describe a run, tests, and the statistics of roll calls, whose settings are arguments.
var numbersElsewhere = []string{"models", "models/chronicle", "models/measures", "models/modeltest", "models/voting/fit", "models/voting/forecast", "models/voting/internal/cholesky"}

// numbers are the literals of the mechanisms and of the world that are no parameter, by
// file and function or constant: the literals, in order, or * for whatever they are, and
// the reason why they are none.
var numbers = map[string]struct{ literals, reason string }{
	// Published cases and models.
	"models/bargaining/cases.go Bodies":            {"*", "published voting bodies, and indices to compare with"},
	"models/bargaining/cases.go Cars":              {"*", "a published case"},
	"models/bargaining/challenge.go PublishedRisk": {"3", "constant of the published model"},
	"models/bargaining/challenge.go utility":       {"4", "the published scale, which cancels"},

	// Constants of formulas.
	"models/forums/assembly/votes.go passes":              {"3", "two thirds, a rule of the Assembly"},
	"models/forums/negotiation/depth.go deepest":          {"4", "solution of a quadratic equation"},
	"models/interconnection/interconnection.go Derive":    {"3", "mean over three rates of a link"},
	"models/interconnection/interconnection.go deriveRow": {"3", "the same, summed over a row"},
	"models/markets/shares.go exp":                        {"120 24 6", "factorials of the series"},
	"models/norms/draw.go gamma":                          {"3 9", "Marsaglia and Tsang 2000"},
	"models/security/trust.go contactParts":               {"4", "two means of two"},

	// Numerical tolerances and limits.
	"models/bargaining/indices.go mostVoters":         {"24", "the largest body whose coalitions are enumerated"},
	"models/diplomacy/effort.go steps":                {"60", "most steps of Newton's method"},
	"models/diplomacy/effort.go longest":              {"5", "longest of its steps"},
	"models/diplomacy/effort.go exact":                {"1e-12", "its tolerance"},
	"models/diplomacy/effort.go penny":                {"1e-12", "keeps a mean from 0/0"},
	"models/forums/assembly/setter.go nowhere":        {"1e-12", "tolerance"},
	"models/forums/negotiation/draft.go halvings":     {"10", "a depth to a thousandth"},
	"models/influence/influence.go negligible":        {"1e-6", "chooses between two ways to the same result"},
	"models/influence/opinions.go still":              {"1e-9", "tolerance"},
	"models/interconnection/interconnection.go least": {"1e-6", "keeps a division from 0/0"},
	"models/markets/shares.go near":                   {".02", "chooses between two ways to the same result"},
	"models/norms/draw.go least":                      {"1e-6", "tolerance"},
	"models/norms/draw.go widest":                     {".02", "limit of what a draw tells apart"},
	"models/norms/draw.go narrowed":                   {"1e9", "limit of what a draw tells apart"},
	"models/norms/peers.go rounding":                  {"1e-12", "tolerance"},
	"models/world/world.go Tie":                       {"1e-9", "tolerance"},

	// Sizes, codes and keys of random draws.
	"models/crime/waves.go draws":               {"3", "draws of a wave"},
	"models/crime/waves.go known":               {"20", "number of a race far behind others"},
	"models/diplomacy/measures.go mostPromises": {"64", "bits of a word"},
	"models/forums/forums.go farBack":           {"14", "a tick before all others"},
	"models/influence/opinions.go Uniform":      {"20", "stream of the draws"},
	"models/markets/bans.go banReluctance":      {"100", "key of a draw"},
	"models/markets/bans.go turn":               {"23", "key of a draw"},
	"models/norms/peers.go weighAll":            {"3 4", "four rows at a time"},
	"models/norms/peers.go weighFew":            {"3 4", "four rows at a time"},
	"models/security/crime.go passesForCrime":   {"40", "number of a race far behind others"},
	"models/security/incident.go draws":         {"4", "draws of an incident"},
	"models/security/incident.go attribute":     {"3", "which of its draws"},
	"models/security/incident.go wronglyBlame":  {"3", "which of its draws"},
	"models/world/decisions.go Efforts":         {"4", "how many there are"},
	"models/world/forum.go NoEnd":               {"30", "a tick after all others"},
	"models/world/forum.go NotAdopted":          {"30", "a tick before all others"},
	"models/world/names.go MostAlike":           {"999", "names of one kind"},
	"models/world/world.go NoOffice":            {"30", "a tick before all others"},

	// Units, scales and the world of tests; words for people.
	"models/crime/waves.go highest":            {"10", "top of the scale of severity of the data"},
	"models/security/motive.go highest":        {"10", "top of the scale of severity of the data"},
	"models/verdict/thresholds.go WindowYears": {"2", "default of a declared parameter"},
	"models/world/decisions.go UsualEffort":    {".08 .12 .25 .55", "efforts of a state while diplomacy is off, and the unit of those of negotiators"},
	"models/world/derive.go leastCompliance":   {".05", "part of the definition of compliance, which scenarios, forums and norms share"},
	"models/world/forum.go FullOutput":         {".5", "unit of Forum.Output"},
	"models/world/plain.go Plain":              {"*", "the world that tests start from"},
	"models/world/chronicle.go Asks":           {".1 .2 .4 .7", "words for depths"},
	"models/world/chronicle.go Place":          {".2 .4 .6 .8 100", "words for positions"},
	"models/world/chronicle.go most":           {"4", "names in a sentence"},
}

// TestNoHiddenNumbers: each literal in a mechanism is 0, 1, 2, 1/2, a size or an index,
// part of a declaration, or reviewed.
func TestNoHiddenNumbers(t *testing.T) {
	_, packages := readModule(t)
	found := map[string]bool{}
	for _, p := range packages {
		if p.folder != "models" && !strings.HasPrefix(p.folder, "models/") || slices.Contains(numbersElsewhere, p.folder) {
			continue
		}
		for k, file := range p.files {
			literals := undeclared(file)
			for _, name := range slices.Sorted(maps.Keys(literals)) {
				place := p.names[k] + " " + name
				found[place] = true
				slices.Sort(literals[name])
				got := strings.Join(slices.Compact(literals[name]), " ")
				if want := numbers[place].literals; got != want && want != "*" {
					t.Errorf("%s has the numbers %s, of which %q are reviewed: declare the others as parameters (sim.NumberAt, with Fixed: true where nobody would sweep them), or say here why they are none", place, got, want)
				}
			}
		}
	}
	for place, n := range numbers {
		if !found[place] || n.reason == "" {
			t.Errorf("%s is no longer there, or has no reason: take it out of the list", place)
		}
	}
}

// undeclared collects the numbers of a file by the function or constant that they stand in.
func undeclared(file *ast.File) map[string][]string {
	found := map[string][]string{}
	for _, declaration := range file.Decls {
		switch d := declaration.(type) {
		case *ast.FuncDecl:
			if d.Body != nil && !declares(d) {
				collect(found, d.Name.Name, d.Body)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if values, ok := spec.(*ast.ValueSpec); ok {
					collect(found, values.Names[0].Name, values)
				}
			}
		}
	}
	return found
}

// declares tells whether a function returns declarations: what stands in it is declared.
func declares(f *ast.FuncDecl) bool {
	if f.Type.Results == nil {
		return false
	}
	for _, result := range f.Type.Results.List {
		switch strings.TrimPrefix(types.ExprString(result.Type), "[]") {
		case "sim.Parameter", "sim.Range", "mechanism.Declaration":
			return true
		}
	}
	return false
}

// collect adds the numbers in a piece of source. Named constants stand for themselves,
// with the numbers that are plain elsewhere, but for 0 and 1.
func collect(found map[string][]string, name string, root ast.Node) {
	_, constant := root.(*ast.ValueSpec)
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr, *ast.SliceExpr, *ast.ArrayType:
			return false
		case *ast.ValueSpec:
			if n != root {
				collect(found, n.Names[0].Name, n)
				return false
			}
		case *ast.CompositeLit:
			if n.Type != nil && types.ExprString(n.Type) == "sim.Range" {
				return false
			}
		case *ast.CallExpr:
			if called := types.ExprString(n.Fun); called == "make" || called == "time.Date" || declaring(called) {
				return false
			}
		case *ast.BasicLit:
			value, err := strconv.ParseFloat(n.Value, 64)
			if err != nil || value == 0 || value == 1 || !constant && (value == 2 || value == .5) {
				return true
			}
			found[name] = append(found[name], n.Value)
		}
		return true
	})
}

// declaring tells whether a call declares a parameter.
func declaring(called string) bool {
	return strings.HasPrefix(called, "sim.") && strings.HasSuffix(called, "At")
}

// The check itself must bite.
func TestHiddenNumbersAreFound(t *testing.T) {
	const text = `package p
const half, one = .5, 1
func f(list []float64) float64 {
	const few = 3
	return 2*list[7] + .25*list[0] + .5
}
func g() sim.Parameter { return sim.Parameter{Default: 5} }
func h() { sim.NumberAt(nil, sim.Parameter{Default: 6}) }`
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{"half": {".5"}, "few": {"3"}, "f": {".25"}}
	if got := undeclared(file); !reflect.DeepEqual(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

// TestFixedNumbersHaveGrounds: what nobody sweeps unasked says what it is, in what unit,
// and why it is what it is.
func TestFixedNumbersHaveGrounds(t *testing.T) {
	for _, p := range Declarations().WithFixed() {
		if p.Doc == "" || p.Source == "" {
			t.Errorf("%s does not say what it is, or on what ground it stands", p.Name)
		}
		if p.Fixed && p.Reference == "" {
			t.Errorf("%s is fixed, and does not say why it is %s (Reference)", p.Name, p.Format(p.Default))
		}
		if p.Unit == "" && (p.Kind == sim.Number || p.Kind == sim.Integer) && !slices.Contains(pure, p.Name) {
			t.Errorf("%s has no unit; a pure number belongs in the list of this test", p.Name)
		}
	}
}

// pure are the parameters that have no unit: weights, and levels of measures that have none.
var pure = []string{
	"power.economy", "power.capability", "power.structure",
	"influence.stubbornness", "influence.trust", "influence.socialisation",
	"verdict.reachability", "verdict.depth", "verdict.openness", "verdict.recovery", "verdict.managed-reachability", "verdict.hostility",
	"verdict.borderline", "verdict.robustness",
}
