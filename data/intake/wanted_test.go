package intake

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"consign/data/sheet"
	"consign/model"
)

// find recognises what is wanted in a text and reads its rows.
func find(t *testing.T, text string, w Wanted) (Layout, []Fields, error) {
	t.Helper()
	file, err := sheet.FromText(text)
	require.NoError(t, err)
	index, layout, err := FindFor(context.Background(), file, w)
	if err != nil {
		return layout, nil, err
	}
	var all []Fields
	for row, err := range file.Rows(context.Background(), index) {
		require.NoError(t, err)
		if f, list := layout.Fields(row); list {
			all = append(all, f)
		}
	}
	return layout, all, nil
}

func TestExportsOfPortalsAreReadByTheOneRecogniser(t *testing.T) {
	_, devices, err := find(t, `IMEI/MEID,Serial Number,Model,Order Number,Uploaded,Customer,Status,Tags
"351921580053066, 490154203237518",R52N30ABCDE,SM-S911B,PO-2026/118,2026-11-20,Contoso,Verified,Berlin
356938035643809,R52N30ABCDF,SM-S911B,4711,2026-11-21,Contoso,Pending,
`, PortalDevices)
	require.NoError(t, err)
	require.Len(t, devices, 2)
	require.Equal(t, model.Identifiers{IMEI1: "351921580053066", IMEI2: "490154203237518", Serial: "R52N30ABCDE"}, devices[0].Identifiers)
	require.Equal(t, "Verified", devices[0].Text(Status))
	require.Equal(t, "2026-11-20", devices[0].Text(Uploaded))
	require.Equal(t, "Contoso", devices[0].Text(CompanyName))
	require.Equal(t, "PO-2026/118", devices[0].Text(OrderNumber))
	require.Equal(t, "Berlin", devices[0].Text(Tags))

	_, devices, err = find(t, "Device ID;Model;Date of submission\n351921580053066;SM-A556B;20.11.2026\n"+
		"R52N30ABCDE;SM-X216B;20.11.2026\n", PortalDevices)
	require.NoError(t, err)
	require.Equal(t, "351921580053066", devices[0].Identifiers.IMEI1)
	require.Equal(t, "R52N30ABCDE", devices[1].Identifiers.Serial)
	require.Equal(t, "20.11.2026", devices[1].Text(Uploaded))

	_, uploads, err := find(t, `Upload ID,Uploaded by,Customer,Order number,Total devices,Verified devices,Uploaded,Status
0f8fad5b-d9cb-469f-a165-70867728950e,anna@example.com,Contoso,PO-1,120,118,2026-11-20,Completed with error
`, PortalUploads)
	require.NoError(t, err)
	require.Len(t, uploads, 1)
	for m, want := range map[Meaning]string{
		UploadID: "0f8fad5b-d9cb-469f-a165-70867728950e", UploadedBy: "anna@example.com", CompanyName: "Contoso",
		OrderNumber: "PO-1", TotalDevices: "120", VerifiedDevices: "118", Uploaded: "2026-11-20", Status: "Completed with error"} {
		require.Equal(t, want, uploads[0].Text(m), m)
	}

	_, orders, err := find(t, "Bestellnummer;Kunde;Modell;Menge\nPO-1;Contoso;SM-S911B;20\nPO-1;Contoso;SM-A556B;20\n", OrderList)
	require.NoError(t, err)
	require.Equal(t, "20", orders[1].Text(Quantity))
	require.Equal(t, "SM-A556B", orders[1].Text(Model))
}

func TestWhatIsSomethingElseIsSaid(t *testing.T) {
	const list = "IMEI,Serial number,Status\n351921580053066,R52N30ABCDE,new\n"
	for _, w := range []Wanted{AccountList, ErrorReport, PortalUploads, OrderList} {
		_, _, err := find(t, list, w)
		require.ErrorAs(t, err, new(*model.Error), w)
	}
	layout, _, err := find(t, list, DeviceList)
	require.NoError(t, err)
	require.Equal(t, []Meaning{IMEI, Serial, Ignored}, layout.Columns, "the status of a device list is none of a portal's")
	_, _, err = find(t, "Company name,Customer ID\nContoso,4600001586\n", PortalDevices)
	require.Error(t, err)
}
