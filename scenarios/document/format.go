package document

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Format writes the value of a leaf the way that a scenario does.
func Format(value any) string {
	switch v := value.(type) {
	case string:
		return Quote(v)
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return fmt.Sprint(value)
}

// Quote writes a TOML basic string.
func Quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			b.WriteRune('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case c == '\t':
			b.WriteString(`\t`)
		case c < ' ' || c == 0x7f:
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// String writes a node the way that the canonical text does.
func (n *Node) String() string { return new(writer).value(n) }

// PlainID tells whether a word can name an agent, a group or an event: up to 40
// letters, digits, - and _, which TOML takes as a key without quotes.
func PlainID(id string) bool {
	const long = 40
	for _, c := range id {
		if !strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", c) {
			return false
		}
	}
	return id != "" && len(id) <= long
}
