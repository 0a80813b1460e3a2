package unfinished

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/model"
	"consign/ui/control"
	"consign/ui/page"
)

// rowsShown is how many uploads have room at once: the others are scrolled to.
const rowsShown = 3

// Block lists unfinished uploads: which list, how many lines, for whom, since when, by whom. Each is gone on with or given up.
type Block struct {
	// Content is the list, hidden while there is nothing unfinished.
	Content *fyne.Container
	// First goes on with the newest; nil while there is none.
	First *control.Button

	desk    page.Desk
	list    func() []Upload
	goOn    func(Upload)
	changed func() // other uploads are listed
	rows    *fyne.Container
	names   map[int64]string // of accounts, as far as they were read
}

// NewBlock makes a block of what list gives. goOn goes on with one. changed hears that others are listed; it may be nil.
func NewBlock(d page.Desk, list func() []Upload, goOn func(Upload), changed func()) *Block {
	b := &Block{desk: d, list: list, goOn: goOn, changed: changed, names: map[int64]string{},
		rows: container.New(layout.NewCustomPaddedVBoxLayout(2))}
	heading := control.NewHeading(lang.L("Not finished"), theme.SizeNameSubHeadingText, 0)
	b.Content = container.New(&blockLayout{}, control.Flush(heading), container.NewVScroll(b.rows))
	b.Show()
	return b
}

// Show lists what is unfinished now.
func (b *Block) Show() {
	b.First, b.rows.Objects = nil, nil
	uploads := b.list()
	for _, u := range uploads {
		b.rows.Add(b.row(u))
	}
	b.Content.Hidden = len(uploads) == 0
	b.Content.Refresh()
	if b.changed != nil {
		b.changed()
	}
	b.readNames(uploads)
}

// row is one upload.
func (b *Block) row(u Upload) fyne.CanvasObject {
	name, detail := control.NewName(u.title(), 0), control.NewName(u.detail(b.names[u.Party]), 0)
	detail.SizeName, detail.Importance = theme.SizeNameCaptionText, widget.LowImportance
	again := control.NewButton(lang.L("Go on with it"), func() { b.goOn(u) })
	if b.First == nil {
		b.First = again
		again.Importance = widget.HighImportance
	}
	away := control.NewButton(lang.L("Give it up"), func() { b.giveUp(u) })
	texts := container.New(layout.NewCustomPaddedVBoxLayout(-2*theme.InnerPadding()), name, detail)
	return control.InOrder(nil, nil, control.Flush(texts), container.NewCenter(control.Row(away, again)), nil)
}

// title is the lists of an upload.
func (u Upload) title() string {
	scans := ""
	if u.Scans > 0 {
		scans = lang.N("A scan session with {{.Count}} devices", u.Scans, map[string]any{"Count": page.Number(u.Scans)})
	}
	return strings.Trim(u.Names()+" · "+scans, " ·")
}

// detail is the rest that is known of an upload.
func (u Upload) detail(customer string) string {
	if customer == "" {
		customer = u.Customer
	}
	parts := []string{}
	if u.Lines > 0 {
		parts = append(parts, lang.N("{{.Count}} lines", u.Lines, map[string]any{"Count": page.Number(u.Lines)}))
	}
	if customer == "" {
		customer = lang.L("No customer yet")
	}
	parts = append(parts, customer, page.DateTime(u.At))
	if u.Person != "" {
		parts = append(parts, u.Person)
	}
	return strings.Join(parts, " · ")
}

// giveUp throws an upload away. It asks nothing, because it can be taken back.
func (b *Block) giveUp(u Upload) {
	if err := GiveUp(u.Path); err != nil {
		b.desk.Fail(err)
		return
	}
	b.Show()
	OfferBack(b.desk, u.title(), u.Path, b.Show)
}

// OfferBack says that an upload was given up, and offers to have it back; then is called when it is.
func OfferBack(d page.Desk, title, path string, then func()) {
	d.Offer(lang.L("Given up: {{.Lists}}", map[string]any{"Lists": title}), lang.L("Undo"), func() {
		if err := TakeBack(path); err != nil {
			d.Fail(err)
			return
		}
		then()
	})
}

// readNames reads the names of accounts that are not known yet, as they are now.
func (b *Block) readNames(uploads []Upload) {
	var missing []int64
	for _, u := range uploads {
		if _, known := b.names[u.Party]; !known && u.Party != 0 {
			missing = append(missing, u.Party)
			b.names[u.Party] = ""
		}
	}
	if len(missing) == 0 {
		return
	}
	page.Read(b.desk, func(ctx context.Context) (map[int64]string, error) {
		names := map[int64]string{}
		for _, id := range missing {
			if a, err := b.desk.Register().Accounts().ByID(ctx, id); err == nil {
				names[id] = a.CompanyName
			} else if model.CodeOf(err) != model.NotFound {
				return nil, err
			}
		}
		return names, nil
	}, func(names map[int64]string) {
		for id, name := range names {
			b.names[id] = name
		}
		b.Show()
	})
}

// blockLayout puts a heading over rows that scroll when they are many.
type blockLayout struct{}

// MinSize implements fyne.Layout.
func (blockLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	heading, rows := objects[0].MinSize(), objects[1].(*container.Scroll).Content
	height := rows.MinSize().Height
	if n := len(rows.(*fyne.Container).Objects); n > rowsShown {
		height = height / float32(n) * (rowsShown + 0.4)
	}
	return fyne.NewSize(280, heading.Height+height)
}

// Layout implements fyne.Layout.
func (blockLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(size.Width, height))
	objects[1].Move(fyne.NewPos(0, height))
	objects[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-height)))
}
