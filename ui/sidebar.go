package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// fillSidebar shows whom the desk's tab acts as and the tab's entries.
func (f *frame) fillSidebar() {
	d := f.desk
	f.filled = d.tab
	clear(f.entries)
	var objects []fyne.CanvasObject
	if kind, acts := kindOf(d.tab); acts && d.acting[kind].ID != 0 {
		objects = append(objects, f.picker(kind), gap(6), widget.NewSeparator(), gap(6))
	}
	all := entries(d.tab)
	f.offers = len(objects) > 0 || len(all) > 1
	f.fold()
	f.row.Refresh()
	list := container.New(stacked{})
	for _, e := range all {
		c := newChoice(e.Title, e.Icon, func() { d.Go(page.Place{Tab: d.tab, Page: e.Page}) })
		f.entries[e.Page] = c
		list.Add(c)
	}
	list.Add(gap(0))
	f.sidebar.Objects = append(objects, list)
	if open := d.trails[d.tab].open; len(open) > 0 {
		for name, c := range f.entries {
			c.choose(name == open[0].place.Page)
		}
	}
	f.sidebar.Refresh()
}

// picker says whom the tab acts as, lets the user choose another account of ours, and copies its Knox ID.
func (f *frame) picker(kind model.AccountKind) fyne.CanvasObject {
	account := f.desk.acting[kind]
	caption := widget.NewLabel(lang.L("Acting as"))
	caption.SizeName, caption.Importance = theme.SizeNameCaptionText, widget.LowImportance

	pick := control.NewButtonWithIcon(shorten(account.CompanyName, sidebarWidth-48), theme.MenuDropDownIcon(), nil)
	pick.Alignment, pick.IconPlacement = widget.ButtonAlignLeading, widget.ButtonIconTrailingText
	pick.OnTapped = func() {
		menu := widget.NewPopUpMenu(f.pickerMenu(kind), f.desk.window.Canvas())
		menu.ShowAtRelativePosition(fyne.NewPos(0, pick.Size().Height), pick)
	}
	id := control.NewValue(account.KnoxID)
	id.TextStyle.Monospace = true
	copyID := control.NewButtonWithIcon("", theme.ContentCopyIcon(), func() {
		fyne.CurrentApp().Clipboard().SetContent(account.KnoxID)
		f.desk.Say(lang.L("{{.Name}} {{.ID}} copied.", map[string]any{"Name": lang.L(kind.IDName()), "ID": account.KnoxID}))
	})
	copyID.Importance = widget.LowImportance
	name := widget.NewLabel(lang.L(kind.IDName()))
	name.SizeName, name.Importance = theme.SizeNameCaptionText, widget.LowImportance
	return container.NewVBox(caption, pick, container.New(layout.NewCustomPaddedVBoxLayout(-6), name,
		container.NewBorder(nil, nil, nil, copyID, id)))
}

func (f *frame) pickerMenu(kind model.AccountKind) *fyne.Menu {
	d := f.desk
	menu := fyne.NewMenu("")
	for _, a := range d.ours[kind] {
		item := fyne.NewMenuItem(a.CompanyName+"  "+a.KnoxID, func() {
			if a.ID == d.acting[kind].ID {
				return
			}
			d.leave(func() {
				d.actAs(d.tab, a)
				f.fillSidebar()
				d.showTab(d.tab)
			})
		})
		item.Checked = a.ID == d.acting[kind].ID
		menu.Items = append(menu.Items, item)
	}
	menu.Items = append(menu.Items, fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.L("Add another…"), func() { d.addOurs(kind) }))
	return menu
}

// gap is an empty stretch of the given height.
func gap(height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(1, height))
	return r
}

// shorten cuts a text to a width, because a button cannot.
func shorten(text string, width float32) string {
	cut := []rune(text)
	for len(cut) > 0 && fyne.MeasureText(text, theme.TextSize(), fyne.TextStyle{}).Width > width {
		cut = cut[:len(cut)-1]
		text = string(cut) + "…"
	}
	return text
}
