package shell

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// Sidebar is what a tab offers beside its pages: whom it acts as, and its entries.
type Sidebar struct {
	Tab     string
	Entries []Entry
	Chosen  string // the entry that is open, empty for none

	Accounts []Account // that the tab can act as; none: it acts as nobody
	Acting   int64     // ID of the one that it acts as
	IDName   string    // what the Knox ID of such an account is called
}

// Entry is a page in the sidebar.
type Entry struct {
	Name, Title string
	Icon        fyne.Resource
}

// Account is an account of ours.
type Account struct {
	ID           int64
	Name, KnoxID string
}

// acting is the account that the tab acts as, and whether there is one.
func (s Sidebar) acting() (Account, bool) {
	for _, a := range s.Accounts {
		if a.ID == s.Acting {
			return a, true
		}
	}
	return Account{}, false
}

// Fill shows whom a tab acts as and its entries.
func (f *Frame) Fill(s Sidebar) {
	f.filled = s
	clear(f.entries)
	f.sidebar.Objects = nil
	if account, acts := s.acting(); acts {
		f.sidebar.Objects = append(f.sidebar.Objects, f.picker(account), Gap(6), widget.NewSeparator(), Gap(6))
	}
	f.offers = len(f.sidebar.Objects) > 0 || len(s.Entries) > 1
	f.fold()
	f.row.Refresh()
	list := container.New(stacked{})
	for i, e := range s.Entries {
		c := newChoice(e.Title, e.Icon, func() { f.told.OnEntry(e.Name) })
		c.step = func(by int) {
			if to := i + by; to >= 0 && to < len(s.Entries) {
				f.told.Canvas.Focus(f.entries[s.Entries[to].Name])
			}
		}
		f.entries[e.Name] = c
		c.choose(e.Name == s.Chosen)
		list.Add(c)
	}
	list.Add(Gap(0))
	f.sidebar.Objects = append(f.sidebar.Objects, list)
	f.sidebar.Refresh()
}

// FocusEntries gives the entry of the page on screen the keyboard, or opens the menu that stands in the place of the sidebar.
func (f *Frame) FocusEntries() {
	if f.menu.Visible() {
		f.showMenu()
		return
	}
	for _, entry := range f.entries {
		if entry.chosen && f.side.Visible() {
			f.told.Canvas.Focus(entry)
		}
	}
}

// sidebarWidth is that of the widest title of an entry, within limits.
func (f *Frame) sidebarWidth() float32 {
	width := float32(leastSidebar)
	for _, title := range f.told.Titles {
		width = max(width, choiceWidth(title))
	}
	return min(width, mostSidebar)
}

// asWideAsTitles lays out the sidebar.
type asWideAsTitles struct{ frame *Frame }

// MinSize implements fyne.Layout.
func (l asWideAsTitles) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return control.Wide(l.frame.sidebarWidth()).MinSize(objects)
}

// Layout implements fyne.Layout.
func (l asWideAsTitles) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	control.Wide(l.frame.sidebarWidth()).Layout(objects, size)
}

// picker says whom the tab acts as, lets the user choose another account of ours, and copies its Knox ID.
func (f *Frame) picker(account Account) fyne.CanvasObject {
	caption := widget.NewLabel(lang.L("Acting as"))
	caption.SizeName, caption.Importance = theme.SizeNameCaptionText, widget.LowImportance

	pick := control.NewButtonWithIcon(account.Name, theme.MenuDropDownIcon(), nil)
	pick.Most = f.sidebarWidth()
	pick.Alignment, pick.IconPlacement = widget.ButtonAlignLeading, widget.ButtonIconTrailingText
	pick.OnTapped = func() {
		control.ShowMenuBelow(pick, f.pickerMenu().Items)
	}
	id := control.NewValue(account.KnoxID)
	id.TextStyle.Monospace = true
	copyID := control.NewButtonWithIcon("", theme.ContentCopyIcon(), func() {
		fyne.CurrentApp().Clipboard().SetContent(account.KnoxID)
		f.Say(lang.L("{{.Name}} {{.ID}} copied.", map[string]any{"Name": f.filled.IDName, "ID": account.KnoxID}), "", nil)
	})
	copyID.Importance = widget.LowImportance
	name := widget.NewLabel(f.filled.IDName)
	name.SizeName, name.Importance = theme.SizeNameCaptionText, widget.LowImportance
	return container.NewVBox(control.Flush(caption), pick, container.New(layout.NewCustomPaddedVBoxLayout(-6), control.Flush(name),
		container.NewBorder(nil, nil, nil, copyID, control.Flush(id))))
}

func (f *Frame) pickerMenu() *fyne.Menu {
	menu := fyne.NewMenu("")
	for _, a := range f.filled.Accounts {
		item := fyne.NewMenuItem(a.Name+"  "+a.KnoxID, func() { f.told.OnAccount(a.ID) })
		item.Checked = a.ID == f.filled.Acting
		menu.Items = append(menu.Items, item)
	}
	menu.Items = append(menu.Items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(lang.L("Add another…"), f.told.OnAdd))
	return menu
}

// Gap is an empty stretch of the given height.
func Gap(height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(1, height))
	return r
}
