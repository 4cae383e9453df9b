package output

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"splinternet/output/kind"
)

// ManifestName is the file that makes a folder a run folder.
const ManifestName = "manifest.json"

const partSuffix = ".part"

// TakenError says that a folder cannot be written to because of what is in it.
type TakenError struct {
	Dir  string
	What string // "holds results", "holds files that are not results of splinternet", ...
	// Replaceable tells that force would replace what is there.
	Replaceable bool
}

func (e *TakenError) Error() string { return fmt.Sprintf("%s %s", e.Dir, e.What) }

// Folder is a run folder that is being written.
type Folder struct {
	dir      string
	manifest *Manifest
	tables   [tableCount]*part
	worlds   []*part  // saved, complete
	old      []string // tables of the results that are replaced
	made     []string // folders that did not exist, the innermost first
	finished int
	began    time.Time
}

// part is a table on its way.
type part struct {
	name  string
	file  io.WriteCloser
	sync  func() error
	hash  hash.Hash
	rows  int
	bytes int64
}

// Create prepares the folder dir for the results that the manifest announces. It
// refuses a folder that is not empty; with force it replaces results of
// splinternet, and nothing else.
func Create(dir string, m *Manifest, force bool) (*Folder, error) {
	f := &Folder{dir: dir, manifest: m, began: time.Now()}
	if err := f.claim(force); err != nil {
		return nil, err
	}
	f.made = Missing(dir)
	if err := os.MkdirAll(dir, 0o777); err != nil {
		f.Abort()
		return nil, fmt.Errorf("cannot make the results folder: %w", err)
	}
	for k := range f.tables {
		p, err := createPart(dir, Table(k).file())
		if err != nil {
			f.Abort()
			return nil, fmt.Errorf("cannot write results: %w", err)
		}
		f.tables[k] = p
	}
	return f, nil
}

// claim looks at what is in the folder already.
func (f *Folder) claim(force bool) error {
	entries, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("cannot use the results folder: %w", err)
	}
	var parts, others []string
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), partSuffix); ok && ours(name) {
			parts = append(parts, e.Name())
		} else {
			others = append(others, e.Name())
		}
	}
	if len(others) > 0 {
		old, err := readManifest(f.dir)
		if err != nil || old.Format != kind.Run {
			return &TakenError{Dir: f.dir, What: "is not empty and holds no results of splinternet"}
		}
		if !force {
			return &TakenError{Dir: f.dir, What: "holds results already", Replaceable: true}
		}
		for _, file := range old.Files {
			if ours(file.Name) {
				f.old = append(f.old, file.Name)
			}
		}
	}
	for _, name := range parts {
		if alive(filepath.Join(f.dir, name)) {
			return &TakenError{Dir: f.dir, What: "is being written by another run"}
		}
	}
	if len(parts) > 0 && !force {
		return &TakenError{
			Dir: f.dir, What: "holds unfinished tables (" + parts[0] + ") of another run", Replaceable: true,
		}
	}
	for _, name := range parts {
		if err := os.Remove(filepath.Join(f.dir, name)); err != nil {
			return fmt.Errorf("cannot remove an unfinished table: %w", err)
		}
	}
	return nil
}

// alive tells whether another process writes a part.
func alive(path string) bool {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false // whoever removes it next reports what is wrong
	}
	defer file.Close()
	return errors.Is(Lock(file), ErrLocked)
}

// ours tells whether a file has a name that this package gives.
func ours(name string) bool {
	return name == ManifestName || name == filepath.Base(name) && strings.HasSuffix(name, WorldSuffix) || slices.ContainsFunc(tables[:], func(t table) bool { return t.name+".csv" == name })
}

// createPart opens a new part; one that exists belongs to another program.
func createPart(dir, name string) (*part, error) {
	file, err := os.OpenFile(filepath.Join(dir, name+partSuffix), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	if err := Lock(file); err != nil { // so that another run knows of this one
		file.Close()
		return nil, err
	}
	return &part{name: name, file: file, sync: file.Sync, hash: sha256.New()}, nil
}

func (p *part) write(rows []byte, n int) error {
	if _, err := p.file.Write(rows); err != nil {
		return fmt.Errorf("cannot write %s: %w", p.name, err)
	}
	p.hash.Write(rows)
	p.rows += n
	p.bytes += int64(len(rows))
	return nil
}

// close makes sure that the rows are on disk.
func (p *part) close() error {
	err := p.sync()
	if closing := p.file.Close(); err == nil {
		err = closing
	}
	p.file = nil
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", p.name, err)
	}
	return nil
}

// Append writes the rows of the next run. Call it in the order of runs.
func (f *Folder) Append(rows *Rows) error {
	for k, p := range f.tables {
		if f.finished == 0 {
			if err := p.write(rows.headers[k], 0); err != nil {
				return err
			}
		}
		if len(rows.lines[k]) == 0 {
			continue
		}
		if err := p.write(rows.lines[k], rows.count[k]); err != nil {
			return err
		}
	}
	for _, w := range rows.worlds {
		if err := f.keep(w); err != nil {
			return err
		}
	}
	f.finished++
	return nil
}

// keep writes a saved world.
func (f *Folder) keep(w attached) error {
	p, err := createPart(f.dir, w.name)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", w.name, err)
	}
	f.worlds = append(f.worlds, p)
	if err := p.write(w.content, 0); err != nil {
		return err
	}
	return p.close()
}

// Finished is the number of runs that were appended.
func (f *Folder) Finished() int { return f.finished }

// Commit completes the tables of the runs that were appended, gives them their
// names and writes the manifest, last. When it fails nothing half-written stays.
func (f *Folder) Commit(workers int) error {
	if err := f.commit(workers); err != nil {
		f.Abort()
		return err
	}
	return nil
}

func (f *Folder) commit(workers int) error {
	m := f.manifest
	m.Finished, m.Complete = f.finished, f.finished == m.Runs
	m.Files = nil
	for _, p := range f.tables {
		if err := p.close(); err != nil {
			return err
		}
	}
	for _, p := range f.parts() {
		m.Files = append(m.Files, File{
			Name: p.name, Rows: p.rows, Bytes: p.bytes, SHA256: hex.EncodeToString(p.hash.Sum(nil)),
		})
	}
	m.Performance = Performance{Seconds: time.Since(f.began).Seconds(), Workers: workers}
	if err := f.writeManifest(); err != nil {
		return err
	}
	return f.rename()
}

func (f *Folder) writeManifest() error {
	text, err := json.MarshalIndent(f.manifest, "", "  ")
	if err != nil {
		return fmt.Errorf("cannot write the manifest: %w", err)
	}
	p, err := createPart(f.dir, ManifestName)
	if err != nil {
		return fmt.Errorf("cannot write the manifest: %w", err)
	}
	if err := p.write(append(text, '\n'), 0); err != nil {
		p.file.Close()
		return err
	}
	return p.close()
}

// rename swaps the new tables in. The old manifest goes first and the new one
// comes last, so that a manifest always describes the tables beside it.
func (f *Folder) rename() error {
	if f.old != nil {
		for _, name := range append([]string{ManifestName}, f.old...) {
			if err := os.Remove(filepath.Join(f.dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("cannot replace old results: %w", err)
			}
		}
	}
	names := []string{}
	for _, p := range f.parts() {
		names = append(names, p.name)
	}
	for _, name := range append(names, ManifestName) {
		path := filepath.Join(f.dir, name)
		if err := os.Rename(path+partSuffix, path); err != nil {
			return fmt.Errorf("cannot complete results: %w", err)
		}
	}
	if dir, err := os.Open(f.dir); err == nil {
		_ = dir.Sync() // not every system can; the files themselves are safe
		dir.Close()
	}
	return nil
}

// Abort removes everything that was begun. Results that were to be replaced
// stay as they were.
func (f *Folder) Abort() {
	for _, p := range f.parts() {
		if p != nil && p.file != nil {
			p.file.Close()
			p.file = nil
		}
		if p != nil {
			os.Remove(filepath.Join(f.dir, p.name+partSuffix))
		}
	}
	os.Remove(filepath.Join(f.dir, ManifestName+partSuffix))
	for _, dir := range f.made {
		os.Remove(dir) // refused while anything is in it
	}
}

// parts are the tables and the saved worlds.
func (f *Folder) parts() []*part { return slices.Concat(f.tables[:], f.worlds) }
