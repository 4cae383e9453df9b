package models

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// What follows reads the source of the whole module, because its layers and its
// reproducibility are promises about source: no test of behaviour could see a
// clock that is read on one machine out of ten.

const module = "splinternet"

// law is the law of layers, as docs/contributing.md says it: one layer a line, from the
// lowest up, with the folders in it; sim/... stands for whatever lies below sim and is
// not named on a line of its own. Folders of a line that begins with = may import one
// another.
var law = readLaw()

type layerOf struct {
	height int
	mutual bool // whether its folders may import one another
}

func readLaw() map[string]layerOf {
	text, err := os.ReadFile(filepath.Join("..", "docs", "contributing.md"))
	if err != nil {
		panic(err)
	}
	_, rest, found := strings.Cut(string(text), "```layers\n")
	block, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		panic("docs/contributing.md does not state the law of layers")
	}
	layers := map[string]layerOf{}
	for height, line := range strings.Split(strings.TrimSpace(block), "\n") {
		folders := strings.Fields(line)
		mutual := folders[0] == "="
		for _, folder := range folders {
			layers[folder] = layerOf{height, mutual}
		}
	}
	return layers
}

// layer says how high a package stands. A package may import what lies below it.
func layer(folder string) (l layerOf, known bool) {
	if l, known = law[folder]; known {
		return l, true
	}
	for above := folder; above != "."; above = path.Dir(above) {
		if l, known = law[above+"/..."]; known {
			return l, true
		}
	}
	return l, false
}

// homes says where each dependency may be used; whatever is not named belongs to
// the layers of the first key that begins its path.
var homes = []struct {
	prefix string
	tops   []string
}{
	{"gonum.org/v1/plot", []string{"output"}},
	{"codeberg.org/go-pdf/fpdf", []string{"output"}},
	{"golang.org/x/image", []string{"output"}},
	{"golang.org/x/text", []string{"output"}},
	{"gonum.org/v1/gonum", []string{"sim", "models", "scenarios", "output"}},
	{"golang.org/x/exp", []string{"sim", "models", "scenarios", "output"}},
	{"github.com/parquet-go/parquet-go", []string{"output"}},
	{"github.com/BurntSushi/toml", []string{"scenarios"}},
	{"", []string{"cmd"}}, // cobra, the terminal and the like
}

// helpers is the folder of what tests share. No program imports it.
const helpers = "models/modeltest"

// source is one package of the module without its tests.
type source struct {
	folder string
	files  []*ast.File
	names  []string
}

func readModule(t *testing.T) (*token.FileSet, []*source) {
	t.Helper()
	set, byFolder := token.NewFileSet(), map[string]*source{}
	var list []*source
	err := filepath.WalkDir("..", func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && (name == "testdata" || strings.HasPrefix(name, ".") && name != "..") {
			return fs.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		folder := filepath.ToSlash(filepath.Dir(strings.TrimPrefix(file, ".."+string(filepath.Separator))))
		if _, known := layer(folder); !known {
			return nil // a folder that is no part of the program's layers
		}
		parsed, err := parser.ParseFile(set, file, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		s := byFolder[folder]
		if s == nil {
			s = &source{folder: folder}
			byFolder[folder], list = s, append(list, s)
		}
		s.files, s.names = append(s.files, parsed), append(s.names, path.Join(folder, name))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 10 {
		t.Fatalf("only %d packages found: the test looks in the wrong place", len(list))
	}
	return set, list
}

func pathOf(spec *ast.ImportSpec) string {
	value, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		panic(err)
	}
	return value
}

func TestImports(t *testing.T) {
	_, packages := readModule(t)
	for _, p := range packages {
		for k, file := range p.files {
			for _, spec := range file.Imports {
				if wrong := forbidden(p.folder, pathOf(spec)); wrong != "" {
					t.Errorf("%s imports %s: %s", p.names[k], pathOf(spec), wrong)
				}
			}
		}
	}
}

// forbidden says why a package in the folder may not import what it imports, or "".
func forbidden(folder, imported string) string {
	top, _, _ := strings.Cut(folder, "/")
	inner := top == "sim" || top == "models"
	own, _ := layer(folder)
	if folder == helpers && imported == "pgregory.net/rapid" {
		return ""
	}
	if imported == module+"/"+helpers {
		return "it is for tests"
	}
	if rest, inside := strings.CutPrefix(imported, module+"/"); inside {
		other, known := layer(rest)
		if !known || other.height > own.height || other.height == own.height && !own.mutual {
			return "it does not lie below"
		}
		if folder == "sim/experiment" || folder == "sim" {
			if !strings.HasPrefix(rest, "sim") {
				return "the engine knows no model"
			}
		}
		return ""
	}
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") { // the standard library
		if inner && (first == "os" || first == "net" || first == "syscall" || imported == "io/ioutil" || imported == "path/filepath") {
			return "the simulation opens no file and no connection"
		}
		if top == "sim" || top == "models" && folder != helpers {
			if imported == "testing" || first == "embed" {
				return "it has no place in a program's simulation"
			}
		}
		return ""
	}
	for _, home := range homes {
		if imported == home.prefix || home.prefix == "" || strings.HasPrefix(imported, home.prefix+"/") {
			if !slices.Contains(home.tops, top) {
				return "allowed only in " + strings.Join(home.tops, ", ")
			}
			return ""
		}
	}
	return ""
}

// The rule itself must bite.
func TestForbidden(t *testing.T) {
	for _, c := range []struct {
		folder, imported string
		allowed          bool
	}{
		{"sim", "math", true},
		{"sim", "os", false},
		{"sim", "splinternet/models/world", false},
		{"sim", "splinternet/sim/experiment", false},
		{"sim/experiment", "splinternet/sim", true},
		{"sim/experiment", "splinternet/models", false},
		{"models/world", "splinternet/sim", true},
		{"models/world", "splinternet/models/forums", false},
		{"models/events", "splinternet/models/forums", true},
		{"models/events", "splinternet/models", false},
		{"models", "splinternet/models/events", true},
		{"models", "splinternet/scenarios", false},
		{"models/measures", "gonum.org/v1/gonum/mat", true},
		{"models/measures", "gonum.org/v1/plot", false},
		{"models/power", "net/http", false},
		{"models/power", "testing", false},
		{"models/power", "pgregory.net/rapid", false},
		{"cmd/splinternet", "splinternet/models/modeltest", false},
		{helpers, "testing", true},
		{helpers, "pgregory.net/rapid", true},
		{"models/power", "github.com/BurntSushi/toml", false},
		{"scenarios", "github.com/BurntSushi/toml", true},
		{"scenarios", "splinternet/output", false},
		{"scenarios/data", "splinternet/scenarios", false},
		{"output", "splinternet/scenarios", true},
		{"output", "splinternet/scenarios/studies", true},
		{"output/study", "splinternet/scenarios/studies", true},
		{"scenarios/studies", "splinternet/output/study", false},
		{"output", "gonum.org/v1/plot/vg", true},
		{"output", "splinternet/output/frame", true},
		{"output/frame", "splinternet/output", false},
		{"output/sweep", "splinternet/output", true},
		{"output", "splinternet/output/sweep", false},
		{"output/sweep", "splinternet/cmd/splinternet", false},
		{"output/frame", "github.com/parquet-go/parquet-go", true},
		{"models", "splinternet/output/frame", false},
		{"scenarios", "github.com/parquet-go/parquet-go/format", false},
		{"output", "github.com/spf13/cobra", false},
		{"cmd/splinternet", "github.com/spf13/cobra", true},
	} {
		if wrong := forbidden(c.folder, c.imported); (wrong == "") != c.allowed {
			t.Errorf("%s imports %s: %q", c.folder, c.imported, wrong)
		}
	}
}

// clocks and generators are what would make a run a function of more than its
// world, its parameters and its seed.
var clocks = []string{"Now", "Since", "Until", "After", "AfterFunc", "Tick", "NewTimer", "NewTicker", "Sleep"}

// seeded are the names of math/rand/v2 that need a seed; every other function of
// the package draws from a global generator.
var seeded = []string{"New", "NewPCG", "NewChaCha8", "NewZipf", "Rand", "PCG", "ChaCha8", "Zipf", "Source"}

func TestNoClockNoGlobalRandomness(t *testing.T) {
	set, packages := readModule(t)
	for _, p := range packages {
		if top, _, _ := strings.Cut(p.folder, "/"); top != "sim" && top != "models" {
			continue
		}
		for _, file := range p.files {
			local := map[string]string{}
			for _, spec := range file.Imports {
				imported := pathOf(spec)
				name := path.Base(strings.TrimSuffix(imported, "/v2"))
				if spec.Name != nil {
					name = spec.Name.Name
				}
				if local[name] = imported; imported == "math/rand" || imported == "crypto/rand" {
					t.Errorf("%s: %s is not reproducible", set.Position(spec.Pos()), imported)
				}
			}
			ast.Inspect(file, func(n ast.Node) bool {
				selector, ok := n.(*ast.SelectorExpr)
				if !ok {
					return true
				}
				name, ok := selector.X.(*ast.Ident)
				if !ok {
					return true
				}
				switch word := selector.Sel.Name; local[name.Name] {
				case "time":
					if slices.Contains(clocks, word) {
						t.Errorf("%s: time.%s reads the clock", set.Position(n.Pos()), word)
					}
				case "math/rand/v2":
					if !slices.Contains(seeded, word) {
						t.Errorf("%s: rand.%s draws from the global generator", set.Position(n.Pos()), word)
					}
				}
				return true
			})
		}
	}
}

// reviewed lists the places of sim and models that range over a map although its
// order is random, each with the reason why no result can depend on it.
var reviewed = map[string]string{
	"sim/experiment/ordered.go: work(inner, jobs, from, n, room)": "a channel, whose results are handed on in the order of their index",
	"models/mechanism/mechanism.go: t.NumField()":                 "a number",
	"models/world/copy.go: from.NumField()":                       "a number",
	"models/world/copy.go: n":                                     "a number",
	"models/world/copy.go: t.NumField()":                          "a number",
	"models/world/parts.go: t.NumField()":                         "a number",
	"models/world/parts.go: a.NumField()":                         "a number",
	"models/world/parts.go: a.Len()":                              "a number",
	"models/world/parts.go: min(a.Len(), b.Len())":                "a number",
	"models/world/parts.go: a.MapKeys()":                          "all have to be the same, in whatever order",
}

// A range over a map must not reach results. Types of the module itself are
// checked; where a range is over something that only a dependency types, the
// expression must be reviewed too.
func TestNoMapOrder(t *testing.T) {
	set, packages := readModule(t)
	check := &checker{set: set, sources: map[string]*source{}, done: map[string]*types.Package{}}
	for _, p := range packages {
		check.sources[module+"/"+p.folder] = p
	}
	used := map[string]bool{}
	for _, p := range packages {
		if top, _, _ := strings.Cut(p.folder, "/"); top != "sim" && top != "models" || p.folder == helpers {
			continue // the order in which a test checks things reaches no result
		}
		check.info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
		check.check(module + "/" + p.folder)
		for k, file := range p.files {
			ast.Inspect(file, func(n ast.Node) bool {
				loop, ok := n.(*ast.RangeStmt)
				if !ok || ordered(loop.X, check.info) {
					return true
				}
				place := fmt.Sprintf("%s: %s", p.names[k], types.ExprString(loop.X))
				if used[place] = true; reviewed[place] == "" {
					t.Errorf("%s ranges over %s, whose order may be random", set.Position(loop.Pos()), types.ExprString(loop.X))
				}
				return true
			})
		}
	}
	for place := range reviewed {
		if !used[place] {
			t.Errorf("%s is no longer ranged over: take it out of the list", place)
		}
	}
}

// ordered tells whether a range over the expression has one order: a list, a
// number, text or a channel, or the sorted keys of a map.
func ordered(x ast.Expr, info *types.Info) bool {
	if call, ok := x.(*ast.CallExpr); ok {
		if name := types.ExprString(call.Fun); name == "slices.Sorted" || name == "slices.SortedFunc" || name == "strings.Split" {
			return true
		}
	}
	kind := info.Types[x].Type
	if kind == nil {
		return false
	}
	if pointer, ok := kind.Underlying().(*types.Pointer); ok {
		kind = pointer.Elem()
	}
	switch kind := kind.Underlying().(type) {
	case *types.Slice, *types.Array, *types.Chan:
		return true
	case *types.Basic:
		return kind.Kind() != types.Invalid
	}
	return false
}

// checker types the packages of the module. Dependencies are empty to it: what
// they type is unknown, which is quick, and strict enough.
type checker struct {
	set     *token.FileSet
	sources map[string]*source
	done    map[string]*types.Package
	info    *types.Info
}

// Import implements types.Importer.
func (c *checker) Import(imported string) (*types.Package, error) {
	if p := c.done[imported]; p != nil {
		return p, nil
	}
	if c.sources[imported] != nil {
		info := c.info
		c.info = nil
		defer func() { c.info = info }()
		return c.check(imported), nil
	}
	if strings.HasPrefix(imported, module) {
		return nil, errors.New("not read")
	}
	p := types.NewPackage(imported, path.Base(strings.TrimSuffix(imported, "/v2")))
	p.MarkComplete()
	c.done[imported] = p
	return p, nil
}

func (c *checker) check(imported string) *types.Package {
	config := types.Config{Importer: c, Error: func(error) {}, FakeImportC: true}
	p, _ := config.Check(imported, c.set, c.sources[imported].files, c.info)
	c.done[imported] = p
	return p
}

// quiet tells whether a package reports facts and leaves the words to the chronicle: all
// of the simulation but the chronicle, the world, which keeps its entries, and models, which
// hands them on.
func quiet(folder string) bool {
	return strings.HasPrefix(folder, "models/") && !slices.Contains([]string{"models/chronicle", "models/world", helpers}, folder)
}

// What is news, and how it is worded, is the business of models/chronicle alone. No other
// package of the simulation adds entries, or puts sentences together.
func TestOnlyTheChronicleTells(t *testing.T) {
	set, packages := readModule(t)
	seen := false
	for _, p := range packages {
		seen = seen || p.folder == "models/chronicle" && len(telling(p.files[0])) > 0
		if !quiet(p.folder) {
			continue
		}
		for _, file := range p.files {
			for _, n := range telling(file) {
				t.Errorf("%s: the package words what happens: report a fact to models/chronicle", set.Position(n.Pos()))
			}
		}
	}
	if !seen {
		t.Error("models/chronicle is not seen to tell anything: the test looks for the wrong words")
	}
}

// telling lists the places of a file that add to the chronicle or put a sentence together:
// world.Entry, Add or Retell of it, and a format of fmt that ends with a full stop. A
// description of a declaration (Doc) is a sentence, and no news; so is a panic.
func telling(file *ast.File) (places []ast.Node) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.KeyValueExpr:
			key, ok := n.Key.(*ast.Ident)
			return !ok || key.Name != "Doc"
		case *ast.SelectorExpr:
			if name := types.ExprString(n); name == "world.Entry" || n.Sel.Name == "Retell" {
				places = append(places, n)
			}
		case *ast.CallExpr:
			name := types.ExprString(n.Fun)
			if name == "panic" {
				return false
			}
			if strings.HasPrefix(name, "fmt.Sprint") && len(n.Args) > 0 && isSentence(n.Args[0]) {
				places = append(places, n)
			}
		}
		return true
	})
	return places
}

// isSentence tells whether an expression is text that ends with a full stop.
func isSentence(x ast.Expr) bool {
	literal, ok := x.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return false
	}
	text, err := strconv.Unquote(literal.Value)
	return err == nil && strings.HasSuffix(strings.TrimSpace(text), ".")
}

// The checks above would pass on a module that they cannot see; this one holds
// them to an example of each fault.
func TestChecksBite(t *testing.T) {
	const text = `package p
import "maps"
type state struct{ by map[string]int }
func f(s *state, list []int, n int) {
	for range s.by {}
	for range maps.Keys(s.by) {}
	for range list {}
	for range n {}
}`
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "p.go", text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	c := &checker{
		set: set, sources: map[string]*source{"p": {files: []*ast.File{file}}}, done: map[string]*types.Package{},
		info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{}},
	}
	c.check("p")
	var got []bool
	ast.Inspect(file, func(n ast.Node) bool {
		if loop, ok := n.(*ast.RangeStmt); ok {
			got = append(got, ordered(loop.X, c.info))
		}
		return true
	})
	if want := []bool{false, false, true, true}; !slices.Equal(got, want) {
		t.Errorf("ordered: %v, want %v", got, want)
	}
	told, err := parser.ParseFile(set, "q.go", `package q
func f(w *world.World) string {
	w.Add(world.Entry{Kind: "x"})
	w.Retell(1, "Again.", 0)
	p := parameter{Doc: fmt.Sprintf("Weight of %d.", 1)}
	panic(fmt.Sprintf("%s is wrong.", p))
	return fmt.Sprintf("%s happens.", "it") + fmt.Sprintf("%d-%d", 1, 2)
}`, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(telling(told)); n != 3 {
		t.Errorf("%d places tell something, want an entry, a sentence told anew, and a sentence", n)
	}
	if _, err := os.Stat("../go.mod"); err != nil {
		t.Error("the module does not lie above this folder")
	}
}
