package seminar

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"

	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/models/verdict"
	"splinternet/models/world"
	"splinternet/output"
)

//go:embed pages/*.html
var templates embed.FS

// pages are the templates, each with the frame around it.
var pages = parsePages()

func parsePages() map[string]*template.Template {
	list := map[string]*template.Template{}
	for _, name := range []string{"front", "seats", "seat", "control", "paper", "projector", "debrief", "pack", "sorry", "cards"} {
		list[name] = template.Must(template.New(name).Funcs(words).ParseFS(templates, "pages/frame.html", "pages/parts.html", "pages/debriefbody.html", "pages/"+name+".html"))
	}
	return list
}

// words are what templates can say.
var words = template.FuncMap{
	"percent":  func(x float64) string { return output.PercentIn("\u00a0", x) },
	"scale":    func(x float64) string { return fmt.Sprintf("%.0f", 100*x) },
	"digits":   func(x float64) string { return fmt.Sprintf("%.2f", x) },
	"signed":   func(x float64) string { return fmt.Sprintf("%+.0f", 100*x) },
	"minus":    func(a, b float64) float64 { return a - b },
	"add":      func(a, b int) int { return a + b },
	"list":     func(values ...string) []string { return values },
	"rule":     func(r world.DecisionRule) string { return strings.ReplaceAll(string(r), "_", " ") },
	"kind":     kindWords,
	"clock":    func(t time.Time) string { return t.Local().Format("15:04:05") },
	"minutes":  func(d time.Duration) string { return fmt.Sprintf("%g", d.Minutes()) },
	"label":    func(l verdict.Label) string { return l.Words() },
	"meaning":  func(l verdict.Label) string { return l.Meaning() },
	"deciding": decidingWords,
}

func kindWords(k world.TextKind) string {
	switch k {
	case world.Views:
		return "asks for views"
	case world.Support:
		return "backs a forum"
	case world.Create:
		return "sets up a forum"
	case world.Treaty:
		return "treaty: binds those who ratify"
	case world.Norm:
		return "norm: voluntary rules"
	}
	return string(k)
}

// decidingWords words a question of the log.
func decidingWords(decide string) string {
	switch decide {
	case "vote":
		return "vote on"
	case "stance":
		return "consensus on"
	case "stack":
		return "technology"
	case "recognise":
		return "recognise"
	case "control":
		return "border controls"
	case "answer":
		return "answer to an attack by"
	case "effort":
		return "diplomats"
	case "agree":
		return "agreement with"
	case "found":
		return "rival forum on"
	case "renew":
		return "mandate of"
	case "sell":
		return "products"
	case "lobby":
		return "lobbying"
	case "text":
		return "chair's text"
	case "represent":
		return "office at"
	}
	return strings.ReplaceAll(decide, "-", " ")
}

// view is what every page knows.
type view struct {
	Title string
	Page  string
	Base  string // in front of every link
	Form  string // token of the forms
	Nonce string // of this form
	Said  string // what the last form came to
	Bad   []room.Refusal

	State *room.State
	Play  *room.Play
	Turn  int
	Left  int
	News  news
}

func (s *Server) view(title, page, cookie string) view {
	state, play := s.room.View()
	v := view{
		Title: title, Page: page, Base: s.options.Base, Form: formToken(cookie), Nonce: room.NewToken()[:16],
		State: state, Play: play, Turn: state.Turn, Left: secondsLeft(state), News: s.news(),
	}
	return v
}

// When words the months of a round.
func (v *view) When(round int) string { return v.State.Setup.Plan.When(v.Play.Calendar, round) }

// Round is the open round.
func (v *view) Round() int { return v.State.Round() }

// show writes a page. It is made whole before any of it is sent.
func (s *Server) show(w http.ResponseWriter, status int, page string, data any) {
	var b bytes.Buffer
	if err := pages[page].ExecuteTemplate(&b, "frame", data); err != nil {
		s.tell(err)
		http.Error(w, "This page could not be made.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes()) // whoever has gone does not need it
}

// sorry shows a page with one sentence.
func (s *Server) sorry(w http.ResponseWriter, r *http.Request, status int, sentence string) {
	v := s.view("Sorry", "sorry", "")
	v.Said = sentence
	s.show(w, status, "sorry", &v)
}

// refused answers a form that was not accepted: a sentence for whoever sent it, or
// what went wrong inside.
func (s *Server) refused(w http.ResponseWriter, r *http.Request, err error) {
	var d *room.Denied
	if errors.As(err, &d) {
		s.sorry(w, r, http.StatusConflict, d.Sentence)
		return
	}
	s.tell(err)
	s.sorry(w, r, http.StatusInternalServerError, "That could not be stored, so it has not happened. Tell your instructor.")
}

// read reads a form, within the limits. It is false when it has answered already.
func (s *Server) read(w http.ResponseWriter, r *http.Request) bool {
	err := r.ParseForm()
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		s.sorry(w, r, http.StatusRequestEntityTooLarge, "That is too much text. Shorten it and send it again.")
		return false
	case err != nil:
		s.sorry(w, r, http.StatusBadRequest, "That form could not be read. Load the page anew and try again.")
		return false
	}
	return true
}

// checked reads a form and makes sure that it was made for this browser.
func (s *Server) checked(w http.ResponseWriter, r *http.Request, cookie string) bool {
	if !s.read(w, r) {
		return false
	}
	if !genuine(r, cookie) {
		s.sorry(w, r, http.StatusForbidden, "This form is not from your page of the seminar, or that page is too old. Load it anew and fill it in there.")
		return false
	}
	return true
}

// to sends a browser to another page of the seminar.
func (s *Server) to(w http.ResponseWriter, r *http.Request, path string) {
	http.Redirect(w, r, s.options.Base+path, http.StatusSeeOther)
}
