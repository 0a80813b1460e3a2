package settings

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// ShowOurAccount asks for the Knox ID, company name and country of an account of ours of the given kind, and adds it. An account
// that the directory knows already becomes ours. then is called with it.
func ShowOurAccount(d page.Desk, account model.Account, then func(model.Account)) {
	title, intro := lang.L("Our reseller account"), lang.L("Enter it as the Knox Reseller Portal shows it.")
	if account.Kind == model.MSP {
		title, intro = lang.L("Our MSP account"), lang.L("Enter it as the Knox MSP Portal shows it.")
	}
	f := page.NewForm(d, title, lang.L("Add"))
	f.Text(intro)
	fields := addFields(f, account)
	f.Submit = func() {
		asked, ok := fields.read()
		if !ok {
			return
		}
		var added model.Account
		f.DoAsync(fields.id, func(ctx context.Context) (err error) {
			added, err = makeOurs(ctx, d, asked)
			return err
		}, func() {
			f.Hide()
			then(added)
		})
	}
	f.Show()
}

// makeOurs adds an account as ours, or makes the known one with its Knox ID ours under the name that was entered.
func makeOurs(ctx context.Context, d page.Desk, asked model.Account) (model.Account, error) {
	asked.Ours = true
	added, err := d.Register().Accounts().Add(ctx, asked)
	if model.CodeOf(err) != model.Exists {
		return added, err
	}
	known, err := d.Register().Accounts().Lookup(ctx, asked.Kind, asked.KnoxID)
	if err != nil {
		return model.Account{}, err
	}
	if known.Ours {
		return model.Account{}, model.Fail(model.Exists, "{{.Company}} is one of your accounts already.", "Company", known.CompanyName)
	}
	known.CompanyName, known.Ours = asked.CompanyName, true
	if asked.Country != "" {
		known.Country = asked.Country
	}
	_, err = d.Register().Accounts().Edit(ctx, known.ID,
		data.AccountUpdate{CompanyName: &known.CompanyName, Country: &known.Country, Ours: &known.Ours})
	return known, err
}

// accountFields are the fields of an account in a form.
type accountFields struct {
	form     *page.Form
	account  model.Account
	id, name *control.Entry
	country  *page.Countries
	sure     string // an ID of unusual length that was entered a second time
}

// addFields adds the fields of an account. The Knox ID of an account that is in the register stays as it is.
func addFields(f *page.Form, a model.Account) *accountFields {
	fields := &accountFields{form: f, account: a}
	fields.name = f.Input(lang.L("Company name"), "")
	fields.name.SetText(a.CompanyName)
	fields.id = f.Input(lang.L(a.Kind.IDName()), lang.L("10 digits"))
	fields.id.SetText(a.KnoxID)
	fields.country = page.NewCountries()
	if a.Country != "" {
		fields.country.SetText(page.Country(a.Country))
	}
	f.Add(lang.L("Country"), fields.country)
	f.Rule(fields.name, func() error { return model.CheckCompanyName(fields.name.Text) })
	f.Rule(fields.id, func() error {
		_, _, err := model.ReadKnoxID(fields.id.Text)
		return err
	})
	f.Rule(fields.country, func() error { return model.CheckCountry(fields.country.Code()) })
	if a.ID != 0 {
		fields.id.Disable()
	}
	return fields
}

// read is the account that was entered. A new ID of unusual length is asked about once. What is wrong the rules of the fields have said.
func (f *accountFields) read() (model.Account, bool) {
	a := f.entered()
	id, unusual, _ := model.ReadKnoxID(a.KnoxID)
	if unusual && a.ID == 0 && f.sure != id {
		f.sure = id
		f.form.Warn(f.id, page.UnusualID(id))
		return a, false
	}
	return a, true
}

// entered is the account as it stands in the fields.
func (f *accountFields) entered() model.Account {
	a := f.account
	a.CompanyName, a.KnoxID, a.Country = f.name.Text, f.id.Text, f.country.Code()
	return a
}

// showEdit edits the name and country of an account and whether it is ours.
func showEdit(d page.Desk, a model.Account) {
	f := page.NewForm(d, a.CompanyName, lang.L("Save"))
	fields := addFields(f, a)
	var ours *control.Check
	if a.Kind != model.Customer {
		ours = f.Check(lang.L("One of our accounts: we act for it"))
		ours.SetChecked(a.Ours)
	}
	f.Submit = func() {
		edited, ok := fields.read()
		if !ok {
			return
		}
		edited.Ours = ours != nil && ours.Checked
		var done model.Done
		f.DoAsync(nil, func(ctx context.Context) (err error) {
			done, err = d.Register().Accounts().Edit(ctx, a.ID,
				data.AccountUpdate{CompanyName: &edited.CompanyName, Country: &edited.Country, Ours: &edited.Ours})
			return err
		}, func() {
			f.Hide()
			d.Report(done)
		})
	}
	f.Show()
}

// showAdd adds an account of a kind to the directory.
func showAdd(d page.Desk, kind model.AccountKind) {
	titles := map[model.AccountKind]string{
		model.Reseller: lang.L("Add a reseller"), model.MSP: lang.L("Add an MSP"), model.Customer: lang.L("Add a customer"),
	}
	f := page.NewForm(d, titles[kind], lang.L("Add"))
	fields := addFields(f, model.Account{Kind: kind})
	f.Submit = func() {
		asked, ok := fields.read()
		if !ok {
			return
		}
		f.DoAsync(fields.id, func(ctx context.Context) error {
			_, err := d.Register().Accounts().Add(ctx, asked)
			return err
		}, func() {
			f.Hide()
			d.Say(lang.L("{{.Company}} added to the directory.", map[string]any{"Company": asked.CompanyName}))
		})
	}
	f.Show()
}
