package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"rsc.io/qr"

	"splinternet/cmd/splinternet/seminar"
	"splinternet/cmd/splinternet/seminar/room"
	"splinternet/output"
	"splinternet/scenarios"
)

// seminarOptions are the flags of seminar.
type seminarOptions struct {
	scenario     string // "" when none is named
	set, without []string
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

// seminarVerb serves a room to a class, until it is interrupted.
func seminarVerb(ctx context.Context, c *console, o seminarOptions) error {
	if o.base != "" && (!strings.HasPrefix(o.base, "/") || strings.ContainsAny(o.base, "?#% ") || strings.Contains(o.base, "//")) {
		return misuse(fmt.Errorf("--base-path %q: a path such as /cyber", o.base))
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
		fmt.Fprintf(c.err, "splinternet: warning: %s\n", r.Warning)
	}
	listener, err := net.Listen("tcp", o.listen)
	var address *net.AddrError
	if errors.As(err, &address) {
		err = misuse(fmt.Errorf("--listen %s: %s", o.listen, address.Err), "as in --listen :8018, or --listen 127.0.0.1:8018 for this computer alone")
	} else if err != nil {
		err = failed(fmt.Errorf("cannot listen at %s: %w", o.listen, err), "--listen with another port, such as --listen "+otherPort(o.listen))
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
	if err := r.AddKey(key); err != nil {
		return failed(err)
	}
	local := "http://" + reachable(listener.Addr(), false) + o.base + "/"
	public := o.public
	if public == "" && !loopback(listener.Addr()) {
		public = "http://" + reachable(listener.Addr(), true) + o.base + "/"
	}
	o.announce(c, r, path, fresh, local, public, key)
	s := seminar.New(r, seminar.Options{Base: o.base, Proxied: o.proxied, Public: public, Talk: c.err})
	if err := s.Serve(ctx, listener); err != nil {
		return failed(err)
	}
	c.say("the seminar is closed; the same command with --room %s opens it again", path)
	return nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// prepare finds the room file, and makes it where there is none.
func (o *seminarOptions) prepare(c *console) (path string, fresh bool, err error) {
	path = o.room
	if path != "" {
		switch info, err := os.Stat(path); {
		case err == nil && info.IsDir():
			return "", false, misuse(fmt.Errorf("--room %s: that is a folder, and a room is a file", path), "as in --room "+output.Quote(filepath.Join(path, "class.jsonl")))
		case err == nil:
			return path, false, o.checkRoom(path)
		}
		if folder := filepath.Dir(path); !isFolder(folder) {
			return "", false, misuse(fmt.Errorf("--room %s: there is no folder %s", path, folder), "make it first, or name a file elsewhere")
		}
	}
	name := o.scenario
	if name == "" {
		name = "baseline"
	}
	s, err := load(c, name, scenarios.Options{Set: o.set, Without: o.without})
	if err != nil {
		return "", false, misuse(err)
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
			return "", false, failed(err)
		}
	default:
		file += ".toml"
	}
	if err := room.Create(path, room.NewSetup(s, file, o.seed, o.format, plan)); err != nil {
		return "", false, failed(err, "--room FILE names another file")
	}
	return path, true, nil
}

func (o *seminarOptions) plan(s *scenarios.Scenario) (room.Plan, error) {
	lesson := room.FindFormat(o.format)
	if lesson == nil {
		return room.Plan{}, misuse(fmt.Errorf("--format %q: allowed: %s", o.format, strings.Join(room.FormatNames(), ", ")), didYouMean(o.format, room.FormatNames()))
	}
	rounds, years := lesson.Rounds, lesson.Years
	if o.given("rounds") {
		rounds = o.rounds
	}
	if o.given("years") {
		years = o.years
	}
	if rounds < 1 {
		return room.Plan{}, misuse(fmt.Errorf("--rounds %d: at least 1", rounds), fmt.Sprintf("without --rounds a lesson of %s has %d", lesson.Name, lesson.Rounds))
	}
	if !(years > 0 && years <= 20) {
		return room.Plan{}, misuse(fmt.Errorf("--years %g: more than 0, and 20 at most", years))
	}
	plan, err := room.Fit(s.Calendar, rounds, years)
	if err != nil {
		hint := "fewer --years make a round shorter, and time.ticks of the scenario its span longer"
		if most := s.Calendar.Ticks / plan.Span; most > 0 {
			hint = fmt.Sprintf("--rounds %d is the most with %s a round; fewer --years make a round shorter", most, output.Count(plan.Span, "tick"))
		}
		return plan, misuse(err, hint)
	}
	return plan, nil
}

// checkRoom refuses to go on with a room on terms that are not its own.
func (o *seminarOptions) checkRoom(path string) error {
	if o.changesARoom {
		return misuse(fmt.Errorf("%s is a room that goes on: its scenario, seed, format and rounds are settled", path),
			"leave those flags out, or name another file with --room")
	}
	if o.scenario == "" {
		return nil
	}
	r, err := room.Read(path)
	if err != nil {
		return roomFailed(err)
	}
	state, _ := r.View()
	if name := strings.TrimSuffix(filepath.Base(o.scenario), ".toml"); name != state.Setup.Scenario {
		return misuse(fmt.Errorf("%s plays %s, not %s", path, state.Setup.Scenario, name), "leave the scenario out, or name another file with --room")
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
		return misuse(fmt.Errorf("%s: there is no such file", at.Path), "a seminar prints the name of its room file when it begins")
	case errors.As(err, &at) && errors.Is(err, syscall.EISDIR):
		return misuse(fmt.Errorf("%s is a folder, and a room is a file", at.Path), "a seminar prints the name of its room file when it begins")
	case errors.As(err, &used):
		return failed(err, "close that seminar first: only one can have the room")
	case errors.As(err, &damaged) && damaged.Line == 1:
		return misuse(err, "--room names a file that a seminar made, or one that does not exist yet")
	}
	return failed(err)
}

// otherPort is the address with the next port.
func otherPort(address string) string {
	host, port, err := net.SplitHostPort(address)
	var n int
	if _, scan := fmt.Sscan(port, &n); err != nil || scan != nil {
		return "127.0.0.1:8019"
	}
	return net.JoinHostPort(host, fmt.Sprint(n+1))
}

// reachable is the address under which a listener is reached: from this machine,
// or from others in its network.
func reachable(address net.Addr, others bool) string {
	tcp, ok := address.(*net.TCPAddr)
	if !ok {
		return address.String()
	}
	port := fmt.Sprint(tcp.Port)
	switch {
	case !tcp.IP.IsUnspecified():
		return net.JoinHostPort(tcp.IP.String(), port)
	case !others:
		return net.JoinHostPort("127.0.0.1", port)
	}
	return net.JoinHostPort(ownAddress(), port)
}

// loopback tells whether only this machine can reach a listener.
func loopback(address net.Addr) bool {
	tcp, ok := address.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

// ownAddress is the address of this machine in its network: the first private one.
func ownAddress() string {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return "127.0.0.1"
	}
	best := "127.0.0.1"
	for _, a := range addresses {
		in, ok := a.(*net.IPNet)
		if !ok || in.IP.To4() == nil || in.IP.IsLoopback() || in.IP.IsLinkLocalUnicast() {
			continue
		}
		if in.IP.IsPrivate() {
			return in.IP.String()
		}
		best = in.IP.String()
	}
	return best
}

// announce prints where the pages are.
func (o *seminarOptions) announce(c *console, r *room.Room, path string, fresh bool, local, public, key string) {
	state, play := r.View()
	setup := &state.Setup
	begins := "begins"
	if !fresh {
		begins = "goes on"
		if round := state.Round(); round > 0 {
			begins += fmt.Sprintf(" in round %d", round)
		}
	}
	fmt.Fprintf(c.out, "%s: the seminar %s\n", r.Base().Title, begins)
	fmt.Fprintf(c.out, "%s, %s to %s, seed %d\n\n", output.Count(setup.Plan.Rounds, "round"),
		play.Calendar.Start.Format("January 2006"), play.Calendar.Date(setup.Plan.Last(setup.Plan.Rounds)+1).AddDate(0, 0, -1).Format("January 2006"), setup.Seed)
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
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
		fmt.Fprintf(c.out, "\nOnly this computer can join. --listen :8018 opens it to your network.\n")
	} else if _, screen := terminal(c.out); screen {
		fmt.Fprintf(c.out, "\n%s", qrCode(public+"?code="+url.QueryEscape(setup.Code)))
	}
	c.say("\nCtrl-C closes the seminar; nothing is lost")
}

// qrCode draws a code with half blocks, light on dark whatever the terminal's
// colours, with the quiet zone that cameras need.
func qrCode(text string) string {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return "" // the address stands above it
	}
	const quiet = 2
	var b strings.Builder
	light := func(x, y int) bool {
		return x < 0 || y < 0 || x >= code.Size || y >= code.Size || !code.Black(x, y)
	}
	for y := -quiet; y < code.Size+quiet; y += 2 {
		b.WriteString("  \x1b[97;40m")
		for x := -quiet; x < code.Size+quiet; x++ {
			switch top, bottom := light(x, y), light(x, y+1); {
			case top && bottom:
				b.WriteRune('█')
			case top:
				b.WriteRune('▀')
			case bottom:
				b.WriteRune('▄')
			default:
				b.WriteByte(' ')
			}
		}
		b.WriteString("\x1b[0m\n")
	}
	return b.String()
}

// seminarReplay replays a room file and says what the class did.
func seminarReplay(c *console, o seminarOptions) error {
	r, err := room.Read(o.replay)
	if err != nil {
		return roomFailed(err)
	}
	if r.Warning != "" {
		fmt.Fprintf(c.err, "splinternet: warning: %s\n", r.Warning)
	}
	state, play := r.View()
	fmt.Fprintf(c.out, "%s, %d of %d rounds, seed %d, %s\n", r.Base().Title, state.Through, state.Setup.Plan.Rounds, state.Setup.Seed,
		output.Count(len(state.Players()), "delegation"))
	for round := 1; round <= state.Through; round++ {
		replayRound(c.out, state, play, round)
	}
	if o.out == "" {
		return nil
	}
	extra := map[string][]byte{}
	if state.Through > 0 {
		if extra["debrief.html"], err = seminar.Pack(r); err != nil {
			return failed(err)
		}
	}
	if err := r.WriteAll(o.out, o.force, extra); err != nil {
		return refusal(err)
	}
	c.say("\n%s holds the tables, the class's scenario, the log and the debrief", o.out)
	return nil
}

func replayRound(w io.Writer, state *room.State, play *room.Play, round int) {
	fmt.Fprintf(w, "\nRound %d, %s: %s\n", round, play.Plan.When(play.Calendar, round), play.Label(round).Words())
	filed := 0
	if round <= len(state.Filed) {
		filed = len(state.Filed[round-1])
	}
	fmt.Fprintf(w, "  native reachability %.3f, depth %.3f, openness %.3f; %s filed\n",
		play.At("native_reachability", round), play.At("cooperation_depth", round), play.At("openness", round), output.Count(filed, "order sheet"))
	for _, e := range play.Votes(round) {
		fmt.Fprintf(w, "  %s: %d yes, %d no, %d abstain\n", e.Name, e.Yes, e.No, e.Abstain)
	}
}

// seminarDelete deletes a room for good.
func seminarDelete(c *console, path string) error {
	if err := room.Delete(path); err != nil {
		return roomFailed(err)
	}
	c.say("%s is deleted, with all names and orders in it", path)
	return nil
}

// seminarCards writes printable role cards.
func seminarCards(c *console, name, out string, agents []string, force bool) error {
	s, err := load(c, name, scenarios.Options{})
	if err != nil {
		return misuse(err)
	}
	start, err := room.StartOf(s)
	if err != nil {
		return failed(err)
	}
	if len(agents) == 0 {
		for _, a := range room.Agents(s.World) {
			if a.Among {
				agents = append(agents, a.ID)
			}
		}
	}
	var known []string
	for _, a := range room.Agents(s.World) {
		known = append(known, a.ID)
	}
	var cards []*room.Card
	for _, agent := range agents {
		card := room.NewCard(start, agent)
		if card.Role == "" {
			return misuse(fmt.Errorf("there is no delegation %q", agent), didYouMean(agent, known), "as in: --agent state.IND, firm.huawei or forum.un_oewg")
		}
		cards = append(cards, card)
	}
	text, err := seminar.Cards(s.Title, cards)
	if err != nil {
		return failed(err)
	}
	path := filepath.Join(out, "cards.html")
	if _, err := os.Stat(path); err == nil && !force {
		return misuse(fmt.Errorf("%s exists already", path), "--force replaces it, --out DIR writes elsewhere")
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return failed(err)
	}
	if err := room.WriteWhole(path, text); err != nil {
		return failed(err)
	}
	c.say("%s: %s, one on a page; print it from a browser", path, output.Count(len(cards), "role card"))
	return nil
}
