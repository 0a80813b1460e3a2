package newupload_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/newupload"
)

// ordered notes orders: number and whose.
func (b *bench) ordered(number string, target model.Account, day time.Time) {
	b.Helper()
	_, err := b.office.Orders().Add(b.Context(), b.office.North.ID, []model.Order{{Number: number, TargetID: target.ID, Day: day,
		Lines: []model.OrderLine{{Model: "SM-A556B", Expected: 9}}}})
	require.NoError(b, err)
}

func TestTargetIsThatOfTheOpenOrderWhichTheFormOrTheListSays(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.office.Uploaded(b.office.North, b.office.Contoso, 1) // the last one, which is proposed otherwise
	b.ordered("PO-7", b.office.MSP, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	b.ordered("PO-8", b.office.MSP, time.Time{})
	b.ordered("PO-8", b.office.Contoso, time.Time{})

	b.open(newupload.Options{})
	b.shows("Contoso", "as last time")
	b.typeIn("as you write it", "PO-7")
	b.shows("Adatum Services", "as order PO-7 says", "24 Nov 2026")
	b.typeIn("as you write it", "PO-9")
	b.shows("Adatum Services") // nothing is proposed for it

	b.open(newupload.Options{})
	b.page.Paste("IMEI\tOrder number\n351921580053066\tPO-7\n356938035643809\tPO-7\n")
	b.shows("Adatum Services", "as order PO-7 says")

	b.open(newupload.Options{})
	b.page.Paste("IMEI\tOrder number\n351921580053066\tPO-8\n356938035643809\tPO-8\n")
	b.shows("Contoso", "as last time") // two customers have an order of that number

	b.open(newupload.Options{Target: b.office.Contoso.ID})
	b.typeIn("as you write it", "PO-7")
	b.shows("Contoso")
	b.hides("as order PO-7 says") // somebody chose
	b.fine()
}
