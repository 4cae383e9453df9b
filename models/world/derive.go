package world

// What follows from other fields by definition stands here, once.

// DeriveStructure derives the share of world users whom each firm serves, and the
// structural power of states from it: the share of those served that the firms of a
// state serve (Strange 1988). In a world whose firms have no home in it, states have the
// share of their own users, so that the weight of structure in power does not vanish.
func (w *World) DeriveStructure() {
	s, f := &w.States, &w.Firms
	if len(s.Structure) != s.N {
		s.Structure = make([]float64, s.N)
	}
	if len(f.Served) != f.N {
		f.Served = make([]float64, f.N)
	}
	clear(s.Structure)
	served := 0.0
	for k, home := range f.Home {
		users, sum := s.Users, 0.0
		share := f.Share[k*s.N : k*s.N+s.N][:len(users)]
		for j, u := range users {
			sum += u * share[j]
		}
		f.Served[k] = sum
		if home != Abroad {
			s.Structure[home] += sum
			served += sum
		}
	}
	if served == 0 {
		copy(s.Structure, s.Users)
		return
	}
	for i := range s.Structure {
		s.Structure[i] /= served
	}
}

// DerivePower derives composite power: the mean of the shares of economy, capability and
// structure by their weights, as a share of the world (E1).
func (s *States) DerivePower(economy, capability, structure float64) {
	if len(s.Power) != s.N {
		s.Power = make([]float64, s.N)
	}
	weights := economy + capability + structure
	if weights == 0 {
		weights = 1
	}
	for i := range s.Power {
		s.Power[i] = (economy*s.Economy[i] + capability*s.Capability[i] + structure*s.Structure[i]) / weights
	}
	Normalise(s.Power)
}

// leastCompliance is what is left of compliance with a text at the other pole: nobody
// breaks all of it (assumption).
const leastCompliance = .05

// Compliance is how far a state at a position keeps to a text when it begins to adhere:
// the nearer the text is to what it does anyway, the more.
func Compliance(position, text []float64) float64 {
	return max(leastCompliance, 1-Distance(position, text))
}
