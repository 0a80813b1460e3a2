package data

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"consign/model"
)

func (a account) model() model.Account {
	return model.Account{ID: a.ID, Kind: a.Kind, KnoxID: a.KnoxID, CompanyName: a.CompanyName, Country: a.Country,
		Ours: bool(a.Ours), CreatedAt: timeOf(a.CreatedAt)}
}

// accountOf finds an account by its id; NotFound.
func accountOf(db *gorm.DB, id int64) (account, error) {
	return rowOf[account](db.Where(&account{ID: id}), "This account is not in the directory.")
}

// rowOf reads the row that the conditions find; NotFound with the sentence if there is none.
func rowOf[Row any](db *gorm.DB, missing string) (row Row, err error) {
	err = db.Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		err = model.Fail(model.NotFound, missing)
	}
	return row, err
}

// accountOfKind is accountOf for an account that must be of one of the kinds; Invalid.
func accountOfKind(db *gorm.DB, id int64, kinds ...model.AccountKind) (account, error) {
	found, err := accountOf(db, id)
	if err != nil {
		return found, err
	}
	for _, kind := range kinds {
		if found.Kind == kind {
			return found, nil
		}
	}
	return found, model.Fail(model.Invalid, "{{.Company}} ({{.Kind}}) does not fit here.", "Company", found.CompanyName, "Kind",
		found.Kind.String())
}

// accountByKnoxID finds an account by kind and Knox ID; NotFound.
func accountByKnoxID(db *gorm.DB, kind model.AccountKind, knoxID string) (account, error) {
	return rowOf[account](db.Where(&account{Kind: kind, KnoxID: knoxID}), "This account is not in the directory.")
}

// Add adds an organisation to the directory and returns it with its id. A customer starts with the services; without any
// with Knox Mobile Enrollment, so that it has a portal. Errors: Invalid, Exists.
func (d Accounts) Add(ctx context.Context, new model.Account, services ...model.Service) (model.Account, error) {
	if err := new.Check(); err != nil {
		return model.Account{}, err
	}
	var row account
	_, err := d.desk.act(ctx, model.AccountAdded, model.View{}, func(a *act) error {
		old, err := accountByKnoxID(a.tx, new.Kind, new.KnoxID)
		if err == nil {
			return model.Fail(model.Exists, "{{.Company}} has the {{.IDName}} {{.ID}} already.",
				"Company", old.CompanyName, "IDName", new.Kind.IDName(), "ID", new.KnoxID)
		}
		if model.CodeOf(err) != model.NotFound {
			return err
		}
		row, err = a.addAccount(new, services...)
		a.party = row.ID
		a.text = model.Say("{{.Company}} added to the directory.", "Company", row.CompanyName)
		return err
	})
	return row.model(), err
}

func (a *act) addAccount(new model.Account, services ...model.Service) (account, error) {
	row := account{Kind: new.Kind, KnoxID: new.KnoxID, CompanyName: new.CompanyName, Country: new.Country,
		Ours: flag(new.Ours), CreatedAt: millis(a.at)}
	if err := a.tx.Create(&row).Error; err != nil {
		return row, err
	}
	a.inserted(&account{ID: row.ID})
	a.makes(ofAccount, row.ID)
	a.change |= AccountsChanged
	if row.Kind != model.Customer {
		return row, nil
	}
	if len(services) == 0 {
		services = []model.Service{model.KnoxMobileEnrollment}
	}
	return row, a.addServices(row.ID, services)
}

// AccountUpdate is what Edit changes of an account; nil leaves a field as it is. Kind and Knox ID stay for good.
type AccountUpdate struct {
	CompanyName *string
	Country     *string
	Ours        *bool
}

// Edit changes an account. Errors: NotFound, Invalid.
func (d Accounts) Edit(ctx context.Context, id int64, update AccountUpdate) (model.Done, error) {
	return d.desk.act(ctx, model.AccountEdited, model.View{}, func(a *act) error {
		old, err := accountOf(a.tx, id)
		if err != nil {
			return err
		}
		edited := old.model()
		update.apply(&edited)
		if err := edited.Check(); err != nil {
			return err
		}
		a.party = old.ID
		a.text = model.Say("{{.Company}} edited.", "Company", edited.CompanyName)
		return a.editAccount(edited)
	})
}

func (u AccountUpdate) apply(a *model.Account) {
	if u.CompanyName != nil {
		a.CompanyName = *u.CompanyName
	}
	if u.Country != nil {
		a.Country = *u.Country
	}
	if u.Ours != nil {
		a.Ours = *u.Ours
	}
}

func (a *act) editAccount(edited model.Account) error {
	a.makes(ofAccount, edited.ID)
	a.change |= AccountsChanged | CustomersChanged | RegistrationsChanged | ManagementsChanged | UploadsChanged | DevicesChanged
	ours := flag(edited.Ours)
	return a.update(&account{ID: edited.ID}, &accountFields{&edited.CompanyName, &edited.Country, &ours})
}

// Import brings a list into the directory: new ones are added, known ones (same kind and Knox ID) take the
// list's name and country. Ours is only ever switched on. One account that breaks a rule refuses the whole list: Invalid.
func (d Accounts) Import(ctx context.Context, list []model.Account) (added, updated int, done model.Done, err error) {
	done, err = d.desk.act(ctx, model.AccountsImported, model.View{}, func(a *act) error {
		for _, new := range list {
			if _, err := a.importAccount(new, &added, &updated); err != nil {
				return err
			}
		}
		if added+updated == 0 {
			return model.Fail(model.Refused, "The directory has all of these accounts already.")
		}
		a.text = model.Say("Accounts imported: {{.Added}} new, {{.Updated}} changed.", "Added", added, "Updated", updated)
		return nil
	})
	if err != nil {
		return 0, 0, done, err
	}
	return added, updated, done, nil
}

// importAccount adds an account of a list or brings the known one in line with it, counts which, and returns its id.
func (a *act) importAccount(new model.Account, added, updated *int) (int64, error) {
	if err := new.Check(); err != nil {
		return 0, err
	}
	old, err := accountByKnoxID(a.tx, new.Kind, new.KnoxID)
	if model.CodeOf(err) == model.NotFound {
		*added++
		row, err := a.addAccount(new)
		return row.ID, err
	}
	if err != nil {
		return 0, err
	}
	new.ID, new.Ours = old.ID, new.Ours || bool(old.Ours)
	if new.CompanyName == old.CompanyName && new.Country == old.Country && new.Ours == bool(old.Ours) {
		return old.ID, nil
	}
	*updated++
	return old.ID, a.editAccount(new)
}
