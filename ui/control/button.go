package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Button is a button that Enter presses as Space does. It keeps the focus when it is pressed, so that work goes on from it, and a key
// that is held presses it once: what opens a question does not answer it.
type Button struct {
	widget.Button
	// Most is the widest that it asks to be, in Fyne's units; 0 is widestButton. Longer words end in an ellipsis, and a tip says them whole.
	Most float32
	// Why is what a tip says while the button is off.
	Why     string
	focused bool
	quiet   bool         // the focus comes with a click, which shows where it is
	armed   fyne.KeyName // the key that went down on the button
	cut     bool         // not all of the words are on screen

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

// Refuse turns the button off and says why in its tip; "" turns it on.
func (b *Button) Refuse(why string) {
	b.Why = why
	Enable(b, why == "")
}

// Allow turns the button on if what it does can be done, else off, and says why in its tip.
func (b *Button) Allow(can bool, why string) {
	if can {
		why = ""
	}
	b.Refuse(why)
}

// SetText changes the words. A tip of the words before goes.
func (b *Button) SetText(text string) {
	if text != b.Text {
		OfferTip(b, "", fyne.Position{})
	}
	b.Button.SetText(text)
}

// Tapped implements fyne.Tappable.
func (b *Button) Tapped(e *fyne.PointEvent) {
	byKeys = false
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
	HideTip()
	if b.OnTapped != nil && !b.Disabled() {
		b.OnTapped()
	}
}

// FocusGained implements fyne.Focusable.
func (b *Button) FocusGained() {
	if !b.quiet {
		b.focused = true
		b.Refresh() // and not the toolkit's tint, on which words are hard to read
		b.offerTip()
		bringIntoSight(b)
	}
}

// FocusLost implements fyne.Focusable.
func (b *Button) FocusLost() {
	b.focused, b.armed = false, ""
	b.Refresh()
	OfferTip(b, "", fyne.Position{})
}

// MouseIn implements desktop.Hoverable.
func (b *Button) MouseIn(e *desktop.MouseEvent) {
	b.Button.MouseIn(e)
	b.offerTip()
}

// MouseOut implements desktop.Hoverable.
func (b *Button) MouseOut() {
	b.Button.MouseOut()
	OfferTip(b, "", fyne.Position{})
}

// offerTip says below the button why it is off, or its words whole where they are cut.
func (b *Button) offerTip() {
	below := fyne.NewPos(0, b.Size().Height-14)
	switch {
	case b.Disabled() && b.Why != "":
		OfferTip(b, b.Why, below)
	case b.cut:
		OfferTip(b, b.Text, below)
	}
}

// KeyDown implements desktop.Keyable: a key that is held is typed again and again, but goes down once.
func (b *Button) KeyDown(k *fyne.KeyEvent) { b.armed, byKeys = k.Name, true }

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
