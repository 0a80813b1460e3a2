package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"consign/ui/control"
)

// searchField is the search through the lines.
type searchField struct {
	control.Entry
}

func newSearchField(ask func()) *searchField {
	s := &searchField{}
	s.ExtendBaseWidget(s)
	s.SetPlaceHolder(lang.L("Search in the lines"))
	s.OnChanged = func(string) { ask() }
	return s
}

// TypedKey implements fyne.Focusable: Esc clears.
func (s *searchField) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		s.SetText("")
		return
	}
	s.Entry.TypedKey(k)
}
