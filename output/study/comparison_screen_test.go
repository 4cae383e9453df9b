package study

import "testing"

func TestColumnNames(t *testing.T) {
	for _, c := range [][4]string{
		{"baseline", "new-ip", "baseline", "new-ip"},
		{"baseline", "baseline-security", "baseline", "baseline-security"},
		{"baseline", "baseline+influence.bound=0.3", "baseline", "+influence.bound=0.3"},
		{"baseline+influence.bound=0.3", "baseline+influence.bound=0.5", "...influence.bound=0.3", "...influence.bound=0.5"},
	} {
		if a, b := columnNames(c[0], c[1]); a != c[2] || b != c[3] {
			t.Errorf("%s and %s: heads %q and %q", c[0], c[1], a, b)
		}
	}
}
