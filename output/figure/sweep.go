package figure

// factors are the swept parameters of a sweep.
func (s *Source) factors() []string { return nil }
