package seminar

import (
	"bytes"
	"html/template"

	"splinternet/cmd/splinternet/seminar/delegation"
)

// style is the style sheet, for pages that are whole in themselves.
func style() template.CSS {
	text, err := assets.ReadFile("static/style.css")
	if err != nil {
		panic("seminar: " + err.Error())
	}
	return template.CSS(text)
}

// Style is the style sheet, for the pack.
func (v *debriefView) Style() template.CSS { return style() }

// Cards makes a page of role cards to print, one on a sheet.
func Cards(scenario string, cards []*delegation.Card) ([]byte, error) {
	var b bytes.Buffer
	err := pages["cards"].ExecuteTemplate(&b, "cards", map[string]any{"Scenario": scenario, "Cards": cards, "Style": style()})
	return b.Bytes(), err
}
