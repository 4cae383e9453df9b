//go:build race

package seminar

// raceDetector slows everything down several times.
const raceDetector = true
