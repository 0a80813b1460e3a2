package data

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/model"
)

func TestUploadTellsItsFourFiguresAndKeepsItsFields(t *testing.T) {
	d := newDesk(t)
	devices := d.devices(3)
	devices[1].OrderNumber = "B7"
	u, done, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso,
		UploadedBy:  model.As(model.Reseller, d.north),
		OrderNumber: "A1", OrderDate: time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC), SoldToCode: "123-4567", Tags: []string{"Büro", `a"b`},
		Figures: model.Figures{Uploaded: 6, Invalid: 2, Duplicate: 1}, Failed: []model.FailedLine{{Line: 4, Value: "x",
			Reason: model.HasLetters.Text()}}}, devices, nil)
	require.NoError(t, err)
	require.Equal(t, model.Figures{Uploaded: 6, Valid: 3, Invalid: 2, Duplicate: 1}, u.Figures)
	require.Equal(t, []string{"Büro", `a"b`}, u.Tags)
	require.Equal(t, 3, done.Devices)
	require.Equal(t, "Devices uploaded to Contoso: 3.", done.Text.String())
	rows, err := d.Devices().Rows(ctx, model.As(model.Reseller, d.north), d.sees(model.As(model.Reseller, d.north)))
	require.NoError(t, err)
	require.Equal(t, []string{"A1", "B7", "A1"}, []string{rows[0].OrderNumber, rows[1].OrderNumber, rows[2].OrderNumber})
	lines, err := d.Uploads().FailedLines(ctx, u.ID)
	require.NoError(t, err)
	require.Equal(t, []model.FailedLine{{Line: 4, Value: "x", Reason: model.HasLetters.Text()}}, lines)
	d.countersHold()
}

func TestUploadThatBreaksARuleIsRefusedWithoutATrace(t *testing.T) {
	d := newDesk(t)
	d.unchanged(func() {
		for part, change := range map[string]func(*model.NewUpload, *[]model.NewDevice){
			"cannot be seen": func(u *model.NewUpload, _ *[]model.NewDevice) { u.OrderNumber = "A\t1" },
			"20 tags at most": func(u *model.NewUpload, _ *[]model.NewDevice) {
				for i := range 21 {
					u.Tags = append(u.Tags, strings.Repeat("t", i+1))
				}
			},
			"7 to 10 characters":         func(u *model.NewUpload, _ *[]model.NewDevice) { u.SoldToCode = "123" },
			"no device to upload":        func(_ *model.NewUpload, l *[]model.NewDevice) { *l = nil },
			"not in the directory":       func(u *model.NewUpload, _ *[]model.NewDevice) { u.TargetID = 999 },
			"does not fit here":          func(u *model.NewUpload, _ *[]model.NewDevice) { u.TargetID = d.south },
			"Only the reseller uploads":  func(u *model.NewUpload, _ *[]model.NewDevice) { u.UploadedBy = model.As(model.MSP, d.msp) },
			"is not a device identifier": func(_ *model.NewUpload, l *[]model.NewDevice) { (*l)[1].IMEI1 = `35"` },
			"needs an IMEI":              func(_ *model.NewUpload, l *[]model.NewDevice) { (*l)[1].Identifiers = model.Identifiers{} },
			"twice":                      func(_ *model.NewUpload, l *[]model.NewDevice) { (*l)[1].IMEI2 = (*l)[1].IMEI1 },
			"is in the list twice":       func(_ *model.NewUpload, l *[]model.NewDevice) { (*l)[1].IMEI2 = (*l)[0].IMEI1 },
			"100 characters at most":     func(_ *model.NewUpload, l *[]model.NewDevice) { (*l)[2].OrderNumber = strings.Repeat("B", 101) },
		} {
			u := model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: model.As(model.Reseller, d.north)}
			list := d.devices(3)
			change(&u, &list)
			_, _, err := d.Uploads().Add(ctx, u, list, nil)
			require.ErrorContains(t, err, part)
			require.Contains(t, []model.Code{model.Invalid, model.NotFound, model.Refused, model.Conflict}, model.CodeOf(err))
		}
	})
}

func TestIdentifierOfALivingDeviceIsTakenInEveryColumn(t *testing.T) {
	d := newDesk(t)
	first := model.NewDevice{Identifiers: model.Identifiers{IMEI1: "351921580053066", IMEI2: "490154203237518", MEID: "A10000009296F2",
		Serial: "R58N123456A"}}
	u := d.upload(d.north, d.contoso, first)
	by := model.As(model.Reseller, d.north)
	for identifier, again := range map[string]model.Identifiers{
		"351921580053066": {IMEI2: "351921580053066"},
		"490154203237518": {IMEI1: "490154203237518"},
		"A10000009296F2":  {MEID: "A10000009296F2"},
		"R58N123456A":     {Serial: "R58N123456A"},
	} {
		d.unchanged(func() {
			list := append(d.devices(7000), model.NewDevice{Identifiers: again})
			_, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.fabrikam, UploadedBy: by}, list, nil)
			requireCode(t, model.Conflict, identifier+": uploaded by the same reseller to a different customer, Contoso", err)
			require.Contains(t, err.Error(), u.UUID)
		})
	}
}

func TestDeviceTwiceFarApartInOneListIsSaid(t *testing.T) {
	d := newDesk(t)
	list := d.devices(6000)
	list = append(list, list[10])
	_, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: model.As(model.Reseller, d.north)},
		list, nil)
	requireCode(t, model.Conflict, list[10].IMEI1+" is in the list twice", err)
}

func TestUploadIsApprovedOnArrivalByPreference(t *testing.T) {
	d := newDesk(t)
	d.register(d.north, true)
	u := d.upload(d.north, d.msp, d.devices(2)...)
	require.False(t, u.Waits())
	require.Equal(t, "active", d.status(d.north, d.msp))
	d.done(d.Customers().Add(ctx, d.north, d.contoso, ""))
	north := model.As(model.Reseller, d.north)
	d.done(d.Portal().SetServices(ctx, north, d.contoso, model.ServicesChange{Services: []model.Service{model.KnoxManage}}))
	d.done(d.Portal().SetPreference(ctx, north, d.contoso, d.north, []model.Service{model.KnoxManage}))
	require.False(t, d.upload(d.north, d.contoso, d.devices(1)...).Waits())
	require.Equal(t, "active", d.status(d.north, d.contoso))
}

func TestMSPReceivesAnUploadOnBehalfOfAReseller(t *testing.T) {
	d := newDesk(t)
	u, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.south, TargetID: d.msp, UploadedBy: model.As(model.MSP, d.msp)},
		d.devices(2), nil)
	require.NoError(t, err)
	require.Equal(t, "Adatum Services", u.UploadedBy)
	require.Equal(t, d.south, u.ResellerID)
	require.False(t, u.Registered)
}

func TestBulkUploadIsOneActOrNothing(t *testing.T) {
	d := newDesk(t)
	by := model.As(model.Reseller, d.north)
	batch := func(target int64, devices []model.NewDevice) Batch {
		return Batch{model.NewUpload{ResellerID: d.north, TargetID: target, UploadedBy: by}, DeviceSlice(devices)}
	}
	var told []int
	uploads, done, err := d.Uploads().AddAll(ctx, []Batch{batch(d.contoso, d.devices(2)), batch(d.fabrikam, d.devices(3))},
		func(n, total int) { require.Equal(t, 5, total); told = append(told, n) })
	require.NoError(t, err)
	require.Len(t, uploads, 2)
	require.Equal(t, []int{2, 5}, told)
	require.Equal(t, 5, done.Devices)
	same := d.devices(1)
	d.unchanged(func() {
		_, _, err = d.Uploads().AddAll(ctx, []Batch{batch(d.contoso, same), batch(d.fabrikam, same)}, nil)
		requireCode(t, model.Conflict, "in the list twice", err)
	})
	d.done(d.Activity().Undo(ctx, done.ActivityID, nil))
	require.Empty(t, d.sees(by))
	_, _, there := d.page(d.north, d.contoso)
	require.False(t, there, "the upload had added the customer")
}

func TestUploadWithAnOrderNumberForEachDeviceIsCounted(t *testing.T) {
	d := newDesk(t)
	devices := d.devices(2*rowsPerStatement + 1)
	for i := range devices {
		devices[i].OrderNumber = fmt.Sprintf("PO%d", i%(rowsPerStatement+1))
	}
	d.upload(d.north, d.contoso, devices...)
	d.countersHold()
	view := model.As(model.Reseller, d.north)
	orders, err := d.Devices().Orders(ctx, view)
	require.NoError(t, err)
	require.Len(t, orders, rowsPerStatement+1)
	q := model.DeviceQuery{View: view, OrderNumber: "PO7"}
	ids, err := d.Devices().IDs(ctx, q)
	require.NoError(t, err)
	require.ElementsMatch(t, []int64{8, rowsPerStatement + 9}, ids)
	n, err := d.Devices().Count(ctx, q)
	require.NoError(t, err)
	require.Equal(t, 2, n)
}

func TestOrderNumberOfAllLinesOfAListIsThatOfItsUpload(t *testing.T) {
	d := newDesk(t)
	ordered := func(numbers ...string) []model.NewDevice {
		devices := d.devices(len(numbers))
		for i, number := range numbers {
			devices[i].OrderNumber = number
		}
		return devices
	}
	require.Equal(t, "PO-2026/118", d.upload(d.north, d.contoso, ordered("PO-2026/118", "PO-2026/118")...).OrderNumber)
	require.Empty(t, d.upload(d.north, d.contoso, ordered("PO1", "PO2")...).OrderNumber)
	require.Empty(t, d.upload(d.north, d.contoso, ordered("", "PO2")...).OrderNumber)
	require.Empty(t, d.upload(d.north, d.contoso, ordered("PO2", "", "PO2")...).OrderNumber)
	u, _, err := d.Uploads().Add(ctx, model.NewUpload{ResellerID: d.north, TargetID: d.contoso, UploadedBy: model.As(model.Reseller, d.north),
		OrderNumber: "FORM"}, ordered("PO1", "PO1"), nil)
	require.NoError(t, err)
	require.Equal(t, "FORM", u.OrderNumber, "what the form says holds")
	d.logHolds()
}

func TestBulkActAndItsEntryNameEachCustomerWithItsDevices(t *testing.T) {
	d := newDesk(t)
	north := model.As(model.Reseller, d.north)
	batch := func(target int64, n int) Batch {
		return Batch{model.NewUpload{ResellerID: d.north, TargetID: target, UploadedBy: north}, DeviceSlice(d.devices(n))}
	}
	_, done, err := d.Uploads().AddAll(ctx, []Batch{batch(d.contoso, 2), batch(d.fabrikam, 3), batch(d.contoso, 1)}, nil)
	require.NoError(t, err)
	parts := []model.Part{{AccountID: d.contoso, CompanyName: "Contoso", KnoxID: "4600001586", Devices: 3},
		{AccountID: d.fabrikam, CompanyName: "Fabrikam", KnoxID: "4600001587", Devices: 3}}
	require.Equal(t, parts, done.Parts)
	require.NotContains(t, done.Text.String(), "Fabrikam", "what is said at once is short")
	entry := func(done model.Done) string {
		rows, err := d.Activity().Rows(ctx, []int64{done.ActivityID})
		require.NoError(t, err)
		return rows[0].Detail.String()
	}
	require.Contains(t, entry(done), "Contoso: 3, Fabrikam: 3")
	carry, err := d.Carrying().ToCarry(ctx, north)
	require.NoError(t, err)
	carry.Files = map[string][]string{"4600001586": {"upload_Contoso.csv"}, "4600001587": {"upload_Fabrikam.csv"}}
	carried := d.done(d.Carrying().MarkCarried(ctx, north, carry))
	require.Contains(t, entry(carried), "Contoso: 3 (upload_Contoso.csv), Fabrikam: 3 (upload_Fabrikam.csv)")
	deleted := d.done(d.Devices().Delete(ctx, all(north), nil))
	require.Equal(t, parts, deleted.Parts)
	require.Contains(t, entry(deleted), "Contoso: 3, Fabrikam: 3")
	d.logHolds()
}
