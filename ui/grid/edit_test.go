package grid

import (
	"context"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
	"consign/ui/task"
)

// label is a row whose cells can be corrected.
type label struct {
	id          int64
	imei, model string
}

// corrected is a table of labels, and what was written into it.
type corrected struct {
	*Table[label]
	labels []label
	window fyne.Window
}

func newCorrected(t *testing.T, n int) *corrected {
	test.NewTempApp(t)
	task.Inline = true
	c := &corrected{}
	for i := range n {
		c.labels = append(c.labels, label{int64(i), fmt.Sprintf("35%013d", i), "SM-A"})
	}
	columns := []Column[label]{
		{ID: "line", Title: "LINE", Width: 50, Text: func(l label) string { return fmt.Sprint(l.id) }},
		{ID: "imei", Title: "IMEI", Width: 150, Mono: true, Text: func(l label) string { return l.imei }},
		{ID: "model", Title: "MODEL", Width: 100, Text: func(l label) string { return l.model }},
	}
	c.Table = NewTable(t.Name(), &Slice[label]{Rows: c.rows, ID: func(l label) int64 { return l.id }, Columns: columns}, columns)
	c.Edit = &Editing[label]{
		Text: func(l label, column string) (string, bool) {
			return map[string]string{"imei": l.imei, "model": l.model}[column], column != "line"
		},
		Take: func(l label, column, text string) {
			if column == "imei" {
				c.labels[l.id].imei = text
			} else {
				c.labels[l.id].model = text
			}
			c.Reload()
		},
		Fault: func(l label) string {
			if l.model == "" {
				return "model"
			}
			return ""
		},
	}
	c.window = test.NewWindow(control.WithTips(c.Table))
	c.window.Resize(fyne.NewSize(420, 300))
	c.window.Canvas().Focus(c.Table)
	c.GoTo(0)
	return c
}

// typeKeys types signs and keys into what has the focus by then.
func (c *corrected) typeKeys(parts ...any) {
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			for _, r := range p {
				c.window.Canvas().Focused().TypedRune(r)
			}
		case fyne.KeyName:
			c.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: p})
		}
	}
}

func TestTypingReplacesACellAndEnterGoesDown(t *testing.T) {
	c := newCorrected(t, 5)
	c.typeKeys("123", fyne.KeyReturn, "456", fyne.KeyReturn)
	require.Equal(t, "123", c.labels[0].imei)
	require.Equal(t, "456", c.labels[1].imei)
	require.Equal(t, 2, c.cursor)
	require.Equal(t, fyne.Focusable(c.Table), c.window.Canvas().Focused())
}

func TestTabTakesTheCellAndGoesRight(t *testing.T) {
	c := newCorrected(t, 5)
	c.typeKeys("123", fyne.KeyTab, "SM-B", fyne.KeyReturn)
	require.Equal(t, label{0, "123", "SM-B"}, c.labels[0])
	require.Equal(t, "SM-A", c.labels[1].model)
	c.typeKeys("SM-C", fyne.KeyTab)
	require.Equal(t, "SM-C", c.labels[1].model)
	require.False(t, c.EditsInPlace(), "there is nothing to the right")
}

func TestEscTakesACorrectionBack(t *testing.T) {
	c := newCorrected(t, 5)
	before := c.labels[0]
	c.typeKeys("123", fyne.KeyEscape)
	require.Equal(t, before, c.labels[0])
	require.Equal(t, 0, c.cursor)
	require.Equal(t, 1, c.Selected(), "only the correction was taken back")
}

func TestEnterAndDoubleClickGiveTheCaret(t *testing.T) {
	c := newCorrected(t, 5)
	c.typeKeys(fyne.KeyReturn, "9", fyne.KeyReturn)
	require.Equal(t, "3500000000000009", c.labels[0].imei)
	at, size := c.cellBox(2, "model")
	click := desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at.AddXY(size.Width-4, 8)}, Button: desktop.MouseButtonPrimary}
	for range 2 {
		c.MouseDown(&click)
		c.MouseUp(&click)
	}
	require.True(t, c.EditsInPlace())
	c.typeKeys("9")
	click.Position = at.AddXY(0, -40)
	c.MouseDown(&click) // a click elsewhere takes what was written
	require.Equal(t, "SM-A9", c.labels[2].model)
}

func TestKeysBeginAtTheFaultyCell(t *testing.T) {
	c := newCorrected(t, 5)
	c.labels[3].model = ""
	c.Reload()
	c.GoTo(3)
	require.Equal(t, "model", c.currentCell())
	require.True(t, c.parts.lines[3].cells[2].fault.Visible())
	c.typeKeys("SM-X", fyne.KeyReturn)
	require.Equal(t, "SM-X", c.labels[3].model)
	require.False(t, c.parts.lines[3].cells[2].fault.Visible())
}

func TestARowThatLeavesByItsCorrectionDoesNotSkipTheNext(t *testing.T) {
	c := newCorrected(t, 5)
	left := map[int64]bool{}
	rows := c.source.(*Slice[label])
	rows.Match = func(l label, _ map[string]string) bool { return !left[l.id] }
	c.Edit.Take = func(l label, _, _ string) {
		left[l.id] = true
		c.Reload()
	}
	c.typeKeys("1", fyne.KeyReturn)
	row, _ := c.Current()
	require.EqualValues(t, 1, row.id)
	c.typeKeys("1", fyne.KeyReturn)
	row, _ = c.Current()
	require.EqualValues(t, 2, row.id)
}

func TestProposalsOfACellAreTakenByEnter(t *testing.T) {
	c := newCorrected(t, 3)
	c.Edit.Propose = func(column, typed string) []control.Proposal {
		return control.Matching([]control.Proposal{{Text: "SM-S911B"}}, typed)
	}
	c.typeKeys(fyne.KeyRight, "sm", fyne.KeyReturn, fyne.KeyReturn)
	require.Equal(t, "SM-S911B", c.labels[0].model)
	require.Equal(t, 1, c.cursor)
}

func TestEmptyColumnsTakeNoRoomAndOthersThatOfTheirRows(t *testing.T) {
	c := newCorrected(t, 3)
	c.SetEmpty(map[string]bool{"model": true})
	require.Len(t, c.shown, 2)
	c.SetEmpty(nil)
	require.Len(t, c.shown, 3)
	for i := range c.labels {
		c.labels[i].model = "a model with a name that is longer than its column"
	}
	c.SizeByContent()
	c.Reload()
	require.Empty(t, c.parts.lines[0].cells[2].full, "nothing is cut")
}

func (c *corrected) rows(context.Context) ([]label, error) { return c.labels, nil }
