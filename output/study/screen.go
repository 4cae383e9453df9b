package study

import (
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"

	"splinternet/output"
	"splinternet/scenarios/studies"
	"splinternet/sim/analysis"
)

// WriteScreen writes what was found for people, in tables and sentences, and the reasons
// to read it with care, wrapped to the width.
func (f *Finding) WriteScreen(w io.Writer, width int) error {
	var b strings.Builder
	f.tell(&b)
	if len(f.Manifest.Warnings) > 0 {
		b.WriteString("\nRead with care\n")
		for _, warning := range f.Manifest.Warnings {
			b.WriteString("- " + strings.Join(output.Wrap(warning.Text, width-2), "\n  ") + "\n")
		}
	}
	_, err := io.WriteString(w, trailing.ReplaceAllString(b.String(), "\n"))
	return err
}

// trailing are the spaces with which a table fills up its last column.
var trailing = regexp.MustCompile(` +\n`)

// wrapped breaks a paragraph into lines that fit a page.
func wrapped(text string) string {
	const width = 88
	return strings.Join(output.Wrap(text, width), "\n") + "\n"
}

// columnsOf are the measures on a screen, by place in studies.Headlines: those wanted, or
// those that the verdict rests on.
func columnsOf(wanted []string) []int {
	if len(wanted) == 0 {
		wanted = []string{"native_reachability", "effective_reachability", "cooperation_depth", "hostility"}
	}
	names := studies.HeadlineNames()
	var list []int
	for _, name := range wanted {
		list = append(list, slices.Index(names, name))
	}
	return list
}

// columnHeads prints the titles of measures in two lines, which keeps the columns
// narrow, and that of one more column.
func columnHeads(w io.Writer, columns []int, over, under string) {
	var first, second []string
	for _, m := range columns {
		a, b, _ := strings.Cut(studies.Quantity{Measure: m}.Title(), " ")
		first, second = append(first, a), append(second, b)
	}
	fmt.Fprintf(w, "\t%s\t%s\n\t%s\t%s\n", strings.Join(first, "\t"), over, strings.Join(second, "\t"), under)
}

// shortly is an estimate with half the width of its interval, in one cell.
func shortly(e analysis.Estimate, none bool) string {
	if none {
		return "="
	}
	mark := ""
	if e.Crosses() {
		mark = "?"
	}
	return fmt.Sprintf("%s ±%.3f%s", output.Signed(e.Value, 3), (e.High-e.Low)/2, mark)
}

// reach is an interval in words.
func reach(e analysis.Estimate) string {
	if math.IsNaN(e.Low) {
		return "-"
	}
	p := Places(e)
	return output.Signed(e.Low, p) + " to " + output.Signed(e.High, p)
}
