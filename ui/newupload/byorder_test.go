package newupload_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/newupload"
	"consign/ui/uitest"
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

func TestOpenOrdersAreProposedInTheFieldOfTheOrderNumber(t *testing.T) {
	b := newBench(t, newupload.Options{})
	b.ordered("PO-7", b.office.MSP, time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	b.ordered("PO-8", b.office.Contoso, time.Time{})

	b.open(newupload.Options{})
	b.typeIn("as you write it", "PO")
	b.shows("Adatum Services", "Contoso") // whose they are, while nobody is chosen

	b.open(newupload.Options{Target: b.office.MSP.ID})
	b.typeIn("as you write it", "po")
	b.shows("9 of 9 open")
	uitest.Key(b.desk.Window(), fyne.KeyReturn)
	b.shows("9 of 9 open; after this upload", "24 Nov 2026")

	b.typeIn("as you write it", "")
	uitest.Key(b.desk.Window(), fyne.KeyDown)
	b.shows("PO-7")
	b.hides("PO-8")
	uitest.Key(b.desk.Window(), fyne.KeyReturn)
	b.shows("9 of 9 open; after this upload")
	b.fine()
}
