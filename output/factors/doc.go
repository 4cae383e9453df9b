// Package factors asks the runs of a sweep which parameters matter, and which
// conditions lead to an outcome. The mathematics is that of sim/analysis; this
// package reads the runs, chooses the analysis that the design allows, words what
// came out, and writes it as tables.
package factors
