package seminar

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"splinternet/cmd/splinternet/seminar/delegation"
	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/models/world"
)

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

// instructor lets the instructor in; it is false when it has answered already.
func (s *Server) instructor(w http.ResponseWriter, r *http.Request) (cookie string, ok bool) {
	cookie = s.cookie(r, controlCookie)
	if !s.room.IsInstructor(cookie) {
		s.sorry(w, r, http.StatusForbidden, "This page is the instructor's. Its address is in the terminal in which the seminar was started.")
		return "", false
	}
	return cookie, true
}

// control shows the control page. The address in the terminal carries the key
// once; from then on it is in a cookie.
func (s *Server) control(w http.ResponseWriter, r *http.Request) {
	if key := r.URL.Query().Get("key"); key != "" {
		if !s.room.IsInstructor(key) { // 160 bits: nobody guesses them
			s.sorry(w, r, http.StatusForbidden, "That key does not open the control page. The right address is in the terminal in which the seminar was started.")
			return
		}
		s.setCookie(w, r, controlCookie, key)
		s.to(w, r, "/control")
		return
	}
	cookie, ok := s.instructor(w, r)
	if !ok {
		return
	}
	v := controlView{view: s.view("Control", "control", cookie), Public: s.options.Public}
	v.Lesson = room.FindFormat(v.State.Setup.Lesson)
	v.Minutes = 7
	if v.Lesson != nil {
		v.Minutes = v.Lesson.Round.Minutes()
	}
	v.Seats = controlSeats(v.State, v.Play)
	v.Library, v.Effects = room.Library(v.Play.World), room.Effects
	v.States, v.Firms = statesAndFirms(v.Play.World)
	v.Agents = delegation.Agents(s.room.Base().World)
	v.Last = newTurn(v.State, v.Play, v.State.Through)
	if said := r.URL.Query().Get("said"); said == "paper" {
		v.Said = "The paper is filed."
	}
	s.show(w, http.StatusOK, "control", &v)
}

func controlSeats(state *room.State, play *room.Play) []controlSeat {
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
		c := controlSeat{Agent: agent, Name: play.Name(agent)}
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
func (s *Server) act(w http.ResponseWriter, r *http.Request) {
	cookie, ok := s.instructor(w, r)
	if !ok || !s.checked(w, r, cookie) {
		return
	}
	var err error
	switch r.PathValue("act") {
	case "begin":
		err = s.room.Begin()
	case "clock":
		var minutes float64
		if minutes, err = strconv.ParseFloat(strings.ReplaceAll(r.PostFormValue("minutes"), ",", "."), 64); err != nil || !(minutes > 0 && minutes < 1440) {
			err = &room.Denied{Sentence: "Give the round a number of minutes."}
			break
		}
		err = s.room.StartClock(time.Duration(minutes*float64(time.Minute)), r.PostFormValue("resolve") != "")
	case "pause":
		err = s.room.Pause()
	case "resume":
		err = s.room.Resume()
	case "resolve":
		err = s.room.Resolve(roundOf(r))
	case "back":
		err = s.room.StepBack(roundOf(r))
	case "inject":
		err = s.room.AddInject(injectOf(r))
	case "retract":
		err = s.room.Retract(r.PostFormValue("name"))
	case "free":
		err = s.room.Free(r.PostFormValue("agent"))
	case "debrief":
		err = s.room.OpenDebrief(r.PostFormValue("open") == "yes")
	default:
		s.sorry(w, r, http.StatusNotFound, "There is no such button.")
		return
	}
	if err != nil {
		s.refused(w, r, err)
		return
	}
	s.to(w, r, "/control")
}

// injectOf reads the form of an inject: one of the library, or the instructor's
// own.
func injectOf(r *http.Request) room.Inject {
	value := r.PostFormValue
	i := room.Inject{Effect: value("effect"), Headline: value("headline"), A: value("a"), B: value("b"), C: value("c")}
	amount, err := strconv.ParseFloat(strings.ReplaceAll(value("amount"), ",", "."), 64)
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
func (s *Server) paper(w http.ResponseWriter, r *http.Request) {
	cookie, ok := s.instructor(w, r)
	if !ok {
		return
	}
	v, err := s.paperView(r.URL.Query().Get("agent"), cookie)
	if err != nil {
		s.refused(w, r, err)
		return
	}
	s.show(w, http.StatusOK, "paper", v)
}

func (s *Server) paperView(agent, cookie string) (*seatView, error) {
	state, _ := s.room.View()
	if !state.Begun || state.Over() {
		return nil, &room.Denied{Sentence: "No round is open."}
	}
	sheet, err := s.room.PaperSheet(agent)
	if err != nil {
		return nil, err
	}
	v := s.seatView(agent, room.Instructor, cookie)
	v.Sheet, v.Paper, v.Page = sheet, true, "paper"
	v.Title = "Paper of " + v.Name
	return v, nil
}

// filePaper files what a delegation wrote on paper.
func (s *Server) filePaper(w http.ResponseWriter, r *http.Request) {
	cookie, ok := s.instructor(w, r)
	if !ok || !s.checked(w, r, cookie) {
		return
	}
	agent := r.PostFormValue("agent")
	refusals, err := s.room.File(agent, room.Instructor, roundOf(r), r.PostFormValue("nonce"), r.PostForm)
	if err != nil {
		s.refused(w, r, err)
		return
	}
	if len(refusals) == 0 {
		s.to(w, r, "/control?said=paper")
		return
	}
	v, err := s.paperView(agent, cookie)
	if err != nil {
		s.refused(w, r, err)
		return
	}
	v.Bad, v.Values, v.Said = refusals, r.PostForm, "The paper is not filed yet:"
	s.show(w, http.StatusUnprocessableEntity, "paper", v)
}

// wallView is the projector's page.
type wallView struct {
	view
	Now     *turnView
	Drafts  []room.DraftFacts
	Public  string
	Code    bool // shown to whoever runs the projector, not to phones
	Seats   []controlSeat
	Waiting []string
	Network *drawing
}

// projector is the view on the wall, for the instructor and whoever has a seat.
func (s *Server) projector(w http.ResponseWriter, r *http.Request) {
	cookie := s.cookie(r, controlCookie)
	instructor := s.room.IsInstructor(cookie)
	if !instructor {
		if _, _, ok := s.room.Who(s.cookie(r, seatCookie)); !ok {
			s.to(w, r, "/")
			return
		}
	}
	v := wallView{view: s.view("Projector", "projector", cookie), Public: s.options.Public, Code: instructor}
	v.Now = newTurn(v.State, v.Play, v.State.Through)
	v.Drafts = v.Play.Drafts(&v.State.Game)
	v.Seats = controlSeats(v.State, v.Play)
	for _, seat := range v.Seats {
		if !seat.Filed && v.State.Open() {
			v.Waiting = append(v.Waiting, seat.Name)
		}
	}
	drawings, err := s.drawings()
	if err != nil {
		s.tell(err) // the wall is worth having without it
	}
	for k := range drawings {
		if drawings[k].Name == "network" {
			v.Network = &drawings[k]
		}
	}
	s.show(w, http.StatusOK, "projector", &v)
}
