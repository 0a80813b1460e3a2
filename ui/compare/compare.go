// Package compare lays a portal's own export beside the register, shows what differs by kind, and settles it: what the portal says is taken
// over, or files are made that mend the portal (domain §7, Compare). Everything in it belongs to Fyne's goroutine unless it says otherwise.
package compare

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/portal"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/control"
	"consign/ui/device"
	"consign/ui/grid"
	"consign/ui/page"
)

// Page is the page of a reseller or an MSP that compares, at once if there is an export. takeCustomers, which may be nil, takes a portal's
// list of customers over.
func Page(d page.Desk, view model.View, takeCustomers func(), exports ...string) *page.Page {
	x := &comparing{desk: d, view: view, room: container.NewStack(), takeCustomers: takeCustomers}
	x.showNothing()
	if len(exports) > 0 {
		x.open(exports[0])
	}
	call := func(f *func()) func() {
		return func() {
			if *f != nil {
				(*f)()
			}
		}
	}
	return &page.Page{
		Title: lang.L("Compare with the portal"), Content: x.room,
		First:  func() fyne.Focusable { return x.first() },
		Shows:  data.DevicesChanged | data.UploadsChanged | data.CustomersChanged | data.ManagementsChanged | data.AccountsChanged,
		Reload: x.again, Outdated: x.outdated, Drop: func(paths []string) { x.open(paths[0]) }, Search: call(&x.search), Export: call(&x.export),
	}
}

// comparing is the page.
type comparing struct {
	desk          page.Desk
	view          model.View
	room          *fyne.Container
	takeCustomers func()

	path           string // of the export; "" before one was opened
	at             time.Time
	found          *data.Comparison            // of devices
	current        func(context.Context) error // of whatever was compared
	stale          *fyne.Container             // says that the register has changed since, once it has
	search, export func()
	first          func() fyne.Focusable
}

func (x *comparing) ask() {
	page.AskFilesAsync(x.desk.Window(), page.Files{Title: lang.L("Open the portal's export"), Name: lang.L("Tables"), Endings: sheet.Endings},
		func(paths []string) { x.open(paths[0]) })
}

// showNothing says what is compared with what.
func (x *comparing) showNothing() {
	open := control.NewMainButton(lang.L("Open the portal's export…"), x.ask)
	text := lang.L("Download the devices, the uploads or the customers as CSV from the Reseller Portal and open the file here: " +
		"you see what is the same, what is only here or only there, and what differs. Nothing changes by itself.\n" +
		"To take an existing portal over, take its customers over first, then its devices.")
	if x.view.Portal == model.MSPPortal {
		text = lang.L("Download the devices as CSV from the MSP Portal and open the file here: you see what is the same, " +
			"and what is only here or only there. Nothing changes by itself.")
	}
	buttons := []fyne.CanvasObject{open}
	if x.takeCustomers != nil {
		buttons = []fyne.CanvasObject{control.NewButton(lang.L("Take customers over…"), x.takeCustomers), open}
	}
	x.first = func() fyne.Focusable { return open }
	x.room.Objects = []fyne.CanvasObject{control.Centred(lang.L("Compare with the portal"), text, buttons...)}
	x.room.Refresh()
}

// again compares anew, because the register is another.
func (x *comparing) again() {
	if x.path != "" {
		x.open(x.path)
	}
}

// open reads an export and lays it beside the register.
func (x *comparing) open(path string) {
	var found laid
	x.desk.RunAsync(lang.L("Comparing {{.File}}", map[string]any{"File": filepath.Base(path)}),
		func(ctx context.Context, progress func(int, int)) (err error) {
			found, err = layBeside(ctx, x.desk.Register(), x.view, path, progress)
			return err
		}, func() {
			x.path, x.at, x.found = path, time.Now(), found.devices
			switch {
			case found.uploads != nil:
				x.current = found.uploads.Current
				x.showUploads(found.uploads)
			case found.customers != nil:
				x.current = found.customers.Current
				x.showCustomers(found.customers)
			default:
				x.current = found.devices.Current
				x.showDevices()
			}
			x.outdated() // while it was being read
		})
}

// laid is an export beside the register: of devices, of uploads or of customers.
type laid struct {
	devices   *data.Comparison
	uploads   *data.UploadComparison
	customers *data.CustomerComparison
}

// layBeside reads what a portal exports: devices or, for a reseller, uploads or customers. Off Fyne's goroutine.
func layBeside(ctx context.Context, r page.Drawers, view model.View, path string, progress data.Progress) (found laid, err error) {
	file, err := sheet.Open(path)
	if err != nil {
		return found, err
	}
	defer file.Close()
	found.devices, err = readDevices(ctx, r.Devices(), view, file, progress)
	if model.CodeOf(err) != model.Invalid || view.Portal != model.ResellerPortal {
		return found, err
	}
	noDevices := err
	if found.uploads, err = readUploads(ctx, r.Uploads(), view, file); model.CodeOf(err) != model.Invalid {
		return found, err
	}
	if found.customers, err = readCustomers(ctx, r.Customers(), view, file); model.CodeOf(err) != model.Invalid {
		return found, err
	}
	return found, noDevices
}

// readDevices lays an export of devices beside those that the viewer sees. Off Fyne's goroutine.
func readDevices(ctx context.Context, devices data.Devices, view model.View, file *sheet.File, progress data.Progress) (*data.Comparison,
	error) {
	export, err := portal.FindDevices(ctx, file)
	if err != nil {
		return nil, err
	}
	return devices.Compare(ctx, view, export.Columns, export.Lines(ctx), portal.CleanOrder, file.Progress, progress)
}

// showDevices shows the devices that differ.
func (x *comparing) showDevices() {
	c := x.found
	t := table{kinds: model.Differences, count: c.Count}
	if n := c.Count(model.Same); n > 0 && x.view.Portal == model.ResellerPortal {
		confirm := control.NewButton(lang.N("Confirm {{.Count}} same devices", n, map[string]any{"Count": page.Number(n)}), x.confirm)
		t.heading = append(t.heading, page.For(x.desk, model.ConfirmedAtPortal, confirm))
	}
	if c.Again > 0 {
		t.about += " " + lang.N("{{.Count}} lines name a device again.", c.Again, map[string]any{"Count": page.Number(c.Again)})
	}
	if c.Unread > 0 {
		t.about += " " + lang.N("{{.Count}} lines name no device that can be read.", c.Unread, map[string]any{"Count": page.Number(c.Unread)})
	}
	lay(x, page.List[model.Compared]{
		Name: "compare." + string(x.view.Portal), Title: lang.L("Compare with the portal"), Columns: columns(c.Columns, x.view), Frozen: 2,
		SearchHint: lang.L("Search identifier, customer or order number"),
		Source: &grid.Paged[model.Compared]{
			IDs: func(ctx context.Context, q grid.Question) ([]int64, error) {
				return c.IDs(ctx, q.Search, kindsIn(q.Filters[filterKind])...)
			},
			Rows:  c.Rows,
			ID:    func(r model.Compared) int64 { return r.At },
			Total: func(ctx context.Context) (int, error) { ids, err := c.IDs(ctx, ""); return len(ids), err },
		},
		Row: page.RowByID(c.Rows),
		Open: func(r model.Compared) {
			if r.Here.ID != 0 {
				device.ShowCard(x.desk, r.Here.ID)
			}
		},
		Nothing: grid.State{Title: lang.L("No difference"), Text: lang.L("Every device of the export is in the register as it is there, " +
			"and no other.")},
		Actions: x.actions(),
	}, t)
}

const filterKind = "kind"

// table is what stands around the table of differences.
type table struct {
	kinds   []model.Difference
	count   func(model.Difference) int
	heading []fyne.CanvasObject
	about   string // what of the file is not compared
}

// lay shows a table of differences, with a button for each kind.
func lay[R any](x *comparing, l page.List[R], t table) {
	l.Filters = []grid.Filter{kindFilter(t.kinds)}
	list := page.NewListing(x.desk, l, page.Place{})
	p := list.Page()
	x.export, x.first, x.search = p.Export, p.First, list.View.FocusSearch
	chip := func(text, kind string, n int) fyne.CanvasObject {
		return control.NewButton(page.Number(n)+" "+text, func() {
			q := list.View.Table.Question()
			q.Filters = map[string]string{}
			if kind != "" {
				q.Filters[filterKind] = kind
			}
			list.View.Table.SetQuestion(q)
		})
	}
	all := 0
	var chips []fyne.CanvasObject
	for _, d := range t.kinds {
		if n := t.count(d); n > 0 {
			all += n
			chips = append(chips, chip(page.Word(d), d.String(), n))
		}
	}
	heading := control.ButtonLines(control.NewButton(lang.L("Another export…"), x.ask))
	for _, o := range append(t.heading, p.Actions...) {
		heading.Add(o)
	}
	about := control.NewName(lang.L("{{.File}}, compared {{.Time}}: {{.Same}} same.", map[string]any{"File": filepath.Base(x.path),
		"Time": page.DateTime(x.at), "Same": page.Number(t.count(model.Same))})+t.about, 0)
	about.SizeName, about.Importance = theme.SizeNameCaptionText, widget.LowImportance
	kinds := control.LeadingLines(append([]fyne.CanvasObject{chip(lang.L("All"), "", all)}, chips...)...)
	x.stale = x.newNotice()
	lines := container.New(layout.NewCustomPaddedLayout(theme.Padding(), theme.Padding(), 0, 0), kinds) // 8 from what is around them
	x.room.Objects = []fyne.CanvasObject{control.Below(heading, control.Below(lines, control.InOrder(x.stale, nil, p.Content, nil,
		control.Flush(about))))}
	x.room.Refresh()
	x.desk.Window().Canvas().Focus(x.first())
}

func kindFilter(kinds []model.Difference) grid.Filter {
	return grid.Filter{ID: filterKind, Title: lang.L("Difference"), Options: func(context.Context) (options []grid.Option, _ error) {
		for _, d := range kinds {
			options = append(options, grid.Option{Value: d.String(), Text: page.Word(d)})
		}
		return options, nil
	}, Text: func(value string) string { return page.Word(kindsIn(value)[0]) }}
}

func kindsIn(value string) []model.Difference {
	for d := model.OnlyHere; d <= model.OtherName; d++ {
		if d.String() == value {
			return []model.Difference{d}
		}
	}
	return nil
}
