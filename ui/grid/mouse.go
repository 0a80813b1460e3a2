package grid

import (
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// click remembers what was clicked last and when. Fyne's own double tap would delay every single one.
type click struct {
	at   time.Time
	what int64
}

// again notes a click and tells whether it is the second on the same thing.
func (c *click) again(now time.Time, what int64) bool {
	double := c.what == what && !c.at.IsZero() && now.Sub(c.at) <= fyne.CurrentApp().Driver().DoubleTapDelay()
	*c = click{now, what}
	if double {
		*c = click{}
	}
	return double
}

// rowAt is the row at a place in the table, or -1, also where it is not known yet which row that is.
func (t *Table[R]) rowAt(p fyne.Position) int {
	if p.X < 0 || p.X >= t.bodyWidth() {
		return -1
	}
	if i := t.view.at(p.Y - t.headerHeight()); i < t.known() {
		return i
	}
	return -1
}

// MouseDown implements desktop.Mouseable.
func (t *Table[R]) MouseDown(e *desktop.MouseEvent) {
	if t.EditsInPlace() {
		t.closeEditor(true)
	}
	t.takeFocus()
	t.offerTip(cut{}, e.Position)
	t.shift = e.Modifier&fyne.KeyModifierShift != 0
	t.opening = -1
	i := t.rowAt(e.Position)
	if i < 0 {
		return
	}
	add := e.Modifier&fyne.KeyModifierShortcutDefault != 0
	if e.Button == desktop.MouseButtonSecondary {
		if !t.isSelected(i) {
			t.moveTo(i, selectOne)
		} else {
			t.moveTo(i, onlyCurrent)
		}
		return
	}
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	t.clickedCell(e)
	double := t.lastDown.again(t.now(), t.answer.ID(i))
	switch {
	case t.shift && add:
		t.moveTo(i, addSpan)
	case t.shift:
		t.moveTo(i, selectSpan)
	case add:
		t.moveTo(i, toggleOne)
	default:
		t.moveTo(i, selectOne)
		if double || t.linkAt(e.Position) {
			t.opening = i
		}
	}
}

// MouseUp implements desktop.Mouseable: a row opens when the button was let go. With it Fyne takes the focus from whatever opens before.
func (t *Table[R]) MouseUp(e *desktop.MouseEvent) {
	i := t.opening
	t.opening = -1
	if i >= 0 && t.rowAt(e.Position) == i && (t.Edit == nil || !t.editAt(e.Position)) {
		t.post(t.open)
	}
}

// TappedSecondary implements fyne.SecondaryTappable: the actions of the selected rows.
func (t *Table[R]) TappedSecondary(e *fyne.PointEvent) {
	if t.touch {
		t.MouseDown(finger(*e, desktop.MouseButtonSecondary))
	}
	if t.rowAt(e.Position) >= 0 {
		t.showActions(e.AbsolutePosition)
	}
}

// open tells the page to open the current row.
func (t *Table[R]) open() {
	if row, ok := t.Current(); ok && t.OnOpen != nil {
		t.OnOpen(row)
	}
}

// showActions shows the menu of the selected rows.
func (t *Table[R]) showActions(at fyne.Position) {
	if t.Actions != nil && t.Selected() > 0 {
		t.showMenu(t.Actions(t.Selection()), at)
	}
}

// cellAt is the cell drawn at a place in the table.
func (t *Table[R]) cellAt(p fyne.Position) (c *cell, column int) {
	i, column := t.rowAt(p), t.columnAt(p.X)
	if i < 0 || column < 0 {
		return nil, -1
	}
	return &t.parts.lines[i%len(t.parts.lines)].cells[column], column
}

// linkAt tells whether there is the text of a link at a place.
func (t *Table[R]) linkAt(p fyne.Position) bool {
	c, column := t.cellAt(p)
	if c == nil || !t.shown[column].Opens || t.OnOpen == nil || !c.text.Visible() {
		return false
	}
	x := p.X
	if !t.shown[column].frozen {
		x += t.left - t.frozenWidth()
	}
	from := c.text.Position().X
	return x >= from && x < from+t.parts.ruler.width(ruled{text: c.text.Text, mono: c.text.TextStyle.Monospace})
}

// Cursor implements desktop.Cursorable.
func (t *Table[R]) Cursor() desktop.Cursor {
	if t.overLink {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// MouseIn implements desktop.Hoverable.
func (t *Table[R]) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (t *Table[R]) MouseMoved(e *desktop.MouseEvent) {
	var of cut
	if c, column := t.cellAt(e.Position); c != nil && c.full != "" {
		of = cut{c.full, t.rowAt(e.Position), column}
	}
	t.overLink = t.linkAt(e.Position)
	t.offerTip(of, e.Position)
	t.setHover(t.rowAt(e.Position))
}

// MouseOut implements desktop.Hoverable.
func (t *Table[R]) MouseOut() {
	t.offerTip(cut{}, fyne.Position{})
	t.setHover(-1)
}

func (t *Table[R]) setHover(i int) {
	if i != t.hover {
		t.hover = i
		t.parts.mark(t.parts.hover, i)
		t.parts.repaint()
	}
}

// Scrolled implements fyne.Scrollable: wheel and trackpad, by pixels. With Shift a wheel moves sideways.
func (t *Table[R]) Scrolled(e *fyne.ScrollEvent) {
	dx, dy := e.Scrolled.DX, e.Scrolled.DY
	if t.shift && dx == 0 {
		dx, dy = dy, 0
	}
	t.offerTip(cut{}, e.Position)
	t.scrollTo(t.view.top()-t.rowsOf(dy), t.left-dx)
	t.setHover(t.rowAt(e.Position))
}

const (
	notch       = 25 // what Fyne makes of a notch of a wheel
	rowsOfNotch = 3  // as in spreadsheets
)

// rowsOf is how many rows a scroll event moves. What is not whole notches comes from a trackpad, as does everything on macOS, which
// sets the speed of wheels itself.
func (t *Table[R]) rowsOf(dy float32) float64 {
	if notches := dy / notch; runtime.GOOS != "darwin" && notches == float32(int(notches)) {
		return float64(rowsOfNotch * notches)
	}
	return float64(dy) / float64(t.view.rowH)
}

func (t *Table[R]) scrollBarMoved(top float64) { t.scrollTo(top, t.left) }

func (t *Table[R]) acrossBarMoved(left float64) { t.scrollTo(t.view.top(), float32(left)) }

// scrollTo moves the rows to a position in rows and the columns to one in Fyne's units.
func (t *Table[R]) scrollTo(top float64, left float32) {
	if t.parts == nil {
		return
	}
	if t.EditsInPlace() && (top != t.view.top()) {
		t.endEdit(true)
	}
	before := t.view.top()
	t.view.setTop(top)
	if now := t.view.top(); now != before {
		t.down = now > before
	}
	t.left = max(0, min(left, t.scrolledWidth()-(t.bodyWidth()-t.frozenWidth())))
	t.parts.header.scroll()
	t.arrange()
}
