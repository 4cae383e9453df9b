package archive

import (
	"fmt"
	"strings"

	"splinternet/output/kind"
)

// figure is one drawing that both snippets make.
type figure struct {
	table string
	what  string // in words
	// Python and R code that draw from the table t.
	python, r string
}

// snippets writes programs that read the tables and redraw a figure.
func (d *deposit) snippets() error {
	f := d.figure()
	d.report.Figure = f.what
	d.files["read.py"] = []byte(d.python(f))
	d.files["read.R"] = []byte(d.r(f))
	return nil
}

// figure picks what says most of a folder of its kind.
func (d *deposit) figure() figure {
	switch d.manifest.Format {
	case kind.Comparison:
		return intervals("compare", "the differences of the headline measures with their 95 % intervals", `low == low`, "measure", "difference")
	case kind.Ablation:
		return intervals("ablation", "what each variant changes in native reachability, with 95 % intervals",
			`measure == "native_reachability"`, "variant", "difference")
	case kind.Draws:
		return intervals("draws", "what each removal changes in native reachability over draws, with 95 % intervals",
			`quantity == "native_reachability"`, "removal", "effect")
	case kind.Weights:
		return intervals("weights", "what each parameter moves alone, in percent", `parameter != ""`, "parameter", "change_percent")
	case kind.Explanation:
		return intervals("explain", "what native reachability owes to each part, with 95 % intervals",
			`measure == "native_reachability"`, "part", "effect")
	case kind.Calibration:
		return intervals("calibration", "the posterior of every parameter with its 95 % interval", `low == low`, "parameter", "mean")
	case kind.Replicates:
		return byRuns
	case kind.Sweep:
		return d.scatter()
	}
	return overTime
}

// intervals draws estimates with their intervals, of the rows that the filter keeps.
func intervals(table, what, filter, label, value string) figure {
	return figure{
		table: table, what: what,
		python: fmt.Sprintf(`t = t[%s].reset_index(drop=True)
plt.hlines(t.index, t["low"], t["high"])
plt.plot(t[%q], t.index, "o")
plt.axvline(0, color="grey", linewidth=0.5)
plt.yticks(t.index, t[%q])
plt.gca().invert_yaxis()
`, pythonFilter(filter), value, label),
		r: fmt.Sprintf(`t <- t[with(t, %s), ]
y <- rev(seq_len(nrow(t)))
par(mar = c(4, 12, 1, 1))
plot(t$%s, y, xlim = range(t$low, t$high, 0, na.rm = TRUE), yaxt = "n", ylab = "", xlab = "")
segments(t$low, y, t$high, y)
abline(v = 0, col = "grey")
axis(2, y, t$%s, las = 1)
`, filter, value, label),
	}
}

// byRuns shows how an estimate narrows with the number of runs.
var byRuns = figure{
	table: "replicates", what: "the mean of native reachability and its 95 % interval by the number of runs",
	python: `t = t[t["quantity"] == "native_reachability"]
plt.fill_between(t["runs"], t["low"], t["high"], alpha=0.3)
plt.plot(t["runs"], t["mean"])
plt.xlabel("runs")
plt.ylabel("native reachability")
`,
	r: `t <- t[t$quantity == "native_reachability", ]
matplot(t$runs, t[, c("low", "mean", "high")], type = "l", lty = c(2, 1, 2), col = 1, xlab = "runs", ylab = "native reachability")
`,
}

// overTime shows the course of runs.
var overTime = figure{
	table: "ticks", what: "native and effective reachability over time, median over runs",
	python: `m = t.groupby("date")[["native_reachability", "effective_reachability"]].median()
m.index = pd.to_datetime(m.index)
plt.plot(m.index, m["native_reachability"], label="native reachability")
plt.plot(m.index, m["effective_reachability"], label="effective reachability")
plt.legend()
`,
	r: `m <- aggregate(t[, c("native_reachability", "effective_reachability")], list(date = as.Date(t$date)), median)
matplot(m$date, m[, 2:3], type = "l", lty = 1:2, col = 1, xlab = "", ylab = "reachability", xaxt = "n")
axis.Date(1, m$date)
legend("topright", c("native", "effective"), lty = 1:2)
`,
}

// pythonFilter puts the columns of a filter into a data frame's.
func pythonFilter(filter string) string {
	for _, name := range []string{"measure", "low"} {
		filter = strings.ReplaceAll(filter, name+" ==", fmt.Sprintf("t[%q] ==", name))
	}
	return strings.ReplaceAll(filter, "== low", `== t["low"]`)
}

// scatter draws the runs of a sweep over the first thing that varied.
func (d *deposit) scatter() figure {
	name := "point"
	if len(d.manifest.Factors) > 0 {
		name = d.manifest.Factors[0].Name
	}
	return figure{
		table: "runs", what: fmt.Sprintf("native reachability at the end over %s, by end state", name),
		python: fmt.Sprintf(`for label, group in t.dropna(subset=["native_reachability_end"]).groupby("label"):
    plt.plot(group[%[1]q], group["native_reachability_end"], ".", label=label)
plt.xlabel(%[1]q)
plt.ylabel("native reachability")
plt.legend()
`, name),
		r: fmt.Sprintf(`t <- t[!is.na(t$native_reachability_end), ]
label <- factor(t$label)
x <- t[[%[1]q]]
if (is.character(x)) x <- factor(x)
plot(as.numeric(x), t$native_reachability_end, col = as.integer(label), pch = 20, xlab = %[1]q, ylab = "native reachability")
legend("topright", levels(label), col = seq_along(levels(label)), pch = 20)
`, name),
	}
}

// format is that of a table in the folder.
func (d *deposit) format(table string) string {
	if d.files[table+".parquet"] != nil {
		return "parquet"
	}
	return "csv"
}

func (d *deposit) python(f figure) string {
	read := fmt.Sprintf(`t = pd.read_csv("%s.csv")`, f.table)
	if d.format(f.table) == "parquet" {
		read = fmt.Sprintf(`t = pd.read_parquet("%s.parquet")  # needs pyarrow`, f.table)
	}
	return fmt.Sprintf(`# Draws %s: figure.png.
# Needs pandas and matplotlib. The columns are described in codebook.csv.
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd

%s
plt.figure(figsize=(7, 4.5))
%splt.tight_layout()
plt.savefig("figure.png", dpi=150)
`, f.what, read, f.python)
}

func (d *deposit) r(f figure) string {
	read := fmt.Sprintf(`t <- read.csv("%s.csv", check.names = FALSE)`, f.table)
	if d.format(f.table) == "parquet" {
		read = fmt.Sprintf(`t <- as.data.frame(arrow::read_parquet("%s.parquet"))`, f.table)
	}
	return fmt.Sprintf(`# Draws %s: figure.png.
# The columns are described in codebook.csv.
%s
png("figure.png", 1050, 675, res = 150)
%sinvisible(dev.off())
`, f.what, read, f.r)
}
