package seminar

import (
	"embed"
	"fmt"
	"html/template"
	"strings"
	"time"

	"splinternet/cmd/splinternet/seminar/room"
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
	"list":     func(values ...string) []string { return values },
	"kind":     kindWords,
	"clock":    func(t time.Time) string { return t.Local().Format("15:04:05") },
	"minutes":  func(d time.Duration) string { return fmt.Sprintf("%g", d.Minutes()) },
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

	room.View
	News news
}

func (d *desk) view(title, page, cookie string) view {
	v := d.room.View()
	return view{
		Title: title, Page: page, Base: d.options.Base, Form: formToken(cookie), Nonce: room.NewToken()[:16],
		View: v, News: newsOf(v.State),
	}
}

// When words the months of a round.
func (v *view) When(round int) string { return v.State.Setup.Plan.When(v.Play.Calendar, round) }

// Round is the open round.
func (v *view) Round() int { return v.State.Round() }

// Breaking are the injects of the open round.
func (v *view) Breaking() []room.Inject {
	var list []room.Inject
	for _, i := range v.State.Game.Injects {
		if i.Round == v.State.Round() {
			list = append(list, i)
		}
	}
	return list
}
