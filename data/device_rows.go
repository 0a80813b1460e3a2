package data

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"time"

	"consign/model"
)

// Devices reads the devices with the ids as the viewer sees them, in the order of ids; those that the viewer does not
// see (any more) are left out.
func (r *Register) Devices(ctx context.Context, view model.View, ids []int64) (devices []model.Device, err error) {
	devices = make([]model.Device, 0, len(ids))
	err = r.reading(ctx, func(c *reader) error {
		return c.eachDevice(view, ids, func(d *model.Device) error {
			devices = append(devices, *d)
			return nil
		})
	})
	return devices, err
}

// EachDevice calls f for every selected device in the order of the query, and returns f's error. All devices are of one
// state of the register, and memory does not grow with their number but for 8 bytes of each. f must not keep
// the device's slices.
func (r *Register) EachDevice(ctx context.Context, selection model.DeviceSelection, f func(model.Device) error) error {
	return r.reading(ctx, func(c *reader) error {
		ids, err := r.selectedIDs(c, selection)
		if err != nil {
			return err
		}
		return c.eachDevice(selection.Query.View, ids, func(d *model.Device) error { return f(*d) })
	})
}

// devicesAtOnce is how many devices are read in the order of their ids before they are given in the order asked for:
// so that an export in another order than that of the ids goes through the file a few times and not at random. They take some 50 MB.
const devicesAtOnce = 131_072

// rowsByIDs reads columns of living devices by their ids.
type rowsByIDs struct{ one, between *statement }

// rowsByIDs prepares the reading of the columns, of which the first is the id.
func (c *reader) rowsByIDs(columns string) (r rowsByIDs, err error) {
	if r.one, err = c.prepare("SELECT " + columns + " FROM devices WHERE id = ? AND deleted_by IS NULL"); err != nil {
		return r, err
	}
	r.between, err = c.prepare("SELECT " + columns + " FROM devices WHERE id BETWEEN ? AND ? AND deleted_by IS NULL ORDER BY id")
	return r, err
}

func (r rowsByIDs) close() {
	for _, s := range [...]*statement{r.one, r.between} {
		if s != nil {
			s.close()
		}
	}
}

// each calls row for each of n ids, which ascend and may repeat, that is the id of a living device. Ids that lie close together
// are read with one statement, others one by one.
func (r rowsByIDs) each(n int, id func(i int) int64, row func(i int, s *statement) error) error {
	if first, last := id(0), id(n-1); last-first >= 2*int64(n) {
		for i := range n {
			if err := r.one.byID(id(i), func(s *statement) error { return row(i, s) }); err != nil {
				return err
			}
		}
		return nil
	}
	next := 0
	return r.between.each([]any{id(0), id(n - 1)}, func(s *statement) error {
		found := s.int(0)
		for id(next) < found {
			next++
		}
		for ; next < n && id(next) == found; next++ {
			if err := row(next, s); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachDevice calls f for every device with one of the ids that the viewer sees, in the order of ids, each of which is
// given once. The device that f gets is written over afterwards.
func (c *reader) eachDevice(view model.View, ids []int64, f func(*model.Device) error) error {
	d := &deviceReader{c: c, view: view, repeated: map[string]string{}}
	defer d.close()
	if err := d.prepare(); err != nil {
		return err
	}
	for batch := range slices.Chunk(ids, devicesAtOnce) {
		if err := d.read(batch); err != nil {
			return err
		}
		for i := range d.rows {
			if d.rows[i].ID == 0 {
				continue
			}
			if err := f(&d.rows[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// deviceReader reads devices by id, batch after batch.
type deviceReader struct {
	c        *reader
	view     model.View
	byIDs    rowsByIDs
	uploads  *seenUploads
	repeated map[string]string // models, order numbers and reasons, each once in memory

	places []int32        // the batch's places in the order of the ids
	rows   []model.Device // of the batch; ID is 0 where there is none
	text   []byte         // the identifiers of the rows one after the other, and
	ends   []int          // where each of them ends: four for each row in the order in which they were read
	order  []int32        // and the places of these
}

func (d *deviceReader) prepare() (err error) {
	if d.byIDs, err = d.c.rowsByIDs("id, upload_id, moved_id, imei1, imei2, meid, serial, model, order_number, failure"); err != nil {
		return err
	}
	d.uploads, err = d.c.seenUploads()
	return err
}

func (d *deviceReader) close() {
	d.byIDs.close()
	if d.uploads != nil {
		d.uploads.close()
	}
}

// read fills rows with the devices of the batch.
func (d *deviceReader) read(batch []int64) error {
	d.rows = slices.Grow(d.rows[:0], len(batch))[:len(batch)]
	d.places, d.order, d.ends, d.text = d.places[:0], d.order[:0], d.ends[:0], d.text[:0]
	clear(d.rows)
	for i := range batch {
		d.places = append(d.places, int32(i))
	}
	slices.SortFunc(d.places, func(a, b int32) int { return cmp.Compare(batch[a], batch[b]) })
	err := d.byIDs.each(len(batch), func(i int) int64 { return batch[d.places[i]] }, func(i int, s *statement) error { return d.take(s, d.places[i]) })
	if err != nil {
		return err
	}
	text, start, end := string(d.text), 0, 0
	for _, place := range d.order {
		row := &d.rows[place]
		for _, field := range [...]*string{&row.IMEI1, &row.IMEI2, &row.MEID, &row.Serial} {
			*field = text[start:d.ends[end]]
			start = d.ends[end]
			end++
		}
	}
	return nil
}

// take fills the row at place, if the viewer sees the device.
func (d *deviceReader) take(s *statement, place int32) error {
	uploaded, err := d.uploads.with(s.int(1))
	if err != nil {
		return err
	}
	var moved *seenUpload
	if !s.isNull(2) {
		if moved, err = d.uploads.with(s.int(2)); err != nil {
			return err
		}
	}
	row := &d.rows[place]
	seen := seenBy(d.view, row, uploaded, moved)
	if seen == nil {
		return nil
	}
	row.ID = s.int(0)
	for column := range int32(4) {
		d.text = append(d.text, s.bytes(3+column)...)
		d.ends = append(d.ends, len(d.text))
	}
	d.order = append(d.order, place)
	row.Model, row.OrderNumber, row.Failure = d.repeat(s.bytes(7)), d.repeat(s.bytes(8)), d.repeat(s.bytes(9))
	switch {
	case !s.isNull(9):
		row.Status = model.MPTSError
	case seen.approved:
		row.Status = model.VerifiedDevice
	default:
		row.Status = model.PendingDevice
	}
	row.UploadID, row.UploadUUID, row.UploadedAt, row.Tags = seen.id, seen.uuid, seen.at, seen.tags
	row.ResellerID, row.Reseller = uploaded.resellerID, uploaded.reseller
	return nil
}

// mostRepeated is how many different texts are kept, so that a column of single values cannot fill the memory.
const mostRepeated = 20_000

func (d *deviceReader) repeat(text []byte) string {
	if known, ok := d.repeated[string(text)]; ok {
		return known
	}
	if len(d.repeated) >= mostRepeated {
		clear(d.repeated)
	}
	s := string(text)
	d.repeated[s] = s
	return s
}

// seenUpload is what a device shows of its upload.
type seenUpload struct {
	id         int64
	uuid       string
	at         time.Time
	approved   bool
	tags       []string
	resellerID int64
	reseller   string
	targetID   int64
	target     string
}

// seenUploads reads uploads by id, each once.
type seenUploads struct {
	find  *statement
	known map[int64]*seenUpload
}

func (c *reader) seenUploads() (*seenUploads, error) {
	find, err := c.prepare(`SELECT u.uuid, u.uploaded_at, u.approved_at IS NOT NULL, u.tags, u.reseller_id, r.company_name, u.target_id, t.company_name
		FROM uploads u JOIN accounts r ON r.id = u.reseller_id JOIN accounts t ON t.id = u.target_id WHERE u.id = ?`)
	return &seenUploads{find, map[int64]*seenUpload{}}, err
}

func (l *seenUploads) close() { l.find.close() }

func (l *seenUploads) with(id int64) (*seenUpload, error) {
	if u, known := l.known[id]; known {
		return u, nil
	}
	u := &seenUpload{id: id}
	l.known[id] = u
	err := l.find.byID(id, func(s *statement) error {
		u.uuid, u.at, u.approved = s.text(0), s.timeOf(1), s.int(2) != 0
		u.resellerID, u.reseller, u.targetID, u.target = s.int(4), s.text(5), s.int(6), s.text(7)
		return json.Unmarshal(s.bytes(3), &u.tags)
	})
	return u, err
}

// seenBy returns the upload under which the viewer sees a device and tells row who has it; nil if the viewer does not
// see it. It is the rule of viewed (query_device.go) for one device.
func seenBy(view model.View, row *model.Device, uploaded, moved *seenUpload) *seenUpload {
	switch view.Portal {
	case model.ResellerPortal:
		row.CustomerID, row.Customer = uploaded.targetID, uploaded.target
		if uploaded.resellerID == view.Account {
			return uploaded
		}
	case model.MSPPortal:
		if moved != nil {
			row.CustomerID, row.Customer = moved.targetID, moved.target
		}
		if uploaded.targetID == view.Account && uploaded.approved {
			return uploaded
		}
	case model.CustomerPortal:
		for _, u := range [...]*seenUpload{uploaded, moved} {
			if u != nil && u.targetID == view.Account {
				row.CustomerID, row.Customer = u.targetID, u.target
				return u
			}
		}
	}
	return nil
}
