package grid

import (
	"context"
	"fmt"
	"os"
	"testing"

	"consign/ui/control"
	"consign/ui/task"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// box is a row for tests: a number and what is made of it.
type box struct{ n int64 }

var boxColumns = []Column[box]{
	{ID: "imei", Title: "IMEI/MEID", Width: 150, Mono: true, Sortable: true, Text: func(b box) string { return fmt.Sprintf("35%013d", b.n) }},
	{ID: "company", Title: "COMPANY NAME", Width: 170, Sortable: true, Opens: true,
		Text: func(b box) string {
			return []string{"Contoso", "Müller & Söhne", "Northwind Mobile Communications Holding"}[b.n%3]
		},
		Badge: func(b box) (string, Look) {
			if b.n%3 == 0 {
				return "MSP", Marked
			}
			return "", Plain
		}},
	{ID: "devices", Title: "DEVICES", Width: 100, Align: Trailing, Sortable: true,
		Text: func(b box) string { return control.Number(int(b.n * 37)) }},
	{ID: "status", Title: "STATUS", Width: 120, Sortable: true, Badge: func(b box) (string, Look) {
		return []string{"Active", "Pending", "Inactive", "MPTS error"}[b.n%4], []Look{Good, Waiting, Plain, Bad}[b.n%4]
	}},
	{ID: "order", Title: "ORDER NUMBER", Width: 130, Text: func(b box) string { return fmt.Sprintf("PO%06d", b.n/25) }},
	{ID: "tags", Title: "TAGS", Width: 140, Hidden: true, Text: func(b box) string { return "Moved by MSP" }},
}

// counted is a source of n boxes that are computed and not kept: ten million cost nothing.
type counted struct{ n int }

func (c counted) Ask(context.Context, Question) (Answer[box], error) { return countedAnswer(c), nil }
func (c counted) CountAll(context.Context) (int, error)              { return c.n, nil }

type countedAnswer struct{ n int }

func (a countedAnswer) Len() int       { return a.n }
func (a countedAnswer) ID(i int) int64 { return int64(i) }
func (a countedAnswer) Row(i int) box  { return box{int64(i)} }
func (a countedAnswer) Positions(ids map[int64]struct{}) map[int64]int {
	found := map[int64]int{}
	for id := range ids {
		if id >= 0 && id < int64(a.n) {
			found[id] = int(id)
		}
	}
	return found
}
func (a countedAnswer) Fetch(ctx context.Context, positions []int, take func(int, box)) error {
	for _, i := range positions {
		take(i, a.Row(i))
	}
	return ctx.Err()
}

func TestMain(m *testing.M) {
	task.Inline = true
	test.NewApp()
	os.Exit(m.Run())
}

// tipOver is what the tip in the window of an object says, empty if there is none.
func tipOver(o fyne.CanvasObject) string {
	layers := fyne.CurrentApp().Driver().CanvasForObject(o).Content().(*fyne.Container).Objects
	for _, drawn := range test.WidgetRenderer(layers[len(layers)-1].(fyne.Widget)).Objects() {
		if text, is := drawn.(*widget.Label); is && text.Visible() {
			return text.Text
		}
	}
	return ""
}

// open shows an object in a window of a size.
func open(t testing.TB, o fyne.CanvasObject, width, height float32) fyne.Window {
	test.NewTempApp(t)
	w := test.NewWindow(control.WithTips(o))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

// clickRow presses the primary button in the middle of row i.
func clickRow(t testing.TB, table *Table[box], i int, held fyne.KeyModifier) {
	press(t, table, i, desktop.MouseButtonPrimary, held)
}

func press(t testing.TB, table *Table[box], i int, button desktop.MouseButton, held fyne.KeyModifier) {
	t.Helper()
	at, ok := table.positionOf(i)
	if !ok {
		t.Fatalf("row %d is not on screen", i)
	}
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: button, Modifier: held}
	table.MouseDown(e)
	table.MouseUp(e)
}

// key types a key with the modifiers held, the way Fyne's driver tells a widget of it.
func key(table *Table[box], name fyne.KeyName, held fyne.KeyModifier) {
	if held&fyne.KeyModifierShift != 0 {
		table.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
	if held&^fyne.KeyModifierShift != 0 {
		table.TypedShortcut(&desktop.CustomShortcut{KeyName: name, Modifier: held})
	} else {
		table.TypedKey(&fyne.KeyEvent{Name: name})
	}
	if held&fyne.KeyModifierShift != 0 {
		table.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	}
}

// drawn is what the lines on screen say in a column, from top to bottom, "…" for a placeholder.
func drawn(table *Table[box], column int) []string {
	first, end := table.view.span()
	var texts []string
	for i := first; i < end; i++ {
		c := table.parts.lines[i%len(table.parts.lines)].cells[column]
		switch {
		case c.text.Visible():
			texts = append(texts, c.text.Text)
		case c.badge.Visible():
			texts = append(texts, c.badge.Text)
		case c.box.Visible():
			texts = append(texts, "…")
		default:
			texts = append(texts, "")
		}
	}
	return texts
}

// queue holds the work of a table back until a test lets it go on, in any order.
type queue []func()

func (q *queue) hold(table *Table[box]) {
	table.work = func(f func()) { *q = append(*q, f) }
}

// let does the work at place i of the queue.
func (q *queue) let(i int) {
	f := (*q)[i]
	*q = append((*q)[:i:i], (*q)[i+1:]...)
	f()
}

func (q *queue) letAll() {
	for len(*q) > 0 {
		q.let(0)
	}
}
