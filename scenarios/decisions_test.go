package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"splinternet/models/world"
	"splinternet/sim"
)

// everybody scripts the same decision for all states of a lively world of eight.
func everybody(decision string) string {
	var b strings.Builder
	for k := 1; k <= 8; k++ {
		fmt.Fprintf(&b, "[[decision]]\nagent = \"state.S%d\"\n%s\n", k, decision)
	}
	return b.String()
}

// scripts holds for every decision a script that the model would not follow of its own
// accord, and what it must come to. Each is played on a small world with and without
// the script.
var scripts = map[string]struct {
	script string
	set    []string
	// holds tells whether the world after the run is as the script wants it.
	holds func(w *world.World) bool
	told  string // what the chronicle says; "" where the answer is told as what happens
}{
	"state vote": {
		script: everybody("decide = \"vote\"\nabout = \"T/2\"\nanswer = \"yes\""),
		holds:  func(w *world.World) bool { return w.Texts[w.FindText("T/2")].Status != world.Rejected },
		told:   "votes yes on",
	},
	"state sponsor": {
		script: everybody("decide = \"sponsor\"\nabout = \"T/1\"\nanswer = \"yes\""),
		holds:  func(w *world.World) bool { return len(w.Texts[w.FindText("T/1")].Sponsors) == 8 },
		told:   "co-sponsors",
	},
	"state propose": {
		script: everybody("decide = \"propose\"\nposition = 0.33\ndepth = 0.17"),
		set:    []string{"time.ticks=24", "forums.initiative=1"}, // a side lets a matter rest for three years
		holds: func(w *world.World) bool {
			return slices.ContainsFunc(w.Texts, func(t world.Text) bool { return t.Depth == .17 && t.Position[0] == .33 })
		},
		told: "tables a text of its own choice",
	},
	"state stance": {
		script: everybody("decide = \"stance\"\nanswer = \"block\""),
		holds: func(w *world.World) bool {
			return !slices.ContainsFunc(w.Texts, func(t world.Text) bool { return t.Forum == w.FindForum("council") && t.Adopted > 0 })
		},
		told: "breaks consensus on",
	},
	"state adopt": {
		script: "[[event]]\nname = \"opened\"\ntick = 0\nkind = \"treaty\"\ntext = \"pact-of-all\"\ntitle = \"Pact of all\"\nforum = \"assembly\"\nposition = 0.5\n" +
			everybody("decide = \"adopt\"\nabout = \"pact-of-all\"\nanswer = \"yes\""),
		holds: func(w *world.World) bool {
			t := w.FindText("pact-of-all")
			return t >= 0 && !slices.ContainsFunc(w.Texts[t].Adherence, func(a uint8) bool { return a < world.Ratified })
		},
		told: "The Pact of all enters into force, ratified by ",
	},
	"state found": {
		script: everybody("decide = \"found\"\nabout = \"standards\"\nanswer = \"yes\""),
		set:    []string{"forums.rival-members=1", "forums.rival-cost=0", "forums.founding=1", "forums.grievance=1"},
		holds: func(w *world.World) bool {
			return slices.ContainsFunc(w.Forums, func(f world.Forum) bool { return f.Line == world.Standards && f.Founded > 0 })
		},
		told: "is ready to found a forum on technical standards",
	},
	"state join": {
		script: "[[world.forum]]\nid = \"friends\"\naccess = \"invited\"\nmembers = [\"S1\", \"S2\"]\n" + everybody("decide = \"join\"\nabout = \"friends\"\nanswer = \"yes\""),
		holds: func(w *world.World) bool {
			k := w.FindForum("friends")
			return k >= 0 && !slices.Contains(w.Forums[k].Members, false)
		},
		told: "joins the friends",
	},
	"state leave": {
		script: everybody("decide = \"leave\"\nabout = \"pact\"\nanswer = \"yes\""),
		holds: func(w *world.World) bool {
			f := &w.Forums[w.FindForum("pact")]
			return !slices.Contains(f.Members, true) && f.Status == world.Dormant
		},
		told: "decides to leave the pact",
	},
	"state renew": {
		script: everybody("decide = \"renew\"\nabout = \"pact\"\nanswer = \"no\""),
		holds:  func(w *world.World) bool { return w.Forums[w.FindForum("pact")].Status == world.Dormant },
		told:   "wants no renewal of the pact",
	},
	"state effort": {
		script: everybody("decide = \"effort\"\nmix = { consensus = 0.1, bridges = 0.2, bilateral = 0.3, coalition = 0.4 }"),
		holds:  func(w *world.World) bool { return w.States.Effort[0] == [world.Efforts]float64{.1, .2, .3, .4} },
		told:   "splits the time of its diplomats",
	},
	"state agree": {
		script: everybody("decide = \"agree\"\nanswer = \"yes\""),
		holds:  func(w *world.World) bool { return w.Dyads.Agreement(0, 7) >= 0 && w.Dyads.Agreement(3, 4) >= 0 },
		told:   "is ready for an agreement with",
	},
	"state ban": {
		script: everybody("decide = \"ban\"\nabout = \"c\"\nlevel = 0.6"),
		holds:  func(w *world.World) bool { return w.Firms.Ban[w.FindFirm("c")*8+5] == .6 },
		told:   "restrict c",
	},
	"state deny": {
		script: everybody("decide = \"deny\"\nabout = \"S1\"\nlevel = 0.6"),
		holds:  func(w *world.World) bool { return w.Dyads.Denial[5*8+0] == .6 },
		told:   "keep advanced technology from",
	},
	"state recognise": {
		script: everybody("decide = \"recognise\"\nabout = \"second\"\nanswer = \"yes\""),
		holds:  func(w *world.World) bool { return !slices.Contains(w.Stacks[1].Recognised, false) },
		told:   "accepts second as a standard",
	},
	"state stack": {
		script: everybody("decide = \"stack\"\nmix = { second = 1.0 }"),
		holds:  func(w *world.World) bool { return w.States.Stack[0*2+1] > .15 && w.States.Stack[7*2+1] > .15 },
		told:   "steers its network to",
	},
	"state control": {
		script: everybody("decide = \"control\"\nlevel = 0.9"),
		holds:  func(w *world.World) bool { return w.States.Control[0] > .25 && w.States.Control[7] > .25 },
		told:   "sets its boundary controls at 90 %",
	},
	"state answer": {
		script: everybody("decide = \"answer\"\nanswer = \"sanctions\""),
		set:    []string{"security.rate=60", "security.public=1", "security.escalation=0", "security.deescalation=0"},
		holds:  func(w *world.World) bool { return slices.Contains(w.Dyads.Ladder, world.Sanctions) },
		told:   "imposes sanctions on",
	},
	"firm sell": {
		script: "[[decision]]\nagent = \"firm.a\"\ndecide = \"sell\"\nanswer = \"second\"\n",
		holds:  func(w *world.World) bool { return w.Firms.Stack[w.FindFirm("a")] == 1 },
		told:   "a sells second from now on",
	},
	"firm lobby": {
		script: "[[decision]]\nagent = \"firm.a\"\ndecide = \"lobby\"\nposition = 0.0\nlevel = 1.0\n",
		set:    []string{"markets.lobby=1", "influence.noise=0"},
		holds:  func(w *world.World) bool { return slices.Max(w.States.Position) < .75 },
		told:   "a lobbies the states that it serves for a sovereign position",
	},
	"firm sponsor": {
		script: "[[event]]\nname = \"accord-text\"\ntick = 0\nkind = \"proposal\"\ntext = \"A/1\"\ntitle = \"An accord\"\nforum = \"accord\"\ntext-kind = \"norm\"\nsponsors = [\"firm.a\"]\nposition = 0.8\n" +
			"[[decision]]\nagent = \"firm.a\"\ndecide = \"sponsor\"\nanswer = \"no\"\n",
		holds: func(w *world.World) bool { return !w.Forums[w.FindForum("accord")].Firms[w.FindFirm("a")] },
		told:  "a leaves the accord",
	},
	"firm represent": {
		script: "[[decision]]\nagent = \"firm.b\"\ndecide = \"represent\"\nabout = \"council\"\nanswer = \"yes\"\n",
		holds:  func(w *world.World) bool { return w.Forums[w.FindForum("council")].Firms[w.FindFirm("b")] },
		told:   "b now sends representatives to the council",
	},
	"forum text": {
		set:    []string{"forums.worthwhile=0", "forums.isolation=2"}, // else so shallow a text is not worth a signature, and somebody blocks it
		script: "[[decision]]\nagent = \"forum.council\"\ndecide = \"text\"\nposition = 0.11\ndepth = 0.05\n",
		holds: func(w *world.World) bool {
			f := &w.Forums[w.FindForum("council")]
			return f.Text < 0 || f.Position[0] == .11
		},
		told: "puts a draft of its own to the members",
	},
}

// Every decision of world.Questions can be scripted, has the effect that it says, is
// put down in the chronicle under the name of who decided, and is left to the model
// by everybody else.
func TestEveryDecisionIsAskedAndScripted(t *testing.T) {
	for _, q := range world.Questions {
		name := q.Agent + " " + q.Decide
		t.Run(name, func(t *testing.T) {
			c, found := scripts[name]
			if !found {
				t.Fatal("no script")
			}
			run := func(text string) (last *world.World, entries []world.Entry) {
				s := load(t, text, Options{Set: c.set})
				record := everything
				record.Each = func(_ *sim.Tick, w *world.World) error {
					last = w.Clone()
					return nil
				}
				return last, play(t, simulation(t, s, s.Settings), 5, record).Entries
			}
			plain := lively(8, 1, "quarter", "2018-07-01", 14)
			w, entries := run(plain + c.script)
			last := w
			if last == nil {
				t.Fatal("nothing was played")
			}
			if !c.holds(last) {
				t.Error("the script has no effect")
			}
			decided := slices.ContainsFunc(entries, func(e world.Entry) bool {
				return e.By == "scenario" && strings.Contains(e.Text, c.told)
			})
			if !decided {
				t.Errorf("the chronicle does not say %q of anybody", c.told)
				for _, e := range entries {
					if e.Kind == "decision" || e.By == "scenario" {
						t.Log(e.Kind, e.By, e.Text)
					}
				}
			}
			without, _, _ := strings.Cut(c.script, "[[decision]]")
			other, entries := run(plain + without)
			if c.holds(other) {
				t.Error("the model decides so anyway: the script shows nothing")
			}
			for _, e := range entries {
				if e.Kind == "decision" {
					t.Errorf("without a script the chronicle says %q", e.Text)
				}
			}
		})
	}
}
