package data

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"consign/data/engine"
	"consign/model"
)

// lookedBack is how many acts LastUndoable looks at: further back nobody thinks of the last act.
const lookedBack = 50

// LastUndoable is the latest act that can be undone as far as the log tells (see CanUndo); NotFound when there is none among the latest.
// Safe on any goroutine.
func (d Activity) LastUndoable(ctx context.Context) (model.Activity, error) {
	read := d.desk.read.WithContext(ctx)
	var latest []int64
	err := read.Model(&activity{}).Where("undo IS NOT NULL AND undone_by IS NULL").Order("id DESC").Limit(lookedBack).
		Pluck("id", &latest).Error
	if err != nil {
		return model.Activity{}, d.desk.told(err)
	}
	for _, id := range latest {
		switch err := d.CanUndo(ctx, id); model.CodeOf(err) {
		case "":
			return d.row(ctx, id)
		case model.Refused:
		default:
			return model.Activity{}, err
		}
	}
	return model.Activity{}, model.Fail(model.NotFound, "There is nothing to undo.")
}

// row is an act of the log that must be there.
func (d Activity) row(ctx context.Context, id int64) (model.Activity, error) {
	found, err := d.Rows(ctx, []int64{id})
	if err == nil && len(found) == 0 {
		err = d.desk.note(damagedf("activity %d is missing", id))
	}
	if err != nil {
		return model.Activity{}, err
	}
	return found[0], nil
}

// Undo takes an act back, as one act (domain §6). It is Refused, with the reason, when the act is undone already, cannot be,
// or a later act builds on it; NotFound when there is no such act.
func (d Activity) Undo(ctx context.Context, activityID int64, progress Progress) (model.Done, error) {
	read := d.desk.read.WithContext(ctx)
	old, err := activityOf(read, activityID)
	if err != nil {
		return model.Done{}, d.desk.told(err)
	}
	if err := d.desk.May(old.Event); err != nil {
		return model.Done{}, err
	}
	if old.Event == model.DevicesUploaded || old.Event == model.DevicesReassigned {
		if err := d.desk.backUpBeforeTaking(ctx, old.Devices); err != nil {
			return model.Done{}, err
		}
	}
	return d.desk.act(ctx, model.Undone, model.View{Portal: old.Portal, Account: int64(old.PerformedBy)}, func(a *act) error {
		if old, err = activityOf(a.tx, activityID); err != nil { // again, now that no other act can come between
			return err
		}
		if err := old.canUndo(a.tx); err != nil {
			return err
		}
		a.final = true
		a.party, a.customer, a.upload, a.devices = int64(old.PartyID), int64(old.CustomerID), int64(old.UploadID), old.Devices
		a.text = model.Say("Undone: {{.Event}}.", "Event", model.Say(old.Event.String()))
		return a.takeBack(old, counter{progress: progress, total: 3})
	})
}

// CanUndo is nil if the act can be undone as far as the log tells, else the reason: Refused when it is undone already, cannot be,
// or a later act builds on it; NotFound. It reads little, and is safe on any goroutine.
func (d Activity) CanUndo(ctx context.Context, activityID int64) error {
	read := d.desk.read.WithContext(ctx)
	old, err := activityOf(read, activityID)
	if err == nil {
		err = d.desk.May(old.Event)
	}
	if err == nil {
		err = old.canUndo(read)
	}
	return d.desk.told(err)
}

func activityOf(db *gorm.DB, id int64) (activity, error) {
	return rowOf[activity](db.Where(&activity{ID: id}), "This act is not in the activity log.")
}

// canUndo is nil if the act stands, can be undone, and no later act that stands names something that it made.
func (old activity) canUndo(db *gorm.DB) error {
	switch {
	case old.UndoneBy != 0:
		return model.Fail(model.Refused, "This is undone already.")
	case old.Undo == nil:
		return model.Fail(model.Refused, "This cannot be undone.")
	}
	var later []activity
	err := db.Where(`undone_by IS NULL AND id IN (SELECT t.activity_id FROM activity_subjects s
		JOIN activity_subjects t ON t.subject = s.subject AND t.subject_id = s.subject_id AND t.activity_id > s.activity_id
		WHERE s.activity_id = ? AND s.made = 1)`, old.ID).Order("id DESC").Limit(1).Find(&later).Error
	if err == nil && len(later) == 0 {
		return old.accountsUnnamed(db)
	}
	if err != nil {
		return err
	}
	return model.Fail(model.Refused, "This cannot be undone while something later builds on it: {{.Event}}, {{.Date}}. Undo that first.",
		"Event", model.Say(later[0].Event.String()), "Date", model.Moment{At: time.UnixMilli(later[0].At)})
}

// namedAtOnce is how many accounts are looked for in the log with one question.
const namedAtOnce = 500

// accountsUnnamed is nil if no later act of the log names an account that the act added: the log holds on to it, and keeps what was undone,
// too.
func (old activity) accountsUnnamed(db *gorm.DB) error {
	var added []int64
	for _, s := range old.Undo {
		if key, is := s.Key.(*account); is && s.Do == undoDelete {
			added = append(added, key.ID)
		}
	}
	for ids := range slices.Chunk(added, namedAtOnce) {
		var naming []activity
		err := db.Where("id > ? AND (performed_by IN ? OR party_id IN ? OR customer_id IN ?)", old.ID, ids, ids, ids).
			Order("id DESC").Limit(1).Find(&naming).Error
		if err != nil {
			return err
		}
		if len(naming) > 0 {
			return model.Fail(model.Refused, "This cannot be undone: the activity log names the account in {{.Event}}, {{.Date}}.",
				"Event", model.Say(naming[0].Event.String()), "Date", model.Moment{At: time.UnixMilli(naming[0].At)})
		}
	}
	return nil
}

// takeBack gives the register the state that it had without the act.
func (a *act) takeBack(old activity, steps counter) error {
	if err := a.devicesBack(old); err != nil {
		return err
	}
	steps.add(1)
	if err := a.approvalsBack(old); err != nil {
		return err
	}
	if old.Event == model.CarriedToPortal || old.Event == model.ConfirmedAtPortal {
		if err := a.carryingBack(old); err != nil {
			return err
		}
	}
	if err := a.rowsBack(old); err != nil {
		return err
	}
	steps.add(1)
	if err := a.refreshAllStatuses(); err != nil {
		return err
	}
	a.change |= OrdersChanged | AccountsChanged | RegistrationsChanged | ManagementsChanged | UploadsChanged | DevicesChanged
	err := a.tx.Where(&activity{ID: old.ID}).Updates(&activity{UndoneBy: optional(a.id)}).Error
	steps.add(1)
	return err
}

// devicesBack takes back what the act did to devices.
func (a *act) devicesBack(old activity) error {
	switch old.Event {
	case model.DevicesUploaded:
		return a.unupload(old)
	case model.DevicesDeleted, model.DevicesReturned:
		return a.undelete(old)
	case model.DevicesExchanged:
		return a.unexchange(old)
	case model.DevicesReassigned: // the new ones have the identifiers of the old ones
		if err := a.unupload(old); err != nil {
			return err
		}
		return a.undelete(old)
	case model.DevicesMoved, model.CustomerDelinked:
		return a.placeBack(old, "upload_id = p.upload_id, moved_id = p.moved_id")
	case model.PortalTakenOver:
		return a.untakeOver(old)
	case model.FailuresReported:
		return a.placeBack(old, "failure = p.failure")
	}
	return nil
}

// rowsBack takes the act's steps in the small tables back, the last one first.
func (a *act) rowsBack(old activity) error {
	if old.Event == model.AccountAdded { // the log would hold on to the account
		a.party = 0
		if err := a.tx.Where(&activity{ID: old.ID}).Select("party_id").Updates(&activity{}).Error; err != nil {
			return err
		}
	}
	for _, step := range slices.Backward(old.Undo) {
		if err := a.in.Attempt(func() error { return a.putBack(step) }); engine.TroubleOf(err) == engine.Taken {
			return model.Fail(model.Refused, "This cannot be undone: the register refers to it elsewhere.").Because(err)
		} else if err != nil {
			return err
		}
	}
	return nil
}
