package unfinished

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

// rowsShown is how many uploads have room at once: the others are scrolled to.
const rowsShown = 3

// Block lists unfinished uploads: which list, how many lines, for whom, since when, by whom. Each is gone on with or given up.
type Block struct {
	// Content is the list, hidden while there is nothing unfinished.
	Content *fyne.Container
	// First goes on with the newest; nil while there is none.
	First *control.Button
	// Begins tells whether the page begins with the block; nil: it does while there is something.
	Begins func() bool

	desk    page.Desk
	list    func() []Upload
	but     func() string // the path of one that is not listed
	goOn    func(Upload)
	changed func() // other uploads are listed
	rows    *fyne.Container
	turn    int // counts readings, so that a late one is dropped
}

// NewBlock makes a block of what list gives off Fyne's goroutine, but for the one at the path that but says; but and changed, which hears
// that others are listed, may be nil. goOn goes on with one. Nothing is listed before Seen.
func NewBlock(d page.Desk, list func() []Upload, but func() string, goOn func(Upload), changed func()) *Block {
	b := &Block{desk: d, list: list, but: but, goOn: goOn, changed: changed,
		rows: container.New(layout.NewCustomPaddedVBoxLayout(2))}
	heading := control.NewHeading(lang.L("Not finished"), theme.SizeNameSubHeadingText, 0)
	b.Content = container.New(&blockLayout{}, control.Flush(heading), container.NewVScroll(b.rows))
	b.Content.Hide()
	return b
}

// Seen lists what is unfinished now. The page on which it stands has just been shown, and begins there unless the keyboard went on
// meanwhile.
func (b *Block) Seen() {
	c := b.desk.Window().Canvas()
	before := c.Focused()
	b.show(func() {
		if b.First != nil && c.Focused() == before && c.Overlays().Top() == nil && (b.Begins == nil || b.Begins()) {
			c.Focus(b.First)
		}
	})
}

// Show lists what is unfinished now.
func (b *Block) Show() { b.show(func() {}) }

// show lists what is unfinished, and then calls then.
func (b *Block) show(then func()) {
	b.turn++
	turn := b.turn
	page.Read(b.desk, func(ctx context.Context) ([]Upload, error) {
		uploads := b.list()
		return uploads, nameCustomers(ctx, b.desk.Register().Accounts(), uploads)
	}, func(uploads []Upload) {
		if turn != b.turn {
			return
		}
		if b.but != nil {
			path := b.but()
			uploads = slices.DeleteFunc(uploads, func(u Upload) bool { return u.Path == path })
		}
		b.First, b.rows.Objects = nil, nil
		b.rows.Layout = layout.NewCustomPaddedVBoxLayout(2)
		if len(uploads) > rowsShown {
			b.rows.Layout = besideBar{b.rows.Layout}
		}
		for _, u := range uploads {
			b.rows.Add(b.row(u))
		}
		b.Content.Hidden = len(uploads) == 0
		b.Content.Refresh()
		if b.changed != nil {
			b.changed()
		}
		then()
	})
}

// nameCustomers gives uploads the names that their customers have now. Off Fyne's goroutine.
func nameCustomers(ctx context.Context, accounts data.Accounts, uploads []Upload) error {
	for i, u := range uploads {
		if u.Party == 0 {
			continue
		}
		switch a, err := accounts.ByID(ctx, u.Party); {
		case err == nil:
			uploads[i].Customer = a.CompanyName
		case model.CodeOf(err) != model.NotFound:
			return err
		}
	}
	return nil
}

// row is one upload.
func (b *Block) row(u Upload) fyne.CanvasObject {
	name, detail := control.NewName(u.title(), 0), control.NewName(u.detail(), 0)
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
func (u Upload) detail() string {
	customer := u.Customer
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
	b.desk.ReadAsync(func(context.Context) error { return GiveUp(u.Path) }, func() {
		b.Show()
		OfferBack(b.desk, u.title(), u.Path, b.Show)
	})
}

// OfferBack says that an upload was given up, and offers to have it back; then is called when it is.
func OfferBack(d page.Desk, title, path string, then func()) {
	d.Offer(lang.L("Given up: {{.Lists}}", map[string]any{"Lists": title}), lang.L("Undo"), func() {
		d.ReadAsync(func(context.Context) error { return TakeBack(path) }, then)
	})
}

// besideBar leaves the room at the right to the bar that scrolls.
type besideBar struct{ rows fyne.Layout }

// MinSize implements fyne.Layout.
func (l besideBar) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return l.rows.MinSize(objects).AddWidthHeight(theme.ScrollBarSize(), 0)
}

// Layout implements fyne.Layout.
func (l besideBar) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.rows.Layout(objects, fyne.NewSize(size.Width-theme.ScrollBarSize(), size.Height))
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
