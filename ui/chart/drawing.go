package chart

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"consign/ui/control"
)

// drawing is the renderer of every plot: arrange puts all objects in their places, for the present size, items, theme and active item.
type drawing struct {
	plot    *plot
	min     func(style) fyne.Size
	arrange func(style)

	style   style
	shapes  []*canvas.Rectangle
	texts   []*canvas.Text
	used    struct{ shapes, texts int }
	tip     *canvas.Rectangle
	tipped  *canvas.Text
	objects []fyne.CanvasObject
}

func newDrawing(p *plot, min func(style) fyne.Size) *drawing {
	return &drawing{plot: p, min: min, tip: canvas.NewRectangle(color.Transparent), tipped: canvas.NewText("", color.Transparent)}
}

// Layout implements fyne.WidgetRenderer.
func (d *drawing) Layout(fyne.Size) { d.draw() }

// MinSize implements fyne.WidgetRenderer.
func (d *drawing) MinSize() fyne.Size { return d.min(newStyle(d.plot)) }

// Refresh implements fyne.WidgetRenderer.
func (d *drawing) Refresh() { d.draw() }

// Destroy implements fyne.WidgetRenderer.
func (d *drawing) Destroy() {}

// Objects implements fyne.WidgetRenderer: shapes behind texts, and the tip over all.
func (d *drawing) Objects() []fyne.CanvasObject {
	if len(d.objects) == len(d.shapes)+len(d.texts)+2 {
		return d.objects
	}
	d.objects = nil
	for _, s := range d.shapes {
		d.objects = append(d.objects, s)
	}
	for _, t := range d.texts {
		d.objects = append(d.objects, t)
	}
	d.objects = append(d.objects, d.tip, d.tipped)
	return d.objects
}

func (d *drawing) draw() {
	s := newStyle(d.plot)
	d.style = s
	d.used.shapes, d.used.texts = 0, 0
	d.plot.spots, d.plot.cut = d.plot.spots[:0], map[int]bool{}
	d.tip.Hide()
	d.tipped.Hide()
	if d.plot.highest() > 0 {
		d.arrange(s)
	} else {
		size := d.plot.Size()
		text := s.cut(d.plot.Nothing, size.Width)
		d.text(text, s.quiet, fyne.NewPos((size.Width-s.width(text))/2, (size.Height-s.height)/2))
	}
	for _, shape := range d.shapes[d.used.shapes:] {
		shape.Hide()
	}
	for _, text := range d.texts[d.used.texts:] {
		text.Hide()
	}
}

// shape draws a rectangle. Its edges fall on whole units, so that equal things look equal.
func (d *drawing) shape(c color.Color, x, y, width, height, radius float32) *canvas.Rectangle {
	if d.used.shapes == len(d.shapes) {
		d.shapes = append(d.shapes, canvas.NewRectangle(c))
	}
	r := d.shapes[d.used.shapes]
	d.used.shapes++
	r.FillColor, r.StrokeWidth, r.CornerRadius = c, 0, radius
	r.Move(fyne.NewPos(whole(x), whole(y)))
	r.Resize(fyne.NewSize(whole(x+width)-whole(x), whole(y+height)-whole(y)))
	r.Show()
	r.Refresh()
	return r
}

// text writes a text with its upper left corner at a place.
func (d *drawing) text(text string, c color.Color, at fyne.Position) {
	if d.used.texts == len(d.texts) {
		d.texts = append(d.texts, canvas.NewText("", c))
	}
	t := d.texts[d.used.texts]
	d.used.texts++
	put(t, text, c, d.style.size, at)
}

// band marks the active item, with a ring if the keys chose it.
func (d *drawing) band(s style, of spot) {
	r := d.shape(s.band, of.at.X-inset, of.at.Y, of.size.Width+2*inset, of.size.Height, 3)
	if d.plot.focused {
		r.StrokeColor, r.StrokeWidth = s.ring, 2
		r.Refresh()
	}
}

// say shows the tip with its lower middle at a place, within the plot; where there is no room above the place it begins at below.
func (d *drawing) say(s style, text string, at fyne.Position, below float32) {
	within := d.plot.Size()
	text = s.cut(text, within.Width-12)
	box := fyne.NewSize(s.width(text)+12, s.height+8)
	x := max(0, min(at.X-box.Width/2, within.Width-box.Width))
	y := at.Y - box.Height
	if y < 0 {
		y = below
	}
	d.tip.FillColor, d.tip.StrokeColor, d.tip.StrokeWidth, d.tip.CornerRadius = s.tip, s.line, 1, 4
	d.tip.Move(fyne.NewPos(whole(x), whole(y)))
	d.tip.Resize(box)
	d.tip.Show()
	d.tip.Refresh()
	put(d.tipped, text, s.text, s.size, fyne.NewPos(whole(x)+6, whole(y)+4))
}

func put(t *canvas.Text, text string, c color.Color, size float32, at fyne.Position) {
	changed := t.Text != text || t.Color != c || t.TextSize != size
	t.Text, t.Color, t.TextSize = text, c, size
	t.Move(at)
	t.Resize(t.MinSize())
	t.Show()
	if changed {
		t.Refresh()
	}
}

func whole(v float32) float32 { return float32(math.Round(float64(v))) }

// style is the measures and colours of a plot's theme.
type style struct {
	theme                              fyne.Theme
	variant                            fyne.ThemeVariant
	text, quiet, line, band, ring, tip color.Color
	size, height                       float32 // of texts
}

func newStyle(p *plot) style {
	th, v := p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	s := style{theme: th, variant: v, size: th.Size(theme.SizeNameCaptionText)}
	s.text = th.Color(theme.ColorNameForeground, v)
	s.quiet = th.Color(theme.ColorNamePlaceHolder, v)
	s.line = faint(s.text, 0.12)
	s.band = faint(s.text, 0.06)
	s.ring = th.Color(theme.ColorNamePrimary, v)
	s.tip = th.Color(theme.ColorNameOverlayBackground, v)
	s.height = fyne.MeasureText("Ag", s.size, fyne.TextStyle{}).Height
	return s
}

// fill is the colour of an item: full when it is active, else a little nearer to the background.
func (s style) fill(item Item, active bool) color.Color {
	c := s.theme.Color(item.color(), s.variant)
	if active {
		return c
	}
	return mix(c, s.theme.Color(theme.ColorNameBackground, s.variant), 0.8)
}

// mix is an opaque colour with so much of the first and the rest of the second.
func mix(first, second color.Color, share float64) color.Color {
	a, b := color.NRGBAModel.Convert(first).(color.NRGBA), color.NRGBAModel.Convert(second).(color.NRGBA)
	of := func(a, b uint8) uint8 { return uint8(float64(a)*share + float64(b)*(1-share)) }
	return color.NRGBA{R: of(a.R, b.R), G: of(a.G, b.G), B: of(a.B, b.B), A: 255}
}

func (s style) width(text string) float32 {
	return fyne.MeasureText(text, s.size, fyne.TextStyle{}).Width
}

// faint is a colour with less of itself.
func faint(c color.Color, share float64) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = uint8(float64(n.A) * share)
	return n
}

// cut is the text as far as it fits, with an ellipsis if it does not.
func (s style) cut(text string, room float32) string {
	return control.Cut(text, room, s.size, fyne.TextStyle{})
}
