package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// hint is what an empty field proposes. It is cut to the field's room, because the toolkit lets it be scrolled, and a tip says it whole.
type hint struct{ whole, shown string }

// leastHint is the width below which a field is not laid out yet.
const leastHint = 40

// of is the whole proposal of a field.
func (h *hint) of(e *widget.Entry) string {
	if e.PlaceHolder == h.shown {
		return h.whole
	}
	return e.PlaceHolder
}

// fit cuts the proposal of a field to the field's width.
func (h *hint) fit(e *widget.Entry, width float32) {
	if e.MultiLine || width < leastHint {
		return
	}
	th := e.Theme()
	beside := 3*th.Size(theme.SizeNameInnerPadding) + 2*th.Size(theme.SizeNameInputBorder) // the text's own edges, and the field's
	if e.Icon != nil {
		beside += th.Size(theme.SizeNameInlineIcon) + th.Size(theme.SizeNameInnerPadding)
	}
	if e.ActionItem != nil { // which has its room also while it is hidden
		beside += e.ActionItem.MinSize().Width
	}
	if e.Validator != nil { // the sign of what it finds
		beside += th.Size(theme.SizeNameInlineIcon) + th.Size(theme.SizeNameLineSpacing)
	}
	whole := h.of(e)
	h.whole, h.shown = whole, Cut(whole, width-beside, th.Size(theme.SizeNameText), fyne.TextStyle{})
	if h.shown != e.PlaceHolder {
		e.SetPlaceHolder(h.shown)
	}
}

// offerTip says the proposal of a field whole where it is cut.
func (h *hint) offerTip(e *widget.Entry, field fyne.CanvasObject) {
	if whole := h.of(e); e.Text == "" && whole != e.PlaceHolder {
		OfferTip(field, whole, fyne.NewPos(0, field.Size().Height-14))
	}
}
