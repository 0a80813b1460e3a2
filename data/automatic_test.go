package data

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/data/disk"
	"consign/data/disk/disktest"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

func TestAYearOfDailyStartsLeaves7Days4WeeksAnd12Months(t *testing.T) {
	postgrestest.OfFiles(t)
	var there []time.Time
	day := time.Date(2025, 11, 25, 8, 30, 0, 0, time.UTC)
	for range 366 {
		there = append(there, day)
		day = day.AddDate(0, 0, 1)
		stays := staying(there)
		var left []time.Time
		for i, at := range there {
			if stays[i] {
				left = append(left, at)
			}
		}
		there = left
	}
	var days []string
	for _, at := range slices.Backward(there) {
		days = append(days, at.Format(time.DateOnly))
	}
	require.Equal(t, []string{
		// days; 22 and 25 are of weeks, 25 of a month
		"2026-11-25", "2026-11-24", "2026-11-23", "2026-11-22", "2026-11-21", "2026-11-20", "2026-11-19",
		"2026-11-15", "2026-11-08", // weeks: their Sundays
		"2026-10-31", "2026-09-30", "2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31", "2026-04-30", "2026-03-31", "2026-02-28",
		"2026-01-31", "2025-12-31",
	}, days)
}

func TestAHolidayTakesNoBackupAway(t *testing.T) {
	postgrestest.OfFiles(t)
	var there []time.Time
	for day := range 7 {
		there = append(there, time.Date(2026, 6, 1+day, 8, 0, 0, 0, time.UTC))
	}
	there = append(there, time.Date(2026, 8, 20, 8, 0, 0, 0, time.UTC))
	require.Equal(t, []bool{false, true, true, true, true, true, true, true}, staying(there))
}

func TestEveryBackupOfTodayStaysUntilTomorrow(t *testing.T) {
	postgrestest.OfFiles(t)
	at := func(day, hour int) time.Time { return time.Date(2026, 6, day, hour, 0, 0, 0, time.UTC) }
	require.Equal(t, []bool{false, true, true, true, true}, staying([]time.Time{at(1, 8), at(1, 17), at(2, 8), at(2, 9), at(2, 10)}))
	require.Empty(t, staying(nil))
}

// clocked is a register with a clock of its own and automatic backups.
type clocked struct {
	*desk
	at time.Time
	k  Keeping
}

func newClocked(t *testing.T) *clocked {
	c := &clocked{at: time.Date(2026, 11, 16, 8, 30, 0, 0, time.Local)} // a Monday
	folder := t.TempDir()
	c.k = Keeping{Folder: filepath.Join(folder, "Backups"), Second: filepath.Join(folder, "stick")}
	r, err := Open(filepath.Join(folder, "register.db"), Options{Backups: c.k, Clock: func() time.Time { return c.at }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, r.Close()) })
	c.desk = &desk{Register: r, t: t}
	c.north = c.account(model.Reseller, "4680000925", "Northwind Mobile", true)
	c.contoso = c.account(model.Customer, "4600001586", "Contoso", false)
	return c
}

// start is what the program does at a start.
func (c *clocked) start(secondAway bool) {
	c.t.Helper()
	away, err := c.Safe().BackUpDaily(ctx)
	require.NoError(c.t, err)
	require.Equal(c.t, secondAway, away)
}

func TestAWeekOfStartsWithAStickThatIsTakenAwayAndBroughtBack(t *testing.T) {
	postgrestest.OfFiles(t)
	c := newClocked(t)
	require.NoError(t, os.Mkdir(c.k.Second, 0o700))
	for day := range 7 {
		c.upload(c.north, c.contoso, c.devices(10)...)
		if day == 2 {
			require.NoError(t, os.Rename(c.k.Second, c.k.Second+" in a bag"))
		}
		if day == 5 {
			require.NoError(t, os.Rename(c.k.Second+" in a bag", c.k.Second))
		}
		c.start(day >= 2 && day < 5)
		c.at = c.at.Add(3 * time.Hour)
		c.start(day >= 2 && day < 5) // once more on the same day
		c.at = c.at.Add(21 * time.Hour)
	}
	names := []string{"register 2026-11-16 0830.db", "register 2026-11-17 0830.db", "register 2026-11-18 0830.db",
		"register 2026-11-19 0830.db",
		"register 2026-11-20 0830.db", "register 2026-11-21 0830.db", "register 2026-11-22 0830.db"}
	require.Equal(t, names, folderNames(t, c.k.Folder))
	require.Equal(t, names, folderNames(t, c.k.Second))
	list, err := c.Safe().Backups(ctx)
	require.NoError(t, err)
	require.Len(t, list, 7)
	require.Equal(t, []int{70, 60}, []int{list[0].Contents.Devices, list[1].Contents.Devices})
	require.Equal(t, "Northwind Mobile", list[0].Contents.LastAct.PerformedBy)
	last, err := c.Safe().LastBackup(ctx)
	require.NoError(t, err)
	require.Equal(t, time.Date(2026, 11, 22, 8, 30, 0, 0, time.Local), last)

	c.start(false)
	require.Equal(t, append(names[1:], "register 2026-11-23 0830.db"), folderNames(t, c.k.Folder), "the eighth day takes the first away")
	require.Equal(t, append(names[1:], "register 2026-11-23 0830.db"), folderNames(t, c.k.Second))
}

func TestHalfACopyOnTheStickIsCopiedAgainOnce(t *testing.T) {
	postgrestest.OfFiles(t)
	c := newClocked(t)
	require.NoError(t, os.Mkdir(c.k.Second, 0o700))
	half := filepath.Join(c.k.Second, "register 2026-11-16 0830.db")
	require.NoError(t, os.WriteFile(half, []byte("SQLite format 3\x00 and no more"), 0o600))
	for range 3 {
		c.start(false)
	}
	require.Equal(t, []string{"register 2026-11-16 0830 (2).db", "register 2026-11-16 0830.db"}, folderNames(t, c.k.Second))
	list, err := c.Safe().Backups(ctx)
	require.NoError(t, err)
	require.Len(t, list, 2)
}

func TestBackupsOfAnotherRegisterOfTheSameNameStay(t *testing.T) {
	postgrestest.OfFiles(t)
	c := newClocked(t)
	theirs := filepath.Join(t.TempDir(), "register.db")
	registerOf(t, theirs, 1)
	require.NoError(t, os.Mkdir(c.k.Folder, 0o700))
	for day := range 20 {
		require.NoError(t, disk.Copy(theirs, filepath.Join(c.k.Folder, automaticName(theirs, c.at.AddDate(0, 0, day-30))), disk.Private))
	}
	c.start(true)
	require.Len(t, folderNames(t, c.k.Folder), 21)
}

func TestLargeDeletionAndTheUndoOfALargeUploadHaveABackupBefore(t *testing.T) {
	postgrestest.OfFiles(t)
	c := newClocked(t)
	v := model.As(model.Reseller, c.north)
	c.upload(c.north, c.contoso, c.devices(1_000)...)
	c.done(c.Devices().Delete(ctx, all(v), nil))
	require.NoDirExists(t, c.k.Folder, "a thousand are not many")
	big := c.upload(c.north, c.contoso, c.devices(1_001)...)
	require.NotZero(t, big.ID)
	last, err := c.Activity().LastUndoable(ctx)
	require.NoError(t, err)
	c.done(c.Activity().Undo(ctx, last.ID, nil))
	require.Len(t, folderNames(t, c.k.Folder), 1)
	c.upload(c.north, c.contoso, c.devices(1_002)...)
	c.done(c.Devices().Delete(ctx, all(v), nil))
	list, err := c.Safe().Backups(ctx)
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, 1_002, list[0].Contents.Devices)
	require.Equal(t, 1_001, list[1].Contents.Devices)
}

func TestDayGetsItsWhollyCheckedBackupAfterThatOfAnAct(t *testing.T) {
	postgrestest.OfFiles(t)
	c := newClocked(t)
	c.upload(c.north, c.contoso, c.devices(1_001)...)
	c.done(c.Devices().Delete(ctx, all(model.As(model.Reseller, c.north)), nil)) // past midnight
	first := folderNames(t, c.k.Folder)
	require.Len(t, first, 1)
	c.at = c.at.Add(time.Hour)
	c.start(true)
	require.Equal(t, []string{"register 2026-11-16 0830.db", "register 2026-11-16 0930.db"}, folderNames(t, c.k.Folder))
	c.at = c.at.Add(time.Hour)
	c.start(true)
	require.Len(t, folderNames(t, c.k.Folder), 2, "the day has it now")
	for _, name := range folderNames(t, c.k.Folder) {
		require.NoError(t, os.Remove(filepath.Join(c.k.Folder, name)))
	}
	c.start(true)
	require.Len(t, folderNames(t, c.k.Folder), 1, "a note is no backup")
}

func TestLargeDeletionIsNotDoneWithoutItsBackup(t *testing.T) {
	postgrestest.OfFiles(t)
	c := newClocked(t)
	c.upload(c.north, c.contoso, c.devices(1_001)...)
	defer disk.OnCall(func(disk.Call) error { return &os.PathError{Op: "write", Err: disktest.Full} })()
	c.unchanged(func() {
		_, err := c.Devices().Delete(ctx, all(model.As(model.Reseller, c.north)), nil)
		requireCode(t, model.DiskFull, "disk is full", err)
	})
}

func TestMigrationHasABackupBefore(t *testing.T) {
	postgrestest.OfFiles(t)
	path := firstRegister(t)
	backups := filepath.Join(t.TempDir(), "Backups")
	r, err := Open(path, Options{Backups: Keeping{Folder: backups}})
	require.NoError(t, err)
	require.NoError(t, r.Close())
	list, err := BackupsOf(ctx, path, Keeping{Folder: backups})
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.NoError(t, list[0].Fault)
	e, err := openCopy(list[0].Path)
	require.NoError(t, err)
	pending, err := e.Pending(ctx)
	require.NoError(t, err)
	require.Equal(t, "0002_deletions", pending[0])
	require.NoError(t, e.Close())
}

func TestLostRegisterWithBackupsIsNotBegunAnew(t *testing.T) {
	postgrestest.OfFiles(t)
	c := newClocked(t)
	c.start(true)
	lost := filepath.Join(t.TempDir(), "register.db")
	_, err := Open(lost, Options{Backups: c.k})
	requireCode(t, model.KeptOnly, "register 2026-11-16 0830.db", err)
	require.NoFileExists(t, lost)
}

func TestBackupThatCannotBeRestoredIsListedWithItsFault(t *testing.T) {
	postgrestest.OfFiles(t)
	c := newClocked(t)
	c.start(true)
	require.NoError(t, os.WriteFile(filepath.Join(c.k.Folder, "register 2026-11-17 0830.db"), []byte("half a stick"), 0o600))
	list, err := c.Safe().Backups(ctx)
	require.NoError(t, err)
	require.Len(t, list, 2)
	requireCode(t, model.NotRegister, "not a register", list[0].Fault)
	require.NoError(t, list[1].Fault)
	last, err := c.Safe().LastBackup(ctx)
	require.NoError(t, err)
	require.Equal(t, 16, last.Day())
}
