package chronicle

import (
	"fmt"

	"splinternet/models/crime"
	"splinternet/models/security"
	"splinternet/models/world"
)

// The chronicle tells a wave of crime from a state with many criminals that lets most of them
// be, against a state that matters: once for a host and a victim in some years. Of joint
// operations that involve a state that matters it tells one a year.
const (
	hostPart     = .01 // share of the criminals of the world
	crimeWeight  = .02 // weight of the victim, or of the weightier partner
	shielded     = .6  // share of groups that go free from which a state shields them
	crimeSilence = 5   // years in which a wave from the same host on the same victim is no news
)

// crimeMemory is what the chronicle has told of crime.
type crimeMemory struct {
	Waves      []toldWave
	Operations int // the last year of which one was told
}

type toldWave struct{ Host, Victim, Year int }

// tellWave tells a wave of crime that is news.
func tellWave(w *world.World, f crime.Wave) {
	small := w.Weight(f.Victim) < crimeWeight || f.Part < hostPart
	if small || f.Free < shielded || !world.Slot[crimeMemory](w, "chronicle.crime").isNews(w, f.Host, f.Victim) {
		return
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Actors: []string{w.StateID(f.Host)}, Targets: []string{w.StateID(f.Victim)}, Value: f.Free,
		Text:   fmt.Sprintf("Criminal groups in %s, where most of them go free, hit firms and hospitals in %s.", w.Called(f.Host), w.Called(f.Victim)),
		Weight: f.Severity / 10 * f.Free * w.Weight(f.Victim),
	})
}

// isNews tells whether no wave from the host on the victim was told for some years, and
// notes that this one is.
func (m *crimeMemory) isNews(w *world.World, host, victim int) bool {
	year := w.Calendar.Date(w.Tick).Year()
	for k := range m.Waves {
		if t := &m.Waves[k]; t.Host == host && t.Victim == victim {
			news := year-t.Year >= crimeSilence
			if news {
				t.Year = year
			}
			return news
		}
	}
	m.Waves = append(m.Waves, toldWave{host, victim, year})
	return true
}

// tellOperation tells the first joint operation of a year that is news.
func tellOperation(w *world.World, f crime.Operation) {
	memory := world.Slot[crimeMemory](w, "chronicle.crime")
	year, weight := w.Calendar.Date(w.Tick).Year(), max(w.Weight(f.Host), w.Weight(f.Partner))
	if weight < crimeWeight || memory.Operations == year {
		return
	}
	memory.Operations = year
	by := ""
	var targets []string
	if f.Text >= 0 {
		by = " under " + w.Texts[f.Text].Called()
		targets = []string{w.Texts[f.Text].ID}
	}
	w.Add(world.Entry{
		Kind: f.Kind(), Actors: w.IDs([]int{f.Host, f.Partner}), Targets: targets, Value: 2,
		Text:   fmt.Sprintf("Police of %s and %s break up a criminal group in %s together%s.", w.Called(f.Host), w.Called(f.Partner), w.Called(f.Host), by),
		Weight: weight / 10,
	})
}

// mistakenSentence says that a victim takes a wave of crime for an operation of the state that
// it came from; idle, if it gives no answer.
func mistakenSentence(w *world.World, e *security.Incident, idle bool) string {
	host := w.Called(e.Initiator)
	text := fmt.Sprintf("Criminal groups in %s hit %s (severity %.0f of 10), ", host, w.Called(e.Target), e.Severity)
	switch {
	case e.Public && idle:
		return text + "which wrongly accuses the state itself in public, but takes no step against it."
	case e.Public:
		return text + "which wrongly accuses the state itself in public."
	}
	return text + "which wrongly suspects the state itself."
}
