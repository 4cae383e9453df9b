package figure

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/models/measures"
	"splinternet/models/verdict"
	"splinternet/output"
	"splinternet/output/frame"
)

// analysis reads a table of an analysis, or says which command makes it.
func (s *Source) analysis(figure, table, command string) (*frame.Frame, error) {
	if !s.has(table) {
		return nil, &MissingError{figure, fmt.Sprintf("%s has no table %s", s.Dir, table), command}
	}
	f, err := s.table(table)
	if err != nil {
		return nil, err
	}
	if f.Rows() == 0 {
		return nil, &MissingError{figure, fmt.Sprintf("table %s of %s has no rows", table, s.Dir), command}
	}
	return f, nil
}

// read reads columns of words and of numbers of a table that an analysis wrote.
func (s *Source) read(figure, table, command string, words, numbers []string) (f *frame.Frame, w [][]string, n [][]float64, err error) {
	if f, err = s.analysis(figure, table, command); err != nil {
		return nil, nil, nil, err
	}
	if w, err = columns(f.Words, words...); err != nil {
		return nil, nil, nil, err
	}
	n, err = columns(f.Numbers, numbers...)
	return f, w, n, err
}

// chosen is the measures of a table in the order of measures.All, those of the
// verdict first, at most n; or the one that Measure names.
func (s *Source) chosen(figure string, names []string, n int) ([]string, error) {
	all := distinct(names)
	if s.Measure != "" {
		for _, m := range []string{s.Measure, s.Measure + "_end"} {
			if slices.Contains(all, m) {
				return []string{m}, nil
			}
		}
		return nil, unknown(figure, fmt.Sprintf("the table has no measure %q", s.Measure), "measures for --measure: "+strings.Join(all, ", "))
	}
	rank := func(name string) int {
		base := strings.TrimSuffix(name, "_end")
		if k := slices.Index(decisive, base); k >= 0 {
			return k
		}
		if k := measures.Find(base); k >= 0 {
			return len(decisive) + k
		}
		return 1000
	}
	slices.SortStableFunc(all, func(a, b string) int { return rank(a) - rank(b) })
	return all[:min(n, len(all))], nil
}

// decisive are the measures that decide the verdict.
var decisive = []string{"native_reachability", "cooperation_depth", "openness", "recovery", "hostility"}

// outcomeName is a measure, or an end state whose share was analysed.
func outcomeName(name string) string {
	for _, l := range verdict.Labels {
		if strings.TrimPrefix(name, "label.") == string(l) || strings.TrimPrefix(name, "share.") == string(l) {
			return "Share of " + l.Words()
		}
	}
	if strings.ContainsAny(name, "<>|&") {
		return conditionWords(name)
	}
	return measureName(strings.TrimSuffix(name, "_end"))
}

// conditionWords writes a condition on measures or end states in words.
func conditionWords(s string) string {
	byLength := slices.Clone(measures.All())
	slices.SortStableFunc(byLength, func(a, b measures.Measure) int { return len(b.Name) - len(a.Name) })
	for _, m := range byLength {
		s = strings.ReplaceAll(s, m.Name+"_end", m.Title)
		s = strings.ReplaceAll(s, m.Name, m.Title)
	}
	for _, l := range verdict.Labels {
		s = strings.ReplaceAll(s, string(l), l.Words())
	}
	s = strings.NewReplacer("<=", " ≤ ", ">=", " ≥ ", "<", " < ", ">", " > ", "|", " or ", "&", " and ").Replace(s)
	return output.Capital(strings.Join(strings.Fields(s), " "))
}

// facets lays n panels out in a row or in rows of at most cols.
func facets(n int, s Style) (cols, rows int) {
	cols = min(n, 4)
	if n > 4 {
		cols = 3
	}
	if s.narrow() {
		cols = min(n, 2)
	}
	return cols, (n + cols - 1) / cols
}
