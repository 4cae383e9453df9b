package output

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// WriteFile writes a file that appears under its name only when all of it is on disk.
func WriteFile(path string, content []byte) error {
	return Place(path, func(w io.Writer) error {
		_, err := w.Write(content)
		return err
	})
}

// Place writes a file that appears under its name only when all of it is on disk.
// Several processes may place the same file at a time: the last one stays.
func Place(path string, write func(w io.Writer) error) error {
	dir, name := filepath.Split(path)
	f, err := os.CreateTemp(filepath.Clean(dir), "."+name+".*"+partSuffix)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	err = write(f)
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Chmod(f.Name(), 0o644)
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return nil
}

// Missing lists the folders that making dir will make, the innermost first.
func Missing(dir string) []string {
	var made []string
	for dir = filepath.Clean(dir); ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) || dir == filepath.Dir(dir) {
			return made
		}
		made = append(made, dir)
	}
}

// ErrLocked says that another process has a file.
var ErrLocked = errors.New("is being written by another process")

// DecodeManifest reads the manifest of a folder of any format into m, and returns its
// text. A NoResultsError says what the folder is where it has none.
func DecodeManifest(dir string, m any) ([]byte, error) {
	text, err := manifestText(dir)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, m); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, ManifestName), err)
	}
	return text, nil
}

// WriteJSON writes a value as indented JSON.
func WriteJSON(w io.Writer, value any) error {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	_, err = w.Write(append(text, '\n'))
	return err
}
