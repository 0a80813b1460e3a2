package system

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSecondStartHandsItsFilesToTheFirst(t *testing.T) {
	folder, register := t.TempDir(), filepath.Join(t.TempDir(), "Müller & Söhne 日本.db")
	require.NoError(t, os.WriteFile(register, nil, 0o600))
	require.False(t, HandOver(folder, register, []string{"nobody is there"}))

	taken := make(chan []string, 10)
	stop, err := Attend(folder, register, func(files []string) { taken <- files })
	require.NoError(t, err)
	require.True(t, HandOver(folder, register, []string{"/lists/Müller & Söhne.csv", "two.xlsx"}))
	require.Equal(t, []string{"/lists/Müller & Söhne.csv", "two.xlsx"}, <-taken)
	require.True(t, HandOver(folder, register, nil), "it comes to the front without a file, too")
	require.Empty(t, <-taken)
	require.False(t, HandOver(folder, filepath.Join(t.TempDir(), "another.db"), nil), "who has another register open is left alone")

	_, err = Attend(folder, register, func([]string) {})
	require.Error(t, err, "one attends")
	stop()
	require.False(t, HandOver(folder, register, nil))
}

func TestWhatWasHandedToAKilledOneIsNotOpenedLater(t *testing.T) {
	folder, register := t.TempDir(), filepath.Join(t.TempDir(), "register.db")
	box := letterbox(folder, register)
	require.NoError(t, os.MkdirAll(box, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(box, "old"+letterEnding), []byte(`["old.csv"]`), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(box, "lock"), nil, 0o600))
	require.False(t, HandOver(folder, register, nil), "its lock went with it")

	taken := make(chan []string, 10)
	stop, err := Attend(folder, register, func(files []string) { taken <- files })
	require.NoError(t, err)
	defer stop()
	require.True(t, HandOver(folder, register, []string{"new.csv"}))
	require.Equal(t, []string{"new.csv"}, <-taken)
}

func TestOnlyAnOpenGLThatFyneCanUseIsNewEnough(t *testing.T) {
	for version, want := range map[string]bool{
		"4.6.0 NVIDIA 535.98": true, "2.1 INTEL-10.6.33": true, "3.1 Mesa 22.3.6": true, "10.0": true,
		"2.0.6458": false, "1.4 (Compatibility Profile) Mesa 22.3.6": false, "1.1.0": false, "": false, "OpenGL": false,
	} {
		require.Equal(t, want, atLeast(version, 2, 1), version)
	}
}
