package data

import (
	"context"
	"math"
	"slices"

	"gorm.io/gorm"

	"consign/model"
	"consign/model/search"
)

// comparedAt is the state of the register that a portal's export was laid beside.
type comparedAt struct {
	// View is who compares.
	View model.View
	desk *Register
	act  int64 // the newest then
	// accounts are the customers and MSPs that were compared, called is what the export calls them, folded.
	accounts map[int64]bool
	called   map[string]bool
	lacking  bool // the export names devices or uploads that the viewer did not have: an upload may bring them
	counted  bool // how much each customer has is compared
}

// newestAct is the number of the newest act.
const newestAct = "SELECT coalesce(max(id), 0) FROM activity"

// now is the state of the register as it is read.
func (c *reader) now(desk *Register, view model.View) (comparedAt, error) {
	n, err := c.number(newestAct)
	return comparedAt{View: view, desk: desk, act: int64(n), accounts: map[int64]bool{}, called: map[string]bool{}}, err
}

// calls notes that the export calls a customer so, and which accounts that may mean.
func (c comparedAt) calls(name string, named map[string][]int64) {
	if name = search.Fold(name); name == "" {
		return
	}
	c.called[name] = true
	for _, id := range named[name] {
		c.accounts[id] = true
	}
}

// errStale is Refused: what differs is to be seen anew before it is settled.
var errStale = model.Fail(model.Refused, "The register has changed since the comparison: compare again.")

// leaveComparisons are the acts that change nothing which is compared, unless they are about devices: a preference may approve what waits.
var leaveComparisons = []model.Event{model.CarriedToPortal, model.ConfirmedAtPortal, model.OrdersAdded, model.OrderEdited,
	model.OrdersRemoved, model.PreferencesChanged, model.CustomerRequested, model.CustomerAnswered, model.ManagementChanged, model.DelinkAsked,
	model.DelinkRejected}

// aboutAccounts are the acts that touch a comparison only where they are about a customer or an MSP in it, unless they are about devices.
var aboutAccounts = []model.Event{model.AccountAdded, model.AccountEdited, model.CustomerAdded, model.CustomerEdited,
	model.CustomerRemovedUs, model.CustomerCameBack, model.ResellerRegistered, model.ResellerRemoved, model.ServicesChanged}

// Current is nil while what was compared is as it was, else Refused: an act or an undo, at whichever desk, may have changed what differs.
// What another company of the viewer's kind does the viewer does not see (V12). Safe on any goroutine.
func (c comparedAt) Current(ctx context.Context) error {
	if err := c.desk.Away(); err != nil {
		return err
	}
	return c.desk.told(c.holds(c.desk.read.WithContext(ctx), math.MaxInt64))
}

// holds is Current before an act: within its transaction, so that nothing comes between.
func (c comparedAt) holds(tx *gorm.DB, before int64) error {
	var since []actSince
	err := tx.Raw(`SELECT id, event, devices, performed_by, party_id, customer_id FROM activity WHERE id > ? AND id < ?
		AND (portal <> ? OR performed_by = ?)`, c.act, before, c.View.Portal, c.View.Account).Scan(&since).Error
	if err != nil {
		return err
	}
	for _, act := range since {
		touched, err := c.touchedBy(tx, act)
		if err != nil {
			return err
		}
		if touched {
			return errStale
		}
	}
	return nil
}

// actSince is an act since a comparison.
type actSince struct {
	ID          int64
	Event       model.Event
	Devices     int
	PerformedBy optional
	PartyID     optional
	CustomerID  optional
}

// touchedBy reports whether an act may have changed what was compared.
func (c comparedAt) touchedBy(tx *gorm.DB, act actSince) (bool, error) {
	event := act.Event
	if event == model.Undone {
		if err := tx.Raw("SELECT event FROM activity WHERE undone_by = ?", act.ID).Scan(&event).Error; err != nil {
			return false, err
		}
	}
	switch about := []int64{int64(act.PerformedBy), int64(act.PartyID), int64(act.CustomerID)}; {
	case event == model.CarriedToPortal, event == model.ConfirmedAtPortal: // devices, of which nothing that is compared changes
		return false, nil
	case act.Event == model.DevicesUploaded:
		if c.lacking || !c.counted {
			return c.lacking, nil
		}
		return c.isAbout(tx, about)
	case act.Devices > 0:
		return true, nil
	case slices.Contains(leaveComparisons, event):
		return false, nil
	case slices.Contains(aboutAccounts, event):
		return c.isAbout(tx, about)
	}
	return true, nil
}

// isAbout reports whether one of the accounts was compared, or is called by now what the export calls one. An act that names nobody may be
// about anybody.
func (c comparedAt) isAbout(tx *gorm.DB, accounts []int64) (bool, error) {
	accounts = slices.DeleteFunc(accounts, func(id int64) bool { return id == 0 || id == c.View.Account })
	for _, id := range accounts {
		if c.accounts[id] {
			return true, nil
		}
	}
	if len(accounts) == 0 {
		return true, nil
	}
	var called []struct{ KnoxID, CompanyName, InternalReference string }
	err := tx.Raw(`SELECT a.knox_id, a.company_name, coalesce(k.internal_reference, '') AS internal_reference FROM accounts a
		LEFT JOIN customers k ON k.account_id = a.id AND k.reseller_id = ? WHERE a.id IN ?`, c.View.Account, accounts).Scan(&called).Error
	for _, a := range called {
		for _, name := range customerNames(a.KnoxID, a.CompanyName, a.InternalReference) {
			if c.called[name] {
				return true, nil
			}
		}
	}
	return false, err
}

// Confirm notes the devices that register and export have alike as Confirmed (see Carrying.ConfirmDevices). Errors: Refused when the
// register has changed since the comparison, too.
func (c *Comparison) Confirm(ctx context.Context) (model.Done, error) {
	return c.desk.act(ctx, model.ConfirmedAtPortal, c.View, func(a *act) error {
		if err := c.holds(a.tx, a.id); err != nil {
			return err
		}
		return a.confirmDevices(c.Same())
	})
}

// Confirm notes the uploads that register and export have alike as Confirmed (see Carrying.Confirm). Errors: Refused when the register has
// changed since the comparison, too.
func (c *UploadComparison) Confirm(ctx context.Context) (model.Done, error) {
	return c.desk.act(ctx, model.ConfirmedAtPortal, c.View, func(a *act) error {
		if err := c.holds(a.tx, a.id); err != nil {
			return err
		}
		return a.confirm(c.View, c.Same())
	})
}

// Approve approves here what is verified there (see ApprovedThere and Uploads.Approve). Errors: Refused when the register has changed since
// the comparison, too.
func (c *UploadComparison) Approve(ctx context.Context, at []int64) (model.Done, error) {
	return c.desk.act(ctx, model.UploadApproved, c.View, func(a *act) error {
		if err := c.holds(a.tx, a.id); err != nil {
			return err
		}
		return a.approveFor(c.View, c.ApprovedThere(at))
	})
}
