package data

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"consign/data/disk"
	"consign/data/engine"
	"consign/model"
)

// Keeping is where automatic backups go. The zero value: there are none.
type Keeping struct {
	Folder string // made if it is missing
	Second string // a second folder, "" for none: a stick or a share that may be away
}

// Backup is an automatic backup, or a register that a restore has kept.
type Backup struct {
	Path     string
	At       time.Time // to the minute
	Second   bool      // it is in the second folder only
	Kept     bool      // a restore has kept it
	Contents Contents
	Fault    error // why it cannot be restored, as far as a look tells
}

// takenAway is from how many devices on an act that takes them away has a backup made before.
const takenAway = 1_000

// keeper makes one automatic backup at a time.
type keeper struct {
	mu      sync.Mutex
	keeping Keeping
	working sync.Mutex
}

func (k *keeper) set(to Keeping) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.keeping = to
}

func (k *keeper) get() Keeping {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.keeping
}

// KeepBackupsIn changes where automatic backups go from now on. Those made before stay where they are. Safe on any goroutine.
func (d Safe) KeepBackupsIn(k Keeping) { d.desk.keeper.set(k) }

// BackUpDaily makes the first automatic backup of the day if there is none yet, removes those whose time is over (7 daily, 4 weekly, 12
// monthly stay), and brings the second folder up to date. secondAway: the second folder is not there, which is no error. The program calls
// it in the background after each start. Errors: those of Safe.Backup. Safe on any goroutine.
func (d Safe) BackUpDaily(ctx context.Context) (secondAway bool, err error) {
	return d.backUpOfDay(ctx, false)
}

// BackUpNow is BackUpDaily on a day that has its backup already, too.
func (d Safe) BackUpNow(ctx context.Context) (secondAway bool, err error) {
	return d.backUpOfDay(ctx, true)
}

func (d Safe) backUpOfDay(ctx context.Context, another bool) (secondAway bool, err error) {
	d.desk.keeper.working.Lock()
	defer d.desk.keeper.working.Unlock()
	k := d.desk.keeper.get()
	now, err := d.desk.Safe().Contents(ctx)
	if err != nil || k.Folder == "" || now.origin == "" {
		return false, err
	}
	own := ownBackups(ctx, k.Folder, d.desk.path, now.origin)
	today := dayOf(d.desk.clock().Local())
	there, err := d.desk.hasBackupOfDay(ctx, own, today)
	if err != nil {
		return false, err
	}
	if another || !there {
		made, err := d.desk.backUpInto(ctx, d.desk.engine, k.Folder, engine.Whole)
		if err != nil {
			return false, err
		}
		if err := rotate(append(own, made)); err != nil {
			return false, err
		}
		if err := d.desk.noteBackupOfDay(ctx, today); err != nil {
			return false, err
		}
	}
	return bringToSecond(ctx, k, d.desk.path, now.origin)
}

// backUpBeforeDeletion is backUpBeforeTaking for the devices of a selection.
func (r *Register) backUpBeforeDeletion(ctx context.Context, sel model.DeviceSelection) error {
	if r.keeper.get().Folder == "" {
		return nil
	}
	n, err := r.Devices().CountSelection(ctx, sel)
	if err != nil {
		return err
	}
	return r.backUpBeforeTaking(ctx, n)
}

// backUpBeforeTaking makes an automatic backup before an act takes away so many devices, unless one has all acts already. Without
// a backup the act is not done.
func (r *Register) backUpBeforeTaking(ctx context.Context, devices int) error {
	k := r.keeper.get()
	if devices <= takenAway || k.Folder == "" {
		return nil
	}
	r.keeper.working.Lock()
	defer r.keeper.working.Unlock()
	now, err := r.Safe().Contents(ctx)
	if err != nil {
		return err
	}
	own := ownBackups(ctx, k.Folder, r.path, now.origin)
	if len(own) > 0 && own[0].Contents.LastAct.ID == now.LastAct.ID {
		return nil
	}
	// People wait for this one: its pages and rows are checked, and the rest of it by the daily one, before which no backup is removed.
	_, err = r.backUpInto(ctx, r.engine, k.Folder, engine.Quick)
	return err
}

// backUpBeforeMigration makes an automatic backup of a register with rows that is about to get another schema. When the folder of
// backups cannot be written it stands beside the register.
func (r *Register) backUpBeforeMigration(e engine.Engine) error {
	k := r.keeper.get()
	if k.Folder == "" {
		return nil
	}
	_, err := r.backUpInto(context.Background(), e, k.Folder, engine.Whole)
	if code := model.CodeOf(err); code == model.Unwritable || code == model.DiskFull {
		_, err = r.backUpInto(context.Background(), e, filepath.Dir(r.path), engine.Whole)
	}
	return err
}

// backUpInto makes an automatic backup in the folder, if it passes a check to the depth.
func (r *Register) backUpInto(ctx context.Context, e engine.Engine, folder string, depth engine.Depth) (Backup, error) {
	at := r.clock().Local()
	to := disk.Free(filepath.Join(folder, automaticName(r.path, at)))
	if err := disk.MakeFolder(folder); err != nil {
		return Backup{}, disk.Unwritable(to, err)
	}
	if err := backUp(ctx, e, to, depth); err != nil {
		return Backup{}, err
	}
	return Backup{Path: to, At: at.Truncate(time.Minute)}, nil
}

func automaticName(path string, at time.Time) string {
	name, ending := backupName(path)
	return name + " " + at.Format(disk.DateLayout) + ending
}

// backupName is how the names of the backups of the register at path begin and end: a shared one's are register files, too.
func backupName(path string) (name, ending string) {
	name, ending = filepath.Base(path), filepath.Ext(path)
	name = strings.TrimSuffix(name, ending)
	if ending == InvitationEnding {
		ending = ".db"
	}
	return name, ending
}

// automatic is what stands between the name of a register and its ending.
var automatic = regexp.MustCompile(`^ (\d{4}-\d\d-\d\d \d{4})( \(\d+\))?$`)

// backupsIn are the automatic backups in the folder of registers with the name of path, by their own names, the latest first.
func backupsIn(folder, path string) []Backup {
	var found []Backup
	if folder == "" {
		return nil
	}
	name, ending := backupName(path)
	entries, _ := os.ReadDir(folder)
	for _, e := range entries {
		rest, ours := strings.CutPrefix(strings.TrimSuffix(e.Name(), ending), name)
		match := automatic.FindStringSubmatch(rest)
		if !ours || match == nil || filepath.Ext(e.Name()) != ending || !e.Type().IsRegular() {
			continue
		}
		if at, err := time.ParseInLocation(disk.DateLayout, match[1], time.Local); err == nil {
			found = append(found, Backup{Path: filepath.Join(folder, e.Name()), At: at})
		}
	}
	latestFirst(found)
	return found
}

func latestFirst(list []Backup) {
	slices.SortStableFunc(list, func(a, b Backup) int {
		if c := b.At.Compare(a.At); c != 0 {
			return c
		}
		if c := len(b.Path) - len(a.Path); c != 0 { // "(2)" came later
			return c
		}
		return strings.Compare(b.Path, a.Path)
	})
}

// ownBackups are those of them that are copies of the register whose first act is origin, with their contents.
func ownBackups(ctx context.Context, folder, path, origin string) []Backup {
	list := backupsIn(folder, path)
	for i := range list {
		list[i].Contents, list[i].Fault = Look(ctx, list[i].Path)
	}
	return slices.DeleteFunc(list, func(b Backup) bool { return b.Contents.origin != origin })
}

// rotate removes those of the backups whose time is over.
func rotate(list []Backup) error {
	times := make([]time.Time, len(list))
	for i, b := range list {
		times[i] = b.At
	}
	for i, stays := range staying(times) {
		if stays {
			continue
		}
		if err := disk.Remove(list[i].Path); err != nil {
			return disk.Unwritable(list[i].Path, err)
		}
	}
	return nil
}

// bringToSecond copies into the second folder what it lacks, and removes there what is over.
func bringToSecond(ctx context.Context, k Keeping, path, origin string) (away bool, err error) {
	if k.Second == "" {
		return false, nil
	}
	if s, err := os.Stat(k.Second); err != nil || !s.IsDir() {
		return true, nil
	}
	there := ownBackups(ctx, k.Second, path, origin)
	for _, b := range ownBackups(ctx, k.Folder, path, origin) {
		to := filepath.Join(k.Second, filepath.Base(b.Path))
		if slices.ContainsFunc(there, func(t Backup) bool { return t.At.Equal(b.At) && t.Contents.LastAct.ID == b.Contents.LastAct.ID }) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return false, coded(err)
		}
		if disk.Exists(to) { // of another register with the same name, or damaged
			to = disk.Free(to)
		}
		if err := disk.Copy(b.Path, to, disk.Private); err != nil {
			if t := disk.TroubleOf(err); t == disk.Away || t == disk.Missing { // taken away meanwhile
				return true, nil
			}
			return false, disk.Unwritable(to, err)
		}
		there = append(there, Backup{Path: to, At: b.At, Contents: b.Contents})
	}
	return false, rotate(there)
}

// Backups lists the automatic backups in both folders and the registers that restores have kept, the latest first, with what each holds. It
// reads little of each. Errors: Cancelled. Safe on any goroutine.
func (d Safe) Backups(ctx context.Context) ([]Backup, error) {
	return BackupsOf(ctx, d.desk.path, d.desk.keeper.get())
}

// BackupsOf is Safe.Backups for the register at path, which need not be there or be sound: for the page of a damaged or lost one.
func BackupsOf(ctx context.Context, path string, k Keeping) ([]Backup, error) {
	list := backupsIn(k.Folder, path)
	for _, b := range backupsIn(k.Second, path) {
		if !slices.ContainsFunc(list, func(f Backup) bool { return filepath.Base(f.Path) == filepath.Base(b.Path) }) {
			b.Second = true
			list = append(list, b)
		}
	}
	for _, kept := range Kept(path) {
		list = append(list, Backup{Path: kept, Kept: true})
	}
	for i := range list {
		b := &list[i]
		b.Contents, b.Fault = Look(ctx, b.Path)
		if b.Kept {
			b.At = keptAt(b.Path, b.Contents.Modified)
		}
		if err := ctx.Err(); err != nil {
			return nil, coded(err)
		}
	}
	latestFirst(list)
	return list, nil
}

// keptAt is when a restore kept the register at path, by its name; one without a date is as old as its last change.
func keptAt(path string, changed time.Time) time.Time {
	_, dated, _ := strings.Cut(filepath.Base(path), " "+beforeRestore+" ")
	if len(dated) >= len(disk.DateLayout) {
		if at, err := time.ParseInLocation(disk.DateLayout, dated[:len(disk.DateLayout)], time.Local); err == nil {
			return at
		}
	}
	return changed
}

// LastBackup is when the latest automatic backup of this register was made, in either folder; the zero time if there is none.
// Safe on any goroutine.
func (d Safe) LastBackup(ctx context.Context) (time.Time, error) {
	now, err := d.desk.Safe().Contents(ctx)
	if err != nil {
		return time.Time{}, err
	}
	var last time.Time
	k := d.desk.keeper.get()
	for _, folder := range []string{k.Folder, k.Second} {
		for _, b := range ownBackups(ctx, folder, d.desk.path, now.origin) {
			if b.Fault == nil && b.At.After(last) {
				last = b.At
			}
		}
	}
	return last, coded(ctx.Err())
}
