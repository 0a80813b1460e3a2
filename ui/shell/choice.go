package shell

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/look"
)

// choice is an entry of the sidebar: one of several texts with an icon, of which one is chosen.
type choice struct {
	widget.BaseWidget
	text     string
	icon     fyne.Resource
	onTapped func()
	step     func(by int) // gives an entry further down, or up, the keyboard

	chosen, hovered, focused, cut bool
}

func newChoice(text string, icon fyne.Resource, onTapped func()) *choice {
	c := &choice{text: text, icon: icon, onTapped: onTapped}
	c.ExtendBaseWidget(c)
	return c
}

// Caption is the text that people see.
func (c *choice) Caption() string { return c.text }

func (c *choice) choose(chosen bool) {
	if c.chosen != chosen {
		c.chosen = chosen
		c.Refresh()
	}
}

func (c *choice) Tapped(*fyne.PointEvent) { c.onTapped() }

func (c *choice) MouseIn(*desktop.MouseEvent)    { c.hovered = true; c.Refresh(); c.offerTip() }
func (c *choice) MouseMoved(*desktop.MouseEvent) {}
func (c *choice) MouseOut()                      { c.hovered = false; c.Refresh(); control.OfferTip(c, "", fyne.Position{}) }

func (c *choice) FocusGained() { c.focused = true; c.Refresh(); c.offerTip() }
func (c *choice) FocusLost() {
	c.focused = false
	c.Refresh()
	control.OfferTip(c, "", fyne.Position{})
}

func (c *choice) offerTip() {
	if c.cut {
		control.OfferTip(c, c.text, fyne.NewPos(choiceText-8, choiceHeight-14))
	}
}

func (c *choice) TypedRune(rune) {}
func (c *choice) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		c.onTapped()
	case fyne.KeyUp:
		c.step(-1)
	case fyne.KeyDown:
		c.step(1)
	default:
		control.PassOn(c, k)
	}
}

func (c *choice) CreateRenderer() fyne.WidgetRenderer {
	r := &choiceRenderer{choice: c, back: &canvas.Rectangle{}, mark: &canvas.Rectangle{}, text: &canvas.Text{Text: c.text},
		icon: canvas.NewImageFromResource(c.icon)}
	r.objects = []fyne.CanvasObject{r.back, r.mark, r.text, r.icon}
	r.Refresh()
	return r
}

type choiceRenderer struct {
	choice     *choice
	back, mark *canvas.Rectangle
	text       *canvas.Text
	icon       *canvas.Image
	objects    []fyne.CanvasObject
}

const (
	choiceHeight = 32
	choiceIcon   = 16
	choiceMark   = 3
	choiceText   = 12 + choiceIcon + 8 // where the text begins
	choiceEnd    = 4                   // at its right
)

// choiceWidth is what an entry needs to show all of its text, which is bold while it is chosen.
func choiceWidth(text string) float32 {
	letters := fyne.MeasureText(text, theme.Size(theme.SizeNameText), fyne.TextStyle{Bold: true}).Width
	return choiceText + float32(math.Ceil(float64(letters))) + choiceEnd
}

func (r *choiceRenderer) MinSize() fyne.Size {
	return fyne.NewSize(choiceText+choiceIcon, choiceHeight) // its text is cut to the sidebar
}

func (r *choiceRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.icon.Move(fyne.NewPos(12, (size.Height-choiceIcon)/2))
	r.icon.Resize(fyne.NewSquareSize(choiceIcon))
	r.text.Text = control.Cut(r.choice.text, max(0, size.Width-choiceText-choiceEnd), r.text.TextSize, r.text.TextStyle)
	r.choice.cut = r.text.Text != r.choice.text
	r.text.Move(fyne.NewPos(choiceText, (size.Height-r.text.MinSize().Height)/2))
	r.mark.Move(fyne.NewPos(0, 6))
	r.mark.Resize(fyne.NewSize(choiceMark, max(0, size.Height-12)))
}

func (r *choiceRenderer) Refresh() {
	c, th := r.choice, theme.Current()
	variant := fyne.CurrentApp().Settings().ThemeVariant()
	ink := theme.ColorNameForeground
	control.MarkFocus(r.back, th, variant, c.focused, c.hovered)
	if c.chosen {
		ink = theme.ColorNamePrimary
		r.back.FillColor = th.Color(look.Tint, variant)
	}
	r.mark.FillColor = th.Color(theme.ColorNamePrimary, variant)
	r.mark.CornerRadius = choiceMark / 2
	r.mark.Hidden = !c.chosen
	r.text.Color, r.text.TextSize, r.text.TextStyle.Bold = th.Color(ink, variant), th.Size(theme.SizeNameText), c.chosen
	r.icon.Resource = theme.NewColoredResource(c.icon, ink)
	r.Layout(c.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

func (r *choiceRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *choiceRenderer) Destroy()                     {}
