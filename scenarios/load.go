package scenarios

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Load reads a scenario of the library by its name, or a file by its path, which
// ends in .toml. The error is of type Problems.
func Load(nameOrPath string, o Options) (*Scenario, error) {
	c := new(collector)
	text, file, ok := c.open(nameOrPath, "")
	if !ok {
		if info, err := os.Stat(nameOrPath); err == nil && len(c.list) == 0 {
			what := "a file whose name does not end in " + ending
			if info.IsDir() {
				what = "a folder"
			}
			c.add(Problem{Message: fmt.Sprintf("%q is %s; allowed: the name of a scenario of the library, or a file %s",
				clip(nameOrPath), what, ending)})
		}
		if len(c.list) == 0 {
			c.add(Problem{Message: fmt.Sprintf("unknown scenario %q (a file ends in %s)%s",
				clip(nameOrPath), ending, libraryHint(nameOrPath))})
		}
		return nil, c.err()
	}
	return c.parse(file, text, o)
}

// Parse reads a scenario from its text. The file is what messages name, and files
// that the scenario mentions are looked for beside it. The error is of type
// Problems.
func Parse(file, text string, o Options) (*Scenario, error) {
	return new(collector).parse(file, text, o)
}

func (c *collector) parse(file, text string, o Options) (*Scenario, error) {
	root := c.chain(file, text, nil)
	if root == nil {
		return nil, c.err()
	}
	root.drop("extends")
	from := &origin{file: file, tree: root, files: c.files}
	for _, n := range root.nodes {
		from.rank = max(from.rank, 1+deepest(n))
	}
	s, err := c.load(from, o)
	if err != nil || s.Sweep == nil {
		return s, err
	}
	if _, err := s.Factors(s.Sweep.Vary); err != nil {
		return nil, err
	}
	return s, nil
}

// origin is a scenario as its files say it, before the command line.
type origin struct {
	file  string
	tree  *node    // never changed; what is loaded is a copy
	rank  int      // of what the command line says
	files []string // all that the tree was read from
}

// load turns an origin with the options of a command line into a scenario.
func (c *collector) load(from *origin, o Options) (*Scenario, error) {
	root := from.tree.clone()
	c.command(root, o, from.rank)
	root.label("")
	l := &loader{collector: c, root: root, file: from.file}
	s := l.scenario()
	if err := c.err(); err != nil {
		return nil, err
	}
	s.Name = strings.TrimSuffix(path.Base(filepath.ToSlash(strings.TrimPrefix(from.file, shelf))), ending)
	s.origin, s.options = from, o
	return s, nil
}

func deepest(n *node) int {
	rank := n.rank
	for _, child := range n.nodes {
		rank = max(rank, deepest(child))
	}
	return rank
}

// ending is how the name of a scenario file ends.
const ending = ".toml"

// shelf is the folder that messages name as the place of the library. No path of a
// user's begins like it.
const shelf = "library:"

// open reads the text of a scenario by name or path. A path is meant as seen from
// the file of the scenario that extends it.
func (c *collector) open(nameOrPath, from string) (text, file string, ok bool) {
	if text, err := Source(nameOrPath); err == nil {
		return text, shelf + nameOrPath + ending, true
	}
	if !strings.HasSuffix(nameOrPath, ending) {
		return "", "", false
	}
	file = nameOrPath
	if from != "" && !filepath.IsAbs(file) {
		file = filepath.Join(filepath.Dir(from), file)
	}
	content, err := readFile(file)
	if err != nil {
		c.add(Problem{File: file, Message: reason(err)})
		return "", "", false
	}
	return string(content), file, true
}

// chain reads a scenario and everything that it extends, and merges them. The
// files before it are those that extend it, to detect a circle.
func (c *collector) chain(file, text string, before []string) *node {
	if slices.Contains(before, filepath.Clean(file)) {
		return nil
	}
	c.files = append(c.files, file)
	root, problem := parse(file, text, 0)
	if problem != nil {
		c.add(*problem)
		return nil
	}
	c.unique(root)
	extends := root.get("extends")
	if extends == nil {
		return root
	}
	parent, ok := c.parent(extends, file, append(before, filepath.Clean(file)))
	if !ok {
		// The file is still checked on its own, but for what it would inherit.
		return nil
	}
	if title := parent.get("title"); root.get("title") == nil && title != nil {
		// Nobody should take the results of a variant for those of the original.
		if text, is := title.value.(string); is {
			title.value = text + " (variant)"
		}
	}
	root.raise(1 + deepest(parent))
	return c.merge(parent, root, "")
}

func (c *collector) parent(extends *node, file string, before []string) (*node, bool) {
	name := extends.text()
	if name == "" {
		c.wrong(extends, `the name of a scenario of the library, or a file beside this one that ends in `+ending)
		return nil, false
	}
	if strings.HasPrefix(file, shelf) && strings.HasSuffix(name, ending) {
		c.at(extends, "a scenario of the library cannot extend a file")
		return nil, false
	}
	already := len(c.list)
	text, parentFile, ok := c.open(name, file)
	if !ok {
		if len(c.list) == already {
			c.at(extends, "unknown scenario %q (a file ends in %s)%s", clip(name), ending, libraryHint(name))
		} else {
			c.list = c.list[:already]
			c.at(extends, "%q cannot be read; allowed: the name of a scenario of the library, or a file beside this one", clip(name))
		}
		return nil, false
	}
	if slices.Contains(before, filepath.Clean(parentFile)) {
		c.at(extends, "%q extends this scenario in turn; a circle has no beginning", clip(name))
		return nil, false
	}
	parent := c.chain(parentFile, text, before)
	return parent, parent != nil
}

// raise sets the rank of a node and all below it.
func (n *node) raise(rank int) {
	n.rank = rank
	for _, child := range n.nodes {
		child.raise(rank)
	}
}

// readFile reads a file that is no longer than a scenario may be.
func readFile(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("is a folder")
	case info.Size() > maxText:
		return nil, errors.New("is too long for a scenario")
	}
	return os.ReadFile(file)
}

// reason words why a file could not be read, without naming it again.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	return err.Error()
}
