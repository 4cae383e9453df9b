package world

// Compliance is how far a state at a position keeps to a text when it begins to adhere:
// the nearer the text, the more. Nobody breaks all of it (assumption).
func Compliance(position, text []float64) float64 { return max(.05, 1-Distance(position, text)) }
