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
	return &page.Page{
		Title: lang.L("Compare with the portal"), Content: x.room,
		First:  func() fyne.Focusable { return x.first() },
		Reload: x.again, Drop: func(paths []string) { x.open(paths[0]) },
		Search: func() {
			if x.list != nil {
				x.list.View.FocusSearch()
			}
		},
		Export: func() {
			if x.export != nil {
				x.export()
			}
		},
	}
}

// comparing is the page.
type comparing struct {
	desk          page.Desk
	view          model.View
	room          *fyne.Container
	takeCustomers func()

	path   string // of the export; "" before one was opened
	at     time.Time
	found  *data.Comparison
	list   *page.Listing[model.Compared]
	export func()
	first  func() fyne.Focusable
}

func (x *comparing) ask() {
	page.AskFilesAsync(x.desk.Window(), page.Files{Title: lang.L("Open the portal's export"), Name: lang.L("Tables"), Endings: sheet.Endings},
		func(paths []string) { x.open(paths[0]) })
}

// showNothing says what is compared with what.
func (x *comparing) showNothing() {
	open := control.NewMainButton(lang.L("Open the portal's export…"), x.ask)
	text := lang.L("Download the devices as CSV from the Reseller Portal and open the file here: you see what is the same, what is only " +
		"here or only there, and what differs. Nothing changes by itself.\nTo take an existing portal over, take its customers over first, " +
		"then its devices.")
	if x.view.Portal == model.MSPPortal {
		text = lang.L("Download the devices as CSV from the MSP Portal and open the file here: you see what is the same, and what is only " +
			"here or only there. Nothing changes by itself.")
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
	var found *data.Comparison
	x.desk.RunAsync(lang.L("Comparing {{.File}}", map[string]any{"File": filepath.Base(path)}),
		func(ctx context.Context, progress func(int, int)) (err error) {
			found, err = Read(ctx, x.desk.Register().Devices(), x.view, path, progress)
			return err
		}, func() {
			x.path, x.at, x.found = path, time.Now(), found
			x.show()
		})
}

// Read lays a file beside the devices that the viewer sees. Safe on any goroutine.
func Read(ctx context.Context, devices data.Devices, view model.View, path string, progress data.Progress) (*data.Comparison, error) {
	file, err := sheet.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	export, err := portal.FindDevices(ctx, file)
	if err != nil {
		return nil, err
	}
	return devices.Compare(ctx, view, export.Columns, export.Lines(ctx), portal.CleanOrder, file.Progress, progress)
}

const filterKind = "kind"

// show shows the differences, with a button for each kind.
func (x *comparing) show() {
	c := x.found
	x.list = page.NewListing(x.desk, page.List[model.Compared]{
		Name: "compare." + string(x.view.Portal), Title: lang.L("Compare with the portal"), Columns: columns(c.Columns, x.view), Frozen: 2,
		SearchHint: lang.L("Search identifier, customer or order number"),
		Filters:    []grid.Filter{kindFilter()},
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
		Nothing: grid.State{Title: lang.L("No difference"), Text: lang.L("Every device of the export is in the register as it is there, and " +
			"no other.")},
		Actions: x.actions(),
	}, page.Place{})
	p := x.list.Page()
	x.export, x.first = p.Export, p.First
	chips := control.Row(x.chip(lang.L("All"), "", c.Count(model.OnlyHere)+c.Count(model.OnlyThere)+c.Count(model.OtherCustomer)+
		c.Count(model.OtherStatus)+c.Count(model.OtherOrderNumber)))
	for _, d := range model.Differences {
		if n := c.Count(d); n > 0 {
			chips.Add(x.chip(page.Word(d), d.String(), n))
		}
	}
	heading := control.Row(layout.NewSpacer(), control.NewButton(lang.L("Another export…"), x.ask))
	if n := c.Count(model.Same); n > 0 && x.view.Portal == model.ResellerPortal {
		heading.Add(control.NewButton(lang.N("Confirm {{.Count}} same devices", n, map[string]any{"Count": page.Number(n)}), x.confirm))
	}
	for _, o := range p.Actions {
		heading.Add(o)
	}
	about := control.NewName(x.about(), 0)
	about.SizeName, about.Importance = theme.SizeNameCaptionText, widget.LowImportance
	above := container.NewVBox(heading, container.NewHScroll(chips))
	x.room.Objects = []fyne.CanvasObject{control.InOrder(above, nil, p.Content, nil, control.Flush(about))}
	x.room.Refresh()
	x.desk.Window().Canvas().Focus(x.first())
}

// about says of which file and when this is, and what of the file is not compared.
func (x *comparing) about() string {
	c := x.found
	text := lang.L("{{.File}}, compared {{.Time}}: {{.Same}} same.", map[string]any{"File": filepath.Base(x.path), "Time": page.DateTime(x.at),
		"Same": page.Number(c.Count(model.Same))})
	if c.Again > 0 {
		text += " " + lang.N("{{.Count}} lines name a device again.", c.Again, map[string]any{"Count": page.Number(c.Again)})
	}
	if c.Unread > 0 {
		text += " " + lang.N("{{.Count}} lines name no device that can be read.", c.Unread, map[string]any{"Count": page.Number(c.Unread)})
	}
	return text
}

// chip narrows the table to a kind.
func (x *comparing) chip(text, kind string, n int) fyne.CanvasObject {
	return control.NewButton(page.Number(n)+" "+text, func() {
		q := x.list.View.Table.Question()
		q.Filters = map[string]string{}
		if kind != "" {
			q.Filters[filterKind] = kind
		}
		x.list.View.Table.SetQuestion(q)
	})
}

func kindFilter() grid.Filter {
	return grid.Filter{ID: filterKind, Title: lang.L("Difference"), Options: func(context.Context) (options []grid.Option, _ error) {
		for _, d := range model.Differences {
			options = append(options, grid.Option{Value: d.String(), Text: page.Word(d)})
		}
		return options, nil
	}, Text: func(value string) string { return page.Word(kindsIn(value)[0]) }}
}

func kindsIn(value string) []model.Difference {
	for _, d := range model.Differences {
		if d.String() == value {
			return []model.Difference{d}
		}
	}
	return nil
}
