package data

import (
	"context"

	"consign/model"
)

// Carrying is the drawer of what is carried to the online portal by files: uploads, deletions and exchanges (domain §3, PORTAL).
type Carrying struct{ desk *Register }

// Carrying is the drawer of what is carried to the online portal.
func (r *Register) Carrying() Carrying { return Carrying{r} }

// carryRank is the place in model.PortalStates of how far the row with the alias has been carried, NULL if there is nothing to carry.
// standing is the condition that the row is still to be carried, "" for always.
func carryRank(alias, standing string) string {
	return "CASE WHEN " + alias + ".confirmed_by IS NOT NULL THEN 2 WHEN " + alias + ".carried_by IS NOT NULL THEN 1 WHEN " + alias +
		".to_carry = 1" + standing + " THEN 0 END"
}

func portalState(toCarry bool, carriedBy, confirmedBy optional) model.PortalState {
	switch {
	case confirmedBy != 0:
		return model.Confirmed
	case carriedBy != 0:
		return model.Carried
	case toCarry:
		return model.ToCarry
	}
	return ""
}

const (
	// waitsToBeCarried is the condition that a row of uploads or activity is not carried yet.
	waitsToBeCarried = "to_carry = 1 AND carried_by IS NULL AND confirmed_by IS NULL"
	// onPortalBefore is the condition that the online portal had the devices of the upload u before the act g: its file was saved by then,
	// or it is older than what is known.
	onPortalBefore = "(u.to_carry = 0 OR coalesce(u.carried_by < g.activity_id, FALSE) OR coalesce(u.confirmed_by < g.activity_id, FALSE))"
)

// ToCarry is what the viewer, a reseller or an MSP, has to carry to the online portal: uploads that hold devices, and acts that deleted or
// exchanged devices, each in the order of time. Safe on any goroutine.
func (d Carrying) ToCarry(ctx context.Context, view model.View) (sel model.CarrySelection, err error) {
	err = d.desk.reading(ctx, func(c *reader) error {
		if view.Portal == model.ResellerPortal {
			err := c.each("SELECT id FROM uploads WHERE reseller_id = ? AND devices > 0 AND "+waitsToBeCarried+" ORDER BY id", []any{view.Account},
				func(s *statement) error { sel.Uploads = append(sel.Uploads, s.int(0)); return nil })
			if err != nil {
				return err
			}
		}
		return c.each("SELECT id FROM activity WHERE performed_by = ? AND portal = ? AND undone_by IS NULL AND "+waitsToBeCarried+" ORDER BY id",
			[]any{view.Account, view.Portal}, func(s *statement) error { sel.Acts = append(sel.Acts, s.int(0)); return nil })
	})
	return sel, err
}

// CarriedDevice is a device as a portal file names it.
type CarriedDevice struct {
	model.Identifiers
	OrderNumber string
	OrderDate   int64 // Unix milliseconds of the day in UTC, 0 if none
	TargetID    int64 // the customer or MSP that the portal has it under
}

// Deleted gives every device that the acts took away and that the online portal had, in the order of the acts. Safe on any goroutine.
func (d Carrying) Deleted(ctx context.Context, acts []int64, f func(CarriedDevice) error) error {
	return d.each(ctx, `SELECT d.imei1, d.imei2, d.meid, d.serial, d.order_number, u.order_date, u.target_id FROM `+deletedDevices+`
		JOIN uploads u ON u.id = d.upload_id WHERE g.activity_id IN (SELECT value FROM json_each(?)) AND `+onPortalBefore+`
		ORDER BY g.activity_id, d.id`, acts, f)
}

// Added gives every living device that the acts put in the place of another which the online portal had. Safe on any goroutine.
func (d Carrying) Added(ctx context.Context, acts []int64, f func(CarriedDevice) error) error {
	return d.each(ctx, `SELECT d.imei1, d.imei2, d.meid, d.serial, d.order_number, u.order_date, u.target_id FROM exchanges g
		CROSS JOIN devices d ON d.id = g.new_id JOIN uploads u ON u.id = d.upload_id
		WHERE d.deleted IS NULL AND g.activity_id IN (SELECT value FROM json_each(?)) AND `+onPortalBefore+` ORDER BY g.activity_id, d.id`,
		acts, f)
}

func (d Carrying) each(ctx context.Context, find string, acts []int64, f func(CarriedDevice) error) error {
	return d.desk.reading(ctx, func(c *reader) error {
		return c.each(find, []any{idList(acts)}, func(s *statement) error {
			var date day
			if err := date.Scan(s.text(5)); err != nil {
				return damagedf("order date %q", s.text(5))
			}
			device := CarriedDevice{Identifiers: model.Identifiers{IMEI1: s.text(0), IMEI2: s.text(1), MEID: s.text(2), Serial: s.text(3)},
				OrderNumber: s.text(4), TargetID: s.int(6)}
			if !date.IsZero() {
				device.OrderDate = date.UnixMilli()
			}
			return f(device)
		})
	})
}

// MarkCarried notes that the portal files of uploads, deletions and exchanges are saved: Carried. What is so already stays as it is.
// Errors: NotFound for what is not by's, Refused when there is nothing to note.
func (d Carrying) MarkCarried(ctx context.Context, by model.View, sel model.CarrySelection) (model.Done, error) {
	return d.desk.act(ctx, model.CarriedToPortal, by, func(a *act) error {
		n, err := a.carry(by, sel, "carried_by", "carried_by IS NULL AND confirmed_by IS NULL")
		if err == nil && n == 0 {
			err = model.Fail(model.Refused, "All of this is carried to the portal already.")
		}
		if err == nil {
			err = a.tx.Raw(carriedParts, idList(sel.Uploads), idList(sel.Acts)).Scan(&a.parts).Error
		}
		for i := range a.parts {
			a.parts[i].Files = sel.Files[a.parts[i].KnoxID]
		}
		a.text = model.Say("Portal files saved of uploads: {{.Uploads}}; of deletions and exchanges: {{.Acts}}.", "Uploads", len(sel.Uploads),
			"Acts",
			len(sel.Acts))
		return err
	})
}

// carriedParts are the customers and MSPs of what is carried, with the devices that are uploaded and deleted there.
const carriedParts = `SELECT t.id AS account_id, t.company_name, t.knox_id, sum(n) AS devices FROM (
		SELECT target_id, devices AS n FROM uploads WHERE id IN (SELECT value FROM json_each(?))
		UNION ALL SELECT u.target_id, count(*) FROM ` + deletedDevices + ` JOIN uploads u ON u.id = d.upload_id
			WHERE g.activity_id IN (SELECT value FROM json_each(?)) AND ` + onPortalBefore + ` GROUP BY u.target_id) c
	JOIN accounts t ON t.id = c.target_id GROUP BY t.id, t.company_name, t.knox_id ORDER BY 4 DESC, 2`

// Confirm notes that an export of the online portal showed uploads, deletions and exchanges: Confirmed. An exchange ends by it (domain §3).
// What is so already stays as it is. Errors: NotFound for what is not by's, Refused when there is nothing to note.
func (d Carrying) Confirm(ctx context.Context, by model.View, sel model.CarrySelection) (model.Done, error) {
	return d.desk.act(ctx, model.ConfirmedAtPortal, by, func(a *act) error { return a.confirm(by, sel) })
}

// ConfirmDevices is Confirm for the uploads and exchanges that the selected devices came by, where all of their devices are selected.
func (d Carrying) ConfirmDevices(ctx context.Context, sel model.DeviceSelection) (model.Done, error) {
	return d.desk.act(ctx, model.ConfirmedAtPortal, sel.Query.View, func(a *act) error { return a.confirmDevices(sel) })
}

// confirmDevices is ConfirmDevices within an act.
func (a *act) confirmDevices(sel model.DeviceSelection) error {
	ids, err := a.selected(sel, "d.id")
	if err != nil {
		return err
	}
	var found model.CarrySelection
	err = a.tx.Raw(`SELECT upload_id FROM (SELECT upload_id, count(*) AS n FROM devices WHERE id IN (`+ids.sql+`) GROUP BY upload_id) s
		JOIN uploads u ON u.id = s.upload_id WHERE u.devices = s.n ORDER BY 1`, ids.args...).Scan(&found.Uploads).Error
	if err != nil {
		return err
	}
	err = a.tx.Raw(`SELECT x.activity_id FROM exchanges x JOIN activity y ON y.id = x.activity_id AND y.undone_by IS NULL
		LEFT JOIN (`+ids.sql+`) s ON s.id = x.new_id WHERE x.new_id IS NOT NULL
		GROUP BY x.activity_id HAVING count(*) = count(s.id)`, ids.args...).Scan(&found.Acts).Error
	if err != nil {
		return err
	}
	if len(found.Uploads)+len(found.Acts) == 0 {
		return model.Fail(model.Refused, "An upload is confirmed when all of its devices are the same at the portal: of these none is.")
	}
	return a.confirm(sel.Query.View, found)
}

// confirm is Confirm within an act.
func (a *act) confirm(by model.View, sel model.CarrySelection) error {
	n, err := a.carry(by, sel, "confirmed_by", "confirmed_by IS NULL")
	if err == nil && n == 0 {
		err = model.Fail(model.Refused, "There is nothing here to confirm, or it is confirmed already.")
	}
	a.text = model.Say("Confirmed at the portal, uploads: {{.Uploads}}; deletions and exchanges: {{.Acts}}.", "Uploads", len(sel.Uploads),
		"Acts",
		len(sel.Acts))
	return err
}

// carry names the act in the column of those rows for which the condition holds, and returns how many they are.
func (a *act) carry(by model.View, sel model.CarrySelection, column, condition string) (n int64, err error) {
	if err := a.ownsCarried(by, sel); err != nil {
		return 0, err
	}
	result := a.tx.Exec("UPDATE uploads SET "+column+" = ? WHERE id IN (SELECT value FROM json_each(?)) AND kind = 'direct' AND "+condition,
		a.id,
		idList(sel.Uploads))
	if result.Error != nil {
		return 0, result.Error
	}
	n = result.RowsAffected
	result = a.tx.Exec("UPDATE activity SET "+column+" = ? WHERE id IN (SELECT value FROM json_each(?))"+
		" AND undone_by IS NULL AND to_carry = 1 AND "+
		condition, a.id, idList(sel.Acts))
	a.buildsOn(ofUpload, sel.Uploads...)
	a.makes(ofAct, sel.Acts...)
	a.makes(ofCarrying, sel.Uploads...)
	a.change |= UploadsChanged | DevicesChanged
	return n + result.RowsAffected, result.Error
}

// ownsCarried is nil if the uploads and acts are by's own.
func (a *act) ownsCarried(by model.View, sel model.CarrySelection) error {
	var foreign int64
	err := a.tx.Raw(`SELECT (SELECT count(*) FROM (SELECT value AS id FROM json_each(?)) j
			LEFT JOIN uploads u ON u.id = j.id WHERE u.reseller_id IS DISTINCT FROM ?)
		+ (SELECT count(*) FROM (SELECT value AS id FROM json_each(?)) j
			LEFT JOIN activity y ON y.id = j.id WHERE y.performed_by IS DISTINCT FROM ? OR y.portal IS DISTINCT FROM ?)`,
		idList(sel.Uploads), by.Account, idList(sel.Acts), by.Account, by.Portal).Scan(&foreign).Error
	if err == nil && foreign > 0 {
		err = model.Fail(model.NotFound, "Some of this is not yours to carry to the portal.")
	}
	return err
}

// carryingBack takes back what the act noted about the portal.
func (a *act) carryingBack(old activity) error {
	for _, table := range [...]string{"uploads", "activity"} {
		for _, column := range [...]string{"carried_by", "confirmed_by"} {
			if err := a.tx.Exec("UPDATE "+table+" SET "+column+" = NULL WHERE "+column+" = ?", old.ID).Error; err != nil {
				return err
			}
		}
	}
	return nil
}

// noteToCarry has the act's deletion carried to the online portal, if the portal has any of its devices.
func (a *act) noteToCarry() error {
	a.makes(ofAct, a.id)
	return a.tx.Exec(`UPDATE activity SET to_carry = 1 WHERE id = ? AND EXISTS (SELECT 1 FROM `+deletedDevices+`
		JOIN uploads u ON u.id = d.upload_id WHERE g.activity_id = ? AND `+onPortalBefore+`)`, a.id, a.id).Error
}
