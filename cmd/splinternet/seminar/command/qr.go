package command

import (
	"strings"

	"rsc.io/qr"
)

// qrCode draws a code with half blocks, light on dark whatever the terminal's
// colours, with the quiet zone that cameras need.
func qrCode(text string) string {
	code, err := qr.Encode(text, qr.L)
	if err != nil {
		return "" // the address stands above it
	}
	const quiet = 2
	var b strings.Builder
	light := func(x, y int) bool {
		return x < 0 || y < 0 || x >= code.Size || y >= code.Size || !code.Black(x, y)
	}
	for y := -quiet; y < code.Size+quiet; y += 2 {
		b.WriteString("  \x1b[97;40m")
		for x := -quiet; x < code.Size+quiet; x++ {
			switch top, bottom := light(x, y), light(x, y+1); {
			case top && bottom:
				b.WriteRune('█')
			case top:
				b.WriteRune('▀')
			case bottom:
				b.WriteRune('▄')
			default:
				b.WriteByte(' ')
			}
		}
		b.WriteString("\x1b[0m\n")
	}
	return b.String()
}
