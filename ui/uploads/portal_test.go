package uploads_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/uitest"
	"consign/ui/uploads"
)

// portalOf is the portal of Fabrikam, which uses two services, with three uploads that wait in the second.
func portalOf(t *testing.T) (*uitest.Office, *uitest.Desk) {
	t.Helper()
	o := uitest.NewOffice(t)
	view := model.As(model.Reseller, o.North.ID)
	_, err := o.Customers().Add(t.Context(), o.North.ID, o.Fabrikam.ID, "")
	require.NoError(t, err)
	_, err = o.Portal().SetServices(t.Context(), view, o.Fabrikam.ID, model.ServicesChange{
		Services: []model.Service{model.KnoxMobileEnrollment, model.KnoxGuard}})
	require.NoError(t, err)
	_, err = o.Portal().SetPreference(t.Context(), view, o.Fabrikam.ID, o.North.ID, []model.Service{model.KnoxMobileEnrollment})
	require.NoError(t, err)
	for range 3 {
		o.Uploaded(o.North, o.Fabrikam, 2)
	}
	d := uitest.NewDesk(t, o.Register, fyne.NewSize(1200, 700), o.North, o.MSP)
	d.Show(page.Tabs("", 0, uploads.CustomerPortal(d, view, o.Fabrikam)))
	return o, d
}

func TestCustomerPortalOpensWhereSomethingWaitsAndCountsItOnTheTabs(t *testing.T) {
	_, d := portalOf(t)
	chosen := func(name string) bool { return uitest.FindButton(d.Window(), name).(*control.Tab).Chosen() }
	require.True(t, chosen("Knox Guard"))
	uitest.MustShow(t, d.Window(), "Knox Guard  3", "3 of 3 shown")
	require.False(t, uitest.Shows(d.Window(), "Knox Mobile Enrollment  "))
	uitest.Tap(t, d.Window(), "Knox Mobile Enrollment")
	require.True(t, chosen("Knox Mobile Enrollment"))
	uitest.MustShow(t, d.Window(), "No upload waits here")
	uitest.Tap(t, d.Window(), "Knox Guard")
	uitest.KeysInTable(t, d.Window(), fyne.KeyHome)
	uitest.Tap(t, d.Window(), "Approve for all services")
	require.Empty(t, d.Failed)
	uitest.MustShow(t, d.Window(), "Knox Guard  2")
	require.True(t, chosen("Knox Guard"), "the page stays where somebody works")
}

func TestNewPreferenceAsksAboutWhatWaitsAlready(t *testing.T) {
	for _, approve := range []bool{true, false} {
		o, d := portalOf(t)
		uitest.Tap(t, d.Window(), "Preferences…")
		uitest.Pick(t, d.Window(), "Knox Guard")
		uitest.Tap(t, d.Window(), "Save")
		uitest.MustShow(t, d.Window(), "3 uploads wait there", "What shall become of those that wait already?")
		button := "Approve 3 uploads"
		if !approve {
			uitest.Pick(t, d.Window(), "Let them wait")
			button = "Let 3 uploads wait there"
		}
		uitest.Tap(t, d.Window(), button)
		require.Empty(t, d.Failed)
		services, err := o.Portal().Services(t.Context(), o.Fabrikam.ID)
		require.NoError(t, err)
		require.True(t, services[1].Trusts(o.North.ID))
		require.Equal(t, map[bool]int{true: 0, false: 3}[approve], services[1].Waiting)
		require.Len(t, d.Done, 1, "one act")
		_, err = o.Activity().Undo(t.Context(), d.Done[0].ActivityID, nil)
		require.NoError(t, err)
		services, err = o.Portal().Services(t.Context(), o.Fabrikam.ID)
		require.NoError(t, err)
		require.Equal(t, 3, services[1].Waiting, "undone with it")
		require.False(t, services[1].Trusts(o.North.ID))
	}
}
