package desk

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
	"consign/ui/look"
	"consign/ui/page"
	"consign/ui/settings"
	"consign/ui/uitest"
)

// layer is an area that was painted.
type layer struct {
	at   fyne.Position
	size fyne.Size
	fill color.NRGBA
}

// painting is what a window paints, from back to front, and what of it is hard to read.
type painting struct {
	ground color.NRGBA
	layers []layer
	faint  []string
}

// hardToRead goes through what a window paints, without painting it, and names the texts that stand on their ground with less than
// 4.5 : 1, and the edges of buttons and fields with less than 3 : 1.
func hardToRead(w fyne.Window) []string {
	control.HideTip()
	p := &painting{ground: numbers(theme.Color(theme.ColorNameBackground))}
	root := w.Content()
	if top := w.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	p.paint(root, fyne.CurrentApp().Driver().AbsolutePositionForObject(root), nil)
	return p.faint
}

func (p *painting) paint(o fyne.CanvasObject, at fyne.Position, owner fyne.CanvasObject) {
	if o == nil || !o.Visible() {
		return
	}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *canvas.Rectangle:
		p.edge(o, at, owner)
		p.layers = append(p.layers, layer{at, o.Size(), numbers(o.FillColor)})
	case *canvas.Circle:
		p.layers = append(p.layers, layer{at, o.Size(), numbers(o.FillColor)})
	case *canvas.Text:
		p.text(o, at)
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
		if _, is := o.(fyne.Focusable); is {
			owner = o
		}
	}
	for _, child := range children {
		p.paint(child, at.Add(child.Position()), owner)
	}
}

// under is the colour that was painted at a place.
func (p *painting) under(at fyne.Position) color.NRGBA {
	seen := p.ground
	for _, l := range p.layers {
		if at.X >= l.at.X && at.X < l.at.X+l.size.Width && at.Y >= l.at.Y && at.Y < l.at.Y+l.size.Height {
			seen = over(l.fill, seen)
		}
	}
	return seen
}

func (p *painting) text(t *canvas.Text, at fyne.Position) {
	size := t.MinSize()
	if t.Text == "" || size.Width == 0 {
		return
	}
	ground := p.under(at.AddXY(size.Width/2, size.Height/2))
	if c := contrast(over(numbers(t.Color), ground), ground); c < 4.5 {
		p.faint = append(p.faint, fmt.Sprintf("%q has %.2f : 1, %v on %v", t.Text, c, t.Color, ground))
	}
}

// edge judges the edge of a button or field.
func (p *painting) edge(r *canvas.Rectangle, at fyne.Position, owner fyne.CanvasObject) {
	if r.StrokeWidth == 0 || owner == nil || r.Size().Width == 0 {
		return
	}
	switch owner.(type) {
	case *control.Button, *control.Select, *control.Entry:
	default:
		return
	}
	if off, can := owner.(fyne.Disableable); can && off.Disabled() {
		return
	}
	ground := p.under(at.AddXY(-1, r.Size().Height/2))
	if c := contrast(over(numbers(r.StrokeColor), ground), ground); c < 3 {
		p.faint = append(p.faint, fmt.Sprintf("the edge of %T has %.2f : 1, %v on %v", owner, c, r.StrokeColor, ground))
	}
}

func TestEverythingDrawnOnEveryPageCanBeReadAndSeen(t *testing.T) {
	folder := t.TempDir()
	for _, brightness := range []look.Brightness{look.Light, look.Dark} {
		t.Run(string(brightness), func(t *testing.T) {
			p := newProgram(t, folder)
			settings.Of(p.App).SetBrightness(brightness)
			p.Start(true, false)
			p.App.Settings().SetTheme(look.Theme{Brightness: brightness})
			p.Window.Resize(fyne.NewSize(1366, 768))
			check := func(what string) {
				for _, faint := range hardToRead(p.Window) {
					t.Errorf("%s: %s", what, faint)
				}
			}
			for _, at := range everyPlace(t, p) {
				p.desk.Go(at)
				name := fmt.Sprintf("%s, %s", at.Tab, at.Page)
				check(name)
				for i, f := range stops(p.Window) {
					p.Window.Canvas().Focus(f)
					if can, is := f.(desktop.Hoverable); is {
						can.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(5, 5)}})
					}
					if table, is := f.(fyne.Shortcutable); is {
						table.TypedShortcut(&fyne.ShortcutSelectAll{})
					}
					check(fmt.Sprintf("%s, the keyboard at stop %d, %T", name, i+1, f))
					if can, is := f.(desktop.Hoverable); is {
						can.MouseOut()
					}
				}
			}
			p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Devices})
			uitest.Tap(t, p.Window, "By list…")
			check("a dialog")
			closeDialogs(p.Window)
			uitest.Tap(t, p.Window, "Uploaded")
			check("a menu")
			closeDialogs(p.Window)
		})
	}
}

// numbers is a colour in numbers, one that nothing is seen of for none.
func numbers(c color.Color) color.NRGBA {
	if c == nil {
		return color.NRGBA{}
	}
	return color.NRGBAModel.Convert(c).(color.NRGBA)
}

// over is what is seen of a veil over a ground.
func over(veil, ground color.NRGBA) color.NRGBA {
	mix := func(a, b uint8) uint8 { return uint8((int(a)*int(veil.A) + int(b)*(255-int(veil.A))) / 255) }
	return color.NRGBA{R: mix(veil.R, ground.R), G: mix(veil.G, ground.G), B: mix(veil.B, ground.B), A: 255}
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func TestFaintTextWouldBeFound(t *testing.T) {
	w := test.NewTempWindow(t, canvas.NewText("faint", color.NRGBA{R: 200, G: 200, B: 200, A: 255}))
	w.Resize(fyne.NewSize(200, 100))
	test.ApplyTheme(t, look.Theme{Brightness: look.Light})
	require.Len(t, hardToRead(w), 1)
}
