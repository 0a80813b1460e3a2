package ui

import (
	"errors"
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"consign/model"
	"consign/ui/device"
	"consign/ui/look"
	"consign/ui/page"
	"consign/ui/settings"
	"consign/ui/uitest"
)

var (
	pictures = flag.String("pictures", "", "save the picture of every page to this `FOLDER` (make pictures)")
	pageSize = flag.String("size", "1280x800", "draw the pages at this `SIZE`")
)

// gallery draws pages and keeps their pictures.
type gallery struct {
	t      *testing.T
	p      *Program
	suffix string
}

// take draws what the window shows. A picture of hardly any colour is no page.
func (g *gallery) take(name string) {
	g.t.Helper()
	picture := g.p.Window.Canvas().Capture()
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
	folder := t.TempDir()
	for _, brightness := range []look.Brightness{look.Light, look.Dark} {
		t.Run(string(brightness), func(t *testing.T) {
			p := newProgram(t, folder)
			settings.Of(p.App).SetBrightness(brightness)
			settings.Of(p.App).SetWindowSize(fyne.NewSize(width, height))
			g := &gallery{t, p, string(brightness)}
			p.Start(false, false)
			g.take("start")
			p.OpenSampleAsync()
			require.True(t, p.desk.sample)
			drawEntries(g)
			drawDetails(g)
			p.desk.end()
			p.desk = nil
		})
	}
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

// drawDetails draws a customer, an upload, a device and the dialogs of the desk.
func drawDetails(g *gallery) {
	d, ctx := g.p.desk, g.t.Context()
	view := model.As(model.Reseller, d.Acting(model.Reseller).ID)
	customers, err := d.register.CustomerIDs(ctx, model.CustomerQuery{Reseller: view.Account})
	require.NoError(g.t, err)
	rows, err := d.register.Customers(ctx, view.Account, customers[:1])
	require.NoError(g.t, err)
	d.goTo(page.Place{Tab: page.ResellerTab, Page: page.Customers})
	d.goTo(page.Place{Tab: page.ResellerTab, Page: page.Customer, ID: rows[0].AccountID})
	g.take("reseller customer details")
	uploads, err := d.register.UploadIDs(ctx, model.UploadQuery{View: view})
	require.NoError(g.t, err)
	d.goTo(page.Place{Tab: page.ResellerTab, Page: page.Uploads})
	d.goTo(page.Place{Tab: page.ResellerTab, Page: page.Upload, ID: uploads[0]})
	g.take("reseller upload details")
	devices, err := d.register.DeviceIDs(ctx, model.DeviceQuery{View: view})
	require.NoError(g.t, err)
	device.ShowCard(d, devices[0])
	g.take("device")
	closeDialogs(d.window)
	d.find()
	g.take("find a device")
	closeDialogs(d.window)
	d.help()
	g.take("help")
	closeDialogs(d.window)
	d.Report(model.Done{ActivityID: 1, Event: model.DevicesUploaded, Text: model.Say("{{.Count}} devices uploaded to {{.Company}}.", "Count", 120, "Company", "Contoso")})
	g.take("message")
}

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
