package data

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"consign/data/disk"
	"consign/data/engine"
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
	return backUp(ctx, d.desk.engine, to, engine.Whole)
}

// backUp copies the register that e has open to the file at to, if the copy passes a check to the depth.
func backUp(ctx context.Context, e engine.Engine, to string, depth engine.Depth) error {
	p, err := copySound(ctx, e, to, depth)
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
	if engine.TroubleOf(err) != engine.NoTrouble || errors.Is(err, context.Canceled) {
		return coded(err)
	}
	if disk.TroubleOf(err) == disk.Missing {
		return model.Fail(model.NotFound, "The folder for {{.Name}} does not exist.", "Name", filepath.Base(path)).Because(err)
	}
	return disk.Unwritable(path, err)
}

// copySound copies the register that e has open, in one state, beside the file at to, and checks the copy. Close or Commit it.
func copySound(ctx context.Context, e engine.Engine, to string, depth engine.Depth) (*disk.Pending, error) {
	p, err := disk.Begin(to, disk.Private)
	if err != nil {
		return nil, err
	}
	rows, err := e.Copy(ctx, p)
	if err == nil {
		err = p.Finish()
	}
	if err == nil {
		err = checkCopy(ctx, p.Name(), rows, depth)
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// checkCopy is nil if the copy at path passes the check and has the rows.
func checkCopy(ctx context.Context, path string, rows map[string]int64, depth engine.Depth) error {
	e, err := openCopy(path)
	if err != nil {
		return asDamage(err)
	}
	defer e.Close()
	if err := soundness(ctx, e, depth); err != nil {
		return asDamage(err)
	}
	copied, err := e.Rows(ctx)
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
