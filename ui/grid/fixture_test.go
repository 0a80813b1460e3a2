package grid

import (
	"context"
	"fmt"
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
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
	{ID: "devices", Title: "DEVICES", Width: 100, Align: Trailing, Sortable: true, Text: func(b box) string { return number(int(b.n * 37)) }},
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
	Inline = true
	test.NewApp()
	os.Exit(m.Run())
}

// open shows an object in a window of a size.
func open(t testing.TB, o fyne.CanvasObject, width, height float32) fyne.Window {
	test.NewTempApp(t)
	w := test.NewWindow(o)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}
