package world

import "strings"

// Line is a subject on which forums and texts compete.
type Line string

// The lines of the regime complex for cyberspace (Nye 2014).
const (
	ICTSecurity        Line = "ict_security"
	Cybercrime         Line = "cybercrime"
	Standards          Line = "standards"
	InternetGovernance Line = "internet_governance"
	Confidence         Line = "confidence"
	Industry           Line = "industry"
	Rights             Line = "rights"
)

// Lines lists all lines; the first six are the ones that the depth of
// cooperation is measured on.
var Lines = []Line{ICTSecurity, Cybercrime, Standards, InternetGovernance, Confidence, Industry, Rights}

// Words is the line as people say it.
func (l Line) Words() string {
	switch l {
	case ICTSecurity:
		return "ICT security"
	case Standards:
		return "technical standards"
	case Confidence:
		return "confidence-building"
	}
	return strings.ReplaceAll(string(l), "_", " ")
}

// DecisionRule is how a forum decides.
type DecisionRule string

// The decision rules.
const (
	Consensus      DecisionRule = "consensus"
	RoughConsensus DecisionRule = "rough_consensus"
	Majority       DecisionRule = "majority"
	TwoThirds      DecisionRule = "two_thirds" // after consensus was sought
	NoDecision     DecisionRule = "none"       // dialogue only
)

// DecisionRules lists them.
var DecisionRules = []DecisionRule{Consensus, RoughConsensus, Majority, TwoThirds, NoDecision}

// Negotiation is how the members of a forum look for a text.
type Negotiation string

// The ways to negotiate; the zero value is Centroid.
const (
	Centroid   Negotiation = "centroid"   // towards the members' mean by power and salience (Achen 2006)
	Challenges Negotiation = "challenges" // members challenge one another's positions (Bueno de Mesquita 1997)
)

// Negotiations lists them.
var Negotiations = []Negotiation{Centroid, Challenges}

// Access is who can take part in a forum.
type Access string

// The kinds of access.
const (
	AccessStates           Access = "states" // every state of the world
	AccessClosed           Access = "closed"
	AccessInvited          Access = "invited"
	AccessMultistakeholder Access = "multistakeholder" // no state members
	AccessIndustry         Access = "industry"         // firms are the members
)

// Accesses lists them.
var Accesses = []Access{AccessStates, AccessClosed, AccessInvited, AccessMultistakeholder, AccessIndustry}

// ForumStatus is the phase of life of a forum.
type ForumStatus int

// The phases: a dormant forum has lost its mandate, but its text stands and it
// can be called back.
const (
	Alive ForumStatus = iota
	Dormant
	Merged
	Dead
)

func (s ForumStatus) String() string {
	return [...]string{"alive", "dormant", "merged", "dead"}[s]
}

// Forum is an institution in which texts are negotiated.
type Forum struct {
	ID         string
	Name       string
	Key        uint64
	Line       Line
	Rule       DecisionRule
	Negotiates Negotiation
	Access     Access
	Structured bool // has a secretariat and regular work: it socialises (Bearce and Bondanella 2007)
	Universal  bool // open to every state
	WesternLed bool
	Binding    bool // its texts bind those who ratify

	Status     ForumStatus
	Founded    int // tick, negative before the start
	Entrusted  int // tick in which it was set up or called back; 0: before the run
	AgeAtStart float64
	MandateEnd int     // tick in which the mandate ends; NoEnd: permanent
	Report     int     // tick in which the report of an earlier mandate is due that was renewed before it ended; 0: none
	Renewals   int     // times its mandate was renewed without a break
	Cycle      float64 // years between two sessions that negotiate a text
	Sponsor    int     // state that called it into being, or -1
	Chair      int     // state of the chair, or -1
	Members    []bool  // by state
	Firms      []bool  // by firm: members of industry forums, representations elsewhere
	Region     []bool  `run:"constant"` // by state: those that a regional organisation can take in; nil: any

	// Product is what the forum's first text will be called, and how deep it is if a
	// scenario has it endorsed at the founding.
	Product    Product   `run:"constant"`
	Position   []float64 // where the forum's current text stands (Dim)
	Text       int       // the text in force, or -1
	Legitimacy float64   // [0, 1]
	Input      float64   // input legitimacy, derived once a year
	Output     float64   // memory of adopted depth x compliance, [0, 1]
	Attention  float64   // share of the world's diplomatic effort on the line, [0, 1]
}

// Size is the number of states that are members.
func (f *Forum) Size() int {
	n := 0
	for _, in := range f.Members {
		if in {
			n++
		}
	}
	return n
}

// Votes tells whether the forum is an assembly of all states that decides by majority.
func (f *Forum) Votes() bool { return f.Access == AccessStates && f.Rule == Majority }

// Engineers tells whether the forum is a body of engineers, who decide on protocols by
// rough consensus and running code.
func (f *Forum) Engineers() bool {
	return f.Access == AccessMultistakeholder && f.Rule == RoughConsensus
}

// Product is the text that a forum is there to bring about.
type Product struct {
	ID, Title string
	Depth     float64
	Needed    int // parties with which it enters into force, if it binds; 0: not known
	// AsOne is the identifier of a forum whose members ratify it together; "" none.
	AsOne string
	// Proposers are states that called for the forum or lead its talks, besides its
	// sponsor. They do not change during a run.
	Proposers []int
}

// Work is the identifier and the title of the text that the forum is there to bring
// about: those of its product, or else of what its work results in.
func (f *Forum) Work() (id, title string) {
	if f.Product.ID != "" {
		return f.Product.ID, f.Product.Title
	}
	what := "report of the "
	if f.Binding {
		what = "convention of the "
	}
	return ReportID(f.ID), what + f.Name
}

// FullOutput is the unit in which Forum.Output counts: the depth x compliance at which a
// forum counts as wholly successful. Hardly any multilateral text of the data reaches it.
const FullOutput = .5

// NoEnd marks a permanent mandate.
const NoEnd = 1 << 30

// TextKind says what a text does. It is known before the vote and sets what it
// costs to oppose it.
type TextKind string

// The kinds of texts.
const (
	Views   TextKind = "views"   // asks for reports or for the views of states
	Support TextKind = "support" // backs a forum that exists
	Create  TextKind = "create"  // sets up or relaunches a forum
	Treaty  TextKind = "treaty"  // starts or adopts a binding instrument
	Norm    TextKind = "norm"    // voluntary rules of behaviour
)

// TextKinds lists them.
var TextKinds = []TextKind{Views, Support, Create, Treaty, Norm}

// Text is a proposal, and after adoption a norm: soft, or binding for those who
// ratified it.
type Text struct {
	ID       string
	Title    string
	Line     Line
	Kind     TextKind
	Forum    int   // where it is negotiated or voted
	Sponsors []int // states; the first leads
	Firms    []int // firms that sponsor it

	Position []float64 // Dim
	Depth    float64   // stringency, [0, 1]
	Binding  bool
	Open     bool // any state may accede, member of the forum or not
	// Serves is the identifier of the forum that the text backs, or that its
	// adoption sets up or relaunches (kinds Create and Treaty); "" for none.
	Serves  string
	Mandate float64 // years for which it sets up or renews the forum; 0 is permanent
	Lasting bool    // a text of support that makes the mandate of the forum permanent
	// Merges is a forum that the text folds into the one that it serves; "" none.
	Merges string
	// Replaces is the earlier text that this one takes the place of when it is
	// adopted; "" none.
	Replaces string
	// Revives is the earlier text of the forum, of the same title, that it brings back; ""
	// none.
	Revives string
	// Own says that the members of its forum have worked it out among themselves: no
	// sponsor has tabled it.
	Own bool
	// Joint says that it is tabled for all sides, by the leaders of both or by a state
	// between them: it passes without a vote unless somebody asks for one.
	Joint     bool
	StatusQuo []float64 `run:"constant"` // where states stand if it fails; nil: a rival text of the session, else the texts in force on the line
	Stack     int       // stack that its adoption recognises, or -1

	Status  TextStatus
	Tabled  int // tick in which it was put on the table
	Adopted int // tick of adoption; NotAdopted until then
	// Needed is the number of parties with which a binding text enters into force; 0:
	// it is not known.
	Needed int
	// AsOne is the identifier of a forum whose members ratify the text together, since
	// they have left it to the forum to conclude such treaties; "" none.
	AsOne string
	// Against are, by state, those who voted against it or declared that they do not
	// support it; empty: it is not known of anybody.
	Against []bool
	// Since is, by state, the tick since which it could adhere, where that is later
	// than the adoption, and Invited the tick in which it was called on to, or
	// NotAdopted (accession may be by invitation); nil: no state.
	Since, Invited []int     `run:"constant"`
	Adherence      []uint8   // by state: Outside, Endorsed (signed or voted for), Ratified, Party
	Compliance     []float64 // by state, [0, 1]
}

// TextStatus is the phase of life of a text.
type TextStatus uint8

// The phases of life of a text.
const (
	InForce TextStatus = iota
	Tabled
	Rejected
	Lapsed
)

func (s TextStatus) String() string {
	return [...]string{"in force", "tabled", "rejected", "lapsed"}[s]
}

// NotAdopted marks a text that is only a proposal.
const NotAdopted = -1 << 30

// The adherence of a state to a text. A voluntary text covers whoever endorsed
// it; a binding one only its parties. Those who ratify a treaty that is not yet in
// force become parties when it is.
const (
	Outside uint8 = iota
	Endorsed
	Ratified
	Party
)

// Covers tells whether state i counts as covered by the text.
func (t *Text) Covers(i int) bool { return t.Adherence[i] >= t.Least() }

// Hold is how firmly the text holds state i, [0, 1]: depth x compliance while it is in
// force and covers the state, else 0 (depth and compliance only count together: Downs,
// Rocke and Barsoom 1996).
func (t *Text) Hold(i int) float64 {
	if t.Status != InForce || !t.Covers(i) {
		return 0
	}
	return t.Depth * t.Compliance[i]
}

// Least is the level of adherence from which the text covers a state: a binding one
// covers its parties.
func (t *Text) Least() uint8 {
	if t.Binding {
		return Party
	}
	return Endorsed
}

// Enter makes state i a member of forum k, and counts what it now shares with the
// others.
func (w *World) Enter(k, i int) {
	f, d, n := &w.Forums[k], &w.Dyads, w.States.N
	if f.Members[i] {
		return
	}
	if f.socialises() {
		for j, in := range f.Members {
			if in {
				d.Shared[i*n+j]++
				d.Shared[j*n+i]++
				d.MostShared = max(d.MostShared, d.Shared[i*n+j])
			}
		}
	}
	f.Members[i] = true
}

// Exit ends the membership of state i in forum k, and with it its adherence to the
// forum's text.
func (w *World) Exit(k, i int) {
	f := &w.Forums[k]
	if !f.Members[i] {
		return
	}
	f.Members[i] = false
	if f.Text >= 0 {
		w.Texts[f.Text].Adherence[i], w.Texts[f.Text].Compliance[i] = Outside, 0
	}
	if f.socialises() {
		w.CountShared()
	}
}

// socialises tells whether belonging to the forum brings its members together.
func (f *Forum) socialises() bool { return f.Structured && !f.Universal && f.Status == Alive }

// Changed tells the world that a forum was founded, woken, closed or merged.
func (w *World) Changed(k int) {
	if f := &w.Forums[k]; f.Structured && !f.Universal {
		w.CountShared()
	}
}

// CountShared derives Dyads.Shared from the members of the living forums. Call
// it again when forums or members have changed.
func (w *World) CountShared() {
	n := w.States.N
	clear(w.Dyads.Shared)
	members := make([]int, 0, n)
	for k := range w.Forums {
		f := &w.Forums[k]
		if !f.socialises() {
			continue
		}
		members = members[:0]
		for i, in := range f.Members {
			if in {
				members = append(members, i)
			}
		}
		for _, i := range members {
			for _, j := range members {
				if j != i {
					w.Dyads.Shared[i*n+j]++
				}
			}
		}
	}
	w.Dyads.MostShared = 0
	for _, number := range w.Dyads.Shared {
		w.Dyads.MostShared = max(w.Dyads.MostShared, number)
	}
}
