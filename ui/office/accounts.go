package office

import (
	"context"

	"consign/data"
	"consign/model"
)

// AccountsOfOurs reads the accounts that the office acts for, by kind. Off Fyne's goroutine.
func AccountsOfOurs(ctx context.Context, accounts data.Accounts) (map[model.AccountKind][]model.Account, error) {
	ours := map[model.AccountKind][]model.Account{}
	for _, kind := range []model.AccountKind{model.Reseller, model.MSP} {
		found, err := accounts.Ours(ctx, kind)
		if err != nil {
			return nil, err
		}
		ours[kind] = found
	}
	return ours, nil
}
