package shell

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/look"
)

// aside is a quiet notice in its two places: in the header, whole or short, and above the pages where the header has no room for either.
type aside struct {
	head, above  *fyne.Container
	whole, short fyne.CanvasObject // its text in the header
}

const quietRound = 6 // radius of a notice in the header

// shortNotice is the text of a notice in few words. A tip says it whole.
type shortNotice struct {
	widget.Label
	whole string
}

func newShortNotice(text, whole string) *shortNotice {
	s := &shortNotice{whole: whole}
	s.ExtendBaseWidget(s)
	s.Text = text
	return s
}

// MouseIn implements desktop.Hoverable.
func (s *shortNotice) MouseIn(e *desktop.MouseEvent) { control.OfferTip(s, s.whole, e.Position) }

// MouseMoved implements desktop.Hoverable.
func (s *shortNotice) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (s *shortNotice) MouseOut() { control.OfferTip(s, "", fyne.Position{}) }

// Notify puts a notice above the pages, below those that are there, until remove is called. A quiet one stands in the header where that
// has room.
func (f *Frame) Notify(n Notice) (remove func()) {
	above := n.draw(control.NewName(n.Text, 0), 0)
	f.top.Add(above)
	if n.Short != "" {
		whole, short := widget.NewLabel(n.Text), newShortNotice(n.Short, n.Text)
		head := n.draw(container.NewStack(whole, short), quietRound)
		head.Hide()
		f.quiet.Add(head)
		f.aside = append(f.aside, aside{head, above, whole, short})
	}
	f.Root.Refresh()
	f.Root.Refresh() // the header knows by now whether it has room
	return func() {
		f.top.Remove(above)
		f.aside = slices.DeleteFunc(f.aside, func(a aside) bool {
			if a.above == above {
				f.quiet.Remove(a.head)
			}
			return a.above == above
		})
		f.Root.Refresh()
	}
}

// draw makes the notice of its text and its buttons.
func (n Notice) draw(text fyne.CanvasObject, radius float32) *fyne.Container {
	tag := widget.NewIcon(theme.NewWarningThemedResource(theme.InfoIcon()))
	button := control.Row()
	offer := func(text string, do func()) {
		if text != "" {
			b := control.NewButton(text, do)
			b.Importance = widget.LowImportance
			button.Add(b)
		}
	}
	offer(n.Also, n.DoAlso)
	offer(n.Button, n.Do)
	return container.NewStack(newSurface(look.Notice, radius),
		container.New(layout.NewCustomPaddedLayout(1, 1, 14, 8), container.NewBorder(nil, nil, tag, button, text)))
}

// makeRoom takes the quiet notices out of the header while a message stands there.
func (f *Frame) makeRoom(message bool) {
	f.quiet.Hidden = message
	f.quiet.Refresh()
}

// quietRoom lays out the quiet notices, of which there is one at most, in the header, or has it stand above the pages.
type quietRoom struct{ frame *Frame }

// MinSize implements fyne.Layout: what has no room there stands elsewhere.
func (*quietRoom) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout implements fyne.Layout.
func (l *quietRoom) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	const gap = 16
	room := size.Width - 2*gap
	for _, n := range l.frame.aside {
		n.whole.Show()
		n.short.Hide()
		if n.head.MinSize().Width > room {
			n.whole.Hide()
			n.short.Show()
		}
		least := n.head.MinSize()
		fits := !l.frame.narrow && least.Width <= room
		n.head.Move(fyne.NewPos(gap+(room-least.Width)/2, (size.Height-least.Height)/2))
		n.head.Resize(least)
		n.head.Hidden, n.above.Hidden = !fits, fits
	}
}
