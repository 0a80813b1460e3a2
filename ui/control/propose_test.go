package control_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"consign/ui/control"
	"consign/ui/uitest"
)

var offices = []control.Proposal{{Text: "Adatum Services", Note: "1979621309"}, {Text: "Contoso", Note: "4600001586"},
	{Text: "Old Contoso", Note: "4600001590"}, {Text: "Northwind"}}

// proposing is a window with a field that proposes offices, and a second field.
func proposing(t *testing.T) (fyne.Window, *control.Proposing, *control.Entry) {
	test.NewTempApp(t)
	field := control.NewProposing(func(typed string) []control.Proposal { return control.Matching(offices, typed) })
	second := control.NewEntry()
	pressed := control.NewButton("Submit", func() { second.SetText("submitted") })
	room := container.NewGridWrap(fyne.NewSize(10, 120))
	room.Add(widget.NewLabel(""))
	w := test.NewWindow(control.WithTips(container.NewVBox(field, second, room, pressed)))
	w.Resize(fyne.NewSize(400, 300))
	w.Canvas().Focus(field)
	return w, field, second
}

// typeInto types signs as the driver does: into what has the focus by then.
func typeInto(w fyne.Window, text string) {
	for _, r := range text {
		w.Canvas().Focused().TypedRune(r)
	}
}

func TestFieldProposesWhatMatchesAndEnterTakesTheFirst(t *testing.T) {
	w, field, _ := proposing(t)
	taken := ""
	field.Taken = func(p control.Proposal) { taken = p.Note }
	typeInto(w, "con")
	require.True(t, uitest.Shows(w, "4600001586"))
	require.False(t, uitest.Shows(w, "Northwind"))
	uitest.Key(w, fyne.KeyReturn)
	require.Equal(t, "Contoso", field.Text, "what begins with it comes before what holds it")
	require.Equal(t, "4600001586", taken)
	require.False(t, field.Proposes())
	require.Equal(t, fyne.Focusable(field), w.Canvas().Focused())
}

func TestArrowsWalkProposalsAndEscKeepsWhatIsTyped(t *testing.T) {
	w, field, _ := proposing(t)
	typeInto(w, "con")
	uitest.Key(w, fyne.KeyDown)
	uitest.Key(w, fyne.KeyReturn)
	require.Equal(t, "Old Contoso", field.Text)
	field.SetText("")
	typeInto(w, "con")
	uitest.Key(w, fyne.KeyEscape)
	uitest.Key(w, fyne.KeyReturn)
	require.Equal(t, "con", field.Text)
}

func TestTabLeavesAProposingFieldAndAClickTakes(t *testing.T) {
	w, field, second := proposing(t)
	typeInto(w, "4600")
	w.Canvas().FocusNext() // as the driver does with Tab
	require.Equal(t, "4600", field.Text)
	require.Equal(t, fyne.Focusable(second), w.Canvas().Focused())
	w.Canvas().Focus(field)
	field.SetText("")
	typeInto(w, "north")
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(field).AddXY(20, field.Size().Height+16)
	click(w, at)
	require.Equal(t, "Northwind", field.Text)
	require.Equal(t, fyne.Focusable(field), w.Canvas().Focused(), "one goes on writing")
	require.False(t, field.Proposes())
}

// click clicks at a place as the driver does: what is there hears the button go down before the keyboard is taken from what had it.
func click(w fyne.Window, at fyne.Position) {
	var down desktop.Mouseable
	uitest.Walk(w, func(o fyne.CanvasObject) bool {
		from := fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		to := from.Add(o.Size())
		if m, hears := o.(desktop.Mouseable); hears && at.X >= from.X && at.X < to.X && at.Y >= from.Y && at.Y < to.Y {
			down = m
		}
		return false
	})
	if down != nil {
		down.MouseDown(&desktop.MouseEvent{})
	}
	test.TapCanvas(w.Canvas(), at)
}

func TestClickBesideProposalsClosesThemAndReachesWhatIsThere(t *testing.T) {
	w, field, second := proposing(t)
	typeInto(w, "con")
	submit := uitest.FindButton(w, "Submit").(fyne.CanvasObject)
	click(w, fyne.CurrentApp().Driver().AbsolutePositionForObject(submit).AddXY(5, 5))
	require.Equal(t, "submitted", second.Text)
	require.False(t, field.Proposes())
	require.Equal(t, "con", field.Text)
}

func TestSeveralTextsAreProposedOneByOne(t *testing.T) {
	w, field, _ := proposing(t)
	field.Several = true
	typeInto(w, "adatum services, nor")
	uitest.Key(w, fyne.KeyReturn)
	require.Equal(t, "adatum services, Northwind", field.Text)
}

func TestWhatTheProgramWroteIsSelectedAndWhatAPersonWroteIsNot(t *testing.T) {
	w, _, second := proposing(t)
	second.SetText("prefilled")
	w.Canvas().Focus(second)
	typeInto(w, "x")
	require.Equal(t, "x", second.Text)
	w.Canvas().Unfocus()
	w.Canvas().Focus(second) // as after another window
	typeInto(w, "y")
	require.Equal(t, "xy", second.Text)
}

func TestProposalsAreTakenFromTheWindowThatTheyWerePutOn(t *testing.T) {
	w, field, _ := proposing(t)
	typeInto(w, "con")
	require.True(t, field.Proposes())
	// A driver does not know where a list lies that was not painted yet. That of tests says the newest window then.
	newest := test.NewTempWindow(t, container.NewStack())
	require.Equal(t, newest.Canvas(), fyne.CurrentApp().Driver().CanvasForObject(field))
	uitest.Key(w, fyne.KeyEscape)
	require.False(t, field.Proposes())
	require.False(t, uitest.Shows(w, "Old Contoso"))
}
