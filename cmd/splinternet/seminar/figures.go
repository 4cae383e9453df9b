package seminar

import (
	"html/template"
	"net/http"
	"sync"
)

// figures keeps what was drawn of a state of the room.
type figures struct {
	sync.Mutex
	change int // entries of the journal when they were drawn
	drawn  map[string][]byte
}

// drawing is a figure with the words that go with it.
type drawing struct {
	Name, Title, Caption, Alt string
	Source                    template.URL // of the drawing, within the page
}

// drawings are the figures of the debrief.
func (s *Server) drawings() ([]drawing, error) { return nil, nil }

func (s *Server) figure(w http.ResponseWriter, r *http.Request) {
	s.sorry(w, r, http.StatusNotFound, "There is no such figure.")
}
