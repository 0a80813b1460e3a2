package portal

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"consign/data/intake"
	"consign/data/sheet"
	"consign/model"
)

func devices(n int) []Device {
	all := make([]Device, n)
	for i := range all {
		first := fmt.Sprint(35192158_000000 + i)
		all[i] = Device{first + string(model.LuhnDigit(first)), "PO2026", time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC)}
	}
	return all
}

func linesOf(t *testing.T, path string) []string {
	t.Helper()
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	require.True(t, strings.HasSuffix(string(content), "\r\n"))
	return strings.Split(strings.TrimSuffix(string(content), "\r\n"), "\r\n")
}

func names(paths []string) []string {
	var all []string
	for _, path := range paths {
		all = append(all, filepath.Base(path))
	}
	return all
}

func TestListForOneCustomerHasOneIdentifierPerLine(t *testing.T) {
	batch := Batch{CustomerID: "4600001586", CompanyName: "Müller & Söhne / Logistik: GmbH", OrderNumber: "PO2026", Devices: devices(3)}
	paths, err := Save(context.Background(), t.TempDir(), Upload, KnoxList, []Batch{batch}, Settings{})
	require.NoError(t, err)
	require.Equal(t, []string{"upload_Müller-&-Söhne-Logistik-GmbH_4600001586_PO2026.csv"}, names(paths))
	require.Equal(t, []string{batch.Devices[0].Identifier, batch.Devices[1].Identifier, batch.Devices[2].Identifier}, linesOf(t, paths[0]))
}

func TestMoreThanTenThousandDevicesAreSplit(t *testing.T) {
	folder := t.TempDir()
	batch := Batch{CustomerID: "4600001586", CompanyName: "Contoso", Devices: devices(2*mostOfKnox + 1)}
	paths, err := Save(context.Background(), folder, Delete, KnoxList, []Batch{batch}, Settings{})
	require.NoError(t, err)
	require.Equal(t, []string{"delete_Contoso_4600001586_1-of-3.csv", "delete_Contoso_4600001586_2-of-3.csv",
		"delete_Contoso_4600001586_3-of-3.csv"}, names(paths))
	var all []string
	for i, path := range paths {
		lines := linesOf(t, path)
		require.Len(t, lines, []int{mostOfKnox, mostOfKnox, 1}[i])
		all = append(all, lines...)
	}
	for i, d := range batch.Devices {
		require.Equal(t, d.Identifier, all[i])
	}
	again, err := Save(context.Background(), folder, Delete, KnoxList, []Batch{batch}, Settings{})
	require.NoError(t, err)
	require.Equal(t, "delete_Contoso_4600001586_again-2_1-of-3.csv", filepath.Base(again[0]), "an earlier file stays")
}

func TestBulkFileIsAsTheDomainSays(t *testing.T) {
	batches := []Batch{{CustomerID: "4600001586", Devices: devices(2)}, {CustomerID: "0123004321", Devices: devices(1)}}
	for order, date := range map[DateOrder]string{YearDayMonth: "20261511", YearMonthDay: "20261115"} {
		paths, err := Save(context.Background(), t.TempDir(), Upload, KnoxBulk, batches, Settings{order})
		require.NoError(t, err)
		require.Equal(t, []string{"bulk_upload_2_customers.csv"}, names(paths))
		require.Equal(t, []string{
			"Customer ID,Device IMEI/serial number,Order number,Order date",
			"4600001586," + batches[0].Devices[0].Identifier + ",PO2026," + date,
			"4600001586," + batches[0].Devices[1].Identifier + ",PO2026," + date,
			"0123004321," + batches[1].Devices[0].Identifier + ",PO2026," + date,
		}, linesOf(t, paths[0]))
	}
}

func TestBulkFileHasTenThousandOfEachCustomer(t *testing.T) {
	batches := []Batch{{CustomerID: "1", Devices: devices(mostOfKnox + 5)}, {CustomerID: "2", Devices: devices(mostOfKnox)},
		{CustomerID: "3", Devices: devices(2)}}
	paths, err := Save(context.Background(), t.TempDir(), Upload, KnoxBulk, batches, Settings{YearDayMonth})
	require.NoError(t, err)
	require.Len(t, paths, 2)
	require.Len(t, linesOf(t, paths[0]), 1+2*mostOfKnox+2)
	require.Len(t, linesOf(t, paths[1]), 1+5)
}

func TestBulkFileComesBackThroughTheIntake(t *testing.T) {
	ctx := context.Background()
	paths, err := Save(ctx, t.TempDir(), Upload, KnoxBulk, []Batch{{CustomerID: "4600001586", CompanyName: "A",
		Devices: devices(30)}}, Settings{YearDayMonth})
	require.NoError(t, err)
	file, err := sheet.Open(paths[0])
	require.NoError(t, err)
	defer file.Close()
	index, sample, err := intake.Find(ctx, file)
	require.NoError(t, err)
	r := intake.NewReview(intake.Options{Layout: intake.Recognise(sample), Bulk: true, Customers: intake.Customers{"4600001586": 3}})
	require.NoError(t, r.Read(ctx, file, index))
	require.Equal(t, 30, r.Counts().Of(model.OK))
	group := r.Groups()[0]
	require.Equal(t, "PO2026", group.OrderNumber)
	require.Equal(t, time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC), group.OrderDate)
}

func TestWhatAPortalRefusesIsNotWritten(t *testing.T) {
	good := devices(1)[0]
	for name, batch := range map[string]Batch{
		"comma in the identifier":   {CustomerID: "1", Devices: []Device{{"3519,1", "", time.Time{}}}},
		"no identifier":             {CustomerID: "1", Devices: []Device{{"", "", time.Time{}}}},
		"letter in the customer ID": {CustomerID: "12a", Devices: []Device{good}},
		"no devices":                {CustomerID: "1"},
	} {
		folder := t.TempDir()
		_, err := Save(context.Background(), folder, Upload, KnoxBulk, []Batch{batch}, Settings{YearDayMonth})
		require.Equal(t, model.Invalid, model.CodeOf(err), name)
		requireEmpty(t, folder)
	}
}

func requireEmpty(t *testing.T, folder string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Empty(t, entries)
}

func TestCancelledFilesLeaveNothing(t *testing.T) {
	folder := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := Save(ctx, folder, Upload, KnoxList, []Batch{Batch{CustomerID: "1", Devices: devices(5)}}, Settings{})
	require.ErrorIs(t, err, context.Canceled)
	requireEmpty(t, folder)
}

func TestNameOfAnyCompanyIsAFileName(t *testing.T) {
	for _, company := range []string{"", "..", "CON/../x", `a\b:c*d?e"f<g>h|i`, strings.Repeat("大阪電機", 40), "trailing. "} {
		paths, err := Save(context.Background(), t.TempDir(), Upload, KnoxList, []Batch{Batch{CustomerID: "1", CompanyName: company,
			Devices: devices(1)}}, Settings{})
		require.NoError(t, err, company)
		require.NotContains(t, filepath.Base(paths[0]), "..")
		require.LessOrEqual(t, len(filepath.Base(paths[0])), 200)
	}
}

func TestErrorReportGivesTheFailedDevices(t *testing.T) {
	file, err := sheet.FromText("Device IMEI/serial number,Customer ID,Failure reason\n" +
		"351921580053066,1,MPTS verification failed\n490154203237518,1,\nr5x477cvwfc,1,Device already registered to different " +
		"customer\n,1,Invalid format\n351921580053066,1,Again\n")
	require.NoError(t, err)
	report, err := ReadReport(context.Background(), file)
	require.NoError(t, err)
	require.Equal(t, Report{
		Failures: []Failure{{2, "351921580053066", "MPTS verification failed"},
			{4, "R5X477CVWFC", "Device already registered to different customer"}},
		Unread: []int{5},
	}, report)
	require.Contains(t, report.Failures[0].Advice().String(), "authorised reseller")
	require.Contains(t, report.Failures[1].Advice().String(), "delete it first")
	require.Contains(t, Failure{Reason: "?"}.Advice().String(), "Compare the identifier")
}

func TestListWithoutFailureReasonIsNoReport(t *testing.T) {
	file, err := sheet.FromText("IMEI,Model\n351921580053066,S24\n")
	require.NoError(t, err)
	_, err = ReadReport(context.Background(), file)
	require.Equal(t, model.Invalid, model.CodeOf(err))
	require.ErrorContains(t, err, "Failure reason")
}

func TestBlankListIsRecognisedWhenItComesBackFilled(t *testing.T) {
	ctx := context.Background()
	for _, bulk := range []bool{false, true} {
		path := filepath.Join(t.TempDir(), "blank.xlsx")
		require.NoError(t, SaveBlankList(ctx, path, bulk))
		book, err := excelize.OpenFile(path)
		require.NoError(t, err)
		require.NoError(t, book.SetCellValue("Devices", "A2", "351921580053066"))
		style, err := book.GetCellStyle("Devices", "A3")
		require.NoError(t, err)
		format, err := book.GetStyle(style)
		require.NoError(t, err)
		require.Equal(t, 49, format.NumFmt, "what a person types stays text")
		require.NoError(t, book.Save())
		file, err := sheet.Open(path)
		require.NoError(t, err)
		_, sample, err := intake.Find(ctx, file)
		require.NoError(t, err)
		layout := intake.Recognise(sample)
		require.True(t, layout.Identifies())
		require.NotContains(t, layout.Columns, intake.Ignored)
		require.Equal(t, bulk, layout.Has(intake.CustomerID))
		require.NoError(t, file.Close())
	}
}

func TestResellerOfADeviceIsNotItsCustomer(t *testing.T) {
	for _, titles := range []string{"RESELLER,CUSTOMER", "Reseller ID,Customer ID", "Reseller name,Customer name"} {
		file, err := sheet.FromText("IMEI/MEID," + titles + "\n351921580053066,Northwind,Contoso\n490154203237518,Northwind,\n")
		require.NoError(t, err)
		found, err := FindDevices(t.Context(), file)
		require.NoError(t, err)
		var customers []string
		for line, err := range found.Lines(t.Context()) {
			require.NoError(t, err)
			customers = append(customers, line.Customer)
		}
		require.Equal(t, []string{"Contoso", ""}, customers, titles)
	}
}
