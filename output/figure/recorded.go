package figure

import "splinternet/scenarios/data"

// Recorded are the recorded votes that ship with the program.
func Recorded() map[string]RollCall {
	calls, err := data.RollCalls(data.Options{})
	if err != nil {
		return nil // data of the program's own are checked by its tests
	}
	world, err := data.Build(data.Options{})
	if err != nil {
		return nil
	}
	list := map[string]RollCall{}
	for _, c := range calls {
		votes := map[string]string{}
		for i, v := range c.Votes {
			votes[world.States.ID[i]] = v.String()
		}
		list[c.ID] = RollCall{Votes: votes}
	}
	return list
}
