package control_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
	"consign/ui/uitest"
)

// open shows controls in a window whose desk remembers the keys that reached it.
func open(t *testing.T, controls ...fyne.CanvasObject) (fyne.Window, *[]fyne.KeyName) {
	test.NewTempApp(t)
	w := test.NewWindow(container.NewVBox(controls...))
	w.Resize(fyne.NewSize(400, 400))
	var reached []fyne.KeyName
	control.Listen(w.Canvas(), func(k *fyne.KeyEvent) { reached = append(reached, k.Name) })
	return w, &reached
}

func TestEnterAndSpacePressAButtonThatKeepsTheFocus(t *testing.T) {
	pressed := 0
	b := control.NewButton("Approve", func() { pressed++ })
	w, _ := open(t, b)
	w.Canvas().Focus(b)
	for i, key := range []fyne.KeyName{fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter} {
		uitest.Key(w, key)
		require.Equal(t, i+1, pressed, key)
		require.True(t, w.Canvas().Focused() == b)
	}
	test.Tap(b)
	require.Equal(t, 4, pressed)
	require.True(t, w.Canvas().Focused() == b, "Tab goes on from what was clicked")
	b.Disable()
	uitest.Key(w, fyne.KeyReturn)
	require.Equal(t, 4, pressed)
}

func TestKeyThatIsHeldDoesNotAnswerTheQuestionThatItOpened(t *testing.T) {
	deleted := false
	answer := control.NewButton("Delete", func() { deleted = true })
	var w fyne.Window
	ask := control.NewButton("Delete…", func() {
		widget.NewModalPopUp(answer, w.Canvas()).Show()
		w.Canvas().Focus(answer)
	})
	w, _ = open(t, ask)
	w.Canvas().Focus(ask)
	ask.KeyDown(&fyne.KeyEvent{Name: fyne.KeyReturn})
	for range 5 {
		uitest.Repeat(w, fyne.KeyReturn)
	}
	require.True(t, w.Canvas().Focused() == answer)
	require.False(t, deleted)
	uitest.Key(w, fyne.KeyReturn)
	require.True(t, deleted)
}

func TestKeysThatAControlHasNoUseForReachTheDesk(t *testing.T) {
	radio := control.NewRadio([]string{"one", "two"}, nil)
	submitted := control.NewEntry()
	submitted.OnSubmitted = func(string) {}
	controls := map[string]fyne.CanvasObject{
		"button": control.NewButton("x", func() {}), "check": control.NewCheck("x", nil), "select": control.NewSelect([]string{"x"}, nil),
		"entry": control.NewEntry(), "entry that submits": submitted, "day": control.NewDay(), "radio": radio,
	}
	for name, c := range controls {
		w, reached := open(t, c)
		if f, ok := c.(fyne.Focusable); ok {
			w.Canvas().Focus(f)
		} else {
			w.Canvas().Focus(radio.First())
		}
		for _, key := range []fyne.KeyName{fyne.KeyEscape, fyne.KeyF1, fyne.KeyF5} {
			uitest.Key(w, key)
		}
		require.Equal(t, []fyne.KeyName{fyne.KeyEscape, fyne.KeyF1, fyne.KeyF5}, *reached, name)
	}
}

func TestEnterAndEscAnswerADialogWhateverHasTheFocus(t *testing.T) {
	radio, check, line, lines, day := control.NewRadio([]string{"one", "two"}, nil), control.NewCheck("x",
		nil), control.NewEntry(), control.NewEntry(), control.NewDay()
	lines.MultiLine = true
	w, reached := open(t, widget.NewLabel(""))
	enters, escapes := 0, 0
	dialog := widget.NewModalPopUp(container.NewVBox(radio, check, line, lines, day), w.Canvas())
	dialog.Show()
	control.Answer(w.Canvas(), control.Keys{Enter: func() { enters++ }, Escape: func() { escapes++ }})
	for i, f := range []fyne.Focusable{nil, radio.First(), check, line, day} {
		w.Canvas().Focus(f)
		uitest.Key(w, fyne.KeyEnter)
		uitest.Key(w, fyne.KeyEscape)
		uitest.Key(w, fyne.KeyF5)
		require.Equal(t, i+1, enters)
		require.Equal(t, i+1, escapes)
	}
	w.Canvas().Focus(lines)
	uitest.Key(w, fyne.KeyReturn)
	require.Equal(t, "\n", lines.Text, "Enter begins a line there")
	require.False(t, lines.AcceptsTab(), "Tab leads on")
	uitest.Key(w, fyne.KeyEscape)
	require.Equal(t, 6, escapes)
	require.Empty(t, *reached, "nothing acts behind a dialog")

	menu := widget.NewPopUp(widget.NewLabel("calendar"), w.Canvas())
	menu.Show()
	uitest.Key(w, fyne.KeyEscape)
	require.False(t, menu.Visible(), "a pop-up of the toolkit goes first")
	require.Equal(t, 6, escapes)
	dialog.Hide()
	uitest.Key(w, fyne.KeyEscape)
	require.Equal(t, []fyne.KeyName{fyne.KeyEscape}, *reached)
}

// When this fails the toolkit has learnt it, and package control can go.
func TestToolkitStillKeepsKeysToItself(t *testing.T) {
	b, group, line := widget.NewButton("x", func() { t.Error("Enter presses a button") }), widget.NewRadioGroup([]string{"one"},
		nil), widget.NewEntry()
	w, reached := open(t, b, group, line)
	for range 3 {
		w.Canvas().FocusNext()
		uitest.Key(w, fyne.KeyReturn)
		uitest.Key(w, fyne.KeyEscape)
		uitest.Key(w, fyne.KeyF5)
	}
	require.True(t, w.Canvas().Focused() == line)
	require.Empty(t, *reached)
}

func TestRadioIsChosenWithSpaceArrowsAndClicks(t *testing.T) {
	var heard []string
	r := control.NewRadio([]string{"Fully managed", "Jointly managed"}, func(s string) { heard = append(heard, s) })
	w, _ := open(t, r)
	w.Canvas().Focus(r.First())
	uitest.Key(w, fyne.KeySpace)
	uitest.Key(w, fyne.KeyDown)
	uitest.Key(w, fyne.KeyDown) // there is no third
	uitest.Tap(t, w, "Fully managed")
	require.Equal(t, []string{"Fully managed", "Jointly managed", "Fully managed"}, heard)
	require.True(t, w.Canvas().Focused() == r.First())
	r.Disable()
	uitest.Key(w, fyne.KeyDown)
	uitest.Key(w, fyne.KeySpace)
	require.Equal(t, "Fully managed", r.Selected)
}

func TestAnArrowAtTheEndOfARadioChoosesWhatTheTabKeyCameTo(t *testing.T) {
	r := control.NewRadio([]string{"Customer", "MSP"}, nil)
	w, _ := open(t, r)
	r.SetSelected("Customer")
	w.Canvas().Focus(r.First())
	w.Canvas().FocusNext()
	require.Equal(t, "Customer", r.Selected, "Tab alone chooses nothing")
	uitest.Key(w, fyne.KeyRight)
	require.Equal(t, "MSP", r.Selected)
	w.Canvas().FocusPrevious()
	uitest.Key(w, fyne.KeyUp)
	require.Equal(t, "Customer", r.Selected)
}

func TestSpaceThatOpensADialogDoesNothingInIt(t *testing.T) {
	check, entry := control.NewCheck("x", nil), control.NewEntry()
	entry.SetText("Contoso")
	var w fyne.Window
	to := fyne.Focusable(check)
	b := control.NewButton("Edit…", func() { w.Canvas().Focus(to) })
	w, _ = open(t, b, check, entry)
	w.Canvas().Focus(b)
	uitest.Key(w, fyne.KeySpace)
	require.True(t, w.Canvas().Focused() == check)
	require.False(t, check.Checked)
	uitest.Key(w, fyne.KeySpace)
	require.True(t, check.Checked)
	to = entry
	w.Canvas().Focus(b)
	uitest.Key(w, fyne.KeySpace)
	require.Equal(t, "Contoso", entry.Text)
	uitest.Key(w, fyne.KeySpace)
	require.Equal(t, " ", entry.Text, "what stood there is selected")
}

func TestValueIsNoStopOfTheTabKey(t *testing.T) {
	v, b := control.NewValue("4680000925"), control.NewButton("x", func() {})
	w, _ := open(t, v, b)
	w.Canvas().FocusNext()
	require.True(t, w.Canvas().Focused() == b)
	w.Canvas().FocusNext()
	require.True(t, w.Canvas().Focused() == b)
	v.MouseIn(nil)
	require.True(t, v.Selectable)
	v.MouseOut()
	require.False(t, v.Selectable)
}

func TestLongDialogIsScrolledByKeysAndToWhatGainsTheFocus(t *testing.T) {
	w, _ := open(t, widget.NewLabel(""))
	rows := container.NewVBox()
	for range 50 {
		rows.Add(widget.NewLabel("act"))
	}
	last, scroll := widget.NewLabel("first upload"), container.NewVScroll(rows)
	rows.Add(last)
	pop := widget.NewModalPopUp(scroll, w.Canvas())
	pop.Show()
	pop.Resize(fyne.NewSize(200, 300))
	control.Answer(w.Canvas(), control.Keys{Scroll: scroll})
	uitest.Key(w, fyne.KeyPageDown)
	page := scroll.Offset.Y
	require.Greater(t, page, float32(100))
	uitest.Key(w, fyne.KeyUp)
	require.Less(t, scroll.Offset.Y, page)
	uitest.Key(w, fyne.KeyHome)
	require.Zero(t, scroll.Offset.Y)
	control.Reveal(scroll, last)
	require.InDelta(t, rows.MinSize().Height-scroll.Size().Height, scroll.Offset.Y, 1)
	uitest.Key(w, fyne.KeyEnd)
	control.Reveal(scroll, rows.Objects[0])
	require.Zero(t, scroll.Offset.Y)
}

func TestItemThatIsOffDoesNothing(t *testing.T) {
	w, reached := open(t)
	item := fyne.NewMenuItem("Open", func() { t.Error("an item that is off acts") })
	item.Disabled = true
	control.ShowMenu(w.Canvas(), []*fyne.MenuItem{item}, fyne.NewPos(0, 0))
	for _, key := range []fyne.KeyName{fyne.KeyDown, fyne.KeyReturn} {
		uitest.Key(w, key)
	}
	require.Empty(t, *reached)
}

func TestDaysOfTheCalendarAreWalkedByKeys(t *testing.T) {
	day := control.NewDay()
	w, _ := open(t, day)
	for keys, want := range map[string]string{
		"Right": "1 Feb 2026", "Left": "30 Jan 2026", "Up": "24 Jan 2026", "Down": "7 Feb 2026", "Prior": "31 Dec 2025", "Next": "28 Feb 2026",
		"Home": "1 Jan 2026", "Home End": "31 Jan 2026", "Next Next Home Left": "28 Feb 2026",
	} {
		begin := time.Date(2026, time.January, 31, 0, 0, 0, 0, time.Local)
		day.SetDate(&begin)
		w.Canvas().Focus(day)
		uitest.Key(w, fyne.KeyDown)
		for _, key := range strings.Fields(keys) {
			uitest.Key(w, fyne.KeyName(key))
		}
		uitest.Key(w, fyne.KeyReturn)
		require.Equal(t, want, day.Text, keys)
		require.Nil(t, w.Canvas().Overlays().Top())
	}
}

func TestCalendarWithoutRoomBelowItsFieldOpensAboveIt(t *testing.T) {
	day := control.NewDay()
	w, _ := open(t)
	w.SetContent(container.NewBorder(nil, day, nil, nil))
	w.Canvas().Focus(day)
	uitest.Key(w, fyne.KeyDown)
	last := uitest.FindButton(w, "28")
	bottom := fyne.CurrentApp().Driver().AbsolutePositionForObject(last.(fyne.CanvasObject)).Y + last.(fyne.CanvasObject).Size().Height
	require.Less(t, bottom, fyne.CurrentApp().Driver().AbsolutePositionForObject(day).Y)
}
