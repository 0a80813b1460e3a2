package data

import (
	"context"
	"math"

	"gorm.io/gorm"

	"consign/model"
)

// comparedAt is the state of the register that a portal's export was laid beside.
type comparedAt struct {
	// View is who compares.
	View model.View
	desk *Register
	act  int64 // the newest then
}

// newestAct is the number of the newest act.
const newestAct = "SELECT coalesce(max(id), 0) FROM activity"

// now is the state of the register as it is read.
func (c *reader) now(desk *Register, view model.View) (comparedAt, error) {
	n, err := c.number(newestAct)
	return comparedAt{View: view, desk: desk, act: int64(n)}, err
}

// errStale is Refused: what differs is to be seen anew before it is settled.
var errStale = model.Fail(model.Refused, "The register has changed since the comparison: compare again.")

// leaveComparisons are the acts that change nothing which is compared.
var leaveComparisons = []model.Event{model.CarriedToPortal, model.ConfirmedAtPortal, model.OrdersAdded, model.OrderEdited,
	model.OrdersRemoved}

// Current is nil while the register is as it was compared, else Refused: an act or an undo, at whichever desk, may have changed what
// differs. What another company of the viewer's kind does the viewer does not see (V12). Safe on any goroutine.
func (c comparedAt) Current(ctx context.Context) error {
	if err := c.desk.Away(); err != nil {
		return err
	}
	return c.desk.told(c.holds(c.desk.read.WithContext(ctx), math.MaxInt64))
}

// holds is Current before an act: within its transaction, so that nothing comes between.
func (c comparedAt) holds(tx *gorm.DB, before int64) error {
	var since int64
	err := tx.Raw(`SELECT count(*) FROM activity WHERE id > ? AND id < ? AND event NOT IN ? AND (portal <> ? OR performed_by = ?)`,
		c.act, before, leaveComparisons, c.View.Portal, c.View.Account).Scan(&since).Error
	if err == nil && since > 0 {
		return errStale
	}
	return err
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
