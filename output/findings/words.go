package findings

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/output"
	"splinternet/scenarios/studies/factors"
)

// lost words what is missing of the runs, for a warning, or "".
func lost(d *factors.Data) string {
	var parts []string
	if d.Failed > 0 {
		parts = append(parts, fmt.Sprintf("%s failed", output.Count(d.Failed, "run")))
	}
	if d.Missing > 0 {
		parts = append(parts, fmt.Sprintf("%d %s not been played (sweep --resume goes on)", d.Missing, plural(d.Missing, "has", "have")))
	}
	if parts == nil {
		return ""
	}
	text := fmt.Sprintf("%s of %d, and %s left out", strings.Join(parts, " and "), d.Points*d.Runs, plural(d.Failed+d.Missing, "is", "are"))
	if n := d.Emptied(); n > 0 {
		text += fmt.Sprintf("; %d of %s %s no run, and nothing is known of what happens there", n, output.Count(d.Points, "point"), plural(n, "has", "have"))
	}
	return text
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// care says, in front of the numbers, which runs they are not made of.
func care(p *output.Page, d *factors.Data) {
	if lost := lost(d); lost != "" {
		p.Say(0, "Read with care: "+lost+".")
	}
}

// warnings says what else a reader must know.
func warnings(p *output.Page, list []string, d *factors.Data) {
	list = slices.DeleteFunc(list, func(text string) bool { return text == lost(d)+"." })
	if len(list) == 0 {
		return
	}
	p.Heading("Warnings")
	for _, text := range list {
		p.Say(2, text)
	}
}
