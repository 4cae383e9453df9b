// Package analysis is the mathematics of experiments: intervals, elementary
// effects, variance-based indices, scenario discovery, attribution, convergence
// and calibration.
//
// Everything here is a pure function of its arguments. Numbers come as plain
// slices; NaN stands for "not taken", as in the tables, and every function says
// what it does with it. Whatever draws at random takes a seed, and the same seed
// gives the same numbers. Sums run from left to right, so that they do not
// depend on how a library unrolls its loops.
package analysis
