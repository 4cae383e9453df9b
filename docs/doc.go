// Package docs holds the documentation and what keeps it true: the pages that
// are generated from the program's own declarations, and the tests that run the
// examples of every page.
//
// "go test ./docs" fails when a page has fallen behind the program, and
//
//	go test ./docs -update
//
// rewrites what can be rewritten: the generated tables, and the output that the
// examples show.
package docs
