package grid

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// askRow asks for the number of a row, counted from 1, and goes there.
func (t *Table[R]) askRow() {
	c := fyne.CurrentApp().Driver().CanvasForObject(t)
	if c == nil || t.Len() == 0 {
		return
	}
	entry := control.NewEntry()
	entry.SetPlaceHolder(lang.L("Go to row (1 to {{.Last}})", map[string]any{"Last": control.Number(t.Len())}))
	pop := widget.NewPopUp(entry, c)
	entry.OnSubmitted = func(text string) {
		pop.Hide()
		if n, ok := rowNumber(text); ok {
			t.GoTo(n - 1)
		}
		c.Focus(t)
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(t)
	pop.Resize(fyne.NewSize(min(280, t.Size().Width), entry.MinSize().Height))
	pop.ShowAtPosition(at.AddXY(max(0, (t.Size().Width-280)/2), t.headerHeight()+8))
	control.Answer(c, control.Keys{Escape: pop.Hide})
	c.Focus(entry)
}

// rowNumber reads a number as people write it: other signs than digits only group them.
func rowNumber(text string) (int, bool) {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	n, err := strconv.Atoi(digits)
	return n, err == nil
}
