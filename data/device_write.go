package data

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"consign/data/engine"
	"consign/model"
)

// devicesAtATime is how many devices go at once to a database that has a way for many.
const devicesAtATime = 20 * rowsPerStatement

// counter tells how many devices of an act are done.
type counter struct {
	progress    Progress
	done, total int
}

func (c *counter) add(n int) {
	c.done += n
	c.progress.report(c.done, c.total)
}

// place is where a device stands in its list, and what it is ordered by.
type place struct {
	imei uint64
	at   int
}

// byIMEI is the order in which devices are written: an index grows at its end much faster than all over, and a list as it comes
// from a warehouse is in no order that it would be a pity to lose.
func byIMEI(devices DeviceList) []place {
	places := make([]place, devices.Len())
	for i := range places {
		imei, _ := strconv.ParseUint(devices.Device(i).IMEI1, 10, 64) // none: first, as they come
		places[i] = place{imei, i}
	}
	slices.SortFunc(places, func(x, y place) int { return cmp.Or(cmp.Compare(x.imei, y.imei), x.at-y.at) })
	return places
}

// insertDevices writes the devices of a new upload and counts them by model and order number.
func (a *act) insertDevices(row uploadRow, b *Batch, counter *counter) error {
	w := &writing{a: a, row: row, b: b, counter: counter, rows: deviceRows{order: b.OrderNumber}, lots: map[lot]int{}}
	for part := range slices.Chunk(byIMEI(b.Devices), devicesAtATime) {
		if err := w.write(part); err != nil {
			return err
		}
	}
	if b.OrderNumber == "" && w.orders.number != "" { // a list for one customer gives the order number of the upload by its lines
		if err := a.tx.Where(&upload{ID: row.ID}).Updates(&upload{OrderNumber: model.PlainText(w.orders.number)}).Error; err != nil {
			return err
		}
	}
	return a.countLots(row.ID, w.lots)
}

// writing are the devices of an upload on their way into the register.
type writing struct {
	a       *act
	row     uploadRow
	b       *Batch
	counter *counter
	rows    deviceRows        // of a block: as many devices as one statement takes
	devices []model.NewDevice // of the block
	lots    map[lot]int
	orders  sameOrder
}

// write writes the devices at the places: at once where the database has a way for that and takes all of them, else block by block.
func (w *writing) write(part []place) error {
	if brought, err := w.bring(part); brought || err != nil {
		return err
	}
	if len(part) > rowsPerStatement {
		for block := range slices.Chunk(part, rowsPerStatement) {
			if err := w.write(block); err != nil {
				return err
			}
		}
		return nil
	}
	last, err := w.a.lastDevice()
	if err != nil {
		return err
	}
	if err := w.block(part, w.lots); err != nil {
		return err
	}
	if err := w.a.insertRows(w.row, w.devices, &w.rows, last); err != nil {
		return err
	}
	if err := w.a.sealDevices(w.rows.seal(w.row.ID, last+1)); err != nil {
		return err
	}
	w.counter.add(len(part))
	return w.keepLots()
}

// keepLots writes what is counted so far where it is much: a list may give each device an order number of its own.
func (w *writing) keepLots() error {
	if len(w.lots) <= rowsPerStatement {
		return nil
	}
	err := w.a.countLots(w.row.ID, w.lots)
	clear(w.lots)
	return err
}

// block makes the rows of the devices at the places, and counts them into the lots.
func (w *writing) block(part []place, lots map[lot]int) error {
	w.rows.reset()
	w.devices = w.devices[:0]
	for _, place := range part {
		device := w.b.Devices.Device(place.at)
		if err := w.rows.add(&device); err != nil {
			return err
		}
		order := cmp.Or(device.OrderNumber, w.b.OrderNumber)
		w.orders.add(order)
		lots[lot{device.Model, order}]++
		w.devices = append(w.devices, device)
	}
	w.rows.buf = append(w.rows.buf, ']')
	return nil
}

// bring writes the devices at the places by the database's way for many, which takes them block by block while it writes. brought is
// false, and nothing is written, where there is no such way or an identifier is taken.
func (w *writing) bring(part []place) (brought bool, err error) {
	id, err := w.a.lastDevice()
	if err != nil {
		return false, err
	}
	done, orders, lots := w.counter.done, w.orders, map[lot]int{}
	var seals []deviceSeal
	var failed error
	row, at := make([]any, len(broughtColumns)), 0
	w.devices = w.devices[:0]
	next := func() []any {
		if at == len(w.devices) {
			n := min(len(part), rowsPerStatement)
			if failed = w.block(part[:n], lots); failed != nil || n == 0 {
				return nil
			}
			part, at = part[n:], 0
			seals = append(seals, w.rows.seal(w.row.ID, id+1))
			w.counter.add(n)
		}
		id++
		row[0], row[1] = id, w.row.ID
		w.rows.values(row[2:], &w.devices[at])
		at++
		return row
	}
	err = w.a.in.Attempt(func() (err error) {
		brought, err = w.a.in.Bring("devices", broughtColumns, next)
		return cmp.Or(failed, err)
	})
	if err != nil {
		w.counter.done, w.orders = done, orders
		if engine.TroubleOf(err) == engine.Taken {
			err = nil
		}
		return false, err
	}
	if !brought {
		return false, nil
	}
	for l, n := range lots {
		w.lots[l] += n
	}
	if err := w.a.sealDevices(seals...); err != nil {
		return true, err
	}
	return true, w.keepLots()
}

// broughtColumns are those of bring.
var broughtColumns = strings.Split("id, upload_id, imei1, imei2, meid, serial, "+textColumns, ", ")

// values are the columns of a device, which was added, behind the upload.
func (d *deviceRows) values(row []any, device *model.NewDevice) {
	for i, identifier := range [...]string{device.IMEI1, device.IMEI2, device.MEID, device.Serial} {
		row[i] = nil
		if identifier != "" {
			row[i] = identifier
		}
	}
	for i := range deviceTexts {
		text, _ := d.text(i, device) // as add has found it
		row[4+i] = string(text)
	}
}

// sameOrder is the order number that all devices of a list have, "" if they differ.
type sameOrder struct {
	number       string
	begun, apart bool
}

func (o *sameOrder) add(number string) {
	switch {
	case !o.begun:
		o.begun, o.number = true, number
	case number != o.number:
		o.apart = true
	}
	if o.apart {
		o.number = ""
	}
}

// lot is what the devices of an upload are counted by.
type lot struct{ model, order string }

func (a *act) countLots(uploadID int64, lots map[lot]int) error {
	rows := make([][3]any, 0, len(lots))
	for l, n := range lots {
		rows = append(rows, [...]any{model.PlainText(l.model), l.order, n})
	}
	list, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	return a.tx.Exec(`INSERT INTO upload_models (upload_id, model, order_number, devices)
		SELECT ?, value ->> 0, value ->> 1, CAST(value ->> 2 AS INTEGER) FROM json_each(?) WHERE true
		ON CONFLICT (upload_id, model, order_number) DO UPDATE SET devices = upload_models.devices + excluded.devices`,
		uploadID, string(list)).Error
}
