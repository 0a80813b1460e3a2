package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"consign/ui/control"
)

// This file makes the desk fit small windows: at 300 % a screen of 1920×1080 has 640×360 of Fyne's units.

const (
	narrow     = 800 // the width below which the sidebar is a menu
	leastTitle = 150 // the room that a long title is cut to before the buttons beside it go below it
)

// whole lays out header and pages, which know by then whether the window is narrow.
type whole struct {
	stacked
	frame *Frame
}

func (l whole) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if is := size.Width < narrow; is != l.frame.narrow {
		l.frame.narrow = is
		l.frame.fold()
	}
	l.stacked.Layout(objects, size)
}

// folding lays the sidebar and the page beside each other. In a narrow window the page has all the room.
type folding struct{}

func (folding) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[1].MinSize() }

func (folding) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side, main := objects[0], objects[1]
	var width float32
	if side.Visible() {
		width = side.MinSize().Width
		side.Resize(fyne.NewSize(width, size.Height))
	}
	main.Move(fyne.NewPos(width, 0))
	main.Resize(fyne.NewSize(size.Width-width, size.Height))
}

// fold shows what the tab offers in the sidebar, or in a narrow window as a menu in its place. There the search for a device has no words,
// because messages need their room.
func (f *Frame) fold() {
	f.find.SetText(f.told.Find)
	if f.narrow {
		f.find.SetText("")
	}
	f.side.Hidden, f.menu.Hidden = f.narrow || !f.offers, !f.narrow || !f.offers
	f.header.Refresh()
}

// showMenu shows what stands in the sidebar.
func (f *Frame) showMenu() {
	var items []*fyne.MenuItem
	for _, e := range f.filled.Entries {
		item := fyne.NewMenuItem(e.Title, func() { f.told.OnEntry(e.Name) })
		item.Icon, item.Checked = e.Icon, f.entries[e.Name].chosen
		items = append(items, item)
	}
	if _, acts := f.filled.acting(); acts {
		acting := fyne.NewMenuItem(lang.L("Acting as"), nil)
		acting.ChildMenu = f.pickerMenu()
		items = append(items, fyne.NewMenuItemSeparator(), acting)
	}
	control.ShowMenuBelow(f.menu, items)
}

// heading lays out what leads to a page, its title and its buttons: in one line as long as the title can be read, else the buttons below.
type heading struct {
	height float32 // of the lines that it was laid out in last
	again  func()  // lays out what holds the heading, when that is another height
}

func (l *heading) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var back float32
	if trail := objects[0].(*fyne.Container).Objects; len(trail) > 0 {
		back = trail[0].MinSize().Width
	}
	return fyne.NewSize(max(back+leastTitle, objects[2].MinSize().Width), max(headingHeight, l.height))
}

// cutTrail shows as many of the pages that lead to the shown one as have room, the last ones, and gives the width that they and the way
// back take.
func cutTrail(trail *fyne.Container, room float32) float32 {
	for _, o := range trail.Objects {
		o.Show()
	}
	for i := 1; i < len(trail.Objects) && trail.MinSize().Width > room; i++ {
		trail.Objects[i].Hide()
	}
	return trail.MinSize().Width
}

func (l *heading) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return // not shown yet
	}
	trail, name, actions := objects[0].(*fyne.Container), objects[1].(*control.Name), objects[2].(*fyne.Container)
	before, after := cutTrail(trail, size.Width-leastTitle), control.InOneLine(actions)
	needed := fyne.MeasureText(name.Text, theme.Size(name.SizeName), name.TextStyle).Width + 2*theme.InnerPadding()
	height, width := float32(headingHeight), size.Width-before-after-2*theme.Padding()
	put := func(o fyne.CanvasObject, x, y, width, height float32) {
		o.Move(fyne.NewPos(x, y+(headingHeight-height)/2))
		o.Resize(fyne.NewSize(width, height))
	}
	if below := width < min(needed, leastTitle); below {
		width = size.Width - before
		for range 2 { // they know their lines once they have a width
			actions.Resize(fyne.NewSize(size.Width, actions.MinSize().Height))
		}
		actions.Move(fyne.NewPos(0, headingHeight))
		height += actions.MinSize().Height + headingHeight/8
	} else {
		actions.Resize(fyne.NewSize(after, actions.MinSize().Height))
		put(actions, max(0, size.Width-after), 0, after, actions.MinSize().Height)
	}
	put(trail, 0, 0, before, trail.MinSize().Height)
	if before == 0 { // the title begins where the page does
		put(name, -theme.InnerPadding(), 0, width+theme.InnerPadding(), name.MinSize().Height)
	} else {
		put(name, before, 0, width, name.MinSize().Height)
	}
	if height != max(headingHeight, l.height) {
		l.height = height
		l.again()
	}
}
