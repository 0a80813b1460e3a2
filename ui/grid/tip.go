package grid

import (
	"fyne.io/fyne/v2"

	"consign/ui/control"
)

// cut is a text that is not shown whole, and where: row -1 is the header. The zero cut is none.
type cut struct {
	text        string
	row, column int
}

// offerTip shows a cut text whole once the pointer rests; the zero cut hides what is shown.
func (t *Table[R]) offerTip(of cut, near fyne.Position) {
	if of == t.tipped {
		return
	}
	t.tipped = of
	control.OfferTip(t, "", near)
	if of.text != "" {
		control.OfferTip(t, of.text, near)
	}
}
