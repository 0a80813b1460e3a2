package data

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"
	"time"

	"consign/data/engine"
)

// deviceSeal is a block of devices with ids in a row, as they came.
type deviceSeal struct {
	FirstID     int64 `gorm:"primaryKey"`
	Devices     int
	UploadID    *int64 // nil in a base
	Hash        []byte
	Checks      []byte
	StateHash   []byte
	StateChecks []byte
}

// seal is the hash over the block's row.
func (d *deviceSeal) seal() seal {
	h := sha256.New()
	upload := int64(0)
	if d.UploadID != nil {
		upload = *d.UploadID
	}
	writeNumbers(h, d.FirstID, int64(d.Devices), upload)
	for _, part := range [...][]byte{d.Hash, d.Checks, d.StateHash, d.StateChecks} {
		writeText(h, string(part))
	}
	return seal{Kind: sealOfDevices, Key: d.FirstID, Hash: h.Sum(nil)}
}

// end is the id after the block's last.
func (d *deviceSeal) end() int64 { return d.FirstID + int64(d.Devices) }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// appendCheck appends what tells one row of a block from another: the hash tells that a block changed, this tells where.
func appendCheck(checks, row []byte) []byte {
	return binary.BigEndian.AppendUint32(checks, crc32.Checksum(row, castagnoli))
}

// seal is the seal of the rows of an upload, which stand with the ids from first on.
func (d *deviceRows) seal(uploadID, first int64) deviceSeal {
	sum := sha256.Sum256(d.buf)
	return deviceSeal{FirstID: first, Devices: len(d.checks) / 4, UploadID: &uploadID, Hash: sum[:], Checks: slices.Clone(d.checks)}
}

// sealDevices keeps the seals of blocks that the act wrote.
func (a *act) sealDevices(blocks ...deviceSeal) error {
	for i := range blocks {
		a.deviceSeals = append(a.deviceSeals, blocks[i].seal())
	}
	return a.tx.Create(&blocks).Error
}

// storedDevices finds the rows of devices as storedRows writes them: id, where they stand, and what never changes. A migration seals before
// later ones have added their texts.
func storedDevices(c *reader) (string, error) {
	columns, err := c.Columns("devices")
	texts := make([]string, len(deviceTexts))
	for i, text := range deviceTexts {
		texts[i] = "''"
		if slices.ContainsFunc(columns, func(column engine.Column) bool { return column.Name == text.column }) {
			texts[i] = text.column
		}
	}
	const stand = "SELECT id, upload_id, moved_id, deleted, failure, imei1, imei2, meid, serial, "
	return stand + strings.Join(texts, ", ") + " FROM devices ORDER BY id", err
}

// storedRows writes rows of storedDevices in the form in which deviceRows wrote them.
type storedRows struct {
	buf    []byte
	quoted quotedTexts
	checks []byte
}

func (d *storedRows) reset() { d.buf, d.checks = append(d.buf[:0], '['), d.checks[:0] }

func (d *storedRows) add(s *statement) {
	if len(d.buf) > 1 {
		d.buf = append(d.buf, ',')
	}
	start := len(d.buf)
	d.buf = append(d.buf, '[')
	for column := range int32(4) {
		if s.isNull(5 + column) {
			d.buf = append(d.buf, "null,"...)
			continue
		}
		d.buf = append(append(append(d.buf, '"'), s.bytes(5+column)...), '"', ',')
	}
	var texts [len(deviceTexts)][]byte
	for i := range texts {
		texts[i] = s.bytes(9 + int32(i))
	}
	d.buf = d.quoted.appendTo(d.buf, &texts)
	d.checks = appendCheck(d.checks, d.buf[start:])
}

func (d *storedRows) end() { d.buf = append(d.buf, ']') }

// standing is where a device stands: what acts change of it.
type standing struct {
	upload, moved int64 // moved is 0 for none
	deleted       bool
	failed        bool // why is in the replay's reasons
	lost          bool // why it failed is known to nobody any more
	there         bool // the row is
	told          bool // a break of it is told already
}

func (d standing) append(buf []byte, reason string) []byte {
	var flags byte
	if d.deleted {
		flags |= 1
	}
	if d.failed {
		flags |= 2
	}
	buf = binary.BigEndian.AppendUint64(buf, uint64(d.upload))
	buf = binary.BigEndian.AppendUint64(buf, uint64(d.moved))
	buf = append(buf, flags)
	return append(binary.BigEndian.AppendUint32(buf, uint32(len(reason))), reason...)
}

// readStanding reads where the device of a row of storedDevices stands, and why it failed.
func readStanding(s *statement) (standing, string) {
	d := standing{upload: s.int(1), moved: s.int(2), deleted: s.int(3) != 0, failed: !s.isNull(4), there: true}
	return d, s.text(4)
}

// reasonsOf hashes why the devices failed that the act reported.
func reasonsOf(c *reader, activityID int64) ([]byte, error) {
	h := sha256.New()
	err := c.each("SELECT p.device_id, d.failure FROM placements p JOIN devices d ON d.id = p.device_id WHERE p.activity_id = ? ORDER BY 1",
		[]any{activityID},
		func(s *statement) error {
			writeNumbers(h, s.int(0))
			writeText(h, s.text(1))
			return nil
		})
	return h.Sum(nil), err
}

// sealAll makes a base: a link over all that is in the register, whoever wrote it. It is for a migration, whose act in is:
// the one that brings the chain, and any later one that changes what columns of sealed tables hold.
func sealAll(ctx context.Context, in engine.Act, now time.Time) error {
	tx := in.Tx()
	base := link{Base: true, At: millis(now)}
	if err := tx.Table("activity").Select("coalesce(max(id), 0)").Scan(&base.ActivityID).Error; err != nil {
		return err
	}
	var seals []seal
	var blocks []deviceSeal
	err := readingIn(ctx, in, func(c *reader) (err error) {
		columns, err := readSealedColumns(c)
		if err != nil {
			return err
		}
		for _, t := range sealedTables {
			err := t.eachGroup(c, columns, "", func(s seal) error {
				seals = append(seals, s)
				return nil
			})
			if err != nil {
				return err
			}
		}
		blocks, err = sealedBlocks(c)
		return err
	})
	if err != nil {
		return err
	}
	if err := tx.Exec("DELETE FROM device_seals").Error; err != nil {
		return err
	}
	for i := range blocks {
		if err := tx.Create(&blocks[i]).Error; err != nil {
			return err
		}
		seals = append(seals, blocks[i].seal())
	}
	return addLink(tx, base, seals)
}

// sealedBlocks seals all devices where they stand.
func sealedBlocks(c *reader) (blocks []deviceSeal, err error) {
	var rows storedRows
	var d deviceSeal
	var states, state []byte
	end := func() {
		if d.Devices == 0 {
			return
		}
		rows.end()
		sum, stateSum := sha256.Sum256(rows.buf), sha256.Sum256(states)
		d.Hash, d.Checks, d.StateHash = sum[:], append([]byte{}, rows.checks...), stateSum[:]
		blocks = append(blocks, d)
	}
	stored, err := storedDevices(c)
	if err != nil {
		return nil, err
	}
	err = c.each(stored, nil, func(s *statement) error {
		if id := s.int(0); d.Devices == 0 || id != d.end() || d.Devices == rowsPerStatement {
			end()
			d = deviceSeal{FirstID: id}
			states = states[:0]
			rows.reset()
		}
		rows.add(s)
		stands, reason := readStanding(s)
		state = stands.append(state[:0], reason)
		d.StateChecks = appendCheck(d.StateChecks, state)
		states = append(states, state...)
		d.Devices++
		return nil
	})
	end()
	return blocks, err
}
