package data

import _ "embed"

//go:embed LICENSE-DATA
var license string

// License is the text that says, column by column, on what terms the data may be
// passed on.
func License() string { return license }
