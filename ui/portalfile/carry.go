package portalfile

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/theme"

	"consign/data"
	"consign/data/disk"
	"consign/data/portal"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// The files of what is to carry are taken in the order of their names: a device may go before it comes again.
const (
	firstDeletions portal.Purpose = "1-" + portal.Delete
	thenUploads    portal.Purpose = "2-" + portal.Upload
)

// carriage is what is to be carried to the online portal, read.
type carriage struct {
	sel              model.CarrySelection
	deleted, uploads portalLists
}

// NewCarryButton is the button that saves all portal files of what the viewer has to carry.
func NewCarryButton(d page.Desk, view model.View) *control.Button {
	save := control.NewButtonWithIcon(lang.L("Save what is to carry…"), theme.DocumentSaveIcon(), func() { SaveWhatIsToCarry(d, view) })
	return page.For(d, model.CarriedToPortal, save)
}

// SaveWhatIsToCarry asks for a folder and writes the files of everything that is to carry, of all customers in one go, deletions before
// uploads; then it is Carried (domain §3).
func SaveWhatIsToCarry(d page.Desk, view model.View) {
	saveCarriage(d, view, func(ctx context.Context) (model.CarrySelection, error) {
		return d.Register().Carrying().ToCarry(ctx, view)
	})
}

// saveCarriage is SaveWhatIsToCarry for what choose chooses.
func saveCarriage(d page.Desk, view model.View, choose func(context.Context) (model.CarrySelection, error)) {
	page.Read(d, func(ctx context.Context) (c carriage, err error) {
		if c.sel, err = choose(ctx); err == nil {
			err = c.read(ctx, d.Register(), view)
		}
		return c, err
	}, func(c carriage) {
		if len(c.sel.Uploads)+len(c.sel.Acts) == 0 {
			d.Say(lang.L("Everything is carried to the portal."))
			return
		}
		askCarriage(d, view, c)
	})
}

func askCarriage(d page.Desk, view model.View, c carriage) {
	f := page.NewForm(d, lang.L("Save what is to carry"), lang.L("Save"))
	f.Text(lang.L("The portal takes the files in the order of their names:"))
	deletes, uploads := lang.L("1. Nothing to delete there."), lang.L("2. Nothing to upload there.")
	if n := c.deleted.devices(); n > 0 {
		deletes = lang.N("1. Delete {{.Count}} devices, customers: {{.Customers}}.", n, c.deleted.counted())
	}
	if n := c.uploads.devices(); n > 0 {
		uploads = lang.N("2. Upload {{.Count}} devices, customers: {{.Customers}}.", n, c.uploads.counted())
	}
	f.Text(deletes + "\n" + uploads)
	orders := portal.OrdersOf(append(c.deleted.batches[:len(c.deleted.batches):len(c.deleted.batches)], c.uploads.batches...))
	sayOrders(f, orders)
	saveInto(d, f, func(ctx context.Context, folder string) (paths []string, done model.Done, err error) {
		if paths, err = c.save(ctx, d.Register().Settings(), folder); err == nil {
			done, err = markCarried(ctx, d, view, c.sel, c.deleted, c.uploads)
		}
		return paths, done, err
	}, nil)
}

// sayOrders says what a bulk file makes of the order numbers, before it is saved.
func sayOrders(f *page.Form, orders portal.Orders) {
	if n := len(orders.Cleaned); n > 0 {
		f.Text(lang.N("{{.Count}} order numbers hold more than letters and digits: a bulk file has them without the other signs.", n,
			map[string]any{"Count": page.Number(n)}))
	}
	for _, same := range orders.Same {
		f.Text(lang.L("These order numbers become the same in a bulk file: {{.Numbers}}.", map[string]any{"Numbers": strings.Join(same, ", ")}))
	}
}

// read reads the devices of what was chosen. Off Fyne's goroutine.
func (c *carriage) read(ctx context.Context, r page.Drawers, view model.View) (err error) {
	if c.deleted, err = carriedBatches(ctx, r, func(f func(data.CarriedDevice) error) error {
		return r.Carrying().Deleted(ctx, c.sel.Acts, f)
	}); err != nil {
		return err
	}
	var selections []model.DeviceSelection
	for _, id := range c.sel.Uploads {
		selections = append(selections, model.DeviceSelection{Query: model.DeviceQuery{View: view, Upload: id}, All: true})
	}
	if len(selections) > 0 {
		if c.uploads, err = readPortalLists(ctx, r, selections); err != nil {
			return err
		}
	}
	added, err := carriedBatches(ctx, r, func(f func(data.CarriedDevice) error) error { return r.Carrying().Added(ctx, c.sel.Acts, f) })
	c.uploads.join(added)
	return err
}

// carriedBatches are the devices that read gives, by customer.
func carriedBatches(ctx context.Context, r page.Drawers, read func(func(data.CarriedDevice) error) error) (l portalLists, err error) {
	at := map[int64]int{}
	err = read(func(d data.CarriedDevice) error {
		i, known := at[d.TargetID]
		if !known {
			a, err := r.Accounts().ByID(ctx, d.TargetID)
			if err != nil {
				return err
			}
			i = len(l.batches)
			at[d.TargetID] = i
			l.batches = append(l.batches, portal.Batch{CustomerID: a.KnoxID, CompanyName: a.CompanyName})
		}
		device := portal.Device{Identifier: d.First(), OrderNumber: d.OrderNumber}
		if d.OrderDate != 0 {
			device.OrderDate = time.UnixMilli(d.OrderDate).UTC()
		}
		l.batches[i].Devices = append(l.batches[i].Devices, device)
		return nil
	})
	return l, err
}

// counted are the numbers of devices and customers, for a sentence.
func (l portalLists) counted() map[string]any {
	return map[string]any{"Count": page.Number(l.devices()), "Customers": page.Number(len(l.batches))}
}

// devices is how many devices the lists have.
func (l portalLists) devices() (n int) {
	for _, b := range l.batches {
		n += len(b.Devices)
	}
	return n
}

// join puts the devices of others to those of the same customer.
func (l *portalLists) join(others portalLists) {
	for _, other := range others.batches {
		found := false
		for i := range l.batches {
			if l.batches[i].CustomerID == other.CustomerID {
				l.batches[i].Devices = append(l.batches[i].Devices, other.Devices...)
				found = true
			}
		}
		if !found {
			l.batches = append(l.batches, other)
		}
	}
}

// save writes the files of the deletions and then those of the uploads: all of them or none. Off Fyne's goroutine.
func (c carriage) save(ctx context.Context, settings data.Settings, folder string) (paths []string, err error) {
	for _, part := range []struct {
		purpose portal.Purpose
		lists   portalLists
	}{{firstDeletions, c.deleted}, {thenUploads, c.uploads}} {
		if part.lists.devices() == 0 {
			continue
		}
		more, err := part.lists.save(ctx, settings, folder, part.purpose, portal.KnoxBulk)
		if err != nil {
			for _, path := range paths {
				_ = disk.Remove(path) // the portal is not to get one without the other
			}
			return nil, err
		}
		paths = append(paths, more...)
	}
	return paths, nil
}
