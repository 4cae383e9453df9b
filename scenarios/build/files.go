package build

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"

	"splinternet/models/world"
	"splinternet/scenarios/data"
	"splinternet/scenarios/document"
	"splinternet/scenarios/problem"
	"splinternet/scenarios/spec"
)

// File is a data file that a scenario brings along, as part of what the scenario is.
type File struct {
	Key    string            // of data.FileKeys
	Digest [sha256.Size]byte // SHA-256 of its content
}

// readFiles reads the data files of a scenario.
func readFiles(c *problem.Collector, list []spec.File) (files []File, ok bool) {
	ok = true
	for _, f := range list {
		content, err := readRegular(f.Path)
		if err != nil {
			c.At(f.Place, "%s cannot be read: %s", document.Quote(problem.Clip(f.Name)), document.Reason(err))
			ok = false
			continue
		}
		files = append(files, File{f.Key, sha256.Sum256(content)})
	}
	return files, ok
}

func readRegular(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("is not a file")
	}
	return os.ReadFile(path)
}

// Worlds keeps the worlds that were last built from data, because a sweep makes many
// variants of one scenario. What it hands out is always a copy. The zero value is ready,
// for several workers at a time.
type Worlds struct {
	mutex sync.Mutex
	list  []builtWorld // the last one used at the end
}

type builtWorld struct {
	key   string
	world *world.World
}

// get returns the world of the data, with the forums that exist only later in its
// catalogue.
func (v *Worlds) get(o data.Options, files []File) (*world.World, error) {
	const most = 8 // a level each of a factor such as world.cutoff; 4 megabytes each
	v.mutex.Lock()
	defer v.mutex.Unlock()
	key := fmt.Sprint(o, files)
	k := slices.IndexFunc(v.list, func(b builtWorld) bool { return b.key == key })
	if k < 0 {
		w, err := data.Build(o)
		if err != nil {
			return nil, err
		}
		k = len(v.list)
		v.list = append(v.list, builtWorld{key, w})
	}
	found := v.list[k]
	v.list = append(slices.Delete(v.list, k, k+1), found)
	if len(v.list) > most {
		v.list = slices.Delete(v.list, 0, 1)
	}
	w := found.world.Clone()
	w.Groups, w.Catalogue = slices.Clone(w.Groups), slices.Clone(w.Catalogue) // which Clone shares
	for k := range w.Catalogue {
		w.Catalogue[k].Position = slices.Clone(w.Catalogue[k].Position)
	}
	return w, nil
}
