package grid

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"pgregory.net/rapid"
)

// register is the rows behind the table, which come and go.
type register struct{ ids []int64 }

func (r *register) answer(q Question) []int64 {
	var ids []int64
	for _, id := range r.ids {
		if strings.Contains(strconv.FormatInt(id, 10), q.Search) {
			ids = append(ids, id)
		}
	}
	if len(q.Sort) > 0 {
		slices.SortStableFunc(ids, func(a, b int64) int {
			c := strings.Compare(mirrored(a), mirrored(b))
			if q.Sort[0].Descending {
				return -c
			}
			return c
		})
	}
	return ids
}

// mirrored is an id read from behind: an order of its own.
func mirrored(id int64) string {
	digits := []byte(fmt.Sprintf("%04d", id))
	slices.Reverse(digits)
	return string(digits)
}

// game plays the same moves on a table and on the plain one.
type game struct {
	*rapid.T
	table  *Table[box]
	window fyne.Window
	held   queue
	plain  plain
	world  register
}

func newGame(t *rapid.T, outer testing.TB) *game {
	g := &game{T: t}
	for i := range rapid.IntRange(0, 400).Draw(t, "rows") {
		g.world.ids = append(g.world.ids, int64(i*3))
	}
	first := rapid.SampledFrom([]int{0, 5, 128, 256}).Draw(t, "first")
	source := &Paged[box]{
		FirstIDs: func(_ context.Context, q Question) ([]int64, int, error) {
			ids := g.world.answer(q)
			return ids[:min(first, len(ids))], len(ids), nil
		},
		IDs: func(ctx context.Context, q Question) ([]int64, error) { return g.world.answer(q), ctx.Err() },
		Rows: func(ctx context.Context, ids []int64) (rows []box, err error) {
			for _, id := range ids {
				rows = append(rows, box{id})
			}
			return rows, ctx.Err()
		},
		ID:    func(b box) int64 { return b.n },
		Total: func(context.Context) (int, error) { return len(g.world.ids), nil },
	}
	fyne.CurrentApp().Preferences().RemoveValue("grid.game") // the layout of the game before
	g.table = NewTable("game", source, []Column[box]{
		{ID: "n", Title: "N", Width: 90, Sortable: true, Text: func(b box) string { return strconv.FormatInt(b.n, 10) }},
		{ID: "mirrored", Title: "MIRRORED", Width: 500, Sortable: true, Text: func(b box) string { return mirrored(b.n) }},
	})
	g.held.hold(g.table)
	g.plain.cursor, g.plain.anchor = -1, -1
	g.plain.none()
	g.window = open(outer, g.table, 400, 300)
	g.measure()
	g.window.Canvas().Focus(g.table)
	g.plain.focused = true
	return g
}

func (g *game) measure() {
	g.plain.rowH, g.plain.height = float64(g.table.view.rowH), float64(g.table.view.height)
}

// arrive lets work go on; answers that are taken are taken by the plain table too.
func (g *game) arrive() {
	before, question := g.table.answer, g.table.question
	i := rapid.IntRange(0, len(g.held)-1).Draw(g.T, "which")
	answer := g.world.answer(question)
	g.held.let(i)
	if g.table.answer != before {
		g.plain.take(question, answer, g.table.known())
	}
}

func (g *game) step() {
	draw := func(label string, most int) int { return rapid.IntRange(0, most).Draw(g.T, label) }
	switch draw("step", 14) {
	case 0:
		dy := float32(draw("dy", 800) - 400)
		g.table.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -dy}})
		if int(dy)%25 == 0 && runtime.GOOS != "darwin" { // notches of a wheel
			g.plain.offset += float64(dy) / 25 * 3 * g.plain.rowH
		} else {
			g.plain.offset += float64(dy)
		}
		g.plain.clamp()
	case 1:
		share := rapid.Float64Range(0, 1).Draw(g.T, "share")
		if room := float64(len(g.plain.ids))*g.plain.rowH - g.plain.height; room > 0 {
			b := g.table.parts.down
			_, long := b.thumbSpan()
			b.grip = 0
			b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(3, float32(share)*(b.Size().Height-long))}})
			g.plain.offset = float64(float32(share)*(b.Size().Height-long)/(b.Size().Height-long)) * room
			g.plain.clamp()
		}
	case 2:
		g.window.Resize(fyne.NewSize(float32(200+draw("width", 600)), float32(120+draw("height", 400))))
		g.measure()
		g.plain.clamp()
	case 3, 4:
		g.key()
	case 5, 6:
		g.click()
	case 7:
		q := g.table.Question()
		q.Sort = [][]SortKey{nil, {{"mirrored", false}}, {{"mirrored", true}}}[draw("sort", 2)]
		g.plain.later = nil
		g.table.SetQuestion(q)
	case 8:
		q := g.table.Question()
		q.Search = []string{"", "1", "2", "99", "none"}[draw("search", 4)]
		g.plain.later = nil
		g.table.SetQuestion(q)
	case 9:
		n := draw("at", len(g.world.ids))
		if draw("delete", 1) == 1 {
			g.world.ids = slices.Concat(g.world.ids[:n], g.world.ids[min(len(g.world.ids), n+draw("many", 60)):])
		} else {
			fresh := int64(draw("fresh", 3000))*3 + 1
			if !slices.Contains(g.world.ids, fresh) {
				g.world.ids = slices.Insert(slices.Clone(g.world.ids), n, fresh)
			}
		}
		g.table.Reload()
	case 10, 11:
		for range draw("arrivals", 5) {
			if len(g.held) > 0 {
				g.arrive()
			}
		}
	case 12:
		dx := float32(draw("dx", 600) - 300)
		g.table.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DX: dx}})
	case 13:
		g.header()
	case 14:
		at := fyne.NewPos(float32(draw("x", 400)), float32(draw("y", 400)))
		g.table.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	}
}

// header drags something in the header, or hides or shows a column, none of which concerns the rows.
func (g *game) header() {
	h, x := g.table.parts.header, func(label string) float32 { return float32(rapid.IntRange(0, 600).Draw(g.T, label)) }
	switch rapid.IntRange(0, 2).Draw(g.T, "header") {
	case 0: // a divider
		column := rapid.IntRange(0, len(g.table.shown)-1).Draw(g.T, "column")
		from := h.start(column) + g.table.shown[column].width
		h.MouseDown(&desktop.MouseEvent{PointEvent: at(from), Button: desktop.MouseButtonPrimary})
		h.Dragged(&fyne.DragEvent{PointEvent: at(x("to"))})
		h.DragEnd()
	case 1: // a title
		h.MouseDown(&desktop.MouseEvent{PointEvent: at(x("from")), Button: desktop.MouseButtonPrimary})
		h.Dragged(&fyne.DragEvent{PointEvent: at(x("over"))})
		h.Dragged(&fyne.DragEvent{PointEvent: at(x("to"))})
		h.DragEnd()
	case 2:
		g.table.columns.setHidden("mirrored", rapid.Bool().Draw(g.T, "hidden"))
		g.table.relayout()
	}
	g.measure() // a scroll bar below comes and goes with the widths, and a title takes a second line
	g.plain.clamp()
}

func (g *game) key() {
	names := []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyPageUp, fyne.KeyPageDown, fyne.KeyHome, fyne.KeyEnd, fyne.KeySpace,
		fyne.KeyEscape, fyne.KeyA}
	name := rapid.SampledFrom(names).Draw(g.T, "key")
	held := rapid.SampledFrom([]fyne.KeyModifier{0, shift, ctrl, ctrl | shift}).Draw(g.T, "held")
	p := &g.plain
	switch name {
	case fyne.KeyA:
		g.table.TypedShortcut(&fyne.ShortcutSelectAll{})
		p.everything()
		return
	case fyne.KeyEscape:
		key(g.table, name, 0)
		p.none()
		return
	case fyne.KeySpace:
		key(g.table, name, 0)
		if p.cursor >= 0 {
			p.choose(p.cursor, toggleOne)
		}
		return
	}
	key(g.table, name, held)
	p.goBy(name, map[fyne.KeyModifier]choice{0: selectOne, shift: selectSpan, ctrl: onlyCurrent, ctrl | shift: addSpan}[held])
}

func (g *game) click() {
	y := rapid.Float32Range(0, float32(g.plain.height)-1).Draw(g.T, "y")
	held := rapid.SampledFrom([]fyne.KeyModifier{0, shift, ctrl, ctrl | shift}).Draw(g.T, "held")
	button := rapid.SampledFrom([]desktop.MouseButton{desktop.MouseButtonPrimary, desktop.MouseButtonPrimary,
		desktop.MouseButtonSecondary}).Draw(g.T, "button")
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(20, g.table.headerHeight()+y)}, Button: button, Modifier: held}
	p := &g.plain
	under := (p.offset + float64(y)) / p.rowH
	if math.Abs(under-math.Round(under)) < 0.02 {
		return // on the very line between two rows
	}
	g.table.MouseDown(e)
	g.table.MouseUp(e)
	g.table.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	i := int(under)
	if i >= p.known {
		return
	}
	how := map[fyne.KeyModifier]choice{0: selectOne, shift: selectSpan, ctrl: toggleOne, ctrl | shift: addSpan}[held]
	if button == desktop.MouseButtonSecondary {
		how = selectOne
		if p.selected[p.ids[i]] {
			how = onlyCurrent
		}
	}
	p.choose(i, how)
}

// compare fails when the table shows or selects anything but what the plain one does.
func (g *game) compare() {
	t, p := g.table, &g.plain
	if t.Len() != len(p.ids) || t.cursor != p.cursor || t.Selected() != len(p.selected) {
		g.Fatalf("rows %d cursor %d selected %d, want %d, %d, %d", t.Len(), t.cursor, t.Selected(), len(p.ids), p.cursor, len(p.selected))
	}
	if top := t.view.top() * p.rowH; math.Abs(top-p.offset) > 0.1 {
		g.Fatalf("place %g, want %g", top, p.offset)
	}
	drawn := 0
	number := slices.IndexFunc(t.shown, func(c shownColumn[box]) bool { return c.ID == "n" })
	for _, l := range t.parts.lines {
		if !l.shown {
			continue
		}
		drawn++
		y := float64(l.scrolled.Position().Y)
		if want := float64(l.row)*p.rowH - p.offset; math.Abs(y-want) > 0.1 {
			g.Fatalf("row %d at %g, want %g", l.row, y, want)
		}
		id := p.ids[l.row]
		if l.mark.Visible() != p.selected[id] {
			g.Fatalf("row %d (id %d) marked %v, want %v", l.row, id, l.mark.Visible(), p.selected[id])
		}
		text := l.cells[number].text
		waiting := l.cells[number].box.Visible()
		_, state := t.row(l.row)
		switch {
		case waiting && (text.Visible() || state == ready || len(g.held) == 0):
			g.Fatalf("row %d shows a placeholder: state %d, %d works held", l.row, state, len(g.held))
		case state == gone:
			g.Fatalf("row %d is gone", l.row)
		case state == ready && (!text.Visible() || text.Text != strconv.FormatInt(id, 10) && l.cells[number].full != strconv.FormatInt(id, 10)):
			g.Fatalf("row %d says %q, want %d", l.row, text.Text, id)
		}
	}
	visible := 0
	for i := range p.ids {
		if y := float64(i)*p.rowH - p.offset; y+p.rowH > 0.1 && y < p.height-0.1 {
			visible++
		}
	}
	if drawn < visible || drawn > visible+1 {
		g.Fatalf("%d rows drawn, %d are visible", drawn, visible)
	}
	g.compareAround()
}

// compareAround fails when titles do not stand above their cells, or the ring, the hover mark or the thumb are somewhere else than they
// say.
func (g *game) compareAround() {
	t, p := g.table, &g.plain
	driver := fyne.CurrentApp().Driver()
	left := func(o fyne.CanvasObject) float32 { return driver.AbsolutePositionForObject(o).X }
	for i, c := range t.shown {
		end := left(t.parts.header.titles[i].divider) + t.parts.header.titles[i].divider.Size().Width
		for _, l := range t.parts.lines {
			if cell := l.cells[i].text; l.shown && cell.Visible() && (left(cell) < end-c.width || left(cell) >= end) {
				g.Fatalf("column %s ends at %g, is %g wide and its cell begins at %g", c.ID, end, c.width, left(cell))
			}
		}
	}
	inView := func(i int) bool {
		y := float64(i)*p.rowH - p.offset
		return i >= 0 && y+p.rowH > 0.1 && y < p.height-0.1
	}
	for _, mark := range []struct {
		what string
		o    fyne.CanvasObject
		row  int
	}{{"ring", t.parts.ring, p.cursor}, {"hover", t.parts.hover, t.hover}} {
		if inView(mark.row) && (!mark.o.Visible() || math.Abs(float64(mark.o.Position().Y)-(float64(mark.row)*p.rowH-p.offset)) > 0.1) {
			g.Fatalf("the %s of row %d stands at %v, visible %v", mark.what, mark.row, mark.o.Position(), mark.o.Visible())
		}
	}
	if room := float64(len(p.ids))*p.rowH - p.height; room > 0 && p.height > 24 {
		at, long := t.parts.down.thumbSpan()
		if want := p.offset / room * (p.height - float64(long)); math.Abs(float64(at)-want) > 0.1 {
			g.Fatalf("the thumb begins at %g, want %g", at, want)
		}
	}
}

// play makes random moves and compares after each.
func play(rt *rapid.T, outer testing.TB) {
	g := newGame(rt, outer)
	defer g.window.Close() // thousands of games hold no window each
	g.compare()
	for range rapid.IntRange(1, 40).Draw(rt, "moves") {
		g.step()
		g.compare()
	}
	for len(g.held) > 0 {
		g.arrive()
	}
	g.compare()
	sel := g.table.Selection()
	for _, id := range g.plain.ids {
		if sel.Has(id) != g.plain.selected[id] {
			rt.Fatalf("id %d in the selection %v, want %v", id, sel.Has(id), g.plain.selected[id])
		}
	}
}

func TestWhateverIsDoneTheTableShowsAndSelectsWhatAPlainOneWould(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) { play(rt, t) })
}

func FuzzWhateverIsDoneTheTableShowsAndSelectsWhatAPlainOneWould(f *testing.F) {
	f.Fuzz(func(t *testing.T, moves []byte) { rapid.MakeFuzz(func(rt *rapid.T) { play(rt, t) })(t, moves) })
}
