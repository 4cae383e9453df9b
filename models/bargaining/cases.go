package bargaining

// Cars are the member states of the European Community on the year in which emission standards
// for cars should be introduced, on a scale from 4 to 10 (Bueno de Mesquita and Stokman
// 1994, as in the replication of Scholz, Calbert and Smith's model).
func Cars() []Actor {
	return []Actor{
		{"Netherlands", .08, .8, 4},
		{"Belgium", .08, .4, 7},
		{"Luxembourg", .03, .2, 4},
		{"Germany", .16, .8, 4},
		{"France", .16, .6, 10},
		{"Italy", .16, .6, 10},
		{"United Kingdom", .16, .9, 10},
		{"Ireland", .05, .1, 7},
		{"Denmark", .05, 1, 4},
		{"Greece", .08, .7, 7},
	}
}

// Body is a body with weighted votes whose indices of power are published.
type Body struct {
	Name    string
	Quota   int
	Weights []int
	Voters  []int // those that the published values are of, one of each kind
	Swings  []int // nil: not published
	Banzhaf []float64
	Shapley []float64
}

// Bodies are the councils of the European Communities of 1958 and 1973, the Security Council
// of the United Nations, and a textbook case.
func Bodies() []Body {
	return []Body{
		{
			"European Economic Community 1958", 12,
			[]int{4, 4, 4, 2, 2, 1},
			[]int{0, 3, 5},
			[]int{10, 6, 0},
			[]float64{5. / 21, 3. / 21, 0},
			[]float64{.233333, .15, 0},
		},
		{
			"European Communities 1973", 41,
			[]int{10, 10, 10, 10, 5, 5, 3, 3, 2},
			[]int{0, 4, 6, 8},
			[]int{53, 29, 21, 5},
			[]float64{.167192, .091483, .066246, .015773},
			[]float64{.178571, .080952, .057143, .009524},
		},
		{
			"UN Security Council", 39,
			[]int{7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
			[]int{0, 5},
			[]int{848, 84},
			[]float64{.166929, .016535},
			[]float64{.196270, .001865},
		},
		{
			"[6; 4, 3, 2, 1]", 6,
			[]int{4, 3, 2, 1},
			[]int{0, 1, 2, 3},
			nil,
			[]float64{5. / 12, 3. / 12, 3. / 12, 1. / 12},
			[]float64{5. / 12, 3. / 12, 3. / 12, 1. / 12},
		},
	}
}
