package delegation

import (
	"fmt"
	"strings"
	"testing"

	"splinternet/scenarios"
)

func TestGroupName(t *testing.T) {
	for id, want := range map[string]string{
		"alliance": "the alliance", "five_eyes": "the Five Eyes", "african_union": "the African Union", "sco": "SCO", "brics": "BRICS", "g77": "G77",
	} {
		if got := groupName(id); got != want {
			t.Errorf("%s is %q to students, want %q", id, got, want)
		}
	}
}

func TestCards(t *testing.T) {
	for _, scenario := range []string{"two-blocs", "baseline", "new-ip"} {
		s, err := scenarios.Load(scenario, scenarios.Options{})
		if err != nil {
			t.Fatal(err)
		}
		start, err := startOf(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range Agents(s.World) {
			c := NewCard(start, a.ID)
			if c.Role == "" || len(c.Want) == 0 || len(c.Can) == 0 || len(c.Know) == 0 {
				t.Errorf("%s: the card of %s is empty: %+v", scenario, a.ID, c)
			}
			if text := fmt.Sprintf("%+v", c); strings.Contains(text, "%!") || strings.Contains(text, "NaN") {
				t.Errorf("%s: %s: %s", scenario, a.ID, text)
			}
		}
	}
}
