package desk

import (
	"errors"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/device"
	"consign/ui/look"
	"consign/ui/page"
	"consign/ui/safe"
	"consign/ui/settings"
	"consign/ui/system"
	"consign/ui/uitest"
	"consign/ui/words"
)

var (
	pictures = flag.String("pictures", "", "save the picture of every page to this `FOLDER` (make pictures)")
	pageSize = flag.String("size", "1280x800", "draw the pages at this `SIZE`")
	spoken   = flag.String("language", string(words.English), "draw the pages in this `LANGUAGE`")
)

// gallery draws pages and keeps their pictures.
type gallery struct {
	t      *testing.T
	p      *program
	suffix string
}

// take draws what the window shows. A picture of hardly any colour is no page.
func (g *gallery) take(name string) {
	g.t.Helper()
	picture := uitest.Capture(g.p.Window)
	require.Greater(g.t, coloursOf(picture), 20, "%s is drawn empty", name)
	if *pictures == "" {
		return
	}
	require.NoError(g.t, os.MkdirAll(*pictures, 0o755))
	file, err := os.Create(filepath.Join(*pictures, strings.ReplaceAll(name, " ", "-")+"-"+g.suffix+".png"))
	require.NoError(g.t, err)
	require.NoError(g.t, errors.Join(png.Encode(file, picture), file.Close()))
}

func coloursOf(p image.Image) int {
	seen := map[[3]uint32]struct{}{}
	for y := p.Bounds().Min.Y; y < p.Bounds().Max.Y; y++ {
		for x := p.Bounds().Min.X; x < p.Bounds().Max.X; x++ {
			r, g, b, _ := p.At(x, y).RGBA()
			seen[[3]uint32{r, g, b}] = struct{}{}
		}
	}
	return len(seen)
}

func TestEveryPageIsDrawn(t *testing.T) {
	var width, height float32
	_, err := fmt.Sscanf(*pageSize, "%gx%g", &width, &height)
	require.NoError(t, err)
	require.NoError(t, words.Speak(words.Language(*spoken)))
	folder := t.TempDir()
	for _, brightness := range []look.Brightness{look.Light, look.Dark} {
		t.Run(string(brightness), func(t *testing.T) {
			p := newProgram(t, folder)
			settings.Of(p.App).SetBrightness(brightness)
			settings.Of(p.App).SetWindow(system.Stand{}, fyne.NewSize(width, height))
			g := &gallery{t, p, string(brightness)}
			p.Start(false, false)
			g.take("start")
			p.OpenSampleAsync()
			require.True(t, p.desk.sample)
			drawEntries(g)
			drawDetails(g)
			drawMSP(g)
			drawNewUpload(g)
			drawSafekeeping(g)
			p.desk.End()
			p.desk = nil
			drawLost(g)
		})
	}
}

// forgets makes the test binary a child in which Fyne forgets within a millisecond what it forgets within a minute.
const forgets = "FYNE_CACHE=1ms"

func TestPageIsDrawnWhenFyneForgotHow(t *testing.T) {
	if name, value, _ := strings.Cut(forgets, "="); os.Getenv(name) != value {
		child := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
		child.Env = append(os.Environ(), forgets)
		said, err := child.CombinedOutput()
		require.NoError(t, err, string(said))
		return
	}
	p := newProgram(t, t.TempDir())
	p.Start(false, false)
	time.Sleep(2 * time.Millisecond)
	(&gallery{t, p, ""}).take("start")
}

// drawEntries draws every entry of every sidebar.
func drawEntries(g *gallery) {
	for _, tab := range tabs {
		for _, e := range tab.entries() {
			g.p.desk.goTo(page.Place{Tab: tab.tab, Page: e.Page})
			g.take(string(tab.tab) + " " + e.Page)
		}
	}
}

// press presses a button by its English words.
func (g *gallery) press(caption string) {
	g.t.Helper()
	uitest.Tap(g.t, g.p.Window, lang.L(caption))
}

// tabs draws the tabs of a page one after the other.
func (g *gallery) tabs(of string, captions ...string) {
	for _, c := range captions {
		g.press(c)
		g.take(of + " " + strings.ToLower(c))
	}
}

// dialog draws what show opens and closes it again.
func (g *gallery) dialog(name string, show func()) {
	show()
	g.take(name)
	closeDialogs(g.p.Window)
}

// drawDetails draws a customer, an upload, a device and the dialogs of a reseller.
func drawDetails(g *gallery) {
	d, ctx := g.p.desk, g.t.Context()
	view := model.As(model.Reseller, d.Acting(model.Reseller).ID)
	customers, err := d.register.Customers().IDs(ctx, model.CustomerQuery{Reseller: view.Account})
	require.NoError(g.t, err)
	rows, err := d.register.Customers().Rows(ctx, view.Account, customers[:1])
	require.NoError(g.t, err)
	d.goTo(page.Place{Tab: page.ResellerTab, Page: page.Customers})
	g.dialog("add customer", func() { g.press("ADD CUSTOMER") })
	d.goTo(page.Place{Tab: page.ResellerTab, Page: page.Customer, ID: rows[0].AccountID})
	g.take("reseller customer details")
	g.tabs("reseller customer", "DEVICES")
	failed, err := d.register.Uploads().IDs(ctx, model.UploadQuery{View: view, Status: model.CompletedWithError})
	require.NoError(g.t, err)
	d.goTo(page.Place{Tab: page.ResellerTab, Page: page.Uploads})
	d.goTo(page.Place{Tab: page.ResellerTab, Page: page.Upload, ID: failed[0]})
	g.take("reseller upload details")
	d.goTo(page.Place{Tab: page.ResellerTab, Page: page.Devices})
	g.dialog("by list", func() { g.press("By list…") })
	devices, err := d.register.Devices().IDs(ctx, model.DeviceQuery{View: view})
	require.NoError(g.t, err)
	g.dialog("device", func() { device.ShowCard(d, devices[0]) })
	g.dialog("find a device", func() {
		d.find()
		uitest.Key(g.p.Window, fyne.KeyDown)
	})
	g.dialog("help", d.help)
	d.Report(model.Done{ActivityID: 1, Event: model.DevicesUploaded,
		Text: model.Say("{{.Count}} devices uploaded to {{.Company}}.", "Count", 120, "Company", "Contoso")})
	g.take("message")
}

// drawMSP draws what an MSP sees besides the entries of its sidebar.
func drawMSP(g *gallery) {
	d, ctx := g.p.desk, g.t.Context()
	msp := d.Acting(model.MSP).ID
	d.goTo(page.Place{Tab: page.MSPTab, Page: page.Resellers})
	g.dialog("register reseller", func() { g.press("REGISTER RESELLER") })
	g.dialog("preferences", func() {
		uitest.KeysInTable(g.t, g.p.Window, fyne.KeyHome, fyne.KeyReturn)
	})
	d.goTo(page.Place{Tab: page.MSPTab, Page: page.Devices})
	g.tabs("msp devices", "DEVICES")
	customers, err := d.register.Managements().IDs(ctx, model.ManagementQuery{MSP: msp})
	require.NoError(g.t, err)
	rows, err := d.register.Managements().Rows(ctx, msp, customers[:1])
	require.NoError(g.t, err)
	d.goTo(page.Place{Tab: page.MSPTab, Page: page.Customers})
	d.goTo(page.Place{Tab: page.MSPTab, Page: page.Customer, ID: rows[0].CustomerID})
	g.tabs("msp customer", "UPLOADS", "DEVICES", "CUSTOMER PORTAL")
}

// drawNewUpload draws the steps of an upload: the scans, the review of a list, and what was uploaded.
func drawNewUpload(g *gallery) {
	d := g.p.desk
	devices, err := d.register.Devices().IDs(g.t.Context(), model.DeviceQuery{View: model.As(model.Reseller, d.Acting(model.Reseller).ID)})
	require.NoError(g.t, err)
	known, err := d.register.Devices().Rows(g.t.Context(), model.As(model.Reseller, d.Acting(model.Reseller).ID), devices[:1])
	require.NoError(g.t, err)
	d.goTo(page.Place{Tab: page.ResellerTab, Page: page.NewUpload})
	g.dialog("new upload paste", func() { g.press("Paste…") })
	pageOf(d).Paste("IMEI;Model;Order number\n351921580053066;SM-A556B;PO4711\n351921580053066;SM-A556B;PO4711\n" +
		"35-693803-564380-9;SM-A556B;PO4711\n" +
		"356938035643810;SM-A556B;PO4711\n3.51826E+14;SM-A556B;PO4711\n" + known[0].IMEI1 + ";SM-A556B;PO4711\nAF0123450ABCDE;SM-X306B;PO4712\n")
	g.take("new upload review")
}

// drawSafekeeping draws the pages behind that of the register, a restore, and what is said of a damaged register.
func drawSafekeeping(g *gallery) {
	d := g.p.desk
	d.goTo(page.Place{Tab: page.SettingsTab, Page: settings.Check})
	g.take("settings check")
	copied := filepath.Join(g.t.TempDir(), "backup.db")
	require.NoError(g.t, d.register.Safe().Backup(g.t.Context(), copied))
	g.dialog("restore", func() { safe.AskToRestore(d, copied, d.register.Path(), func() {}) })
	g.dialog("rescued", func() {
		safe.AskToRescue(d, copied)
		uitest.Type(g.t, g.p.Window, lang.L("File name"), filepath.Join(g.t.TempDir(), "rescued.xlsx"))
		g.press("Save")
	})
	g.dialog("damage", d.warnOfDamage)
	d.goTo(page.Place{Tab: page.SettingsTab, Page: settings.Backups})
	g.take("settings backups")
}

// drawLost draws what a start shows of a damaged register and of one that is gone.
func drawLost(g *gallery) {
	choices := settings.Of(g.p.App)
	brightness, size := choices.Brightness(), choices.WindowSize()
	text, err := os.ReadFile(g.p.Sample)
	folder := g.t.TempDir()
	g = &gallery{g.t, newProgram(g.t, folder), g.suffix}
	settings.Of(g.p.App).SetBrightness(brightness)
	settings.Of(g.p.App).SetWindow(system.Stand{}, size)
	require.NoError(g.t, err)
	kept := filepath.Join(folder, "register before restore 2026-11-25 1042.db")
	require.NoError(g.t, os.WriteFile(kept, text, 0o600))
	g.p.Start(false, false)
	g.take("gone")
	require.NoError(g.t, os.WriteFile(g.p.Own, text, 0o600))
	damage(g.t, g.p.Own)
	g.p.Start(false, false)
	g.take("damaged")
	require.NoError(g.t, os.WriteFile(g.p.Sample, text, 0o600))
	damage(g.t, g.p.Sample)
	g.p.Start(true, false)
	g.take("damaged sample")
}

func pageOf(d *Desk) *page.Page { return d.trails[d.tab].top().page }

func closeDialogs(w fyne.Window) {
	for _, o := range w.Canvas().Overlays().List() {
		w.Canvas().Overlays().Remove(o)
	}
}

func TestSampleIsMarkedAndLeft(t *testing.T) {
	p := northwind(t)
	uitest.Menu(t, p.Window, "File", "Look around with sample data")
	require.True(t, p.desk.sample)
	require.True(t, uitest.Shows(p.Window, "Sample data"))
	uitest.Tap(t, p.Window, "Leave the sample")
	require.False(t, p.desk.sample)
	require.Equal(t, "Northwind Mobile", p.desk.Acting(model.Reseller).CompanyName)
}
