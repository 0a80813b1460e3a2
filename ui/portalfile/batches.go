package portalfile

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"consign/data/portal"
	"consign/ui/control"
	"consign/ui/page"
)

// SaveBatches asks for a folder and writes devices that are at hand by customer: in the format for one customer, a file for each.
func SaveBatches(d page.Desk, purpose portal.Purpose, batches []portal.Batch) {
	f := page.NewForm(d, lang.L("Save portal file"), lang.L("Save"))
	folder := f.NewInput("")
	folder.SetText(d.Preferences().StringWithFallback(portalFolder, page.Folder(d)))
	row := container.NewBorder(nil, nil, nil, control.NewButtonWithIcon(lang.L("Folder…"), theme.FolderOpenIcon(),
		func() { page.AskFolderAsync(d, lang.L("Choose a folder"), folder.SetText) }), folder)
	f.Add(lang.L("Folder"), row)
	f.Submit = func() {
		to := strings.TrimSpace(folder.Text)
		var paths []string
		f.DoAsync(row, func(ctx context.Context) error {
			for _, b := range batches {
				some, err := portal.Save(ctx, to, purpose, portal.KnoxList, []portal.Batch{b}, portal.Settings{})
				if err != nil {
					return err
				}
				paths = append(paths, some...)
			}
			return nil
		}, func() {
			f.Hide()
			d.Preferences().SetString(portalFolder, to)
			page.SavedFiles(d, to, paths)
		})
	}
	f.Show()
}
