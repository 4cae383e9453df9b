// Command splinternet simulates the governance of cyberspace: states, firms and
// forums whose preferences and power shift, and a network that converges or
// breaks apart.
//
// Every verb is a folder that parses its flags, calls the library and words what comes
// back; command.go puts them together. What they share stands in internal.
//
// Data goes to stdout and talk to stderr. The exit status is 0 when done, 1 when it failed
// or was interrupted, 2 for wrong use or a wrong scenario, and 75 when it was interrupted
// and can go on.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	os.Exit(Main(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
