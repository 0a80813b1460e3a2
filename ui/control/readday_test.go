package control_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
)

func TestDaysAreReadAsPeopleWriteThem(t *testing.T) {
	test.NewTempApp(t)
	now := time.Date(2026, time.November, 29, 15, 0, 0, 0, time.Local)
	for text, want := range map[string]string{
		"24.11.26": "2026-11-24", "24.11.2026": "2026-11-24", "24.11.": "2026-11-24", "24 Nov": "2026-11-24", "Nov 24": "2026-11-24",
		"24. November 2026": "2026-11-24", "24 nov 26": "2026-11-24", "2026-11-24": "2026-11-24", "20261124": "2026-11-24",
		"11/24/2026": "2026-11-24", "24/11/2026": "2026-11-24", "today": "2026-11-29", "Yesterday": "2026-11-28", "tomorrow": "2026-11-30",
		"3 Jan": "2027-01-03", "2026 Nov 24": "2026-11-24", "November 24th, 2026": "2026-11-24",
	} {
		got, ok := control.ReadDay(text, now)
		require.True(t, ok, text)
		require.Equal(t, want, got.Format(time.DateOnly), text)
	}
	for _, text := range []string{"", "24", "31.2.2026", "13/13/2026", "next week", "24.11.1800", "PO 24", "1.2.3.4"} {
		_, ok := control.ReadDay(text, now)
		require.False(t, ok, text)
	}
	require.Equal(t, "Tue, 24 Nov 2026", control.SayDay(time.Date(2026, time.November, 24, 0, 0, 0, 0, time.Local)))
}
