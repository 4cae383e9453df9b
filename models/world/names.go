package world

import (
	"fmt"
	"strings"
)

// The model names the texts and the forums that it brings up during a run by where
// they come from. A scenario can name them before they exist, to script a vote on one,
// and recognises them by forming the same names.

// Joint stands in place of an author whose text all sides table.
const Joint = "joint"

// ReportID names the text that a forum brings about, unless its Product has a name.
func ReportID(forum string) string { return forum + "-text" }

// ResolutionID names what an author, a state or Joint, tables in a forum's session of
// a year.
func ResolutionID(forum string, year int, author string) string {
	return fmt.Sprintf("%s-%d-%s", forum, year, author)
}

// FoundedID names the forum that dissatisfied states found on a line in a year.
func FoundedID(line Line, year int) string { return fmt.Sprintf("%s-%d", line, year) }

// NumberedID tells apart what would be of one name: number 2 is the second of it.
func NumberedID(id string, number int) string {
	if number < 2 {
		return id
	}
	return fmt.Sprintf("%s-%d", id, number)
}

// MostAlike is more than ever share one name in a run.
const MostAlike = 999

// IsNumbered tells whether an identifier is a name with any number.
func IsNumbered(id, name string) bool {
	if id == name {
		return true
	}
	if !strings.HasPrefix(id, name+"-") {
		return false
	}
	for number := 2; number <= MostAlike; number++ {
		if NumberedID(name, number) == id {
			return true
		}
	}
	return false
}
