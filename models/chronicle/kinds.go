package chronicle

import "splinternet/models/world"

// Kind says what the entries of one kind hold: who acted, on whom, and what their value
// is. It is one and the same unit for all entries of the kind.
type Kind struct {
	Name    string // as it stands in the chronicle
	Doc     string // what happened
	Actors  string // who acted; "" nobody
	Targets string // on whom or what; "" nobody
	Value   string // what the value is, and what its sign says
	Unit    string // of the value; "" for no more than a number
}

// Kinds are all kinds of entries: first those of what agents do, then those that only the
// events of a scenario have. An event of a scenario that has the kind of another entry, such
// as a ban, is described with it.
var Kinds = []Kind{
	{
		"vote", "a forum votes on a text",
		tablers, textAndMore, "yes among yes and no, 0 where there is neither", "share",
	},
	{
		"text", "members agree on a text or take stock of it, or a text is adopted without a vote",
		tablers, "the text and what it is about; of several, the texts", "change of its depth since the chronicle last told of it, the whole of a new text; the mean of several", "depth",
	},
	{
		"deadlock", "a forum finds no consensus",
		tablers, textAndMore, "its depth; of a text in force, which stands, that of old", "depth",
	},
	{
		"norm", "states endorse a text or come round to it; compliance with it changes; it dies",
		"states that do, the weightiest first; nobody where compliance changes or a text dies", "the text",
		"states that adhere from now on (+) or no longer (-); where compliance changes, its mean change times the states covered", "states",
	},
	{
		"treaty", "states ratify a treaty, it enters into force, or a scenario opens one",
		"states that ratify it or join", "the text", "states that ratify or join; where it enters into force, all that it binds", "states",
	},
	{
		"forum", "a forum is set up, founded, renewed or called back; members join or leave; it merges or ends",
		"states that found it, join or leave, the founder first; of one that a scenario sets up, the state that calls it into being; nobody otherwise",
		"the forum; of a merger, also the one that takes it over", "states that are members from now on or join (+), or that leave (-); all of them where it ends", "states",
	},
	{
		"measures", "the confidence-building measures of a forum gain or lose weight",
		"the forum", "", "change of the channel that they promise its members", "level",
	},
	{
		"agreement", "states agree, or their agreement lapses",
		"both states, or all parties of an event", "", "level of the channel that it opens (of an event without one, of the bridge, or what is added to trust); minus the level that lapses", "level",
	},
	{
		"bridge", "gateways between networks are built or fall into disuse",
		"the states, the one with most gateways first", "", "what they carry now of what would not pass without them, the highest of several", "share",
	},
	{"office", "a state opens an office for cyber diplomacy", "the state", "", "states that have one by now", "states"},
	{"capability", "a state can mount cyber operations of its own", "the state", "", "states that can by now", "states"},
	{"accord", "firms join or leave an accord, or open or close a representation", "firms", "the forum", "firms that join (+) or leave (-)", "firms"},
	{
		"ban", "states bar firms from their networks or admit them again; a firm loses half of a market to bans",
		"states that decide; of a lost market, those in it that bar the firm", "firms",
		"mean change of the strength of the bans, + stricter, - eased or lifted; of a lost market, the share of it that is gone (+)", "share",
	},
	{
		"denial", "states keep products of their firms from another state, or sell to it again",
		"states that decide", "whom they deny", "mean change of the share of their firms' products that is kept back", "share",
	},
	{
		"stack", "states recognise a stack, it comes to carry a share of the world, or a scenario proposes it",
		"states that recognise it, and firms that sell it", "the stack", "world power and users that recognise it by now; where it carries a share, the world's users on it", "share",
	},
	{"control", "states raise their boundary controls over a level", "states", "", "the level that they pass", "level"},
	{"network", "the network comes apart or grows together", "", "", "change of native reachability since the chronicle last told of it", "share"},
	{
		"incident", "a cyber operation, or the lesser ones of a year together",
		"initiator; of the lesser ones of a year, who carried out most", "victim, then who is wrongly blamed; nobody for a year", "severity; of a year, of the gravest", "0 to 10",
	},
	{
		"crime", "a wave of crime from one state hurts users in another",
		"the state in which the criminals sit", "the state whose users they hurt", "share of the groups that go free", "share",
	},
	{"arrest", "two states break up criminal groups together", "the state in which they sat, then the other", "the convention by which they help each other, if any", "states that take part", "states"},
	{
		"response", "a state answers an operation",
		"the state", "whom it answers", "rung of the ladder: 1 protest, 2 sanctions, 3 operation of its own, 4 outside cyberspace", "rung",
	},
	{
		"decision", "an agent decides otherwise than the model would",
		"the agent; for a chair, the forum", "what the decision is about, if anything",
		"the answer: a level, a depth or a strength; yes 1 and no 0, but a vote against -1; a rung; a stance, 0 join, 1 dissociate, 2 block; 0 for any other", "as answered",
	},
	{
		"rivalry", "two states become rivals, or are no longer", "both states", "",
		"1 where they become rivals, -1 where they are no longer", "",
	},
	{"label", "the world passes to another end state", "", "", "0", ""},

	{
		"war", "an event sets two sides against each other", "the initiator and who sides with it", "the target and who sides with it",
		"mean change of trust between the sides (-)", "trust",
	},
	{"shock", "an event changes a variable of agents", "", "agents that it touches", "mean change of the variable", "of the variable"},
	{"proposal", "an event tables a text", tablers, textAndMore, "its depth", "depth"},
	{"end", "an event closes a forum or merges it into another", "", "the forum, then the one that takes it over", "states that were members (-)", "states"},
	{"crisis", "an event is a cyber incident, told in the scenario's words", "initiator", "victim, then who is blamed, if that is another", "severity", "0 to 10"},
	{"parameter", "an event changes a parameter", "", "name of the parameter", "its new value", "of the parameter"},
}

const (
	tablers     = "states and firms that table it, the leading one first; where nobody does, the forum"
	textAndMore = "the text; then the forums and the stack that it is about"
)

// tabledBy are the identifiers of the states and firms that table a text, the leading one
// first; of a text that nobody tables, that of its forum.
func tabledBy(w *world.World, text *world.Text) []string {
	if len(text.Sponsors)+len(text.Firms) == 0 {
		return []string{w.Forums[text.Forum].ID}
	}
	return append(w.IDs(text.Sponsors), firmIDs(w, text.Firms)...)
}

// onText are the identifiers of a text and of what it is about: the forum that it backs or
// sets up, one that it folds into that, and a stack that it recognises.
func onText(w *world.World, text *world.Text) []string {
	ids := []string{text.ID}
	for _, forum := range []string{text.Serves, text.Merges} {
		if forum != "" {
			ids = append(ids, forum)
		}
	}
	if text.Stack >= 0 {
		ids = append(ids, w.Stacks[text.Stack].ID)
	}
	return ids
}

// firmIDs are the identifiers of firms.
func firmIDs(w *world.World, firms []int) []string {
	ids := make([]string, len(firms))
	for k, f := range firms {
		ids[k] = w.Firms.ID[f]
	}
	return ids
}
