package grid

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"consign/ui/control"
)

// still is a layout that leaves its objects where the table puts them, and does not measure them.
type still struct{}

func (still) Layout([]fyne.CanvasObject, fyne.Size) {}
func (still) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }

func newStill(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(still{}, objects...)
}

// parts is what a table is drawn with. From back to front: the marks of rows, the scrolled cells, the frozen cells, the ring around the
// current row, header and scroll bars.
type parts[R any] struct {
	table *Table[R]
	style style
	ruler *ruler
	heads *ruler // for titles

	marks    *fyne.Container // a mark for every line
	hover    *canvas.Rectangle
	scrolled *fyne.Container // moved sideways as one
	frozen   *fyne.Container
	ring     *canvas.Rectangle
	cellRing *canvas.Rectangle // around the cell that keys act on
	editor   *editor[R]        // nil in a table that is only read
	lines    []*line[R]
	made     []string // the columns that the lines are made for

	body, scrolledClip, frozenClip *container.Clip
	edge                           *canvas.Rectangle // right of the frozen columns
	header                         *header[R]
	down, across                   *bar
	headerH                        float32
	objects                        []fyne.CanvasObject
}

// style is the colours and measures of a theme, looked up once.
type style struct {
	text, link, quiet, hairline, selected, hover, ring, blank color.Color
	looks                                                     [5]color.Color
	size, pad, bar, textH, rowH                               float32
	monoFall                                                  float32 // of monospaced letters, so that they stand on the line of the others
	title, titleH                                             float32 // the size and height of the letters of titles
	font, mono                                                fyne.Resource
}

func newStyle(th fyne.Theme, v fyne.ThemeVariant) style {
	at := func(name fyne.ThemeColorName) color.Color { return th.Color(name, v) }
	s := style{
		text: at(theme.ColorNameForeground), link: at(theme.ColorNameHyperlink), quiet: at(theme.ColorNamePlaceHolder),
		hairline: faint(at(theme.ColorNameForeground), 0.09), selected: at(theme.ColorNameSelection), hover: faint(at(theme.ColorNameForeground),
			0.05),
		ring: at(theme.ColorNamePrimary), blank: faint(at(theme.ColorNameForeground), 0.08),
		size: th.Size(theme.SizeNameText), bar: th.Size(theme.SizeNameScrollBar),
		font: th.Font(fyne.TextStyle{}), mono: th.Font(fyne.TextStyle{Monospace: true}),
	}
	for l := range s.looks {
		s.looks[l] = Look(l).Fill(th, v)
	}
	s.title = th.Size(theme.SizeNameCaptionText)
	s.titleH = fyne.MeasureText("Ag", s.title, fyne.TextStyle{Bold: true}).Height
	s.textH = fyne.MeasureText("Ag", s.size, fyne.TextStyle{}).Height
	s.monoFall = standsAt(s.size, fyne.TextStyle{}, s.textH) - standsAt(s.size, fyne.TextStyle{Monospace: true}, s.textH)
	s.pad = float32(math.Round(float64(s.size * 0.45)))
	s.rowH = float32(math.Ceil(float64(s.textH * 1.5)))
	return s
}

// standsAt is how far below the top of a box of this height, in whose middle a text is drawn, its letters stand.
func standsAt(size float32, style fyne.TextStyle, height float32) float32 {
	return control.Baseline(size, style) + max(0, height-fyne.MeasureText("Ag", size, style).Height)/2
}

// faint is a colour with less of itself.
func faint(c color.Color, share float64) color.Color {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	n.A = uint8(float64(n.A) * share)
	return n
}

// CreateRenderer implements fyne.Widget.
func (t *Table[R]) CreateRenderer() fyne.WidgetRenderer {
	p := &parts[R]{
		table: t, marks: newStill(), scrolled: newStill(), frozen: newStill(),
		hover: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent), edge: canvas.NewRectangle(color.Transparent),
	}
	p.scrolledClip, p.frozenClip = container.NewClip(newStill(p.scrolled)), container.NewClip(p.frozen)
	p.body = container.NewClip(newStill(p.marks, p.hover, p.scrolledClip, p.frozenClip, p.edge, p.ring))
	p.header = newHeader(t)
	p.down = newBar(false, t.takeFocus, t.scrollBarMoved)
	p.across = newBar(true, t.takeFocus, t.acrossBarMoved)
	p.objects = []fyne.CanvasObject{p.body}
	if t.Edit != nil {
		p.cellRing, p.editor = newCellRing(&p.style), newEditor(t)
		p.objects = append(p.objects, p.cellRing)
	}
	p.objects = append(p.objects, p.header, p.down, p.across)
	if t.Edit != nil {
		p.objects = append(p.objects, p.editor)
	}
	t.parts = p
	p.restyle()
	t.measureContent() // rows that are at hand may have come before
	return p
}

// Layout implements fyne.WidgetRenderer.
func (p *parts[R]) Layout(fyne.Size) { p.table.relayout() }

// MinSize implements fyne.WidgetRenderer.
func (p *parts[R]) MinSize() fyne.Size {
	return fyne.NewSize(160, p.headerH+3*p.style.rowH)
}

// Objects implements fyne.WidgetRenderer.
func (p *parts[R]) Objects() []fyne.CanvasObject { return p.objects }

// Destroy implements fyne.WidgetRenderer.
func (p *parts[R]) Destroy() {}

// Refresh implements fyne.WidgetRenderer. It draws everything anew, with other objects after a change of the theme.
func (p *parts[R]) Refresh() {
	p.restyle()
	p.table.relayout()
	p.header.Refresh()
	p.down.Refresh()
	p.across.Refresh()
}

func (p *parts[R]) restyle() {
	style := newStyle(p.table.Theme(), fyne.CurrentApp().Settings().ThemeVariant())
	if style == p.style {
		return
	}
	p.style = style
	p.table.columns.scale = max(1, style.size/usualText)
	p.ruler, p.heads = newRuler(p.style.size), newRuler(p.style.title)
	p.measureColumns()
	p.hover.FillColor = p.style.hover
	p.edge.FillColor = p.style.hairline
	p.ring.StrokeColor, p.ring.StrokeWidth = p.style.ring, 1.5
	p.ring.CornerRadius = 2
	if p.cellRing != nil {
		p.cellRing.StrokeColor = p.style.ring
	}
	p.lines = nil
}

func (t *Table[R]) headerHeight() float32 { return t.parts.headerH }

// measureHeader gives the header a second line while a title needs one.
func (p *parts[R]) measureHeader() {
	p.headerH = p.style.rowH + 2
	for _, c := range p.table.shown {
		if _, second := p.titleLines(c); second != "" {
			p.headerH = p.style.rowH + 2 + p.style.titleH*titleLeading
			return
		}
	}
}

// measureColumns finds what the titles and the words of the columns need.
func (p *parts[R]) measureColumns() {
	columns := &p.table.columns
	columns.needs = map[string]need{}
	for _, c := range columns.declared {
		_, _, broken := p.breakTitle(c.breaks, 0)
		margin := p.titleMargin(c)
		least := broken + margin
		for _, word := range c.Words {
			w := p.ruler.width(ruled{text: word, mono: c.Mono}) + 2*p.style.pad
			if c.Badge != nil {
				w += p.style.pad // of its box
			}
			least = max(least, w)
		}
		whole := p.heads.width(ruled{text: c.Title, bold: true}) + margin
		columns.needs[c.ID] = need{float32(math.Ceil(float64(least))) + 1, float32(math.Ceil(float64(whole))) + 1}
	}
}

// bodyWidth is the room for cells, left of the scroll bar. The rows themselves are as wide as the header, behind the bar, too.
func (t *Table[R]) bodyWidth() float32 { return max(0, t.Size().Width-t.parts.style.bar) }

func (t *Table[R]) frozenWidth() float32 {
	var w float32
	for _, c := range t.shown {
		if c.frozen {
			w += c.width
		}
	}
	return w
}

func (t *Table[R]) scrolledWidth() float32 {
	var w float32
	for _, c := range t.shown {
		if !c.frozen {
			w += c.width
		}
	}
	return w
}

// relayout puts every part in its place after a change of size, columns or theme.
func (t *Table[R]) relayout() {
	p := t.parts
	if p != nil {
		t.columns.room = t.bodyWidth()
	}
	t.shown = t.columns.shown()
	if p == nil {
		return
	}
	p.measureHeader()
	size, s, headerH := t.Size(), p.style, p.headerH
	frozen, width := t.frozenWidth(), t.bodyWidth()
	height := max(0, size.Height-headerH)
	if t.scrolledWidth() > width-frozen {
		height = max(0, height-s.bar)
	}
	t.view.rowH, t.view.height = s.rowH, height
	t.left = max(0, min(t.left, t.scrolledWidth()-(width-frozen)))

	p.header.Move(fyne.NewPos(0, 0))
	p.header.Resize(fyne.NewSize(size.Width, headerH))
	p.body.Move(fyne.NewPos(0, headerH))
	p.body.Resize(fyne.NewSize(size.Width, height))
	p.scrolledClip.Move(fyne.NewPos(frozen, 0))
	p.scrolledClip.Resize(fyne.NewSize(max(0, width-frozen), height))
	p.frozenClip.Resize(fyne.NewSize(min(frozen, width), height))
	p.edge.Move(fyne.NewPos(frozen-1, 0))
	setVisible(p.edge, frozen > 0)
	p.hover.Resize(fyne.NewSize(size.Width, s.rowH))
	p.down.Move(fyne.NewPos(width, headerH))
	p.down.Resize(fyne.NewSize(s.bar, height))
	p.across.Move(fyne.NewPos(frozen, headerH+height))
	p.across.Resize(fyne.NewSize(max(0, width-frozen), s.bar))
	p.rebuild()
	t.view.setTop(t.view.top())
	t.refreshHeader()
	t.arrange()
	if t.version == 0 && height > 0 {
		t.askAsync()
	}
}

// rebuild makes the lines for the present columns and height; they are bound to rows as they come on screen.
func (p *parts[R]) rebuild() {
	t := p.table
	n := int(math.Ceil(float64(t.view.height/t.view.rowH))) + 1
	made := make([]string, len(t.shown))
	for i, c := range t.shown {
		made[i] = fmt.Sprint(c.ID, c.frozen)
	}
	if len(p.lines) != n || !slices.Equal(p.made, made) {
		p.made = made
		p.lines = make([]*line[R], n)
		p.marks.Objects, p.scrolled.Objects, p.frozen.Objects = nil, nil, nil
		for i := range p.lines {
			p.lines[i] = newLine(p)
		}
	}
	for _, l := range p.lines {
		l.row = -1
	}
}

// rebind draws the rows [first,end) anew when they are on screen.
func (t *Table[R]) rebind(first, end int) {
	if t.parts == nil {
		return
	}
	for _, l := range t.parts.lines {
		if l.row >= first && l.row < end {
			l.row = -1
		}
	}
	t.arrange()
}

// arrange brings the picture in line with the viewport, the selection and the pointer. It costs the same at any number of rows.
func (t *Table[R]) arrange() {
	p := t.parts
	if p == nil || len(p.lines) == 0 {
		return
	}
	first, end := t.view.span()
	for i := first; i < end; i++ {
		l := p.lines[i%len(p.lines)]
		if l.row != i {
			l.bind(i)
		}
		l.place(t.view.y(i), t.isSelected(i))
	}
	for i, l := range p.lines {
		if l.row >= 0 && (l.row < first || l.row >= end) || l.row < 0 && l.shown {
			p.lines[i].hide()
		}
	}
	p.scrolled.Move(fyne.NewPos(-t.left, 0))
	p.edge.Resize(fyne.NewSize(1, min(t.view.height, float32(t.view.rows)*t.view.rowH)))
	p.mark(p.hover, t.hover)
	ringed := -1
	if t.focused {
		ringed = t.cursor
	}
	p.mark(p.ring, ringed)
	p.ring.Resize(fyne.NewSize(t.Size().Width, t.view.rowH))
	p.arrangeCells()
	p.down.set(float64(t.view.height)/float64(t.view.rowH), float64(t.view.rows), t.view.top())
	p.across.set(float64(p.scrolledClip.Size().Width), float64(t.scrolledWidth()), float64(t.left))
	p.repaint()
	t.fetch()
}

// repaint has the table drawn once more. Fyne does not know objects that were hidden since it last drew, so that showing or refreshing
// one of them draws nothing; the line below the header is always visible.
func (p *parts[R]) repaint() { p.header.line.Refresh() }

// mark moves a mark to row i, or hides it.
func (p *parts[R]) mark(m *canvas.Rectangle, i int) {
	first, end := p.table.view.span()
	on := i >= first && i < end
	setVisible(m, on)
	if on {
		m.Move(fyne.NewPos(0, p.table.view.y(i)))
	}
}

func setVisible(o fyne.CanvasObject, visible bool) {
	switch {
	case visible && !o.Visible():
		o.Show()
	case !visible && o.Visible():
		o.Hide()
	}
}
