package data

import (
	"context"

	"consign/model"
)

// Unconfirmed is what the viewer, a reseller or an MSP, has to carry to the online portal or has carried there without the portal having
// shown it: uploads that hold devices, and acts that deleted or exchanged devices, each in the order of time. Safe on any goroutine.
func (d Carrying) Unconfirmed(ctx context.Context, view model.View) (sel model.CarrySelection, err error) {
	const open = "to_carry = 1 AND confirmed_by IS NULL"
	err = d.desk.reading(ctx, func(c *reader) error {
		if view.Portal == model.ResellerPortal {
			err := c.each("SELECT id FROM uploads WHERE reseller_id = ? AND devices > 0 AND "+open+" ORDER BY id", []any{view.Account},
				func(s *statement) error { sel.Uploads = append(sel.Uploads, s.int(0)); return nil })
			if err != nil {
				return err
			}
		}
		return c.each("SELECT id FROM activity WHERE performed_by = ? AND portal = ? AND undone_by IS NULL AND "+open+" ORDER BY id",
			[]any{view.Account, view.Portal}, func(s *statement) error { sel.Acts = append(sel.Acts, s.int(0)); return nil })
	})
	return sel, err
}
