package data

import (
	"context"
	"path/filepath"
	"time"

	"consign/data/disk"
	"consign/data/engine"
	"consign/model"
)

// beforeMove stands in the name of a register that was moved elsewhere.
const beforeMove = "before move"

// Relocate copies the register at from, which must not be open, to the path to, where no file may be. The copy gets its name only when it
// was checked, page by page, row by row and counter by counter, and outlasts a loss of power: whatever ends Relocate leaves the register
// as it was, and at most a whole copy of it beside. SetAside takes its name from the old one, once the new one is open. Errors: Exists;
// Refused for a shared register and for the folder where it is; NotFound for a folder that is not there; InUse, Damaged, Unwritable,
// DiskFull, Cancelled. Safe on any goroutine.
func Relocate(ctx context.Context, from, to string) error {
	switch {
	case IsInvitation(from):
		return model.Fail(model.Refused, "A shared register lies on its server: there is no file to move.")
	case disk.Same(filepath.Dir(from), filepath.Dir(to)):
		return model.Fail(model.Refused, "The register lies in this folder already.")
	case disk.Exists(to):
		return model.Fail(model.Exists, "There is a file {{.Name}} in this folder already. "+
			"Choose another folder, or open that file as a register.",
			"Name", filepath.Base(to))
	}
	if err := recoverRestore(from); err != nil {
		return err
	}
	was, source, err := look(ctx, from) // before the lock, by which it would take the file for one that is in use
	if err != nil {
		return coded(err)
	}
	defer source.Close()
	unlock, err := lockFile(from)
	if err != nil {
		return coded(err)
	}
	defer unlock()
	is := Contents{Path: from}
	if is.stat(); is.Size != was.Size || !is.Modified.Equal(was.Modified) { // somebody had it open in between
		return model.Fail(model.InUse, "The register is busy: another program works on it.")
	}
	p, err := copySound(ctx, source, to, engine.Whole)
	if err == nil {
		defer p.Close()
		err = p.Commit()
	}
	return unwritten(to, err)
}

// SetAside gives a register that was relocated the name "register before move 2026-11-30 0412.db", so that nobody goes on with it by
// mistake, and returns that path. Errors: InUse, Unwritable. Safe on any goroutine.
func SetAside(path string) (string, error) {
	unlock, err := lockFile(path)
	if err != nil {
		return "", coded(err)
	}
	defer unlock()
	kept := disk.Dated(path, beforeMove, time.Now())
	if err := rename(path, kept); err != nil {
		return "", disk.Unwritable(path, err)
	}
	return kept, unwritten(path, disk.SettleFolder(path))
}
