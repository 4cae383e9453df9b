package events

import (
	"fmt"
	"slices"

	"splinternet/models/world"
	"splinternet/sim"
)

// Apply sets the two sides against each other.
func (e *War) Apply(now *sim.Tick, w *world.World, m *Mechanism, on *Event) error {
	attackers, err := side(w, e.Initiator, e.WithInitiator)
	if err != nil {
		return err
	}
	defenders, err := side(w, e.Target, e.WithTarget)
	if err != nil {
		return err
	}
	for _, i := range attackers {
		if slices.Contains(defenders, i) {
			return fmt.Errorf("%s is on both sides", w.States.Name[i])
		}
	}
	n, d := w.States.N, &w.Dyads
	before, change := len(d.Ended), mean{}
	for a, i := range attackers {
		for b, j := range defenders {
			share := m.WarSideTrust
			if a+b == 0 {
				share = m.WarTrust
				m.Security.BecomeRivals(w, i, j)
			}
			trust := w.MeanTrust(i, j)
			m.Security.Estrange(w, i, j, share)
			change.add(w.MeanTrust(i, j) - trust)
			d.EndAgreement(n, i, j, 0, now.Index)
			d.Wars = append(d.Wars, world.War{I: int32(min(i, j)), J: int32(max(i, j)), Until: e.Until})
		}
	}
	w.CountChannels()
	on.did(w, Fought{Attackers: attackers, Defenders: defenders, Agreements: len(d.Ended) - before, Change: change.value()})
	return nil
}

// side is one side of a war: who leads it, then those who stand with it, ascending.
func side(w *world.World, leader string, with []string) ([]int, error) {
	first, err := agents(w, []string{leader}, "state")
	if err != nil {
		return nil, err
	}
	others, err := agents(w, with, "state")
	if err != nil {
		return nil, err
	}
	for _, i := range ascending(others) {
		if i != first[0] {
			first = append(first, i)
		}
	}
	return first, nil
}
