package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/ui/control"
	"consign/ui/page"
)

// portalPage holds the settings that belong to the register, how moved uploads are approved and how portal files write dates, and the
// folders of this computer.
func portalPage(d page.Desk, o Office) *page.Page {
	folders := newFolders(d, o)
	moved := control.NewCheck(lang.L("Approve moved uploads at once"), nil)
	dates := newPick([]option[string]{
		{"YYYYDDMM", lang.L("YYYYDDMM, as Samsung documents it")}, {"YYYYMMDD", lang.L("YYYYMMDD")},
	}, "", nil)
	dates.Horizontal = false
	save := func(name, value string) {
		d.ReadAsync(func(ctx context.Context) error { return d.Register().Settings().Set(ctx, name, value) }, func() {})
	}
	why := note("")
	why.Hide()
	if err := d.Register().Role().MaySet(); err != nil {
		moved.Disable()
		dates.Disable()
		why.SetText(page.ErrorText(err))
		why.Show()
	}
	read := func() {
		page.Read(d, func(ctx context.Context) ([2]string, error) {
			approve, err := d.Register().Settings().Value(ctx, data.MovedApproveAtOnce)
			if err != nil {
				return [2]string{}, err
			}
			format, err := d.Register().Settings().Value(ctx, data.PortalDateFormat)
			return [2]string{approve, format}, err
		}, func(now [2]string) {
			moved.OnChanged, dates.OnChanged = nil, nil // showing what is set sets nothing
			moved.SetChecked(now[0] == "true")
			dates.SetSelected(dates.Options[0])
			if now[1] == "YYYYMMDD" {
				dates.SetSelected(dates.Options[1])
			}
			moved.OnChanged = func(on bool) {
				value := "false"
				if on {
					value = "true"
				}
				save(data.MovedApproveAtOnce, value)
			}
			dates.OnChanged = func(text string) {
				format := "YYYYDDMM"
				if text == dates.Options[1] {
					format = "YYYYMMDD"
				}
				save(data.PortalDateFormat, format)
			}
		})
	}
	read()
	return &page.Page{
		Title: lang.L("Portal and files"), Shows: data.SettingsChanged, Reload: read, Seen: folders.show,
		Content: sections(
			section(lang.L("Customer portal"), fyne.CanvasObject(moved),
				note(lang.L("For customers with Knox Mobile Enrollment or Knox Configure, devices that an MSP moves need no approval of their own."))),
			section(lang.L("Portal files"), setting(lang.L("Order date"), dates,
				lang.L("How the bulk files for the Knox Reseller Portal write the order date.")), why),
			section(lang.L("Folders"), folders.rows()...),
		),
	}
}
