package control_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
	"consign/ui/look"
	"consign/ui/uitest"
)

func TestMenuPassesOverWhatIsOffAndSaysWhyWhenItIsPointedAt(t *testing.T) {
	w, _ := open(t, widget.NewLabel(""))
	taken := ""
	item := func(name, why string) *fyne.MenuItem {
		i := fyne.NewMenuItem(name, func() { taken = name })
		if why != "" {
			i.Disabled, i.Shortcut = true, control.Because(why)
		}
		return i
	}
	items := []*fyne.MenuItem{item("Approve", "Nothing waits."), item("Move", ""), item("Delete", "It is not yours."), item("Copy", "")}
	show := func() { control.ShowMenu(w.Canvas(), items, fyne.NewPos(10, 10)) }

	show()
	require.False(t, uitest.Shows(w, "Nothing waits."), "nothing is pointed at")
	uitest.Key(w, fyne.KeyDown)
	uitest.Key(w, fyne.KeyDown)
	uitest.Key(w, fyne.KeyReturn)
	require.Equal(t, "Copy", taken)
	require.Nil(t, w.Canvas().Overlays().Top())

	show()
	w.Canvas().Focused().TypedRune('m')
	uitest.Key(w, fyne.KeyReturn)
	require.Equal(t, "Move", taken)

	show()
	size := w.Canvas().Overlays().Top().MinSize()
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		line, can := o.(desktop.Hoverable)
		if can && uitest.Shows(w, "Delete") && o.Size().Height > 0 {
			line.MouseIn(nil)
			if uitest.Shows(w, "It is not yours.") {
				return true
			}
		}
		return false
	})
	require.True(t, uitest.Shows(w, "It is not yours."), uitest.Texts(w))
	require.False(t, uitest.Shows(w, "Nothing waits."), "the reason of one entry only")
	require.Equal(t, size, w.Canvas().Overlays().Top().MinSize(), "what is said moves nothing")
	uitest.Key(w, fyne.KeyEscape)
	require.Nil(t, w.Canvas().Overlays().Top())
}

func TestButtonsOfADialogStandAtTheRightTheMainOneLast(t *testing.T) {
	w, _ := open(t, widget.NewLabel(""))
	d := control.NewDialog("Delete 37 devices?", widget.NewLabel("Nothing else is touched, and it can be undone."), w)
	cancel, main := control.NewButton("Cancel", nil), control.NewMainButton("Delete 37 devices", nil)
	d.SetButtons([]fyne.CanvasObject{cancel, main})
	d.Show()
	place := fyne.CurrentApp().Driver().AbsolutePositionForObject
	right := func(o fyne.CanvasObject) float32 { return place(o).X + o.Size().Width }
	require.InDelta(t, 8, place(main).X-right(cancel), 0.5)
	var content fyne.CanvasObject
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		if l, is := o.(*widget.Label); is && l.Text == "Nothing else is touched, and it can be undone." {
			content = o
		}
		return false
	})
	require.InDelta(t, right(content), right(main), 0.5, "the last button ends where the content ends")
	require.Greater(t, place(main).Y, place(content).Y)
}

func TestButtonsHaveRoomAroundTheirWordsAndAnEdge(t *testing.T) {
	b := control.NewButton("Approve", nil)
	w, _ := open(t, b)
	fyne.CurrentApp().Settings().SetTheme(look.Theme{Brightness: look.Light})
	w.Resize(fyne.NewSize(400, 300))
	words := fyne.MeasureText("Approve", theme.TextSize(), fyne.TextStyle{Bold: true})
	require.InDelta(t, words.Width+2*12, b.MinSize().Width, 1)
	require.InDelta(t, words.Height+2*6, b.MinSize().Height, 1)
	edged := false
	for _, o := range test.WidgetRenderer(b).Objects() {
		r, is := o.(*canvas.Rectangle)
		edged = edged || is && !r.Hidden && r.StrokeWidth > 0 && r.StrokeColor == theme.Color(theme.ColorNameInputBorder)
	}
	require.True(t, edged)
}

func TestFocusedTabHasARing(t *testing.T) {
	tab := control.NewTab("UPLOADS", func() {})
	w, _ := open(t, tab)
	fyne.CurrentApp().Settings().SetTheme(look.Theme{Brightness: look.Light})
	ring := func() bool {
		for _, o := range test.WidgetRenderer(tab).Objects() {
			if r, is := o.(*canvas.Rectangle); is && r.StrokeWidth >= 2 && r.StrokeColor == theme.Color(theme.ColorNamePrimary) {
				return true
			}
		}
		return false
	}
	require.False(t, ring())
	w.Canvas().Focus(tab)
	require.True(t, ring())
	w.Canvas().Unfocus()
	require.False(t, ring())
}

func TestIconAndTextStandInTheMiddleOfAField(t *testing.T) {
	for _, height := range []float32{0, 32, 40} {
		test.NewTempApp(t)
		e := control.NewEntry()
		e.Icon = theme.SearchIcon()
		e.SetText("Contoso")
		test.ApplyTheme(t, look.Theme{Brightness: look.Light})
		w := test.NewTempWindow(t, container.NewWithoutLayout(e))
		w.Resize(fyne.NewSize(300, 100))
		e.Resize(fyne.NewSize(200, max(height, e.MinSize().Height)))
		middle := fyne.CurrentApp().Driver().AbsolutePositionForObject(e).Y + e.Size().Height/2
		seen := 0
		uitest.Walk(w, func(o fyne.CanvasObject) bool {
			_, image := o.(*canvas.Image)
			text, is := o.(*canvas.Text)
			if o.Visible() && (image || is && text.Text == "Contoso") {
				seen++
				require.InDelta(t, middle, fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y+o.Size().Height/2, 0.6, "%T", o)
			}
			return false
		})
		require.Equal(t, 2, seen)
	}
}

func TestDialogThatIsTallerThanTheWindowScrollsToWhatHasTheKeyboard(t *testing.T) {
	w, _ := open(t, widget.NewLabel(""))
	w.Resize(fyne.NewSize(400, 300))
	rows := container.NewVBox()
	for range 20 {
		rows.Add(control.NewEntry())
	}
	d := control.NewDialog("An order", rows, w)
	buttons := []fyne.CanvasObject{control.NewButton("Close", nil), control.NewButton("Send to the customer", nil),
		control.NewMainButton("Save the order", nil)}
	d.SetButtons(buttons)
	d.Resize(fyne.NewSize(520, 0))
	d.Show()
	inside := func(o fyne.CanvasObject) {
		t.Helper()
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		require.GreaterOrEqual(t, at.X, float32(0))
		require.GreaterOrEqual(t, at.Y, float32(0))
		require.LessOrEqual(t, at.X+o.Size().Width, float32(400))
		require.LessOrEqual(t, at.Y+o.Size().Height, float32(300))
	}
	for _, b := range buttons {
		inside(b)
	}
	for _, i := range []int{19, 10, 0} {
		w.Canvas().Focus(rows.Objects[i].(fyne.Focusable))
		inside(rows.Objects[i])
	}
	require.Empty(t, uitest.Misplaced(w))
}

func TestNameIsWholeInTheRoomThatItAsksForAndCutOnlyWithATip(t *testing.T) {
	test.NewTempApp(t)
	test.ApplyTheme(t, look.Theme{Brightness: look.Light})
	for _, text := range []string{"as last time", "Contoso", "Alpine Telekom", "Adatum Managed Services", "4600001586", "wie beim letzten"} {
		for _, less := range []float32{0, 0.01, 0.9, 1.2, 1.7, 2.1, 9} {
			n := control.NewName(text, 1000)
			w := test.NewTempWindow(t, container.NewWithoutLayout(n))
			w.Resize(fyne.NewSize(500, 60))
			n.Resize(n.MinSize().SubtractWidthHeight(less, 0))
			drawn := ""
			uitest.Walk(w, func(o fyne.CanvasObject) bool {
				if letters, are := o.(*canvas.Text); are {
					drawn += letters.Text
				}
				return false
			})
			if less < 1 {
				require.Equal(t, text, drawn)
			}
			if drawn != text {
				require.True(t, n.IsCut(), "%q is drawn with %v less", drawn, less)
			}
		}
	}
}

func TestTipOfWordsThatAreOthersNowGoes(t *testing.T) {
	b := control.NewButton("Choose a customer or MSP…", nil)
	b.Most = 80
	w, _ := open(t, control.WithTips(container.NewVBox(container.NewHBox(b), control.NewEntry())))
	w.Resize(fyne.NewSize(400, 200))
	w.Canvas().Focus(b)
	require.True(t, tip(w, "Choose a customer or MSP…"), "the words are cut")
	b.SetText("Adatum Managed Services")
	require.False(t, tip(w, "Choose a customer or MSP…"))

	b.Most = 0
	b.FocusGained()
	require.True(t, tip(w, "Adatum Managed Services"), "they are cut until they are laid out")
	b.Resize(b.MinSize())
	require.False(t, tip(w, "Adatum Managed Services"))
}

func TestButtonThatWasClickedShowsThatItHasTheKeyboardOnceKeysHaveClosedWhatItOpened(t *testing.T) {
	b := control.NewButton("Return by list of devices…", nil)
	b.Most = 80 // the whole words are its tip while it shows that it has the keyboard
	w, _ := open(t, control.WithTips(container.NewVBox(container.NewHBox(b), control.NewEntry())))
	w.Resize(fyne.NewSize(400, 300))
	b.OnTapped = func() { control.ShowClosable("A list", control.NewEntry(), w) }
	test.Tap(b)
	test.Tap(uitest.FindButton(w, "Close"))
	require.False(t, tip(w, "Return by list of devices…"), "the mouse knows where it is")
	test.Tap(b)
	uitest.Key(w, fyne.KeyEscape)
	require.True(t, tip(w, "Return by list of devices…"))
	control.HideTip()
	b.OnTapped = func() { control.ShowMenuBelow(b, []*fyne.MenuItem{fyne.NewMenuItem("Open", nil)}) }
	test.Tap(b)
	uitest.Key(w, fyne.KeyEscape)
	require.True(t, tip(w, "Return by list of devices…"))
}

// tip reports whether a tip says a text.
func tip(w fyne.Window, text string) (shown bool) {
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		l, is := o.(*widget.Label)
		shown = shown || is && l.Text == text
		return shown
	})
	return shown
}

func TestTipIsShownOverADialogAndAMenuToo(t *testing.T) {
	w, _ := open(t, control.WithTips(control.NewEntry()))
	b := control.NewButton("Export…", nil)
	b.Refuse("There is nothing to export.")
	d := control.NewDialog("Templates", control.NewEntry(), w)
	d.SetButtons([]fyne.CanvasObject{b})
	d.Show()
	b.MouseIn(&desktop.MouseEvent{})
	require.True(t, tip(w, "There is nothing to export."))
	d.Hide()
	long := strings.Repeat("a very long order number ", 20)
	control.ShowMenu(w.Canvas(), []*fyne.MenuItem{fyne.NewMenuItem(long, nil)}, fyne.Position{})
	uitest.Key(w, fyne.KeyDown)
	require.True(t, tip(w, long))
}

func TestTextGivesWayBeforeWhatIsChosenCannotBeRead(t *testing.T) {
	of := func(width float32) *canvas.Rectangle {
		r := canvas.NewRectangle(nil)
		r.SetMinSize(fyne.NewSize(width, 30))
		return r
	}
	chosen, add, text := of(340), of(150), of(110)
	row := container.New(control.GivingWay(100), chosen, add, text)
	for width, want := range map[float32]float32{302: 100, 360: 158, 402: 200, 450: 200, 500: 224, 700: 340} {
		row.Resize(fyne.NewSize(width, 30))
		require.InDelta(t, want, chosen.Size().Width, 0.5, "in %v", width)
		require.LessOrEqual(t, text.Position().X+text.Size().Width, width+0.5)
	}
}

func TestBoxesToTickAndOptionsBeginWhereTextsAndFieldsDo(t *testing.T) {
	test.NewTempApp(t)
	text := control.Flush(widget.NewLabel("Look"))
	w := test.NewTempWindow(t, container.NewVBox(text, control.NewCheck("Sound", nil), control.NewRadio([]string{"Light"}, nil),
		control.NewEntry()))
	w.Resize(fyne.NewSize(400, 300))
	left := fyne.CurrentApp().Driver().AbsolutePositionForObject(text).X
	marks := 0
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		if _, is := o.(*canvas.Image); is {
			require.InDelta(t, left, fyne.CurrentApp().Driver().AbsolutePositionForObject(o).X, 0.5)
			marks++
		}
		return false
	})
	require.Equal(t, 4, marks)
}
