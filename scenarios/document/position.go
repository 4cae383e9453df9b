package document

import (
	"strconv"
	"strings"
)

// The TOML library tells the line of a syntax error but not the line of a key.
// This file finds it: it walks a text that the library has accepted, and notes
// where every key stands. It does not judge the text; where the two disagreed, a
// message would only name the line of the table around the key.

// mark is where a key stands: its line, and its rank among all keys.
type mark struct{ line, rank int }

// step joins the segments of a path, which may hold any other character.
const step = "\x00"

// element is the path of element k of the list at path.
func element(path string, k int) string { return path + step + "#" + strconv.Itoa(k) }

// positions returns the mark of every key and list element of a TOML text.
func positions(text string) map[string]mark {
	s := &scanner{text: text, line: 1, marks: map[string]mark{}, tables: map[string]int{}}
	base := ""
	for s.blank(); s.at < len(s.text); s.blank() {
		before := s.at
		if s.peek() == '[' {
			base = s.header()
		} else {
			s.pair(base)
		}
		if s.at == before {
			s.next()
		}
	}
	return s.marks
}

type scanner struct {
	text   string
	at     int
	line   int
	marks  map[string]mark
	tables map[string]int // elements so far of each list of tables
}

func (s *scanner) peek() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

func (s *scanner) next() {
	if s.at < len(s.text) {
		if s.text[s.at] == '\n' {
			s.line++
		}
		s.at++
	}
}

func (s *scanner) skip(n int) {
	for range n {
		s.next()
	}
}

// blank skips white space, line ends and comments.
func (s *scanner) blank() {
	for s.at < len(s.text) {
		switch s.peek() {
		case ' ', '\t', '\r', '\n':
			s.next()
		case '#':
			for s.at < len(s.text) && s.peek() != '\n' {
				s.next()
			}
		default:
			return
		}
	}
}

func (s *scanner) note(path string) {
	if _, known := s.marks[path]; !known {
		s.marks[path] = mark{s.line, len(s.marks)}
	}
}

// header reads [a.b] or [[a.b]] and returns the path that it opens.
func (s *scanner) header() string {
	list := strings.HasPrefix(s.text[s.at:], "[[")
	s.next()
	if list {
		s.next()
	}
	words := s.words()
	path := ""
	for k, word := range words {
		path += step + word
		s.note(path)
		switch n := s.tables[path]; {
		case list && k == len(words)-1:
			s.tables[path]++
			path = element(path, n)
			s.note(path)
		case n > 0:
			path = element(path, n-1)
		}
	}
	for s.peek() == ']' {
		s.next()
	}
	return path
}

// pair reads key = value below the path base.
func (s *scanner) pair(base string) {
	path := base
	for _, word := range s.words() {
		path += step + word
		s.note(path)
	}
	if s.peek() == '=' {
		s.next()
		s.value(path)
	}
}

// words reads a dotted key.
func (s *scanner) words() []string {
	var words []string
	for {
		s.spaces()
		switch c := s.peek(); {
		case c == '"' || c == '\'':
			from := s.at
			s.quoted()
			words = append(words, unquote(s.text[from:s.at]))
		default:
			from := s.at
			for s.at < len(s.text) && !strings.ContainsRune(" \t\r\n.=]#[{}\"',", rune(s.peek())) {
				s.next()
			}
			words = append(words, s.text[from:s.at])
		}
		s.spaces()
		if s.peek() != '.' {
			return words
		}
		s.next()
	}
}

func (s *scanner) spaces() {
	for s.peek() == ' ' || s.peek() == '\t' {
		s.next()
	}
}

func unquote(quoted string) string {
	if len(quoted) < 2 {
		return quoted
	}
	if quoted[0] == '"' {
		if word, err := strconv.Unquote(quoted); err == nil {
			return word
		}
	}
	return quoted[1 : len(quoted)-1]
}

// value skips a value, noting the keys inside it.
func (s *scanner) value(path string) {
	s.blank()
	switch s.peek() {
	case '"', '\'':
		s.quoted()
	case '[':
		s.next()
		for k := 0; s.inside(']'); k++ {
			s.note(element(path, k))
			s.value(element(path, k))
		}
	case '{':
		s.next()
		for s.inside('}') {
			before := s.at
			s.pair(path)
			if s.at == before {
				s.next()
			}
		}
	default:
		s.next()
		for s.at < len(s.text) && !strings.ContainsRune(",]}#\n", rune(s.peek())) {
			s.next()
		}
	}
}

// inside moves to the next entry of a list or an inline table, and past its end.
func (s *scanner) inside(end byte) bool {
	for s.blank(); s.peek() == ','; s.blank() {
		s.next()
	}
	if s.at >= len(s.text) {
		return false
	}
	if s.peek() == end {
		s.next()
		return false
	}
	return true
}

// quoted skips a string of any of the four kinds.
func (s *scanner) quoted() {
	quote := s.text[s.at : s.at+1]
	end := quote
	if triple := strings.Repeat(quote, 3); strings.HasPrefix(s.text[s.at:], triple) {
		end = triple
	}
	s.skip(len(end))
	for s.at < len(s.text) {
		switch rest := s.text[s.at:]; {
		case quote == `"` && rest[0] == '\\':
			s.skip(2)
		case strings.HasPrefix(rest, end):
			s.skip(len(end))
			// A long string may end in up to two quotes of its own.
			for len(end) == 3 && s.peek() == quote[0] {
				s.next()
			}
			return
		default:
			s.next()
		}
	}
}
