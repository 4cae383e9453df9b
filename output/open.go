package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"splinternet/scenarios"
)

// NoResultsError says that a folder has no results that could be read.
type NoResultsError struct {
	Dir, What string
	// Unfinished tells that the folder holds a sweep that has not ended.
	Unfinished bool
}

func (e *NoResultsError) Error() string { return e.Dir + e.What }

func manifestText(dir string) ([]byte, error) {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &NoResultsError{Dir: dir, What: ": there is no such folder"}
	case err != nil:
		return nil, err
	case !info.IsDir():
		return nil, &NoResultsError{Dir: dir, What: " is a file; the folder with the results is asked for"}
	}
	text, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if !errors.Is(err, fs.ErrNotExist) {
		return text, err
	}
	if _, err := os.Stat(filepath.Join(dir, scenarios.PlanFile)); err == nil {
		return nil, &NoResultsError{Dir: dir, What: " holds a sweep that has not ended: it has no " + ManifestName, Unfinished: true}
	}
	return nil, &NoResultsError{Dir: dir, What: fmt.Sprintf(" holds no results: it has no %s", ManifestName)}
}
