package scenarios

import (
	"slices"
	"testing"

	"splinternet/models"
	"splinternet/models/world"
	"splinternet/scenarios/data"
	"splinternet/sim"
)

// The scenario that starts after 2025 stands where the timeline and the record of bans
// say the world stood then.
func TestBaseline2025FollowsTheRecord(t *testing.T) {
	s, err := Load("baseline-2025", Options{Ticks: 1})
	if err != nil {
		t.Fatal(err)
	}
	var w *world.World
	play(t, simulation(t, s, s.Settings), 1, models.Recording{Each: func(_ *sim.Tick, now *world.World) error {
		w = now.Clone()
		return nil
	}})
	count := func(text string, level uint8) (n int) {
		k := w.FindText(text)
		if k < 0 {
			t.Fatalf("there is no %s", text)
		}
		for _, a := range w.Texts[k].Adherence {
			if a >= level {
				n++
			}
		}
		return n
	}
	adheres := func(id, text string) bool {
		return w.Texts[w.FindText(text)].Adherence[w.FindState(id)] != world.Outside
	}
	denied := func(by, from string) float64 { return w.Dyads.Denial[w.FindState(by)*w.States.N+w.FindState(from)] }
	alive := func(id string) bool { return w.Forums[w.FindForum(id)].Status == world.Alive }
	for what, ok := range map[string]bool{
		"72 signatures at Hanoi, the European Union's among them": count("un-cybercrime-convention", world.Endorsed) == 71,
		"no party to the UN convention":                           count("un-cybercrime-convention", world.Party) == 0,
		"China, Russia, Brazil and Britain signed": adheres("CHN", "un-cybercrime-convention") && adheres("RUS", "un-cybercrime-convention") &&
			adheres("BRA", "un-cybercrime-convention") && adheres("GBR", "un-cybercrime-convention"),
		"the United States, Japan and India did not": !adheres("USA", "un-cybercrime-convention") && !adheres("JPN", "un-cybercrime-convention") &&
			!adheres("IND", "un-cybercrime-convention"),
		"76 parties to the Budapest Convention, or some more": count("budapest-convention", world.Party) >= 74 && count("budapest-convention", world.Party) <= 82,
		"the Malabo Convention in force":                      count("malabo-convention", world.Party) == 15,
		"the United States behind the Paris Call":             adheres("USA", "paris-call") && !adheres("CHN", "paris-call") && !adheres("RUS", "paris-call"),
		"one UN track: the Global Mechanism":                  alive("un_global_mechanism") && !alive("un_oewg") && !alive("un_gge"),
		"the ad hoc committee has done its work":              !alive("un_ahc"),
		"a permanent IGF":                                     alive("igf") && w.Forums[w.FindForum("igf")].MandateEnd == world.NoEnd,
		"Iran in the SCO, Indonesia in the BRICS":             w.Forums[w.FindForum("sco")].Members[w.FindState("IRN")] && w.Forums[w.FindForum("brics")].Members[w.FindState("IDN")],
		"Finland in NATO, Britain out of the EU":              w.Forums[w.FindForum("nato")].Members[w.FindState("FIN")] && !w.Forums[w.FindForum("eu")].Members[w.FindState("GBR")],
		"so the groups":                                       slices.Contains(w.Groups[w.FindGroup("nato")].Members, w.FindState("FIN")) && !slices.Contains(w.Groups[w.FindGroup("eu")].Members, w.FindState("GBR")),
		"New IP proposed":                                     w.Stacks[1].Proposed,
		"the Counter Ransomware Initiative of 48 states": alive("counter_ransomware") && count("counter-ransomware-statement", world.Endorsed) >= 48 &&
			adheres("IND", "counter-ransomware-statement") && !adheres("CHN", "counter-ransomware-statement"),
		"the partners of the Declaration for the Future of the Internet": count("declaration-future-internet", world.Endorsed) >= 59,
		"a convention on artificial intelligence that is signed and binds nobody": count("ai-convention", world.Endorsed) >= 39 &&
			count("ai-convention", world.Party) == 0 && adheres("USA", "ai-convention") && !adheres("CHN", "ai-convention"),
		"resolutions on artificial intelligence that all adopted": count("un-ai-resolutions", world.Endorsed) == w.States.N,
		"a war between Russia and Ukraine, with the West at its side": w.Dyads.AtWar(w.FindState("RUS"), w.FindState("UKR"), w.Tick) &&
			w.Dyads.AtWar(w.FindState("RUS"), w.FindState("FRA"), w.Tick),
		"chips kept from China, and more from Russia": denied("USA", "CHN") > 0 && denied("NLD", "CHN") > 0 && denied("JPN", "CHN") > 0 &&
			denied("USA", "RUS") > denied("USA", "CHN") && denied("USA", "DEU") == 0,
		"no line between Russia and the United States": w.Dyads.Channel[w.FindState("RUS")*w.States.N+w.FindState("USA")] == 0,
	} {
		if !ok {
			t.Errorf("not so: %s", what)
		}
	}
	bans, err := data.Restrictions()
	if err != nil {
		t.Fatal(err)
	}
	huawei := w.FindFirm("huawei") * w.States.N
	var listed []string
	for _, ban := range bans {
		listed = append(listed, ban.State)
		if w.Firms.Ban[huawei+w.FindState(ban.State)] == 0 {
			t.Errorf("%s of bans.csv does not restrict Huawei", ban.State)
		}
	}
	others := 0
	for i, id := range w.States.ID {
		if w.Firms.Ban[huawei+i] > 0 && !slices.Contains(listed, id) {
			others++ // the first January of the run is played, too
		}
	}
	if others > 4 {
		t.Errorf("%d states restrict Huawei that bans.csv does not list", others)
	}
	// The baseline of 2018 knows nothing of this.
	early, err := Load("baseline", Options{Ticks: 1})
	if err != nil {
		t.Fatal(err)
	}
	if early.World.Forums[early.World.FindForum("sco")].Members[early.World.FindState("IRN")] || !early.World.Forums[early.World.FindForum("eu")].Members[early.World.FindState("GBR")] {
		t.Error("the world of 2018 has the members of 2025")
	}
	for _, id := range []string{"counter_ransomware", "future_internet", "coe_ai", "un_ai"} {
		if early.World.FindForum(id) >= 0 {
			t.Errorf("the world of 2018 has %s", id)
		}
	}
}
