package room

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/models"
	"splinternet/models/world"
	"splinternet/scenarios"
)

// newRoom makes a room that plays a scenario of the library.
func newRoom(t *testing.T, scenario string, rounds int) *Room {
	t.Helper()
	s, err := scenarios.Load(scenario, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := Fit(s.Calendar, rounds, 1)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "room.jsonl")
	if err := Create(path, NewSetup(s, scenario+".toml", 1, "90min", plan)); err != nil {
		t.Fatal(err)
	}
	return open(t, path)
}

func open(t *testing.T, path string) *Room {
	t.Helper()
	r, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.Close() })
	return r
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func claim(t *testing.T, r *Room, agents ...string) {
	t.Helper()
	for _, agent := range agents {
		if err := r.Do(Claim(agent, "player of "+agent, NewToken())); err != nil {
			t.Fatal(err)
		}
	}
}

// filing files a sheet and tells what of it is refused.
func filing(r *Room, agent, who string, round int, nonce string, values map[string][]string) ([]Refusal, error) {
	err := r.Do(File(agent, who, round, nonce, values))
	var refused *RefusedError
	if errors.As(err, &refused) {
		return refused.Refusals, nil
	}
	return nil, err
}

func file(t *testing.T, r *Room, agent string, round int, list ...string) {
	t.Helper()
	refusals, err := filing(r, agent, "somebody", round, "", fields(list...))
	if err != nil || len(refusals) > 0 {
		t.Fatalf("%s, round %d: %v %v", agent, round, err, refusals)
	}
}

// fields makes the fields of a form from names and values in turn.
func fields(list ...string) map[string][]string {
	values := map[string][]string{}
	for k := 0; k+1 < len(list); k += 2 {
		values[list[k]] = append(values[list[k]], list[k+1])
	}
	return values
}

func tables(t *testing.T, r *Room) map[string]string {
	t.Helper()
	dir := t.TempDir()
	must(t, r.View().WriteTables(dir, false))
	files := map[string]string{}
	for _, name := range []string{"ticks.csv", "events.csv", "verdicts.csv", "votes.csv", "agents.csv", "links.csv"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		must(t, err)
		files[name] = string(text)
	}
	return files
}

func same(t *testing.T, what string, a, b map[string]string) {
	t.Helper()
	for name := range a {
		if a[name] != b[name] {
			t.Errorf("%s: %s differs", what, name)
		}
	}
}

func sentence(err error) string {
	var d *Denied
	if errors.As(err, &d) {
		return d.Sentence
	}
	return ""
}

// A class that sits down and files nothing is played by the model, to the bit.
func TestEmptyClassChangesNothing(t *testing.T) {
	for _, scenario := range []string{"two-blocs", "baseline"} {
		r := newRoom(t, scenario, 4)
		agents := delegation.Agents(r.View().Scenario.World)
		for _, a := range agents {
			if a.First {
				claim(t, r, a.ID)
			}
		}
		must(t, r.Do(Begin))
		for round := 1; round <= 4; round++ {
			must(t, r.Do(Resolve(round)))
		}
		play := r.View().Play
		alone, err := r.View().outcome(&Game{}, "")
		must(t, err)
		for _, m := range Headline() {
			for round := 0; round <= 4; round++ {
				at := max(0, round*play.Plan.Span-1)
				if got, want := play.At(m.Name, round), alone.Result.Series.Of(m.Name)[at]; got != want {
					t.Errorf("%s: %s after round %d is %v, without a class %v", scenario, m.Name, round, got, want)
				}
			}
		}
		if len(play.Asked) == 0 {
			t.Errorf("%s: nobody was asked anything", scenario)
		}
		// What the baseline scripts is answered so whoever sits down.
		scripted := []string{"state.USA adopt", "state.GBR leave"}
		for _, a := range play.Asked {
			if a.Own() && !slices.Contains(scripted, a.Agent+" "+a.Decide) {
				t.Errorf("%s: %s answered %s by itself", scenario, a.Agent, a.Decide)
			}
		}
	}
}

// What a class files reaches the mechanisms: votes, bans, efforts, texts.
func TestOrdersAreCarriedOut(t *testing.T) {
	r := newRoom(t, "two-blocs", 3)
	claim(t, r, "state.HAR", "state.ESK", "state.ALD")
	must(t, r.Do(Begin))
	file(t, r, "state.HAR", 1, "vote:assembly-1", "no", "effort::1", "10", "effort::2", "70", "effort::3", "20", "ban:alphanet", "1",
		"answer:", "sanctions", "draft-forum", "assembly", "draft-title", `A "fair" code \ for all`, "draft-kind", "norm", "draft-position", "50", "draft-depth", "30")
	must(t, r.Do(Resolve(1)))
	play := r.View().Play
	if vote := play.Ballot(1, "assembly-1", "HAR"); vote != "no" {
		t.Errorf("HAR voted %q", vote)
	}
	w := play.World
	har, alphanet := w.FindState("HAR"), w.FindFirm("alphanet")
	if ban := w.Firms.Ban[alphanet*w.States.N+har]; ban != 1 {
		t.Errorf("the ban has strength %v", ban)
	}
	if effort := w.States.Effort[har]; effort[1] != .7 || effort[3] != 0 {
		t.Errorf("effort is %v", effort)
	}
	// The text is on everybody's table in round 2.
	state, play := r.View().State, r.View().Play
	if drafts := play.Drafts(&state.Game); len(drafts) != 1 || drafts[0].ID != "draft-1-HAR" || drafts[0].Title != `A "fair" code \ for all` {
		t.Fatalf("drafts are %+v", drafts)
	}
	sheet := r.View().Sheet("state.ESK")
	if own := r.View().Sheet("state.HAR").Own; own == nil || own.ID != "draft-1-HAR" {
		t.Errorf("HAR does not see its own text: %+v", own)
	}
	if item := find(sheet, "vote:draft-1-HAR"); item == nil || item.Text.Position != .5 || item.Text.Forum == "" {
		t.Fatalf("ESK is not asked to vote on it: %+v", item)
	}
	file(t, r, "state.ESK", 2, "sponsor:draft-1-HAR", "yes", "vote:draft-1-HAR", "yes")
	file(t, r, "state.ALD", 2, "vote:draft-1-HAR", "absent")
	must(t, r.Do(Resolve(2)))
	play = r.View().Play
	t2 := play.World.FindText("draft-1-HAR")
	if t2 < 0 || len(play.World.Texts[t2].Sponsors) != 2 {
		t.Fatalf("the text has not been decided with two sponsors")
	}
	if got := play.Ballot(2, "draft-1-HAR", "ALD"); got != "absent" {
		t.Errorf("ALD voted %q", got)
	}
}

func find(s *Sheet, key string) *Item {
	for g := range s.Groups {
		for k := range s.Groups[g].Items {
			if s.Groups[g].Items[k].Key() == key {
				return &s.Groups[g].Items[k]
			}
		}
	}
	return nil
}

// Orders of the open round stay sealed: nobody's sheet changes by them.
func TestOrdersAreSealed(t *testing.T) {
	r := newRoom(t, "two-blocs", 3)
	claim(t, r, "state.HAR", "state.ESK")
	must(t, r.Do(Begin))
	before := inFull(t, r.View().Sheet("state.ESK"))
	file(t, r, "state.HAR", 1, "vote:assembly-1", "no", "ban:alphanet", "1", "draft-forum", "assembly", "draft-title", "T", "draft-position", "50", "draft-depth", "30")
	if after := inFull(t, r.View().Sheet("state.ESK")); after != before {
		t.Error("a sealed order shows on another's sheet")
	}
}

func TestRefusals(t *testing.T) {
	r := newRoom(t, "two-blocs", 3)
	claim(t, r, "state.HAR")
	if _, err := filing(r, "state.HAR", "x", 1, "", nil); !strings.Contains(sentence(err), "has not begun") {
		t.Error(err)
	}
	must(t, r.Do(Begin))
	for what, c := range map[string]struct {
		fields []string
		want   string
	}{
		"sum":        {[]string{"effort::1", "60", "effort::2", "50"}, "add up to 100 %; yours add up to 110 %"},
		"no number":  {[]string{"effort::1", "much"}, "is not a number from 0 to 100"},
		"NaN":        {[]string{"effort::1", "NaN"}, "is not a number from 0 to 100"},
		"negative":   {[]string{"effort::1", "-5"}, "is not a number from 0 to 100"},
		"no answer":  {[]string{"vote:assembly-1", "maybe"}, "is no answer"},
		"twice":      {[]string{"vote:assembly-1", "yes", "vote:assembly-1", "no"}, "answered twice"},
		"stranger":   {[]string{"vote:A/RES/1/1", "yes"}, "not a question of your sheet"},
		"other's":    {[]string{"sell:", "statenet"}, "not a question of your sheet"},
		"no title":   {[]string{"draft-forum", "assembly", "draft-position", "1", "draft-depth", "1"}, "Give your text a title"},
		"no forum":   {[]string{"draft-title", "Peace"}, "Choose the forum"},
		"foreign":    {[]string{"draft-forum", "open-accord", "draft-title", "Peace", "draft-position", "1", "draft-depth", "1"}, "not a member"},
		"kind":       {[]string{"draft-forum", "assembly", "draft-kind", "bomb", "draft-title", "Peace", "draft-position", "1", "draft-depth", "1"}, "what kind of text"},
		"no depth":   {[]string{"draft-forum", "assembly", "draft-title", "Peace", "draft-position", "1", "draft-depth", "0"}, "asks nothing"},
		"long title": {[]string{"draft-forum", "assembly", "draft-title", strings.Repeat("x", 121), "draft-position", "1", "draft-depth", "1"}, "too long: 121 letters"},
		"long note":  {[]string{"note", strings.Repeat("x", 601)}, "too long"},
	} {
		refusals, err := filing(r, "state.HAR", "x", 1, "", fields(c.fields...))
		if err != nil || len(refusals) == 0 || !strings.Contains(fmt.Sprint(refusals), c.want) {
			t.Errorf("%s: %v %v; want %q", what, err, refusals, c.want)
		}
	}
	if state := r.View().State; len(state.Filed) > 0 {
		t.Error("a refused order was filed")
	}
	// All mistakes at once.
	if refusals, _ := filing(r, "state.HAR", "x", 1, "", fields("effort::1", "60", "vote:assembly-1", "maybe", "draft-title", "Peace")); len(refusals) != 3 {
		t.Errorf("%d of 3 mistakes are reported: %v", len(refusals), refusals)
	}
	// A correction replaces, and the second of a double click changes nothing.
	file(t, r, "state.HAR", 1, "vote:assembly-1", "yes")
	for range 2 {
		if _, err := filing(r, "state.HAR", "x", 1, "n1", fields("vote:assembly-1", "no")); err != nil {
			t.Fatal(err)
		}
	}
	state := r.View().State
	if f, _ := state.Filing(1, "state.HAR"); f.Times != 2 {
		t.Errorf("filed %d times", f.Times)
	}
	must(t, r.Do(Pause))
	if _, err := filing(r, "state.HAR", "x", 1, "", nil); !strings.Contains(sentence(err), "paused") {
		t.Error(err)
	}
	must(t, r.Do(Resume))
	must(t, r.Do(Resolve(1)))
	if err := r.Do(Resolve(1)); !strings.Contains(sentence(err), "closed already") {
		t.Error(err)
	}
	// Late and replayed: the very same form, after the round.
	if _, err := filing(r, "state.HAR", "x", 1, "n2", fields("vote:assembly-1", "no")); !strings.Contains(sentence(err), "too late") {
		t.Error(err)
	}
	if _, err := filing(r, "state.HAR", "x", 3, "", nil); !strings.Contains(sentence(err), "not open yet") {
		t.Error(err)
	}
}

func TestSeats(t *testing.T) {
	r := newRoom(t, "two-blocs", 3)
	token := NewToken()
	must(t, r.Do(Claim("state.HAR", "  Ada\u202e\x07 ", token)))
	word := r.View().State.Seats["state.HAR"].Word
	if agent, name, ok := r.View().State.Who(token); !ok || agent != "state.HAR" || name != "Ada" {
		t.Errorf("the key is %s's, %q", agent, name)
	}
	if _, _, ok := r.View().State.Who(NewToken()); ok {
		t.Error("a forged key opens a seat")
	}
	for what, c := range map[string]struct {
		err  error
		want string
	}{
		"twice":     {r.Do(Claim("state.HAR", "Bob", NewToken())), "is taken already"},
		"same name": {r.Do(Claim("state.IVO", "ada", NewToken())), "called “ada” already"},
		"no name":   {r.Do(Claim("state.IVO", " \t ", NewToken())), "Choose a name"},
		"long name": {r.Do(Claim("state.IVO", strings.Repeat("é", 41), NewToken())), "too long"},
		"nobody":    {r.Do(Claim("state.XXX", "Bob", NewToken())), "no delegation"},
		"boss":      {r.Do(Claim("state.IVO", "Instructor", NewToken())), "is the instructor's"},
		"word":      {r.Do(Team("state.HAR", "0000", "Bob", NewToken())), "not the team word"},
		"empty":     {r.Do(Team("state.IVO", word, "Bob", NewToken())), "Nobody has taken"},
	} {
		if !strings.Contains(sentence(c.err), c.want) {
			t.Errorf("%s: %v; want %q", what, c.err, c.want)
		}
	}
	must(t, r.Do(Team("state.HAR", " "+strings.ToLower(word), "Bob", NewToken())))
	must(t, r.Do(Free("state.HAR")))
	if _, _, ok := r.View().State.Who(token); ok {
		t.Error("the key of a freed seat still opens it")
	}
	claim(t, r, "state.HAR")
}

// TestKill opens copies of the room file as they would lie on disk had the program
// been killed after any byte: what was confirmed is there, and nothing else.
func TestKill(t *testing.T) {
	r := newRoom(t, "two-blocs", 3)
	claim(t, r, "state.HAR")
	must(t, r.Do(Begin))
	file(t, r, "state.HAR", 1, "vote:assembly-1", "no")
	must(t, r.Do(Resolve(1)))
	file(t, r, "state.HAR", 2, "ban:alphanet", "1")
	want := r.View().State
	must(t, r.Close())
	text, err := os.ReadFile(r.path)
	must(t, err)
	begins := []int{0}
	for k, c := range text {
		if c == '\n' {
			begins = append(begins, k+1)
		}
	}
	for n := begins[1]; n <= len(text); n++ {
		whole := 0
		for _, b := range begins {
			if b <= n && b > 0 {
				whole++
			}
		}
		j := new(journal)
		entries, err := j.read("room", text[:n])
		if err != nil || len(entries) != whole {
			t.Fatalf("after %d bytes: %d entries, %v; want %d", n, len(entries), err, whole)
		}
	}
	// A last line of which only some blocks reached the disk.
	torn := slices.Clone(text)
	clear(torn[begins[len(begins)-2]+20 : len(text)-1])
	if entries, err := new(journal).read("room", torn); err != nil || len(entries) != want.Entries-1 {
		t.Errorf("torn line: %d entries, %v", len(entries), err)
	}
	// Cut in the middle of the last line, then played on.
	path := filepath.Join(t.TempDir(), "cut.jsonl")
	must(t, os.WriteFile(path, text[:len(text)-7], 0o600))
	cut := open(t, path)
	if state := cut.View().State; state.Round() != 2 || len(state.Filed) != 1 {
		t.Errorf("round %d, %d rounds with orders", state.Round(), len(state.Filed))
	}
	file(t, cut, "state.HAR", 2, "ban:alphanet", "1")
	must(t, cut.Close())
	again := open(t, path)
	got := again.View().State
	if got.Round() != want.Round() || got.Seats["state.HAR"].Names() != want.Seats["state.HAR"].Names() ||
		got.Game.order(2, "state.HAR").Find("ban:alphanet") == nil || got.Game.order(1, "state.HAR").Find("vote:assembly-1").Word != "no" {
		t.Errorf("after the restart: %+v", got)
	}
	if again.Warning != "" {
		t.Error(again.Warning)
	}
}

func TestDamage(t *testing.T) {
	r := newRoom(t, "two-blocs", 3)
	claim(t, r, "state.HAR", "state.ESK")
	must(t, r.Do(Begin))
	if _, err := Open(r.path); !errors.As(err, new(*InUseError)) {
		t.Errorf("a room is opened twice: %v", err)
	}
	if err := Delete(r.path); !errors.As(err, new(*InUseError)) {
		t.Errorf("an open room is deleted: %v", err)
	}
	must(t, r.Close())
	text, err := os.ReadFile(r.path)
	must(t, err)
	lines := bytes.SplitAfter(text, []byte("\n"))
	damage := func(name string, change func(lines [][]byte) [][]byte) {
		var copied [][]byte
		for _, line := range lines {
			copied = append(copied, slices.Clone(line))
		}
		_, err := new(journal).read("room", bytes.Join(change(copied), nil))
		if !errors.As(err, new(*DamagedError)) {
			t.Errorf("%s is not noticed: %v", name, err)
		}
	}
	damage("a changed letter", func(l [][]byte) [][]byte { l[1][40] ^= 1; return l })
	damage("a lost line", func(l [][]byte) [][]byte { return append(l[:1], l[2:]...) })
	damage("a swap", func(l [][]byte) [][]byte { l[1], l[2] = l[2], l[1]; return l })
	damage("another file", func([][]byte) [][]byte { return [][]byte{[]byte("my notes")} })
	damage("nothing", func([][]byte) [][]byte { return nil })
	notes := filepath.Join(t.TempDir(), "notes.txt")
	must(t, os.WriteFile(notes, []byte("my notes"), 0o600))
	if _, err := Open(notes); err == nil {
		t.Error("notes are opened as a room")
	}
	if err := Delete(notes); err == nil {
		t.Error("notes are deleted as a room")
	}
	if kept, _ := os.ReadFile(notes); string(kept) != "my notes" {
		t.Error("a file that is no room was changed")
	}
	must(t, Delete(r.path))
	if _, err := os.Stat(r.path); err == nil {
		t.Error("the deleted room is still there")
	}
}

// A file that cannot be written refuses the order, and takes no part of it.
func TestDiskIsFull(t *testing.T) {
	r := newRoom(t, "two-blocs", 3)
	claim(t, r, "state.HAR")
	must(t, r.Do(Begin))
	r.journal.file.Close()
	if _, err := filing(r, "state.HAR", "x", 1, "", fields("vote:assembly-1", "no")); err == nil || sentence(err) != "" {
		t.Errorf("an order that is not on disk is confirmed: %v", err)
	}
	if state := r.View().State; len(state.Filed) > 0 {
		t.Error("an order that is not on disk counts")
	}
	r.journal.file = nil
}

// What a view shows stays as it was, whatever is done in the room afterwards.
func TestViewsStay(t *testing.T) {
	r := newRoom(t, "two-blocs", 2)
	claim(t, r, "state.HAR")
	must(t, r.Do(Begin))
	file(t, r, "state.HAR", 1, "vote:assembly-1", "no")
	must(t, r.Do(AddInject(Inject{Effect: "news", Headline: "Peace"})))
	v := r.View()
	state, sheet := inFull(t, v.State), inFull(t, v.Sheet("state.HAR"))
	must(t, r.Do(Team("state.HAR", v.State.Seats["state.HAR"].Word, "Bob", NewToken())))
	must(t, r.Do(AddKey(NewToken())))
	must(t, r.Do(Retract(v.State.Game.Injects[0].Name)))
	file(t, r, "state.HAR", 1, "vote:assembly-1", "yes")
	must(t, r.Do(Resolve(1)))
	must(t, r.Do(Free("state.HAR")))
	if inFull(t, v.State) != state || inFull(t, v.Sheet("state.HAR")) != sheet {
		t.Error("a view has changed")
	}
}

// Stepping back and resolving again gives the same round; the step back is a run
// of the same text.
func TestStepBack(t *testing.T) {
	r := newRoom(t, "two-blocs", 3)
	claim(t, r, "state.HAR", "state.ESK")
	must(t, r.Do(Begin))
	file(t, r, "state.HAR", 1, "vote:assembly-1", "no", "ban:alphanet", "1")
	must(t, r.Do(Resolve(1)))
	first := tables(t, r)
	must(t, r.Do(AddInject(Inject{Effect: "crisis", Headline: "Lights \"out\"", A: "FEN", B: "HAR", Amount: 7})))
	file(t, r, "state.ESK", 2, "answer:", "protest")
	must(t, r.Do(StepBack(1)))
	state := r.View().State
	if state.Round() != 1 || state.Game.order(1, "state.HAR") == nil || len(state.Game.Injects) != 0 || state.Game.order(2, "state.ESK") != nil {
		t.Fatalf("stepped back to %+v", state)
	}
	must(t, r.Do(Resolve(1)))
	same(t, "resolved again", first, tables(t, r))
	must(t, r.Do(StepBack(1)))
	file(t, r, "state.HAR", 1, "vote:assembly-1", "yes")
	must(t, r.Do(Resolve(1)))
	if changed := tables(t, r); changed["votes.csv"] == first["votes.csv"] {
		t.Error("a corrected order changes nothing")
	}
	if err := r.Do(StepBack(2)); sentence(err) == "" {
		t.Errorf("a round that was not resolved is opened again: %v", err)
	}
}

// A room file replays to the same bytes, and so does the class's scenario on its
// own, whatever the class plays.
func TestReplay(t *testing.T) {
	for _, c := range []struct{ scenario, agent, chair, victim, attacker string }{
		{"two-blocs", "state.HAR", "forum.union", "HAR", "FEN"},
		{"baseline", "state.FRA", "forum.un_oewg", "FRA", "RUS"}, // a forum that does not exist yet
	} {
		r := newRoom(t, c.scenario, 3)
		firm := "firm." + r.View().Scenario.World.Firms.ID[0]
		claim(t, r, c.agent, firm, c.chair)
		must(t, r.Do(Begin))
		for round := 1; round <= 3; round++ {
			must(t, r.Do(AddInject(Inject{Effect: "crisis", Headline: "Lights out", A: c.attacker, B: c.victim, Amount: 7})))
			everything(t, r, c.agent, round)
			everything(t, r, firm, round)
			everything(t, r, c.chair, round)
			must(t, r.Do(Resolve(round)))
		}
		play := r.View().Play
		own := map[string]int{}
		for _, a := range play.Asked {
			if a.Own() {
				own[a.Agent]++
			}
		}
		for _, agent := range []string{c.agent, firm, c.chair} {
			if own[agent] == 0 {
				t.Errorf("%s: nothing that %s decided arrived", c.scenario, agent)
			}
		}
		want := tables(t, r)
		read, err := Read(r.path)
		must(t, err)
		same(t, c.scenario+" replayed", want, tables(t, read))
		if read.Warning != "" {
			t.Error(read.Warning)
		}
		// The class's scenario is a scenario like any other.
		s, err := scenarios.Parse("class.toml", r.View().ClassText(), scenarios.Options{})
		must(t, err)
		simulation, err := s.Simulation()
		must(t, err)
		result, err := simulation.Run(t.Context(), 1, models.Recording{})
		must(t, err)
		last, lines := len(result.Series.Of("openness"))-1, strings.Split(strings.TrimSpace(want["ticks.csv"]), "\n")
		if got := fmt.Sprintf("%v", result.Verdict.Label); !strings.Contains(want["verdicts.csv"], got) || len(lines) != last+2 {
			t.Errorf("%s: the class's scenario ends as %s", c.scenario, got)
		}
		if again, err := scenarios.Parse("class.toml", s.Text, scenarios.Options{}); err != nil || again.Hash != s.Hash {
			t.Errorf("%s: the canonical text of the class's scenario is another: %v", c.scenario, err)
		}
	}
}

// everything answers every question of a sheet with its last option.
func everything(t *testing.T, r *Room, agent string, round int) {
	t.Helper()
	sheet := r.View().Sheet(agent)
	values := map[string][]string{"note": {"because"}}
	answered := 0
	for _, g := range sheet.Groups {
		for k := range g.Items {
			i := &g.Items[k]
			answered++
			switch i.Form() {
			case "mix":
				values[i.Key()+":1"], values[i.Key()+":2"] = []string{"40"}, []string{"60"}
			case "point":
				values[i.Key()+":at"], values[i.Key()+":number"] = []string{"30"}, []string{"20,5"}
			default:
				values[i.Key()] = []string{i.Options[len(i.Options)-1].Value}
			}
		}
	}
	if len(sheet.Forums) > 0 {
		values["draft-forum"], values["draft-title"] = []string{sheet.Forums[0].Value}, []string{"Text " + agent}
		values["draft-position"], values["draft-depth"] = []string{"50"}, []string{"30"}
	}
	if refusals, err := filing(r, agent, "x", round, "", values); err != nil || len(refusals) > 0 {
		t.Fatalf("%s, round %d: %v %v", agent, round, err, refusals)
	}
	if answered == 0 {
		t.Errorf("%s has nothing to decide in round %d", agent, round)
	}
}

// Without the class is the model's run with the same injects, and a change of one
// decision is a change of that decision alone.
func TestCounterfactuals(t *testing.T) {
	r := newRoom(t, "two-blocs", 2)
	claim(t, r, "state.HAR", "state.ESK")
	must(t, r.Do(Begin))
	must(t, r.Do(AddInject(Inject{Effect: "crisis", Headline: "Lights out", A: "FEN", B: "HAR", C: "FEN", Amount: 8})))
	file(t, r, "state.HAR", 1, "vote:assembly-1", "no", "answer:", "cross-domain", "ban:alphanet", "1")
	must(t, r.Do(Resolve(1)))
	must(t, r.Do(Resolve(2)))
	c, err := r.Counter()
	must(t, err)
	if c.Class.At("native_reachability") == c.Without.At("native_reachability") {
		t.Error("a ban makes no difference")
	}
	has := func(o *Outcome) bool {
		return slices.ContainsFunc(o.Result.Entries, func(e world.Entry) bool { return e.Text == "Lights out" })
	}
	if !has(c.Class) || !has(c.Without) {
		t.Error("the inject is not in both")
	}
	voted, err := r.WhatIf(Change{1, "state.HAR", "vote:assembly-1", "yes"})
	must(t, err)
	if a, b := c.Class.Votes[0], voted.Votes[0]; a.Name != "assembly-1" || b.Yes != a.Yes+1 || b.No != a.No-1 {
		t.Errorf("the tally %d-%d becomes %d-%d", a.Yes, a.No, b.Yes, b.No)
	}
	if again, err := r.WhatIf(Change{1, "state.HAR", "vote:assembly-1", "yes"}); err != nil || again != voted {
		t.Error("the same question is played twice")
	}
	for what, change := range map[string]Change{
		"nobody": {1, "state.IVO", "", ""}, "no answer": {1, "state.HAR", "vote:assembly-1", "maybe"},
		"unasked": {1, "state.HAR", "vote:none", "yes"}, "round": {2, "state.HAR", "", ""}, "draft": {1, "state.HAR", "draft", ""},
	} {
		if _, err := r.WhatIf(change); sentence(err) == "" {
			t.Errorf("%s: %v", what, err)
		}
	}
	none, err := r.WhatIf(Change{Round: 1, Agent: "state.HAR"})
	must(t, err)
	if got, want := none.At("native_reachability"), c.Without.At("native_reachability"); got != want {
		t.Errorf("the only delegation's orders are gone, and reachability is %v; without the class %v", got, want)
	}
}

func TestLog(t *testing.T) {
	r := newRoom(t, "two-blocs", 2)
	claim(t, r, "state.HAR")
	if err := r.Do(Claim("state.ESK", "=HYPERLINK(1)", NewToken())); err != nil {
		t.Fatal(err)
	}
	must(t, r.Do(Begin))
	file(t, r, "state.HAR", 1, "vote:assembly-1", "no", "note", "We trust, nobody")
	must(t, r.Do(Resolve(1)))
	var b strings.Builder
	must(t, r.View().WriteLog(&b))
	rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
	must(t, err)
	found := false
	for _, row := range rows {
		if row[1] == "state.HAR" && row[8] == "vote" && row[9] == "assembly-1" {
			found = row[11] == "no" && row[13] == "We trust, nobody" && row[6] == "1"
		}
		if strings.HasPrefix(row[3], "=") {
			t.Error("a name is a formula")
		}
	}
	if !found {
		t.Errorf("the vote is not in the log:\n%s", b.String())
	}
}

func TestClockClosesTheRound(t *testing.T) {
	r := newRoom(t, "two-blocs", 2)
	now := time.Now()
	r.now = func() time.Time { return now }
	must(t, r.Do(Begin))
	must(t, r.Do(StartClock(5*time.Minute, true)))
	now = now.Add(2 * time.Minute)
	if _, due := r.View().State.Due(now); due {
		t.Error("the round closes early")
	}
	must(t, r.Do(Pause))
	now = now.Add(time.Hour)
	if _, due := r.View().State.Due(now); due {
		t.Error("the round closes while the game is paused")
	}
	must(t, r.Do(Resume))
	now = now.Add(2 * time.Minute)
	if _, due := r.View().State.Due(now); due {
		t.Error("the pause took time from the class")
	}
	now = now.Add(2 * time.Minute)
	if round, due := r.View().State.Due(now); !due || round != 1 {
		t.Errorf("round %d is due: %v", round, due)
	}
}

func TestInjects(t *testing.T) {
	for _, scenario := range []string{"two-blocs", "baseline"} {
		r := newRoom(t, scenario, 2)
		must(t, r.Do(Begin))
		play := r.View().Play
		list := Library(play.World)
		if len(list) < 7 {
			t.Errorf("%s: a library of %d injects", scenario, len(list))
		}
		for _, i := range list {
			if err := r.Do(AddInject(i)); err != nil {
				t.Errorf("%s: %q: %v", scenario, i.Headline, err)
			}
		}
		must(t, r.Do(Resolve(1)))
		play = r.View().Play
		for _, e := range play.Result.Entries {
			if strings.Contains(e.Text, "could not happen") {
				t.Error(e.Text)
			}
		}
		for what, i := range map[string]Inject{
			"nobody": {Effect: "crisis", Headline: "x", A: "???", B: "USA", Amount: 5}, "himself": {Effect: "crisis", Headline: "x", A: "HAR", B: "HAR", Amount: 5},
			"no headline": {Effect: "news"}, "unknown": {Effect: "meteor", Headline: "x"}, "too much": {Effect: "growth", Headline: "x", A: r.View().Scenario.World.States.ID[0], Amount: 9},
		} {
			if err := r.Do(AddInject(i)); sentence(err) == "" {
				t.Errorf("%s: %v", what, err)
			}
		}
	}
}

func TestPlan(t *testing.T) {
	s, err := scenarios.Load("baseline", scenarios.Options{})
	must(t, err)
	p, err := Fit(s.Calendar, 6, 1)
	must(t, err)
	if p.Span != 4 || p.First(2) != 4 || p.Last(2) != 7 || p.Of(7) != 2 || p.Of(8) != 3 {
		t.Errorf("%+v", p)
	}
	if got := p.When(s.Calendar, 1); got != "July 2018 to June 2019" {
		t.Error(got)
	}
	if _, err := Fit(s.Calendar, 30, 1); err == nil {
		t.Error("30 years fit into 22")
	}
	for _, f := range Formats {
		whole := f.Brief + time.Duration(f.Rounds)*f.Round + f.Break + f.Debrief
		if minutes := map[string]float64{"50min": 50, "90min": 90, "3h": 180}[f.Name]; whole.Minutes() != minutes {
			t.Errorf("%s takes %v", f.Name, whole)
		}
	}
}

// FuzzRead feeds order sheets with anything. Whatever is accepted has to make a
// scenario that the loader reads.
func FuzzRead(f *testing.F) {
	s, err := scenarios.Load("two-blocs", scenarios.Options{})
	if err != nil {
		f.Fatal(err)
	}
	plan := Plan{Rounds: 3, Span: 4}
	p, err := play(s, &State{Setup: Setup{File: "two-blocs.toml", Seed: 1, Plan: plan}}, []string{"state.HAR"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("vote:assembly-1", "yes", "note", "a \"quoted\" \\ note\n", "My title \x00\u2028 \"\"\"", "50", "1e-9")
	f.Add("effort::1", "33.4", "effort::2", "66,6", "", "100", "0x10")
	f.Add("ban:alphanet", "0.5", "sponsor:assembly-1", "yes", "'''", "Inf", "-0")
	f.Fuzz(func(t *testing.T, a, x, b, y, title, position, depth string) {
		order, refusals := p.sheet(&Game{}, "state.HAR").Read(map[string][]string{
			a: {x}, b: {y}, "draft-forum": {"assembly"}, "draft-title": {title}, "draft-position": {position}, "draft-depth": {depth},
		})
		if (order == nil) == (len(refusals) == 0) {
			t.Fatalf("%v and %v", order, refusals)
		}
		if order == nil {
			return
		}
		g := &Game{Orders: []map[string]*Order{{"state.HAR": order}, {}}}
		class, err := scenarios.Parse("class.toml", g.text(s, plan, 2), scenarios.Options{})
		if err != nil {
			t.Fatalf("%+v: %v", order, err)
		}
		if len(class.Settings.Decisions) != len(order.Answers) || len(class.Settings.Events) != len(s.Settings.Events)+1 {
			t.Fatalf("%+v becomes %d decisions and %d events", order, len(class.Settings.Decisions), len(class.Settings.Events))
		}
	})
}

// FuzzJournal reads anything as a room file.
func FuzzJournal(f *testing.F) {
	line, sum, err := encode(0, &Entry{N: 1, Kind: Opened, Setup: &Setup{}})
	if err != nil {
		f.Fatal(err)
	}
	next, _, err := encode(sum, &Entry{N: 2, Kind: Began})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(append(slices.Clone(line), next...))
	f.Add(append(slices.Clone(line), next[:9]...))
	f.Add([]byte("00000000 {}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		j := new(journal)
		entries, err := j.read("room", text)
		if err != nil {
			return
		}
		if len(entries) == 0 || j.end > int64(len(text)) {
			t.Fatalf("%d entries in %d of %d bytes", len(entries), j.end, len(text))
		}
		again, err := new(journal).read("room", text[:j.end])
		if err != nil || len(again) != len(entries) {
			t.Fatalf("the whole lines alone: %d entries, %v", len(again), err)
		}
	})
}

func inFull(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	must(t, err)
	return string(text)
}
