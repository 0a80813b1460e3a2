package sqlite

import (
	"context"
	"errors"
	"io"
	"os"

	"gorm.io/gorm"

	"consign/data/disk"
	"consign/data/engine"
	"consign/model"
)

// companions are the endings of the files of SQLite that may hold what is not in the register's file yet.
var companions = [...]string{"-wal", "-journal"}

// OpenUntouched opens a register file for a look, and leaves no trace on it or beside it. One with nothing beside it is read as it is; one
// that a crash has left with a log is read from a private copy, because SQLite would put the log into it. It does not look for damage.
func OpenUntouched(ctx context.Context, path string) (*Database, error) {
	if err := looksLikeRegister(path); err != nil {
		return nil, err
	}
	from, how := path, "immutable=1"
	end := func() {}
	switch {
	case IsInUse(path): // SQLite has all its files beside it already
		how = "mode=ro"
	case hasCompanion(path):
		var err error
		if from, end, err = disk.PrivateCopy(path, companions[:]...); err != nil {
			return nil, err
		}
		how = "mode=rw"
	}
	d, err := openToLook(from, "_pragma=query_only(1)", "_pragma=mmap_size(0)", how)
	if err != nil {
		end()
		return nil, err
	}
	d.end = end
	if err := checkKind(d.read.WithContext(ctx)); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// OpenCopy opens a register file that nobody else has and that has nothing beside it.
func OpenCopy(path string) (*Database, error) {
	return openToLook(path, "immutable=1", "_pragma=query_only(1)", cache(pagesKept))
}

func openToLook(path string, params ...string) (*Database, error) {
	db, err := connect(path, nil, 1, params...)
	if err != nil {
		return nil, err
	}
	return &Database{path: path, read: db, look: true}, nil
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
	head := make([]byte, len(sqliteMagic))
	if _, err := io.ReadFull(file, head); err != nil || string(head) != sqliteMagic {
		return notRegister()
	}
	return nil
}

func notRegister() *model.Error {
	return model.Fail(model.NotRegister, "This file is not a register of Consign.")
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
	if len(pending) == len(Migrations) {
		return engine.Damaged(errors.New("no migration has run"))
	}
	return nil
}
