package shell

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
)

func TestKeyboardGoesToWhatAPageBeginsWithAlsoWhenItIsReadLate(t *testing.T) {
	f, w := framed(t, fyne.NewSize(800, 600))
	c := w.Canvas()
	late := control.NewButton("late", nil)
	var first fyne.Focusable
	v := View{Sidebar: Sidebar{Tab: "a", Entries: []Entry{{"one", "One", theme.HomeIcon()}, {"two", "Two", theme.ListIcon()}}}, Entry: "one",
		Titles: []string{"One"}, First: func() fyne.Focusable { return first }}
	show := func() {
		first = nil
		c.Focus(f.gear)
		v.Content = container.NewVBox(late)
		f.Show(v)
		require.Equal(t, fyne.Focusable(f.entries["one"]), c.Focused())
	}
	show()
	f.KeepFocus(false)
	first = late
	f.KeepFocus(true)
	require.Equal(t, fyne.Focusable(late), c.Focused())

	show()
	c.Focus(f.entries["two"])
	first = late
	f.KeepFocus(true)
	require.Equal(t, fyne.Focusable(f.entries["two"]), c.Focused(), "it stays where a person put it")

	show()
	f.KeepFocus(true)
	first = late
	f.KeepFocus(true)
	require.Equal(t, fyne.Focusable(f.entries["one"]), c.Focused(), "what comes later takes nothing from anybody")
}
