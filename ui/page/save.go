package page

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"
	"github.com/ncruces/zenity"

	"consign/model"
	"consign/ui/control"
	"consign/ui/system"
)

// OfThisComputer are the names of the preferences that are paths of one computer and mean nothing on another.
var OfThisComputer = []string{lastFolder, chosenFolder, openedFolder}

// The preferences for the folder in which something was saved last, and for the one that was chosen to save in.
const (
	lastFolder   = "folder.saved"
	chosenFolder = "folder.chosen"
)

// AskPathAsync asks where to save a file of the proposed name, asks again before another file is replaced, and hands over the path.
func AskPathAsync(h Host, name string, then func(path string)) {
	proposal := filepath.Join(Folder(h), name)
	take := func(path string) {
		if filepath.Ext(path) == "" {
			path += filepath.Ext(name)
		}
		h.Preferences().SetString(lastFolder, filepath.Dir(path))
		then(path)
	}
	AskSystemAsync(h.Window(), func(owner ...zenity.Option) ([]string, error) {
		path, err := zenity.SelectFileSave(append(owner, zenity.Title(lang.L("Save")), zenity.Filename(proposal), zenity.ConfirmOverwrite(),
			fileType(filepath.Ext(name)))...)
		return []string{path}, err
	}, func(paths []string) { take(paths[0]) }, func() { askPath(h, proposal, take) })
}

// fileType is what a dialog of the system calls the files of an ending.
func fileType(ending string) zenity.FileFilter {
	name := strings.ToUpper(strings.TrimPrefix(ending, "."))
	switch ending {
	case ".csv":
		name = lang.L("CSV tables")
	case ".xlsx":
		name = lang.L("Excel workbooks")
	case ".db":
		name = lang.L("Registers")
	}
	return zenity.FileFilter{Name: name, Patterns: []string{"*" + ending}, CaseFold: true}
}

// Folder is where saving begins: in the folder that was chosen for it, else where the user saved last, else the documents, else the home.
func Folder(h Host) string {
	home, _ := os.UserHomeDir()
	return FirstFolder(h.Preferences().String(chosenFolder), h.Preferences().String(lastFolder), system.Documents(), home)
}

// SetFolder chooses the folder where saving begins; "" has it begin where the user saved last.
func SetFolder(h Host, path string) { h.Preferences().SetString(chosenFolder, path) }

// FolderChosen reports whether one was chosen.
func FolderChosen(h Host) bool { return h.Preferences().String(chosenFolder) != "" }

// FirstFolder is the first of the paths that is a folder which is there, else the last path.
func FirstFolder(paths ...string) string {
	for _, path := range paths {
		if s, err := os.Stat(path); err == nil && s.IsDir() {
			return path
		}
	}
	return paths[len(paths)-1]
}

// askPath is the desk's own dialog. Fyne's would empty the chosen file before there is anything to put into it.
func askPath(h Host, proposal string, then func(string)) {
	f := NewForm(h, lang.L("Save"), lang.L("Save"))
	path := f.NewInput("")
	path.SetText(proposal)
	choose := control.NewButtonWithIcon(lang.L("Folder…"), theme.FolderOpenIcon(), func() {
		BrowseFolder(h.Window(), func(folder string) { path.SetText(filepath.Join(folder, filepath.Base(path.Text))) })
	})
	row := container.NewBorder(nil, nil, nil, choose, path)
	f.Add(lang.L("File name"), row)
	f.Submit = func() {
		chosen := strings.TrimSpace(path.Text)
		switch s, err := os.Stat(chosen); {
		case chosen == "" || err == nil && s.IsDir():
			f.Fail(row, model.Fail(model.Invalid, "Enter a file name."))
		case err == nil:
			f.Hide()
			Confirm(h, lang.L("Replace {{.File}}?", map[string]any{"File": filepath.Base(chosen)}),
				lang.L("A file of this name is there already."), lang.L("Replace"), func() { then(chosen) })
		default:
			f.Hide()
			then(chosen)
		}
	}
	f.Show()
}

// Saved says that so many rows are in a file now, and offers to show the file's folder. Each of then is called.
func Saved(d Desk, path string, rows int, then ...func()) {
	d.Offer(lang.N("{{.Count}} rows are in {{.File}}.", rows, map[string]any{"Count": Number(rows), "File": filepath.Base(path)}),
		lang.L("Show in folder"), func() { showFolder(d, path) })
	for _, do := range then {
		do()
	}
}

// SavedFiles says which files are in a folder now, and offers to show it.
func SavedFiles(d Desk, folder string, paths []string) {
	text := lang.N("{{.Count}} files are in {{.Folder}}:", len(paths), map[string]any{"Count": Number(len(paths)), "Folder": folder})
	if len(paths) > 0 {
		text += " " + filepath.Base(paths[0])
	}
	if len(paths) > 1 {
		text += ", …"
	}
	d.Offer(text, lang.L("Show in folder"), func() { showFolder(d, folder) })
}

// showFolder shows a folder, or a file in its own, in the system's file browser.
func showFolder(h Host, path string) {
	if err := system.Show(fyne.CurrentApp(), path); err != nil {
		h.Fail(err)
	}
}

// SavedIn shows a form that only tells what is in a folder now, or in a file, and shows it in the system's file browser if wanted.
func SavedIn(h Host, f *Form, path string) {
	f.Only(lang.L("Show in folder"), func() {
		f.Hide()
		showFolder(h, path)
	})
	f.Show()
}

// FileName makes a file name of a title: nothing in it that a file system refuses.
func FileName(title string) string {
	name := strings.TrimRight(strings.TrimSpace(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) || r < ' ' {
			return '-'
		}
		return r
	}, title)), ". ")
	if reserved.MatchString(name) {
		name += "-"
	}
	return name
}

// reserved are names that mean devices on Windows, with any ending.
var reserved = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])$`)
