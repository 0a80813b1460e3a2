package data

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"slices"
	"strings"

	"gorm.io/gorm"

	"consign/data/engine"
)

// The chain makes a change of the register that is no act show (docs/register.md, "The chain"). Every act closes with a link: the
// hash over the seals of all that the act wrote, and over the head, which is made of the link before. What an act writes into
// small tables is noticed by triggers that live in the program's connection only, so that no act need say it.

// sealedTable is a table whose rows are sealed, those with the same key together.
type sealedTable struct {
	name, key, order string // order within the key
	own              bool   // an act writes rows of its own only, whose key is the act: no trigger needs to notice them
}

// sealedTables are all tables but devices, which have seals of their own (chain_devices.go), upload_models, which follow from the
// devices, and those of no act: settings, migrations and the chain itself.
var sealedTables = []sealedTable{
	{name: "accounts", key: "id", order: "id"},
	{name: "customers", key: "id", order: "id"},
	{name: "registrations", key: "id", order: "id"},
	{name: "managements", key: "id", order: "id"},
	{name: "customer_services", key: "customer_id", order: "service"},
	{name: "preferences", key: "customer_id", order: "reseller_id, service"},
	{name: "activity", key: "id", order: "id"},
	{name: "uploads", key: "id", order: "id"},
	{name: "approvals", key: "upload_id", order: "service"},
	{name: "upload_failures", key: "upload_id", order: "id"},
	{name: "activity_subjects", key: "activity_id", order: "subject, subject_id", own: true},
	{name: "deletions", key: "activity_id", order: "block", own: true},
	{name: "placements", key: "activity_id", order: "device_id", own: true},
	{name: "exchanges", key: "activity_id", order: "old_id", own: true},
}

// Two kinds of seals that are not of a table's rows as they are.
const (
	sealOfDevices = "devices" // key: the first id of a block in device_seals
	sealOfReasons = "reasons" // key: the act that reported failures: why each of its devices failed
)

// seal is the hash over the rows of a kind with a key.
type seal struct {
	LinkID int64
	Kind   string
	Key    int64
	Hash   []byte // nil: there is none any more
}

// link closes an act.
type link struct {
	ID, ActivityID int64
	Base           bool
	At             int64
	Hash           []byte
}

// chainHead is the one row of the table chain_head.
type chainHead struct {
	ID     int64
	LinkID int64
	Hash   []byte
}

// TableName implements gorm's schema.Tabler: there is but one head.
func (chainHead) TableName() string { return "chain_head" }

// openLink has the act's changes noticed from now on.
func (r *Register) openLink(a *act) error {
	if r.sealed == nil { // acts wait for each other
		if err := a.raw(func(c *reader) (err error) { r.sealed, err = readSealedColumns(c); return err }); err != nil {
			return err
		}
	}
	a.columns = r.sealed
	var noted []engine.Table
	for _, t := range sealedTables {
		if !t.own {
			noted = append(noted, engine.Table{Name: t.name, Key: t.key})
		}
	}
	return a.in.Note(noted)
}

// closeLink seals what the act wrote and makes it the latest link.
func (a *act) closeLink() error {
	seals := a.deviceSeals
	err := a.raw(func(c *reader) error {
		written, err := a.writtenSeals(c)
		seals = append(seals, written...)
		return err
	})
	if err != nil {
		return err
	}
	return addLink(a.tx, link{ActivityID: a.id, At: millis(a.at)}, seals)
}

// writtenSeals are the seals of what the act wrote but for devices.
func (a *act) writtenSeals(c *reader) ([]seal, error) {
	keys := map[string][]int64{}
	err := c.each("SELECT kind, key FROM touched ORDER BY kind, key", nil, func(s *statement) error {
		kind := s.text(0)
		keys[kind] = append(keys[kind], s.int(1))
		return nil
	})
	if err != nil {
		return nil, err
	}
	var seals []seal
	for _, t := range sealedTables {
		if t.own {
			keys[t.name] = []int64{a.id}
		}
		if len(keys[t.name]) == 0 {
			continue
		}
		found := map[int64]bool{}
		err := t.eachGroup(c, a.columns, idList(keys[t.name]), func(s seal) error {
			found[s.Key] = true
			seals = append(seals, s)
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, key := range keys[t.name] {
			if !found[key] && !t.own {
				seals = append(seals, seal{Kind: t.name, Key: key})
			}
		}
	}
	if reports(a.event) {
		reasons, err := reasonsOf(c, a.id)
		if err != nil {
			return nil, err
		}
		seals = append(seals, seal{Kind: sealOfReasons, Key: a.id, Hash: reasons})
	}
	return seals, nil
}

// addLink writes the link with its seals after the latest one.
func addLink(tx *gorm.DB, l link, seals []seal) error {
	var heads []chainHead
	if err := tx.Limit(1).Find(&heads).Error; err != nil {
		return err
	}
	before := chainHead{ID: 1}
	if len(heads) > 0 {
		before = heads[0]
	}
	l.ID = before.LinkID + 1
	slices.SortFunc(seals, compareSeals)
	for i := range seals {
		seals[i].LinkID = l.ID
	}
	l.Hash = linkHash(before.Hash, l, slices.Values(seals))
	if err := tx.Create(&l).Error; err != nil {
		return err
	}
	if len(seals) > 0 {
		if err := tx.CreateInBatches(seals, sealsPerStatement).Error; err != nil {
			return err
		}
	}
	return tx.Save(&chainHead{ID: 1, LinkID: l.ID, Hash: headHash(l.Hash)}).Error
}

// sealsPerStatement is how many seals one statement writes.
const sealsPerStatement = 200

func compareSeals(x, y seal) int {
	if c := strings.Compare(x.Kind, y.Kind); c != 0 {
		return c
	}
	return int(min(max(x.Key-y.Key, -1), 1))
}

// linkHash is the hash of a link after the head, over its seals in the order of kind and key.
func linkHash(head []byte, l link, seals func(yield func(seal) bool)) []byte {
	h := sha256.New()
	h.Write(head)
	base := int64(0)
	if l.Base {
		base = 1
	}
	writeNumbers(h, l.ID, l.ActivityID, base, l.At)
	for s := range seals {
		writeText(h, s.Kind)
		writeNumbers(h, s.Key, int64(len(s.Hash)))
		h.Write(s.Hash)
	}
	return h.Sum(nil)
}

// headHash is what the head keeps of the latest link. It is in no link, so that taking off the latest links leaves a head that
// cannot be made from what the file holds.
func headHash(link []byte) []byte {
	sum := sha256.Sum256(append([]byte("consign head"), link...))
	return sum[:]
}

func writeNumbers(h hash.Hash, numbers ...int64) {
	var buf [8]byte
	for _, n := range numbers {
		binary.BigEndian.PutUint64(buf[:], uint64(n))
		h.Write(buf[:])
	}
}

func writeText(h hash.Hash, text string) {
	writeNumbers(h, int64(len(text)))
	h.Write([]byte(text))
}

// raw lends f the act's own connection, inside its transaction, for reading.
func (a *act) raw(f func(*reader) error) error { return readingIn(a.tx.Statement.Context, a.in, f) }

// readingIn lends f the connection of an act that a migration or the register does.
func readingIn(ctx context.Context, in engine.Act, f func(*reader) error) error {
	return in.Reading(func(c engine.Reader) error { return f(&reader{Reader: c, ctx: ctx}) })
}
