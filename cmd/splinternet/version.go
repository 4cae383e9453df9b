package main

import (
	"fmt"
	"runtime"

	"splinternet/models"
	"splinternet/output"
)

// version prints what decides about results: the program, the version of its
// results, and the platform.
func version(c *console) error {
	_, err := fmt.Fprint(c.out, versionLine())
	return err
}

func versionLine() string {
	return fmt.Sprintf("splinternet %s, results version %d, run folder version %d, %s, %s/%s\n",
		output.ProgramVersion(), models.ResultsVersion, output.FormatVersion,
		runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
