package newupload_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/newupload"
)

// tagsOf are the tags of all uploads of the reseller, by their number of devices.
func (b *bench) tagsOf() map[int][]string {
	b.Helper()
	view := model.As(model.Reseller, b.office.North.ID)
	ids, err := b.office.Uploads().IDs(b.Context(), model.UploadQuery{View: view})
	require.NoError(b, err)
	rows, err := b.office.Uploads().Rows(b.Context(), view, "", ids)
	require.NoError(b, err)
	all := map[int][]string{}
	for _, u := range rows {
		all[u.Figures.Uploaded] = u.Tags
	}
	return all
}

func TestTagsOfLinesReachTheDevices(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.choose("Contoso")
	b.page.Paste("IMEI,Tags\n351921580053066,\"blue, Berlin\"\n356938035643809,\"Berlin, blue\"\n490154203237518,red\n")
	b.shows("Their tags make 2 uploads of them.")
	b.page.Submit()
	b.fine()
	require.Equal(t, map[int][]string{2: {"blue", "Berlin"}, 1: {"red"}}, b.tagsOf())
	require.Equal(t, 3, b.devices(b.office.North))
}

func TestReceivedUploadProposesTheLastReseller(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.office.Registered(b.office.South)
	b.office.Uploaded(b.office.South, b.office.MSP, 1)
	b.open(newupload.Options{OnBehalf: true, Target: b.office.MSP.ID})
	b.shows("Südwind Telekom")
}
