package document

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"splinternet/scenarios/library"
	"splinternet/scenarios/problem"
)

// Shelf is how messages begin the name of a file of the library. No path of a user's
// begins like it.
const Shelf = "library:"

// ErrUnknown says that a name is neither a scenario of the library nor the path of a
// scenario file.
var ErrUnknown = errors.New("unknown scenario")

// Open reads the text of a scenario of the library by its name, or of a file by its
// path, as seen from a folder ("": from where the program runs). The file is what
// messages name. The error is ErrUnknown or a problem.Problem.
func Open(nameOrPath, folder string) (text, file string, err error) {
	if text, err := library.Source(nameOrPath); err == nil {
		return text, Shelf + nameOrPath + library.Ending, nil
	}
	if !strings.HasSuffix(nameOrPath, library.Ending) {
		return "", "", ErrUnknown
	}
	file = nameOrPath
	if folder != "" && !filepath.IsAbs(file) {
		file = filepath.Join(folder, file)
	}
	content, err := ReadFile(file)
	if err != nil {
		return "", "", err
	}
	return string(content), file, nil
}

// ReadFile reads a file that is no longer than a document may be. The error is a
// problem.Problem.
func ReadFile(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
	case info.IsDir():
		err = errors.New("is a folder")
	case info.Size() > MaxText:
		err = errors.New("is too long for a scenario")
	default:
		var content []byte
		if content, err = os.ReadFile(file); err == nil {
			return content, nil
		}
	}
	return nil, problem.New(problem.Place{File: file}, "%s", Reason(err))
}

// Reason words why a file could not be read, without naming it again.
func Reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	return err.Error()
}

// Whole reads a scenario and everything that it extends, and merges them: the rank of
// a node tells which file of the chain it comes from. It returns nil where something
// is wrong.
func Whole(c *problem.Collector, file, text string) *Node {
	root := chain(c, file, text, nil)
	if root != nil {
		root.Drop("extends")
	}
	return root
}

// chain reads a scenario and merges it with what it extends. The files before it are
// those that extend it, to detect a circle.
func chain(c *problem.Collector, file, text string, before []string) *Node {
	c.Reading(file)
	root, wrong := Parse(file, text)
	if wrong != nil {
		c.Add(*wrong)
		return nil
	}
	unique(c, root)
	extends := root.Get("extends")
	if extends == nil {
		return root
	}
	parent := inherited(c, extends, file, append(before, filepath.Clean(file)))
	if parent == nil {
		return nil // what it would inherit is unknown, and much would seem wrong
	}
	if title := parent.Get("title"); root.Get("title") == nil && title.Text() != "" {
		// Nobody should take the results of a variant for those of the original.
		title.Value = title.Text() + " (variant)"
	}
	root.raise(1 + parent.Highest())
	return merge(parent, root, "")
}

// inherited reads what a scenario extends.
func inherited(c *problem.Collector, extends *Node, file string, before []string) *Node {
	name, at := extends.Text(), extends.Place()
	if name == "" {
		Refuse(c, extends, `the name of a scenario of the library, or a file beside this one that ends in `+library.Ending)
		return nil
	}
	if strings.HasPrefix(file, Shelf) && strings.HasSuffix(name, library.Ending) {
		c.At(at, "a scenario of the library cannot extend a file")
		return nil
	}
	text, parent, err := Open(name, filepath.Dir(file))
	switch {
	case err == ErrUnknown:
		c.At(at, "unknown scenario %q (a file ends in %s)%s", problem.Clip(name), library.Ending, library.Hint(name))
	case err != nil:
		c.At(at, "%q cannot be read; allowed: the name of a scenario of the library, or a file beside this one", problem.Clip(name))
	case slices.Contains(before, filepath.Clean(parent)):
		c.At(at, "%q extends this scenario in turn; a circle has no beginning", problem.Clip(name))
	default:
		return chain(c, parent, text, before)
	}
	return nil
}
