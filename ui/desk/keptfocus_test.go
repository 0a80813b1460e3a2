package desk

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/ui/page"
	"consign/ui/uitest"
)

func TestKeyboardIsAtTheRowsOnceTheButtonThatBroughtTheFirstIsGone(t *testing.T) {
	p := adatum(t)
	p.desk.Go(page.Place{Tab: page.MSPTab, Page: page.Resellers})
	uitest.Key(p.Window, fyne.KeyReturn) // REGISTER RESELLER stands where the rows will be
	uitest.Type(t, p.Window, "Reseller ID", "4680000925")
	uitest.Tap(t, p.Window, "LOOKUP")
	uitest.Type(t, p.Window, "Company name", "Northwind Mobile")
	uitest.Tap(t, p.Window, "REGISTER")
	uitest.MustShow(t, p.Window, "Preferences of Northwind Mobile")
	uitest.Key(p.Window, fyne.KeyEscape)
	require.Equal(t, pageOf(p.desk).First(), p.Window.Canvas().Focused())
	uitest.Key(p.Window, fyne.KeyHome)
	uitest.Key(p.Window, fyne.KeyReturn)
	uitest.MustShow(t, p.Window, "Preferences of Northwind Mobile")
}
