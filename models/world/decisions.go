package world

// Decisions are asked, not coded in. A mechanism works out what the model would
// do and puts the question, with that answer, to the agent's rule. A rule that
// has no view of its own returns the model's answer; a scripted rule or a person
// returns another. No mechanism knows which it was.

// Vote is a state's vote on a text.
type Vote uint8

// The votes; a state that is absent takes no part.
const (
	No Vote = iota
	Abstain
	Yes
	Absent
)

// Votes names them.
var Votes = []string{"no", "abstain", "yes", "absent"}

func (v Vote) String() string { return Votes[v] }

// Stance is what a member does when a forum that decides by consensus has a text
// on the table.
type Stance uint8

// The stances (theory: exit, voice and loyalty).
const (
	Join       Stance = iota // go along
	Dissociate               // let it pass, but disown it
	Block                    // break consensus
)

// Stances names them.
var Stances = []string{"join", "dissociate", "block"}

func (s Stance) String() string { return Stances[s] }

// Draft is a text that a sponsor or a chair puts on the table.
type Draft struct {
	Kind     TextKind
	Position []float64
	Depth    float64
}

// StateRule answers for a state. The last argument of every method is the
// model's own answer.
type StateRule interface {
	// Vote on a text.
	Vote(w *World, state, text int, model Vote) Vote
	// Stance on a text of a forum that decides by consensus.
	Stance(w *World, state, text int, model Stance) Stance
	// Propose says whether and what the state tables in a forum this session;
	// a nil draft is no proposal.
	Propose(w *World, state, forum int, model *Draft) *Draft
	// Recognise says whether the state accepts a stack as a standard.
	Recognise(w *World, state, stack int, model bool) bool
	// StackTarget is the mix of stacks that the state steers its network to; the
	// slice may be changed in place.
	StackTarget(w *World, state int, model []float64) []float64
	// Control is the level of boundary controls that the state wants.
	Control(w *World, state int, model float64) float64
	// Answer is the rung of the response ladder that the state climbs to
	// after an incident that it blames on another.
	Answer(w *World, state, blamed int, severity float64, model uint8) uint8
	// Ban is the strength of the state's ban on a firm.
	Ban(w *World, state, firm int, model float64) float64
	// Effort is how the state's diplomats split their time, by DiplomaticEffort;
	// the shares sum to 1.
	Effort(w *World, state int, model [Efforts]float64) [Efforts]float64
	// Agree says whether the state enters, or stays in, an agreement with a partner.
	Agree(w *World, state, partner int, model bool) bool
	// Adopt says whether the state adheres to a text in force: endorses a voluntary
	// one, ratifies a binding one.
	Adopt(w *World, state, text int, model bool) bool
	// Found says whether the state joins in founding a rival to the forums on a
	// line.
	Found(w *World, state int, line Line, model bool) bool
	// Renew says whether the state wants the mandate of a forum renewed.
	Renew(w *World, state, forum int, model bool) bool
}

// DiplomaticEffort is what diplomats do (Barrinha and Renard 2017).
type DiplomaticEffort int

// The four things that diplomats do.
const (
	ConsensusBuilding DiplomaticEffort = iota
	BridgeBuilding
	Bilateral
	Coalition
	Efforts = 4
)

// UsualEffort is how diplomats split their time on average over the states of
// 2018, and everywhere while the diplomacy mechanism is off.
var UsualEffort = [Efforts]float64{.55, .25, .08, .12}

// EffortNames names them.
var EffortNames = []string{"consensus", "bridges", "bilateral", "coalition"}

// FirmRule answers for a firm.
type FirmRule interface {
	// Sell is the stack that the firm sells from now on.
	Sell(w *World, firm int, model int) int
	// Lobby is the position towards which the firm lobbies its host states, and
	// Pressure how hard it does, [0, 1].
	Lobby(w *World, firm int, model Pressure) Pressure
	// Sponsor says whether the firm signs a norm of the private sector.
	Sponsor(w *World, firm, text int, model bool) bool
}

// Pressure is where a firm wants states to move and how hard it pushes.
type Pressure struct {
	Position []float64
	Strength float64 // [0, 1]
}

// ChairRule answers for the chair of a forum.
type ChairRule interface {
	// Text is the draft that the chair puts to the members.
	Text(w *World, forum int, model Draft) Draft
}

// Rules holds the agents that do not leave their decisions to the model; a nil
// entry, or a nil slice, leaves them to it.
type Rules struct {
	State []StateRule
	Firm  []FirmRule
	Chair []ChairRule
	// Future holds, by identifier, the rules of chairs of forums that the catalogue
	// knows and that do not exist at the start.
	Future map[string]ChairRule
}

// OfState returns the rule of state i.
func (r *Rules) OfState(i int) StateRule {
	if r.State == nil || r.State[i] == nil {
		return ModelRule{}
	}
	return r.State[i]
}

// OfFirm returns the rule of firm f.
func (r *Rules) OfFirm(f int) FirmRule {
	if r.Firm == nil || r.Firm[f] == nil {
		return ModelRule{}
	}
	return r.Firm[f]
}

// OfChair returns the rule of the chair of forum k; forums born during the run
// are the model's.
func (r *Rules) OfChair(k int, id string) ChairRule {
	if rule := r.Future[id]; rule != nil {
		return rule
	}
	if k >= len(r.Chair) || r.Chair[k] == nil {
		return ModelRule{}
	}
	return r.Chair[k]
}

// ModelRule is the default rule: it returns the model's answer to everything.
// Embed it to answer only some questions.
type ModelRule struct{}

// Vote returns the model's vote.
func (ModelRule) Vote(_ *World, _, _ int, model Vote) Vote { return model }

// Stance returns the model's stance.
func (ModelRule) Stance(_ *World, _, _ int, model Stance) Stance { return model }

// Propose returns the model's draft.
func (ModelRule) Propose(_ *World, _, _ int, model *Draft) *Draft { return model }

// Recognise returns the model's choice.
func (ModelRule) Recognise(_ *World, _, _ int, model bool) bool { return model }

// StackTarget returns the model's mix.
func (ModelRule) StackTarget(_ *World, _ int, model []float64) []float64 { return model }

// Control returns the model's level.
func (ModelRule) Control(_ *World, _ int, model float64) float64 { return model }

// Answer returns the model's rung.
func (ModelRule) Answer(_ *World, _, _ int, _ float64, model uint8) uint8 { return model }

// Ban returns the model's strength.
func (ModelRule) Ban(_ *World, _, _ int, model float64) float64 { return model }

// Effort returns the model's split.
func (ModelRule) Effort(_ *World, _ int, model [Efforts]float64) [Efforts]float64 { return model }

// Agree returns the model's choice.
func (ModelRule) Agree(_ *World, _, _ int, model bool) bool { return model }

// Adopt returns the model's choice.
func (ModelRule) Adopt(_ *World, _, _ int, model bool) bool { return model }

// Found returns the model's choice.
func (ModelRule) Found(_ *World, _ int, _ Line, model bool) bool { return model }

// Renew returns the model's choice.
func (ModelRule) Renew(_ *World, _, _ int, model bool) bool { return model }

// Lobby returns the model's pressure.
func (ModelRule) Lobby(_ *World, _ int, model Pressure) Pressure { return model }

// Sponsor returns the model's choice.
func (ModelRule) Sponsor(_ *World, _, _ int, model bool) bool { return model }

// Sell returns the model's stack.
func (ModelRule) Sell(_ *World, _ int, model int) int { return model }

// Text returns the model's draft.
func (ModelRule) Text(_ *World, _ int, model Draft) Draft { return model }
