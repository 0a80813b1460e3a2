package sqlite

import (
	"os"

	"github.com/gofrs/flock"

	"consign/data/disk"
	"consign/data/engine"
	"consign/model"
)

// lockEnding is the ending of the file by which a Consign keeps others out.
const lockEnding = ".lock"

// Lock keeps every Consign from opening the register file at path until unlock is called. Error: InUse.
func Lock(path string) (unlock func() error, err error) {
	lock, err := lockOf(path)
	if err != nil {
		return nil, err
	}
	return lock.Unlock, nil
}

func lockOf(path string) (*flock.Flock, error) {
	lock := flock.New(path+lockEnding, flock.SetPermissions(0o600))
	switch free, err := lock.TryLock(); {
	case err != nil:
		return nil, err
	case !free:
		return nil, model.Fail(model.InUse, "The register is open in another Consign.")
	}
	return lock, nil
}

// IsWorkedWith reports whether a Consign has opened the register at path: it leaves the file by which a second one is kept out.
func IsWorkedWith(path string) bool {
	return disk.Exists(path+lockEnding) && looksLikeRegister(path) == nil
}

// IsInUse reports whether a Consign has the register at path open.
func IsInUse(path string) bool {
	if !disk.Exists(path + lockEnding) {
		return false
	}
	lock := flock.New(path+lockEnding, flock.SetFlag(os.O_RDWR))
	free, err := lock.TryLock()
	if free {
		_ = lock.Unlock()
	}
	return err == nil && !free
}

// FoldLog puts the log of a register into its file, so that one file is the whole of it. A damaged one keeps its log.
func FoldLog(path string) {
	if !hasCompanion(path) {
		return
	}
	db, err := connect(path, nil, 1, "mode=rw")
	if err != nil {
		return
	}
	defer engine.ClosePool(db)
	var id int
	if db.Raw("PRAGMA application_id").Scan(&id); id == applicationID {
		db.Exec("PRAGMA wal_checkpoint(TRUNCATE)")
	}
}
