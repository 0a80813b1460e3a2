package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/sirupsen/logrus"
	"gorm.io/gorm"

	"consign/data/disk"
	"consign/data/engine"
	"consign/model"
)

// Options of Open. The zero value is fine but for Log.
type Options struct {
	Log       *logrus.Logger
	MustExist bool   // a missing file is NotFound instead of a new register
	Person    string // who opens it, for those who find it in use
	// Waiting hears once, on the goroutine that opens, that another program holds the file: Open then waits until it is free or its context is
	// done. Nil: it does not wait.
	Waiting func(*model.Error)
	// BeforeMigration is called before a register gets another schema, which its error prevents.
	BeforeMigration func(engine.Engine) error
}

// Open opens the register file at path, makes it if it is missing, and brings its schema up to date, in steps of which none changes
// anything before the file is known to be a register. One that cannot be written is opened for reading. unclean: it was not closed.
func Open(ctx context.Context, path string, o Options) (d *Database, unclean bool, err error) {
	unclean = hasLog(path) // the look at the lock takes a log away that nobody has open
	d = &Database{path: path, log: o.Log}
	kind, err := d.whenFree(ctx, o)
	if err != nil {
		return nil, false, err
	}
	switch {
	case o.MustExist && kind == nothing:
		return nil, false, model.Fail(model.NotFound, "The file does not exist.").Because(fs.ErrNotExist)
	case o.MustExist && kind == blank:
		return nil, false, model.Fail(model.NotRegister, "This file is empty: it is not a register of Consign.")
	}
	err = d.openToWrite(ctx, o)
	if err != nil && kind == register && cannotWrite(err) {
		err = d.openToRead(ctx, err)
	}
	if err != nil {
		d.Close()
		return nil, false, err
	}
	return d, unclean, nil
}

// hasLog tells whether a write-ahead log with something in it lies beside the register: the last one who closes it removes the log.
func hasLog(path string) bool {
	info, err := os.Stat(path + "-wal")
	return err == nil && info.Size() > 0
}

const (
	// lockPatience is how long a look at the lock of another program takes, in milliseconds.
	lockPatience = 200
	// lockPause is the time between two looks.
	lockPause = 300 * time.Millisecond
)

// whenFree tells what stands at the register's path. While another program holds it, it tells so once and waits until the context is done;
// when nobody listens it does not wait.
func (d *Database) whenFree(ctx context.Context, o Options) (fileKind, error) {
	for told := false; ; told = true {
		kind, err := kindOfFile(d.path)
		if err == nil && kind == register && o.Waiting != nil {
			err = probeLock(ctx, d.path)
		}
		switch {
		case !isHeld(err):
			return kind, err
		case o.Waiting == nil:
			return kind, model.Fail(model.InUse, "The register is busy: another program works on it.").Because(err)
		case !told:
			o.Waiting(model.Fail(model.InUse, "Another program holds the register. Consign opens it as soon as it is free.").Because(err))
		}
		select {
		case <-ctx.Done():
			return kind, ctx.Err()
		case <-time.After(lockPause):
		}
	}
}

// probeLock returns the error of another program's lock, nil if there is none: what else may be wrong is not its question.
func probeLock(ctx context.Context, path string) error {
	db, err := connect(path, nil, 1, fmt.Sprintf("_pragma=busy_timeout(%d)", lockPatience), "_txlock=immediate", "_pragma=cell_size_check(1)")
	if err == nil {
		defer engine.ClosePool(db)
		err = db.WithContext(ctx).Transaction(func(*gorm.DB) error { return nil })
	}
	if isHeld(err) {
		return err
	}
	return nil
}

// isHeld tells whether another program keeps the file to itself: SQLite's lock, or that of Windows for a file that is open there.
func isHeld(err error) bool {
	return engine.TroubleOf(err) == engine.Busy || disk.TroubleOf(err) == disk.Held
}

// openToWrite opens the file for acts and for reading, makes it if it is missing, and brings its schema up to date.
func (d *Database) openToWrite(ctx context.Context, o Options) (err error) {
	if d.unlock, err = lockFor(d.path, o.Person); err != nil {
		return err
	}
	file, err := os.OpenFile(d.path, os.O_RDWR|os.O_CREATE, 0o600) // SQLite gives -wal and -shm the mode of the file
	if err != nil {
		return err
	}
	if err := file.Chmod(0o600); err != nil {
		d.log.WithError(err).Warn("the register's mode stays") // a share may know no modes, or the file be another's
	}
	if err := file.Close(); err != nil {
		return err
	}
	if d.write, err = connect(d.path, d.log, 1, forActs...); err != nil {
		return err
	}
	if err := d.bringUpToDate(ctx, o); err != nil {
		return err
	}
	if d.house, err = newCheckpoints(d.path, d.log); err != nil {
		return err
	}
	d.readAs = forReading
	d.read, err = d.connectToRead(readers, readerCache)
	return err
}

// connectToRead opens a pool of connections that cannot write, each of which keeps so many KB of pages.
func (d *Database) connectToRead(conns, kb int) (*gorm.DB, error) {
	return connect(d.path, d.log, conns, append(slices.Clone(d.readAs), cache(kb))...)
}

// bringUpToDate runs the migrations that are missing.
func (d *Database) bringUpToDate(ctx context.Context, o Options) error {
	tables, err := hasMigrations(d.write.WithContext(ctx))
	if err != nil {
		return err
	}
	if upToDate, err := hasAllMigrations(d.write.WithContext(ctx)); err != nil || upToDate {
		return err
	}
	if tables && o.BeforeMigration != nil {
		if err := o.BeforeMigration(d); err != nil {
			return err
		}
	}
	// GORM's migrator for SQLite does not look at the error of what it asks first, and dies of it: another program may have locked the
	// file in between.
	return engine.Guard(func() error { return migrate(d.write.WithContext(ctx)) })
}

// hasAllMigrations tells whether the schema is that of this program; Newer if it is a later one.
func hasAllMigrations(db *gorm.DB) (bool, error) {
	if has, err := hasMigrations(db); err != nil || !has {
		return false, err
	}
	missing, err := pendingMigrations(db)
	return err == nil && len(missing) == 0, err
}

// hasMigrations tells whether a migration has run: a new file has had none.
func hasMigrations(db *gorm.DB) (has bool, err error) {
	return has, db.Raw("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'").Scan(&has).Error
}

// cannotWrite tells whether the file may be a good register that only cannot be written.
func cannotWrite(err error) bool {
	switch engine.TroubleOf(err) {
	case engine.ReadOnly, engine.Full, engine.Shut, engine.Broken:
		return true
	}
	trouble := disk.TroubleOf(err)
	return trouble == disk.Full || trouble == disk.ReadOnly || trouble == disk.Denied
}

// openToRead opens a register that cannot be written for the reason, for reading alone.
func (d *Database) openToRead(ctx context.Context, reason error) error {
	if err := errors.Join(d.house.close(), engine.ClosePool(d.write), engine.ClosePool(d.read)); err != nil {
		d.log.WithError(err).Warn("closed what cannot be written")
	}
	d.house, d.write = nil, nil
	open := func() (upToDate bool, err error) {
		if d.read, err = d.connectToRead(readers, readerCache); err != nil {
			return false, err
		}
		return hasAllMigrations(d.read.WithContext(ctx))
	}
	d.readAs = forReading
	upToDate, err := open()
	if err != nil && cannotWrite(err) && !hasLog(d.path) {
		// SQLite reads beside a log, for which it has to make a file. Where nobody can write it may take the file as it stands.
		engine.ClosePool(d.read)
		d.readAs = append(slices.Clone(forReading), "immutable=1")
		upToDate, err = open()
	}
	if err != nil {
		return errors.Join(reason, err)
	}
	if !upToDate {
		return model.Fail(model.Unwritable,
			"This register is of an older Consign and must be brought up to date, but it cannot be written.").Because(reason)
	}
	d.readOnly = whyReadOnly(d.path, reason)
	d.log.WithError(reason).Warn("register opened for reading alone")
	return nil
}

// whyReadOnly says why a register can only be read.
func whyReadOnly(path string, cause error) error {
	switch trouble := disk.TroubleOf(cause); {
	case trouble == disk.Full, engine.TroubleOf(cause) == engine.Full, hasNoRoom(path):
		return model.Fail(model.DiskFull, "The register can only be read: the disk is full. Make room, then open it again.").Because(cause)
	case trouble == disk.ReadOnly:
		return model.Fail(model.Unwritable, "The register can only be read: its disk is read-only.").Because(cause)
	}
	if file, err := os.OpenFile(path, os.O_RDWR, 0); err != nil {
		return model.Fail(model.Unwritable, "The register can only be read: its file is read-only.").Because(cause)
	} else {
		file.Close()
	}
	return model.Fail(model.Unwritable, "The register can only be read: its folder is read-only.").Because(cause)
}

// hasNoRoom tells whether a small file beside the register finds no room: SQLite then only says that reading or writing failed.
func hasNoRoom(path string) bool {
	const room = 64 << 10
	file, err := disk.Begin(path, disk.Private)
	if err != nil {
		return disk.TroubleOf(err) == disk.Full
	}
	defer file.Close()
	_, err = file.Write(make([]byte, room))
	return disk.TroubleOf(err) == disk.Full
}
