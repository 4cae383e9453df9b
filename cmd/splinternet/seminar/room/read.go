package room

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"splinternet/models/world"
)

// Limits of what a delegation can write.
const (
	maxTitle = 120
	maxNote  = 600
	maxName  = 40
)

// Refusal says why something on an order sheet is not accepted.
type Refusal struct {
	Field    string // of the form
	Sentence string
}

// Read takes an order sheet that was filled in. Values are the fields of the form
// by name: "KEY" for a word or a level, "KEY:1" and on for the percentages of a
// mix, "KEY:at" and "KEY:number" for a point, where KEY is the key of an item; and
// draft-forum, draft-title, draft-kind, draft-position, draft-depth and
// note. A field that is empty leaves the decision to the model. All that is wrong
// is reported at once, and then there is no order.
func (s *Sheet) Read(values map[string][]string) (*Order, []Refusal) {
	r := &reading{sheet: s, values: values, known: map[string]bool{}}
	o := new(Order)
	for g := range s.Groups {
		for k := range s.Groups[g].Items {
			if a := r.item(&s.Groups[g].Items[k]); a != nil {
				o.Answers = append(o.Answers, *a)
			}
		}
	}
	o.Draft = r.draft()
	o.Note = r.text("note", maxNote, "Your reasons are")
	r.unasked()
	if len(r.refusals) > 0 {
		return nil, r.refusals
	}
	return o, nil
}

type reading struct {
	sheet    *Sheet
	values   map[string][]string
	known    map[string]bool
	refusals []Refusal
}

func (r *reading) refuse(field, sentence string, values ...any) {
	r.refusals = append(r.refusals, Refusal{field, fmt.Sprintf(sentence, values...)})
}

// get is the value of a field; a field that was sent twice is refused.
func (r *reading) get(field string) string {
	r.known[field] = true
	list := r.values[field]
	if len(list) > 1 {
		r.refuse(field, "One question was answered twice. Choose one answer.")
	}
	if len(list) != 1 {
		return ""
	}
	return strings.TrimSpace(list[0])
}

func (r *reading) item(i *Item) *Answer {
	a := &Answer{Decide: i.Decide, About: i.About}
	switch formOf(i.Decide) {
	case byMix:
		return r.mix(i, a)
	case byPoint:
		at, number := r.percent(i.Key()+":at", i.Title), r.percent(i.Key()+":number", i.Second)
		if math.IsNaN(at) && math.IsNaN(number) {
			return nil
		}
		if math.IsNaN(at) || math.IsNaN(number) {
			r.refuse(i.Key()+":at", "“%s” needs both numbers, position and %s, or neither.", i.Title, i.Second)
			return nil
		}
		a.At, a.Number = at, number
		return a
	}
	word := r.get(i.Key())
	if word == "" {
		return nil
	}
	if !slices.ContainsFunc(i.Options, func(o Option) bool { return o.Value == word }) {
		r.refuse(i.Key(), "“%s” is no answer to “%s”. Choose one from the list.", clip(word), i.Title)
		return nil
	}
	if formOf(i.Decide) == byLevel {
		a.Number = level(word)
	} else {
		a.Word = word
	}
	return a
}

// mix reads percentages that have to sum to 100.
func (r *reading) mix(i *Item, a *Answer) *Answer {
	total, given, bad := 0.0, false, false
	for k, part := range i.Parts {
		field := fmt.Sprintf("%s:%d", i.Key(), k+1)
		before := len(r.refusals)
		x := r.percent(field, part)
		bad = bad || len(r.refusals) > before
		if math.IsNaN(x) {
			x = 0
		} else {
			given = true
		}
		a.Mix = append(a.Mix, x)
		total += x
	}
	if !given || bad {
		return nil
	}
	const slack = .011 // three thirds of 33 %
	if math.Abs(total-1) > slack {
		r.refuse(i.Key()+":1", "The parts of “%s” have to add up to 100 %%; yours add up to %.0f %%.", i.Title, 100*total)
		return nil
	}
	rest := 1.0
	for k := len(a.Mix) - 1; k > 0; k-- {
		a.Mix[k] /= total
		rest -= a.Mix[k]
	}
	a.Mix[0] = max(0, rest) // so that the sum is 1 to the last digit
	return a
}

// percent reads a number from 0 to 100 as a share; NaN where nothing is given.
func (r *reading) percent(field, what string) float64 {
	word := strings.TrimSpace(strings.TrimSuffix(r.get(field), "%"))
	if word == "" {
		return math.NaN()
	}
	x, err := strconv.ParseFloat(strings.ReplaceAll(word, ",", "."), 64)
	if err != nil || !(x >= 0 && x <= 100) {
		r.refuse(field, "“%s” for “%s” is not a number from 0 to 100.", clip(word), what)
		return math.NaN()
	}
	return x / 100
}

// text reads free text.
func (r *reading) text(field string, longest int, what string) string {
	text := tidy(r.get(field))
	if n := utf8.RuneCountInString(text); n > longest {
		r.refuse(field, "%s too long: %d letters, and %d are allowed.", what, n, longest)
		return ""
	}
	return text
}

// tidy makes free text one line without control characters.
func tidy(text string) string {
	text = strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c):
			return ' '
		case unicode.IsControl(c) || unicode.Is(unicode.Cf, c) || c == utf8.RuneError:
			return -1
		}
		return c
	}, text)
	return strings.Join(strings.Fields(text), " ")
}

func (r *reading) draft() *Draft {
	d := &Draft{Forum: r.get("draft-forum"), Kind: world.TextKind(r.get("draft-kind"))}
	d.Title = r.text("draft-title", maxTitle, "The title of your text is")
	position, depth := r.percent("draft-position", "position of your text"), r.percent("draft-depth", "depth of your text")
	if d.Forum == "" {
		if d.Title != "" {
			r.refuse("draft-forum", "Choose the forum before which you put “%s”, or take its title out.", clip(d.Title))
		}
		return nil
	}
	if !slices.ContainsFunc(r.sheet.Forums, func(o Option) bool { return o.Value == d.Forum }) {
		r.refuse("draft-forum", "You cannot table a text there: you are not a member, or the forum does not decide on texts, or this is the last round.")
		return nil
	}
	if d.Kind == "" {
		d.Kind = world.Norm
	}
	switch {
	case d.Title == "":
		r.refuse("draft-title", "Give your text a title.")
	case !slices.Contains(DraftKinds, d.Kind):
		r.refuse("draft-kind", "Choose what kind of text yours is.")
	case math.IsNaN(position):
		r.refuse("draft-position", "Say where your text stands, from 0 (sovereign) to 100 (open).")
	case math.IsNaN(depth):
		r.refuse("draft-depth", "Say how much your text asks of states, from 0 (nothing) to 100 (everything).")
	case depth == 0:
		r.refuse("draft-depth", "A text of depth 0 asks nothing of anybody. Make it deeper.")
	}
	d.Position, d.Depth = position, depth
	return d
}

// unasked refuses answers to questions that are not on the sheet. Fields
// without a colon belong to the page.
func (r *reading) unasked() {
	var fields []string
	for field := range r.values {
		if strings.Contains(field, ":") && !r.known[field] {
			fields = append(fields, field)
		}
	}
	slices.Sort(fields)
	for _, field := range fields {
		r.refuse(field, "“%s” is not a question of your sheet in this round. Load the page anew and try again.", clip(field))
	}
}

// clip shortens what was sent before it is repeated.
func clip(text string) string {
	const longest = 40
	text = tidy(text)
	if runes := []rune(text); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return text
}

// level reads the value of one of the options of a level.
func level(word string) float64 {
	x, err := strconv.ParseFloat(word, 64)
	if err != nil {
		panic("room: an option that is no level: " + word)
	}
	return x
}
