package grid

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

const (
	dividerReach = 5    // how near to a divider the pointer takes hold of it
	titleLeading = 0.85 // the second line of a title below the first, in text heights: capitals have no descenders
)

// header is the titles above the columns: click to sort, drag a divider to resize, drag a title to reorder, right click for the menu.
type header[R any] struct {
	widget.BaseWidget
	table *Table[R]

	titles           []title
	scrolled, frozen *fyne.Container
	clip, frozenClip *container.Clip
	back, line, drop *canvas.Rectangle
	objects          []fyne.CanvasObject

	over      int // the column under the pointer, or -1
	divider   int // the column whose right divider is under the pointer, or -1
	held      int // the column whose title is pressed, or -1
	resizing  int // the column that is being resized, or -1
	startX    float32
	lastX     float32 // of a drag
	startW    float32
	moved     bool
	lastClick click
}

// title is the objects that head one column.
type title struct {
	text    *canvas.Text
	second  *canvas.Text // the second line of a title that needs the room
	arrow   *canvas.Image
	rank    *canvas.Text // of a further sort key
	divider *canvas.Rectangle
	hover   *canvas.Rectangle
	full    string // the whole title, when it is cut
}

var (
	_ desktop.Mouseable      = (*header[int])(nil)
	_ desktop.Hoverable      = (*header[int])(nil)
	_ desktop.Cursorable     = (*header[int])(nil)
	_ fyne.Draggable         = (*header[int])(nil)
	_ fyne.SecondaryTappable = (*header[int])(nil)
)

func newHeader[R any](t *Table[R]) *header[R] {
	h := &header[R]{table: t, over: -1, divider: -1, held: -1, resizing: -1, scrolled: newStill(), frozen: newStill(),
		back: &canvas.Rectangle{}, line: &canvas.Rectangle{}, drop: &canvas.Rectangle{}}
	h.clip, h.frozenClip = container.NewClip(newStill(h.scrolled)), container.NewClip(h.frozen)
	h.objects = []fyne.CanvasObject{h.back, h.clip, h.frozenClip, h.line, h.drop}
	h.drop.Hide()
	h.ExtendBaseWidget(h)
	return h
}

func (t *Table[R]) refreshHeader() {
	if t.parts != nil {
		t.parts.header.put()
	}
}

// put draws the titles in their places.
func (h *header[R]) put() {
	t, s, headerH := h.table, h.table.parts.style, h.table.parts.headerH
	if len(h.titles) != len(t.shown) {
		h.titles = make([]title, len(t.shown))
		for i := range h.titles {
			h.titles[i] = title{text: &canvas.Text{}, second: &canvas.Text{}, arrow: &canvas.Image{FillMode: canvas.ImageFillContain},
				rank:    &canvas.Text{},
				divider: &canvas.Rectangle{}, hover: &canvas.Rectangle{}}
		}
	}
	h.scrolled.Objects, h.frozen.Objects = nil, nil
	for i, c := range t.shown {
		pane := h.scrolled
		if c.frozen {
			pane = h.frozen
		}
		o := &h.titles[i]
		pane.Objects = append(pane.Objects, o.hover, o.text, o.second, o.arrow, o.rank, o.divider)
		h.putTitle(o, c, i == h.over && h.divider < 0 && c.Sortable, i == h.divider || i == h.resizing)
	}
	frozen, width := t.frozenWidth(), t.bodyWidth()
	h.back.FillColor = t.Theme().Color(theme.ColorNameHeaderBackground, fyne.CurrentApp().Settings().ThemeVariant())
	h.back.Resize(h.Size())
	h.line.FillColor = faint(s.text, 0.2)
	h.line.Move(fyne.NewPos(0, headerH-1))
	h.line.Resize(fyne.NewSize(h.Size().Width, 1))
	h.drop.FillColor = s.ring
	h.clip.Move(fyne.NewPos(frozen, 0))
	h.clip.Resize(fyne.NewSize(max(0, width-frozen), headerH))
	h.frozenClip.Resize(fyne.NewSize(min(frozen, width), headerH))
	h.scroll()
	canvas.Refresh(h)
}

// scroll moves the titles sideways with their columns.
func (h *header[R]) scroll() { h.scrolled.Move(fyne.NewPos(-h.table.left, 0)) }

func (h *header[R]) putTitle(o *title, c shownColumn[R], hovered, dividing bool) {
	t, p := h.table, h.table.parts
	s, r, headerH := p.style, p.heads, p.headerH
	rank, descending := t.sortOf(c.ID)
	var after float32 // room that the marks of the sort take
	if rank >= 0 {
		after = s.sortMark()
		if len(t.question.Sort) > 1 {
			after += s.title * 0.7
		}
	}
	room := max(0, c.width-2*s.pad-after)
	first, second := p.titleLines(c)
	bold := func(text string) ruled { return ruled{text: text, bold: true} }
	o.full = ""
	shown, below := r.cut(bold(first), room), r.cut(bold(second), room)
	if shown != first || below != second {
		o.full = c.Title
	}
	textW := max(r.width(bold(shown)), r.width(bold(below)))
	at, y := c.x+s.pad, (headerH-s.titleH)/2
	if c.Align == Trailing {
		at = c.x + c.width - s.pad - textW - after
	}
	if below != "" {
		y = (headerH - s.titleH*(1+titleLeading)) / 2
	}
	for line, text := range []*canvas.Text{o.text, o.second} {
		text.Text, text.TextSize, text.TextStyle, text.Color = [...]string{shown, below}[line], s.title, fyne.TextStyle{Bold: true}, s.text
		x := at
		if c.Align == Trailing {
			x += textW - r.width(bold(text.Text))
		}
		text.Move(fyne.NewPos(x, y+float32(line)*s.titleH*titleLeading))
	}
	o.arrow.Hidden, o.rank.Hidden = rank < 0, rank < 0 || len(t.question.Sort) < 2
	arrow := theme.MenuDropUpIcon()
	if descending {
		arrow = theme.MenuDropDownIcon()
	}
	if o.arrow.Resource == nil || o.arrow.Resource.Name() != arrow.Name() {
		o.arrow.Resource = arrow
		o.arrow.Refresh()
	}
	icon := s.title * 1.5 // of which the arrow in it takes a part
	o.arrow.Move(fyne.NewPos(at+textW+(s.arrow()-icon)/2, (headerH-icon)/2))
	o.arrow.Resize(fyne.NewSquareSize(icon))
	o.rank.Text, o.rank.TextSize, o.rank.Color = strconv.Itoa(rank+1), s.title*0.9, s.quiet
	o.rank.Move(fyne.NewPos(at+textW+s.arrow(), (headerH-s.titleH)/2))
	o.hover.FillColor, o.hover.Hidden = s.hover, !hovered
	o.hover.Move(fyne.NewPos(c.x, 0))
	o.hover.Resize(fyne.NewSize(c.width, headerH))
	o.divider.FillColor = faint(s.text, 0.14)
	inset, w := headerH*0.25, float32(1)
	if dividing {
		o.divider.FillColor, inset, w = s.ring, 0, 2
	}
	o.divider.Move(fyne.NewPos(c.x+c.width-w, inset))
	o.divider.Resize(fyne.NewSize(w, headerH-2*inset))
}

// sortMark is the room that the arrow beside a title by which the rows are sorted takes from it: most of the arrow stands in the margin.
func (s style) sortMark() float32 { return max(0, s.arrow()-s.pad+1) }

// arrow is how wide the arrow is.
func (s style) arrow() float32 { return s.title * 0.7 }

// titleMargin is the room in a column that its title cannot take.
func (p *parts[R]) titleMargin(c Column[R]) float32 {
	if c.Sortable {
		return 2*p.style.pad + p.style.sortMark()
	}
	return 2 * p.style.pad
}

// titleLines is how the title of a column stands beside the mark of a sort: on one line or, where that is too long, on two.
func (p *parts[R]) titleLines(c shownColumn[R]) (first, second string) {
	first, second, _ = p.breakTitle(c.breaks, c.width-p.titleMargin(c.Column))
	return first, second
}

// breakTitle breaks a title that is wider than room at the space, or after the hyphen or slash, or at the soft hyphen, that leaves the
// longer of its lines shortest. Width is that of the longer one.
func (p *parts[R]) breakTitle(title string, room float32) (first, second string, width float32) {
	measure := func(text string) float32 { return p.heads.width(ruled{text: text, bold: true}) }
	first = PlainTitle(title)
	if width = measure(first); width <= room {
		return first, "", width
	}
	for i, sign := range title {
		if !strings.ContainsRune(" -/"+softHyphen, sign) {
			continue
		}
		end := i + utf8.RuneLen(sign)
		above, below := PlainTitle(strings.TrimSuffix(title[:end], " ")), PlainTitle(title[end:])
		if string(sign) == softHyphen {
			above += "-"
		}
		if w := max(measure(above), measure(below)); w < width {
			first, second, width = above, below, w
		}
	}
	return first, second, width
}

// start is where shown column i begins, seen from the left of the table.
func (h *header[R]) start(i int) float32 {
	c := h.table.shown[i]
	if c.frozen {
		return c.x
	}
	return h.table.frozenWidth() - h.table.left + c.x
}

// column is the shown column at x, or -1.
func (t *Table[R]) columnAt(x float32) int {
	frozen := t.frozenWidth()
	for i, c := range t.shown {
		at := x
		if !c.frozen {
			at = x - frozen + t.left
		}
		if c.frozen == (x < frozen) && at >= c.x && at < c.x+c.width {
			return i
		}
	}
	return -1
}

// dividerAt is the shown column whose right divider is at x, or -1. Of two columns the left one is resized.
func (h *header[R]) dividerAt(x float32) int {
	for i := len(h.table.shown) - 1; i >= 0; i-- {
		c := h.table.shown[i]
		end := h.start(i) + c.width
		if x > end-dividerReach && x < end+dividerReach && (c.frozen || x > h.table.frozenWidth()) {
			return i
		}
	}
	return -1
}

// Cursor implements desktop.Cursorable.
func (h *header[R]) Cursor() desktop.Cursor {
	if h.divider >= 0 || h.resizing >= 0 {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// MouseIn implements desktop.Hoverable.
func (h *header[R]) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (h *header[R]) MouseMoved(e *desktop.MouseEvent) {
	over, divider := h.table.columnAt(e.Position.X), h.dividerAt(e.Position.X)
	var of cut
	if over >= 0 && h.titles[over].full != "" {
		of = cut{h.titles[over].full, -1, over}
	}
	h.table.offerTip(of, e.Position)
	if over != h.over || divider != h.divider {
		h.over, h.divider = over, divider
		h.put()
	}
}

// MouseOut implements desktop.Hoverable.
func (h *header[R]) MouseOut() {
	h.over, h.divider = -1, -1
	h.table.offerTip(cut{}, fyne.Position{})
	h.put()
}

// MouseDown implements desktop.Mouseable.
func (h *header[R]) MouseDown(e *desktop.MouseEvent) {
	h.table.takeFocus()
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	h.startX, h.moved, h.held, h.resizing = e.Position.X, false, -1, -1
	if i := h.dividerAt(e.Position.X); i >= 0 {
		double := h.lastClick.again(h.table.now(), int64(i))
		h.resizing, h.startW = i, h.table.shown[i].width
		if double {
			h.table.fit(h.table.shown[i].ID)
			h.resizing = -1
		}
		return
	}
	h.lastClick = click{}
	h.held = h.table.columnAt(e.Position.X)
}

// MouseUp implements desktop.Mouseable: a title that was pressed and not moved sorts.
func (h *header[R]) MouseUp(e *desktop.MouseEvent) {
	if h.held >= 0 && !h.moved && h.table.columnAt(e.Position.X) == h.held && h.table.shown[h.held].Sortable {
		h.table.sortBy(h.table.shown[h.held].ID, e.Modifier&fyne.KeyModifierShift != 0)
	}
	h.letGo(e.Position.X)
}

// Dragged implements fyne.Draggable.
func (h *header[R]) Dragged(e *fyne.DragEvent) {
	h.lastX = e.Position.X
	switch {
	case h.resizing >= 0:
		h.table.columns.setWidth(h.table.shown[h.resizing].ID, h.startW+e.Position.X-h.startX)
		h.moved = true
		h.table.relayout()
	case h.held >= 0:
		h.moved = true
		to := h.target(e.Position.X)
		setVisible(h.drop, to >= 0)
		if to >= 0 {
			x := h.start(to)
			if to > h.held {
				x += h.table.shown[to].width
			}
			h.drop.Move(fyne.NewPos(x-1, 0))
			h.drop.Resize(fyne.NewSize(2, h.Size().Height))
		}
		h.table.parts.repaint()
	}
}

// target is the shown column whose place the dragged one takes at x, or -1 when it stays.
func (h *header[R]) target(x float32) int {
	to := h.table.columnAt(x)
	if to < 0 && x >= h.table.frozenWidth() {
		to = len(h.table.shown) - 1
	}
	if to == h.held {
		return -1
	}
	return to
}

// DragEnd implements fyne.Draggable.
func (h *header[R]) DragEnd() {
	h.letGo(h.lastX)
	h.table.takeFocus() // which Fyne takes away when the drag ends outside
}

func (h *header[R]) letGo(x float32) {
	t := h.table
	if h.held >= 0 && h.moved {
		if to := h.target(x); to >= 0 {
			t.columns.move(t.shown[h.held].ID, t.shown[to].ID)
		}
	}
	changed := h.moved
	h.held, h.resizing, h.moved = -1, -1, false
	setVisible(h.drop, false)
	if changed {
		t.columns.save()
		t.relayout()
	}
}

// TappedSecondary implements fyne.SecondaryTappable: the menu of the columns.
func (h *header[R]) TappedSecondary(e *fyne.PointEvent) {
	h.table.showColumnMenu(h.table.columnAt(e.Position.X), e.AbsolutePosition)
}

// CreateRenderer implements fyne.Widget.
func (h *header[R]) CreateRenderer() fyne.WidgetRenderer { return &headerRenderer[R]{h} }

type headerRenderer[R any] struct{ header *header[R] }

func (r *headerRenderer[R]) Layout(fyne.Size)             { r.header.put() }
func (r *headerRenderer[R]) MinSize() fyne.Size           { return fyne.NewSize(1, 1) }
func (r *headerRenderer[R]) Refresh()                     { r.header.put() }
func (r *headerRenderer[R]) Objects() []fyne.CanvasObject { return r.header.objects }
func (r *headerRenderer[R]) Destroy()                     {}
