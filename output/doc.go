// Package output writes what people read: the run folder with its tables and
// manifest, the summary of an ensemble, and the closing screen.
//
// A run folder holds
//
//	manifest.json  what was run, with which program, and whether it is complete
//	ticks.csv      every measure at the end of every tick of every run
//	events.csv     the chronicle: votes, texts, forums, bans, incidents, ...
//	verdicts.csv   the end state of every run, its margin and its robustness
//	votes.csv      who voted how, with each term of the vote's utility
//	agents.csv     states, firms, forums and stacks at chosen ticks
//	links.csv      pairs of states at the first and at the last tick
//
// The last three grow with the square of the world and are written for the
// first run only, or for the runs that the plan names.
//
// Rules that hold for every table:
//
//   - Every row carries the index of its run and the run's own seed. Running that
//     seed once gives the same rows again, with run index 0.
//   - Rows come in the order of runs, then of ticks. Neither the number of
//     workers nor the clock reaches a table.
//   - Numbers have at most nine significant digits: enough to draw any figure,
//     few enough for a spreadsheet. A blank cell is a value that was not taken.
//   - A table has its name only when it is whole. Until then it is NAME.part.
//
// An Encoder turns the result of one run into rows, inside the worker that
// played it; a Folder takes the rows of one run after another; a Summary
// keeps, in bounded memory, what the closing screen says. Open reads a folder
// back and refuses folders of another version. A Description says in words what a
// scenario is, for the methods section of a paper.
//
// Packages below this one write and read what else there is: frame the tables as
// CSV and Parquet, sweep the folder of a sweep, study that of an analysis which
// plays its own runs, factors what a sweep's parameters do, figure the figures,
// report a folder as one page, archive a folder as a deposit.
package output
