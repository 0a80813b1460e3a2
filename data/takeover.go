package data

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/google/uuid"

	"consign/model"
)

// TakeOver says how lines of a portal's export are taken over.
type TakeOver struct {
	// Target has the devices of lines that name no customer; Reseller uploaded them, where an MSP takes them over. 0 elsewhere.
	Target, Reseller int64
	// LeaveUnknown leaves out lines that name a customer which the directory does not have or to whom the MSP may not move devices, and
	// devices that another party has.
	LeaveUnknown bool
	// Devices is how many are taken over, as Comparison.Plan says; 0 for however many.
	Devices int
}

// parcel is an upload that a portal has: the devices of one reseller, target, order, day and status.
type parcel struct {
	reseller, target int64
	order            string
	day              int64
	status           model.DeviceStatus
}

// TakeOver makes the register say what the portal's export says of the differences at the places given, in one act: devices that are only
// there come in uploads of their days and statuses; those with another customer or order number are deleted and come in such uploads, but
// an MSP moves those with another customer; those that the portal refused get its error where they are; and an upload that the portal shows
// verified as a whole is approved. It is all on the portal already, and so Confirmed. Devices that an MSP of ours moved to a customer stay
// moved: those with another order number or status are left as they are. Errors: Invalid when a line names a customer that the directory
// does not have or to whom the MSP may not move devices, Conflict when another party has a device, Refused when the register has changed
// since the comparison, and when there is nothing to take over.
func (c *Comparison) TakeOver(ctx context.Context, at []int64, how TakeOver, progress Progress) (model.Done, error) {
	steps := &counter{progress: progress, total: 2*len(at) + 2}
	t := &takingOver{Comparison: c, how: how, parcels: map[parcel][]model.NewDevice{}, failed: map[parcel]bool{}, moves: map[int64]int64{}}
	if err := t.sort(ctx, at, steps); err != nil {
		return model.Done{}, err
	}
	if err := c.desk.backUpBeforeTaking(ctx, len(t.again)); err != nil {
		return model.Done{}, err
	}
	return c.desk.act(ctx, model.PortalTakenOver, c.View, func(a *act) error { return t.do(a, steps) })
}

// takingOver is a take-over in the making.
type takingOver struct {
	*Comparison
	how     TakeOver
	parcels map[parcel][]model.NewDevice
	failed  map[parcel]bool // the portal refused their devices
	moves   map[int64]int64 // devices that an MSP moves, to these customers
	again   []int64         // devices that are deleted and come again
	here    []int64         // devices that differ here: what decided about them cannot be undone any more
	approve []int64         // uploads
	refused []int64         // devices that get an error where they are
	moved   idSet           // devices that are at a customer of an MSP
	active  idSet           // customers to whom the MSP may move devices

	approved int // devices in the uploads to approve
	kept     int // moved devices that stay as they are
}

// sort puts every difference where its device will come.
func (t *takingOver) sort(ctx context.Context, at []int64, steps *counter) error {
	verified := map[int64][]model.Compared{} // by our upload: may be approved as a whole
	err := t.desk.reading(ctx, func(c *reader) (err error) {
		if t.moved, err = c.movedAmong(t.Devices(at).IDs); err != nil {
			return err
		}
		t.active, err = c.activeCustomers(t.View)
		return err
	})
	if err != nil {
		return err
	}
	for part := range slices.Chunk(at, rowsPerStatement) {
		rows, err := t.Rows(ctx, part)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := t.place(row, verified); err != nil {
				return err
			}
		}
		steps.add(len(part))
	}
	for _, upload := range slices.Sorted(maps.Keys(verified)) {
		rows := verified[upload]
		u, err := t.desk.Uploads().ByID(ctx, t.View, upload)
		if err != nil {
			return err
		}
		if u.Devices-u.Failed == len(rows) {
			t.approve, t.approved = append(t.approve, upload), t.approved+len(rows)
			continue
		}
		for _, row := range rows {
			if err := t.take(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// place puts one difference where its device will come.
func (t *takingOver) place(row model.Compared, verified map[int64][]model.Compared) error {
	switch {
	case row.Kind == model.OnlyHere || row.Taken && t.how.LeaveUnknown:
		return nil
	case row.Taken:
		return model.Fail(model.Conflict, "{{.Identifier}} is registered by another reseller.", "Identifier", row.Line.First())
	case row.Here.ID == 0 && row.Kind != model.OnlyThere, row.Kind == model.OtherStatus && row.Here.Status == row.Line.Status:
		return errStale
	case row.Kind == model.OtherCustomer && t.View.Portal == model.MSPPortal:
		return t.moveOn(row)
	}
	if row.Here.ID != 0 {
		t.here = append(t.here, row.Here.ID)
	}
	switch {
	case row.Kind == model.OtherStatus && row.Line.Status == model.MPTSError:
		t.refused = append(t.refused, row.Here.ID)
	case (row.Kind == model.OtherStatus || row.Kind == model.OtherOrderNumber) && t.moved.has(row.Here.ID):
		t.kept++
	case row.Kind == model.OtherStatus && row.Line.Status == model.VerifiedDevice && row.Here.Status == model.PendingDevice:
		verified[row.Here.UploadID] = append(verified[row.Here.UploadID], row)
	default:
		return t.take(row)
	}
	return nil
}

// moveOn has an MSP's device moved to the customer that the portal has it at.
func (t *takingOver) moveOn(row model.Compared) error {
	to := t.movesTo(row.Line.Customer, t.active)
	if to == 0 && t.how.LeaveUnknown {
		return nil
	}
	if to == 0 {
		return model.Fail(model.Invalid, "The customer {{.Customer}} is not active on the Customers page: devices cannot be moved there.",
			"Customer", row.Line.Customer)
	}
	t.moves[row.Here.ID] = to
	return nil
}

// take has the device of a difference come in an upload as the portal has it.
func (t *takingOver) take(row model.Compared) error {
	p := parcel{reseller: cmp.Or(row.Here.ResellerID, t.how.Reseller), status: cmp.Or(row.Line.Status, row.Here.Status, model.VerifiedDevice),
		order: row.Line.OrderNumber}
	if t.View.Portal == model.ResellerPortal {
		p.reseller = t.View.Account
	}
	if !t.Columns.OrderNumber {
		p.order = row.Here.OrderNumber
	}
	if day := row.Line.Uploaded; !day.IsZero() {
		p.day = millis(day)
	} else if row.Here.ID != 0 {
		p.day = millis(row.Here.UploadedAt)
	}
	accounts := t.named(row.Line.Customer)
	switch {
	case t.View.Portal == model.MSPPortal:
		p.target = t.View.Account
	case row.Line.Customer == "" || !t.Columns.Customer:
		p.target = cmp.Or(row.Here.CustomerID, t.how.Target)
	case slices.Contains(accounts, row.Here.CustomerID):
		p.target = row.Here.CustomerID
	case len(accounts) > 0:
		p.target = accounts[0]
	case t.how.LeaveUnknown:
		return nil
	default:
		return model.Fail(model.Invalid,
			"The directory does not know the customer {{.Customer}}: add it, or take the portal's list of customers over first.",
			"Customer", row.Line.Customer)
	}
	if p.target == 0 || p.reseller == 0 {
		return model.Fail(model.Invalid, "The export does not say whose devices these are: choose the customer or the reseller.")
	}
	device := model.NewDevice{Identifiers: row.Line.Identifiers, Model: row.Line.Model}
	if row.Here.ID != 0 {
		device = model.NewDevice{Identifiers: row.Here.Identifiers, Model: cmp.Or(row.Here.Model, row.Line.Model)}
		t.again = append(t.again, row.Here.ID)
	}
	t.failed[p] = p.status == model.MPTSError
	t.parcels[p] = append(t.parcels[p], device)
	return nil
}

func (t *takingOver) do(a *act, steps *counter) error {
	if err := t.holds(a.tx, a.id); err != nil {
		return err
	}
	switch {
	case t.how.Devices != 0 && t.how.Devices != t.devices():
		return errStale
	case len(t.parcels)+len(t.moves)+len(t.approve)+len(t.refused) > 0:
	case t.kept > 0:
		return model.Fail(model.Refused, "An MSP of ours moved these devices to its customers: they stay as they are ({{.Devices}}).", "Devices",
			t.kept)
	default:
		return model.Fail(model.Refused, "There is nothing here to take over.")
	}
	here := query{"SELECT value FROM json_each(?)", []any{idList(t.here)}}
	if err := a.standsOn(here, ofUpload, ofApproval, ofFailures, ofDeletion); err != nil {
		return err
	}
	moved, err := t.move(a, steps)
	if err != nil {
		return err
	}
	if err := t.takeAway(a); err != nil {
		return err
	}
	if err := t.refuse(a); err != nil {
		return err
	}
	steps.add(1)
	order := slices.SortedFunc(maps.Keys(t.parcels), func(x, y parcel) int {
		return cmp.Or(cmp.Compare(x.day, y.day), cmp.Compare(x.target, y.target), cmp.Compare(x.reseller, y.reseller),
			cmp.Compare(x.order, y.order), cmp.Compare(x.status, y.status))
	})
	for _, p := range order {
		if err := t.bring(a, p, steps); err != nil {
			return err
		}
	}
	if len(t.approve) > 0 {
		uploads, err := uploadsOf(a.tx, t.approve)
		if err != nil {
			return err
		}
		if err := a.approve(uploads); err != nil {
			return err
		}
	}
	a.devices = t.devices()
	if len(order)+len(moved) != 1 {
		a.upload, a.party, a.customer = 0, 0, 0
	}
	a.text = model.Say("Taken over from the portal, devices: {{.Devices}}, in uploads: {{.Uploads}}.", "Devices", a.devices,
		"Uploads", len(order)+len(moved)+len(t.approve))
	if t.kept > 0 {
		a.text = model.Say("{{.Text}} Moved by an MSP of ours, and left as they are: {{.Devices}}.", "Text", a.text, "Devices", t.kept)
	}
	steps.add(1)
	return nil
}

// devices is how many devices the portal's word is taken for.
func (t *takingOver) devices() int {
	n := len(t.moves) + t.approved + len(t.refused)
	for _, list := range t.parcels {
		n += len(list)
	}
	return n
}

// move moves devices of an MSP to the customers that the portal has them at, before the act makes other uploads, and returns the uploads.
func (t *takingOver) move(a *act, steps *counter) ([]uploadRow, error) {
	if len(t.moves) == 0 {
		return nil, nil
	}
	to := map[int64]*model.Management{}
	for _, customer := range t.moves {
		if to[customer] != nil {
			continue
		}
		m, err := a.destination(t.View.Account, customer)
		if err != nil {
			return nil, err
		}
		to[customer] = &m
	}
	placed, err := a.place(model.DeviceSelection{Query: model.DeviceQuery{View: t.View}, IDs: slices.Sorted(maps.Keys(t.moves))})
	if err != nil {
		return nil, err
	}
	if placed != int64(len(t.moves)) {
		return nil, errStale
	}
	if err := a.cameByExchange(); err != nil {
		return nil, err
	}
	if err := a.takeOut(); err != nil {
		return nil, err
	}
	moved, err := a.putIn(func(device int64) *model.Management { return to[t.moves[device]] })
	if err != nil {
		return nil, err
	}
	for _, row := range moved {
		target, err := accountOf(a.tx, row.TargetID)
		if err != nil {
			return nil, err
		}
		a.notePart(row, target)
		a.upload, a.party, a.customer = row.ID, row.ResellerID, row.TargetID
	}
	steps.add(len(t.moves))
	return moved, nil
}

// takeAway deletes the devices that come again.
func (t *takingOver) takeAway(a *act) error {
	if len(t.again) == 0 {
		return nil
	}
	sel := model.DeviceSelection{Query: model.DeviceQuery{View: t.View}, IDs: t.again, Count: len(t.again)}
	ids, err := a.selected(sel, "d.id")
	if err != nil {
		return err
	}
	deleted, err := a.delete(ids)
	if err != nil {
		return err
	}
	if deleted != int64(len(t.again)) {
		return errStale
	}
	if err := a.tally(-1, devicesOfDeletion, a.id); err != nil {
		return err
	}
	return a.subjectsOf(ofDeletion)
}

// refuse gives devices the portal's error where they are.
func (t *takingOver) refuse(a *act) error {
	if len(t.refused) == 0 {
		return nil
	}
	const these = "SELECT * FROM devices WHERE id IN (SELECT value FROM json_each(?))"
	placed, err := a.place(model.DeviceSelection{Query: model.DeviceQuery{View: t.View}, IDs: t.refused})
	if err != nil {
		return err
	}
	if placed != int64(len(t.refused)) {
		return errStale
	}
	list := idList(t.refused)
	if err := a.tally(-1, these, list); err != nil {
		return err
	}
	var uploads []int64
	if err := a.tx.Raw("SELECT DISTINCT upload_id FROM gathered").Scan(&uploads).Error; err != nil {
		return err
	}
	a.makes(ofFailures, uploads...)
	a.buildsOn(ofUpload, uploads...)
	err = a.tx.Exec("UPDATE devices SET failure = ? WHERE id IN (SELECT value FROM json_each(?))", model.MPTSError.String(), list).Error
	if err != nil {
		return err
	}
	return a.tally(1, these, list)
}

// bring makes the upload of a parcel, as the portal has it.
func (t *takingOver) bring(a *act, p parcel, steps *counter) error {
	target, err := a.resellerAndTarget(p.reseller, p.target)
	if err != nil {
		return err
	}
	devices := DeviceSlice(t.parcels[p])
	new := model.NewUpload{ResellerID: p.reseller, TargetID: p.target, UploadedBy: t.View, OrderNumber: p.order, OnPortal: true}
	if err := new.Check(); err != nil {
		return err
	}
	row := uploadRow{Kind: model.DirectUpload, UUID: uuid.NewString(), ResellerID: p.reseller, TargetID: p.target, TargetKind: target.Kind,
		TargetName: target.CompanyName, Devices: len(devices)}
	if row.ID, err = a.insertUpload(row, new); err != nil {
		return err
	}
	if p.day != 0 {
		if err := a.tx.Where(&upload{ID: row.ID}).Updates(&upload{UploadedAt: min(p.day, millis(a.at))}).Error; err != nil {
			return err
		}
	}
	if err := a.insertDevices(row, &Batch{new, devices}, steps); err != nil {
		return err
	}
	a.notePart(row, target)
	if _, err := a.ensureCustomer(p.reseller, p.target, ""); err != nil {
		return err
	}
	a.upload = row.ID
	if err := a.wait(row); err != nil {
		return err
	}
	if p.status != model.PendingDevice || t.View.Portal == model.MSPPortal {
		if err := a.approve([]uploadRow{row}); err != nil {
			return err
		}
	}
	if t.failed[p] {
		return a.failAll(row.ID)
	}
	return nil
}

// wait lets an upload to a customer wait in the portals of its services, whatever approves by itself: the portal says what is approved.
func (a *act) wait(row uploadRow) error {
	if row.TargetKind != model.Customer {
		return nil
	}
	a.buildsOn(ofServices, row.TargetID)
	return a.tx.Exec("INSERT INTO approvals (upload_id, service) SELECT ?, service FROM customer_services WHERE customer_id = ?", row.ID,
		row.TargetID).Error
}

// failAll marks all devices of an upload as refused by the portal.
func (a *act) failAll(uploadID int64) error {
	const these = "SELECT * FROM devices WHERE upload_id = ? AND deleted IS NULL"
	if err := a.tally(-1, these, uploadID); err != nil {
		return err
	}
	for _, statement := range []query{
		{`INSERT INTO placements (activity_id, device_id, upload_id, moved_id, failure)
			SELECT ?, id, upload_id, moved_id, failure FROM devices WHERE upload_id = ? AND deleted IS NULL`, []any{a.id, uploadID}},
		{"UPDATE devices SET failure = ? WHERE upload_id = ? AND deleted IS NULL", []any{model.MPTSError.String(), uploadID}},
	} {
		if err := a.tx.Exec(statement.sql, statement.args...).Error; err != nil {
			return err
		}
	}
	if err := a.tally(1, these, uploadID); err != nil {
		return err
	}
	a.makes(ofFailures, uploadID)
	return nil
}

// reports tells whether an act may report devices as failed, which its placements list.
func reports(event model.Event) bool {
	return event == model.FailuresReported || event == model.PortalTakenOver
}

// untakeOver takes back what came from the portal. A device that was placed was moved by the act, if it is in an upload of it, or refused.
func (a *act) untakeOver(old activity) error {
	const moved = "devices.moved_id IN (SELECT id FROM uploads WHERE activity_id = p.activity_id)"
	err := a.placeBack(old, "moved_id = CASE WHEN "+moved+" THEN p.moved_id ELSE devices.moved_id END, "+
		"failure = CASE WHEN "+moved+" THEN devices.failure ELSE p.failure END")
	if err != nil {
		return err
	}
	if err := a.unupload(old); err != nil {
		return err
	}
	return a.undelete(old)
}
