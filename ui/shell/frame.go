// Package shell is what stands around the pages: header, sidebar, heading and messages. It draws what it is given and tells by calls
// what people do; it knows no page. Everything in it belongs to Fyne's goroutine.
package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/look"
)

// Margin is the room at the left and the right of a page.
const Margin = 16

const (
	leastSidebar  = 176
	mostSidebar   = 232 // pages are to have room in a window of 1024
	headingHeight = 40
	// longestCrumb is as wide as a page that leads to the shown one asks to be.
	longestCrumb = 180
)

// Options are what a frame is made with, and what it tells of.
type Options struct {
	Canvas fyne.Canvas // of the window
	Tabs   []Tab       // in the header
	Gear   string      // the tab behind the gear
	Find   string      // what the button of the search says
	Titles []string    // of the entries of all tabs: the sidebar has room for the widest, and is as wide in every tab

	OnTab     func(name string) // a tab was chosen
	OnEntry   func(name string) // an entry of the sidebar was chosen
	OnAccount func(id int64)    // another account to act as was chosen
	OnAdd     func()            // another account is to be added
	OnFind    func()
	OnBack    func()
	OnTrail   func(n int) // all but the first n open pages are to be left
}

// Notice says above the pages what holds for all of them, with a button or without one.
type Notice struct {
	Text   string
	Button string // "" for none
	Do     func()
	Also   string // a further button, before that one; "" for none
	DoAlso func()
	// Short is what it says in few words, of one that needs no room of its own in a wide window: it stands in the header, whole or with
	// these words, while no message does. "" for one that always stands above the pages.
	Short string
}

// Tab is a tab of the header.
type Tab struct{ Name, Title string }

// View is a page with what leads to it.
type View struct {
	Sidebar Sidebar // of its tab
	Entry   string  // from which it was opened
	// Titles are those of the open pages, the shown one last.
	Titles  []string
	Actions []fyne.CanvasObject
	Content fyne.CanvasObject
	First   func() fyne.Focusable // what has the keyboard first; it, and what it returns, may be nil
}

// Frame is what stands around the pages: header, sidebar, heading and messages. It shows what it is given, and tells what people do.
type Frame struct {
	Root fyne.CanvasObject

	told    Options
	shown   View
	top     *fyne.Container // header and notices
	header  *fyne.Container
	menu    *control.Button // in the place of the sidebar in a narrow window
	find    *control.Button
	tabs    map[string]*control.Tab
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
	quiet   *fyne.Container // room in the header for notices
	aside   []aside         // notices that stand there where they have room

	row    *fyne.Container // sidebar and page
	narrow bool            // the window is, so that the menu stands in the place of the sidebar
	offers bool            // the tab has anything to choose there

	// lent has the keyboard because the shown page had nothing to give it to when it came on screen; nil once that is settled.
	lent fyne.Focusable

	headed string  // the heading's title now
	filled Sidebar // what the sidebar shows
}

// New makes a frame that shows nothing yet.
func New(o Options) *Frame {
	f := &Frame{
		told: o, tabs: map[string]*control.Tab{}, entries: map[string]*choice{},
		sidebar: container.NewVBox(), body: container.NewStack(), message: newMessageBar(),
	}
	f.message.left = f.begin
	f.side = container.NewStack(NewSurface(look.Sidebar), container.NewBorder(nil, nil, nil, widget.NewSeparator(),
		container.NewVScroll(container.New(layout.NewCustomPaddedLayout(12, 12, 8, 8), container.New(asWideAsTitles{f}, f.sidebar)))))
	f.heading = container.New(&heading{again: func() { f.scroll.Refresh() }}, container.NewHBox(), control.NewName("", 0),
		control.ButtonLines())
	f.page = control.Below(container.New(layout.NewCustomPaddedLayout(4, 2, Margin, Margin), f.heading),
		container.New(layout.NewCustomPaddedLayout(2, 8, Margin, Margin), f.body))
	f.top = container.New(stacked{}, container.NewStack(NewSurface(look.Sidebar), f.newHeader()), widget.NewSeparator())
	f.scroll = container.NewScroll(f.page)
	f.row = container.New(folding{}, f.side, f.scroll)
	over := container.New(betweenTabs{f.tabRow, f.search}, f.message)
	f.message.resized = over.Refresh
	f.message.shown = f.makeRoom
	f.Root = control.WithTips(container.NewStack(container.New(whole{frame: f}, f.top, f.row), over))
	return f
}

// newHeader is the row of tabs, with the search for a device and the gear at its right.
func (f *Frame) newHeader() fyne.CanvasObject {
	row := container.NewHBox()
	for _, t := range f.told.Tabs {
		c := control.NewTab(t.Title, func() { f.told.OnTab(t.Name) })
		f.tabs[t.Name] = c
		row.Add(c)
	}
	f.menu = control.NewButtonWithIcon("", theme.MenuIcon(), f.showMenu)
	f.menu.Importance = widget.LowImportance
	f.menu.Hide()
	f.find = control.NewButtonWithIcon(f.told.Find, theme.SearchIcon(), f.told.OnFind)
	f.gear = control.NewButtonWithIcon("", theme.SettingsIcon(), func() { f.told.OnTab(f.told.Gear) })
	f.gear.Importance = widget.LowImportance
	right := control.Row(container.NewCenter(f.find), container.NewCenter(f.gear))
	f.tabRow, f.search = container.NewHBox(container.NewCenter(f.menu), row), right
	f.quiet = container.New(&quietRoom{frame: f})
	f.header = container.New(layout.NewCustomPaddedLayout(2, 0, 8, 8), control.InOrder(nil, f.tabRow, f.quiet, right, nil))
	return f.header
}

// Show puts a page on screen.
func (f *Frame) Show(v View) {
	control.HideTip()
	before := f.shown.Content
	f.shown = v
	for name, c := range f.tabs {
		c.Choose(name == v.Sidebar.Tab)
	}
	f.gear.Importance = widget.LowImportance
	if v.Sidebar.Tab == f.told.Gear {
		f.gear.Importance = widget.HighImportance
	}
	f.gear.Refresh()
	if f.filled.Tab != v.Sidebar.Tab {
		f.Fill(v.Sidebar)
	}
	for name, c := range f.entries {
		c.choose(name == v.Entry)
	}
	f.headed = ""
	f.Retitle(v)
	if before != v.Content {
		f.body.Objects = []fyne.CanvasObject{v.Content}
		f.body.Refresh()
		f.scroll.ScrollToOffset(fyne.Position{})
		f.begin()
	} else if f.told.Canvas.Focused() == nil { // the entry of the page on screen was clicked, which takes the keyboard from all
		f.begin()
	}
}

// Say shows a short message, with a button that does something about it unless do is nil.
func (f *Frame) Say(text, button string, do func()) { f.message.say(text, button, do) }

// Murmur shows a short message that nobody asked for: it waits while one with a button is on screen.
func (f *Frame) Murmur(text string) { f.message.murmur(text) }

// Stop ends the timer of the message on screen.
func (f *Frame) Stop() { f.message.stop() }

// begin gives the keyboard to what the open page begins with, else to its entry in the sidebar, or the menu in its place, if anything had
// it.
func (f *Frame) begin() {
	c := f.told.Canvas
	had := c.Focused()
	if c.Overlays().Top() == nil { // else it is the dialog that would lose the keyboard
		c.Unfocus()
	}
	first := fyne.Focusable(nil)
	f.lent = nil
	if f.shown.First != nil {
		first = f.shown.First()
	}
	if entry := f.entries[f.shown.Entry]; first == nil && had != nil && entry != nil && f.offers {
		if first = entry; f.narrow {
			first = f.menu
		}
		f.lent = first
	}
	if first != nil {
		c.Focus(first)
	}
}

// KeepFocus begins anew when an act turned what has the keyboard off, or took it from the screen, and when the page that was shown last has
// read by now what takes it. read tells that it has read all.
func (f *Frame) KeepFocus(read bool) {
	c := f.told.Canvas
	focused := c.Focused()
	if focused == nil || c.Overlays().Top() != nil {
		return
	}
	off, can := focused.(fyne.Disableable)
	late := focused == f.lent && f.shown.First != nil && f.shown.First() != nil
	if can && off.Disabled() || !onScreen(focused) || late {
		f.begin()
	}
	if read {
		f.lent = nil
	}
}

// onScreen reports whether something with the keyboard can be seen. The driver knows no place of what is hidden or taken away, and says the
// corner of the window, where nothing ever stands.
func onScreen(o fyne.Focusable) bool {
	object, can := o.(fyne.CanvasObject)
	return can && !fyne.CurrentApp().Driver().AbsolutePositionForObject(object).IsZero()
}

// Retitle makes the heading say what the shown page is called by now.
func (f *Frame) Retitle(v View) {
	before, title := v.Titles[:len(v.Titles)-1], v.Titles[len(v.Titles)-1]
	if f.headed == title && title != "" {
		return
	}
	f.headed = title
	left := container.NewHBox()
	if len(before) > 0 {
		back := control.NewButtonWithIcon("", theme.NavigateBackIcon(), f.told.OnBack)
		back.Importance = widget.LowImportance
		left.Add(container.NewCenter(back))
		for i, name := range before {
			parent := control.NewButton(name, func() { f.told.OnTrail(i + 1) })
			parent.Importance, parent.Most = widget.LowImportance, longestCrumb
			left.Add(container.NewCenter(parent))
			left.Add(container.NewCenter(widget.NewLabel("›")))
		}
	}
	name := control.NewHeading(title, theme.SizeNameHeadingText, 0)
	if len(before) > 0 { // the trail takes room, too
		name.SizeName = theme.SizeNameSubHeadingText
	}
	f.heading.Objects = []fyne.CanvasObject{left, name, control.ButtonLines(v.Actions...)}
	f.heading.Refresh()
	f.page.Layout.Layout(f.page.Objects, f.page.Size()) // it may need other lines
}
