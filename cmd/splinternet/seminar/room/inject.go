package room

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"splinternet/models/world"
)

// Inject is something that the instructor lets happen at the start of a round.
type Inject struct {
	Name     string  `json:"name"` // unique in the room
	Round    int     `json:"round"`
	Headline string  `json:"headline"` // what the class reads
	Effect   string  `json:"effect"`   // a word of Effects
	A        string  `json:"a,omitempty"`
	B        string  `json:"b,omitempty"`
	C        string  `json:"c,omitempty"`
	Amount   float64 `json:"amount"`
}

// EffectForm describes a kind of inject to whoever fills in its form.
type EffectForm struct {
	Effect  string
	Title   string
	A, B, C string // what the three agents are; "" where there is none
	Kind    string // of A: state or firm
	Amount  string // what the amount is; "" where there is none
	Low     float64
	High    float64
	Usual   float64
}

// Effects are the kinds of injects.
var Effects = []EffectForm{
	{Effect: "news", Title: "News only: changes nothing in the world"},
	{Effect: "crisis", Title: "Cyber operation", A: "attacker", B: "victim", C: "whom the victim blames (empty: the model attributes)", Kind: "state", Amount: "severity, 1 to 10", Low: 1, High: 10, Usual: 6},
	{Effect: "trust", Title: "Scandal or gesture: trust between two states", A: "one state", B: "the other", Kind: "state", Amount: "change of trust, -1 to 1", Low: -1, High: 1, Usual: -.3},
	{Effect: "position", Title: "Change of government: a state changes course", A: "state", Kind: "state", Amount: "change of position, -1 (sovereign) to 1 (open)", Low: -1, High: 1, Usual: -.2},
	{Effect: "growth", Title: "Boom or bust: growth of an economy", A: "state", Kind: "state", Amount: "change of yearly growth, -0.2 to 0.2", Low: -.2, High: .2, Usual: -.05},
	{Effect: "agreement", Title: "Hotline: two states agree on a channel", A: "one state", B: "the other", Kind: "state", Amount: "how good a channel, 0 to 1", Low: 0, High: 1, Usual: .5},
	{Effect: "tie", Title: "Vendor scandal: how far a firm obeys its home state", A: "firm", Kind: "firm", Amount: "change of obedience, -1 to 1", Low: -1, High: 1, Usual: .4},
}

// FindEffect returns the form of a kind of inject, or nil.
func FindEffect(effect string) *EffectForm {
	for k := range Effects {
		if Effects[k].Effect == effect {
			return &Effects[k]
		}
	}
	return nil
}

// maxHeadline is the length of a headline in bytes.
const maxHeadline = 300

// check says in a sentence what is wrong with an inject, or "".
func (i *Inject) check(w *world.World) string {
	form := FindEffect(i.Effect)
	known := func(id string) bool {
		if form.Kind == "firm" {
			return w.FindFirm(id) >= 0
		}
		return w.FindState(id) >= 0
	}
	switch {
	case form == nil:
		return "Choose what the inject does."
	case i.Headline == "":
		return "Write the headline that the class will read."
	case len(i.Headline) > maxHeadline:
		return fmt.Sprintf("The headline is too long: keep it below %d letters.", maxHeadline)
	case form.A != "" && !known(i.A):
		return "Choose the " + form.A + "."
	case form.B != "" && !known(i.B):
		return "Choose the " + form.B + "."
	case form.B != "" && i.A == i.B:
		return "Choose two different agents."
	case i.C != "" && (form.C == "" || !known(i.C)):
		return "Nobody of that name can be blamed."
	case i.C != "" && i.C == i.B:
		return "A victim does not blame itself."
	case form.Amount != "" && !(i.Amount >= form.Low && i.Amount <= form.High):
		return fmt.Sprintf("The %s: %s is outside.", form.Amount, number(i.Amount))
	}
	return ""
}

// AddInject lets something happen in the round that is open.
func AddInject(i Inject) Act {
	return func(v View, _ time.Time) (Step, error) {
		if !v.State.Playing() {
			return Step{}, denied("No round is open.")
		}
		i.Headline = tidy(i.Headline)
		i.Round = v.State.Round()
		i.Name = fmt.Sprintf("inject-%d-%d", i.Round, v.State.Entries)
		if sentence := i.check(v.Scenario.World); sentence != "" {
			return Step{}, denied("%s", sentence)
		}
		return v.replay(&Entry{Kind: Injected, Who: Instructor, Round: i.Round, Inject: &i})
	}
}

// Retract takes an inject of the open round back.
func Retract(name string) Act {
	return func(v View, _ time.Time) (Step, error) {
		injects := v.State.Game.Injects
		k := slices.IndexFunc(injects, func(i Inject) bool { return i.Name == name })
		if k < 0 || injects[k].Round != v.State.Round() {
			return Step{}, denied("That inject is not of this round.")
		}
		return v.replay(&Entry{Kind: Retracted, Who: Instructor, Name: name})
	}
}

// inject writes the event that an inject is.
func (w *toml) inject(i *Inject) {
	if i.Effect == "news" {
		return
	}
	w.b.WriteString("\n[[event]]\n")
	w.line("name", quote(i.Name))
	w.line("tick", strconv.Itoa(w.plan.First(i.Round)))
	w.line("why", quote(i.Headline))
	amount := number(i.Amount)
	switch i.Effect {
	case "crisis":
		w.line("kind", `"crisis"`)
		w.line("initiator", quote(i.A))
		w.line("target", quote(i.B))
		if i.C != "" {
			w.line("blamed", quote(i.C))
		}
		w.line("severity", amount)
	case "trust":
		w.shock("state."+i.A, "trust", amount)
		w.line("toward", quoteAll([]string{"state." + i.B}))
	case "position":
		w.shock("state."+i.A, "anchor", amount)
		w.b.WriteString("\n[[event]]\n")
		w.line("name", quote(i.Name+"-now"))
		w.line("tick", strconv.Itoa(w.plan.First(i.Round)))
		w.line("why", quote(i.Headline))
		w.shock("state."+i.A, "position", amount)
	case "growth":
		w.shock("state."+i.A, "growth", amount)
	case "agreement":
		w.line("kind", `"agreement"`)
		w.line("parties", quoteAll([]string{"state." + i.A, "state." + i.B}))
		w.line("channel", amount)
	case "tie":
		w.shock("firm."+i.A, "tie", amount)
	}
}

func (w *toml) shock(target, variable, add string) {
	w.line("kind", `"shock"`)
	w.line("targets", quoteAll([]string{target}))
	w.line("variable", quote(variable))
	w.line("add", add)
}

// Library suggests injects for the world as it is: the agents are those to whom it
// would most plausibly happen.
func Library(w *world.World) []Inject {
	attacker, victim, scapegoat := feud(w)
	if attacker < 0 {
		return []Inject{{Headline: "The world's press asks what the conference is for.", Effect: "news"}}
	}
	s := &w.States
	name := func(i int) string { return s.Name[i] }
	list := []Inject{
		{Effect: "crisis", A: s.ID[attacker], B: s.ID[victim], Amount: 7, Headline: fmt.Sprintf("Lights out: a cyber operation stops power stations in %s.", name(victim))},
		{Effect: "crisis", A: s.ID[attacker], B: s.ID[victim], Amount: 5, Headline: fmt.Sprintf("A back door in an update has been reading ministries in %s for months.", name(victim))},
		{Effect: "trust", A: s.ID[attacker], B: s.ID[victim], Amount: -.2, Headline: fmt.Sprintf("Leaked files: %s has listened in on the government of %s.", name(attacker), name(victim))},
		{Effect: "agreement", A: s.ID[attacker], B: s.ID[victim], Amount: .5, Headline: fmt.Sprintf("%s and %s open a hotline for cyber emergencies.", name(attacker), name(victim))},
	}
	if scapegoat >= 0 {
		list = slices.Insert(list, 2, Inject{
			Effect: "crisis", A: s.ID[scapegoat], B: s.ID[victim], C: s.ID[attacker], Amount: 6,
			Headline: fmt.Sprintf("Hospitals in %s are held to ransom; the government points at %s.", name(victim), name(attacker)),
		})
	}
	if swing := middle(w); swing >= 0 {
		list = append(list,
			Inject{Effect: "position", A: s.ID[swing], Amount: -.2, Headline: fmt.Sprintf("Elections in %s: the new government wants a firm hand on the network.", name(swing))},
			Inject{Effect: "growth", A: s.ID[swing], Amount: -.05, Headline: fmt.Sprintf("Financial crisis in %s.", name(swing))})
	}
	if w.Firms.N > 0 {
		f := largestVendor(w)
		list = append(list, Inject{Effect: "tie", A: w.Firms.ID[f], Amount: .4, Headline: fmt.Sprintf("Documents show how closely %s works with its government.", w.Firms.Name[f])})
	}
	return append(list, Inject{Effect: "news", Headline: "The Secretary-General calls on all delegations to compromise."})
}

// feud is the pair of rivals with the most to lose between them, by the attacker's
// means and the victim's weight, and another state with means of attack.
func feud(w *world.World) (attacker, victim, scapegoat int) {
	attacker, victim, scapegoat = -1, -1, -1
	s, best := &w.States, 0.0
	for i := range s.N {
		for j := range s.N {
			weight := (s.Offence[i] + 1e-3) * w.Weight(j) * (1 - w.Dyads.Trust[i*s.N+j])
			if w.Dyads.Rival[i*s.N+j] {
				weight *= 100
			}
			if i != j && weight > best {
				best, attacker, victim = weight, i, j
			}
		}
	}
	best = 0
	for i := range s.N {
		if i != attacker && i != victim && s.Offence[i] > best {
			best, scapegoat = s.Offence[i], i
		}
	}
	return attacker, victim, scapegoat
}

// middle is the weightiest state near the middle of the scale, or -1.
func middle(w *world.World) int {
	best, who := 0.0, -1
	for i := range w.States.N {
		x := w.States.Position[i*w.Dim]
		if x > .35 && x < .65 && w.Weight(i) > best {
			best, who = w.Weight(i), i
		}
	}
	return who
}

// largestVendor is the firm of network equipment, or of anything, that sells most.
func largestVendor(w *world.World) int {
	best, who := -1.0, 0
	for f := range w.Firms.N {
		size := w.Firms.Size[f]
		if w.Firms.Sector[f] == "equipment" {
			size += 1e6
		}
		if size > best {
			best, who = size, f
		}
	}
	return who
}
