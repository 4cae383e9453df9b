package frame

import (
	"bytes"
	"encoding/json"
	"math"
)

// JSON writes the rows as objects whose keys stand in the order of the columns. What
// has no number in JSON, a blank or an infinity, is null; a blank word is what blank
// says.
func (f *Frame) JSON(blank any) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('[')
	for row := range f.Rows() {
		if row > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('{')
		for k := range f.Columns {
			c := &f.Columns[k]
			if k > 0 {
				b.WriteByte(',')
			}
			name, _ := json.Marshal(c.Name) // a string always can
			b.Write(name)
			b.WriteByte(':')
			text, err := json.Marshal(c.value(row, blank))
			if err != nil {
				return nil, err
			}
			b.Write(text)
		}
		b.WriteByte('}')
	}
	b.WriteByte(']')
	return b.Bytes(), nil
}

func (c *Column) value(row int, blank any) any {
	if c.Words != nil {
		if c.Words[row] == "" {
			return blank
		}
		return c.Words[row]
	}
	if x := Round(c.Numbers[row]); !math.IsNaN(x) && !math.IsInf(x, 0) {
		return x
	}
	return nil
}
