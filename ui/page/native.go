package page

import (
	"errors"

	"fyne.io/fyne/v2"
	"github.com/ncruces/zenity"

	"consign/ui/system"
)

// Native makes file dialogs those of the operating system. The program sets it at its start; without it the desk asks with
// dialogs of its own, which tests can press.
var Native bool

// asking is set while a dialog of the system is open: a second one beside it would be lost behind it.
var asking bool

// AskSystemAsync opens a dialog of the system that belongs to the window, one at a time, and hands over the paths that were chosen, at
// least one. Leaving the dialog calls nothing; where there is none, or not Native, instead is called.
func AskSystemAsync(w fyne.Window, ask func(owner ...zenity.Option) ([]string, error), then func(paths []string), instead func()) {
	switch {
	case !Native:
		instead()
		return
	case asking:
		return
	}
	asking = true
	owner := system.Owner(w)
	go func() {
		end := system.ForDialogs()
		paths, err := ask(owner...)
		end()
		fyne.Do(func() {
			asking = false
			switch {
			case err == nil && len(paths) > 0:
				then(paths)
			case !errors.Is(err, zenity.ErrCanceled):
				instead()
			}
		})
	}()
}

// SelectFolder asks for a folder with a dialog of the system.
func SelectFolder(title string) func(...zenity.Option) ([]string, error) {
	return func(owner ...zenity.Option) ([]string, error) {
		path, err := zenity.SelectFile(append(owner, zenity.Title(title), zenity.Directory())...)
		return []string{path}, err
	}
}
