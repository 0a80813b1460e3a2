package page

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"github.com/ncruces/zenity"
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
	if !Native {
		askFile(w, ask, then)
		return
	}
	go func() {
		paths, err := selectFiles(ask)
		fyne.Do(func() {
			switch {
			case err == nil && len(paths) > 0:
				then(paths)
			case !errors.Is(err, zenity.ErrCanceled):
				askFile(w, ask, then) // this system has no dialog to offer
			}
		})
	}()
}

func selectFiles(ask Files) ([]string, error) {
	options := []zenity.Option{zenity.Title(ask.Title)}
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

// askFile is Fyne's own dialog, which opens one file at a time.
func askFile(w fyne.Window, ask Files, then func([]string)) {
	open := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil || file == nil {
			return
		}
		path := file.URI().Path()
		_ = file.Close()
		then([]string{path})
	}, w)
	if len(ask.Endings) > 0 {
		open.SetFilter(storage.NewExtensionFileFilter(ask.Endings))
	}
	open.Show()
	open.Resize(w.Canvas().Size().Subtract(fyne.NewSize(80, 80)))
}
