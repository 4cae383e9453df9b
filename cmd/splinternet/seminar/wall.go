package seminar

import (
	"net/http"
	"strings"

	"splinternet/cmd/splinternet/seminar/room"
)

// wall serves the projector, and the figures that are drawn of the rounds.
type wall struct {
	*desk
	figures *figures
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

// show is the view on the wall, for the instructor and whoever has a seat.
func (p *wall) show(w http.ResponseWriter, r *http.Request) {
	key, instructor, ok := p.insider(r)
	if !ok {
		p.to(w, r, "/")
		return
	}
	v := wallView{view: p.view("Projector", "projector", key), Public: p.options.Public, Code: instructor}
	v.Now = newTurn(v.View, v.State.Through)
	v.Drafts = v.Play.Drafts(&v.State.Game)
	v.Seats = controlSeats(v.View)
	for _, seat := range v.Seats {
		if !seat.Filed && v.State.Open() {
			v.Waiting = append(v.Waiting, seat.Name)
		}
	}
	drawings, err := p.figures.of(v.View)
	if err != nil {
		p.tell(err) // the wall is worth having without it
	}
	for k := range drawings {
		if drawings[k].Name == "network" {
			v.Network = &drawings[k]
		}
	}
	p.send(w, http.StatusOK, "projector", &v)
}

// figure hands out a drawing to whoever may see the wall.
func (p *wall) figure(w http.ResponseWriter, r *http.Request) {
	if _, _, ok := p.insider(r); !ok {
		p.sorry(w, http.StatusForbidden, "This figure is for the class.")
		return
	}
	list, err := p.figures.of(p.room.View())
	if err != nil {
		p.refused(w, err)
		return
	}
	name := strings.TrimSuffix(r.PathValue("name"), ".svg")
	for _, d := range list {
		if d.Name == name {
			w.Header().Set("Content-Type", "image/svg+xml")
			// The drawing sets its own styles; it can do nothing else.
			w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
			_, _ = w.Write(d.svg)
			return
		}
	}
	p.sorry(w, http.StatusNotFound, "There is no such figure.")
}
