package findings

import (
	"io"
	"slices"

	"splinternet/output"
	"splinternet/output/study"
	"splinternet/scenarios/studies/sensitivity"
)

// Sensitivity tells what a sensitivity analysis found in a folder.
type Sensitivity struct {
	*sensitivity.Findings
	folder *Folder
}

// Sensitivity analyses the sweep, see sensitivity.Analyse.
func (f *Folder) Sensitivity(method string, names []string) (*Sensitivity, error) {
	a, err := sensitivity.Analyse(&f.Sweep, f, method, names)
	if err != nil {
		return nil, err
	}
	return &Sensitivity{a, f}, nil
}

// Tables are the results as tables.
func (a *Sensitivity) Tables() []*study.Table {
	tables := a.effects()
	noise := study.NewTable("noise", slices.Concat(study.Words("measure"),
		study.Numbers("variance_parameters", "variance_replicates", "share_replicates", "share_means"), study.Wholes("runs", "failed"))...)
	for k := range a.Results {
		r := &a.Results[k]
		n := r.Noise
		noise.Row(r.Name, finite(n.Parameters), finite(n.Replicates), finite(n.Share()), finite(n.Means), n.Runs, n.Failed)
	}
	return append(tables, noise)
}

// effectsTable begins a table with a row for each measure and parameter: numbers, a
// count, and perhaps one number more.
func effectsTable(name string, numbers []string, count string, more ...string) *study.Table {
	return study.NewTable(name, slices.Concat(study.Words("measure", "parameter"), study.Numbers(numbers...), study.Wholes(count), study.Numbers(more...))...)
}

func (a *Sensitivity) effects() []*study.Table {
	switch a.Method {
	case sensitivity.Morris:
		t := effectsTable("morris", []string{"mu", "mu_star", "mu_star_low", "mu_star_high", "sigma"}, "trajectories", "noise")
		for k := range a.Results {
			r := &a.Results[k]
			for i, e := range r.Effects {
				s := e.MuStar
				t.Row(r.Name, a.Names[i], finite(e.Mu), finite(s.Value), finite(s.Low), finite(s.High), finite(e.Sigma), s.N, finite(e.Noise))
			}
		}
		return []*study.Table{t}
	case sensitivity.Sobol:
		t := effectsTable("sobol", []string{"s1", "s1_low", "s1_high", "st", "st_low", "st_high"}, "rows")
		for k := range a.Results {
			r := &a.Results[k]
			for i, e := range r.Indices {
				f, all := e.First, e.Total
				t.Row(r.Name, a.Names[i], finite(f.Value), finite(f.Low), finite(f.High), finite(all.Value), finite(all.Low), finite(all.High), f.N)
			}
		}
		return []*study.Table{t}
	}
	return a.anyDesign()
}

func (a *Sensitivity) anyDesign() []*study.Table {
	first := effectsTable("first_order", []string{"s1", "s1_low", "s1_high"}, "points")
	linear := effectsTable("regression", []string{"coefficient", "low", "high", "r2"}, "points")
	for k := range a.Results {
		r := &a.Results[k]
		for i, e := range r.First {
			first.Row(r.Name, a.Factors[i].Name, finite(e.Value), finite(e.Low), finite(e.High), e.N)
		}
		if r.Regression == nil {
			continue
		}
		for i, e := range r.Regression.Coefficients {
			linear.Row(r.Name, a.Names[i], finite(e.Value), finite(e.Low), finite(e.High), finite(r.Regression.R2), e.N)
		}
	}
	if a.Method == sensitivity.FirstOrder {
		return []*study.Table{first}
	}
	return []*study.Table{linear, first}
}

// Write writes the tables into the folder of the sweep and returns their paths. Rows of
// other measures that the tables hold already stay, behind those of this analysis.
func (a *Sensitivity) Write(format string) ([]string, error) {
	var names []string
	for k := range a.Results {
		names = append(names, a.Results[k].Name)
	}
	return a.folder.write(format, names, a.Tables())
}

// WriteJSON writes all results as one object: a key for each table, with its rows.
func (a *Sensitivity) WriteJSON(w io.Writer) error {
	object := map[string]any{
		"dir": a.folder.Dir, "scenario": a.folder.Title, "design": a.Design, "method": a.Method, "why": a.Why(),
		"points": a.Points, "runs": a.Points*a.Runs - a.Missing, "failed": a.Failed,
		"warnings": orEmpty(a.Cautions()),
	}
	for _, t := range a.Tables() {
		object[t.Name] = rows{t}
	}
	return output.WriteJSON(w, object)
}
