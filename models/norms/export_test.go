package norms

// What the tests outside the package share with those inside.
var (
	Plain = plain
	Add   = add
	Years = years
	Count = count
)
