package data

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"consign/model"
)

// Lookup finds an account of the directory by the ID that people type (domain §4). Errors: Invalid, NotFound.
func (d Accounts) Lookup(ctx context.Context, kind model.AccountKind, knoxID string) (model.Account, error) {
	id, _, err := model.ReadKnoxID(knoxID)
	if err != nil {
		return model.Account{}, err
	}
	found, err := accountByKnoxID(d.desk.read.WithContext(ctx), kind, id)
	if model.CodeOf(err) == model.NotFound {
		return model.Account{}, model.Fail(model.NotFound, "The directory has no {{.Kind}} with the {{.IDName}} {{.ID}}.",
			"Kind", kind.String(), "IDName", kind.IDName(), "ID", id)
	}
	return found.model(), d.desk.told(err)
}

// ByID finds an account by its id; NotFound.
func (d Accounts) ByID(ctx context.Context, id int64) (model.Account, error) {
	found, err := accountOf(d.desk.read.WithContext(ctx), id)
	return found.model(), d.desk.told(err)
}

// SameIDElsewhere finds the accounts of other kinds with the same Knox ID: worth a warning (domain §1).
func (d Accounts) SameIDElsewhere(ctx context.Context, kind model.AccountKind, knoxID string) ([]model.Account, error) {
	id, _, err := model.ReadKnoxID(knoxID)
	if err != nil {
		return nil, err
	}
	return d.found(d.desk.read.WithContext(ctx).Where("knox_id = ? AND kind <> ?", id, kind).Order("kind"))
}

// Ours are the accounts of the kind that this office acts for, by name.
func (d Accounts) Ours(ctx context.Context, kind model.AccountKind) ([]model.Account, error) {
	return d.found(d.desk.read.WithContext(ctx).Where(&account{Kind: kind, Ours: true}).Order("lower(company_name), id"))
}

// Rows reads the accounts with the ids, in the order of ids; those that are gone are left out.
func (d Accounts) Rows(ctx context.Context, ids []int64) ([]model.Account, error) {
	found, err := d.found(d.desk.read.WithContext(ctx).Scopes(withIDs(ids)))
	at := make(map[int64]int, len(ids))
	for i, id := range ids {
		at[id] = i
	}
	slices.SortFunc(found, func(a, b model.Account) int { return at[a.ID] - at[b.ID] })
	return found, err
}

// found reads the accounts that the conditions find.
func (d Accounts) found(conditions *gorm.DB) ([]model.Account, error) {
	var rows []account
	if err := conditions.Find(&rows).Error; err != nil {
		return nil, d.desk.told(err)
	}
	found := make([]model.Account, len(rows))
	for i, row := range rows {
		found[i] = row.model()
		if err := soundRow(found[i]); err != nil {
			return nil, d.desk.note(err)
		}
	}
	return found, nil
}
