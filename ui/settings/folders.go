package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/portalfile"
)

// folders shows where what Consign writes for people goes, and changes it.
type folders struct {
	desk   page.Desk
	office Office
	kinds  []*folder
}

// folder is one of them.
type folder struct {
	name, about string
	of          func() string
	choose      func(path string) // "" takes the choice back
	chosen      func() bool       // and may be taken back

	path *control.Value
	back *control.Button // takes the choice back
}

// newFolders are the folders for tables, for portal files and for backups.
func newFolders(d page.Desk, o Office) *folders {
	choices := Of(fyne.CurrentApp())
	f := &folders{desk: d, office: o, kinds: []*folder{
		{name: lang.L("Exports"), about: lang.L("Tables and other files are saved here, unless you choose another folder while saving."),
			of: func() string { return page.Folder(d) }, choose: func(path string) { page.SetFolder(d, path) },
			chosen: func() bool { return page.FolderChosen(d) }},
		{name: lang.L("Portal files"), about: lang.L("The files for the portals are saved here, unless you choose another folder while saving."),
			of: func() string { return portalfile.Folder(d) }, choose: func(path string) { portalfile.SetFolder(d, path) },
			chosen: func() bool { return portalfile.FolderChosen(d) }},
	}}
	if o.Keeping().Folder != "" {
		f.kinds = append(f.kinds, &folder{name: lang.L("Backups"), of: func() string { return o.Keeping().Folder },
			about: lang.L("The automatic backups. Settings > Register has a second folder for them, too."),
			choose: func(path string) {
				choices.SetBackups(path)
				d.Register().Safe().KeepBackupsIn(o.Keeping())
			}})
	}
	return f
}

// rows are the settings of the folders.
func (f *folders) rows() []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, k := range f.kinds {
		k.path = newPath("")
		buttons := []fyne.CanvasObject{
			control.NewButton(lang.L("Change…"), func() {
				page.AskFolderAsync(f.desk, k.name, func(path string) {
					k.choose(path)
					f.show()
				})
			}),
			control.NewButton(lang.L("Show in folder"), func() { f.office.ShowFolder(k.of()) }),
		}
		if k.chosen != nil {
			k.back = control.NewButton(lang.L("The last one used"), func() {
				k.choose("")
				f.show()
			})
			buttons = append(buttons, k.back)
		}
		rows = append(rows, setting(k.name, k.path, ""), setting("", control.Row(buttons...), k.about))
	}
	f.show()
	return rows
}

// show shows the folders as they are now.
func (f *folders) show() {
	for _, k := range f.kinds {
		k.path.SetText(k.of())
		if k.back != nil {
			k.back.Allow(k.chosen(), lang.L("This is the usual folder already."))
		}
	}
}
