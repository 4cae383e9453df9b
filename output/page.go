package output

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Look is how a terminal shows a page.
type Look struct {
	Width int  // columns; 0 is 80
	Bold  bool // the terminal can
}

// Page is a page for people under way: headings, wrapped sentences and columns.
type Page struct {
	strings.Builder
	look Look
}

// NewPage begins an empty page.
func NewPage(look Look) *Page {
	if look.Width == 0 {
		look.Width = 80
	}
	return &Page{look: look}
}

// Bold returns the text in bold type, where the terminal can.
func (p *Page) Bold(text string) string {
	if !p.look.Bold {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

// Title writes a line in bold type.
func (p *Page) Title(text string) { p.WriteString(p.Bold(text) + "\n") }

// Heading writes an empty line and one in bold type.
func (p *Page) Heading(text string) {
	p.WriteByte('\n')
	p.Title(text)
}

// Say writes text wrapped to the width, every line behind the indent.
func (p *Page) Say(indent int, text string) { p.Hang("", indent, text) }

// Hang writes text wrapped to the width behind an indent, in which the first line has
// the head.
func (p *Page) Hang(head string, indent int, text string) {
	for _, line := range Wrap(text, p.look.Width-indent) {
		fmt.Fprintf(p, "%-*s%s\n", indent, head, line) // pads by runes, as a terminal does
		head = ""
	}
}

// Columns writes lines of cells: the first to the left, the others to the right.
func (p *Page) Columns(lines [][]string) {
	wide := make([]int, len(lines[0]))
	for _, cells := range lines {
		for k, c := range cells {
			wide[k] = max(wide[k], utf8.RuneCountInString(c))
		}
	}
	for _, cells := range lines {
		line := fmt.Sprintf("  %-*s", wide[0], cells[0])
		for k, c := range cells[1:] {
			line += fmt.Sprintf("  %*s", wide[k+1], c)
		}
		p.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// Print writes the page.
func (p *Page) Print(w io.Writer) error {
	_, err := io.WriteString(w, p.String())
	return err
}

// Wrap breaks text into lines of at most width runes, at spaces.
func Wrap(text string, width int) []string {
	var lines []string
	var line string
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
			lines = append(lines, line)
			line = word
		default:
			line += " " + word
		}
	}
	return append(lines, line)
}
