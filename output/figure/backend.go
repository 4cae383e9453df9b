package figure

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"html"
	"image/color"
	"math"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	stdfont "golang.org/x/image/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"
	"gonum.org/v1/plot/vg/vgtex"
)

const boldWeight = stdfont.WeightBold

// Formats lists the file formats.
func Formats() []string { return []string{"pdf", "svg", "png", "tex"} }

// canvas draws on one of gonum/plot's canvases.
type canvas struct{ vg.Canvas }

func (c canvas) fill(p vg.Path, colour color.NRGBA) {
	c.SetColor(colour)
	c.Fill(p)
}

func (c canvas) stroke(p vg.Path, l line) {
	c.SetColor(l.colour)
	c.SetLineWidth(l.width)
	c.SetLineDash(l.dash, 0)
	c.Stroke(p)
}

func (c canvas) write(t text, at vg.Point) {
	c.SetColor(t.colour)
	if !t.upright {
		c.FillString(t.face, at, t.string)
		return
	}
	c.Push()
	c.Translate(at)
	c.Rotate(math.Pi / 2)
	c.FillString(t.face, vg.Point{}, t.string)
	c.Pop()
}

// Render draws a figure in a format: svg, png, pdf or tex. The same figure gives
// the same bytes.
func (f *Figure) Render(format string, s Style) ([]byte, error) {
	height := f.height(s)
	draw := func(b backend) { f.draw(&pen{b, s, height}) }
	switch format {
	case "svg":
		return f.svg(s.Width, height, draw)
	case "png":
		return png(s.Width, height, s.DPI, draw)
	case "pdf":
		return f.pdf(s.Width, height, draw)
	case "tex":
		return f.tex(s.Width, height, draw)
	}
	return nil, fmt.Errorf("unknown format %q: allowed are %s", format, strings.Join(Formats(), ", "))
}

// fallback is the type of a browser that lacks Liberation Sans: of the same widths
// where there is one.
const fallback = "'Liberation Sans', Arial, Helvetica, 'Nimbus Sans', sans-serif"

func (f *Figure) svg(w, h vg.Length, draw func(backend)) ([]byte, error) {
	c := vgsvg.New(w, h)
	draw(canvas{c})
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, err
	}
	// The library's head has neither a title nor a description, which readers of
	// the screen need, and every text repeats the face.
	_, body, _ := strings.Cut(b.String(), "xlink\">\n")
	body = strings.NewReplacer(
		"font-family:Liberation Sans;font-variant:normal;font-weight:normal;font-style:normal;", "",
		"font-family:Liberation Sans;font-variant:normal;font-weight:bold;font-style:normal;", "font-weight:bold;",
		"\n\tstyle=", " style=",
	).Replace(body)
	head := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%.5gpt" height="%.5gpt" viewBox="0 0 %.5g %.5g" role="img" aria-labelledby="%[5]s-title %[5]s-desc" font-family="%[6]s">
<title id="%[5]s-title">%[7]s</title>
<desc id="%[5]s-desc">%[8]s</desc>
`, w.Points(), h.Points(), w.Points(), h.Points(), f.Name, fallback, html.EscapeString(f.Title), html.EscapeString(f.Alt))
	return []byte(head + body), nil
}

func png(w, h vg.Length, dpi int, draw func(backend)) ([]byte, error) {
	c := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(dpi))}
	draw(canvas{c})
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, err
	}
	return physical(b.Bytes(), dpi), nil
}

// physical adds the chunk that tells how large the picture is on paper, which
// image/png does not write.
func physical(picture []byte, dpi int) []byte {
	const after = 8 + 25 // signature and header
	perMetre := uint32(math.Round(float64(dpi) / .0254))
	chunk := binary.BigEndian.AppendUint32(nil, 9)
	chunk = append(chunk, "pHYs"...)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = binary.BigEndian.AppendUint32(chunk, perMetre)
	chunk = append(chunk, 1) // the unit is the metre
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	return append(append(append([]byte{}, picture[:after]...), chunk...), picture[after:]...)
}

// document draws on a page of fpdf. gonum/plot's own PDF canvas embeds whole fonts
// and knows the characters of Windows 1252 only, which lack the minus sign and
// Greek letters.
type document struct {
	*fpdf.Fpdf
	height float64
	known  map[string]bool // faces
}

// moment is the time that stands in every PDF, so that equal figures are equal
// files.
var moment = time.Date(2018, 7, 1, 0, 0, 0, 0, time.UTC)

func (f *Figure) pdf(w, h vg.Length, draw func(backend)) ([]byte, error) {
	doc := fpdf.NewCustom(&fpdf.InitType{UnitStr: "pt", Size: fpdf.SizeType{Wd: w.Points(), Ht: h.Points()}})
	doc.SetMargins(0, 0, 0)
	doc.SetAutoPageBreak(false, 0)
	doc.SetCatalogSort(true)
	doc.SetCreationDate(moment)
	doc.SetModificationDate(moment)
	doc.SetTitle(f.Title, true)
	doc.SetSubject(f.Alt, true)
	doc.SetCreator("splinternet", true)
	doc.SetLang("en")
	doc.AddPage()
	draw(&document{doc, h.Points(), map[string]bool{}})
	var b bytes.Buffer
	err := doc.Output(&b)
	return b.Bytes(), err
}

func (d *document) path(p vg.Path) {
	for _, c := range p {
		x, y := c.Pos.X.Points(), d.height-c.Pos.Y.Points()
		switch c.Type {
		case vg.MoveComp:
			d.MoveTo(x, y)
		case vg.LineComp:
			d.LineTo(x, y)
		case vg.CurveComp:
			a, b := c.Control[0], c.Control[1]
			d.CurveBezierCubicTo(a.X.Points(), d.height-a.Y.Points(), b.X.Points(), d.height-b.Y.Points(), x, y)
		case vg.CloseComp:
			d.ClosePath()
		default:
			panic("figure: a path of arcs")
		}
	}
}

func (d *document) fill(p vg.Path, c color.NRGBA) {
	d.SetFillColor(int(c.R), int(c.G), int(c.B))
	d.path(p)
	d.DrawPath("F")
}

func (d *document) stroke(p vg.Path, l line) {
	if l.width <= 0 {
		return
	}
	d.SetDrawColor(int(l.colour.R), int(l.colour.G), int(l.colour.B))
	d.SetLineWidth(l.width.Points())
	dash := make([]float64, len(l.dash))
	for k, x := range l.dash {
		dash[k] = x.Points()
	}
	d.SetDashPattern(dash, 0)
	d.path(p)
	d.DrawPath("D")
}

func (d *document) write(t text, at vg.Point) {
	name := t.face.Name()
	if !d.known[name] {
		var raw bytes.Buffer
		if _, err := t.face.Face.WriteSourceTo(nil, &raw); err != nil {
			d.SetError(err)
			return
		}
		d.AddUTF8FontFromBytes(name, "", raw.Bytes())
		d.known[name] = true
	}
	d.SetFont(name, "", t.face.Font.Size.Points())
	d.SetTextColor(int(t.colour.R), int(t.colour.G), int(t.colour.B))
	x, y := at.X.Points(), d.height-at.Y.Points()
	if !t.upright {
		d.Text(x, y, t.string)
		return
	}
	d.TransformBegin()
	d.TransformRotate(90, x, y)
	d.Text(x, y, t.string)
	d.TransformEnd()
}

// pgf draws for LaTeX, which sets the type itself, in the document's sans serif.
type pgf struct{ canvas }

func (f *Figure) tex(w, h vg.Length, draw func(backend)) ([]byte, error) {
	c := vgtex.New(w, h)
	// The frame keeps the size of the picture, whatever is drawn.
	c.SetColor(white)
	c.Fill(closed([]vg.Point{pt(0, 0), pt(w, 0), pt(w, h), pt(0, h)}))
	draw(pgf{canvas{c}})
	var b bytes.Buffer
	fmt.Fprintf(&b, "%% %s\n", f.Title)
	if _, err := c.WriteTo(&b); err != nil {
		return nil, err
	}
	// Nothing is translucent, and opacity makes files twice as long.
	lines := strings.SplitAfter(b.String(), "\n")
	b.Reset()
	for _, l := range lines {
		if !strings.Contains(l, `opacity{1}`) {
			b.WriteString(l)
		}
	}
	return b.Bytes(), nil
}

// write puts text into a box of the width that it has in the other formats, so
// that it stays where it belongs in any face.
func (c pgf) write(t text, at vg.Point) {
	place := "c"
	switch t.anchor {
	case left:
		place = "l"
	case right:
		place = "r"
	}
	bold := ""
	if t.face.Font.Weight == boldWeight {
		bold = `\bfseries `
	}
	width := t.face.Width(t.string)
	boxed := t
	boxed.string = fmt.Sprintf(`\sffamily %s\makebox[%.2fpt][%s]{%s}`, bold, width.Points(), place, escapeTeX(t.string))
	// The canvas centres its text on what it takes for its middle: the width of
	// what it is given, which is markup here.
	shift := (width - t.face.Width(boxed.string)) / 2
	if t.upright {
		c.SetColor(t.colour)
		c.Push()
		c.Translate(at)
		c.Rotate(math.Pi / 2)
		c.FillString(t.face, pt(shift, 0), boxed.string)
		c.Pop()
		return
	}
	at.X += shift
	c.canvas.write(boxed, at)
}

// escapeTeX writes a text so that LaTeX sets it as it is.
func escapeTeX(s string) string {
	return strings.NewReplacer(
		`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `%`, `\%`, `_`, `\_`, `&`, `\&`, `#`, `\#`, `$`, `\$`,
		`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`, `<`, `\textless{}`, `>`, `\textgreater{}`,
		"−", `$-$`, "–", `--`, "—", `---`, "…", `\ldots{}`, "×", `$\times$`, "≥", `$\geq$`, "≤", `$\leq$`,
		"μ", `$\mu$`, "σ", `$\sigma$`, "Δ", `$\Delta$`, "·", `$\cdot$`, "→", `$\rightarrow$`, "½", `$\frac12$`,
		"\u00a0", "~", "\u202f", `\,`, "“", "``", "”", "''", "’", "'", "*", `$^*$`, `"`, `''`,
	).Replace(s)
}
