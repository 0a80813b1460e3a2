package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// line is the objects that draw one row. A table has as many lines as fit on screen and binds them to other rows as it scrolls.
type line[R any] struct {
	parts            *parts[R]
	row              int // bound to, or -1
	shown            bool
	mark, hairline   *canvas.Rectangle
	scrolled, frozen *fyne.Container
	cells            []cell
}

// cell is the objects that draw one row in one column.
type cell struct {
	text  *canvas.Text
	badge *canvas.Text
	box   *canvas.Rectangle // behind the badge, or the placeholder of a row on its way
	full  string            // the whole text, when it is cut
	fault *canvas.Rectangle // behind a cell that is wrong; nil in a table that is only read
}

func newLine[R any](p *parts[R]) *line[R] {
	l := &line[R]{
		parts: p, row: -1, mark: canvas.NewRectangle(p.style.selected), hairline: canvas.NewRectangle(p.style.hairline),
		scrolled: newStill(), frozen: newStill(), cells: make([]cell, len(p.table.shown)),
	}
	for i, c := range p.table.shown {
		style := fyne.TextStyle{Monospace: c.Mono}
		l.cells[i] = cell{
			text:  &canvas.Text{TextSize: p.style.size, TextStyle: style, Color: p.style.text},
			badge: &canvas.Text{TextSize: p.style.size, Color: p.style.text},
			box:   &canvas.Rectangle{CornerRadius: 4},
		}
		if c.Opens {
			l.cells[i].text.Color = p.style.link
		}
		pane := l.scrolled
		if c.frozen {
			pane = l.frozen
		}
		if p.table.Edit != nil {
			l.cells[i].fault = canvas.NewRectangle(p.style.looks[Bad])
			pane.Objects = append(pane.Objects, l.cells[i].fault)
		}
		pane.Objects = append(pane.Objects, l.cells[i].box, l.cells[i].text, l.cells[i].badge)
	}
	p.marks.Objects = append(p.marks.Objects, l.mark, l.hairline)
	p.scrolled.Objects = append(p.scrolled.Objects, l.scrolled)
	p.frozen.Objects = append(p.frozen.Objects, l.frozen)
	l.mark.Hide()
	return l
}

// bind draws row i.
func (l *line[R]) bind(i int) {
	l.row = i
	row, state := l.parts.table.row(i)
	l.markFault(row, state)
	for n := range l.cells {
		c, col := &l.cells[n], &l.parts.table.shown[n]
		if state == ready {
			c.draw(&l.parts.style, l.parts.ruler, col.width, col.x, col.Align, textOf(col.Column, row), shortOf(col.Column, row),
				badgeOf(col.Column, row))
		} else {
			c.drawBlank(&l.parts.style, col.width, col.x, state == waiting)
		}
	}
}

// markFault marks the cell that is wrong.
func (l *line[R]) markFault(row R, state rowState) {
	edit := l.parts.table.Edit
	if edit == nil {
		return
	}
	fault := ""
	if edit.Fault != nil && state == ready {
		fault = edit.Fault(row)
	}
	for n := range l.cells {
		col, mark := &l.parts.table.shown[n], l.cells[n].fault
		setVisible(mark, fault != "" && col.ID == fault)
		mark.Move(fyne.NewPos(col.x+1, 0))
		mark.Resize(fyne.NewSize(col.width-2, l.parts.style.rowH-1))
	}
}

type badge struct {
	word string
	look Look
}

func textOf[R any](c Column[R], row R) string {
	if c.Text == nil {
		return ""
	}
	return c.Text(row)
}

// shortOf says what stands in the place of a text that does not fit, or is nil.
func shortOf[R any](c Column[R], row R) func() string {
	if c.Short == nil {
		return nil
	}
	return func() string { return c.Short(row) }
}

func badgeOf[R any](c Column[R], row R) badge {
	if c.Badge == nil {
		return badge{}
	}
	word, look := c.Badge(row)
	return badge{word, look}
}

// place puts the line at height y.
func (l *line[R]) place(y float32, selected bool) {
	width, rowH := l.parts.table.Size().Width, l.parts.style.rowH
	l.mark.Move(fyne.NewPos(0, y))
	l.mark.Resize(fyne.NewSize(width, rowH))
	setVisible(l.mark, selected)
	l.hairline.Move(fyne.NewPos(0, y+rowH-1))
	l.hairline.Resize(fyne.NewSize(width, 1))
	l.scrolled.Move(fyne.NewPos(0, y))
	l.frozen.Move(fyne.NewPos(0, y))
	if !l.shown {
		l.hairline.Show()
		l.scrolled.Show()
		l.frozen.Show()
		l.shown = true
	}
}

func (l *line[R]) hide() {
	l.row, l.shown = -1, false
	l.mark.Hide()
	l.hairline.Hide()
	l.scrolled.Hide()
	l.frozen.Hide()
}

// draw shows a text and a badge in a column that begins at x.
func (c *cell) draw(s *style, r *ruler, width, x float32, align Align, text string, short func() string, b badge) {
	pad, room := s.pad, width-2*s.pad
	y := (s.rowH - 1 - s.textH) / 2
	c.full = ""

	word := ruled{text: b.word}
	var wordW float32 // with its box
	if b.word != "" {
		shown := r.cut(word, max(0, room-pad))
		if shown != b.word {
			if c.full = b.word; short != nil && text == "" {
				shown = r.cut(ruled{text: short()}, max(0, room-pad))
			}
		}
		wordW = r.width(ruled{text: shown}) + pad
		setText(c.badge, shown, s.textH)
		c.box.FillColor = s.looks[b.look]
		c.box.Resize(fyne.NewSize(wordW, s.textH+1))
	}
	whole := ruled{text: text, mono: c.text.TextStyle.Monospace}
	if wordW > 0 && text != "" {
		room -= wordW + pad/2
	}
	shown := r.cut(whole, max(0, room))
	if shown != text {
		if c.full = text; short != nil {
			shown = r.cut(ruled{text: short(), mono: whole.mono}, max(0, room))
		}
	}
	var textW float32
	if align == Trailing || wordW > 0 {
		textW = r.width(ruled{text: shown, mono: whole.mono})
	}
	at := x + pad
	if align == Trailing {
		at = x + width - pad - textW
		if wordW > 0 {
			at -= wordW + pad/2
		}
	}
	setText(c.text, shown, s.textH)
	fall := float32(0)
	if whole.mono {
		fall = s.monoFall
	}
	c.text.Move(fyne.NewPos(at, y+fall))
	if wordW > 0 {
		if text != "" {
			at += textW + pad/2
		}
		c.box.Move(fyne.NewPos(at, y-0.5))
		c.badge.Move(fyne.NewPos(at+pad/2, y))
	}
	setVisible(c.text, shown != "")
	setVisible(c.badge, wordW > 0)
	setVisible(c.box, wordW > 0)
}

// drawBlank shows a quiet placeholder for a row on its way, or nothing for one that is gone.
func (c *cell) drawBlank(s *style, width, x float32, onItsWay bool) {
	c.full = ""
	c.box.FillColor = s.blank
	c.box.Resize(fyne.NewSize(max(0, (width-2*s.pad)*0.6), s.textH*0.5))
	c.box.Move(fyne.NewPos(x+s.pad, (s.rowH-1-s.textH*0.5)/2))
	setVisible(c.box, onItsWay)
	setVisible(c.text, false)
	setVisible(c.badge, false)
}

// setText changes a text only when it differs: a refresh makes Fyne shape it again.
func setText(t *canvas.Text, text string, height float32) {
	if t.Text == text {
		return
	}
	t.Text = text
	t.Resize(fyne.NewSize(0, height))
	t.Refresh()
}
