// Package findings tells what the studies of a sweep found: which parameters matter,
// and which conditions lead to an outcome. It reads the runs from the folder of the
// sweep, and writes the findings as tables into it, as JSON, and as a page for people.
package findings
