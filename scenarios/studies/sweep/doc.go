// Package sweep plays a scenario at many points: it makes the plan, plays what is
// left of it, and hands each finished run to whoever keeps it. It opens no file but
// those that a request names, and says nothing: what came out is in records, and
// what a caller is told while it plays goes to its watcher. What a sweep has left
// behind is the matter of package factors.
package sweep
