package docs

import (
	"fmt"
	"go/parser"
	"go/token"
	"html"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// bands are the top-level folders of the program from the top down: each may import
// those below it.
var bands = []string{"cmd", "output", "scenarios", "models", "sim"}

// room is one package of the program.
type room struct {
	folder  string
	imports []string // folders of the program, each once, sorted
}

// rooms reads the packages of the program below a folder, sorted, without their tests.
func rooms(root string) ([]room, error) {
	found := map[string]map[string]bool{}
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || strings.HasPrefix(entry.Name(), ".") && file != root):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(file) != ".go" || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		folder, err := filepath.Rel(root, filepath.Dir(file))
		if folder = filepath.ToSlash(folder); err != nil || !slices.Contains(bands, top(folder)) {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		if found[folder] == nil {
			found[folder] = map[string]bool{}
		}
		for _, spec := range parsed.Imports {
			if imported, err := strconv.Unquote(spec.Path.Value); err == nil && strings.HasPrefix(imported, "splinternet/") {
				found[folder][strings.TrimPrefix(imported, "splinternet/")] = true
			}
		}
		return nil
	})
	var list []room
	for folder, imported := range found {
		r := room{folder: folder}
		for other := range imported {
			r.imports = append(r.imports, other)
		}
		slices.Sort(r.imports)
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b room) int { return strings.Compare(a.folder, b.folder) })
	return list, err
}

func top(folder string) string {
	first, _, _ := strings.Cut(folder, "/")
	return first
}

// The measures of the picture in pixels.
const (
	houseWidth = 960
	boxHeight  = 26
	boxGap     = 8
	bandLeft   = 120
	bandRight  = 790
	bandGap    = 30
	letter     = 7.2 // width of a letter of 12 px
)

// housePicture draws the packages of the program in their bands, and how many imports
// lead from each band to each below it.
func housePicture(list []room) string {
	var b strings.Builder
	y := 20.
	tops, bottoms := map[string]float64{}, map[string]float64{}
	for _, band := range bands {
		tops[band] = y
		x := float64(bandLeft + boxGap)
		var boxes strings.Builder
		y += boxGap
		for _, r := range list {
			if top(r.folder) != band {
				continue
			}
			name := strings.TrimPrefix(strings.TrimPrefix(r.folder, band), "/")
			if name == "" {
				name = band
			}
			width := letter*float64(len(name)) + 16
			if x+width > bandRight-boxGap {
				x, y = bandLeft+boxGap, y+boxHeight+boxGap
			}
			fmt.Fprintf(&boxes, `<rect x="%.0f" y="%.0f" width="%.0f" height="%d" rx="4" fill="#fff" stroke="#456"/>`+"\n", x, y, width, boxHeight)
			fmt.Fprintf(&boxes, `<text x="%.1f" y="%.0f" text-anchor="middle">%s</text>`+"\n", x+width/2, y+17, html.EscapeString(name))
			x += width + boxGap
		}
		y += boxHeight + boxGap
		bottoms[band] = y
		fmt.Fprintf(&b, `<rect x="%d" y="%.0f" width="%d" height="%.0f" rx="6" fill="#eef3f8" stroke="none"/>`+"\n", bandLeft, tops[band], bandRight-bandLeft, y-tops[band])
		fmt.Fprintf(&b, `<text x="%d" y="%.0f" text-anchor="end" font-weight="bold">%s</text>`+"\n", bandLeft-12, (tops[band]+y)/2+4, band)
		b.WriteString(boxes.String())
		y += bandGap
	}
	arrows(&b, list, tops, bottoms)
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %.0f" font-family="sans-serif" font-size="12">
<title>The packages of splinternet</title>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#456"/></marker></defs>
%s</svg>
`, houseWidth, y, b.String())
}

// arrows draws the imports between bands on the right of them, one column for each band
// that imports.
func arrows(b *strings.Builder, list []room, tops, bottoms map[string]float64) {
	for from, band := range bands {
		x := float64(bandRight + 30 + 36*from)
		for to := from + 1; to < len(bands); to++ {
			count := 0
			for _, r := range list {
				for _, imported := range r.imports {
					if top(r.folder) == band && top(imported) == bands[to] {
						count++
					}
				}
			}
			if count == 0 {
				continue
			}
			start, end := bottoms[band]-6, tops[bands[to]]+6+9*float64(from)
			fmt.Fprintf(b, `<path d="M%d %.0f H%.0f V%.0f H%d" fill="none" stroke="#456" marker-end="url(#head)"/>`+"\n", bandRight, start, x, end, bandRight+4)
			fmt.Fprintf(b, `<text x="%.0f" y="%.0f" font-size="10">%d</text>`+"\n", x-14, end-2, count)
		}
	}
}
