// Package device shows one device as a card, and finds devices of all our accounts. Everything in it belongs to Fyne's goroutine.
package device

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// ShowCard opens the card of a device, living or deleted: its identifiers, where it is, who sees it, its whole history, and what can
// be done with it.
func ShowCard(d page.Desk, id int64) {
	page.Read(d, func(ctx context.Context) (seen, error) { return read(ctx, d.Register(), id) }, func(s seen) {
		c := &card{desk: d, seen: s}
		c.show()
	})
}

// seen is what the card shows.
type seen struct {
	data.DeviceCard
	history []model.Activity // the latest act first
	ours    []model.View
	uploads map[int64]model.View // of the history, as far as they still have devices: the account of ours that sees them
	swaps   []data.Exchanged     // the exchanges and the return that it was part of, as far as they stand
}

func read(ctx context.Context, r page.Drawers, id int64) (s seen, err error) {
	if s.DeviceCard, err = r.Devices().Card(ctx, id); err != nil {
		return s, err
	}
	if s.history, err = r.Activity().OfDevice(ctx, id); err != nil {
		return s, err
	}
	slices.Reverse(s.history)
	if s.swaps, err = r.Devices().Exchanges(ctx, id); err != nil {
		return s, err
	}
	if s.ours, err = page.OurViews(ctx, r.Accounts()); err != nil {
		return s, err
	}
	s.uploads = map[int64]model.View{}
	for _, a := range s.history {
		view, _, err := page.OurUpload(ctx, r.Accounts(), r.Uploads(), a.UploadID)
		switch model.CodeOf(err) {
		case "":
			s.uploads[a.UploadID] = view
		case model.NotFound:
		default:
			return s, err
		}
	}
	return s, nil
}

// card is the open dialog.
type card struct {
	seen
	desk   page.Desk
	dialog *control.Dialog

	present, past *container.Scroll // the facts and the history
}

const (
	cardWidth  = 900
	cardHeight = 560
	cardNarrow = 660 // the width below which the history stands below the facts
)

func (c *card) show() {
	c.present, c.past = container.NewVScroll(nil), container.NewVScroll(nil)
	room := c.desk.Window().Canvas().Size()
	width := min(cardWidth, room.Width-24)
	inOneColumn := width < cardNarrow
	if inOneColumn {
		c.present = c.past
	}
	present := []fyne.CanvasObject{c.facts(), heading(lang.L("Seen by")), c.placements()}
	history, past := heading(lang.L("History")), newTimeline(c.history, c.uploadLink, c.swapped)
	var body fyne.CanvasObject = c.past
	if inOneColumn {
		c.past.Content = container.New(control.Column(theme.Padding()), append(present, history, past)...)
	} else {
		c.present.Content, c.past.Content = container.New(control.Column(theme.Padding()), present...), past
		body = container.New(split{0.5, 16}, c.present, container.NewBorder(history, nil, nil, nil, c.past))
	}
	title := c.First()
	if c.Model != "" {
		title += " · " + c.Model
	}
	c.dialog = control.NewDialog(title, body, c.desk.Window())
	closes := control.NewButton(lang.L("Close"), c.hide)
	buttons := []fyne.CanvasObject{closes}
	if by, can := c.deleter(); can {
		deletes := page.For(c.desk, model.DevicesDeleted, control.NewButton(lang.L("Delete device…"), func() { c.askDelete(by) }))
		buttons = []fyne.CanvasObject{deletes, closes}
	}
	c.dialog.SetButtons(buttons)
	c.dialog.Resize(fyne.NewSize(width, min(cardHeight, room.Height-24)))
	c.dialog.Show()
	c.present.Refresh() // links know their lines once they have a width
	control.Answer(c.desk.Window().Canvas(), control.Keys{Enter: c.hide, Escape: c.hide, Scroll: c.past})
	c.desk.Window().Canvas().Focus(closes)
}

func (c *card) hide() { c.dialog.Hide() }

// split gives its first object a share of the width and its second the rest, with a gap.
type split struct{ share, gap float32 }

// Layout implements fyne.Layout.
func (s split) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	first := (size.Width - s.gap) * s.share
	objects[0].Resize(fyne.NewSize(first, size.Height))
	objects[1].Resize(fyne.NewSize(size.Width-s.gap-first, size.Height))
	objects[1].Move(fyne.NewPos(first+s.gap, 0))
}

// MinSize implements fyne.Layout.
func (s split) MinSize(objects []fyne.CanvasObject) fyne.Size {
	first, second := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(first.Width/s.share, second.Width/(1-s.share))+s.gap, max(first.Height, second.Height))
}

func heading(text string) fyne.CanvasObject {
	return control.Flush(control.NewHeading(text, theme.SizeNameSubHeadingText, 0))
}

// name says what a value is.
func name(text string) fyne.CanvasObject {
	n := control.NewName(text, 0)
	n.Importance = widget.LowImportance
	return control.Flush(n)
}

// value takes what room there is.
func value(text string) *control.Value {
	v := control.NewValue(text)
	v.Most = 0
	return v
}

// facts are the device's identifiers, each with a button that copies it, and what else is known of it.
func (c *card) facts() fyne.CanvasObject {
	rows := container.New(layout.NewCustomPaddedVBoxLayout(0))
	add := func(title string, value fyne.CanvasObject) {
		rows.Add(container.New(split{0.31, 0}, name(title), value))
	}
	for _, id := range []struct{ name, value string }{
		{lang.L("IMEI"), c.IMEI1}, {lang.L("IMEI 2"), c.IMEI2}, {lang.L("MEID"), c.MEID}, {lang.L("Serial number"), c.Serial},
	} {
		if id.value == "" {
			continue
		}
		text := value(id.value)
		text.TextStyle.Monospace = true
		copies := control.NewButtonWithIcon("", theme.ContentCopyIcon(), func() {
			fyne.CurrentApp().Clipboard().SetContent(id.value)
			c.desk.Say(lang.L("{{.Identifier}} is in the clipboard.", map[string]any{"Identifier": id.value}))
		})
		copies.Importance = widget.LowImportance
		add(id.name, container.NewBorder(nil, nil, nil, copies, text))
	}
	add(lang.L("Status"), c.standing())
	for _, fact := range []struct{ name, value string }{
		{lang.L("Failure reason"), c.Failure}, {lang.L("Model"), c.Model}, {lang.L("Order number"), c.OrderNumber},
		{lang.L("Tags"), strings.Join(c.tags(), ", ")},
	} {
		if fact.value != "" {
			add(fact.name, value(fact.value))
		}
	}
	return rows
}

// standing is the device's status, or since when it is deleted.
func (c *card) standing() fyne.CanvasObject {
	switch {
	case c.UploadGone:
		return badge(lang.L("Upload undone on {{.Date}}", map[string]any{"Date": page.DateTime(c.DeletedAt)}), control.Bad)
	case c.Deleted():
		return badge(lang.L("Deleted on {{.Date}}", map[string]any{"Date": page.DateTime(c.DeletedAt)}), control.Bad)
	}
	return badge(status(c.DeviceCard))
}

// badge begins where the text of a value begins.
func badge(word string, look control.Look) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, 0, theme.InnerPadding(), 0), control.NewBadge(word, look))
}

// tags are those of all uploads in which the device is seen.
func (c *card) tags() []string {
	var tags []string
	for _, p := range c.Placements {
		tags = append(tags, p.Device.Tags...)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// placements says who sees the device, and where.
func (c *card) placements() fyne.CanvasObject {
	if len(c.Placements) == 0 {
		rows := container.NewVBox(control.Flush(value(lang.L("Nobody: it is gone from all portals."))))
		rows.Add(control.Flush(value(lang.L("Last at {{.Customer}}, from {{.Reseller}}.",
			map[string]any{"Customer": c.Holder, "Reseller": c.Reseller}))))
		return rows
	}
	rows := container.New(control.Column(theme.Padding()))
	for _, p := range c.Placements {
		rows.Add(c.placement(p))
	}
	return rows
}

func (c *card) placement(p data.Placement) fyne.CanvasObject {
	kind := model.AccountKind(p.View.Portal)
	words := []string{page.Word(kind), lang.L("uploaded {{.Date}}", map[string]any{"Date": page.Date(p.Device.UploadedAt)})}
	if p.View.Portal != model.CustomerPortal && p.Device.CustomerID != 0 {
		words = slices.Insert(words, 1, lang.L("at {{.Customer}}", map[string]any{"Customer": p.Device.Customer}))
	}
	standing := control.NewBadge(page.Word(p.Device.Status), page.DeviceLook(p.Device.Status))
	inside := container.New(layout.NewCustomPaddedLayout(0, 0, 0, 2*theme.InnerPadding()), standing) // of the scroll, beside its bar
	company := control.InOrder(nil, nil, control.NewName(p.Company, 0), inside, nil)
	rows := control.Flush(container.New(layout.NewCustomPaddedVBoxLayout(-2*theme.InnerPadding()+1), company,
		small(strings.Join(words, " · "), theme.ColorNamePlaceHolder)))
	if !slices.Contains(c.ours, p.View) {
		return rows
	}
	links := control.LeadingLines(c.link(lang.L("Upload"), c.present, page.UploadPlace(p.View, p.Device.UploadID)))
	at := page.Place{Tab: page.Tab(p.View.Portal), Acting: p.View.Account}
	if p.Device.CustomerID != 0 {
		at.Page, at.ID = page.Customer, p.Device.CustomerID
		links.Add(c.link(lang.L("Customer"), c.present, at))
	}
	links.Add(c.link(lang.L("In Devices"), c.present, page.Place{Tab: at.Tab, Acting: at.Acting, Page: page.Devices, Search: c.First()}))
	return container.New(control.Column(-4), rows, links)
}

// link leaves the card for a page.
func (c *card) link(text string, within *container.Scroll, to page.Place) fyne.CanvasObject {
	return newLink(text, within, func() {
		c.hide()
		c.desk.Go(to)
	})
}

// uploadLink names the upload of an act in the history and leads to it while it holds devices; nil if the act has none.
func (c *card) uploadLink(a model.Activity) fyne.CanvasObject {
	if a.UploadUUID == "" {
		return nil
	}
	text := lang.L("Upload {{.Upload}}", map[string]any{"Upload": page.ShortID(a.UploadUUID)})
	if view, seen := c.uploads[a.UploadID]; seen {
		return c.link(text, c.past, page.UploadPlace(view, a.UploadID))
	}
	gone := control.NewName(text, 160)
	gone.SizeName, gone.Importance = theme.SizeNameCaptionText, widget.LowImportance
	return gone
}

// deleter is the account of ours that may delete the device.
func (c *card) deleter() (by model.View, can bool) {
	for _, p := range c.Placements {
		if slices.Contains(c.ours, p.View) {
			return p.View, true
		}
	}
	return by, false
}

func (c *card) askDelete(by model.View) {
	page.Confirm(c.desk, lang.L("Delete {{.Identifier}}?", map[string]any{"Identifier": c.First()}), page.Deletion(by, 1),
		lang.L("Delete device"), func() {
			c.hide()
			page.Act(c.desk, lang.L("Deleting devices"), func(ctx context.Context, progress data.Progress) (model.Done, error) {
				return c.desk.Register().Devices().Delete(ctx, model.DeviceSelection{Query: model.DeviceQuery{View: by}, IDs: []int64{c.ID}}, progress)
			}, nil)
		})
}
