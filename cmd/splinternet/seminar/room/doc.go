// Package room is the seminar without its pages: a class plays some agents of a
// scenario, round by round, and the model plays the rest.
//
// A room is a journal. Whatever the class and its instructor do is one entry of
// it, written to disk before it is confirmed, and the state of the room is what
// the entries make of it, in their order. Nothing else is kept: killing the
// program at any moment loses nothing that was confirmed.
//
// What can be done in a room is an Act: it looks at a View, which is the room at one
// moment and never changes, and returns the entries that it comes to, or why it is
// denied. Room.Do enters them, and makes the next view.
//
// What the class decides is a scenario. Its orders become [[decision]] tables,
// the texts that it tables and the crises that the instructor injects become
// [[event]] tables, appended to the scenario that the room began with; the round's
// result is a run of that text with the room's seed. So there is nothing to
// checkpoint: stepping back, replaying and asking "what if" are runs of other
// texts, and the model cannot tell a class from a script.
//
// The questions on an order sheet are those that the mechanisms would put to the
// agent in the coming round. A run of that round on the model's answers tells
// which they are (see listener); chance events that lie in it are not shown.
package room
