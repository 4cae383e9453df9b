package delegation

import (
	"strings"

	"splinternet/models/world"
)

// reach is how well a state's users reach those of all others: the mean quality of
// its links by their users, [0, 1].
func reach(w *world.World, i int) float64 {
	n, sum, users := w.States.N, 0.0, 0.0
	for j, u := range w.States.Users {
		if j != i {
			sum += u * w.Dyads.Link[min(i, j)*n+max(i, j)]
			users += u
		}
	}
	if users == 0 {
		return 1
	}
	return sum / users
}

// trusted is how far others trust a state, by their power, [0, 1].
func trusted(w *world.World, i int) float64 {
	n, sum, power := w.States.N, 0.0, 0.0
	for j, p := range w.States.Power {
		if j != i {
			sum += p * w.Dyads.Trust[j*n+i]
			power += p
		}
	}
	if power == 0 {
		return 1
	}
	return sum / power
}

// nearness is how near the rules in force are to a state's position: the mean over
// lines of the nearest text's closeness, [0, 1].
func nearness(w *world.World, i int) float64 {
	x := w.States.Position[i*w.Dim : i*w.Dim+w.Dim]
	sum, lines := 0.0, 0.0
	for _, line := range world.Lines {
		total, texts := 0.0, 0.0
		for t := range w.Texts {
			if text := &w.Texts[t]; text.Line == line && text.Status == world.InForce {
				total += text.Depth * (1 - world.Distance(x, text.Position))
				texts += text.Depth
			}
		}
		if texts > 0 {
			sum += total / texts
			lines++
		}
	}
	if lines == 0 {
		return 0
	}
	return sum / lines
}

// Standing is how a state fares: what it can be proud of, or not.
type Standing struct {
	Measure, Help string
	Start, Now    float64
}

// Standings are the standing of a delegation at the start and now; states have
// three.
func Standings(start, now *world.World, agent string) []Standing {
	kind, id, _ := strings.Cut(agent, ".")
	i := now.FindState(id)
	if kind != "state" || i < 0 {
		return nil
	}
	return []Standing{
		{"Reach", "how well your users reach the rest of the world", reach(start, i), reach(now, i)},
		{"Rules near you", "how near the rules in force are to your view", nearness(start, i), nearness(now, i)},
		{"Trust in you", "how far others trust you, by their power", trusted(start, i), trusted(now, i)},
	}
}
