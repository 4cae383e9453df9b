package scenarios

import (
	"strings"

	"splinternet/scenarios/document"
)

// Template is the text of a new scenario: short, valid as it stands, and with
// everything that one may want to change as a comment.
func Template(name string) string {
	return strings.ReplaceAll(template, "NAME", document.Quote(name))
}

const template = `# A scenario is its difference to another one: leave out what stays as it is.
# "splinternet scenario check FILE" says what is wrong with it.

title       = NAME
description = "What happens here, in two sentences."
question    = "What do you want to know?"
expect      = "What do you expect, and why?"
suits       = "The class or the paper that it is meant for."
extends     = "baseline"

# [time]                        # tick: month, quarter or year
# start = 2018-07-01
# tick  = "quarter"
# ticks = 90

# [parameters]                  # "splinternet parameters" lists them; rates are per year
# influence.bound = 0.45

# [mechanisms]                  # all are on unless frozen or abolished
# security = false

# [groups]
# middle = ["IND", "BRA", "ZAF", "IDN"]

# [state.IND]                   # a state as it starts: position from 0 (sovereign) to 1 (open)
# position = 0.4

# [[event]]
# name     = "india-turns"
# date     = 2025-01-01
# kind     = "shock"
# targets  = ["state.IND"]
# variable = "position"
# add      = -0.2

# [[event]]                     # the same name as an inherited event changes or removes it
# name   = "us-huawei"
# remove = true

# [[decision]]
# agent  = "state.IND"
# decide = "vote"
# about  = "A/RES/74/247"
# answer = "abstain"
`
