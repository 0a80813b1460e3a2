package data

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"maps"
	"math"
	"slices"
	"sort"
	"strings"
	"time"
	"unicode/utf8"

	"consign/model"
)

// Rows reads the devices with the ids as the viewer sees them, in the order of ids; those that the viewer does not
// see (any more) are left out.
func (d Devices) Rows(ctx context.Context, view model.View, ids []int64) (devices []model.Device, err error) {
	devices = make([]model.Device, 0, len(ids))
	err = d.desk.reading(ctx, func(c *reader) error {
		return c.eachDevice(view, withoutError(slices.Chunk(ids, devicesAtOnce)), func(d *model.Device) error {
			devices = append(devices, *d)
			return nil
		})
	})
	return devices, err
}

// Each calls f for every selected device in the order of the query, and returns f's error. All devices are of one
// state of the register. In the order of their ids or of an identifier memory does not grow with their number; in another it does by
// 8 bytes for each, as that of the page does which shows them. f must not keep the device's slices.
func (d Devices) Each(ctx context.Context, selection model.DeviceSelection, f func(model.Device) error) error {
	return d.desk.reading(ctx, func(c *reader) (err error) {
		if err := c.Passing(true); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, c.Passing(false)) }()
		batches, err := d.selectedBatches(c, selection)
		if err != nil {
			return err
		}
		return c.eachDevice(selection.Query.View, batches, func(d *model.Device) error { return f(*d) })
	})
}

const (
	// devicesAtOnce is how many devices are read in the order of their ids before they are given in another order: so that an export
	// in that order goes through the file a few times and not at random. They take some 12 MB.
	devicesAtOnce = 131_072
	// ascendingAtOnce is the same for devices that are given in the order of their ids, upwards or downwards.
	ascendingAtOnce = 4096
)

// rowsByIDs reads columns of living devices by their ids.
type rowsByIDs struct{ one, between *statement }

// rowsByIDs prepares the reading of the columns, of which the first is the id.
func (c *reader) rowsByIDs(columns string) (r rowsByIDs, err error) {
	if r.one, err = c.prepare("SELECT " + columns + " FROM devices WHERE id = ? AND deleted IS NULL"); err != nil {
		return r, err
	}
	r.between, err = c.prepare("SELECT " + columns + " FROM devices WHERE id BETWEEN ? AND ? AND deleted IS NULL ORDER BY id")
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
// are read with one statement, others one by one. The rows come in any order.
func (r rowsByIDs) each(n int, id func(i int) int64, row func(i int, s *statement) error) error {
	if first, last := id(0), id(n-1); last-first >= 2*int64(n) {
		ids := make([]int64, 0, n)
		for i := range n {
			if i == 0 || id(i) != id(i-1) {
				ids = append(ids, id(i))
			}
		}
		return r.one.byIDs(ids, func(s *statement) error {
			found := s.int(0)
			for i := sort.Search(n, func(i int) bool { return id(i) >= found }); i < n && id(i) == found; i++ {
				if err := row(i, s); err != nil {
					return err
				}
			}
			return nil
		})
	}
	next := 0
	return r.between.each([]any{id(0), id(n - 1)}, func(s *statement) error {
		found := s.int(0)
		for next < n && id(next) < found {
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
func (c *reader) eachDevice(view model.View, batches iter.Seq2[[]int64, error], f func(*model.Device) error) error {
	d := &deviceReader{c: c, view: view, repeated: map[string]string{}}
	defer d.close()
	if err := d.prepare(); err != nil {
		return err
	}
	var device model.Device
	for batch, err := range batches {
		if err == nil {
			err = d.read(batch)
		}
		if err != nil {
			return err
		}
		for i := range d.rows {
			if !d.give(&d.rows[i], &device) {
				continue
			}
			if err := f(&device); err != nil {
				return err
			}
		}
	}
	return nil
}

// deviceReader reads devices by id, batch after batch.
type deviceReader struct {
	c          *reader
	view       model.View
	byIDs      rowsByIDs
	uploads    *seenUploads
	exchanging idSet
	repeated   map[string]string // texts and reasons, each once in memory

	places []int32         // the batch's places in the order of the ids
	rows   []deviceRow     // of the batch
	text   strings.Builder // the identifiers of the rows one after the other
}

// usualText is how long the identifiers of a device are together.
const usualText = 48

// deviceRow is what is kept of a device until it is given: a third of what it is then.
type deviceRow struct {
	id              int64
	uploaded, moved int64 // uploads; moved is 0 if it was not
	failure         string
	texts           [len(deviceTexts)]string
	at              int32    // where its identifiers begin in the text
	lengths         [4]uint8 // of IMEI, IMEI 2, MEID and serial number
	failed          bool
}

func (d *deviceReader) prepare() (err error) {
	if d.byIDs, err = d.c.rowsByIDs("id, upload_id, moved_id, imei1, imei2, meid, serial, failure, " + textColumns); err != nil {
		return err
	}
	if d.exchanging, err = d.c.foundBy([]query{{sql: exchangingDevices}}, everyRow); err != nil {
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
	d.places = d.places[:0]
	d.text.Reset()
	d.text.Grow(len(batch) * usualText)
	clear(d.rows)
	for i := range batch {
		d.places = append(d.places, int32(i))
	}
	if !slices.IsSorted(batch) {
		slices.SortFunc(d.places, func(a, b int32) int { return cmp.Compare(batch[a], batch[b]) })
	}
	err := d.byIDs.each(len(batch), func(i int) int64 { return batch[d.places[i]] },
		func(i int, s *statement) error { return d.take(s, &d.rows[d.places[i]]) })
	if err != nil {
		return err
	}
	return d.uploads.know(func(yield func(int64) bool) {
		for i := range d.rows {
			if row := &d.rows[i]; row.id != 0 && (!yield(row.uploaded) || row.moved != 0 && !yield(row.moved)) {
				return
			}
		}
	})
}

// take fills a row.
func (d *deviceReader) take(s *statement, row *deviceRow) error {
	row.id, row.uploaded, row.moved, row.at = s.int(0), s.int(1), s.int(2), int32(d.text.Len())
	for i := range row.lengths {
		identifier := s.bytes(3 + int32(i))
		if len(identifier) > math.MaxUint8 || !utf8.Valid(identifier) {
			return damagedf("identifier %q of device %d", identifier, row.id)
		}
		d.text.Write(identifier)
		row.lengths[i] = uint8(len(identifier))
	}
	row.failure, row.failed = d.repeat(s.bytes(7)), !s.isNull(7)
	for i := range row.texts {
		row.texts[i] = d.repeat(s.bytes(8 + int32(i)))
	}
	return nil
}

// give makes the device of a row, if it was found and the viewer sees it.
func (d *deviceReader) give(row *deviceRow, device *model.Device) bool {
	if row.id == 0 {
		return false
	}
	*device = model.Device{ID: row.id, Failure: row.failure}
	for i := range row.texts {
		*deviceTexts[i].shows(device) = row.texts[i]
	}
	uploaded, moved := d.uploads.known[row.uploaded], d.uploads.known[row.moved]
	seen := seenBy(d.view, device, uploaded, moved)
	if seen == nil {
		return false
	}
	rest := d.text.String()[row.at:]
	for i, field := range [...]*string{&device.IMEI1, &device.IMEI2, &device.MEID, &device.Serial} {
		*field, rest = rest[:row.lengths[i]], rest[row.lengths[i]:]
	}
	switch {
	case row.failed:
		device.Status = model.MPTSError
	case d.exchanging.has(row.id):
		device.Status = model.Exchanging
	case seen.approved:
		device.Status = model.VerifiedDevice
	default:
		device.Status = model.PendingDevice
	}
	device.UploadID, device.UploadUUID, device.UploadedAt, device.Tags = seen.id, seen.uuid, seen.at, seen.tags
	device.CustomerApproved = moved != nil && moved.approved
	device.ResellerID, device.Reseller = uploaded.resellerID, uploaded.reseller
	return true
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
	s := strings.ToValidUTF8(string(text), "\uFFFD")
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
	mspID      int64 // that moved devices by it
}

// seenUploads reads uploads by id, each once.
type seenUploads struct {
	find  *statement
	known map[int64]*seenUpload
}

func (c *reader) seenUploads() (*seenUploads, error) {
	find, err := c.prepare(`SELECT u.id, u.uuid, u.uploaded_at, u.approved_at IS NOT NULL, u.tags, u.reseller_id, r.company_name,
		u.target_id, t.company_name, u.msp_id
		FROM uploads u JOIN accounts r ON r.id = u.reseller_id JOIN accounts t ON t.id = u.target_id WHERE u.id = ?`)
	return &seenUploads{find, map[int64]*seenUpload{}}, err
}

func (l *seenUploads) close() { l.find.close() }

// know has all of the uploads known.
func (l *seenUploads) know(uploads iter.Seq[int64]) error {
	wanted := map[int64]bool{}
	for id := range uploads {
		if l.known[id] == nil {
			wanted[id] = true
		}
	}
	if len(wanted) == 0 {
		return nil
	}
	err := l.find.byIDs(slices.Sorted(maps.Keys(wanted)), func(s *statement) error {
		u := &seenUpload{id: s.int(0), uuid: s.text(1), at: s.timeOf(2), approved: s.int(3) != 0, resellerID: s.int(5), reseller: s.text(6),
			targetID: s.int(7), target: s.text(8), mspID: s.int(9)}
		s.json(4, &u.tags)
		l.known[u.id] = u
		return nil
	})
	for id := range wanted {
		if err == nil && l.known[id] == nil {
			err = damagedf("upload %d is missing, or its reseller or target", id)
		}
	}
	return err
}
