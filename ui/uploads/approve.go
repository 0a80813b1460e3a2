package uploads

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/page"
)

// ApproveAction is APPROVE ALL DEVICES for the selected uploads (domain §4). register offers REGISTER for a reseller that is not
// registered yet, and calls then when it is.
func ApproveAction(d page.Desk, msp model.View, register func(u model.Upload, then func())) page.Action[model.Upload] {
	return page.Action[model.Upload]{
		Title:  func(int) string { return lang.L("APPROVE ALL DEVICES") },
		Button: true, Needs: model.UploadApproved,
		Can: func(u model.Upload) error {
			if !u.Registered {
				return nil // it offers to register the reseller
			}
			return u.CanApprove(msp)
		},
		Do: func(s page.Selected[model.Upload]) {
			page.Read(d, func(ctx context.Context) ([]model.Upload, error) {
				ids, err := s.List(ctx)
				if err != nil {
					return nil, err
				}
				return d.Register().Uploads().Rows(ctx, msp, "", ids)
			}, func(selected []model.Upload) { approve(d, msp, selected, register) })
		},
	}
}

// approve approves those that wait, once the reseller of each is registered.
func approve(d page.Desk, msp model.View, selected []model.Upload, register func(model.Upload, func())) {
	var ids []int64
	for _, u := range selected {
		if u.Waits() && !u.Registered {
			register(u, func() { approve(d, msp, registered(selected, u.ResellerID), register) })
			return
		}
		if u.Waits() {
			ids = append(ids, u.ID)
		}
	}
	if len(ids) == 0 {
		d.Say(lang.L("The selected uploads are approved already."))
		return
	}
	record(d, msp, ids...)
}

func registered(uploads []model.Upload, reseller int64) []model.Upload {
	for i := range uploads {
		if uploads[i].ResellerID == reseller {
			uploads[i].Registered = true
		}
	}
	return uploads
}

// record approves uploads for the MSP, or records for the reseller that the target approved them elsewhere.
func record(d page.Desk, by model.View, ids ...int64) {
	page.Act(d, lang.L("Approving uploads"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
		return d.Register().Uploads().Approve(ctx, by, ids)
	}, nil)
}

// ApprovedElsewhereAction records that the target approved an upload of the reseller in its own portal (domain §3: Verified).
func ApprovedElsewhereAction(d page.Desk, reseller model.View) page.Action[model.Upload] {
	return page.Action[model.Upload]{
		Title: func(int) string { return lang.L("Approved elsewhere…") },
		One:   true, Needs: model.UploadApproved,
		Can: func(u model.Upload) error { return u.CanApprove(reseller) },
		Do:  func(s page.Selected[model.Upload]) { approvedElsewhere(d, reseller, s.Row) },
	}
}

func approvedElsewhere(d page.Desk, reseller model.View, u model.Upload) {
	words := map[string]any{"Target": u.TargetName, "Count": page.Number(u.Devices)}
	page.Ask(d, lang.L("Did {{.Target}} approve this upload?", words),
		lang.N("Its {{.Count}} devices become Verified. Do this when {{.Target}} has approved the upload in its own portal.", u.Devices, words),
		lang.N("Verify {{.Count}} devices", u.Devices, words), func() { record(d, reseller, u.ID) })
}
