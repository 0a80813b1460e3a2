package intake

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/disk"
	"consign/data/disk/disktest"
	"consign/model"
)

// scanning is a session that is begun, or gone on with, and takes three devices.
var scanning = disktest.Work{
	Name:  "scanning",
	Ready: func(testing.TB, string) {},
	Do: func(folder string) error {
		path := filepath.Join(folder, "scan")
		s, err := ResumeScan(path)
		if model.CodeOf(err) == model.NotFound {
			s, err = StartScan(path, OnePerScan)
		}
		if err != nil {
			return err
		}
		defer s.Close()
		for _, scan := range []string{dualA1, dualB1, serialA} {
			if _, err := s.Scan(scan); err != nil {
				return err
			}
		}
		return nil
	},
	// Old is a session of fewer scans, the first ones.
	State: func(t testing.TB, folder, when string) disktest.State {
		path := filepath.Join(folder, "scan")
		if !disk.Exists(path) {
			return disktest.Old
		}
		s, err := ResumeScan(path)
		require.NoError(t, err, when)
		defer s.Close()
		for i, want := range []model.Identifiers{{IMEI1: dualA1}, {IMEI1: dualB1}, {Serial: serialA}}[:s.Len()] {
			require.Equal(t, want, s.Device(i), when)
		}
		if s.Len() < 3 {
			return disktest.Old
		}
		return disktest.New
	},
}

func TestMain(m *testing.M) {
	disktest.Main(scanning)
	os.Exit(m.Run())
}

func TestScansAreKeptWhateverCallMeetsTrouble(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each call")
	}
	disktest.Table(t, scanning)
}

func TestScanThatCannotBeKeptDoesNotSpoilTheNextOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scan")
	s, err := StartScan(path, OnePerScan)
	require.NoError(t, err)
	flushes := 0
	end := disk.OnCall(func(c disk.Call) error {
		if c.Op == disk.Flushing {
			if flushes++; flushes == 1 {
				return os.ErrPermission
			}
		}
		return nil
	})
	_, err = s.Scan(dualA1)
	require.Error(t, err)
	_, err = s.Scan(dualB1)
	require.NoError(t, err)
	end()
	require.NoError(t, s.Close())
	s, err = ResumeScan(path)
	require.NoError(t, err)
	defer s.Close()
	require.Equal(t, 1, s.Len())
	require.Equal(t, dualB1, s.Device(0).IMEI1)
}
