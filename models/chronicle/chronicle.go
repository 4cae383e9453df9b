// Package chronicle is the history of a run as a student reads it. It hears the facts
// that mechanisms report, judges which of them are news, and words those.
//
// Each file is about the facts of one mechanism. What has to be remembered in order to
// judge what is news, such as what the chronicle has said already, lies in the world
// (world.Slot), so that a run that goes on from a saved world is told as it would have
// been. Nothing here moves the world.
package chronicle

import (
	"fmt"

	"splinternet/models/crime"
	"splinternet/models/diplomacy"
	"splinternet/models/events"
	"splinternet/models/interconnection"
	"splinternet/models/markets"
	"splinternet/models/norms"
	"splinternet/models/power"
	"splinternet/models/security"
	"splinternet/models/standards"
	"splinternet/models/verdict"
	"splinternet/models/world"
)

// Chronicle tells the facts of a run.
type Chronicle struct{}

// Tell judges and words one fact.
func (Chronicle) Tell(w *world.World, fact world.Fact) {
	switch f := fact.(type) {
	case world.Began:
		beginInterconnection(w)
	case world.Decided:
		tellDecided(w, f)

	case events.Happened:
		tellHappened(w, f)
	case events.Failed:
		tellFailed(w, f)
	case power.Opened:
		tellOpened(w, f)
	case power.Acquired:
		tellAcquired(w, f)
	case security.Suffered:
		tellSuffered(w, f)
	case security.Replied:
		tellReplied(w, f)
	case security.Counted:
		tellCounted(w, f)
	case security.Rivalled:
		tellRivalled(w, f)
	case crime.Wave:
		tellWave(w, f)
	case crime.Operation:
		tellOperation(w, f)
	case diplomacy.Agreed:
		tellAgreed(w, f)
	case diplomacy.Lapsed:
		tellLapsed(w, f)
	case diplomacy.Bridged:
		tellBridged(w, f)
	case diplomacy.BridgeGone:
		forgetBridge(w, f.I, f.J)
	case diplomacy.Promised:
		tellPromised(w, f)
	case interconnection.Controls:
		tellWalls(w, f)
	case interconnection.Network:
		tellNetwork(w, f)
	case markets.Represented:
		tellRepresented(w, f)
	case markets.Restricted:
		tellRestricted(w, f)
	case markets.Signed:
		tellSigned(w, f)
	case markets.Sold:
		tellSold(w, f)
	case markets.Withheld:
		tellWithheld(w, f)

	case norms.Died:
		tellDied(w, f)
	case norms.EnteredIntoForce:
		tellEnteredIntoForce(w, f)
	case norms.Joined:
		tellJoined(w, f)
	case norms.Ratified:
		tellRatified(w, f)
	case norms.Reviewed:
		tellReviewed(w, f)

	case standards.Recognised:
		tellRecognised(w, f)
	case standards.Carried:
		tellCarried(w, f)

	case verdict.Passed:
		tellLabel(w, f)
	default:
		tellForums(w, fact)
	}
}

// tellLabel says that the world has come to another end state. The meaning of an end
// state has a colon of its own, so that it is a clause of its own.
func tellLabel(w *world.World, f verdict.Passed) {
	w.Add(world.Entry{
		Kind: f.Kind(), Name: string(f.To), Weight: 1,
		Text: fmt.Sprintf("The world has passed from %s to %s, %s.", f.From.Words(), f.To.Words(), f.To.Meaning()),
	})
}
