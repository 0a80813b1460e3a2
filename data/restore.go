package data

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"consign/data/disk"
	"consign/data/engine"
	"consign/model"
)

const (
	beforeRestore = "before restore"  // in the name of a register that was kept
	keptOnce      = ".before-restore" // its ending by Consign 0.1
	restored      = ".restored"       // the checked copy that is to be the register
	restoring     = ".restoring"      // the note of a restore in the making
)

// Restore puts a copy of the backup at from in the place of the register at to, which must not be open. The backup is looked at and its
// copy checked before anything changes. The present register is kept beside it under a name with the date, "register before restore
// 2026-11-25 1042.db", and never removed. A restore that is interrupted is completed by the next opening. Errors, after which everything is
// as it was: NotFound, Unreadable, NotRegister for an empty and a foreign file, Newer and Damaged for from; Refused when from is the
// register itself; or to leads to a shared one; InUse for to; Unwritable, DiskFull, Cancelled. Safe on any goroutine.
func Restore(ctx context.Context, from, to string) error {
	to, err := filepath.Abs(to)
	if err != nil {
		return coded(err)
	}
	if err := recoverRestore(to); err != nil {
		return err
	}
	if disk.Same(from, to) {
		return model.Fail(model.Refused, "This is the register itself. Choose a backup of it.")
	}
	if IsInvitation(to) {
		return model.Fail(model.Refused, "A shared register is not replaced by a file.")
	}
	_, source, err := look(ctx, from)
	if err != nil {
		return ofBackup(err)
	}
	defer source.Close()
	unlock, err := lockFile(to)
	if err != nil {
		return coded(err)
	}
	defer unlock()
	p, err := copySound(ctx, source, to+restored, engine.Whole)
	if err != nil {
		return ofBackup(unwritten(to, err))
	}
	defer p.Close()
	if err := bringUpToDate(ctx, p.Name()); err != nil {
		return ofBackup(err)
	}
	if err := ctx.Err(); err != nil { // from here on it is quick, and goes through
		return coded(err)
	}
	if err := disk.Flush(p.Name()); err != nil {
		return unwritten(to, err)
	}
	if err := p.Commit(); err != nil {
		return unwritten(to, errors.Join(err, disk.Remove(to+restored)))
	}
	return unwritten(to, putInPlace(to))
}

// ofBackup says of a damaged backup that it is, where the error speaks of the register.
func ofBackup(err error) error {
	if model.CodeOf(err) == model.Damaged {
		return model.Fail(model.Damaged, "The backup is damaged. Nothing was changed: choose another one.").Because(err)
	}
	return coded(err)
}

// bringUpToDate gives the copy at path the present schema, so that nothing can fail once it is the register, and checks it again.
func bringUpToDate(ctx context.Context, path string) error {
	if migrated, err := migrateCopy(ctx, path); err != nil || !migrated {
		return err
	}
	e, err := openCopy(path)
	if err != nil {
		return err
	}
	defer e.Close()
	return soundness(ctx, e, engine.Whole)
}

// swap is a restore in the making, as the note beside the register tells it.
type swap struct {
	Kept string `json:"kept"` // name of the file in the same folder that the present register becomes, "" if there is none
}

// putInPlace makes the copy that is ready the register at to. Whichever step it reaches, the next opening completes it; when a step
// fails it is taken back.
func putInPlace(to string) error {
	var s swap
	if disk.Exists(to) {
		foldLog(to)
		s.Kept = filepath.Base(KeptAs(to, time.Now()))
	}
	note, err := json.Marshal(s)
	if err == nil {
		err = disk.WriteFile(to+restoring, note, disk.Private)
	}
	if err == nil {
		err = s.forward(to)
	}
	if err != nil {
		return errors.Join(err, s.back(to))
	}
	return nil
}

// KeptAs is the path under which a restore at that time would keep the register at path.
func KeptAs(path string, at time.Time) string { return disk.Dated(path, beforeRestore, at) }

// forward does the steps that are not done yet.
func (s swap) forward(to string) error {
	if !disk.Exists(to + restored) {
		return s.done(to) // the copy is the register already
	}
	if s.Kept != "" {
		if err := rename(to, filepath.Join(filepath.Dir(to), s.Kept)); err != nil {
			return err
		}
	}
	for _, suffix := range [...]string{"-wal", "-shm", "-journal"} { // they must not meet the new file
		if err := disk.Remove(to + suffix); err != nil {
			return err
		}
	}
	if err := disk.SettleFolder(to); err != nil {
		return err
	}
	if err := disk.Rename(to+restored, to); err != nil {
		return err
	}
	return s.done(to)
}

// done forgets the note. That it fails is no harm: the note of what is done asks for nothing.
func (s swap) done(to string) error {
	if disk.SettleFolder(to) == nil && disk.Remove(to+restoring) == nil {
		_ = disk.SettleFolder(to)
	}
	return nil
}

// back gives the register its name again, and forgets the copy.
func (s swap) back(to string) error {
	if kept := filepath.Join(filepath.Dir(to), s.Kept); s.Kept != "" {
		if err := rename(kept, to); err != nil {
			return err
		}
	}
	if err := disk.Remove(to + restoring); err != nil {
		return err
	}
	if err := disk.SettleFolder(to); err != nil {
		return err
	}
	return disk.Remove(to + restored)
}

// rename renames a register with its log, the parts that are still there: its own file comes last.
func rename(from, to string) error {
	for _, suffix := range [...]string{"-wal", "-journal", ""} {
		if !disk.Exists(from+suffix) || disk.Exists(to+suffix) {
			continue
		}
		if err := disk.Rename(from+suffix, to+suffix); err != nil {
			return err
		}
	}
	return nil
}

// Interrupted reports whether a restore of the register at path was interrupted. The next opening completes it.
func Interrupted(path string) bool { return disk.Exists(path + restoring) }

// recoverRestore completes a restore of the register at path that was interrupted, and clears away what killed work has left beside it.
// Opening calls it first. Errors: InUse, Unwritable.
func recoverRestore(path string) error {
	note, err := os.ReadFile(path + restoring)
	var s swap
	if err != nil || json.Unmarshal(note, &s) != nil {
		if disk.Exists(path+restored) && !isInUse(path) { // the copy of a restore that had not begun to change anything
			_ = disk.Remove(path + restored)
		}
		disk.ClearAbandoned(filepath.Dir(path))
		return nil
	}
	unlock, err := lockFile(path)
	if err != nil {
		return coded(err)
	}
	defer unlock()
	return unwritten(path, s.forward(path))
}

// Kept are the paths of the registers that restores have kept beside the register at path, the latest first.
func Kept(path string) []string {
	var kept []string
	folder, name := filepath.Split(path)
	ending := filepath.Ext(name)
	entries, _ := os.ReadDir(filepath.Clean(folder + "."))
	for _, e := range entries {
		dated := strings.HasPrefix(e.Name(), strings.TrimSuffix(name, ending)+" "+beforeRestore+" ") && filepath.Ext(e.Name()) == ending
		if e.Type().IsRegular() && (dated || e.Name() == name+keptOnce) {
			kept = append(kept, filepath.Join(folder, e.Name()))
		}
	}
	slices.SortFunc(kept, func(a, b string) int { // the one without a date is older than all
		return strings.Compare(strings.TrimSuffix(b, name+keptOnce), strings.TrimSuffix(a, name+keptOnce))
	})
	return kept
}

// missed refuses to make a new register at path where one was: a register that a restore has kept, or an automatic backup, tells.
func missed(path string, backups Keeping) error {
	if disk.Exists(path) {
		return nil
	}
	there := Kept(path)
	for _, b := range backupsIn(backups.Folder, path) {
		there = append(there, b.Path)
	}
	if len(there) == 0 {
		return nil
	}
	return model.Fail(model.KeptOnly, "The register {{.Name}} is not there, but {{.Kept}} is: restore it, or begin a new register.",
		"Name", filepath.Base(path), "Kept", filepath.Base(there[0]))
}
