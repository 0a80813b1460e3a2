package office

import (
	"errors"
	stdlog "log"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
)

func TestErrorOfTheToolkitBecomesOneEntry(t *testing.T) {
	path := filepath.Join(t.TempDir(), "logs", "consign.log")
	_, closeLog, err := OpenLog(path, "info")
	require.NoError(t, err)
	fyne.LogError("Failed to draw", errors.New("no glyph"))
	fyne.LogError("Error parsing user locale C", errors.New("not well-formed"))
	stdlog.Print("something else")
	closeLog()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Regexp(t, `level=error msg="Failed to draw" at=".*log_test.go:\d+" cause="no glyph"\n.*level=warning msg="something else"\n$`,
		string(text))
	require.NotContains(t, string(text), "locale")
}

func TestTraceOfACrashIsKeptAtTheNextStart(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "crash.log"), []byte("panic: boom\n"), 0o600))
	_, closeLog, err := OpenLog(filepath.Join(folder, "consign.log"), "info")
	require.NoError(t, err)
	closeLog()
	kept, err := filepath.Glob(filepath.Join(folder, "crash-*.log"))
	require.NoError(t, err)
	require.Len(t, kept, 1)
	text, err := os.ReadFile(kept[0])
	require.NoError(t, err)
	require.Equal(t, "panic: boom\n", string(text))
}

func TestUnknownLogLevelIsRefused(t *testing.T) {
	_, _, err := OpenLog(filepath.Join(t.TempDir(), "consign.log"), "loud")
	require.ErrorContains(t, err, "--log-level loud")
}
