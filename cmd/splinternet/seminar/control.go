package seminar

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/models/world"
)

// control serves the instructor.
type control struct{ *desk }

// controlView is the instructor's page.
type controlView struct {
	view
	Public  string
	Seats   []controlSeat
	Library []room.Inject
	Effects []room.EffectForm
	States  []room.Option
	Firms   []room.Option
	Agents  []delegation.Agent
	Lesson  *room.Format
	Last    *turnView
	Minutes float64
}

type controlSeat struct {
	Agent, Name, Members, Word string
	Filed                      bool
	Filing                     room.Filing
	Vacant                     bool // nobody has it, but there are orders for it
}

// show shows the control page. The address in the terminal carries the key
// once; from then on it is in a cookie.
func (c *control) show(w http.ResponseWriter, r *http.Request) {
	if key := r.URL.Query().Get("key"); key != "" {
		if !c.room.View().State.IsInstructor(key) { // 160 bits: nobody guesses them
			c.sorry(w, http.StatusForbidden, "That key does not open the control page. The right address is in the terminal in which the seminar was started.")
			return
		}
		c.setCookie(w, r, controlCookie, key)
		c.to(w, r, "/control")
		return
	}
	cookie, ok := c.instructor(w, r)
	if !ok {
		return
	}
	v := controlView{view: c.view("Control", "control", cookie), Public: c.options.Public}
	v.Lesson = room.FindFormat(v.State.Setup.Lesson)
	v.Minutes = 7
	if v.Lesson != nil {
		v.Minutes = v.Lesson.Round.Minutes()
	}
	v.Seats = controlSeats(v.View)
	v.Library, v.Effects = room.Library(v.Play.World), room.Effects
	v.States, v.Firms = statesAndFirms(v.Play.World)
	v.Agents = delegation.Agents(v.Scenario.World)
	v.Last = newTurn(v.View, v.State.Through)
	if said := r.URL.Query().Get("said"); said == "paper" {
		v.Said = "The paper is filed."
	}
	c.send(w, http.StatusOK, "control", &v)
}

func controlSeats(v room.View) []controlSeat {
	state := v.State
	agents := state.Agents()
	round := state.Round()
	if round >= 1 && round <= len(state.Game.Orders) {
		for agent := range state.Game.Orders[round-1] {
			agents = append(agents, agent)
		}
	}
	slices.Sort(agents)
	var list []controlSeat
	for _, agent := range slices.Compact(agents) {
		c := controlSeat{Agent: agent, Name: v.Play.Name(agent)}
		if seat := state.Seats[agent]; seat != nil {
			c.Members, c.Word = seat.Names(), seat.Word
		} else {
			c.Vacant = true
		}
		c.Filing, c.Filed = state.Filing(round, agent)
		list = append(list, c)
	}
	return list
}

// statesAndFirms are choices by name.
func statesAndFirms(w *world.World) (states, firms []room.Option) {
	for i := range w.States.N {
		states = append(states, room.Option{Value: w.States.ID[i], Label: w.States.Name[i]})
	}
	for f := range w.Firms.N {
		firms = append(firms, room.Option{Value: w.Firms.ID[f], Label: w.Firms.Name[f]})
	}
	byLabel := func(a, b room.Option) int { return strings.Compare(a.Label, b.Label) }
	slices.SortFunc(states, byLabel)
	slices.SortFunc(firms, byLabel)
	return states, firms
}

// act does what a button of the control page says.
func (c *control) act(w http.ResponseWriter, r *http.Request) {
	cookie, ok := c.instructor(w, r)
	if !ok || !c.checked(w, r, cookie) {
		return
	}
	act, err := actOf(r)
	if err == nil && act == nil {
		c.sorry(w, http.StatusNotFound, "There is no such button.")
		return
	}
	if err == nil {
		err = c.room.Do(act)
	}
	if err != nil {
		c.refused(w, err)
		return
	}
	c.to(w, r, "/control")
}

// actOf is what a button of the control page stands for; nil where there is none.
func actOf(r *http.Request) (room.Act, error) {
	switch r.PathValue("act") {
	case "begin":
		return room.Begin, nil
	case "clock":
		minutes, err := decimal(r.PostFormValue("minutes"))
		if err != nil || !(minutes > 0 && minutes < 1440) {
			return nil, &room.Denied{Sentence: "Give the round a number of minutes."}
		}
		return room.StartClock(time.Duration(minutes*float64(time.Minute)), r.PostFormValue("resolve") != ""), nil
	case "pause":
		return room.Pause, nil
	case "resume":
		return room.Resume, nil
	case "resolve":
		return room.Resolve(roundOf(r)), nil
	case "back":
		return room.StepBack(roundOf(r)), nil
	case "inject":
		return room.AddInject(injectOf(r)), nil
	case "retract":
		return room.Retract(r.PostFormValue("name")), nil
	case "free":
		return room.Free(r.PostFormValue("agent")), nil
	case "debrief":
		return room.OpenDebrief(r.PostFormValue("open") == "yes"), nil
	}
	return nil, nil
}

// decimal reads a number with a point or a comma.
func decimal(text string) (float64, error) {
	return strconv.ParseFloat(strings.ReplaceAll(text, ",", "."), 64)
}

// injectOf reads the form of an inject: one of the library, or the instructor's
// own.
func injectOf(r *http.Request) room.Inject {
	value := r.PostFormValue
	i := room.Inject{Effect: value("effect"), Headline: value("headline"), A: value("a"), B: value("b"), C: value("c")}
	amount, err := decimal(value("amount"))
	if form := room.FindEffect(i.Effect); form != nil {
		if value("amount") == "" {
			amount, err = form.Usual, nil
		}
		// One form serves all kinds: what a kind does not use does not matter.
		if form.Kind == "firm" {
			i.A = value("firm")
		}
		if form.B == "" {
			i.B = ""
		}
		if form.C == "" {
			i.C = ""
		}
		if form.A == "" {
			i.A = ""
		}
	}
	if err == nil {
		i.Amount = amount
	} else {
		i.Amount = 1e9 // which no kind allows
	}
	return i
}

// paper shows the sheet of any delegation to the instructor.
func (c *control) paper(w http.ResponseWriter, r *http.Request) {
	cookie, ok := c.instructor(w, r)
	if !ok {
		return
	}
	v, err := c.paperView(r.URL.Query().Get("agent"), cookie)
	if err != nil {
		c.refused(w, err)
		return
	}
	c.send(w, http.StatusOK, "paper", v)
}

func (c *control) paperView(agent, cookie string) (*seatView, error) {
	if !c.room.View().State.Playing() {
		return nil, &room.Denied{Sentence: "No round is open."}
	}
	sheet, err := c.room.PaperSheet(agent)
	if err != nil {
		return nil, err
	}
	v := c.seatView(agent, room.Instructor, cookie)
	v.Sheet, v.Paper, v.Page = sheet, true, "paper"
	v.Title = "Paper of " + v.Name
	return v, nil
}

// filePaper files what a delegation wrote on paper.
func (c *control) filePaper(w http.ResponseWriter, r *http.Request) {
	cookie, ok := c.instructor(w, r)
	if !ok || !c.checked(w, r, cookie) {
		return
	}
	agent := r.PostFormValue("agent")
	err := c.room.Do(room.File(agent, room.Instructor, roundOf(r), r.PostFormValue("nonce"), r.PostForm))
	var wrong *room.RefusedError
	switch {
	case err == nil:
		c.to(w, r, "/control?said=paper")
		return
	case !errors.As(err, &wrong):
		c.refused(w, err)
		return
	}
	v, err := c.paperView(agent, cookie)
	if err != nil {
		c.refused(w, err)
		return
	}
	v.Bad, v.Values, v.Said = wrong.Refusals, r.PostForm, "The paper is not filed yet:"
	c.send(w, http.StatusUnprocessableEntity, "paper", v)
}
