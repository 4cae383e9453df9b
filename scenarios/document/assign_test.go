package document

import "testing"

// The short cut for decimals must read what TOML reads.
func TestPlainDecimal(t *testing.T) {
	for text, plain := range map[string]bool{
		"0.25": true, "-12.5": true, "0.0": true, "10.50": true, ".5": false, "5.": false, "01.5": false, "1.5e3": false,
		"1": false, "1_0.5": false, "+1.5": false, "-.5": false, "1.2.3": false, "0.٣": false, "": false, "-0.5": true,
	} {
		if plainDecimal(text) != plain {
			t.Errorf("%q is taken for a plain decimal: %v", text, !plain)
		}
	}
	if got := Argument("-12.5"); got != -12.5 {
		t.Errorf("-12.5 is read as %v", got)
	}
}
