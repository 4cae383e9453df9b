package markets

// What the tests outside the package share with those inside.
const (
	Exact   = exact
	January = january
)

var (
	Plain   = plain
	Years   = years
	Sellers = sellers
	Cascade = cascade
)
