package main

// help is what the program says of itself.
const help = `splinternet simulates the governance of cyberspace, and says whether it converges
or breaks apart.

Usage:
  splinternet run [SCENARIO]         play a scenario; "baseline" when none is named
  splinternet sweep [SCENARIO] ...   play it at many points: --vary, --design, --points
  splinternet merge DIR              make the tables of a sweep from its shards
  splinternet sensitivity DIR        which parameters of a sweep matter
  splinternet discover DIR --for ... which conditions lead to an outcome
  splinternet why DIR ...            why did a state vote as it did?
  splinternet scenario VERB ...      list, show, check, new, diff
  splinternet compare A B ...        where scenarios differ in what comes out
  splinternet ablate SCENARIO        what changes when a mechanism is taken out
  splinternet explain SCENARIO       what an outcome is owed to
  splinternet replicates SCENARIO    how many runs are enough
  splinternet calibrate SCENARIO     find parameters that come near to a target
  splinternet archive DIR            pack results for a data repository
  splinternet describe SCENARIO      methods paragraph and ODD+D tables for a paper
  splinternet plot DIR               figures for papers and slides
  splinternet report DIR             one page to read: verdict, figures, chronicle
  splinternet seminar [SCENARIO]     a class plays the negotiation
  splinternet validate ...           the model against theory, records and other models
  splinternet parameters [WORD]      every parameter with default, range and source
  splinternet mechanisms             what moves the world in a tick, in order
  splinternet measures               what is observed
  splinternet version                program and results version
  splinternet completion SHELL       completion for bash, zsh, fish, powershell

Examples:
  splinternet run
  splinternet run new-ip --runs 200
  splinternet run --set influence.bound=0.3 --without security --out results/apart
  splinternet scenario new mine.toml && splinternet run mine.toml
  splinternet why results/baseline-seed1 --state IND --text A/RES/73/27

A SCENARIO is a name of the library (splinternet scenario list) or a TOML file; - is
stdin. Results are data on stdout and tables in a folder; talk is on stderr. One seed
gives the same tables, with any number of workers. Exit status: 0 done, 1 failed or
interrupted, 2 wrong use or wrong scenario, 75 interrupted and can be resumed.

"splinternet COMMAND --help" tells more.
`
