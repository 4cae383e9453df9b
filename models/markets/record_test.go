package markets_test

import (
	"math"
	"testing"

	"splinternet/models/world"
	"splinternet/scenarios/data"

	"gonum.org/v1/gonum/mat"
)

// strictness is that of a kind of restriction in bans.csv (assumption, as in baseline.toml).
var strictness = map[string]float64{"ban": 1, "block": 1, "limit": .5, "procurement": .3, "memorandum": .3}

// theRecord is the world of 2018, how strictly bans.csv has each state restrict Huawei, and
// whether it does.
func theRecord(t *testing.T) (w *world.World, strength, restricts []float64) {
	t.Helper()
	w = ofTheBaseline(t)
	strength, restricts = make([]float64, w.States.N), make([]float64, w.States.N)
	bans, err := data.Restrictions()
	if err != nil {
		t.Fatal(err)
	}
	for _, ban := range bans {
		i, x := w.FindState(ban.State), strictness[ban.Kind]
		if i < 0 || x == 0 {
			t.Fatal(ban)
		}
		restricts[i], strength[i] = 1, max(strength[i], x)
	}
	return w, strength, restricts
}

// causes are the three that the record can tell apart, by state: mistrust of China, the
// example of allies, weighed by closeness or not, and rivalry.
func causes(w *world.World, strength []float64, closeness bool) [][]float64 {
	n, d, home, huawei := w.States.N, &w.Dyads, w.FindState("CHN"), w.FindFirm("huawei")
	rows := make([][]float64, n)
	for i := range n {
		rival, cue, total := 0.0, 0.0, .15
		for j := range n {
			if j == i || !d.Ally[i*n+j] && d.Trust[i*n+j] <= .8 {
				continue
			}
			voice := w.States.Power[j] * d.Trust[i*n+j]
			if closeness {
				voice *= 1 - math.Abs(w.States.Position[i]-w.States.Position[j])
			}
			cue, total = cue+voice*strength[j], total+w.States.Power[j]
		}
		if d.Rival[home*n+i] {
			rival = 1
		}
		rows[i] = []float64{1, (1 - d.Trust[i*n+home]) * w.Firms.Tie[huawei], cue / total, rival}
	}
	return rows
}

// logit fits the coefficients by Newton's method, with a weak ridge on the slopes, to
// all rows but two.
func logit(t *testing.T, rows [][]float64, y []float64, without, home int) []float64 {
	t.Helper()
	const ridge, steps = .05, 25
	k := len(rows[0])
	b := make([]float64, k)
	for range steps {
		slope, curve := mat.NewVecDense(k, nil), mat.NewSymDense(k, nil)
		for a := 1; a < k; a++ {
			slope.SetVec(a, -ridge*b[a])
			curve.SetSym(a, a, ridge)
		}
		for i, row := range rows {
			if i == without || i == home {
				continue
			}
			p := chance(row, b)
			for a, x := range row {
				slope.SetVec(a, slope.AtVec(a)+(y[i]-p)*x)
				for c := a; c < k; c++ {
					curve.SetSym(a, c, curve.At(a, c)+p*(1-p)*x*row[c])
				}
			}
		}
		var step mat.VecDense
		if err := step.SolveVec(curve, slope); err != nil {
			t.Fatal(err)
		}
		for a := range b {
			b[a] += step.AtVec(a)
		}
	}
	return b
}

func chance(row, b []float64) float64 {
	u := 0.0
	for a, x := range row {
		u += b[a] * x
	}
	return 1 / (1 + math.Exp(-u))
}

// leaveOneOut is how well the fit to all other states tells who restricts Huawei: the area
// under the curve and the Brier score.
func leaveOneOut(t *testing.T, rows [][]float64, y []float64, home int) (area, brier float64) {
	t.Helper()
	p := make([]float64, len(rows))
	for i := range rows {
		if i != home {
			p[i] = chance(rows[i], logit(t, rows, y, i, home))
			brier += (p[i] - y[i]) * (p[i] - y[i]) / float64(len(rows)-1)
		}
	}
	pairs := 0.0
	for i := range rows {
		for j := range rows {
			if i == home || j == home || y[i] == 0 || y[j] == 1 {
				continue
			}
			pairs++
			switch {
			case p[i] > p[j]:
				area++
			case p[i] == p[j]:
				area += .5
			}
		}
	}
	return area / pairs, brier
}

// States that think alike are followed: with voices weighed by closeness the causes of a
// ban tell states that they were not fitted to better apart.
func TestWhoFollowsWhomInTheRecord(t *testing.T) {
	w, strength, restricts := theRecord(t)
	home := w.FindState("CHN")
	area, brier := leaveOneOut(t, causes(w, strength, true), restricts, home)
	plainArea, plainBrier := leaveOneOut(t, causes(w, strength, false), restricts, home)
	t.Logf("leaving out one state at a time: area under the curve %.3f, Brier score %.4f; without closeness %.3f, %.4f", area, brier, plainArea, plainBrier)
	if area < plainArea+.02 || brier >= plainBrier || area < .88 {
		t.Error("closeness does not tell who follows")
	}
}
