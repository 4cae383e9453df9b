package output

import (
	"math"
	"strconv"
	"strings"
)

// digits is the number of significant digits in tables: one more than single
// precision carries, and the last bits, on which platforms disagree, are gone.
const digits = 9

// line builds one row of a table at the end of a buffer.
type line struct{ buffer []byte }

func (l *line) text(s string) {
	if strings.ContainsAny(s, ",\"\r\n") || strings.HasPrefix(s, " ") {
		l.buffer = append(l.buffer, '"')
		l.buffer = append(l.buffer, strings.ReplaceAll(s, `"`, `""`)...)
		l.buffer = append(l.buffer, '"', ',')
		return
	}
	l.buffer = append(append(l.buffer, s...), ',')
}

func (l *line) integer(n int) {
	l.buffer = append(strconv.AppendInt(l.buffer, int64(n), 10), ',')
}

func (l *line) seed(s uint64) {
	l.buffer = append(strconv.AppendUint(l.buffer, s, 10), ',')
}

// number leaves the cell blank for NaN, which stands for "not taken".
func (l *line) number(x float64) {
	if !math.IsNaN(x) {
		l.buffer = appendNumber(l.buffer, x)
	}
	l.buffer = append(l.buffer, ',')
}

func (l *line) boolean(b bool) {
	l.buffer = append(strconv.AppendBool(l.buffer, b), ',')
}

func (l *line) blank(cells int) {
	for range cells {
		l.buffer = append(l.buffer, ',')
	}
}

// end turns the last comma into the end of the row.
func (l *line) end() { l.buffer[len(l.buffer)-1] = '\n' }

// appendNumber writes a number the way all tables do.
func appendNumber(b []byte, x float64) []byte {
	return strconv.AppendFloat(b, x+0, 'g', digits, 64) // + 0 turns -0 into 0
}
