package devices

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/page"
)

// delete deletes the selected devices after asking.
func (o Options) delete(d page.Desk, view model.View) page.Action[model.Device] {
	return page.Action[model.Device]{
		Title:    deleteTitle,
		OnDelete: true, Needs: model.DevicesDeleted,
		Do: func(s page.Selected[model.Device]) {
			Delete(d, o.selection(view, s.Selection), deleteTitle(s.Count())+"?", "")
		},
	}
}

func deleteTitle(count int) string {
	return lang.N("Delete {{.Count}} devices", count, map[string]any{"Count": page.Number(count)})
}

// Delete deletes devices after asking with a title, and a text before the others that says which: from the MSP's devices under DELETE
// (domain §4). It says where they are now.
func Delete(d page.Desk, s model.DeviceSelection, title, which string) {
	button := deleteTitle(s.Count)
	if s.Query.View.Portal == model.MSPPortal {
		button = lang.N("DELETE {{.Count}} devices", s.Count, map[string]any{"Count": page.Number(s.Count)})
	}
	whereabouts(d, s, func(_ []data.NamedCount, now string) {
		page.Confirm(d, title, which+now+" "+page.Deletion(s.Query.View, s.Count), button, func() {
			page.Act(d, lang.L("Deleting devices"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
				return d.Register().Devices().Delete(ctx, s, progress)
			}, nil)
		})
	})
}
