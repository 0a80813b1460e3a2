package desk

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/data"
	"consign/model"
	"consign/ui/device"
	"consign/ui/page"
	"consign/ui/settings"
	"consign/ui/uitest"
)

// longName is a name of 142 characters, as one office had it.
func longName(what string) string {
	name := what + " of the Müller & Söhne Mobilfunk- und Telekommunikationsgroßhandelsgesellschaft "
	return name + strings.Repeat("x", 142-len([]rune(name)))
}

// nameLong gives everything in a register that has a name a very long one, and adds an upload of devices of a model with such a name.
func nameLong(t *testing.T, r *data.Register, reseller int64) {
	ctx := t.Context()
	r.SetPerson(longName("person"))
	var customer int64
	for _, kind := range model.AccountKinds {
		ids, err := r.Accounts().IDs(ctx, model.AccountQuery{Kind: kind})
		require.NoError(t, err)
		for _, id := range ids {
			name := longName(kind.String())
			_, err := r.Accounts().Edit(ctx, id, data.AccountUpdate{CompanyName: &name})
			require.NoError(t, err)
		}
	}
	customers, err := r.Customers().IDs(ctx, model.CustomerQuery{Reseller: reseller})
	require.NoError(t, err)
	rows, err := r.Customers().Rows(ctx, reseller, customers[:1])
	require.NoError(t, err)
	customer = rows[0].AccountID
	device := model.NewDevice{Identifiers: model.Identifiers{IMEI1: "350000000000006", Serial: "R0000000000"}, Model: longName("model")}
	_, _, err = r.Uploads().Add(ctx, model.NewUpload{ResellerID: reseller, TargetID: customer, UploadedBy: model.As(model.Reseller, reseller),
		OrderNumber: longName("order")[:100], Tags: []string{longName("tag")[:50], longName("another")[:50]}}, []model.NewDevice{device}, nil)
	require.NoError(t, err)
}

func TestNamesOf142CharactersMoveNoButtonAndStretchNoWindow(t *testing.T) {
	folder := t.TempDir()
	p := newProgram(t, folder)
	p.Start(true, false)
	nameLong(t, p.desk.register, p.desk.Acting(model.Reseller).ID)
	p.desk.End()
	p.desk = nil
	p = newProgram(t, folder)
	p.Start(true, false)
	size := fyne.NewSize(1024, 700)
	look := func(what string) {
		t.Helper()
		p.Window.Resize(size)
		least := p.Window.Content().MinSize()
		if least.Width > size.Width || least.Height > size.Height {
			t.Errorf("%s makes the window at least %v wide and %v high", what, least.Width, least.Height)
		}
		for _, o := range p.Window.Canvas().Overlays().List() {
			if least := o.MinSize(); least.Width > size.Width || least.Height > size.Height {
				t.Errorf("%s makes the dialog %v wide and %v high", what, least.Width, least.Height)
			}
		}
		for _, wrong := range uitest.Misplaced(p.Window) {
			t.Errorf("%s: %s", what, wrong)
		}
	}
	d := p.desk
	for _, at := range everyPlace(t, p) {
		d.Go(at)
		look(fmt.Sprintf("%s, %s", at.Tab, at.Page))
	}
	d.Say(longName("customer") + " is told of " + longName("model") + ", which " + longName("person") + " did.")
	look("a message")
	d.Offer(longName("a list"), "Undo", func() {})
	look("a message with a button")
	devices, err := d.register.Devices().IDs(t.Context(), model.DeviceQuery{View: model.As(model.Reseller, d.Acting(model.Reseller).ID)})
	require.NoError(t, err)
	for _, dialog := range []func(){
		func() { device.ShowCard(d, devices[0]) },
		func() { page.Confirm(d, longName("title"), longName("text"), longName("button"), func() {}) },
		func() { d.find(); uitest.Key(p.Window, fyne.KeyDown) },
		func() { uitest.Tap(t, p.Window, longName(model.Reseller.String())) }, // whom we act as, a menu of long names
	} {
		d.goTo(page.Place{Tab: page.ResellerTab, Page: page.Customers})
		dialog()
		look("a dialog")
		closeDialogs(p.Window)
	}
	list := filepath.Join(t.TempDir(), longName("file")[:120]+".csv")
	require.NoError(t, os.WriteFile(list, []byte("IMEI;Model;"+longName("column")+"\n351921580053066;"+longName("model")+";x\n"), 0o600))
	d.goTo(page.Place{Tab: page.ResellerTab, Page: page.NewUpload, Files: []string{list}})
	look("a list with a long name")
	d.goTo(page.Place{Tab: page.SettingsTab, Page: settings.Backups})
}
