package data

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
	"gorm.io/gorm"

	"consign/data/disk"
	"consign/model"
)

// Backup writes a copy of the register to the file at to, replacing it. The copy is one state of the register while acts go on; it is
// checked, page by page, row by row and counter by counter, before it gets its name, so that it is there sound or what was there stays.
// Errors: Refused for a register that Consign works with and its files, by whatever link; Damaged when the register is;
// Unwritable, DiskFull, InUse, Cancelled. Safe on any goroutine.
func (d Safe) Backup(ctx context.Context, to string) error {
	if err := refuseTarget(d.desk.path, to); err != nil {
		return err
	}
	return d.desk.backUp(ctx, to, checkIfCurrent)
}

// soundness is a check of a register: nil if it finds nothing wrong.
type soundness func(*gorm.DB) error

// backUp copies the register to the file at to, if the copy passes the check. It reads as the register is read: on a disk that cannot be
// written SQLite would find no place for its own files.
func (r *Register) backUp(ctx context.Context, to string, check soundness) error {
	how := r.readAs
	if how == nil { // it is being opened
		how = forReading
	}
	db, err := connect(r.path, nil, 1, how...)
	if err != nil {
		return coded(err)
	}
	defer closePool(db)
	p, err := copySound(ctx, db, to, check)
	if err == nil {
		defer p.Close()
		err = p.Commit()
	}
	if model.CodeOf(err) == model.Damaged {
		return model.Fail(model.Damaged, "The register is damaged: it was not backed up, and the backup that was there stays.").Because(err)
	}
	return unwritten(to, err)
}

// unwritten is disk.Unwritable but for an error of the database. nil stays nil.
func unwritten(path string, err error) error {
	if err == nil {
		return nil
	}
	if resultCode(err) != 0 || errors.Is(err, context.Canceled) {
		return coded(err)
	}
	if disk.TroubleOf(err) == disk.Missing {
		return model.Fail(model.NotFound, "The folder for {{.Name}} does not exist.", "Name", filepath.Base(path)).Because(err)
	}
	return disk.Unwritable(path, err)
}

// copySound copies the register that db reads, in one state, beside the file at to, and checks the copy. Close or Commit it.
func copySound(ctx context.Context, db *gorm.DB, to string, check soundness) (*disk.Pending, error) {
	p, err := disk.Begin(to, disk.Private)
	if err != nil {
		return nil, err
	}
	var rows map[string]int64
	err = inOneState(ctx, db, func(tx *gorm.DB) error {
		if rows, err = countRows(tx); err != nil {
			return err
		}
		return copyPages(tx, p)
	})
	if err == nil {
		err = p.Finish()
	}
	if err == nil {
		err = checkCopy(ctx, p.Name(), rows, check)
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// copyPages writes every page of the register. It copies pages and not rows, so that damage is found in the copy and not mended there.
func copyPages(tx *gorm.DB, to *disk.Pending) error {
	rows, err := tx.Raw("SELECT pgno, data FROM sqlite_dbpage ORDER BY pgno").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	w := bufio.NewWriterSize(to, 1<<20)
	for n := int64(1); rows.Next(); n++ {
		var number int64
		var page []byte
		if err := rows.Scan(&number, &page); err != nil {
			return err
		}
		if number != n {
			return damaged(fmt.Errorf("page %d is missing", n))
		}
		if n == 1 && len(page) > 19 {
			page[18], page[19] = 1, 1 // a file of its own, that needs no write-ahead log (sqlite.org/fileformat2.html)
		}
		if _, err := w.Write(page); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return w.Flush()
}

// checkCopy is nil if the copy at path passes the check and has the rows.
func checkCopy(ctx context.Context, path string, rows map[string]int64, check soundness) error {
	db, err := connect(path, nil, 1, "immutable=1", "_pragma=query_only(1)", fmt.Sprintf("_pragma=cache_size(%d)", -pagesKept))
	if err != nil {
		return asDamage(err)
	}
	defer closePool(db)
	db = db.WithContext(ctx)
	if err := check(db); err != nil {
		return asDamage(err)
	}
	copied, err := countRows(db)
	if err != nil {
		return asDamage(err)
	}
	if !maps.Equal(rows, copied) {
		return damaged(fmt.Errorf("rows %v, in the copy %v", rows, copied))
	}
	return nil
}

// files are the endings of what belongs to a register, beside its own file.
var files = [...]string{"", "-wal", "-shm", "-journal", ".lock", restoring, restored}

// refuseTarget refuses to back the register at path up onto a file that Consign works with or has kept.
func refuseTarget(path, to string) error {
	for _, suffix := range files {
		if disk.Same(to, path+suffix) {
			return model.Fail(model.Refused, "This is the register itself. Choose another name for the backup.")
		}
	}
	real := disk.Real(to)
	if s, err := os.Stat(real); err == nil && !s.Mode().IsRegular() {
		return model.Fail(model.Unwritable, "{{.Name}} could not be written: it is no file.", "Name", filepath.Base(to))
	}
	for _, suffix := range files {
		if of, ok := strings.CutSuffix(real, suffix); ok && isWorkedWith(of) {
			return model.Fail(model.Refused, "Consign works with this register. Choose another name for the backup.")
		}
	}
	for _, kept := range Kept(path) {
		if disk.Same(to, kept) {
			return model.Fail(model.Refused, "This is a register that was kept. Choose another name for the backup.")
		}
	}
	return nil
}

// isWorkedWith reports whether a Consign has opened the register at path: it leaves the file by which a second one is kept out.
func isWorkedWith(path string) bool {
	return disk.Exists(path+".lock") && looksLikeRegister(path) == nil
}

// isInUse reports whether a Consign has the register at path open.
func isInUse(path string) bool {
	if !disk.Exists(path + ".lock") {
		return false
	}
	lock := flock.New(path+".lock", flock.SetFlag(os.O_RDWR))
	free, err := lock.TryLock()
	if free {
		_ = lock.Unlock()
	}
	return err == nil && !free
}
