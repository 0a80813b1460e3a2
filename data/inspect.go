package data

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"gorm.io/gorm"

	"consign/data/disk"
	"consign/model"
)

// Contents is what a register file holds, for people to choose by.
type Contents struct {
	Path     string
	Size     int64 // bytes
	Modified time.Time
	Devices  int // living
	Uploads  int
	LastAct  model.Activity // with At, Event, Devices and PerformedBy; the zero value if nothing was done yet
	origin   string         // the same in all copies of one register: its first act; "" if there is none
}

// Look says what the register file at path holds, and changes nothing: not the file, not its mode, and nothing appears beside it. It
// reads little, and does not look for damage. Errors: NotFound, Unreadable, NotRegister for an empty and a foreign file, Newer, Damaged,
// each with its own sentence. Safe on any goroutine.
func Look(ctx context.Context, path string) (Contents, error) {
	f, err := openUntouched(path)
	if err != nil {
		return Contents{Path: path}, coded(err)
	}
	defer f.close()
	return f.contents(ctx)
}

// Inspect is Look with a check of all that the file holds (Safe.Check): some seconds for a million devices.
func Inspect(ctx context.Context, path string) (Contents, error) {
	f, err := openUntouched(path)
	if err != nil {
		return Contents{Path: path}, coded(err)
	}
	defer f.close()
	c, err := f.contents(ctx)
	if err == nil {
		err = asDamage(checkIfCurrent(f.db.WithContext(ctx)))
	}
	return c, err
}

// Contents is what the register holds now. Safe on any goroutine.
func (d Safe) Contents(ctx context.Context) (Contents, error) {
	c := Contents{Path: d.desk.path}
	c.stat()
	err := inOneState(ctx, d.desk.read, c.read)
	return c, coded(err)
}

// untouched is a register file that is read without a trace.
type untouched struct {
	path string
	db   *gorm.DB
	end  func()
}

func (f *untouched) close() {
	closePool(f.db)
	f.end()
}

// companions are the endings of the files of SQLite that may hold what is not in the register's file yet.
var companions = [...]string{"-wal", "-journal"}

// openUntouched opens a register file for reading. One with nothing beside it is read as it is; one that a crash has left with a log
// is read from a private copy, because SQLite would put the log into it.
func openUntouched(path string) (*untouched, error) {
	if err := looksLikeRegister(path); err != nil {
		return nil, err
	}
	f := &untouched{path: path, end: func() {}}
	from, how := path, "immutable=1"
	switch {
	case isInUse(path): // SQLite has all its files beside it already
		how = "mode=ro"
	case hasCompanion(path):
		var err error
		if from, f.end, err = disk.PrivateCopy(path, companions[:]...); err != nil {
			return nil, err
		}
		how = "mode=rw"
	}
	var err error
	if f.db, err = connect(from, nil, 1, "_pragma=query_only(1)", "_pragma=mmap_size(0)", how); err != nil {
		f.end()
		return nil, asDamage(err)
	}
	return f, nil
}

func hasCompanion(path string) bool {
	for _, suffix := range companions {
		if s, err := os.Stat(path + suffix); err == nil && s.Size() > 0 {
			return true
		}
	}
	return false
}

// looksLikeRegister refuses what is none by its kind and its first bytes.
func looksLikeRegister(path string) error {
	s, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !s.Mode().IsRegular() {
		return notRegister()
	}
	if s.Size() == 0 {
		if hasCompanion(path) {
			return nil
		}
		return model.Fail(model.NotRegister, "The file is empty: there is no register in it.")
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	const magic = "SQLite format 3\x00"
	head := make([]byte, len(magic))
	if _, err := io.ReadFull(file, head); err != nil || string(head) != magic {
		return notRegister()
	}
	return nil
}

func notRegister() *model.Error {
	return model.Fail(model.NotRegister, "This file is not a register of Consign.")
}

// contents reads what the file holds. The figures are those that acts keep, so that it takes no time.
func (f *untouched) contents(ctx context.Context) (Contents, error) {
	c := Contents{Path: f.path}
	c.stat()
	db := f.db.WithContext(ctx)
	if err := checkKind(db); err != nil {
		return c, asDamage(err)
	}
	return c, asDamage(c.read(db))
}

// checkKind refuses a database that is no register, and one of a newer Consign.
func checkKind(db *gorm.DB) error {
	var id int
	if err := db.Raw("PRAGMA application_id").Scan(&id).Error; err != nil {
		return err
	}
	if id != applicationID {
		return notRegister()
	}
	pending, err := pendingMigrations(db)
	if err != nil {
		return err
	}
	if len(pending) == len(migrationNames) {
		return damaged(errors.New("no migration has run"))
	}
	return nil
}

// checkIfCurrent checks all of a register whose schema is the present one, and the pages and references of an older one.
func checkIfCurrent(db *gorm.DB) error {
	pending, err := pendingMigrations(db)
	if err != nil {
		return err
	}
	if len(pending) == 0 {
		return checkAll(db)
	}
	if err := checkIntegrity(db); err != nil {
		return err
	}
	return checkReferences(db)
}

// stat reads the size and the time of the last change.
func (c *Contents) stat() {
	for _, suffix := range [...]string{"", "-wal"} {
		if s, err := os.Stat(c.Path + suffix); err == nil {
			c.Size += s.Size()
			if s.ModTime().After(c.Modified) {
				c.Modified = s.ModTime()
			}
		}
	}
}

// read reads the figures that acts keep.
func (c *Contents) read(db *gorm.DB) error {
	if err := db.Raw("SELECT coalesce(sum(devices), 0) - coalesce(sum(moved), 0), count(*) FROM uploads").Row().Scan(&c.Devices,
		&c.Uploads); err != nil {
		return err
	}
	var acts []struct {
		ID, At  int64
		Event   model.Event
		Portal  model.Portal
		Devices int
		By      string
	}
	err := db.Raw(`SELECT a.id, a.at, a.event, a.portal, a.devices, coalesce(p.company_name, '') AS "by" FROM activity a
		LEFT JOIN accounts p ON p.id = a.performed_by WHERE a.id IN ((SELECT min(id) FROM activity), (SELECT max(id) FROM activity)) ORDER BY a.id`).Scan(&acts).Error
	if err != nil || len(acts) == 0 {
		return err
	}
	last := acts[len(acts)-1]
	c.LastAct = model.Activity{ID: last.ID, At: time.UnixMilli(last.At), Event: last.Event, Portal: last.Portal, Devices: last.Devices,
		PerformedBy: last.By}
	c.origin = time.UnixMilli(acts[0].At).UTC().Format(time.RFC3339Nano)
	return nil
}

// asDamage takes an error of SQLite that nothing else explains, while a file is read that is a register by its kind, for damage.
func asDamage(err error) error {
	err = coded(err)
	if e, ok := err.(*model.Error); ok && e.Code == model.Internal {
		return damaged(e.Cause)
	}
	return err
}
