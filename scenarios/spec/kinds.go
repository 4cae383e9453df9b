package spec

import (
	"strings"

	"splinternet/models/events"
	"splinternet/models/world"
)

// EventKind documents one kind of event.
type EventKind struct {
	Kind    string
	Meaning string
	Keys    []EventKey
	Example string // TOML of one event, for the baseline
}

// EventKey documents one key of a kind of event.
type EventKey struct {
	Key      string
	Type     string // text, list of texts, number, position, word, true or false, ...
	Allowed  string
	Meaning  string
	Required bool
}

// CommonKeys are the keys of every event.
func CommonKeys() []EventKey {
	return []EventKey{
		{"name", "text", "letters, digits, - and _; unique", "how messages, --set and an extending scenario call the event", true},
		{"kind", "word", strings.Join(kindNames(), ", "), "what happens", true},
		{"date", "date", "inside the run", "when it happens; or tick", false},
		{"tick", "whole number", "from 0; inside the run", "when it happens, in place of date", false},
		{"why", "text", "a sentence", "what the chronicle says instead of the sentence of the model", false},
		{"remove", "true", "for an inherited event", "takes the inherited event of that name away", false},
	}
}

const (
	statesOrGroups = `state codes such as "IND", or "group.NAME"`
	inShare        = "from 0 to 1"
	aPosition      = "from 0 (sovereign) to 1 (open); a list with two dimensions"
)

// EventKinds documents every kind of event with its keys.
func EventKinds() []EventKind {
	return []EventKind{
		shockKind(), proposalKind(), banKind(), denialKind(), forumKind(), endKind(), treatyKind(),
		crisisKind(), agreementKind(), warKind(), stackKind(), parameterKind(), decisionKind(),
	}
}

func kindNames() []string {
	return []string{
		"shock", "proposal", "ban", "denial", "forum", "end", "treaty",
		"crisis", "agreement", "war", "stack", "parameter", "decision",
	}
}

func shockKind() EventKind {
	var lists []string
	for _, kind := range []string{"state", "firm", "forum", "stack"} {
		lists = append(lists, kind+": "+strings.Join(events.ShockVariables[kind], ", "))
	}
	return EventKind{
		Kind: "shock", Meaning: "changes one variable of agents; exactly one of add, factor and value is given",
		Keys: []EventKey{
			{"targets", "list of texts", "state.ID, group.ID, firm.ID, forum.ID or stack.ID, all with the variable", "who is changed", true},
			{"variable", "word", strings.Join(lists, "; "), "what is changed", true},
			{"toward", "list of texts", statesOrGroups + "; for trust only", "limits a shock to trust to the pairs with these states", false},
			{"add", "number", "", "is added", false},
			{"factor", "number", "from 0", "multiplies", false},
			{"value", "number", "", "replaces", false},
		},
		Example: "[[event]]\nname = \"sovereign-internet\"\ndate = 2019-11-01\nkind = \"shock\"\ntargets = [\"state.RUS\"]\nvariable = \"control\"\nadd = 0.2\n",
	}
}

func proposalKind() EventKind {
	return EventKind{
		Kind: "proposal", Meaning: "tables a text in a forum, which votes on it at once or negotiates it at its next session",
		Keys: []EventKey{
			{"text", "text", "unique", `identifier of the text, such as "A/RES/73/27"`, true},
			{"title", "text", "", "its title", false},
			{"forum", "text", "a forum", "where it is tabled", true},
			{"text-kind", "word", strings.Join(words(world.TextKinds), ", "), "what the text does, which sets what it costs to oppose it", true},
			{"sponsors", "list of texts", "state codes, or firm.ID", "who tables it, the leader first", true},
			{"position", "position", aPosition, "where the text stands", true},
			{"depth", "number", inShare + ", default 0.3", "how much it asks of those who join", false},
			{"line", "word", strings.Join(words(world.Lines), ", "), "its subject; default: the forum's", false},
			{"serves", "text", "a forum, also one that does not exist yet", "forum that the text backs, or that its adoption sets up or calls back (text-kind create and treaty)", false},
			{"mandate", "number", "years from 0", "mandate of the forum that it sets up; 0: permanent", false},
			{"stack", "text", "a stack", "stack that its adoption recognises as a standard", false},
			{"status-quo", "position", aPosition, "where states stand if it fails; default: the best text of the line", false},
			{"joint", "true or false", "", "all sides table it: it is adopted without a vote, unless a scripted state says no", false},
		},
		Example: "[[event]]\nname = \"oewg\"\ndate = 2018-12-05\nkind = \"proposal\"\ntext = \"A/RES/73/27\"\nforum = \"un_ga1\"\ntext-kind = \"create\"\nsponsors = [\"RUS\", \"CHN\"]\nposition = 0.05\ndepth = 0.2\nserves = \"un_oewg\"\nmandate = 2.25\n",
	}
}

func banKind() EventKind {
	return EventKind{
		Kind: "ban", Meaning: "bars firms from the networks of states, or lifts the bar",
		Keys: []EventKey{
			{"states", "list of texts", statesOrGroups, "who bans", true},
			{"firms", "list of texts", "firms", "who is banned", true},
			{"strength", "number", inShare + ", default 1", "0 lifts the ban, 1 is total; a stricter one in force stays", false},
		},
		Example: "[[event]]\nname = \"us-huawei\"\ndate = 2019-05-15\nkind = \"ban\"\nstates = [\"USA\"]\nfirms = [\"huawei\"]\n",
	}
}

func denialKind() EventKind {
	return EventKind{
		Kind: "denial", Meaning: "keeps products of the firms of states from other states, or ends that",
		Keys: []EventKey{
			{"states", "list of texts", statesOrGroups, "who denies", true},
			{"targets", "list of texts", statesOrGroups, "who is denied", true},
			{"strength", "number", inShare + ", default 0.3", "share of the products that is kept back; 0 ends the denial; a wider one in force stays", false},
		},
		Example: "[[event]]\nname = \"chip-controls\"\ndate = 2022-10-07\nkind = \"denial\"\nstates = [\"USA\"]\ntargets = [\"CHN\"]\nstrength = 0.3\n",
	}
}

func forumKind() EventKind {
	return EventKind{
		Kind: "forum", Meaning: "sets up a forum, or calls a dormant one back; a forum that the data know needs no further keys",
		Keys: []EventKey{
			{"forum", "text", "an identifier", "identifier of the forum", true},
			{"title", "text", "", "its name", false},
			{"line", "word", strings.Join(words(world.Lines), ", "), "its subject; default ict_security", false},
			{"rule", "word", strings.Join(words(world.DecisionRules), ", "), "how it decides; default consensus", false},
			{"negotiation", "word", strings.Join(words(world.Negotiations), ", "), "how its members look for a text; default centroid", false},
			{"access", "word", strings.Join(words(world.Accesses), ", "), "who takes part; default states, or closed where members are given", false},
			{"members", "list of texts", statesOrGroups, "its member states; default: all where access is states", false},
			{"firms", "list of texts", "firms", "member firms, or firms with a representation", false},
			{"endorsers", "list of texts", statesOrGroups, "states that endorse what it stands for at once, which brings its text into force", false},
			{"sponsor", "text", "a state code", "state that calls it into being", false},
			{"chair", "text", "a state code", "state that chairs it", false},
			{"position", "position", aPosition, "where it stands; default: the mean of its members", false},
			{"depth", "number", inShare + ", default 0.3", "depth of what it has achieved", false},
			{"legitimacy", "number", inShare + ", default 0.5", "legitimacy at the start", false},
			{"mandate", "number", "years from 0, default 0", "0: permanent", false},
			{"cycle", "number", "years, default 2", "time between two sessions that negotiate a text", false},
			{"binding", "true or false", "", "whether its texts bind those who ratify", false},
			{"structured", "true or false", "", "whether it has a secretariat and regular work; default true", false},
			{"universal", "true or false", "", "whether it is open to every state", false},
			{"western-led", "true or false", "", "whether it counts as an institution of the West", false},
		},
		Example: "[[event]]\nname = \"paris-call\"\ndate = 2018-11-12\nkind = \"forum\"\nforum = \"paris_call\"\nendorsers = [\"FRA\", \"group.eu\"]\n",
	}
}

func endKind() EventKind {
	return EventKind{
		Kind: "end", Meaning: "closes a forum, or merges it into another",
		Keys: []EventKey{
			{"forum", "text", "a forum", "forum that ends", true},
			{"into", "text", "a forum", "forum that takes it over; default: none", false},
		},
		Example: "[[event]]\nname = \"no-more-igf\"\ndate = 2020-12-31\nkind = \"end\"\nforum = \"igf\"\n",
	}
}

func treatyKind() EventKind {
	return EventKind{
		Kind: "treaty", Meaning: "opens a binding text for states to join",
		Keys: []EventKey{
			{"text", "text", "unique", "identifier of the treaty", true},
			{"title", "text", "", "its title", false},
			{"forum", "text", "a forum", "forum that looks after it", true},
			{"position", "position", aPosition, "where it stands", true},
			{"depth", "number", inShare + ", default 0.5", "how much it asks of its parties", false},
			{"parties", "list of texts", statesOrGroups, "who joins at once", false},
		},
		Example: "[[event]]\nname = \"digital-geneva\"\ndate = 2020-06-01\nkind = \"treaty\"\ntext = \"digital-geneva\"\nforum = \"un_ga1\"\nposition = 0.7\nparties = [\"group.eu\"]\n",
	}
}

func crisisKind() EventKind {
	return EventKind{
		Kind: "crisis", Meaning: "a cyber incident between two states",
		Keys: []EventKey{
			{"initiator", "text", "a state code", "who attacks", true},
			{"target", "text", "a state code", "who is hit", true},
			{"severity", "number", "from 0 to 10 (DCID scale), default 5", "how bad it is", false},
			{"blamed", "text", "a state code", "whom the target blames; default: the model decides", false},
		},
		Example: "[[event]]\nname = \"solarwinds\"\ndate = 2020-12-13\nkind = \"crisis\"\ninitiator = \"RUS\"\ntarget = \"USA\"\nseverity = 5\n",
	}
}

func agreementKind() EventKind {
	return EventKind{
		Kind: "agreement", Meaning: "gives every pair among states a channel, a bridge or trust; or ends their channels and bridges",
		Keys: []EventKey{
			{"parties", "list of texts", statesOrGroups + "; two states or more", "who agrees", true},
			{"channel", "number", inShare + ", default 0.5", "level of the channel (hotline, confidence-building measure); default 0 beside bridge or trust", false},
			{"bridge", "number", inShare + ", default 0", "level of the bridge: a gateway between the two networks", false},
			{"trust", "number", "from -1 to 1, default 0", "is added to trust, in both directions", false},
			{"lapse", "true or false", "", "true ends the channels and bridges of the pairs", false},
		},
		Example: "[[event]]\nname = \"xi-biden\"\ndate = 2020-03-01\nkind = \"agreement\"\nparties = [\"USA\", \"CHN\"]\nchannel = 0.6\ntrust = 0.1\n",
	}
}

func warKind() EventKind {
	return EventKind{
		Kind: "war", Meaning: "sets two sides against each other: agreements and lines between them end, their trust falls for good, initiator and target become rivals; " +
			"until the war is over, and for some years after, none agrees with one of the other side",
		Keys: []EventKey{
			{"initiator", "text", "a state code", "who begins the war", true},
			{"target", "text", "a state code", "on whom", true},
			{"with-initiator", "list of texts", statesOrGroups, "who sides with the initiator", false},
			{"with-target", "list of texts", statesOrGroups, "who sides with the target", false},
			{"until", "date or tick", "not before the event; default: the war goes on", "last day of the war", false},
		},
		Example: "[[event]]\nname = \"war-in-ukraine\"\ndate = 2022-02-24\nkind = \"war\"\ninitiator = \"RUS\"\ntarget = \"UKR\"\nwith-initiator = [\"BLR\"]\nwith-target = [\"group.west\"]\n",
	}
}

func stackKind() EventKind {
	return EventKind{
		Kind: "stack", Meaning: "proposes a stack of standards that the world knows but nobody could use yet",
		Keys: []EventKey{
			{"stack", "text", "a stack", "the stack", true},
			{"sponsors", "list of texts", "state codes", "states that recognise it at once", false},
			{"firms", "list of texts", "firms", "firms that sell it from now on", false},
		},
		Example: "[[event]]\nname = \"new-ip-proposed\"\ndate = 2019-09-01\nkind = \"stack\"\nstack = \"new-ip\"\nsponsors = [\"CHN\"]\nfirms = [\"huawei\"]\n",
	}
}

func parameterKind() EventKind {
	return EventKind{
		Kind: "parameter", Meaning: "changes a parameter during the run",
		Keys: []EventKey{
			{"parameter", "text", "MECHANISM.NAME", "which parameter", true},
			{"value", "number, word, or true or false", "as for the parameter", "its value from then on", true},
		},
		Example: "[[event]]\nname = \"closing-minds\"\ndate = 2020-01-01\nkind = \"parameter\"\nparameter = \"influence.bound\"\nvalue = 0.1\n",
	}
}

// answerKeys are the keys of a scripted decision, as an event or under
// [[decision]].
func answerKeys() []EventKey {
	return []EventKey{
		{"agent", "text", "state.ID, firm.ID or forum.ID (its chair)", "who decides", true},
		{"decide", "word", "see the table of decisions", "what is decided", true},
		{"about", "text", "a text, forum, stack, firm or state", "narrows the decision to one occasion; default: all", false},
		{"answer", "word", "see the table of decisions", "the answer in a word", false},
		{"level", "number", inShare, "the answer in a number", false},
		{"position", "position", aPosition, "where a draft stands", false},
		{"depth", "number", inShare + ", default 0.3", "depth of a draft", false},
		{"mix", "table", "shares by stack; the first stack gets the rest", "the mix of stacks that a state steers to", false},
		{"until", "date or tick", "inside the run; default: its end", "last day of the decision", false},
	}
}

func decisionKind() EventKind {
	return EventKind{
		Kind: "decision", Meaning: "scripts a decision of an agent from the date of the event on; [[decision]] is the same with from in place of a name",
		Keys:    answerKeys(),
		Example: "[[event]]\nname = \"india-abstains\"\ndate = 2018-12-01\nkind = \"decision\"\nagent = \"state.IND\"\ndecide = \"vote\"\nabout = \"A/RES/73/27\"\nanswer = \"abstain\"\n",
	}
}
