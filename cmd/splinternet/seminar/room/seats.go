package room

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
)

// Seat is a delegation that somebody has taken.
type Seat struct {
	Agent   string
	Word    string // with which others join it
	Members []Member
}

// Member is one person in a delegation.
type Member struct {
	Name  string // a pseudonym
	Token string // hash of the key in the cookie
}

// Names are the members' pseudonyms.
func (s *Seat) Names() string {
	names := make([]string, len(s.Members))
	for k, m := range s.Members {
		names[k] = m.Name
	}
	return strings.Join(names, ", ")
}

// teamSize is how many can share a delegation.
const teamSize = 8

// AddKey lets another key open the control page.
func AddKey(token string) Act {
	return func(View, time.Time) (Step, error) {
		return enter(&Entry{Kind: Keyed, Token: Hash(token), Who: Instructor}), nil
	}
}

// Claim takes a delegation that nobody has, under a pseudonym. Others can join it
// with its word.
func Claim(agent, name, token string) Act {
	return func(v View, _ time.Time) (Step, error) {
		name, err := v.State.pseudonym(name)
		switch {
		case err != nil:
			return Step{}, err
		case !v.playable(agent):
			return Step{}, denied("There is no delegation “%s”.", clip(agent))
		case v.State.Seats[agent] != nil:
			return Step{}, denied("%s is taken already. Choose another delegation, or ask your team for its team word.", v.Play.Name(agent))
		}
		return enter(&Entry{Kind: Claimed, Agent: agent, Who: name, Token: Hash(token), Word: NewCode(4)}), nil
	}
}

// Team joins a delegation that is taken, with its word.
func Team(agent, word, name, token string) Act {
	return func(v View, _ time.Time) (Step, error) {
		name, err := v.State.pseudonym(name)
		seat := v.State.Seats[agent]
		switch {
		case err != nil:
			return Step{}, err
		case seat == nil:
			return Step{}, denied("Nobody has taken that delegation yet. Take it yourself.")
		case !strings.EqualFold(strings.TrimSpace(word), seat.Word):
			return Step{}, &Denied{"That is not the team word of " + v.Play.Name(agent) + ". Your team sees it on its page.", true}
		case len(seat.Members) >= teamSize:
			return Step{}, denied("%s has %d members already, and more cannot join.", v.Play.Name(agent), teamSize)
		}
		return enter(&Entry{Kind: Joined, Agent: agent, Who: name, Token: Hash(token)}), nil
	}
}

// Free takes a delegation from those who have it. Their keys are void.
func Free(agent string) Act {
	return func(v View, _ time.Time) (Step, error) {
		if v.State.Seats[agent] == nil {
			return Step{}, denied("Nobody has that delegation.")
		}
		return enter(&Entry{Kind: Freed, Agent: agent, Who: Instructor}), nil
	}
}

// pseudonym tidies a name and refuses one that is missing, too long or taken.
func (s *State) pseudonym(name string) (string, error) {
	name = tidy(name)
	switch {
	case name == "":
		return "", denied("Choose a name; it need not be your own.")
	case len([]rune(name)) > maxName:
		return "", denied("That name is too long: %d letters are allowed.", maxName)
	case strings.EqualFold(name, Instructor):
		return "", denied("That name is the instructor's. Choose another.")
	}
	for _, seat := range s.Seats {
		for _, m := range seat.Members {
			if strings.EqualFold(m.Name, name) {
				return "", denied("Somebody is called “%s” already. Choose another name.", name)
			}
		}
	}
	return name, nil
}

// IsInstructor tells whether a key opens the control page.
func (s *State) IsInstructor(token string) bool {
	return token != "" && slices.Contains(s.Keys, Hash(token))
}

// Who finds the delegation and the pseudonym of a key.
func (s *State) Who(token string) (agent, name string, ok bool) {
	if token == "" {
		return "", "", false
	}
	hash := Hash(token)
	for _, seat := range s.Seats {
		for _, m := range seat.Members {
			if m.Token == hash {
				return seat.Agent, m.Name, true
			}
		}
	}
	return "", "", false
}

// CodeIs tells whether a join code is the room's, however it is typed.
func (s *State) CodeIs(code string) bool {
	return s.Setup.Code == strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(code))
}

// NewToken makes a key that nobody can guess: 160 bits.
func NewToken() string { return hex.EncodeToString(random(20)) }

// random are bytes that nobody can guess.
func random(n int) []byte {
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		panic("room: " + err.Error()) // never returns an error, says its documentation
	}
	return b
}

// Hash is what the journal keeps of a key, so that a room file gives nobody a seat.
func Hash(token string) string {
	sum := sha256.Sum256([]byte("splinternet seat " + token))
	return hex.EncodeToString(sum[:16])
}

// letters are those that nobody mistakes for another when they are read out.
const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

// NewCode makes a word of n letters to be read out: 5 bits each.
func NewCode(n int) string {
	word := random(n)
	for k := range word {
		word[k] = letters[word[k]%32]
	}
	return string(word)
}
