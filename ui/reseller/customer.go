package reseller

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/data/sheet"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
	"consign/ui/uploads"
)

// customerPage is the customer details: the summary with EDIT and SAVE, the tabs UPLOADS and DEVICES, and for a customer its portal.
func customerPage(d page.Desk, view model.View, account int64) (*page.Page, error) {
	read := func(ctx context.Context) (model.ResellerCustomer, error) {
		return d.Register().Customers().Of(ctx, view.Account, account)
	}
	c, err := read(context.Background())
	if err != nil {
		return nil, err
	}
	now := func(then func(model.ResellerCustomer)) func() {
		return func() { page.Read(d, read, then) }
	}
	summary := page.NewSummary(customerFacts(c)...)
	reference := newReference(d, view, c)
	tabs := []*page.Page{
		page.NewListPage(d, uploadList(d, view, "customer.uploads", lang.L("UPLOADS"), account), page.Place{}),
		page.NewListPage(d, deviceList(d, view, "customer.devices", lang.L("DEVICES"), account), page.Place{}),
	}
	if c.Kind == model.Customer {
		tabs = append(tabs, uploads.CustomerPortal(d, view, model.Account{ID: account, Kind: c.Kind, CompanyName: c.CompanyName}))
	}
	inner := page.Tabs("", 0, tabs...)
	return &page.Page{
		Title:   c.CompanyName,
		Content: summary.Above(inner.Content, reference),
		Actions: append(page.NewRowButtons(d, c.ID, c, read, []page.Action[model.ResellerCustomer]{customerRemovedUs(d, view),
			customerCameBack(d, view)}).Objects,
			control.NewButton(lang.L("DOWNLOAD CUSTOMERS AS CSV"), now(func(c model.ResellerCustomer) {
				page.SaveRowAsync(d, c.CompanyName, sheet.CSV, customerColumns(), c)
			})),
			page.For(d, model.DevicesUploaded, control.NewMainButton(lang.L("New upload"), func() {
				d.Go(page.Place{Tab: page.ResellerTab, Page: page.NewUpload, ID: account})
			})),
		),
		Shows: inner.Shows | data.CustomersChanged | data.AccountsChanged,
		Reload: func() {
			page.Reread(d, read, func(c model.ResellerCustomer) {
				summary.Set(customerFacts(c)...)
				reference.reread(c.InternalReference)
				inner.Reload()
			})
		},
		For:   func() page.Purpose { return page.Purpose{Customer: account} },
		First: inner.First, Settled: inner.Settled, Search: inner.Search, Export: inner.Export, ByList: inner.ByList,
	}, nil
}

func customerFacts(c model.ResellerCustomer) []page.Fact {
	kind := ""
	if c.Kind == model.MSP {
		kind = page.Word(c.Kind)
	}
	return []page.Fact{
		page.IDFact(lang.L("CUSTOMER ID/MSP ID"), c.ShownID),
		{Name: lang.L("COUNTRY"), Value: page.Country(c.Country)},
		page.StatusFact(customerStatus(c)),
		{Name: lang.L("ADDED"), Value: page.Date(c.AddedAt)},
		{Name: lang.L("UPLOADS"), Value: page.Number(c.Uploads)},
		{Name: lang.L("DEVICES"), Value: page.Number(c.Devices)},
		{Name: lang.L("LAST UPLOADED"), Value: page.Date(c.LastUploaded)},
		{Name: lang.L("KIND"), Value: kind},
	}
}

// reference shows the internal reference, with EDIT to change it in its place and SAVE to keep it.
type reference struct {
	widget.BaseWidget
	kept    string
	entry   *referenceEntry
	edit    *control.Button
	cancel  *control.Button
	content fyne.CanvasObject
}

func newReference(d page.Desk, view model.View, c model.ResellerCustomer) *reference {
	r := &reference{}
	r.entry = &referenceEntry{escape: func() { r.show(r.kept) }}
	r.entry.ExtendBaseWidget(r.entry)
	save := func() {
		text := r.entry.Text
		r.show(text)
		page.Act(d, lang.L("Saving the internal reference"), func(ctx context.Context, _ data.Progress) (model.Done, error) {
			return d.Register().Customers().EditReference(ctx, view.Account, c.AccountID, text)
		}, nil)
	}
	r.edit = page.For(d, model.CustomerEdited, control.NewButton("", func() {
		if r.entry.Disabled() {
			r.start(d)
			return
		}
		save()
	}))
	r.cancel = control.NewButton(lang.L("Cancel"), func() { r.show(r.kept) })
	r.entry.OnSubmitted = func(string) { save() }
	r.entry.SetPlaceHolder(lang.L("Your own name for this customer"))
	label := container.New(layout.NewCustomPaddedLayout(0, 0, 0, theme.Padding()),
		control.Flush(widget.NewLabel(lang.L("INTERNAL REFERENCE"))))
	buttons := container.New(layout.NewCustomPaddedLayout(0, 0, theme.Padding(), 0), control.Row(r.cancel, r.edit))
	room := container.New(&atMost{width: 520}, container.NewBorder(nil, nil, nil, buttons, r.entry))
	r.content = container.NewBorder(nil, nil, label, nil, room)
	r.ExtendBaseWidget(r)
	r.show(c.InternalReference)
	return r
}

func (r *reference) start(d page.Desk) {
	r.entry.Enable()
	r.edit.SetText(lang.L("SAVE"))
	r.cancel.Show()
	d.Window().Canvas().Focus(r.entry)
}

// show ends editing and shows what is kept.
func (r *reference) show(kept string) {
	r.kept = kept
	r.entry.SetText(kept)
	r.entry.Disable()
	r.edit.SetText(lang.L("EDIT"))
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil && (c.Focused() == r.entry || c.Focused() == r.cancel) {
		c.Focus(r.edit)
	}
	r.cancel.Hide()
}

// referenceEntry is the field, which Esc leaves as it was.
type referenceEntry struct {
	control.Entry
	escape func()
}

// TypedKey implements fyne.Focusable.
func (e *referenceEntry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.escape()
		return
	}
	e.Entry.TypedKey(k)
}

// reread shows what is kept now, unless the user is writing something else.
func (r *reference) reread(kept string) {
	if r.entry.Disabled() {
		r.show(kept)
	}
}

// CreateRenderer implements fyne.Widget.
func (r *reference) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(r.content)
}

// atMost lays out one object from the left, no wider than width.
type atMost struct{ width float32 }

// Layout implements fyne.Layout.
func (l *atMost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(min(l.width, size.Width), size.Height))
}

// MinSize implements fyne.Layout.
func (l *atMost) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }
