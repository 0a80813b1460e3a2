package data

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"consign/model"
)

// Backup writes a sound copy of the register to the file at to, replacing it. The copy is made beside it and renamed, so that
// it is there whole or not at all; acts go on meanwhile. Errors: Unwritable, DiskFull, Cancelled.
func (d Safe) Backup(ctx context.Context, to string) error {
	copied, err := copyBeside(ctx, d.desk.path, to)
	if err != nil {
		return err
	}
	return coded(errors.Join(os.Rename(copied, to), syncFolder(to)))
}

// copyBeside copies the register at from into a new file in the folder of to, and returns its path.
func copyBeside(ctx context.Context, from, to string) (path string, err error) {
	file, err := os.CreateTemp(filepath.Dir(to), ".consign-*") // mode 0600; SQLite fills an empty file
	if err != nil {
		return "", coded(err)
	}
	path = file.Name()
	defer func() {
		if err = coded(errors.Join(err, file.Sync(), file.Close())); err != nil {
			os.Remove(path)
		}
	}()
	db, err := connect(from, nil, 1, "mode=ro")
	if err != nil {
		return path, err
	}
	defer closePool(db)
	return path, db.WithContext(ctx).Exec("VACUUM INTO ?", path).Error
}

// syncFolder makes a renaming in the folder of path last. Not every system can: that is no error.
func syncFolder(path string) error {
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	folder.Sync()
	return folder.Close()
}

// Restore puts the backup at from in the place of the register at to, which must not be open; what was there is kept beside
// it with the ending .before-restore. Errors: NotFound, NotRegister, Damaged and Newer for from, InUse for to, Unwritable, DiskFull.
func Restore(ctx context.Context, from, to string) error {
	if _, err := os.Stat(from); err != nil {
		return coded(err)
	}
	if err := checkIsRegister(from); err != nil {
		return coded(err)
	}
	copied, err := copyBeside(ctx, from, to)
	if err != nil {
		return err
	}
	if err := errors.Join(checkSound(ctx, copied), setAside(to)); err != nil {
		os.Remove(copied)
		return coded(err)
	}
	return coded(errors.Join(os.Rename(copied, to), syncFolder(to)))
}

// checkSound opens the copy of a register as Consign would, and has SQLite check every page of it.
func checkSound(ctx context.Context, path string) error {
	r, err := Open(path, Options{MustExist: true})
	if err != nil {
		return err
	}
	defer os.Remove(path + ".lock")
	defer r.Close()
	var answer string
	if err := r.read.WithContext(ctx).Raw("PRAGMA integrity_check(1)").Scan(&answer).Error; err != nil {
		return err
	}
	if answer != "ok" {
		return model.Fail(model.Damaged, "The backup is damaged.").Because(errors.New(answer))
	}
	return nil
}

// setAside keeps the register at path under the ending .before-restore.
func setAside(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	r, err := Open(path, Options{MustExist: true})
	if model.CodeOf(err) == model.InUse {
		return err
	}
	if err == nil { // closing it puts the write-ahead log into the file
		if err := r.Close(); err != nil {
			return err
		}
	}
	kept := path + ".before-restore"
	if err := os.Remove(kept); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(path, kept); err != nil {
		return err
	}
	for _, suffix := range [...]string{"-wal", "-shm"} { // left by a damaged one: they must not meet the new file
		if err := os.Rename(path+suffix, kept+suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
