package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/safe"
	"consign/ui/sharing"
)

// Office is what the settings ask of the program beyond the desk.
type Office interface {
	// OpenAsync opens another register instead of the present one.
	OpenAsync(path string)
	// Restore puts the register of a backup in the place of the present one.
	Restore(from string)
	// Keeping is where the automatic backups of the open register go, nowhere those of the sample.
	Keeping() data.Keeping
	// Folder is where the logs are.
	Folder() string
	// ShowFolder opens a folder in the system's file browser.
	ShowFolder(path string)
	// Share takes the open register to a server, so that several desks work in it.
	Share()
	// BackToOneDesk makes an ordinary register file of a shared one and goes on in it.
	BackToOneDesk()
	// ChangePassword asks for another password of the login to the shared register.
	ChangePassword()
	// MoveRegister moves the open register to another folder.
	MoveRegister(folder string)
	// Restart ends Consign and starts it again, unless somebody stays on a page with unfinished work.
	Restart()
}

// The pages beside page.Settings, the appearance, and page.Directory, the accounts.
const (
	personsPage  = "person"
	filesPage    = "files"
	registerPage = "register"

	colleaguesPage = "colleagues" // opened from the register's
)

// The pages that are opened from the register's.
const (
	Backups = "backups"
	Check   = "check"
)

// Entries are the pages of the settings.
func Entries() []page.Entry {
	return []page.Entry{
		{Page: page.Settings, Title: lang.L("Appearance"), Icon: theme.ColorPaletteIcon()},
		{Page: page.Directory, Title: lang.L("Accounts"), Icon: theme.AccountIcon()},
		{Page: personsPage, Title: lang.L("Person and aliases"), Icon: theme.AccountIcon()},
		{Page: filesPage, Title: lang.L("Portal and files"), Icon: theme.DocumentIcon()},
		{Page: registerPage, Title: lang.L("Register"), Icon: theme.StorageIcon()},
	}
}

// Open builds a page of the settings. Errors: NotFound.
func Open(d page.Desk, o Office, p page.Place) (*page.Page, error) {
	switch p.Page {
	case page.Settings:
		return appearancePage(o), nil
	case page.Directory:
		return accountsPage(d, p), nil
	case personsPage:
		return personPage(d), nil
	case filesPage:
		return portalPage(d, o), nil
	case registerPage:
		return registerPageOf(d, o), nil
	case colleaguesPage:
		return sharing.Colleagues(d, p), nil
	case Backups:
		return backupsPage(d, o, p), nil
	case Check:
		return safe.CheckPage(d, func() { d.Go(page.Place{Tab: page.SettingsTab, Page: Backups}) }), nil
	}
	return nil, model.Fail(model.NotFound, "There is no such page.")
}

// sections lays groups of settings one under another, no wider than is easily read.
func sections(groups ...fyne.CanvasObject) fyne.CanvasObject {
	scroll := container.NewVScroll(nil)
	scroll.Content = container.New(&column{again: scroll.Refresh}, groups...)
	return scroll
}

// section is a heading with the settings under it.
func section(title string, rows ...fyne.CanvasObject) fyne.CanvasObject {
	head := widget.NewLabelWithStyle(title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head.SizeName = theme.SizeNameSubHeadingText
	body := container.New(control.Column(sectionGap), head, widget.NewSeparator())
	for _, r := range rows {
		body.Add(r)
	}
	return body
}

// setting is one line: what is set, how, and a sentence about it.
func setting(name string, what fyne.CanvasObject, about string) fyne.CanvasObject {
	if l, is := what.(*control.Value); is {
		what = control.Flush(l)
	} else if l, is := what.(*widget.Label); is {
		what = control.Flush(l)
	}
	row := container.New(&labelled{}, control.Flush(widget.NewLabel(name)), what)
	if about == "" {
		return row
	}
	return container.NewVBox(row, container.New(&labelled{}, widget.NewLabel(""), control.Flush(note(about))))
}

// note is a quiet sentence.
func note(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping, l.Importance = fyne.TextWrapWord, widget.LowImportance
	return l
}

const (
	columnWidth = 820
	labelWidth  = 200
	sectionGap  = 8
	groupGap    = 16
	barRoom     = 12 // of the scroll bar at the right
)

// column lays objects one under another, at the left, columnWidth wide at most.
type column struct {
	height float32
	again  func() // lays out what holds the column, when it needs another height because it has another width
}

// MinSize implements fyne.Layout.
func (*column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(labelWidth*2, 0)
	for _, o := range objects {
		size.Height += o.MinSize().Height + groupGap
	}
	return size
}

// Layout implements fyne.Layout.
func (l *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		for range 2 { // it knows its lines once it has a width
			o.Resize(fyne.NewSize(min(columnWidth, size.Width-barRoom), o.MinSize().Height))
		}
		o.Move(fyne.NewPos(0, y))
		y += o.MinSize().Height + groupGap
	}
	if y != l.height {
		l.height = y
		l.again()
	}
}

// labelled lays a label of a fixed width before a control, or above it where both have no room beside each other.
type labelled struct{ width float32 }

func (l *labelled) below(objects []fyne.CanvasObject) bool {
	return l.width > 0 && labelWidth+objects[1].MinSize().Width > l.width+1
}

// MinSize implements fyne.Layout: of the lines that it was laid out in last.
func (l *labelled) MinSize(objects []fyne.CanvasObject) fyne.Size {
	label, control := objects[0].MinSize(), objects[1].MinSize()
	if l.below(objects) {
		return fyne.NewSize(max(label.Width, control.Width), label.Height+control.Height)
	}
	return fyne.NewSize(labelWidth+control.Width, max(label.Height, control.Height))
}

// Layout implements fyne.Layout.
func (l *labelled) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	at := fyne.NewPos(labelWidth, 0)
	if l.below(objects) {
		at = fyne.NewPos(0, objects[0].MinSize().Height)
	}
	objects[0].Resize(fyne.NewSize(labelWidth, objects[0].MinSize().Height))
	objects[1].Move(at)
	objects[1].Resize(fyne.NewSize(size.Width-at.X, objects[1].MinSize().Height))
}
