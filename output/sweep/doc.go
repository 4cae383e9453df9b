// Package sweep keeps the results of a sweep: many runs of one scenario at many
// points. Finished runs go to journals on disk, one for each shard of the work; when
// all are there, the tables are assembled from them, one row for a run:
//
//	manifest.json    what was swept, how, and what is in the folder
//	plan.toml, points.csv   the plan
//	runs.parquet     or runs.csv: a row for each run
//	ticks.parquet    or ticks.csv, on demand: a row for each tick of each run
//	journal/         finished runs as they came
//
// The tables are a function of the plan alone. How many workers or shards there were,
// how often the work was interrupted and where it was done changes no byte of them;
// the manifest tells such things. Memory does not grow with the number of runs.
package sweep
