// Package scenarios is the language in which people write scenarios, and the
// library of those that ship with the program.
//
// A scenario is a TOML file. It says when the run starts and how long it takes,
// which world it starts from, which parameters differ from their defaults, and
// what happens on which date. A scenario that extends another one is only the
// difference to it:
//
//	title   = "Huawei is welcome everywhere"
//	extends = "baseline"
//
//	[parameters]
//	markets.loyalty = 0.3
//
//	[[event]]
//	name   = "us-ban"
//	remove = true
//
// The rules of extending, in order:
//
//   - tables merge key by key, and the extending file wins;
//   - events, and agents that a scenario lists, merge by their name or id: a
//     second event of a name changes the keys that it gives, or replaces the event
//     if it gives another kind, or takes it away by remove = true;
//   - scripted decisions add up;
//   - everything else is replaced;
//   - command-line assignments (KEY=VALUE) come last;
//   - an inherited event that falls outside the calendar of the extending file is
//     left out.
//
// Loading is strict: unknown keys and names, values of the wrong type or out of
// range, and dates outside the run are all reported at once, each with its file
// and line. What Load returns has been checked against the declared parameters,
// mechanisms and measures, and against the agents of the world.
package scenarios
