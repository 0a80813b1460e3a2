package system

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/windows/registry"
)

// TestDaysAreWrittenAsThePersonSetsThemInWindows sets another order of day, month and year than the region's, as people do in the settings.
func TestDaysAreWrittenAsThePersonSetsThemInWindows(t *testing.T) {
	key, err := registry.OpenKey(registry.CURRENT_USER, `Control Panel\International`, registry.QUERY_VALUE|registry.SET_VALUE)
	require.NoError(t, err)
	defer key.Close()
	before, _, err := key.GetStringValue("sShortDate")
	require.NoError(t, err)
	defer func() { require.NoError(t, key.SetStringValue("sShortDate", before)) }()
	for written, day := range map[string]string{"dd.MM.yyyy": "02.01.2006", "yyyy-MM-dd": "2006-01-02", "d/M/yy": "2/1/2006"} {
		require.NoError(t, key.SetStringValue("sShortDate", written))
		got, numbers := Formats()
		require.Equal(t, day, got)
		require.NotEmpty(t, numbers)
	}
}
