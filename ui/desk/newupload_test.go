package desk

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/page"
	"consign/ui/uitest"
)

// ordered is the Northwind of northwind with one customer and its order PO-7, selected on Orders.
func ordered(t *testing.T) *program {
	t.Helper()
	p := northwind(t)
	r, north := p.desk.register, p.desk.Acting(model.Reseller).ID
	contoso, err := r.Accounts().Add(t.Context(), model.Account{Kind: model.Customer, KnoxID: "4600001586", CompanyName: "Contoso"})
	require.NoError(t, err)
	_, err = r.Customers().Add(t.Context(), north, contoso.ID, "")
	require.NoError(t, err)
	_, err = r.Orders().Add(t.Context(), north, []model.Order{{Number: "PO-7", TargetID: contoso.ID,
		Day: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Lines: []model.OrderLine{{Model: "SM-A556B", Expected: 9}}}})
	require.NoError(t, err)
	p.desk.Go(page.Place{Tab: page.ResellerTab, Page: page.Orders})
	uitest.KeysInTable(t, p.Window, fyne.KeyHome)
	return p
}

func TestNewUploadIsForTheOrderThatIsSelectedHoweverItIsBegun(t *testing.T) {
	for name, begin := range map[string]func(*testing.T, *program){
		"sidebar": func(t *testing.T, p *program) { uitest.Tap(t, p.Window, "New upload") },
		"Ctrl+N":  func(_ *testing.T, p *program) { uitest.Press(p.Window, ctrl(fyne.KeyN)) },
		"list": func(t *testing.T, p *program) {
			list := filepath.Join(t.TempDir(), "list.txt")
			require.NoError(t, os.WriteFile(list, []byte("351921580053066\n"), 0o600))
			p.desk.OpenFiles([]string{list})
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := ordered(t)
			begin(t, p)
			uitest.MustShow(t, p.Window, "Contoso", "9 of 9 open; after this upload", "24 Nov 2026")
		})
	}
}

func TestOfficeThatIsAnMSPReceivesItsNewUploads(t *testing.T) {
	p := adatum(t)
	at := func() page.Place { return p.desk.trails[p.desk.tab].top().place }
	for _, tab := range []page.Tab{page.MSPTab, page.ResellerTab, page.ActivityTab} {
		p.desk.showTab(tab)
		uitest.Menu(t, p.Window, "File", "Receive upload")
		require.Equal(t, page.Place{Tab: page.MSPTab, Page: page.NewUpload}, at(), tab)
	}
	p.desk.Go(page.Place{Tab: page.MSPTab, Page: page.Overview})
	list := filepath.Join(t.TempDir(), "list.txt")
	require.NoError(t, os.WriteFile(list, []byte("351921580053066\n"), 0o600))
	p.desk.OpenFiles([]string{list})
	require.Equal(t, page.MSPTab, at().Tab)
	uitest.MustShow(t, p.Window, "351921580053066")
}

func TestNewUploadMeansTheTabThatIsShown(t *testing.T) {
	p := sampled(t)
	for tab, title := range map[page.Tab]string{page.ResellerTab: "New upload", page.MSPTab: "Receive upload",
		page.ActivityTab: "New upload"} {
		p.desk.showTab(tab)
		uitest.Menu(t, p.Window, "File", title)
		require.Equal(t, page.NewUpload, p.desk.trails[p.desk.tab].top().place.Page)
		require.Equal(t, tab == page.MSPTab, p.desk.tab == page.MSPTab)
	}
}
