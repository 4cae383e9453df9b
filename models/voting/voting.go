// Package voting is the kernel of votes (equation E4): the utility of a vote as a
// sum of declared terms, the cut-points that make a vote of it, and the odds of each
// vote where its noise is not known. The simulation draws votes from it, `why`
// accounts for them by it, and fits and forecasts of recorded votes (packages fit
// and forecast) are made over it.
//
// A state votes no if its utility y lies below the cut-point Low, yes from High on, and
// abstains between. With noise that is standard logistic this is an ordered logit
// (McCullagh 1980); on a line with quadratic losses it is exactly the spatial model
// of a text against the status quo, as (x-sq)^2 - (x-q)^2 is linear in x (Bailey,
// Strezhnev and Voeten 2017).
//
// The package knows no world. Results do not depend on maps, randomness or the clock.
package voting

// Vote is a state's vote on a text.
type Vote uint8

// The votes. A state that is absent, or no member, takes no part.
const (
	No Vote = iota
	Abstain
	Yes
	Absent
)

// Votes names them.
var Votes = []string{"no", "abstain", "yes", "absent"}

func (v Vote) String() string { return Votes[v] }

// Odds are the probabilities of one state's vote, given that it takes part: of no,
// abstain and yes. They sum to 1.
type Odds [3]float64

// Likeliest is the most probable vote; ties go to yes, then to no.
func (o Odds) Likeliest() Vote {
	switch {
	case o[Yes] >= o[No] && o[Yes] >= o[Abstain]:
		return Yes
	case o[No] >= o[Abstain]:
		return No
	}
	return Abstain
}

// Ballot is how one state voted on one text, and why.
type Ballot struct {
	Tick    int
	Text    string
	Against string // the rival text, or "status quo", that it was weighed against
	State   int
	Vote    Vote
	By      string // "model", "sponsor", or who answered otherwise: "scenario", or what the state's rule says
	Utility Utility
}

// Decided tells whether somebody other than the model decided the ballot.
func (b *Ballot) Decided() bool { return b.By != "model" && b.By != "sponsor" }

// Cast completes a ballot with what the model does not know: noise, in logits, and
// presence, a uniform variate in (0, 1]; the state takes part if that is at most its
// attendance, a share.
func (b *Ballot) Cast(c Cuts, noise, presence, attendance float64) {
	b.Utility.Add(Noise, noise)
	b.Vote = c.Vote(b.Utility.Sum)
	if presence > attendance {
		b.Vote = Absent
	}
}
