package data

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/engine"
	"consign/data/engine/postgres/postgrestest"
	"consign/data/sheet"
	"consign/model"
)

// rescued rescues the register at path and returns the rows of its sheets below their titles, and what the rescue says.
func rescued(t *testing.T, path string) (map[string][][]string, Rescued) {
	t.Helper()
	to := filepath.Join(t.TempDir(), "rescue.xlsx")
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	told, err := Rescue(ctx, path, to, model.Text.String, nil)
	require.NoError(t, err)
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, before, after, "the register stays as it is")
	f, err := sheet.Open(to)
	require.NoError(t, err)
	defer f.Close()
	sheets := map[string][][]string{}
	for i, s := range f.Sheets() {
		for row, err := range f.Rows(ctx, i) {
			require.NoError(t, err)
			if row.Line > 1 {
				sheets[s.Name] = append(sheets[s.Name], slices.Clone(row.Cells))
			}
		}
	}
	return sheets, told
}

func TestRescueOfASoundRegisterHoldsEverything(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	d.damageable()
	sheets, told := rescued(t, d.Path())
	require.False(t, told.Lost())
	require.Len(t, sheets["Devices"], d.value("SELECT count(*) FROM devices"))
	require.Len(t, sheets["Activity"], d.value("SELECT count(*) FROM activity"))
	require.Len(t, sheets["Uploads"], d.value("SELECT count(*) FROM uploads"))
	require.Len(t, sheets["Lines without a device"], 1)
	require.Len(t, sheets["Managed customers"], 2)
	require.Len(t, sheets["Resellers"], 1)
	require.Contains(t, sheets["Accounts"], []string{"Customer", "4600001586", "Contoso", "DE", "No", "2026-03-01 09:04:00"})
	require.Equal(t, []string{"350000000000007", "", "", "R0000000007", "SM-A556B", "", "Verified", "Northwind Mobile", "Adatum Services"},
		sheets["Devices"][6][:9])
	require.Equal(t, "Contoso", sheets["Devices"][6][10], "moved there")
	require.Equal(t, "Everything was read.", sheets["What was read"][6][3])
}

func TestRescueReadsAroundAPageThatCannotBeReadAndTakesTheRestFromTheIndexes(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	list := d.devices(2000)
	u := d.upload(d.north, d.contoso, list...)
	path := filepath.Join(t.TempDir(), "copy.db")
	require.NoError(t, d.Safe().Backup(ctx, path))
	lost := d.clearLeaf(t, path)
	require.Greater(t, len(lost), 10)
	sheets, told := rescued(t, path)
	require.True(t, told.Lost())
	require.Len(t, sheets["Devices"], 2000, "none is missing")
	partly := sheets["Devices"][2000-len(lost):]
	for i, id := range lost {
		device := list[id-1]
		require.Equal(t, []string{device.IMEI1, "", "", device.Serial, "", ""}, partly[i][:6], "its model is lost with the page")
		require.Equal(t, u.UUID, partly[i][9])
	}
	line := sheets["What was read"][6]
	require.Equal(t, []string{"Devices", "2000"}, line[:2])
	require.Contains(t, line[3], "numbers ")
}

// clearLeaf clears a page in the middle of the table of devices in the copy at path, and returns the ids of the devices on it.
func (d *desk) clearLeaf(t *testing.T, path string) (ids []int64) {
	db, err := connect(path)
	require.NoError(t, err)
	defer engine.ClosePool(db)
	whole := func() (found []int64) {
		for id := int64(1); id <= 2000; id++ {
			var one []int64
			if db.Raw("SELECT id FROM devices WHERE id = ? AND model <> ''", id).Scan(&one).Error == nil {
				found = append(found, one...)
			}
		}
		return found
	}
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	needle := []byte("350000000001000") // somewhere in the middle
	for page := 1; page < len(content)/4096; page++ {
		p := content[page*4096 : (page+1)*4096]
		if p[0] == 13 && bytes.Contains(p, needle) {
			clear(p)
			require.NoError(t, os.WriteFile(path, content, 0o600))
			break
		}
	}
	require.NoError(t, engine.ClosePool(db))
	db, err = connect(path)
	require.NoError(t, err)
	readable := whole()
	for id := int64(1); id <= 2000; id++ {
		if !slices.Contains(readable, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func TestRescueMendsABrokenBeginningInItsCopy(t *testing.T) {
	postgrestest.OfFiles(t)
	d := newDesk(t)
	d.damageable()
	devices := d.value("SELECT count(*) FROM devices")
	require.NoError(t, d.Close())
	content, err := os.ReadFile(d.Path())
	require.NoError(t, err)
	clear(content[:100])
	require.NoError(t, os.WriteFile(d.Path(), content, 0o600))
	sheets, _ := rescued(t, d.Path())
	require.Len(t, sheets["Devices"], devices)
}

func TestRescueOfNothingLeavesNothing(t *testing.T) {
	postgrestest.OfFiles(t)
	path, to := filepath.Join(t.TempDir(), "consign.db"), filepath.Join(t.TempDir(), "rescue.xlsx")
	require.NoError(t, os.WriteFile(path, make([]byte, 40960), 0o600))
	_, err := Rescue(ctx, path, to, model.Text.String, nil)
	require.Equal(t, model.Damaged, model.CodeOf(err), "%v", err)
	require.NoFileExists(t, to)
}
