package portalfile

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"consign/data/portal"
	"consign/model"
	"consign/ui/page"
)

// SaveBatches asks for a folder and writes devices that are at hand by customer: in the format for one customer, a file for each.
func SaveBatches(d page.Desk, purpose portal.Purpose, batches []portal.Batch) {
	f := page.NewForm(d, lang.L("Save portal file"), lang.L("Save"))
	saveInto(d, f, func(ctx context.Context, folder string) (paths []string, _ model.Done, _ error) {
		for _, b := range batches {
			some, err := portal.Save(ctx, folder, purpose, portal.KnoxList, []portal.Batch{b}, portal.Settings{})
			if err != nil {
				return paths, model.Done{}, err
			}
			paths = append(paths, some...)
		}
		return paths, model.Done{}, nil
	}, nil)
}
