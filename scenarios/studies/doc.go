// Package studies asks questions of scenarios by playing them: how an ensemble of
// runs ends (Play), where scenarios differ (Compare), what changes when something is
// taken out (Ablate), what an outcome is owed to (Explain), how many runs are enough
// (Replicates), which parameters come near to a target (Calibrate), and which terms
// decided a vote (AccountOf).
//
// A study is a function of a context, a plan and a Watcher, and returns a finding. The
// finding of a study that was interrupted is made of what is whole, and comes with the
// error of the context; it is nil where nothing is whole. Findings hold numbers, not
// sentences: reasons to read them with care are typed warnings, wrong plans typed
// errors. Tables and pages are made of findings by package output/study. No file is
// opened but by what a plan brings along.
//
// Scenarios that are compared share their chance: replicate r has the same seed on
// every side. The number of workers changes no result.
package studies
