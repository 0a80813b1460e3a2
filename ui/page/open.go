package page

import (
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"github.com/ncruces/zenity"

	"consign/data/sheet"
	"consign/model"
	"consign/ui/control"
)

// Files says what kind of files a dialog asks for.
type Files struct {
	Title   string
	Name    string   // what such files are called
	Endings []string // of their names, with the dot; none: all files
	Several bool     // more than one may be chosen, where the system's dialog can
}

// AskFilesAsync asks for files to open and hands over their paths, at least one. Leaving the dialog calls nothing.
func AskFilesAsync(w fyne.Window, ask Files, then func(paths []string)) {
	AskSystemAsync(w, func(owner ...zenity.Option) ([]string, error) { return selectFiles(ask, owner) }, then,
		func() { askFile(w, ask, then) })
}

// AskListsAsync asks for device lists to open, as AskFilesAsync does.
func AskListsAsync(w fyne.Window, then func(paths []string)) {
	AskFilesAsync(w, Files{Title: lang.L("Open a device list"), Name: lang.L("Device lists"), Endings: sheet.Endings, Several: true}, then)
}

func selectFiles(ask Files, owner []zenity.Option) ([]string, error) {
	options := append(owner, zenity.Title(ask.Title))
	if len(ask.Endings) > 0 {
		patterns := make([]string, len(ask.Endings))
		for i, ending := range ask.Endings {
			patterns[i] = "*" + ending
		}
		options = append(options, zenity.FileFilter{Name: ask.Name, Patterns: patterns, CaseFold: true})
	}
	if ask.Several {
		return zenity.SelectFileMultiple(options...)
	}
	path, err := zenity.SelectFile(options...)
	return []string{path}, err
}

// openedFolder is the preference for the folder from which something was opened last, where the system has no dialog that knows it.
const openedFolder = "folder.opened"

// askFile is the desk's own dialog: the path is typed, or found with the toolkit's browser, which the keyboard does not reach well.
func askFile(w fyne.Window, ask Files, then func([]string)) {
	f := newForm(w, ask.Title, lang.L("Open"))
	path := f.NewInput("")
	before := ""
	if folder := fyne.CurrentApp().Preferences().String(openedFolder); folder != "" {
		before = folder + string(filepath.Separator)
		path.SetText(before)
	}
	row := container.NewBorder(nil, nil, nil, control.NewButtonWithIcon(lang.L("Browse…"), theme.FolderOpenIcon(), func() {
		browseFiles(w, ask, func(chosen string) {
			path.SetText(chosen)
			f.send()
		})
	}), path)
	f.Add(lang.L("File name"), row)
	f.Submit = func() {
		chosen := strings.TrimSpace(path.Text)
		if whole := strings.TrimPrefix(chosen, before); filepath.IsAbs(whole) { // typed or pasted behind the folder that stood there
			chosen = whole
		}
		if s, err := os.Stat(chosen); err != nil || s.IsDir() {
			f.Fail(row, model.Fail(model.NotFound, "There is no such file."))
			w.Canvas().Focus(path)
			return
		}
		fyne.CurrentApp().Preferences().SetString(openedFolder, filepath.Dir(chosen))
		f.Hide()
		then([]string{chosen})
	}
	f.Show()
	path.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

func browseFiles(w fyne.Window, ask Files, then func(path string)) {
	open := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err == nil && file != nil {
			_ = file.Close()
			then(file.URI().Path())
		}
	}, w)
	if len(ask.Endings) > 0 {
		open.SetFilter(storage.NewExtensionFileFilter(ask.Endings))
	}
	browse(w, open)
}

// BrowseFolder lets a folder be found with the toolkit's browser.
func BrowseFolder(w fyne.Window, then func(path string)) {
	browse(w, dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			then(u.Path())
		}
	}, w))
}

// AskFolderAsync asks for a folder that is there and hands over its path. Leaving the dialog calls nothing.
func AskFolderAsync(h Host, title string, then func(path string)) {
	AskSystemAsync(h.Window(), SelectFolder(title), func(paths []string) { then(paths[0]) }, func() { askFolder(h, title, then) })
}

// askFolder is the desk's own dialog for a folder.
func askFolder(h Host, title string, then func(string)) {
	f := NewForm(h, title, lang.L("Choose"))
	path := f.NewInput("")
	row := container.NewBorder(nil, nil, nil, control.NewButtonWithIcon(lang.L("Browse…"), theme.FolderOpenIcon(), func() {
		BrowseFolder(h.Window(), path.SetText)
	}), path)
	f.Add(lang.L("Folder"), row)
	f.Submit = func() {
		chosen := filepath.Clean(strings.TrimSpace(path.Text))
		if s, err := os.Stat(chosen); err != nil || !s.IsDir() || !filepath.IsAbs(chosen) {
			f.Fail(row, model.Fail(model.NotFound, "There is no such folder."))
			h.Window().Canvas().Focus(path)
			return
		}
		f.Hide()
		then(chosen)
	}
	f.Show()
}

// browse shows the toolkit's browser in the place where it was last.
func browse(w fyne.Window, d *dialog.FileDialog) {
	if last, err := storage.ListerForURI(storage.NewFileURI(fyne.CurrentApp().Preferences().String(openedFolder))); err == nil {
		d.SetLocation(last)
	}
	d.Show()
	control.Answer(w.Canvas(), control.Keys{Escape: d.Hide})
	d.Resize(w.Canvas().Size().Subtract(fyne.NewSize(80, 80)))
}
