package scenarios

import (
	"fmt"
	"math"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"splinternet/models"
	"splinternet/scenarios/problem"
	"splinternet/scenarios/spec"
	"splinternet/sim"
)

// The files of problems that come from the command line.
const fromVary = "--vary"

// Vary is what a sweep is asked to vary, and where it was asked.
type Vary struct {
	Text string
	File string // --vary unless a scenario says it
	Line int

	written []written
}

// VaryFlags are the values of --vary on a command line.
func VaryFlags(texts []string) []Vary {
	list := make([]Vary, len(texts))
	for k, text := range texts {
		list[k] = Vary{Text: text, File: fromVary}
	}
	return list
}

// Factors reads what a sweep of the scenario is to vary. Each text is one of
//
//	influence.bound=0.2:0.8       an interval; LOW:HIGH:log spaces it by logarithm
//	standards.network=1,2,4       a list: numbers, words, true and false, dates
//	event.new-ip.date=2019-01-01:2023-01-01   the dates on which a tick begins
//	state.CHN.position+state.RUS.position=0:0.3   keys that take the same value
//	influence.bound               the plausible range of a parameter
//	influence.*, all              those of all parameters that fit, or of all
//	-verdict.*                    takes parameters out again
//	trust: security.trust-*       puts what follows into the group "trust"
//
// A parameter that is named counts before one that fits a pattern. Every value at
// the end of a range, and every level, is tried on the scenario. The error is of
// type problem.List.
func (s *Scenario) Factors(list []Vary) ([]Factor, error) {
	c := new(problem.Collector)
	for _, v := range list {
		c.Reading(v.File)
	}
	p := &varyParser{Collector: c, scenario: s}
	for _, v := range list {
		p.parse(v)
	}
	factors := p.settle()
	for k := range factors {
		p.try(&factors[k])
	}
	if err := c.Err(); err != nil {
		return nil, err
	}
	return factors, nil
}

// Idle is a mechanism that is switched off, though parameters of it vary.
type Idle struct {
	Mechanism string
	Addresses []string // of the parameters, or of events
}

// Idle lists, in the order of a tick, the mechanisms that the scenario switches off and
// no factor switches on again, of which a factor varies something all the same.
func (s *Scenario) Idle(factors []Factor) []Idle {
	var list []Idle
	for _, m := range models.Mechanisms() {
		if !s.Settings.Off[m.Name] {
			continue
		}
		idle, on := Idle{Mechanism: m.Name}, false
		for k := range factors {
			for _, address := range factors[k].Addresses {
				on = on || address == "mechanisms."+m.Name
				// What the mechanism of events plays has addresses of its own.
				if strings.HasPrefix(address, m.Name+".") || m.Name == "events" && strings.HasPrefix(address, "event.") {
					idle.Addresses = append(idle.Addresses, address)
				}
			}
		}
		if !on && idle.Addresses != nil {
			list = append(list, idle)
		}
	}
	return list
}

// varyParser gathers factors in the order in which they are asked for.
type varyParser struct {
	*problem.Collector
	scenario *Scenario
	factors  []Factor
	pattern  []bool // by factor: it fits a pattern, and was not named
	group    string // of the text that is being read
	written  []written
}

func (p *varyParser) refuse(at problem.Place, key, format string, args ...any) {
	at.Key = problem.Clip(key)
	p.At(at, format, args...)
}

func (p *varyParser) parse(v Vary) {
	at := problem.Place{File: v.File, Line: v.Line}
	key, text, given := strings.Cut(v.Text, "=")
	p.group, key = cutGroup(key)
	p.written = v.written
	key, text = strings.TrimSpace(key), strings.TrimSpace(text)
	switch {
	case key == "" || given && text == "":
		p.refuse(at, v.Text, "is nothing to vary; write KEY=LOW:HIGH, KEY=A,B,C, or the name of a parameter")
	case strings.HasPrefix(key, "-"):
		p.takeOut(at, strings.TrimPrefix(key, "-"), given)
	case key == "all" || strings.ContainsRune(key, '*'):
		p.fitting(at, key, given)
	case !given:
		p.plausible(at, key)
	default:
		p.named(at, key, text)
	}
}

// groupName is a word without dots, so that a range behind a parameter's name is not
// taken for one.
var groupName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)

// cutGroup takes the name of a group off what is varied.
func cutGroup(text string) (group, key string) {
	name, rest, found := strings.Cut(text, ":")
	if name = strings.TrimSpace(name); found && groupName.MatchString(name) {
		return name, rest
	}
	return "", text
}

// matching lists the parameters that a pattern fits.
func (p *varyParser) matching(at problem.Place, pattern string) []*sim.Parameter {
	if pattern == "all" {
		pattern = "*"
	}
	var list []*sim.Parameter
	for _, d := range spec.Parameters().All() {
		if fits, err := path.Match(pattern, d.Name); err != nil {
			p.refuse(at, pattern, "is no pattern: * stands for any letters")
			return nil
		} else if fits {
			list = append(list, d)
		}
	}
	if len(list) == 0 {
		mechanism, _ := spec.FirstWord(pattern)
		p.refuse(at, pattern, "fits no parameter%s", problem.Hint(mechanism+".*", mechanismPatterns()))
	}
	return list
}

// mechanismPatterns are the patterns of all parameters of one mechanism.
func mechanismPatterns() []string {
	var list []string
	for _, d := range spec.Parameters().All() {
		mechanism, _ := spec.FirstWord(d.Name)
		if pattern := mechanism + ".*"; !slices.Contains(list, pattern) {
			list = append(list, pattern)
		}
	}
	return list
}

func (p *varyParser) fitting(at problem.Place, pattern string, given bool) {
	if given {
		p.refuse(at, pattern, "a pattern stands for plausible ranges and takes none; name the parameter to give it a range")
		return
	}
	for _, d := range p.matching(at, pattern) {
		if d.Plausible.Min == d.Plausible.Max && d.Kind != sim.Switch && d.Kind != sim.Choice || p.find(d.Name) >= 0 {
			continue
		}
		p.put(at, plausibleFactor(d), true)
	}
}

func (p *varyParser) takeOut(at problem.Place, pattern string, given bool) {
	if given {
		p.refuse(at, "-"+pattern, "what is taken out has no range")
		return
	}
	gone := 0
	for _, d := range p.matching(at, pattern) {
		if k := p.find(d.Name); k >= 0 {
			p.factors = slices.Delete(p.factors, k, k+1)
			p.pattern = slices.Delete(p.pattern, k, k+1)
			gone++
		}
	}
	if gone == 0 && p.Len() == 0 {
		p.refuse(at, "-"+pattern, "takes out nothing: write it after what it takes out of, such as all")
	}
}

func (p *varyParser) find(name string) int {
	return slices.IndexFunc(p.factors, func(f Factor) bool { return slices.Contains(f.Addresses, name) })
}

// put adds a factor. One that is named takes the place of one that fits a pattern.
func (p *varyParser) put(at problem.Place, f Factor, pattern bool) {
	f.place, f.Group, f.written = at, p.group, p.written
	for _, address := range f.Addresses {
		k := p.find(address)
		switch {
		case k < 0:
		case p.pattern[k]:
			p.factors = slices.Delete(p.factors, k, k+1)
			p.pattern = slices.Delete(p.pattern, k, k+1)
		default:
			p.refuse(at, f.Name, "%s is varied twice", address)
			return
		}
	}
	p.factors, p.pattern = append(p.factors, f), append(p.pattern, pattern)
}

// plausible varies a parameter over its plausible range.
func (p *varyParser) plausible(at problem.Place, key string) {
	d := spec.Parameters().Find(key)
	if d == nil {
		if words := address(key); len(words) != 3 || words[0] != "parameters" {
			p.refuse(at, key, "is no parameter and has no plausible range; write %s=LOW:HIGH or %s=A,B,C", key, key)
			return
		}
		p.refuse(at, key, "unknown parameter%s", spec.ParameterHint(key))
		return
	}
	if d.Plausible.Min == d.Plausible.Max && (d.Kind == sim.Number || d.Kind == sim.Integer) {
		p.refuse(at, key, "has no plausible range but %g; say the range, as in %s=LOW:HIGH", d.Plausible.Min, key)
		return
	}
	p.put(at, plausibleFactor(d), false)
}

func plausibleFactor(d *sim.Parameter) Factor {
	f := Factor{Name: d.Name, Addresses: []string{d.Name}, Low: d.Plausible.Min, High: d.Plausible.Max}
	switch d.Kind {
	case sim.Switch, sim.Choice:
		f.Scale, f.Low, f.High = Listed, 0, 0
		for k := int(d.Domain.Max); k >= 0; k-- {
			f.Levels = append(f.Levels, d.Format(float64(k)))
		}
		if d.Kind == sim.Choice {
			slices.Reverse(f.Levels)
		}
		f.text = f.Name + "=" + strings.Join(f.Levels, ",")
		return f
	case sim.Integer:
		f.Scale = Whole
	default:
		f.Scale = Linear
	}
	f.text = fmt.Sprintf("%s=%s:%s", f.Name, cell(f.Low), cell(f.High))
	return f
}

// named varies keys over the values that a text names.
func (p *varyParser) named(at problem.Place, key, text string) {
	f := Factor{Name: key, text: key + "=" + text}
	for word := range strings.SplitSeq(key, "+") {
		word = strings.TrimSpace(word)
		if word == "" {
			p.refuse(at, key, "a key is missing beside +")
			return
		}
		if slices.Contains(f.Addresses, word) {
			p.refuse(at, key, "%s is named twice", word)
			return
		}
		f.Addresses = append(f.Addresses, word)
	}
	f.Name = strings.Join(f.Addresses, "+")
	var ok bool
	if strings.Contains(text, ":") && !strings.Contains(text, ",") && !strings.HasPrefix(text, `"`) {
		ok = p.interval(at, &f, text)
	} else {
		ok = p.levels(at, &f, text)
	}
	if ok {
		p.put(at, f, false)
	}
}

func (p *varyParser) levels(at problem.Place, f *Factor, text string) bool {
	f.Scale = Listed
	for word := range strings.SplitSeq(text, ",") {
		word = strings.TrimSpace(word)
		switch {
		case word == "":
			p.refuse(at, f.Name, "a value is missing between commas")
			return false
		case strings.ContainsAny(word, "\"'[]{}\r\n#"):
			p.refuse(at, f.Name, "%q is not allowed; allowed: numbers, words, dates, true and false, without quotes", problem.Clip(word))
			return false
		}
		if x, err := strconv.ParseFloat(word, 64); err == nil && !math.IsInf(x, 0) && !math.IsNaN(x) {
			word = cell(x)
		}
		if slices.Contains(f.Levels, word) {
			p.refuse(at, f.Name, "%s is listed twice", problem.Clip(word))
			return false
		}
		f.Levels = append(f.Levels, word)
	}
	return true
}

// interval reads LOW:HIGH or LOW:HIGH:log, of numbers or of dates.
func (p *varyParser) interval(at problem.Place, f *Factor, text string) bool {
	parts := strings.Split(text, ":")
	f.Scale = Linear
	if len(parts) == 3 && strings.TrimSpace(parts[2]) == string(Log) {
		f.Scale, parts = Log, parts[:2]
	}
	if len(parts) != 2 {
		p.refuse(at, f.Name, "%q is no range; write LOW:HIGH, or LOW:HIGH:log", problem.Clip(text))
		return false
	}
	low, high := strings.TrimSpace(parts[0]), strings.TrimSpace(parts[1])
	from, err := time.Parse(time.DateOnly, low)
	to, err2 := time.Parse(time.DateOnly, high)
	if err == nil && err2 == nil && f.Scale == Linear {
		return p.dates(at, f, from, to)
	}
	f.Low, err = strconv.ParseFloat(low, 64)
	f.High, err2 = strconv.ParseFloat(high, 64)
	const huge = 1e300 // the difference of two numbers is a number
	switch {
	case err != nil || err2 != nil || !(math.Abs(f.Low) < huge) || !(math.Abs(f.High) < huge):
		p.refuse(at, f.Name, "%q is no range; allowed: two numbers or two dates, LOW:HIGH", problem.Clip(text))
	case f.Low >= f.High:
		p.refuse(at, f.Name, "%s:%s is no range: the second number must be the greater", low, high)
	case f.Scale == Log && f.Low <= 0:
		p.refuse(at, f.Name, "%s:%s has no logarithms; both numbers must be greater than 0", low, high)
	default:
		return true
	}
	return false
}

// dates lists the first date and the beginnings of all ticks after it, up to the
// last: within a tick, the day makes no difference.
func (p *varyParser) dates(at problem.Place, f *Factor, from, to time.Time) bool {
	c := p.scenario.Calendar
	if !from.Before(to) {
		p.refuse(at, f.Name, "%s:%s is no range: the second date must be the later", from.Format(time.DateOnly), to.Format(time.DateOnly))
		return false
	}
	if from.Before(c.Start) || !to.Before(c.Date(c.Ticks)) {
		p.refuse(at, f.Name, "%s:%s leaves the run, which goes from %s to %s", from.Format(time.DateOnly), to.Format(time.DateOnly),
			c.Start.Format(time.DateOnly), c.Date(c.Ticks).AddDate(0, 0, -1).Format(time.DateOnly))
		return false
	}
	f.Scale = Listed
	f.Levels = []string{from.Format(time.DateOnly)}
	for t := c.At(from) + 1; t <= c.At(to); t++ {
		f.Levels = append(f.Levels, c.Date(t).Format(time.DateOnly))
	}
	return true
}

// settle returns the factors, in the order in which they were asked for.
func (p *varyParser) settle() []Factor {
	if len(p.factors) == 0 && p.Len() == 0 {
		p.At(problem.Place{}, "there is nothing to vary")
	}
	return p.factors
}
