package grid

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

// searchBox is an entry with a cancel icon: Esc clears it, Enter searches at once, Down goes to the rows.
type searchBox struct {
	control.Entry
	cancel *control.Button
	down   func()
	typed  func()
	gained func() // the focus
	silent bool   // while the table, and not a person, changes the text
}

func newSearchBox(typed, submitted, down func()) *searchBox {
	s := &searchBox{down: down, typed: typed}
	s.ExtendBaseWidget(s)
	s.Icon = theme.SearchIcon()
	s.cancel = control.NewButtonWithIcon("", theme.CancelIcon(), func() {
		s.SetText("")
		submitted()
		s.focus() // the icon is gone
	})
	s.cancel.Importance = widget.LowImportance
	s.cancel.Hide()
	s.ActionItem = s.cancel
	s.OnChanged = func(text string) {
		setVisible(s.cancel, text != "")
		if !s.silent {
			typed()
		}
	}
	s.OnSubmitted = func(string) { submitted() }
	return s
}

func (s *searchBox) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
}

// MinSize implements fyne.CanvasObject: a dozen letters can be read, however many filters stand beside.
func (s *searchBox) MinSize() fyne.Size { return s.Entry.MinSize().Max(fyne.NewSize(190, 0)) }

func (s *searchBox) text() string { return strings.TrimSpace(s.Text) }

// show brings the box in line with a question, unless it says the same already.
func (s *searchBox) show(search string) {
	if s.text() != search {
		s.silent = true
		s.SetText(search)
		s.silent = false
	}
}

// FocusGained implements fyne.Focusable.
func (s *searchBox) FocusGained() {
	s.Entry.FocusGained()
	s.gained()
}

// TypedKey implements fyne.Focusable.
func (s *searchBox) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyDown:
		s.down()
		return
	case fyne.KeyEscape:
		if s.Text != "" { // else it leaves the dialog that the box stands in
			s.SetText("")
			return
		}
	}
	s.Entry.TypedKey(e)
}
