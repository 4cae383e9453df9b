package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"splinternet/cmd/splinternet/internal/console"
	"splinternet/cmd/splinternet/seminar"
	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/output"
	"splinternet/scenarios"
)

// options are the flags of seminar.
type options struct {
	scenario     string // "" when none is named
	changes      scenarios.Options
	listen       string
	format       string
	room         string
	rounds       int
	given        func(flag string) bool
	years        float64
	seed         uint64
	public, base string
	proxied      bool
	replay, out  string
	force        bool
	changesARoom bool // a flag is given that only a new room can take
}

// serve serves a room to a class, until it is interrupted.
func (o *options) serve(ctx context.Context, c *console.Console) error {
	if o.base != "" && (!strings.HasPrefix(o.base, "/") || strings.ContainsAny(o.base, "?#% ") || strings.Contains(o.base, "//")) {
		return console.Misuse(fmt.Errorf("--base-path %q: a path such as /cyber", o.base))
	}
	path, fresh, err := o.prepare(c)
	if err != nil {
		return err
	}
	r, err := room.Open(path)
	if err != nil {
		return roomFailed(err)
	}
	defer r.Close()
	if r.Warning != "" {
		fmt.Fprintf(c.Err, "splinternet: warning: %s\n", r.Warning)
	}
	listener, err := net.Listen("tcp", o.listen)
	var address *net.AddrError
	if errors.As(err, &address) {
		err = console.Misuse(fmt.Errorf("--listen %s: %s", o.listen, address.Err), "as in --listen :8018, or --listen 127.0.0.1:8018 for this computer alone")
	} else if err != nil {
		err = console.Failed(fmt.Errorf("cannot listen at %s: %w", o.listen, err), "--listen with another port, such as --listen "+otherPort(o.listen))
	}
	if err != nil {
		if fresh { // a room that nobody has seen
			r.Close()
			os.Remove(path)
			os.Remove(path + ".lock")
		}
		return err
	}
	key := room.NewToken()
	if err := r.Do(room.AddKey(key)); err != nil {
		return console.Failed(err)
	}
	local := "http://" + reachable(listener.Addr(), false) + o.base + "/"
	public := o.public
	if public == "" && !loopback(listener.Addr()) {
		public = "http://" + reachable(listener.Addr(), true) + o.base + "/"
	}
	o.announce(c, r, path, fresh, local, public, key)
	s := seminar.New(r, seminar.Options{Base: o.base, Proxied: o.proxied, Public: public, Talk: c.Err})
	if err := s.Serve(ctx, listener); err != nil {
		return console.Failed(err)
	}
	c.Say("the seminar is closed; the same command with --room %s opens it again", path)
	return nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// prepare finds the room file, and makes it where there is none.
func (o *options) prepare(c *console.Console) (path string, fresh bool, err error) {
	path = o.room
	if path != "" {
		switch info, err := os.Stat(path); {
		case err == nil && info.IsDir():
			return "", false, console.Misuse(fmt.Errorf("--room %s: that is a folder, and a room is a file", path), "as in --room "+output.Quote(filepath.Join(path, "class.jsonl")))
		case err == nil:
			return path, false, o.checkRoom(path)
		}
		if folder := filepath.Dir(path); !isFolder(folder) {
			return "", false, console.Misuse(fmt.Errorf("--room %s: there is no folder %s", path, folder), "make it first, or name a file elsewhere")
		}
	}
	name := o.scenario
	if name == "" {
		name = "baseline"
	}
	s, err := c.Load(name, o.changes)
	if err != nil {
		return "", false, console.Misuse(err)
	}
	plan, err := o.plan(s)
	if err != nil {
		return "", false, err
	}
	if path == "" {
		path = fmt.Sprintf("seminar-%s-%s.jsonl", s.Name, time.Now().Format("20060102-150405"))
	}
	file := name
	switch {
	case name == "-":
		file = "stdin.toml"
	case strings.HasSuffix(name, ".toml"):
		if file, err = filepath.Abs(name); err != nil {
			return "", false, console.Failed(err)
		}
	default:
		file += ".toml"
	}
	if err := room.Create(path, room.NewSetup(s, file, o.seed, o.format, plan)); err != nil {
		return "", false, console.Failed(err, "--room FILE names another file")
	}
	return path, true, nil
}

func (o *options) plan(s *scenarios.Scenario) (room.Plan, error) {
	lesson := room.FindFormat(o.format)
	if lesson == nil {
		return room.Plan{}, console.Misuse(fmt.Errorf("--format %q: allowed: %s", o.format, strings.Join(room.FormatNames(), ", ")), console.DidYouMean(o.format, room.FormatNames()))
	}
	rounds, years := lesson.Rounds, lesson.Years
	if o.given("rounds") {
		rounds = o.rounds
	}
	if o.given("years") {
		years = o.years
	}
	if rounds < 1 {
		return room.Plan{}, console.Misuse(fmt.Errorf("--rounds %d: at least 1", rounds), fmt.Sprintf("without --rounds a lesson of %s has %d", lesson.Name, lesson.Rounds))
	}
	if !(years > 0 && years <= 20) {
		return room.Plan{}, console.Misuse(fmt.Errorf("--years %g: more than 0, and 20 at most", years))
	}
	plan, err := room.Fit(s.Calendar, rounds, years)
	if err != nil {
		hint := "fewer --years make a round shorter, and time.ticks of the scenario its span longer"
		if most := s.Calendar.Ticks / plan.Span; most > 0 {
			hint = fmt.Sprintf("--rounds %d is the most with %s a round; fewer --years make a round shorter", most, output.Count(plan.Span, "tick"))
		}
		return plan, console.Misuse(err, hint)
	}
	return plan, nil
}

// checkRoom refuses to go on with a room on terms that are not its own.
func (o *options) checkRoom(path string) error {
	if o.changesARoom {
		return console.Misuse(fmt.Errorf("%s is a room that goes on: its scenario, seed, format and rounds are settled", path),
			"leave those flags out, or name another file with --room")
	}
	if o.scenario == "" {
		return nil
	}
	r, err := room.Read(path)
	if err != nil {
		return roomFailed(err)
	}
	state := r.View().State
	if name := strings.TrimSuffix(filepath.Base(o.scenario), ".toml"); name != state.Setup.Scenario {
		return console.Misuse(fmt.Errorf("%s plays %s, not %s", path, state.Setup.Scenario, name), "leave the scenario out, or name another file with --room")
	}
	return nil
}

// roomFailed words why a room file cannot be used.
func roomFailed(err error) error {
	var damaged *room.DamagedError
	var used *room.InUseError
	var at *fs.PathError
	switch {
	case errors.As(err, &at) && errors.Is(err, fs.ErrNotExist):
		return console.Misuse(fmt.Errorf("%s: there is no such file", at.Path), "a seminar prints the name of its room file when it begins")
	case errors.As(err, &at) && errors.Is(err, syscall.EISDIR):
		return console.Misuse(fmt.Errorf("%s is a folder, and a room is a file", at.Path), "a seminar prints the name of its room file when it begins")
	case errors.As(err, &used):
		return console.Failed(err, "close that seminar first: only one can have the room")
	case errors.As(err, &damaged) && damaged.Line == 1:
		return console.Misuse(err, "--room names a file that a seminar made, or one that does not exist yet")
	}
	return console.Failed(err)
}

// announce prints where the pages are.
func (o *options) announce(c *console.Console, r *room.Room, path string, fresh bool, local, public, key string) {
	v := r.View()
	state := v.State
	setup := &state.Setup
	begins := "begins"
	if !fresh {
		begins = "goes on"
		if round := state.Round(); round > 0 {
			begins += fmt.Sprintf(" in round %d", round)
		}
	}
	fmt.Fprintf(c.Out, "%s: the seminar %s\n", v.Scenario.Title, begins)
	fmt.Fprintf(c.Out, "%s, %s to %s, seed %d\n\n", output.Count(setup.Plan.Rounds, "round"),
		v.Play.Calendar.Start.Format("January 2006"), v.Play.Calendar.Date(setup.Plan.Last(setup.Plan.Rounds)+1).AddDate(0, 0, -1).Format("January 2006"), setup.Seed)
	w := tabwriter.NewWriter(c.Out, 0, 0, 2, ' ', 0)
	class := local
	if public != "" {
		class = public
	}
	fmt.Fprintf(w, "  class\t%s\tcode %s\n", class, setup.Code)
	fmt.Fprintf(w, "  control\t%scontrol?key=%s\tyours alone\n", local, key)
	fmt.Fprintf(w, "  projector\t%sprojector\tafter control, in the same browser\n", local)
	fmt.Fprintf(w, "  room file\t%s\tthe same command with --room goes on\n", path)
	w.Flush()
	if public == "" {
		fmt.Fprintf(c.Out, "\nOnly this computer can join. --listen :8018 opens it to your network.\n")
	} else if _, screen := console.Terminal(c.Out); screen {
		fmt.Fprintf(c.Out, "\n%s", qrCode(public+"?code="+url.QueryEscape(setup.Code)))
	}
	c.Say("\nCtrl-C closes the seminar; nothing is lost")
}
