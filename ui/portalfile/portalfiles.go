// Package portalfile asks for a place and writes files there: what the portals take, and blank lists to be filled in. Everything in
// it belongs to Fyne's goroutine unless it says otherwise.
package portalfile

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"consign/data"
	"consign/data/portal"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// The preferences for the folder into which portal files were saved last, and for the one that was chosen for them.
const (
	lastFolder   = "folder.portal"
	chosenFolder = "folder.portal.chosen"
)

// OfThisComputer are the names of the preferences that are paths of one computer and mean nothing on another.
var OfThisComputer = []string{lastFolder, chosenFolder}

// Folder is the folder that is proposed for portal files: the one that was chosen, else the last one, else that of other files.
func Folder(h page.Host) string {
	return page.FirstFolder(h.Preferences().String(chosenFolder), h.Preferences().String(lastFolder), page.Folder(h))
}

// SetFolder chooses the folder that is proposed; "" has the last one proposed.
func SetFolder(h page.Host, path string) { h.Preferences().SetString(chosenFolder, path) }

// FolderChosen reports whether one was chosen.
func FolderChosen(h page.Host) bool { return h.Preferences().String(chosenFolder) != "" }

// Save asks for a format and a folder, and writes the selected devices as files that the portal takes (domain §7):
// one identifier per line for one customer, or the bulk format for several; more than 10,000 devices of a customer in numbered
// files. The selections' view is that of a reseller. What the files carry to the portal is Carried then: note may be the zero value.
func Save(d page.Desk, purpose portal.Purpose, note model.CarrySelection, selections ...model.DeviceSelection) {
	SaveAnd(d, purpose, note, func([]portal.Batch) {}, selections...)
}

// SaveAnd is Save; saved hears of the customers with the names of their files.
func SaveAnd(d page.Desk, purpose portal.Purpose, note model.CarrySelection, saved func([]portal.Batch),
	selections ...model.DeviceSelection) {
	page.Read(d, func(ctx context.Context) (portalLists, error) { return readPortalLists(ctx, d.Register(), selections) },
		func(l portalLists) {
			title := lang.L("Save portal file")
			if purpose == portal.Delete {
				title = lang.N("Save portal file to delete {{.Count}} devices", l.devices(), l.counted())
			}
			f := page.NewForm(d, title, lang.L("Save"))
			formats, format := formatChoice(len(l.batches) > 1)
			if len(l.batches) > 1 {
				f.Text(lang.N("The devices belong to {{.Count}} customers. Without the bulk format each gets a file of its own.", len(l.batches),
					map[string]any{"Count": page.Number(len(l.batches))}))
			}
			f.Add(lang.L("Format"), format)
			orders := portal.OrdersOf(l.batches)
			sayOrders(f, orders)
			saveInto(d, f, func(ctx context.Context, folder string) (paths []string, done model.Done, err error) {
				paths, err = l.save(ctx, d.Register().Settings(), folder, purpose, formats[format.Selected])
				if err == nil && len(note.Uploads)+len(note.Acts) > 0 {
					done, err = markCarried(ctx, d, selections[0].Query.View, note, l)
				}
				return paths, done, err
			}, func() { saved(l.batches) })
		})
}

// saveInto asks in the form for a folder and shows it. write writes files there off Fyne's goroutine, and returns the act that noted it, or
// none. saved, which may be nil, hears that they are written.
func saveInto(d page.Desk, f *page.Form, write func(ctx context.Context, folder string) ([]string, model.Done, error), saved func()) {
	folder := f.NewInput("")
	folder.SetText(Folder(d))
	row := container.NewBorder(nil, nil, nil, control.NewButtonWithIcon(lang.L("Folder…"), theme.FolderOpenIcon(), func() {
		page.AskSystemAsync(d.Window(), page.SelectFolder(lang.L("Choose a folder")), func(paths []string) { folder.SetText(paths[0]) },
			func() { page.BrowseFolder(d.Window(), folder.SetText) })
	}), folder)
	f.Add(lang.L("Folder"), row)
	f.Submit = func() {
		to := strings.TrimSpace(folder.Text)
		var paths []string
		var done model.Done
		f.DoAsync(row, func(ctx context.Context) (err error) {
			paths, done, err = write(ctx, to)
			return err
		}, func() {
			f.Hide()
			d.Preferences().SetString(lastFolder, to)
			if done.ActivityID != 0 {
				d.Report(done)
			}
			page.SavedFiles(d, to, paths)
			if saved != nil {
				saved()
			}
		})
	}
	f.Show()
}

// markCarried notes that the files of the lists carry what the note names. That they are saved once more is no fault.
func markCarried(ctx context.Context, d page.Desk, view model.View, note model.CarrySelection, lists ...portalLists) (model.Done, error) {
	note.Files = map[string][]string{}
	for _, l := range lists {
		for _, b := range l.batches {
			note.Files[b.CustomerID] = append(note.Files[b.CustomerID], b.Files...)
		}
	}
	done, err := d.Register().Carrying().MarkCarried(ctx, view, note)
	if model.CodeOf(err) == model.Refused {
		err = nil
	}
	return done, err
}

// formatChoice offers the formats that there are by their names, and suggests one for several customers or for one.
func formatChoice(several bool) (map[string]portal.Format, *control.Radio) {
	formats := map[string]portal.Format{}
	var names []string
	for _, f := range portal.Formats() {
		names = append(names, nameOf(f))
		formats[nameOf(f)] = f
	}
	choice := control.NewRadio(names, nil)
	choice.SetSelected(nameOf(portal.KnoxList))
	if several {
		choice.SetSelected(nameOf(portal.KnoxBulk))
	}
	return formats, choice
}

func nameOf(f portal.Format) string {
	if f.Title != "" {
		return f.Title
	}
	return page.Words(f.Name)
}

// portalLists are devices by customer, as the portal's files have them.
type portalLists struct {
	batches []portal.Batch
}

// readPortalLists reads the selected devices. Off Fyne's goroutine.
func readPortalLists(ctx context.Context, r page.Drawers, selections []model.DeviceSelection) (portalLists, error) {
	var l portalLists
	at := map[int64]int{}            // batch of a customer
	dates := map[int64]time.Time{}   // order date of an upload
	accounts := map[int64]struct{}{} // customers
	var customers []int64
	for _, s := range selections {
		s.Query.OldestFirst = true // as the lists had them
		err := r.Devices().Each(ctx, s, func(d model.Device) error {
			if _, known := accounts[d.CustomerID]; !known {
				accounts[d.CustomerID] = struct{}{}
				at[d.CustomerID] = len(l.batches)
				customers = append(customers, d.CustomerID)
				l.batches = append(l.batches, portal.Batch{CompanyName: d.Customer, OrderNumber: d.OrderNumber})
			}
			b := &l.batches[at[d.CustomerID]]
			order := d.OrderNumber
			if b.OrderNumber != order {
				b.OrderNumber = "" // they differ: none of them names the file
			}
			b.Devices = append(b.Devices, portal.Device{Identifier: d.First(), OrderNumber: order})
			return l.noteDate(ctx, r.Uploads(), s.Query.View, d, dates, &b.Devices[len(b.Devices)-1])
		})
		if err != nil {
			return l, err
		}
	}
	if len(l.batches) == 0 {
		return l, model.Fail(model.Invalid, "There are no devices to write.")
	}
	for i, id := range customers {
		a, err := r.Accounts().ByID(ctx, id)
		if err != nil {
			return l, err
		}
		l.batches[i].CustomerID = a.KnoxID
	}
	return l, nil
}

// noteDate gives a device the order date of its upload.
func (l *portalLists) noteDate(ctx context.Context, uploads data.Uploads, view model.View, d model.Device, dates map[int64]time.Time,
	to *portal.Device) error {
	date, known := dates[d.UploadID]
	if !known {
		u, err := uploads.ByID(ctx, view, d.UploadID)
		if err != nil {
			return err
		}
		date = u.OrderDate
		dates[d.UploadID] = date
	}
	to.OrderDate = date
	return nil
}

// save writes the files. Off Fyne's goroutine.
func (l portalLists) save(ctx context.Context, settings data.Settings, folder string, purpose portal.Purpose,
	f portal.Format) ([]string, error) {
	dates, err := settings.Value(ctx, data.PortalDateFormat)
	if err != nil {
		return nil, err
	}
	return portal.Save(ctx, folder, purpose, f, l.batches, portal.Settings{Dates: portal.DateOrder(dates)})
}

// SaveBlank asks for a place and writes an empty list there, to give to customers and distributors.
func SaveBlank(d page.Desk) {
	f := page.NewForm(d, lang.L("Save a blank list"), lang.L("Save…"))
	f.Text(lang.L("A table with the right columns, formatted as text so that no digit is lost. Give it to customers and distributors; " +
		"filled in, it comes back in without a correction."))
	one, bulk := lang.L("For one customer"), lang.L("For several customers, with a customer ID on every line")
	which := control.NewRadio([]string{one, bulk}, nil)
	which.SetSelected(one)
	f.Add("", which)
	f.Submit = func() {
		f.Hide()
		page.AskPathAsync(d, lang.L("Device list")+".xlsx", func(path string) {
			d.RunAsync(lang.L("Saving {{.File}}", map[string]any{"File": filepath.Base(path)}), func(ctx context.Context, _ func(int, int)) error {
				return portal.SaveBlankList(ctx, path, which.Selected == bulk)
			}, func() { d.Say(lang.L("{{.File}} is saved.", map[string]any{"File": filepath.Base(path)})) })
		})
	}
	f.Show()
}
