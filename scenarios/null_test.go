package scenarios

import "testing"

// H0, first half: without alignment of stacks, without filters and without walls,
// no diplomatic variable can fragment the network. The bans that are scheduled up to 2020
// cost .03 of reachability whatever diplomats do.
func TestDiplomacyAloneFragmentsNothing(t *testing.T) {
	off := []string{"time.ticks=40", "interconnection.sanction=0", "mechanisms.markets=false"}
	for _, extreme := range []string{
		"diplomacy.bridging=0", "diplomacy.bridging=1", "forums.isolation=0", "forums.isolation=10",
		"forums.rival-members=1", "forums.merger=1", "norms.threshold=1", "norms.ratification=1",
	} {
		runs := playLibrary(t, "h0-no-politics", 1, append([]string{extreme}, off...)...)
		if got := atTheEnd(runs, "native_reachability"); got < .955 {
			t.Errorf("%s: native reachability %.3f", extreme, got)
		}
	}
}

// H0, second half: with a strong network effect the rival stack finds nobody, and
// with perfect gateways it would not matter, whatever politics do.
func TestNetworkEffectsHoldTheStack(t *testing.T) {
	for _, extreme := range []string{
		"diplomacy.bridging=0", "forums.isolation=0", "influence.bound=0", "influence.speed=1",
		"security.rate=200", "power.growth=3", "standards.recognition=0", "norms.threshold=0",
	} {
		runs := playLibrary(t, "baseline", 1, "time.ticks=40", "standards.network=20", "interconnection.gateway=1", extreme)
		if got := atTheEnd(runs, "technical_loss"); got > .005 {
			t.Errorf("%s: technical loss %.4f", extreme, got)
		}
	}
}
