// Package seminar serves a room to a class: pages for students on their phones,
// for the instructor and for the projector, in plain HTML forms that work without
// JavaScript.
//
// The server keeps nothing that the room does not: a page is made from the room as
// it is, a form is one entry of its journal, and an open event stream only says
// that there is something new. So it can be killed and started again at any
// moment, and phones that reconnect find what they left.
package seminar

import (
	"context"
	"embed"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"splinternet/cmd/splinternet/seminar/room"
)

//go:embed static
var assets embed.FS

// Options say how a room is served.
type Options struct {
	// Base is the path under which a proxy shows the server, such as "/cyber"; ""
	// is the root.
	Base string
	// Proxied says that a proxy stands in front, whose X-Forwarded-Proto and
	// X-Forwarded-For can be trusted.
	Proxied bool
	// Public is the address that the class uses, such as http://10.0.0.5:8018/;
	// the projector shows it.
	Public string
	// Talk takes what went wrong inside; nil drops it.
	Talk io.Writer
}

// Server serves one room.
type Server struct {
	*desk
	guard   *guard
	handler http.Handler
}

// Limits of requests. Order sheets are a few kilobytes.
const (
	maxBody     = 64 << 10
	maxHeader   = 16 << 10
	headerTime  = 5 * time.Second
	requestTime = 15 * time.Second
	idleTime    = 2 * time.Minute
)

// New makes a server of a room.
func New(r *room.Room, o Options) *Server {
	d, drawn := newDesk(r, o), new(figures)
	s := &Server{desk: d, guard: newGuard()}
	static, err := fs.Sub(assets, "static")
	if err != nil {
		panic("seminar: " + err.Error())
	}
	mux := http.NewServeMux()
	mux.Handle("GET /static/", http.StripPrefix("/static/", http.FileServerFS(static)))
	front := &front{d, s.guard}
	mux.HandleFunc("GET /{$}", front.ask)
	mux.HandleFunc("POST /join", front.join)
	mux.HandleFunc("POST /claim", front.claim)
	seats := &seats{d}
	mux.HandleFunc("GET /seat", seats.show)
	mux.HandleFunc("POST /order", seats.order)
	mux.HandleFunc("POST /withdraw", seats.withdraw)
	mux.HandleFunc("GET /events", (&streams{desk: d, byKey: map[string]int{}}).events)
	control := &control{d}
	mux.HandleFunc("GET /control", control.show)
	mux.HandleFunc("POST /control/{act}", control.act)
	mux.HandleFunc("GET /control/paper", control.paper)
	mux.HandleFunc("POST /control/paper", control.filePaper)
	wall := &wall{d, drawn}
	mux.HandleFunc("GET /projector", wall.show)
	mux.HandleFunc("GET /figure/{name}", wall.figure)
	debrief := &debrief{d, drawn}
	mux.HandleFunc("GET /debrief", debrief.show)
	mux.HandleFunc("GET /debrief/pack.html", debrief.pack)
	mux.HandleFunc("GET /export/{file}", debrief.export)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		d.sorry(w, http.StatusNotFound, "There is no such page.")
	})
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		d.sorry(w, http.StatusForbidden, "This form was sent from another site. Open the page of the seminar and fill it in there.")
	}))
	s.handler = s.limits(cross.Handler(http.StripPrefix(d.options.Base, mux)))
	return s
}

// ServeHTTP serves a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// limits sets the headers that every answer has, and bounds what a request may
// take.
func (s *Server) limits(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		h.Set("Cache-Control", "no-store")
		if s.secure(r) {
			h.Set("Strict-Transport-Security", "max-age=86400")
		}
		if s.options.Base != "" && r.URL.Path != s.options.Base && !strings.HasPrefix(r.URL.Path, s.options.Base+"/") {
			http.NotFound(w, r)
			return
		}
		if r.URL.Path == s.options.Base && s.options.Base != "" {
			http.Redirect(w, r, s.options.Base+"/", http.StatusSeeOther)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		control := http.NewResponseController(w)
		now := time.Now()
		_ = control.SetReadDeadline(now.Add(requestTime)) // a recorder of tests has none
		_ = control.SetWriteDeadline(now.Add(requestTime))
		next.ServeHTTP(w, r)
	})
}

// Serve serves a listener until the context is done, and closes rounds whose time
// is up.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s, ReadHeaderTimeout: headerTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
		BaseContext: func(net.Listener) context.Context { return ctx },
	}
	var background sync.WaitGroup
	background.Go(func() { s.watchClock(ctx) })
	background.Go(func() {
		<-ctx.Done()
		// Open streams end with the context; forms under way are finished.
		stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
		defer cancel()
		if server.Shutdown(stopping) != nil {
			server.Close()
		}
	})
	err := server.Serve(listener)
	if errors.Is(err, http.ErrServerClosed) {
		err = nil
	}
	if ctx.Err() != nil {
		background.Wait()
	}
	return err
}

// watchClock closes rounds that the instructor lets close by themselves.
func (s *Server) watchClock(ctx context.Context) {
	ticker := time.NewTicker(500 * time.Millisecond)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if round, due := s.room.View().State.Due(time.Now()); due {
				if err := s.room.Do(room.Resolve(round)); err != nil {
					s.tell(err)
				}
			}
		}
	}
}
