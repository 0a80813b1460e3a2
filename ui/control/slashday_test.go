package control

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestSlashesAreReadInTheOrderOfTheSystem(t *testing.T) {
	was := systemLocale
	t.Cleanup(func() { systemLocale = was })
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.Local)
	for _, c := range []struct{ locale, text, day string }{
		{"en-US", "11/05/2026", "2026-11-05"}, {"en-US", "11/24/2026", "2026-11-24"}, {"en-US", "24/11/2026", "2026-11-24"},
		{"en-US", "11/5", "2026-11-05"}, {"en-US", "05.11.26", "2026-11-05"}, {"en-GB", "11/05/2026", "2026-05-11"},
		{"de-DE", "05/11/26", "2026-11-05"}, {"de", "11/24/2026", "2026-11-24"},
	} {
		systemLocale = func() string { return c.locale }
		day, ok := ReadDay(c.text, now)
		require.True(t, ok, c.text)
		require.Equal(t, c.day, day.Format(time.DateOnly), "%s in %s", c.text, c.locale)
	}
}
