package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Button is a button that Enter presses as Space does. It keeps the focus when it is pressed, so that work goes on from it, and a key
// that is held presses it once: what opens a question does not answer it.
type Button struct {
	widget.Button
	focused bool
	quiet   bool         // the focus comes with a click, which shows where it is
	armed   fyne.KeyName // the key that went down on the button

	keys func(fyne.KeyName) bool // if there, takes the keys that are its own, and says whether one is
}

var _ desktop.Keyable = (*Button)(nil)

// NewButton makes a button.
func NewButton(text string, do func()) *Button { return NewButtonWithIcon(text, nil, do) }

// NewButtonWithIcon makes a button with an icon before its text.
func NewButtonWithIcon(text string, icon fyne.Resource, do func()) *Button {
	b := &Button{}
	b.ExtendBaseWidget(b)
	b.Text, b.Icon, b.OnTapped = text, icon, do
	return b
}

// NewMainButton makes the button of what a page or a dialog is for.
func NewMainButton(text string, do func()) *Button {
	b := NewButton(text, do)
	b.Importance = widget.HighImportance
	return b
}

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(e *fyne.PointEvent) {
	do := b.OnTapped
	b.OnTapped = nil
	b.Button.Tapped(e) // shows the click and takes the focus away
	b.OnTapped = do
	if b.Disabled() {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(b); c != nil {
		b.quiet = true
		c.Focus(b)
		b.quiet = false
	}
	b.press()
}

func (b *Button) press() {
	if b.OnTapped != nil && !b.Disabled() {
		b.OnTapped()
	}
}

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() {
	if !b.quiet {
		b.focused = true
		b.Refresh() // and not the toolkit's tint, on which words are hard to read
	}
}

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() {
	b.focused, b.armed = false, ""
	b.Refresh()
}

// KeyDown implements desktop.Keyable: a key that is held is typed again and again, but goes down once.
func (b *Button) KeyDown(k *fyne.KeyEvent) { b.armed = k.Name }

// KeyUp implements desktop.Keyable.
func (b *Button) KeyUp(*fyne.KeyEvent) { b.armed = "" }

// TypedKey implements fyne.Focusable.
func (b *Button) TypedKey(k *fyne.KeyEvent) {
	if b.keys != nil && b.keys(k.Name) {
		return
	}
	if k.Name != fyne.KeySpace && !isEnter(k.Name) {
		PassOn(b, k)
		return
	}
	if b.armed == k.Name {
		b.armed = ""
		b.press()
	}
}

const (
	ringWidth = 2
	ringInset = 2

	// The room around the words of a button, and around a picture that stands alone.
	besideWords, overWords = 12, 6
)

// CreateRenderer implements fyne.Widget. A button that is not filled with a colour has an edge, and a focused one a ring in it: the
// toolkit tints it with the colour that a button of importance has anyway.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	r := &buttonRenderer{button: b, edge: &canvas.Rectangle{}, framed: newFramed(b.Button.CreateRenderer(), ringInset, func(ring *canvas.Rectangle) {
		th, v, size := b.Theme(), fyne.CurrentApp().Settings().ThemeVariant(), ring.Size()
		ring.Hidden = !b.focused || size.Width <= 0 || size.Height <= 0 // a button may have the focus before it has room
		ring.StrokeColor, ring.StrokeWidth = th.Color(b.ink(), v), ringWidth
		ring.CornerRadius = max(0, th.Size(theme.SizeNameButtonRadius)-ringInset)
	})}
	r.drawEdge()
	return r
}

// buttonRenderer gives a button its room and its edge.
type buttonRenderer struct {
	*framed
	button *Button
	edge   *canvas.Rectangle
}

// MinSize implements fyne.WidgetRenderer.
func (r *buttonRenderer) MinSize() fyne.Size {
	pad := r.button.Theme().Size(theme.SizeNameInnerPadding)
	size := r.framed.MinSize().AddWidthHeight(0, 2*(overWords-pad))
	if r.button.Text != "" {
		size.Width += 2 * (besideWords - pad)
	} else {
		size.Width += 2 * (overWords - pad)
	}
	return size
}

// Layout implements fyne.WidgetRenderer.
func (r *buttonRenderer) Layout(size fyne.Size) {
	r.framed.Layout(size)
	r.edge.Resize(size)
	r.drawEdge()
}

// Objects implements fyne.WidgetRenderer.
func (r *buttonRenderer) Objects() []fyne.CanvasObject { return append(r.framed.Objects(), r.edge) }

// Refresh implements fyne.WidgetRenderer.
func (r *buttonRenderer) Refresh() {
	r.drawEdge()
	r.framed.Refresh()
}

func (r *buttonRenderer) drawEdge() {
	b := r.button
	th, v, size := b.Theme(), fyne.CurrentApp().Settings().ThemeVariant(), r.edge.Size()
	r.edge.Hidden = b.Importance != widget.MediumImportance || size.Width <= 0 || size.Height <= 0
	r.edge.StrokeWidth, r.edge.CornerRadius = 1, th.Size(theme.SizeNameButtonRadius)
	r.edge.StrokeColor = th.Color(theme.ColorNameInputBorder, v)
	if b.Disabled() {
		r.edge.StrokeColor = th.Color(theme.ColorNameSeparator, v)
	}
}

// ink is the colour of what stands on the button.
func (b *Button) ink() fyne.ThemeColorName {
	switch b.Importance {
	case widget.HighImportance:
		return theme.ColorNameForegroundOnPrimary
	case widget.DangerImportance:
		return theme.ColorNameForegroundOnError
	case widget.WarningImportance:
		return theme.ColorNameForegroundOnWarning
	case widget.SuccessImportance:
		return theme.ColorNameForegroundOnSuccess
	}
	return theme.ColorNameForeground
}
