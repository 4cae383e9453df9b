package scenarios

import (
	"sync"

	"splinternet/models"
	"splinternet/models/measures"
	"splinternet/sim"
)

// What a scenario can name of the model. It is all declared in models.

// declared returns the declared parameters. Only the declarations are read, so
// that one set serves all loads.
var declared = sync.OnceValue(func() *sim.Parameters { return models.Declarations() })

func mechanismNames() []string {
	var names []string
	for _, m := range models.Mechanisms() {
		names = append(names, m.Name)
	}
	return names
}

func measureNames() []string {
	var names []string
	for _, m := range measures.All() {
		names = append(names, m.Name)
	}
	return names
}
