package main

import "github.com/spf13/cobra"

func ablateCommand(c *console) *cobra.Command {
	o := ablateOptions{}
	cmd := &cobra.Command{
		Use: "ablate SCENARIO", Short: "What changes when one thing after the other is taken out", Long: ablateHelp, Example: ablateExamples,
		Args:              arguments(1, 1, " SCENARIO"),
		ValidArgsFunction: completeScenarios(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.scenario = args[0]
			o.take(c, cmd)
			return ablate(cmd.Context(), c, o)
		},
	}
	o.bind(cmd, 20, "number of runs of each variant; run i of all variants shares its chance")
	f := cmd.Flags()
	f.StringSliceVar(&o.measures, "measures", nil, "headline `measures` on the screen (default: those of the verdict)")
	f.StringVar(&o.sort, "sort", "", "order the screen by the size of what changes in this `measure`")
	complete(cmd, "measures", completeHeadlines)
	complete(cmd, "sort", completeHeadlines)
	return cmd
}

const ablateHelp = `Play a scenario with one thing after the other taken out of it, and say what changes:
each mechanism that is on, each assumption whose absence is a known simpler model (such
as influence that does not weigh by power), and the nested reference models: M0, in which
only scheduled events happen; M1, opinions and power only; M2, with forums. M3 is the
scenario itself. A claim is worth making only if M3 does what M1 and M2 cannot.

Run i has the same seed in every variant, and what is taken out changes no other draw.`

const ablateExamples = `  splinternet ablate baseline
  splinternet ablate new-ip --runs 50 --sort native_reachability
  splinternet ablate mine.toml --measures openness,liberal_order --out results/ablation`
