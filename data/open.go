package data

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"time"

	"github.com/gofrs/flock"
	"gorm.io/gorm"

	"consign/data/disk"
	"consign/model"
)

// open opens the register in steps, of which none changes anything before the file is known to be one.
func (r *Register) open(ctx context.Context, o Options) error {
	unclean := hasLog(r.path) // the look at the lock takes a log away that nobody has open
	kind, err := r.whenFree(ctx, o)
	if err != nil {
		return err
	}
	switch {
	case o.MustExist && kind == nothing:
		return model.Fail(model.NotFound, "The file does not exist.").Because(fs.ErrNotExist)
	case o.MustExist && kind == blank:
		return model.Fail(model.NotRegister, "This file is empty: it is not a register of Consign.")
	}
	err = r.openToWrite(ctx)
	if err != nil && kind == register && cannotWrite(err) {
		err = r.openToRead(ctx, err)
	}
	if err != nil {
		return err
	}
	if unclean || o.EvenDamaged { // the program or the machine ended in the midst of something, or it is known to be damaged
		if err := r.quickCheck(ctx); err != nil && !(o.EvenDamaged && r.Damage() != nil) {
			return err
		}
	}
	r.readAhead = inBackground(r.log, func(ctx context.Context) { r.identifiers.grow(ctx, r) })
	return nil
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
func (r *Register) whenFree(ctx context.Context, o Options) (fileKind, error) {
	for told := false; ; told = true {
		kind, err := kindOfFile(r.path)
		if err == nil && kind == register && o.Waiting != nil {
			err = probeLock(ctx, r.path)
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
		defer closePool(db)
		err = db.WithContext(ctx).Transaction(func(*gorm.DB) error { return nil })
	}
	if isHeld(err) {
		return err
	}
	return nil
}

// isHeld tells whether another program keeps the file to itself: SQLite's lock, or that of Windows for a file that is open there.
func isHeld(err error) bool {
	code := resultCode(err)
	return code == sqliteBusy || code == sqliteLocked || disk.TroubleOf(err) == disk.Held
}

// openToWrite opens the file for acts and for reading, makes it if it is missing, and brings its schema up to date.
func (r *Register) openToWrite(ctx context.Context) error {
	if err := r.takeLock(); err != nil {
		return err
	}
	file, err := os.OpenFile(r.path, os.O_RDWR|os.O_CREATE, 0o600) // SQLite gives -wal and -shm the mode of the file
	if err != nil {
		return err
	}
	if err := file.Chmod(0o600); err != nil {
		r.log.WithError(err).Warn("the register's mode stays") // a share may know no modes, or the file be another's
	}
	if err := file.Close(); err != nil {
		return err
	}
	if r.write, err = connect(r.path, r.log, 1, append(slices.Clone(sound),
		"_txlock=immediate", "_pragma=journal_mode(WAL)", "_pragma=synchronous(FULL)", "_pragma=foreign_keys(1)",
		fmt.Sprintf("_pragma=cache_size(%d)", -pagesKept), "_pragma=journal_size_limit(67108864)", "_pragma=wal_autocheckpoint(0)")...); err != nil {
		return err
	}
	if err := r.bringUpToDate(ctx); err != nil {
		return err
	}
	if r.check, err = newCheckpoints(r.path, r.log); err != nil {
		return err
	}
	r.readAs = forReading
	r.read, err = r.connectToRead(readers, readerCache)
	return err
}

// sound has SQLite look whether the cells of a page lie where they may before it reads them, and trust no schema with what it calls.
var sound = []string{"_pragma=cell_size_check(1)", "_pragma=trusted_schema(0)"}

var forReading = append(slices.Clone(sound), "mode=ro", "_pragma=query_only(1)")

// connectToRead opens a pool of connections that cannot write, each of which keeps so many KB of pages.
func (r *Register) connectToRead(conns, cache int) (*gorm.DB, error) {
	return connect(r.path, r.log, conns, append(slices.Clone(r.readAs), fmt.Sprintf("_pragma=cache_size(%d)", -cache))...)
}

// bringUpToDate runs the migrations that are missing.
func (r *Register) bringUpToDate(ctx context.Context) error {
	upToDate, err := hasAllMigrations(r.write.WithContext(ctx))
	if err != nil || upToDate {
		return err
	}
	if err := r.backUpBeforeMigration(); err != nil {
		return err
	}
	// GORM's migrator for SQLite does not look at the error of what it asks first, and dies of it: another program may have locked the
	// file in between.
	return guard(func() error { return migrate(r.write.WithContext(ctx)) })
}

// hasAllMigrations tells whether the schema is that of this program; Newer if it is a later one.
func hasAllMigrations(db *gorm.DB) (bool, error) {
	var tables int
	if err := db.Raw("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'migrations'").Scan(&tables).Error; err != nil ||
		tables == 0 {
		return false, err
	}
	missing, err := pendingMigrations(db)
	return err == nil && len(missing) == 0, err
}

// takeLock makes sure that no other Consign has the register open.
func (r *Register) takeLock() error {
	lock := flock.New(r.path+".lock", flock.SetPermissions(0o600))
	switch free, err := lock.TryLock(); {
	case err != nil:
		return err
	case !free:
		return model.Fail(model.InUse, "The register is open in another Consign.")
	}
	r.lock = lock
	return nil
}

// cannotWrite tells whether the file may be a good register that only cannot be written.
func cannotWrite(err error) bool {
	switch resultCode(err) {
	case sqliteReadOnly, sqliteFull, sqliteCantOpen, sqliteIOErr:
		return true
	}
	trouble := disk.TroubleOf(err)
	return trouble == disk.Full || trouble == disk.ReadOnly || trouble == disk.Denied
}

// openToRead opens a register that cannot be written for the reason, for reading alone.
func (r *Register) openToRead(ctx context.Context, reason error) error {
	if err := errors.Join(r.check.close(), closePool(r.write), closePool(r.read)); err != nil {
		r.log.WithError(err).Warn("closed what cannot be written")
	}
	r.check, r.write = nil, nil
	open := func() (upToDate bool, err error) {
		if r.read, err = r.connectToRead(readers, readerCache); err != nil {
			return false, err
		}
		return hasAllMigrations(r.read.WithContext(ctx))
	}
	r.readAs = forReading
	upToDate, err := open()
	if err != nil && cannotWrite(err) && !hasLog(r.path) {
		// SQLite reads beside a log, for which it has to make a file. Where nobody can write it may take the file as it stands.
		closePool(r.read)
		r.readAs = append(slices.Clone(forReading), "immutable=1")
		upToDate, err = open()
	}
	if err != nil {
		return errors.Join(reason, err)
	}
	if !upToDate {
		return model.Fail(model.Unwritable, "This register is of an older Consign and must be brought up to date, but it cannot be written.").Because(reason)
	}
	r.readOnly = whyReadOnly(r.path, reason)
	r.log.WithError(reason).Warn("register opened for reading alone")
	return nil
}

// whyReadOnly says why a register can only be read.
func whyReadOnly(path string, cause error) error {
	switch trouble := disk.TroubleOf(cause); {
	case trouble == disk.Full, resultCode(cause) == sqliteFull, hasNoRoom(path):
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

// ReadOnly is nil if acts are possible, else the reason why the register can only be read: Unwritable or DiskFull; acts are refused
// with it. It stays until the register is opened again. Safe on any goroutine.
func (r *Register) ReadOnly() error { return r.readOnly }

// mayWrite is nil if acts are possible, else why not.
func (r *Register) mayWrite() error {
	if r.readOnly != nil {
		return r.readOnly
	}
	return r.Damage()
}
