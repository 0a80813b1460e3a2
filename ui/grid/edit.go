package grid

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"consign/ui/control"
)

// Editing lets the cells of a table be corrected in place, as in a spreadsheet: what is typed replaces a cell, Enter and F2 go into it,
// and so does a double click. Enter takes it and goes down, Tab goes right, Esc takes it back. Left and Right walk the cells of a row.
type Editing[R any] struct {
	// Text is what stands in a cell when it is corrected; ok is false for one that cannot be.
	Text func(row R, column string) (text string, ok bool)
	// Take hears what a person wrote into a cell, if it is something else.
	Take func(row R, column, text string)
	// Fault is the column of a row whose cell is wrong, empty for none. It may be nil.
	Fault func(row R) string
	// Propose gives what may be meant while a cell is written; it may be nil.
	Propose func(column, typed string) []control.Proposal
}

// editor is the field over the cell that is being corrected.
type editor[R any] struct {
	control.Proposing
	table  *Table[R]
	row    R
	column string
	before string
	open   bool
}

func newEditor[R any](t *Table[R]) *editor[R] {
	e := &editor[R]{table: t}
	e.ExtendBaseWidget(e)
	e.Hide()
	e.Propose = func(typed string) []control.Proposal {
		if t.Edit.Propose == nil {
			return nil
		}
		return t.Edit.Propose(e.column, typed)
	}
	return e
}

// AcceptsTab implements fyne.Tabbable.
func (e *editor[R]) AcceptsTab() bool { return true }

// TypedKey implements fyne.Focusable.
func (e *editor[R]) TypedKey(k *fyne.KeyEvent) {
	t := e.table
	if e.Proposes() {
		e.Proposing.TypedKey(k)
		return
	}
	switch k.Name {
	case fyne.KeyEscape:
		t.endEdit(false)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyDown:
		t.endEditAnd(func() { t.goBy(fyne.KeyDown, selectOne) })
	case fyne.KeyUp:
		t.endEditAnd(func() { t.goBy(fyne.KeyUp, selectOne) })
	case fyne.KeyTab:
		next := t.editableBeside(e.column, +1)
		t.endEdit(true)
		if next != "" {
			t.cell = next
			t.edit(t.cursor, next)
		}
	default:
		e.Proposing.TypedKey(k)
	}
}

// TypedShortcut implements fyne.Shortcutable: Ctrl+Enter takes the cell and does what it does on the page.
func (e *editor[R]) TypedShortcut(s fyne.Shortcut) {
	if control.Submits(s) {
		e.table.endEdit(true)
		e.table.TypedShortcut(s)
		return
	}
	e.Proposing.TypedShortcut(s)
}

// FocusLost implements fyne.Focusable: a click elsewhere takes what was written.
func (e *editor[R]) FocusLost() {
	e.Proposing.FocusLost()
	if e.open && !e.Picked() {
		e.table.closeEditor(true)
	}
}

// EditsInPlace reports whether a cell is being corrected.
func (t *Table[R]) EditsInPlace() bool {
	return t.parts != nil && t.parts.editor != nil && t.parts.editor.open
}

// editable reports whether a cell of a row can be corrected.
func (t *Table[R]) editable(row R, column string) bool {
	_, ok := t.Edit.Text(row, column)
	return ok
}

// currentCell is the column of the cell that keys act on: the one that was gone to, else the faulty one, else the first that can be
// corrected.
func (t *Table[R]) currentCell() string {
	if t.Edit == nil || t.cursor < 0 {
		return ""
	}
	if i := t.columnOf(t.cell); i >= 0 {
		return t.cell
	}
	row, state := t.row(t.cursor)
	if state != ready {
		return ""
	}
	if t.Edit.Fault != nil {
		if fault := t.Edit.Fault(row); t.columnOf(fault) >= 0 {
			return fault
		}
	}
	for _, c := range t.shown {
		if t.editable(row, c.ID) {
			return c.ID
		}
	}
	return ""
}

func (t *Table[R]) columnOf(id string) int {
	return slices.IndexFunc(t.shown, func(c shownColumn[R]) bool { return c.ID == id })
}

// editableBeside is the next column to the left or right whose cell in the current row can be corrected, empty if there is none.
func (t *Table[R]) editableBeside(column string, by int) string {
	row, state := t.row(t.cursor)
	for i := t.columnOf(column) + by; state == ready && i >= 0 && i < len(t.shown); i += by {
		if t.editable(row, t.shown[i].ID) {
			return t.shown[i].ID
		}
	}
	return ""
}

// walkCells goes to the cell beside the current one.
func (t *Table[R]) walkCells(by int) {
	if next := t.editableBeside(t.currentCell(), by); next != "" {
		t.cell = next
		t.showCell(next)
		t.arrange()
	}
}

// showCell scrolls sideways until a column is on screen.
func (t *Table[R]) showCell(id string) {
	i := t.columnOf(id)
	if i < 0 || t.shown[i].frozen {
		return
	}
	c, room := t.shown[i], t.bodyWidth()-t.frozenWidth()
	switch {
	case c.x < t.left:
		t.scrollTo(t.view.top(), c.x)
	case c.x+c.width > t.left+room:
		t.scrollTo(t.view.top(), c.x+c.width-room)
	}
}

// cellBox is where a cell of a row on screen stands in the table.
func (t *Table[R]) cellBox(i int, id string) (fyne.Position, fyne.Size) {
	n := t.columnOf(id)
	if n < 0 {
		return fyne.Position{}, fyne.Size{}
	}
	c := t.shown[n]
	x := c.x
	if !c.frozen {
		x += t.frozenWidth() - t.left
	}
	return fyne.NewPos(x, t.headerHeight()+t.view.y(i)), fyne.NewSize(min(c.width, t.bodyWidth()-x), t.view.rowH)
}

// edit opens a cell of row i with all that stands in it selected. It reports whether it can be corrected.
func (t *Table[R]) edit(i int, column string) bool {
	if t.Edit == nil || i < 0 || t.parts == nil {
		return false
	}
	row, state := t.row(i)
	if state != ready {
		return false
	}
	text, ok := t.Edit.Text(row, column)
	if !ok {
		return false
	}
	t.view.show(i)
	t.showCell(column)
	e := t.parts.editor
	e.row, e.column, e.before, e.open = row, column, text, true
	e.TextStyle.Monospace = t.shown[t.columnOf(column)].Mono
	e.SetText(text)
	e.Show()
	t.arrange()
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(e)
	}
	return true
}

// editCurrent opens the current cell with the caret behind what stands in it.
func (t *Table[R]) editCurrent() bool {
	if !t.edit(t.cursor, t.currentCell()) {
		return false
	}
	t.parts.editor.Replace(t.parts.editor.before)
	return true
}

// editAt opens the cell at a place with the caret there.
func (t *Table[R]) editAt(p fyne.Position) bool {
	column := t.columnAt(p.X)
	if column < 0 || !t.edit(t.cursor, t.shown[column].ID) {
		return false
	}
	e := t.parts.editor
	e.Replace(e.before)
	at, _ := t.cellBox(t.cursor, e.column)
	runes := []rune(e.before)
	for n := range runes {
		if t.parts.ruler.width(ruled{text: string(runes[:n+1]), mono: e.TextStyle.Monospace}) > p.X-at.X-t.parts.style.pad {
			e.CursorColumn = n
			e.Refresh()
			break
		}
	}
	return true
}

// editWith opens the current cell and writes a sign in the place of what stands there.
func (t *Table[R]) editWith(r rune) bool {
	if !t.edit(t.cursor, t.currentCell()) {
		return false
	}
	e := t.parts.editor
	e.Replace("")
	e.TypedRune(r)
	return true
}

// endEdit closes the editor, takes what was written or takes it back, and gives the keyboard back to the rows.
func (t *Table[R]) endEdit(take bool) {
	t.closeEditor(take)
	if c := fyne.CurrentApp().Driver().CanvasForObject(t); c != nil {
		c.Focus(t)
	}
}

// endEditAnd takes what was written after the keyboard went on: the row may go elsewhere by it, but the one gone to stays current.
func (t *Table[R]) endEditAnd(move func()) {
	e := t.parts.editor
	row, column, before, text := e.row, e.column, e.before, e.Text
	t.endEdit(false)
	move()
	if text != before {
		t.Edit.Take(row, column, text)
	}
}

func (t *Table[R]) closeEditor(take bool) {
	e := t.parts.editor
	if e == nil || !e.open {
		return
	}
	e.open = false
	row, column, before, text := e.row, e.column, e.before, e.Text
	e.Hide()
	t.arrange()
	if take && text != before {
		t.Edit.Take(row, column, text)
	}
}

// arrangeCells brings the ring of the current cell and the editor in line with the rows.
func (p *parts[R]) arrangeCells() {
	t := p.table
	if t.Edit == nil {
		return
	}
	first, end := t.view.span()
	on := t.cursor >= first && t.cursor < end && (t.focused || p.editor.open)
	id := ""
	if on {
		id = t.currentCell()
	}
	at, size := t.cellBox(t.cursor, id)
	if i := t.columnOf(id); i < 0 || !t.shown[i].frozen && at.X < t.frozenWidth() {
		id = "" // scrolled out of sight
	}
	setVisible(p.cellRing, id != "")
	if id != "" {
		p.cellRing.Move(at)
		p.cellRing.Resize(size)
	}
	if p.editor.open {
		at, size := t.cellBox(t.cursor, p.editor.column)
		p.editor.Move(at)
		p.editor.Resize(fyne.NewSize(max(size.Width, leastEditor), size.Height+1))
	}
}

// leastEditor is the width of the field over a narrow cell.
const leastEditor = 96

func newCellRing(s *style) *canvas.Rectangle {
	return &canvas.Rectangle{StrokeColor: s.ring, StrokeWidth: 2, FillColor: nil, CornerRadius: 2}
}

// typedInCell does what a key does among cells, and reports whether it is such a key.
func (t *Table[R]) typedInCell(k fyne.KeyName) bool {
	if t.Edit == nil || t.cursor < 0 {
		return false
	}
	switch k {
	case fyne.KeyLeft:
		t.walkCells(-1)
	case fyne.KeyRight:
		t.walkCells(+1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF2:
		return t.editCurrent()
	default:
		return false
	}
	return true
}

// clickedCell makes the cell at a place the current one, if it can be corrected.
func (t *Table[R]) clickedCell(e *desktop.MouseEvent) {
	if t.Edit == nil {
		return
	}
	t.cell = ""
	column := t.columnAt(e.Position.X)
	if row, state := t.row(t.rowAt(e.Position)); column >= 0 && state == ready && t.editable(row, t.shown[column].ID) {
		t.cell = t.shown[column].ID
	}
}
