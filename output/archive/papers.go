package archive

import (
	"fmt"
	"slices"
	"strings"

	"splinternet/output"
	"splinternet/output/kind"
	"splinternet/scenarios"
)

// titles are those of the scenarios, each once.
func (d *deposit) titles() []string {
	var list []string
	for _, s := range d.manifest.Scenarios {
		if !slices.Contains(list, s.Title) {
			list = append(list, s.Title)
		}
	}
	return list
}

func (d *deposit) readme() string {
	m := &d.manifest
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", strings.Join(d.titles(), "; "))
	fmt.Fprintf(&b, "These are %s, made with splinternet, an agent-based simulation of the governance\nof cyberspace (program %s, results version %d, seed %d).\n\n",
		kind.Content(d.manifest.Format), m.Program, m.ResultsVersion, m.Seed)
	b.WriteString("| file | what it is |\n| --- | --- |\n")
	var names []string
	for name := range d.files {
		names = append(names, name)
	}
	names = append(names, "README.md", "CITATION.cff") // which are still to be written
	if d.usesData() {
		names = append(names, "LICENSE-DATA")
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, d.purpose(name))
	}
	b.WriteString("\nThe manifest holds the SHA-256 of the tables; they were checked when this was packed.\n\n## To repeat it\n\n")
	b.WriteString("Each file in `scenarios` is whole and runs by itself:\n\n```sh\n")
	fmt.Fprintf(&b, "splinternet run scenarios/%s.toml --seed %d", fileName(m.Scenarios[0].Name), m.Seed)
	if m.From != nil {
		fmt.Fprintf(&b, " --from %s", output.Quote(m.From.File))
	}
	b.WriteString("\n```\n\n")
	if m.From != nil {
		fmt.Fprintf(&b, "The runs go on from %s (SHA-256 %s),\nwhich `--save-at` of that run writes.\n\n", m.From, m.From.SHA256)
	}
	if d.files[scenarios.PlanFile] != nil {
		b.WriteString("The plan of the sweep runs as it stands:\n\n```sh\nsplinternet sweep --plan plan.toml --out again\n```\n\n")
	}
	b.WriteString("The same results version gives the same numbers, to the bit on one operating system and\nprocessor architecture. A share of runs is chance within the assumptions, and no\nprobability of a future.\n\n")
	fmt.Fprintf(&b, "## To read it\n\n`python read.py` (pandas, matplotlib) and `Rscript read.R` draw `figure.png`: %s.\n\n", d.report.Figure)
	b.WriteString("## Terms\n\nThe numbers in these tables are the output of a program and may be used freely, with\ncitation.")
	if d.usesData() {
		b.WriteString(" The simulation starts from data of others, whose terms are in `LICENSE-DATA`.")
	}
	b.WriteString("\n")
	return b.String()
}

// purpose says what a file of the deposit is for.
func (d *deposit) purpose(name string) string {
	switch {
	case name == output.ManifestName:
		return "what was run, with every parameter and the hashes of the tables"
	case name == codebookName:
		return "every column of every table, with unit, range and meaning"
	case name == kindsName:
		return "every kind of event, with what its actors, targets and value are"
	case name == "read.py", name == "read.R":
		return "reads the tables and draws a figure"
	case name == "README.md":
		return "this page"
	case name == "CITATION.cff":
		return "how to cite this deposit"
	case name == "LICENSE-DATA":
		return "terms of the data that the simulation starts from"
	case name == scenarios.PlanFile:
		return "the plan of the sweep"
	case name == scenarios.PointsFile:
		return "the points of the plan"
	case name == "target.toml":
		return "what the calibration wanted"
	case strings.HasPrefix(name, "scenarios/"):
		return "a scenario, with all that it inherits"
	case strings.HasSuffix(name, ".toml"):
		return "a scenario, ready to run"
	case strings.HasSuffix(name, output.WorldSuffix):
		return "the world of a run as it was on a day: `run --from` goes on from it"
	case strings.HasSuffix(name, ".csv"), strings.HasSuffix(name, ".parquet"):
		return "a table; see the codebook"
	}
	return "a figure"
}

func (d *deposit) citation() string {
	return fmt.Sprintf(`cff-version: 1.2.0
message: "Cite this deposit, the software that made it, and the article that the model starts from. Put your own names in the place of authors."
type: dataset
title: %q
abstract: %q
authors:
  - name: "The authors of the scenario"
references:
  - type: software
    title: "splinternet: an agent-based simulation of the governance of cyberspace"
    authors:
      - name: "The splinternet authors"
    version: %q
    license: BSD-3-Clause
  - type: article
    title: "Power and diplomacy in the post-liberal cyberspace"
    authors:
      - family-names: Barrinha
        given-names: André
      - family-names: Renard
        given-names: Thomas
    journal: "International Affairs"
    volume: 96
    issue: "3"
    year: 2020
    start: 749
    end: 766
`, strings.Join(d.titles(), "; "), "Simulation output: "+kind.Content(d.manifest.Format)+".",
		fmt.Sprintf("%s, results version %d", d.manifest.Program, d.manifest.ResultsVersion))
}
