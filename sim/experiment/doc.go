// Package experiment lays experiments out and carries them out. A Spec makes a
// Design, which says where in the unit cube of the factors to run: grids, random
// and stratified samples, and the designs of sensitivity analysis. Ordered runs
// independent jobs on several workers and hands their results on in the order of
// their index, so that neither the number of workers nor the order of completion
// changes a byte of what is written.
package experiment
