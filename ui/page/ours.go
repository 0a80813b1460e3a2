package page

import (
	"context"

	"consign/data"
	"consign/model"
)

// OurViews is how every account of ours looks at devices: the resellers first, by name. Safe on any goroutine.
func OurViews(ctx context.Context, accounts data.Accounts) ([]model.View, error) {
	var views []model.View
	for _, kind := range []model.AccountKind{model.Reseller, model.MSP} {
		ours, err := accounts.Ours(ctx, kind)
		if err != nil {
			return nil, err
		}
		for _, a := range ours {
			views = append(views, model.As(kind, a.ID))
		}
	}
	return views, nil
}

// OurUpload is an upload as the first account of ours sees it that sees it at all; NotFound if none does. Safe on any goroutine.
func OurUpload(ctx context.Context, accounts data.Accounts, uploads data.Uploads, id int64) (model.View, model.Upload, error) {
	views, err := OurViews(ctx, accounts)
	if err != nil {
		return model.View{}, model.Upload{}, err
	}
	for _, view := range views {
		u, err := uploads.ByID(ctx, view, id)
		if model.CodeOf(err) != model.NotFound {
			return view, u, err
		}
	}
	return model.View{}, model.Upload{}, model.Fail(model.NotFound, "No account of ours sees this upload any more.")
}

// UploadPlace is the page of an upload as a view sees it.
func UploadPlace(view model.View, id int64) Place {
	return Place{Tab: Tab(view.Portal), Page: Upload, ID: id, Acting: view.Account}
}
