package reseller

import (
	"context"

	"fyne.io/fyne/v2/lang"

	"consign/data"
	"consign/model"
	"consign/ui/page"
)

// addCustomer is ADD CUSTOMER (domain §3).
func addCustomer(d page.Desk, view model.View) {
	f := page.NewForm(d, lang.L("ADD CUSTOMER"), lang.L("SUBMIT"))
	finder := page.NewFinder(d, f, lang.L("Knox Customer ID/MSP ID"), "", model.Customer, model.MSP)
	reference := f.Input(lang.L("Internal customer reference"), lang.L("Your own name for this customer; may be empty"))
	f.Submit = func() {
		finder.TakeAsync(func(account model.Account) {
			var done model.Done
			var exists error
			f.DoAsync(nil, func(ctx context.Context) (err error) {
				done, err = d.Register().Customers().Add(ctx, view.Account, account.ID, reference.Text)
				if model.CodeOf(err) == model.Exists {
					exists, err = err, nil
				}
				return err
			}, func() {
				if exists != nil {
					f.Fail(nil, exists)
					f.Offer(lang.L("Open {{.Company}}", map[string]any{"Company": account.CompanyName}), func() { openCustomer(d, account.ID) })
					return
				}
				f.Hide()
				d.Report(done)
			})
		})
	}
	f.Show()
}

// editReference edits the reseller's own name of a customer or MSP.
func editReference(d page.Desk, view model.View, c model.ResellerCustomer) {
	f := page.NewForm(d, c.CompanyName, lang.L("SAVE"))
	reference := f.Input(lang.L("Internal customer reference"), "")
	reference.SetText(c.InternalReference)
	f.Submit = func() {
		var done model.Done
		f.DoAsync(reference, func(ctx context.Context) (err error) {
			done, err = d.Register().Customers().EditReference(ctx, view.Account, c.AccountID, reference.Text)
			return err
		}, func() {
			f.Hide()
			d.Report(done)
		})
	}
	f.Show()
}

// removedUs records that a customer or an MSP took the reseller off its list.
func removedUs(d page.Desk, view model.View, c model.ResellerCustomer) {
	words := map[string]any{"Company": c.CompanyName}
	page.Confirm(d, lang.L("Did {{.Company}} remove you?", words),
		lang.L("It becomes Inactive and stays so until it registers you again, whatever it approves. Its uploads and devices stay.",
			words),
		lang.L("Record the removal"), func() {
			page.Act(d, lang.L("Recording that the customer removed us"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
				return d.Register().Customers().RemovedUs(ctx, view.Account, c.AccountID)
			}, nil)
		})
}
