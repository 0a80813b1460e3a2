package sheet

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/disk/disktest"
)

// exports are the kinds of tables that are written over one of the same name.
var exports = []disktest.Work{exportTo("list.csv"), exportTo("list.xlsx")}

func TestMain(m *testing.M) {
	disktest.Main(exports...)
	os.Exit(m.Run())
}

func exportTo(name string) disktest.Work {
	return disktest.Work{
		Name: "export to " + name,
		Ready: func(t testing.TB, folder string) {
			writeTable(t, filepath.Join(folder, name), exportTable(name), [][]string{{"old"}})
		},
		Do: func(folder string) error {
			w, err := Create(filepath.Join(folder, name), exportTable(name))
			if err != nil {
				return err
			}
			defer w.Close()
			for range 2_000 {
				if err := w.Write([]string{strings.Repeat("new ", 50)}); err != nil {
					return err
				}
			}
			return w.Commit(context.Background())
		},
		State: func(t testing.TB, folder, when string) disktest.State {
			f, err := Open(filepath.Join(folder, name))
			require.NoError(t, err, when)
			defer f.Close()
			n := 0
			for _, err := range f.Rows(context.Background(), 0) {
				require.NoError(t, err, when)
				n++
			}
			if n == 2 {
				return disktest.Old
			}
			require.Equal(t, 2_001, n, when)
			return disktest.New
		},
	}
}

func exportTable(name string) Table {
	return Table{Format: FormatOf(name), Columns: textColumns("IMEI")}
}

func TestExportIsOldOrNewWhateverCallMeetsTrouble(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each call")
	}
	disktest.Table(t, exports...)
}
