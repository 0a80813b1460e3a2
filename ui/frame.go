package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/look"
	"consign/ui/page"
)

const (
	sidebarWidth  = 176
	headingHeight = 40
)

// frame is what stands around the pages: header, sidebar, heading and messages.
type frame struct {
	desk    *Desk
	root    fyne.CanvasObject
	header  *fyne.Container
	menu    *control.Button // in the place of the sidebar in a narrow window
	find    *control.Button
	tabs    map[page.Tab]*choice
	gear    *control.Button
	tabRow  fyne.CanvasObject // the tabs in the header
	search  fyne.CanvasObject // what stands at the right of the header
	side    *fyne.Container   // the sidebar with what is behind it
	sidebar *fyne.Container
	entries map[string]*choice
	page    *fyne.Container   // heading and body
	scroll  *container.Scroll // of the page, in a window that is too small for it
	heading *fyne.Container
	body    *fyne.Container
	message *messageBar

	row    *fyne.Container // sidebar and page
	narrow bool            // the window is, so that the menu stands in the place of the sidebar
	offers bool            // the tab has anything to choose there

	headed string            // the heading's title now
	filled page.Tab          // whose sidebar is shown
	shows  fyne.CanvasObject // the content on screen
}

func newFrame(d *Desk) *frame {
	f := &frame{
		desk: d, tabs: map[page.Tab]*choice{}, entries: map[string]*choice{},
		sidebar: container.NewVBox(), body: container.NewStack(), message: newMessageBar(),
	}
	f.message.left = f.begin
	f.side = container.NewStack(newSurface(look.Sidebar), container.NewBorder(nil, nil, nil, widget.NewSeparator(),
		container.NewVScroll(container.New(layout.NewCustomPaddedLayout(12, 12, 8, 8), container.New(wide(sidebarWidth), f.sidebar)))))
	f.heading = container.New(&headed{again: func() { f.page.Refresh() }}, container.NewHBox(), widget.NewLabel(""), container.NewHBox())
	f.page = page.Below(container.New(layout.NewCustomPaddedLayout(8, 4, 10, 10), f.heading),
		container.New(layout.NewCustomPaddedLayout(2, 8, 10, 10), f.body))
	top := container.New(stacked{}, container.NewStack(newSurface(look.Sidebar), f.newHeader()), widget.NewSeparator())
	if d.sample {
		top.Add(f.notice())
	}
	f.scroll = container.NewScroll(f.page)
	f.row = container.New(folding{f}, f.side, f.scroll)
	f.root = container.NewStack(container.New(stacked{}, top, f.row), container.New(betweenTabs{f.tabRow, f.search}, f.message))
	return f
}

func findText() string { return lang.L("Find a device") + "   " + shortcutText(findShortcut) }

// newHeader is the row of tabs, with the search for a device and the gear at its right.
func (f *frame) newHeader() fyne.CanvasObject {
	row := container.NewHBox()
	for _, t := range tabs {
		if t.tab == page.SettingsTab {
			continue
		}
		c := newChoice(t.title(), nil, func() { f.desk.chooseTab(t.tab) })
		f.tabs[t.tab] = c
		row.Add(c)
	}
	f.menu = control.NewButtonWithIcon("", theme.MenuIcon(), f.showMenu)
	f.menu.Importance = widget.LowImportance
	f.menu.Hide()
	f.find = control.NewButtonWithIcon(findText(), theme.SearchIcon(), f.desk.find)
	f.gear = control.NewButtonWithIcon("", theme.SettingsIcon(), func() { f.desk.chooseTab(page.SettingsTab) })
	f.gear.Importance = widget.LowImportance
	right := container.NewHBox(container.NewCenter(f.find), container.NewCenter(f.gear))
	f.tabRow, f.search = container.NewHBox(container.NewCenter(f.menu), row), right
	f.header = container.New(layout.NewCustomPaddedLayout(2, 0, 8, 8), container.NewBorder(nil, nil, f.tabRow, right))
	return f.header
}

// notice marks the sample register.
func (f *frame) notice() fyne.CanvasObject {
	text := widget.NewLabel(lang.L("Sample data: try anything. Your own register is not touched."))
	text.Truncation = fyne.TextTruncateEllipsis
	leave := control.NewButton(lang.L("Leave the sample"), f.desk.leaveSample)
	leave.Importance = widget.LowImportance
	tag := widget.NewIcon(theme.NewWarningThemedResource(theme.InfoIcon()))
	return container.NewStack(newSurface(look.Notice),
		container.New(layout.NewCustomPaddedLayout(1, 1, 14, 8), container.NewBorder(nil, nil, tag, leave, text)))
}

// show puts the open page of the desk's tab on screen.
func (f *frame) show() {
	d := f.desk
	for tab, c := range f.tabs {
		c.choose(tab == d.tab)
	}
	f.gear.Importance = widget.LowImportance
	if d.tab == page.SettingsTab {
		f.gear.Importance = widget.HighImportance
	}
	f.gear.Refresh()
	if f.filled != d.tab {
		f.fillSidebar()
	}
	t := d.trails[d.tab]
	for name, c := range f.entries {
		c.choose(name == t.open[0].place.Page)
	}
	f.headed = ""
	f.retitle()
	if p := t.top().page; f.shows != p.Content {
		f.shows = p.Content
		f.body.Objects = []fyne.CanvasObject{p.Content}
		f.body.Refresh()
		f.scroll.ScrollToOffset(fyne.Position{})
		f.begin()
	} else if f.desk.window.Canvas().Focused() == nil { // the entry of the page on screen was clicked, which takes the keyboard from all
		f.begin()
	}
}

// begin gives the keyboard to what the open page begins with, else to its entry in the sidebar, or the menu in its place, if anything had it.
func (f *frame) begin() {
	c, t := f.desk.window.Canvas(), f.desk.trails[f.desk.tab]
	had := c.Focused()
	c.Unfocus()
	first := fyne.Focusable(nil)
	if of := t.top().page.First; of != nil {
		first = of()
	}
	if entry := f.entries[t.open[0].place.Page]; first == nil && had != nil && entry != nil && f.offers {
		if first = entry; f.narrow {
			first = f.menu
		}
	}
	if first != nil {
		c.Focus(first)
	}
}

// keepFocus begins anew when an act turned what has the keyboard off, or took it from the screen.
func (f *frame) keepFocus() {
	c := f.desk.window.Canvas()
	focused := c.Focused()
	if focused == nil || c.Overlays().Top() != nil {
		return
	}
	off, can := focused.(fyne.Disableable)
	if can && off.Disabled() || !onScreen(focused) {
		f.begin()
	}
}

// onScreen reports whether something with the keyboard can be seen. The driver knows no place of what is hidden or taken away, and says the
// corner of the window, where nothing ever stands.
func onScreen(o fyne.Focusable) bool {
	object, can := o.(fyne.CanvasObject)
	return can && !fyne.CurrentApp().Driver().AbsolutePositionForObject(object).IsZero()
}

// retitle makes the heading say what the open page is called by now.
func (f *frame) retitle() {
	t := f.desk.trails[f.desk.tab]
	s := t.top()
	if s == nil {
		return
	}
	title := s.page.Title
	if f.headed == title && title != "" {
		return
	}
	f.headed = title
	left := container.NewHBox()
	if n := len(t.open); n > 1 {
		back := control.NewButtonWithIcon("", theme.NavigateBackIcon(), f.desk.Back)
		back.Importance = widget.LowImportance
		left.Add(container.NewCenter(back))
		for i, o := range t.open[:n-1] {
			parent := control.NewButton(o.page.Title, func() { f.desk.leave(func() { f.desk.backTo(i + 1) }) })
			parent.Importance = widget.LowImportance
			left.Add(container.NewCenter(parent))
			left.Add(container.NewCenter(widget.NewLabel("›")))
		}
	}
	name := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	name.SizeName, name.Truncation = theme.SizeNameHeadingText, fyne.TextTruncateEllipsis
	if len(t.open) > 1 { // the trail takes room, too
		name.SizeName = theme.SizeNameSubHeadingText
	}
	actions := container.NewHBox()
	for _, a := range s.page.Actions {
		actions.Add(container.NewCenter(a))
	}
	f.heading.Objects = []fyne.CanvasObject{left, name, actions}
	f.heading.Refresh()
}

// centred is a title, a text and buttons in the middle of an otherwise empty page.
func centred(title, text string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	head := widget.NewLabelWithStyle(title, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	head.SizeName = theme.SizeNameSubHeadingText
	body := widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{})
	body.Wrapping = fyne.TextWrapWord
	row := container.NewHBox(buttons...)
	return container.NewCenter(container.NewVBox(head, container.New(wide(420), body), container.NewCenter(row)))
}
