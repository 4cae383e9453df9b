package play

import (
	"context"
	"testing"
)

// What is interrupted is told of the replicates that are whole.
func TestInterruptedPlay(t *testing.T) {
	err := Interrupted(context.Canceled, 7, 100000, "run")
	if err == nil || err.Error() != "interrupted: 7 of 100000 runs are finished, and the tables are made of them" {
		t.Error(err)
	}
}
