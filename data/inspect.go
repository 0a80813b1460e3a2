package data

import (
	"context"
	"os"
	"time"

	"gorm.io/gorm"

	"consign/data/engine"
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
	c, e, err := look(ctx, path)
	if err == nil {
		err = asDamage(e.Close())
	}
	return c, err
}

// Inspect is Look with a check of all that the file holds (Safe.Check): some seconds for a million devices.
func Inspect(ctx context.Context, path string) (Contents, error) {
	c, e, err := look(ctx, path)
	if err != nil {
		return c, err
	}
	defer e.Close()
	return c, asDamage(soundness(ctx, e, engine.Whole))
}

// look opens a register file without a trace and reads what it holds. The figures are those that acts keep, so that it takes no time.
func look(ctx context.Context, path string) (Contents, engine.Engine, error) {
	c := Contents{Path: path}
	e, err := lookInto(ctx, path)
	if err != nil {
		return c, nil, asDamage(err)
	}
	c.stat()
	if err := c.read(e.Read().WithContext(ctx)); err != nil {
		e.Close()
		return c, nil, asDamage(err)
	}
	return c, e, nil
}

// Contents is what the register holds now. Safe on any goroutine.
func (d Safe) Contents(ctx context.Context) (Contents, error) {
	c := Contents{Path: d.desk.path}
	c.stat()
	err := d.desk.read.WithContext(ctx).Transaction(c.read)
	return c, coded(err)
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
	figures := db.Table("uploads").Select("coalesce(sum(devices), 0) - coalesce(sum(moved), 0), count(*)")
	if err := figures.Row().Scan(&c.Devices, &c.Uploads); err != nil {
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
		LEFT JOIN accounts p ON p.id = a.performed_by
		WHERE a.id IN ((SELECT min(id) FROM activity), (SELECT max(id) FROM activity)) ORDER BY a.id`).Scan(&acts).Error
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
