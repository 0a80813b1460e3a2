package device

import (
	"testing"

	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/model"
	"consign/ui/uitest"
)

func TestExchangedDevicesLeadToOneAnotherWithTheReference(t *testing.T) {
	o := newOffice(t)
	old := o.upload(first)[0]
	north := model.As(model.Reseller, o.reseller.ID)
	o.done(o.Devices().Exchange(ctx, north, []data.Exchange{{Old: old, New: model.NewDevice{Identifiers: second}, Reference: "RMA-5",
		Note: "display broken"}}, nil))
	ShowCard(o.desk, old)
	require.True(t, o.shows("Reference RMA-5 · display broken"), "%q", uitest.Texts(o.desk.Window()))
	test.Tap(uitest.FindButton(o.desk.Window(), "in its place: 356938035643809"))
	require.True(t, o.shows("356938035643809 · SM-S921B"), "its card is open: %q", uitest.Texts(o.desk.Window()))
	require.True(t, o.shows("Exchanging"))
	require.True(t, o.shows("RMA-5"))
	test.Tap(uitest.FindButton(o.desk.Window(), "came for 351921580053066"))
	require.True(t, o.shows("351921580053066 · SM-S921B"))
	require.True(t, o.shows("Nobody: it is gone from all portals."))
}
