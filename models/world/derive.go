package world

// What follows from other fields by definition stands here, once.

// leastCompliance is what is left of compliance with a text at the other pole: nobody
// breaks all of it (assumption).
const leastCompliance = .05

// Compliance is how far a state at a position keeps to a text when it begins to adhere:
// the nearer the text is to what it does anyway, the more.
func Compliance(position, text []float64) float64 {
	return max(leastCompliance, 1-Distance(position, text))
}
