package output

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// NoResultsError says that a folder has no results that could be read.
type NoResultsError struct {
	Dir, What string
	// Unfinished tells that the folder holds a sweep that has not ended.
	Unfinished bool
}

func (e *NoResultsError) Error() string { return e.Dir + e.What }

// planName is the file with which a sweep begins its folder.
const planName = "plan.toml"

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
	if _, err := os.Stat(filepath.Join(dir, planName)); err == nil {
		return nil, &NoResultsError{Dir: dir, What: " holds a sweep that has not ended: it has no " + ManifestName, Unfinished: true}
	}
	return nil, &NoResultsError{Dir: dir, What: fmt.Sprintf(" holds no results: it has no %s", ManifestName)}
}

// butOf says what a manifest is of, where it is one of this program.
func butOf(format string) string {
	if words := FormatWords(format); words != "" {
		return " but of " + words
	}
	return ""
}

// FormatWords words what a folder holds, by the format of its manifest; "" for a format
// that is none of this program's.
func FormatWords(format string) string {
	return map[string]string{
		Format: "a run", "splinternet-sweep": "a sweep", "splinternet-compare": "a comparison", "splinternet-ablation": "an ablation",
		"splinternet-explain": "an explanation", "splinternet-replicates": "a study of replicates",
		"splinternet-calibration": "a calibration", "splinternet-evidence": "evidence",
	}[format]
}
