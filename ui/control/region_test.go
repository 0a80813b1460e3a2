package control_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/ui/control"
)

func TestDaysAndNumbersAreWrittenAsTheRegionDoes(t *testing.T) {
	t.Cleanup(func() { control.UseRegion(control.Region{}) })
	at := time.Date(2026, 3, 4, 15, 7, 0, 0, time.Local)
	for _, c := range []struct{ day, numbers, want, moment, number string }{
		{"", "", "4 Mar 2026", "4 Mar 2026 15:07", "1,234,567"},
		{"02.01.2006", "de-DE", "04.03.2026", "04.03.2026 15:07", "1.234.567"},
		{"02.01.2006", "de-CH", "04.03.2026", "04.03.2026 15:07", "1’234’567"},
		{"2006-01-02", "sv-SE", "2026-03-04", "2026-03-04 15:07", "1\u00a0234\u00a0567"},
		{"1/2/2006", "en-US", "3/4/2026", "3/4/2026 15:07", "1,234,567"},
		{"02/01/2006", "en-GB", "04/03/2026", "04/03/2026 15:07", "1,234,567"},
		{"02/01/2006", "no language", "04/03/2026", "04/03/2026 15:07", "1,234,567"},
	} {
		control.UseRegion(control.Region{Day: c.day, Numbers: c.numbers})
		require.Equal(t, c.want, at.Format(control.DayFormat()))
		require.Equal(t, c.moment, at.Format(control.MomentFormat()))
		require.Equal(t, c.number, control.Number(1234567), c.numbers)
		day, ok := control.ReadDay(c.want, at)
		require.True(t, ok)
		require.Equal(t, "2026-03-04", day.Format(time.DateOnly), "what is shown is read as it is meant")
	}
}

func TestOrderOfDayAndMonthIsThatOfTheDaysOnScreen(t *testing.T) {
	t.Cleanup(func() { control.UseRegion(control.Region{}) })
	now := time.Date(2026, 3, 20, 0, 0, 0, 0, time.Local)
	for layout, want := range map[string]string{"1/2/2006": "2026-03-04", "02/01/2006": "2026-04-03", "2006/01/02": "2026-03-04"} {
		control.UseRegion(control.Region{Day: layout})
		day, ok := control.ReadDay("3/4", now)
		require.True(t, ok)
		require.Equal(t, want, day.Format(time.DateOnly), layout)
	}
}
