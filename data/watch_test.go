package data

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestRegisterIsCheckedWholeOnceAWeek(t *testing.T) {
	d := newDesk(t)
	d.damageable()
	last := func() time.Time {
		at, err := d.Safe().LastCheck(ctx)
		require.NoError(t, err)
		return at
	}
	require.True(t, last().IsZero())
	require.NoError(t, d.lookAfter(ctx, true))
	first := last()
	require.False(t, first.IsZero(), "it never was checked")
	d.now = d.now.Add(6 * 24 * time.Hour)
	require.NoError(t, d.lookAfter(ctx, true))
	require.Equal(t, first, last(), "the week is not over: only its pages are looked at")
	d.now = d.now.Add(25 * time.Hour)
	require.NoError(t, d.lookAfter(ctx, false))
	require.True(t, last().After(first))
	d.now = first.Add(-time.Hour)
	require.NoError(t, d.lookAfter(ctx, false))
	require.True(t, last().Before(first), "a check of tomorrow was that of a wrong clock")
}

func TestDamageThatTheWatchFindsIsToldAndNotKeptAsAGoodCheck(t *testing.T) {
	d := newDesk(t)
	d.damageable()
	require.NoError(t, d.write.Exec("UPDATE uploads SET devices = devices + 1").Error)
	var heard Change
	defer d.OnChange(func(c Change) { heard |= c })()
	require.Equal(t, model.Damaged, model.CodeOf(d.lookAfter(ctx, true)))
	require.True(t, heard.Touches(DamageFound))
	at, err := d.Safe().LastCheck(ctx)
	require.NoError(t, err)
	require.True(t, at.IsZero())
}

func TestClosingEndsTheWatch(t *testing.T) {
	r, err := Open(t.TempDir()+"/consign.db", Options{})
	require.NoError(t, err)
	r.WatchAsync()
	require.NoError(t, r.Close())
}

func TestBrokenLogThatTheWatchFindsIsToldAndIsNoDamage(t *testing.T) {
	d := newDesk(t)
	d.damageable()
	require.NoError(t, d.lookAfter(ctx, true))
	require.True(t, d.Safe().LastLogCheck().Sound())
	require.Positive(t, d.Safe().LastLogCheck().Entries)
	require.NoError(t, d.write.Exec("UPDATE accounts SET company_name = 'Contoso Bank' WHERE id = ?", d.contoso).Error)
	heard := 0
	defer d.OnChange(func(c Change) {
		if c.Touches(LogBroken) {
			heard++
		}
	})()
	first, err := d.Safe().LastCheck(ctx)
	require.NoError(t, err)
	for range 2 {
		d.now = d.now.Add(8 * 24 * time.Hour)
		require.NoError(t, d.lookAfter(ctx, true))
	}
	require.Equal(t, 1, heard)
	require.NoError(t, d.Damage(), "the pages are sound: acts go on")
	breaks := d.Safe().LastLogCheck().Breaks
	require.Len(t, breaks, 1)
	require.Equal(t, "accounts", breaks[0].Table)
	at, err := d.Safe().LastCheck(ctx)
	require.NoError(t, err)
	require.Equal(t, first, at, "it is no good check")
}
