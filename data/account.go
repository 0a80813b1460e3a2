package data

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm"

	"consign/model"
)

// account is a row of the directory.
type account struct {
	ID          int64
	Kind        model.AccountKind
	KnoxID      string
	CompanyName string
	Country     string
	Ours        bool
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
}

func (a account) model() model.Account {
	return model.Account{ID: a.ID, Kind: a.Kind, KnoxID: a.KnoxID, CompanyName: a.CompanyName, Country: a.Country,
		Ours: a.Ours, CreatedAt: time.UnixMilli(a.CreatedAt)}
}

// accountOf finds an account by its id; NotFound.
func accountOf(db *gorm.DB, id int64) (account, error) {
	var found []account
	if err := db.Where("id = ?", id).Limit(1).Find(&found).Error; err != nil {
		return account{}, err
	}
	if len(found) == 0 {
		return account{}, model.Fail(model.NotFound, "This account is not in the directory.")
	}
	return found[0], nil
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
	return found, model.Fail(model.Invalid, "{{.Company}} ({{.Kind}}) does not fit here.", "Company", found.CompanyName, "Kind", found.Kind.String())
}

// accountByKnoxID finds an account by kind and Knox ID; false if there is none.
func accountByKnoxID(db *gorm.DB, kind model.AccountKind, knoxID string) (account, bool, error) {
	var found []account
	err := db.Where("kind = ? AND knox_id = ?", kind, knoxID).Limit(1).Find(&found).Error
	if err != nil || len(found) == 0 {
		return account{}, false, err
	}
	return found[0], true, nil
}

// Add adds an organisation to the directory and returns it with its id. A customer starts with
// Knox Mobile Enrollment, so that it has a portal. Errors: Invalid, Exists.
func (d Accounts) Add(ctx context.Context, new model.Account) (model.Account, error) {
	if err := new.Check(); err != nil {
		return model.Account{}, err
	}
	var row account
	_, err := d.desk.act(ctx, model.AccountAdded, model.View{}, func(a *act) error {
		old, found, err := accountByKnoxID(a.tx, new.Kind, new.KnoxID)
		if err != nil {
			return err
		}
		if found {
			return model.Fail(model.Exists, "{{.Company}} has the {{.IDName}} {{.ID}} already.",
				"Company", old.CompanyName, "IDName", new.Kind.IDName(), "ID", new.KnoxID)
		}
		row, err = a.addAccount(new)
		a.party = row.ID
		a.text = model.Say("{{.Company}} added to the directory.", "Company", row.CompanyName)
		return err
	})
	return row.model(), err
}

func (a *act) addAccount(new model.Account) (account, error) {
	row := account{Kind: new.Kind, KnoxID: new.KnoxID, CompanyName: new.CompanyName, Country: new.Country, Ours: new.Ours, CreatedAt: millis(a.at)}
	if err := a.tx.Create(&row).Error; err != nil {
		return row, err
	}
	a.added("accounts", map[string]any{"id": row.ID})
	a.makes(ofAccount, row.ID)
	a.change |= AccountsChanged
	if row.Kind != model.Customer {
		return row, nil
	}
	return row, a.addService(row.ID, model.KnoxMobileEnrollment, false)
}

// Edit gives the account with edited.ID the name, country and ours of edited; kind and Knox ID stay.
// Errors: NotFound, Invalid.
func (d Accounts) Edit(ctx context.Context, edited model.Account) (model.Done, error) {
	return d.desk.act(ctx, model.AccountEdited, model.View{}, func(a *act) error {
		old, err := accountOf(a.tx, edited.ID)
		if err != nil {
			return err
		}
		edited.Kind, edited.KnoxID = old.Kind, old.KnoxID
		if err := edited.Check(); err != nil {
			return err
		}
		a.party = old.ID
		a.text = model.Say("{{.Company}} edited.", "Company", edited.CompanyName)
		return a.editAccount(edited)
	})
}

func (a *act) editAccount(edited model.Account) error {
	if err := a.changing("accounts", map[string]any{"id": edited.ID}, "company_name", "country", "ours"); err != nil {
		return err
	}
	a.makes(ofAccount, edited.ID)
	a.change |= AccountsChanged | CustomersChanged | RegistrationsChanged | ManagementsChanged | UploadsChanged | DevicesChanged
	return a.tx.Exec("UPDATE accounts SET company_name = ?, country = ?, ours = ? WHERE id = ?",
		edited.CompanyName, edited.Country, edited.Ours, edited.ID).Error
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

// NewCustomer is an account of a list and the reseller's own name for it, which may be empty.
type NewCustomer struct {
	model.Account
	InternalReference string
}

// Import is Accounts.Import, and in the same act puts the customers and MSPs among the accounts on the reseller's Customers
// page. Those that are there already keep their internal reference.
func (d Customers) Import(ctx context.Context, resellerID int64, list []NewCustomer) (model.Done, error) {
	return d.desk.act(ctx, model.AccountsImported, model.As(model.Reseller, resellerID), func(a *act) error {
		if _, err := accountOfKind(a.tx, resellerID, model.Reseller); err != nil {
			return err
		}
		a.buildsOn(ofAccount, resellerID)
		var added, updated, customers int
		for _, new := range list {
			id, err := a.importAccount(new.Account, &added, &updated)
			if err != nil {
				return err
			}
			if new.Kind == model.Reseller {
				continue
			}
			a.buildsOn(ofAccount, id)
			fresh, err := a.ensureCustomer(resellerID, id, strings.TrimSpace(new.InternalReference))
			if err != nil {
				return err
			}
			if fresh {
				customers++
			}
		}
		if added+updated+customers == 0 {
			return model.Fail(model.Refused, "The directory and the Customers page have all of these accounts already.")
		}
		a.text = model.Say("Accounts imported: {{.Added}} new, {{.Updated}} changed, {{.Customers}} added to the Customers page.",
			"Added", added, "Updated", updated, "Customers", customers)
		return nil
	})
}

// importAccount adds an account of a list or brings the known one in line with it, counts which, and returns its id.
func (a *act) importAccount(new model.Account, added, updated *int) (int64, error) {
	if err := new.Check(); err != nil {
		return 0, err
	}
	old, found, err := accountByKnoxID(a.tx, new.Kind, new.KnoxID)
	if err != nil {
		return 0, err
	}
	if !found {
		*added++
		row, err := a.addAccount(new)
		return row.ID, err
	}
	new.ID, new.Ours = old.ID, new.Ours || old.Ours
	if new.CompanyName == old.CompanyName && new.Country == old.Country && new.Ours == old.Ours {
		return old.ID, nil
	}
	*updated++
	return old.ID, a.editAccount(new)
}
