package command

import (
	"net"
	"strings"
	"testing"

	"rsc.io/qr"
)

// What a camera sees of the code in the terminal is the code, with light around it.
func TestQRCode(t *testing.T) {
	const address = "http://192.168.1.20:8018/?code=K7M4QX"
	code, err := qr.Encode(address, qr.L)
	if err != nil {
		t.Fatal(err)
	}
	var seen [][]bool // light, by row
	for line := range strings.Lines(qrCode(address)) {
		line = strings.TrimSuffix(strings.TrimPrefix(line, "  \x1b[97;40m"), "\x1b[0m\n")
		var top, bottom []bool
		for _, c := range line {
			top, bottom = append(top, c == '█' || c == '▀'), append(bottom, c == '█' || c == '▄')
		}
		seen = append(seen, top, bottom)
	}
	const quiet = 2
	if len(seen) < code.Size+2*quiet || len(seen[0]) != code.Size+2*quiet {
		t.Fatalf("%d rows of %d for a code of %d", len(seen), len(seen[0]), code.Size)
	}
	for y, row := range seen {
		for x, light := range row {
			inside := x >= quiet && y >= quiet && x < code.Size+quiet && y < code.Size+quiet
			if dark := inside && code.Black(x-quiet, y-quiet); light == dark {
				t.Fatalf("module %d, %d is wrong", x-quiet, y-quiet)
			}
		}
	}
	if qrCode(strings.Repeat("x", 10000)) != "" {
		t.Error("what no code can hold is drawn")
	}
}

func TestAddresses(t *testing.T) {
	for address, want := range map[string]string{":8018": ":8019", "127.0.0.1:9": "127.0.0.1:10", "nonsense": "127.0.0.1:8019"} {
		if got := otherPort(address); got != want {
			t.Errorf("another port than %s: %s", address, got)
		}
	}
	loopbackAddress := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8018}
	if got := reachable(loopbackAddress, true); got != "127.0.0.1:8018" {
		t.Error(got)
	}
	all := &net.TCPAddr{IP: net.IPv6unspecified, Port: 8018}
	if !loopback(loopbackAddress) || loopback(all) {
		t.Error("who can reach a listener is mistaken")
	}
	if got := reachable(all, false); got != "127.0.0.1:8018" {
		t.Error(got)
	}
	if got := reachable(all, true); strings.HasPrefix(got, "[::]") || strings.HasPrefix(got, "0.0.0.0") {
		t.Errorf("others cannot reach %s", got)
	}
}
