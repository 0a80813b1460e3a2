package devices_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/devices"
	"consign/ui/page"
	"consign/ui/uitest"
)

// pieces are what has broken files before.
var pieces = []string{
	"=cmd|' /C calc'!A0", "=", "+", "-", "@", "\t", "\r", "\n", "\r\n", "'", "''=", `"`, `""`, ",", ";", "|", " ", "\u00a0", "\u200b",
	"\ufeff",
	"\x00", "\x01", "\x1f", "\x7f", "\u0085", "\u2028", "\ufffe", "\uffff", "\xff", "\xed\xa0\x80", "_x0041_", "_x0001_", "<b>",
	"&amp;", "]]>",
	"\U0001F4F1", "\U0010FFFF", "e\u0301", "\u202eשלום", "عربي", "갤럭시", "007", "1E5", "3.51826E+14", "2026-11-15", "TRUE", "n/a", "0",
	"IMEI", "Total",
	"# ", "sep=;", "351921580053066", "R58M0000001",
}

// anyText is a text of at most so many characters, 0 for any number.
func anyText(most int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		text := ""
		for range rapid.IntRange(0, 4).Draw(t, "parts") {
			if rapid.Bool().Draw(t, "random") {
				text += rapid.String().Draw(t, "text")
			} else {
				text += rapid.SampledFrom(pieces).Draw(t, "piece")
			}
		}
		if rapid.IntRange(0, 200).Draw(t, "long") == 0 {
			text = strings.Repeat(text+"x", 40_000/(len(text)+1))
		}
		if runes := []rune(text); most > 0 && len(runes) > most {
			text = string(runes[:most])
		}
		return text
	})
}

// imeiOf is the n-th IMEI with a right check digit.
func imeiOf(n int) string {
	first := fmt.Sprintf("35%012d", n)
	return first + string(model.LuhnDigit(first))
}

// drawDevices are devices with every set of identifiers, from the n-th IMEI on.
func drawDevices(t *rapid.T, n int) []model.NewDevice {
	all := make([]model.NewDevice, rapid.IntRange(1, 12).Draw(t, "devices"))
	for i := range all {
		d := &all[i]
		which := rapid.IntRange(1, 15).Draw(t, "identifiers")
		if which&1 != 0 {
			d.IMEI1 = imeiOf(2 * (n + i))
			if which&2 != 0 {
				d.IMEI2 = imeiOf(2*(n+i) + 1)
			}
		}
		if which&4 != 0 {
			d.MEID = fmt.Sprintf("A0%012X", n+i)
		}
		if which&8 != 0 || d.Empty() {
			d.Serial = fmt.Sprintf("R5%09d", n+i)
		}
		d.Model = anyText(0).Draw(t, "model")
		d.OrderNumber = rapid.StringMatching(`[0-9A-Za-z]{0,50}`).Draw(t, "order number")
	}
	return all
}

// Out and in again: what the program exports comes back in as the same devices, whatever stands in the texts.
func TestExportedDevicesComeBackInAsTheSameWithNoWarning(tb *testing.T) {
	o := uitest.NewOffice(tb)
	view := model.As(model.Reseller, o.North.ID)
	desk := uitest.NewDesk(tb, o.Register, fyne.NewSize(1024, 700), o.North, o.MSP)
	folder, ctx := tb.TempDir(), tb.Context()
	made := 0
	rapid.Check(tb, func(t *rapid.T) {
		made += 20
		company := "C" + anyText(0).Draw(t, "company name")
		customer, err := o.Accounts().Add(ctx, model.Account{Kind: model.Customer, KnoxID: fmt.Sprintf("46%08d", made), CompanyName: company})
		require.NoError(t, err)
		_, err = o.Customers().Add(ctx, o.North.ID, customer.ID, anyText(0).Draw(t, "internal reference"))
		require.NoError(t, err)
		tags := rapid.SliceOfN(anyText(model.LongestTag), 0, 3).Draw(t, "tags")
		given := drawDevices(t, made)
		upload, _, err := o.Uploads().Add(ctx, model.NewUpload{ResellerID: o.North.ID, TargetID: customer.ID, UploadedBy: view, Tags: tags},
			given, nil)
		require.NoError(t, err)
		q := model.DeviceQuery{View: view, Upload: upload.ID, OldestFirst: true}
		ids, err := o.Devices().IDs(ctx, q)
		require.NoError(t, err)
		kept, err := o.Register.Devices().Rows(ctx, view, ids)
		require.NoError(t, err)
		require.Len(t, kept, len(given))

		desk.Show(page.NewListPage(desk, devices.List(desk, view, devices.Options{Name: "devices", Title: "Devices", Within: q}), page.Place{}))
		for ending, kind := range map[string]string{".csv": "CSV", ".xlsx": "Excel workbook (XLSX)"} {
			path := filepath.Join(folder, "list"+ending)
			_ = os.Remove(path)
			uitest.Tap(tb, desk.Window(), "Export…")
			uitest.Pick(tb, desk.Window(), kind)
			uitest.Tap(tb, desk.Window(), "Save…")
			uitest.Type(tb, desk.Window(), "File name", path)
			uitest.Key(desk.Window(), fyne.KeyReturn)
			require.Empty(t, desk.Failed)
			requireComesBack(t, tb, path, kept)
		}
	})
}

func requireComesBack(t require.TestingT, tb testing.TB, path string, want []model.Device) {
	file, err := sheet.Open(path)
	require.NoError(t, err)
	defer file.Close()
	index, sample, err := intake.Find(tb.Context(), file)
	require.NoError(t, err)
	review := intake.NewReview(intake.Options{Layout: intake.Recognise(sample)})
	require.NoError(t, review.Read(tb.Context(), file, index))
	require.Equal(t, len(want), review.Len(), path)
	for i, device := range want {
		line := review.Line(i)
		require.Equal(t, model.OK, line.Verdict, "%s: %v", path, line.Reason)
		require.Equal(t, model.NewDevice{Identifiers: device.Identifiers, Model: device.Model, OrderNumber: device.OrderNumber}, line.Device,
			path)
		require.Equal(t, strings.Join(device.Tags, ", "), line.Tags, path)
	}
}
