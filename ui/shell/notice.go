package shell

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/look"
)

// aside is a quiet notice in its two places: in the header, and above the pages where the header has no room for it.
type aside struct{ head, above *fyne.Container }

const (
	// leastNotice is the room of a notice's text in the header: one that has less stands above the pages.
	leastNotice = 170
	wholeNotice = 1200 // the room of a text that is not cut
	quietRound  = 6    // radius of a notice in the header
)

// Notify puts a notice above the pages, below those that are there, until remove is called. A quiet one stands in the header where that
// has room.
func (f *Frame) Notify(n Notice) (remove func()) {
	above := n.draw(0, 0)
	f.top.Add(above)
	if n.Quiet {
		head := n.draw(wholeNotice, quietRound)
		head.Hide()
		f.quiet.Add(head)
		f.aside = append(f.aside, aside{head, above})
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

// draw makes the notice: its text, which asks for that much room, and its buttons.
func (n Notice) draw(most, radius float32) *fyne.Container {
	text := control.NewName(n.Text, most)
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
		whole, cut := n.head.MinSize(), n.above.MinSize().Width+leastNotice
		fits := !l.frame.narrow && min(whole.Width, cut) <= room
		width := max(0, min(whole.Width, room))
		n.head.Move(fyne.NewPos(gap+(room-width)/2, (size.Height-whole.Height)/2))
		n.head.Resize(fyne.NewSize(width, whole.Height))
		n.head.Hidden, n.above.Hidden = !fits, fits
	}
}
