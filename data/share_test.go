package data

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/engine"
	"consign/data/engine/postgres/postgrestest"
	"consign/model"
)

// eventful gives an office what a register goes through: moves, deletions, a delink, an exchange, failures, undoings.
func eventful(d *desk) (old model.Done) {
	d.register(d.north, true)
	d.manage(d.contoso, model.JointlyManaged)
	d.manage(d.fabrikam, model.FullyManaged)
	d.upload(d.north, d.msp, d.devices(120)...)
	msp, north := model.As(model.MSP, d.msp), model.As(model.Reseller, d.north)
	ids := d.sees(msp)
	d.done(d.Devices().Move(ctx, only(msp, ids[:20]...), d.contoso, nil))
	undone := d.done(d.Devices().Move(ctx, only(msp, ids[20:30]...), d.fabrikam, nil))
	d.done(d.Activity().Undo(ctx, undone.ActivityID, nil))
	first := int64(d.value("SELECT min(id) FROM devices WHERE upload_id = ?", d.upload(d.north, d.fabrikam, d.devices(10)...).ID))
	old = d.done(d.Devices().Delete(ctx, only(north, first, first+1, first+2, first+3, first+4, first+5, first+6), nil))
	d.upload(d.north, d.contoso, d.devices(30)...)
	d.done(d.Devices().Exchange(ctx, north, []Exchange{{Old: d.sees(north)[3], New: d.devices(1)[0], Day: d.now}}, nil))
	d.done(d.Managements().RequestDelink(ctx, d.msp, d.contoso))
	d.done(d.Managements().AnswerDelink(ctx, d.msp, d.contoso, true))
	return old
}

// content is a register table by table.
func content(t *testing.T, r *Register) map[string]engine.Digest {
	t.Helper()
	rows, err := r.engine.Rows(ctx)
	require.NoError(t, err)
	digests := map[string]engine.Digest{}
	require.NoError(t, r.engine.Reading(ctx, func(c engine.Reader) error {
		for table := range rows {
			if table == "migrations" { // each engine has its own
				continue
			}
			d, err := engine.DigestOf(c, table)
			if err != nil {
				return err
			}
			require.Equal(t, rows[table], d.Rows)
			digests[table] = engine.Digest{Rows: d.Rows, Sum: d.Sum}
		}
		return nil
	}))
	return digests
}

// TestBusyRegisterGoesToTheServerAndBackWholeAndAnOldActIsUndoneThere compares every table by content, there and back.
func TestBusyRegisterGoesToTheServerAndBackWholeAndAnOldActIsUndoneThere(t *testing.T) {
	s := shareOffice(t)
	old := eventful(s.source)
	before := content(t, s.source.Register)
	s.share()
	admin := s.desks[model.Administrator]
	require.Equal(t, before, content(t, admin.Register))
	admin.logHolds()
	require.NoError(t, admin.Safe().Check(ctx))

	back := filepath.Join(t.TempDir(), "back.db")
	require.NoError(t, admin.Safe().Backup(ctx, back))
	file, err := Open(back, Options{MustExist: true})
	require.NoError(t, err)
	defer file.Close()
	require.Equal(t, before, content(t, file))
	require.Empty(t, file.Role(), "it is for one desk again")

	for _, r := range []*Register{admin.Register, file} {
		d := *admin
		d.Register = r
		living := d.value("SELECT count(*) FROM devices WHERE deleted IS NULL")
		d.done(d.Activity().Undo(ctx, old.ActivityID, nil))
		require.Equal(t, living+7, d.value("SELECT count(*) FROM devices WHERE deleted IS NULL"))
		d.logHolds()
	}
}

func TestSharingThatFailsLeavesNothingOnTheServer(t *testing.T) {
	s := shareOffice(t)
	anna := Person{Name: "Anna", Login: s.server.Schema + "_anna", Role: model.Administrator}
	try := func(persons ...Person) error {
		_, err := s.source.Safe().Share(ctx, Sharing{Server: s.server, Persons: persons, Folder: t.TempDir()}, nil)
		return err
	}
	require.Equal(t, model.Invalid, model.CodeOf(try(Person{Name: "Ben", Login: "ben", Role: model.Clerk})), "nobody administers it")
	require.Equal(t, model.Invalid, model.CodeOf(try(anna, anna)))
	held := s.source.engine
	s.source.Register.engine = shortened{held}
	err := try(anna)
	s.source.Register.engine = held
	require.Error(t, err, "what arrives is not what was there")
	require.NoError(t, try(anna), "nothing of it is left")
	require.Equal(t, model.Exists, model.CodeOf(try(anna)))
}

// shortened is a register whose reading breaks off.
type shortened struct{ engine.Engine }

func (s shortened) Reading(ctx context.Context, read func(engine.Reader) error) error {
	return s.Engine.Reading(ctx, func(r engine.Reader) error { return read(breaking{r}) })
}

type breaking struct{ engine.Reader }

func (b breaking) Each(query string, args []any, row func(engine.Row) error) error {
	n := 0
	return b.Reader.Each(query, args, func(r engine.Row) error {
		if n++; n > 5 {
			return os.ErrClosed
		}
		return row(r)
	})
}

func TestDailyBackupOfASharedRegisterIsAnOrdinaryRegisterFile(t *testing.T) {
	d := shareOffice(t).trading().share().desks[model.Clerk]
	folder := t.TempDir()
	d.Safe().KeepBackupsIn(Keeping{Folder: folder})
	_, err := d.Safe().BackUpDaily(ctx)
	require.NoError(t, err)
	list, err := d.Safe().Backups(ctx)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, ".db", filepath.Ext(list[0].Path))
	file, err := Open(list[0].Path, Options{MustExist: true})
	require.NoError(t, err)
	require.Equal(t, content(t, d.Register)["activity"], content(t, file)["activity"])
	require.NoError(t, file.Close())
}

func TestRegisterThatWasSharedIsKeptForReading(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	path := filepath.Join(t.TempDir(), "kept.db")
	require.NoError(t, d.Safe().Backup(ctx, path))
	require.NoError(t, Keep(path))
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.Zero(t, info.Mode().Perm()&0o222)
	_, err = Look(ctx, path)
	require.NoError(t, err)
}

func TestLoginIsMadeOfTheName(t *testing.T) {
	for name, login := range map[string]string{"Anna Weiß": "anna.weiss", "Łukasz O’Neill": "lukasz.oneill", "  Ben ": "ben", "김": ""} {
		require.Equal(t, login, LoginOf(name), name)
	}
}
