package evidence

import (
	"context"
	"fmt"

	"splinternet/models/bargaining"
	"splinternet/sim/analysis"
	"splinternet/sim/experiment"
)

// Claim is a statement of a published model, measured anew over many seeds.
type Claim struct {
	Paper, Statement string
	Seeds            int
	Low, High        float64 // where the measured value lies if the statement holds
	Measured         float64
	Interval         [2]float64 // 95 % interval of a measured mean or share; both NaN for an exact value
}

// Verdict says whether the statement holds.
func (c Claim) Verdict() string {
	if c.Measured >= c.Low && c.Measured <= c.High {
		return "holds"
	}
	return "does not hold"
}

// Dock reproduces what other programs published for the same models: exact numbers as
// checks, and statements about distributions as claims. The more seeds, the narrower.
func Dock(ctx context.Context, seeds, workers int) ([]Check, []Claim, error) {
	c := new(checks)
	if err := dockBargaining(c); err != nil {
		return nil, nil, err
	}
	if err := dockIndices(c); err != nil {
		return nil, nil, err
	}
	claims, err := dockOpinions(ctx, seeds, workers)
	if err != nil {
		return nil, nil, err
	}
	cyber, err := dockCyberRegime(ctx, min(seeds, 100), workers)
	return c.list, append(claims, cyber...), err
}

func dockBargaining(c *checks) error {
	c.begin("Expected-utility challenges", "Bueno de Mesquita 1997 in the replication of Scholz, Calbert and Smith 2011: emission standards for cars")
	talks, err := bargaining.NewChallenge(bargaining.Cars())
	if err != nil {
		return err
	}
	const sixDigits = 5e-7
	c.add("weighted median at the start", talks.Median(), 7, sixDigits)
	c.add("weighted mean at the start", talks.Mean(), 7.389956, sixDigits)
	published := []float64{7.461314, 7.552501, 7.590145, 7.358131, 7.349174, 7.414878, 7.510457, 7.572447, 7.324989, 7.242131}
	for round, want := range published {
		offers := talks.Round()
		if round == 0 {
			for k, move := range []struct {
				name string
				to   float64
			}{{"Belgium compromises with France", 8.415932}, {"Luxembourg loses to Belgium", 7}, {"Ireland loses to Luxembourg", 4}} {
				to := -1.0
				if k < len(offers) {
					to = offers[k].To
				}
				c.add("round 1: "+move.name, to, move.to, sixDigits)
			}
			c.add("round 1: moves", float64(len(offers)), 3, 0)
		}
		// What the replication prints as the median is the weighted mean.
		c.add(fmt.Sprintf("round %d: weighted mean (printed as median)", round+1), talks.Mean(), want, sixDigits)
	}
	return nil
}

func dockIndices(c *checks) error {
	for _, b := range bargaining.Bodies() {
		c.begin("Indices of power", "Banzhaf 1965, Shapley and Shubik 1954: "+b.Name)
		swings, err := bargaining.Swings(b.Quota, b.Weights)
		if err != nil {
			return err
		}
		banzhaf, err := bargaining.Banzhaf(b.Quota, b.Weights)
		if err != nil {
			return err
		}
		shapley, err := bargaining.ShapleyShubik(b.Quota, b.Weights)
		if err != nil {
			return err
		}
		const sixDigits = 5e-7
		for k, i := range b.Voters {
			who := fmt.Sprintf("voter of weight %d: ", b.Weights[i])
			if b.Swings != nil {
				c.add(who+"swings", float64(swings[i]), float64(b.Swings[k]), 0)
			}
			c.add(who+"Banzhaf", banzhaf[i], b.Banzhaf[k], sixDigits)
			c.add(who+"Shapley-Shubik", shapley[i], b.Shapley[k], sixDigits)
		}
	}
	return nil
}

// dockOpinions measures the statements of Hegselmann and Krause (2002) about 625 random
// opinions. Single runs say little: "two camps at .15" is one run of the paper, and most runs
// have three.
func dockOpinions(ctx context.Context, seeds, workers int) ([]Claim, error) {
	const paper = "Hegselmann and Krause 2002"
	numbers := map[float64][]float64{}
	for _, bound := range []float64{.01, .15, .21, .25, .45} {
		var err error
		if numbers[bound], err = campsOf(ctx, seeds, workers, bound); err != nil {
			return nil, err
		}
	}
	var list []Claim
	share := func(statement string, numbers []float64, camps, low, high float64) {
		hits := 0
		for _, n := range numbers {
			if n == camps {
				hits++
			}
		}
		e := analysis.Share(hits, len(numbers))
		list = append(list, Claim{paper, statement, seeds, low, high, e.Value, [2]float64{e.Low, e.High}})
	}
	middle := func(statement string, numbers []float64, low, high float64) {
		list = append(list, Claim{
			paper, statement, seeds, low, high, analysis.Quantile(numbers, .5),
			[2]float64{analysis.Quantile(numbers, .1), analysis.Quantile(numbers, .9)},
		})
	}
	middle("about 38 camps at a bound of .01 (median, with 10th and 90th percentile)", numbers[.01], 36.5, 39.5)
	share("two camps at .15, as in the run that the paper shows (share of runs)", numbers[.15], 2, .5, 1)
	middle("three camps at .15 is the usual end (median)", numbers[.15], 3, 3)
	share("consensus at .21 in some runs only (share; .29 in 200 seeds elsewhere)", numbers[.21], 1, .15, .45)
	share("consensus at .25 (share; 197 of 200 elsewhere)", numbers[.25], 1, .94, 1)
	share("always consensus above .4 (share, at .45)", numbers[.45], 1, 1, 1)
	return list, nil
}

// campsOf are the numbers of camps of 625 opinions, a seed a job.
func campsOf(ctx context.Context, seeds, workers int, bound float64) ([]float64, error) {
	var list []float64
	newJob := func() (experiment.Job[float64], error) {
		opinions := newCrowd(625, bound)
		return func(_ context.Context, i int) (float64, error) { return opinions.camps(uint64(i)), nil }, nil
	}
	_, err := experiment.Ordered(ctx, 0, seeds, workers, newJob, func(_ int, n float64, failure *experiment.Failure) error {
		if failure != nil {
			return failure
		}
		list = append(list, n)
		return nil
	})
	return list, err
}

// dockCyberRegime tests what Lehmann, Rolfsen and Clark (2015) found with another method (stochastic
// models of networks): the cyber regime falls into two blocs, which bridges join when the great powers
// cooperate more. Here blocs are found on the network of links of the two-bloc world, without
// and with agreements between its great powers.
func dockCyberRegime(ctx context.Context, seeds, workers int) ([]Claim, error) {
	const paper = "Lehmann, Rolfsen and Clark 2015"
	apart := side{scenario: "two-blocs"}
	bridged := side{"two-blocs", greatPowers}
	s := newSampler(seeds, workers)
	for _, q := range []quantity{"effective_blocs", "cross_bloc_links"} {
		s.want(apart, q)
		s.want(bridged, q)
	}
	numbers, err := s.of(ctx, apart, "effective_blocs")
	if err != nil {
		return nil, err
	}
	without, err := s.of(ctx, apart, "cross_bloc_links")
	if err != nil {
		return nil, err
	}
	with, err := s.of(ctx, bridged, "cross_bloc_links")
	if err != nil {
		return nil, err
	}
	blocs, joined := analysis.Mean(numbers), analysis.PairedDifference(without, with)
	return []Claim{
		{paper, "the network falls into two blocs (mean effective number of blocs)", seeds, 1.5, 2.5, blocs.Value, [2]float64{blocs.Low, blocs.High}},
		{
			paper, "cooperation of the great powers joins the blocs (mean change of links across over links within)", seeds, 1e-9, 1,
			joined.Value,
			[2]float64{joined.Low, joined.High},
		},
	}, nil
}

// greatPowers lets the largest states of both blocs of two-blocs cooperate.
const greatPowers = `
[[event]]
name    = "great-powers"
date    = 2021-01-01
kind    = "agreement"
parties = ["ALD", "ESK"]
channel = 0.8
bridge  = 0.8
trust   = 0.3

[[event]]
name    = "others-follow"
date    = 2022-01-01
kind    = "agreement"
parties = ["ALD", "BOR", "ESK", "FEN"]
channel = 0.5
bridge  = 0.5
trust   = 0.1
`
