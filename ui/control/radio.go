package control

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Radio chooses one of a few options that all stand on screen: with a click, with Space, or with the arrows.
type Radio struct {
	widget.BaseWidget
	Options    []string
	Selected   string // "" until one is chosen
	Horizontal bool   // set it before the radio is shown
	OnChanged  func(string)

	items []*radioItem
}

// NewRadio makes a choice, none made yet.
func NewRadio(options []string, changed func(string)) *Radio {
	r := &Radio{OnChanged: changed}
	r.ExtendBaseWidget(r)
	r.SetOptions(options)
	return r
}

// SetOptions offers other options, before the radio is shown.
func (r *Radio) SetOptions(options []string) {
	r.Options, r.items = options, nil
	for _, o := range options {
		item := &radioItem{radio: r, text: o}
		item.ExtendBaseWidget(item)
		r.items = append(r.items, item)
	}
}

// SetSelected chooses an option, or none with "".
func (r *Radio) SetSelected(option string) {
	if r.Selected == option {
		return
	}
	r.Selected = option
	for _, i := range r.items {
		i.Refresh()
	}
	if r.OnChanged != nil {
		r.OnChanged(option)
	}
}

// Disable implements fyne.Disableable.
func (r *Radio) Disable() {
	for _, i := range r.items {
		i.Disable()
	}
}

// Enable implements fyne.Disableable.
func (r *Radio) Enable() {
	for _, i := range r.items {
		i.Enable()
	}
}

// Disabled implements fyne.Disableable.
func (r *Radio) Disabled() bool { return len(r.items) > 0 && r.items[0].Disabled() }

// First is the option that the keyboard begins at: the chosen one, else the first.
func (r *Radio) First() fyne.Focusable {
	return r.items[max(0, slices.Index(r.Options, r.Selected))]
}

// step chooses the option so many places after another one, or the one at that end, and takes the keyboard there: the Tab key may have
// come to one that is not chosen.
func (r *Radio) step(from *radioItem, by int) {
	if r.Disabled() {
		return
	}
	to := r.items[min(max(slices.Index(r.items, from)+by, 0), len(r.items)-1)]
	if c := fyne.CurrentApp().Driver().CanvasForObject(from); c != nil {
		c.Focus(to)
	}
	r.SetSelected(to.text)
}

// CreateRenderer implements fyne.Widget.
func (r *Radio) CreateRenderer() fyne.WidgetRenderer {
	box := container.NewVBox()
	if r.Horizontal {
		box = container.NewHBox()
	}
	for _, i := range r.items {
		box.Add(i)
	}
	return widget.NewSimpleRenderer(box)
}

// radioItem is one option.
type radioItem struct {
	widget.DisableableWidget
	radio            *Radio
	text             string
	focused, hovered bool
}

var (
	_ fyne.Focusable    = (*radioItem)(nil)
	_ fyne.Tappable     = (*radioItem)(nil)
	_ desktop.Hoverable = (*radioItem)(nil)
)

// Caption is the text that people see.
func (i *radioItem) Caption() string { return i.text }

func (i *radioItem) Tapped(*fyne.PointEvent) {
	if i.Disabled() {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(i); c != nil {
		c.Focus(i)
	}
	i.radio.SetSelected(i.text)
}

func (i *radioItem) MouseIn(*desktop.MouseEvent)    { i.hovered = true; i.Refresh() }
func (i *radioItem) MouseMoved(*desktop.MouseEvent) {}
func (i *radioItem) MouseOut()                      { i.hovered = false; i.Refresh() }

func (i *radioItem) FocusGained()   { i.focused = true; i.Refresh(); bringIntoSight(i.radio) }
func (i *radioItem) FocusLost()     { i.focused = false; i.Refresh() }
func (i *radioItem) TypedRune(rune) {}

func (i *radioItem) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace:
		if !i.Disabled() {
			i.radio.SetSelected(i.text)
		}
	case fyne.KeyUp, fyne.KeyLeft:
		i.radio.step(i, -1)
	case fyne.KeyDown, fyne.KeyRight:
		i.radio.step(i, +1)
	default:
		PassOn(i, k)
	}
}

func (i *radioItem) CreateRenderer() fyne.WidgetRenderer {
	r := &radioItemRenderer{item: i, back: &canvas.Circle{}, dot: &canvas.Image{}, circle: &canvas.Image{}, text: &canvas.Text{}}
	r.draw()
	return r
}

// radioItemRenderer draws an option as the toolkit's radio group does.
type radioItemRenderer struct {
	item        *radioItem
	back        *canvas.Circle // behind the circle, for the focus
	dot, circle *canvas.Image
	text        *canvas.Text
}

func (r *radioItemRenderer) Layout(size fyne.Size) {
	th := r.item.Theme()
	icon, pad, edge := th.Size(theme.SizeNameInlineIcon), th.Size(theme.SizeNameInnerPadding), markEdge(th)
	r.back.Resize(fyne.NewSquareSize(icon + pad))
	r.back.Move(fyne.NewPos(-pad/2, (size.Height-icon-pad)/2))
	for _, image := range []*canvas.Image{r.dot, r.circle} {
		image.Resize(fyne.NewSquareSize(icon))
		image.Move(fyne.NewPos(0, (size.Height-icon)/2))
	}
	r.text.Resize(size)
	r.text.Move(fyne.NewPos(icon+pad+th.Size(theme.SizeNamePadding)-edge, 0))
}

func (r *radioItemRenderer) MinSize() fyne.Size {
	th := r.item.Theme()
	pad := 2 * th.Size(theme.SizeNameInnerPadding)
	return r.text.MinSize().AddWidthHeight(pad+th.Size(theme.SizeNameInlineIcon)+th.Size(theme.SizeNamePadding)-markEdge(th), pad)
}

func (r *radioItemRenderer) Refresh() {
	r.draw()
	canvas.Refresh(r.item)
}

func (r *radioItemRenderer) draw() {
	i, th, v := r.item, r.item.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.text.Text, r.text.TextSize, r.text.Color = i.text, th.Size(theme.SizeNameText), th.Color(theme.ColorNameForeground, v)
	dot, circle := theme.NewThemedResource(th.Icon(theme.IconNameRadioButtonFill)), theme.NewThemedResource(th.Icon(theme.IconNameRadioButton))
	dot.ColorName, circle.ColorName = theme.ColorNameInputBackground, theme.ColorNameInputBorder
	if i.text == i.radio.Selected {
		dot.ColorName, circle.ColorName = theme.ColorNamePrimary, theme.ColorNameForeground
	}
	if i.Disabled() {
		r.text.Color = th.Color(theme.ColorNameDisabled, v)
		circle.ColorName = theme.ColorNameDisabled
		if i.text == i.radio.Selected {
			dot.ColorName = theme.ColorNameDisabled
		}
	}
	r.dot.Resource, r.circle.Resource = dot, circle
	r.back.FillColor = nil
	switch {
	case i.Disabled():
	case i.focused:
		r.back.FillColor = th.Color(theme.ColorNameFocus, v)
	case i.hovered:
		r.back.FillColor = th.Color(theme.ColorNameHover, v)
	}
	r.dot.Refresh()
	r.circle.Refresh()
}

func (r *radioItemRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.back, r.dot, r.circle, r.text}
}

func (r *radioItemRenderer) Destroy() {}
