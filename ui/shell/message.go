package shell

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
	"consign/ui/task"
)

// How long a message stays: long enough to read it, longer when it can be taken back.
const (
	shortStay = 6 * time.Second
	undoStay  = 15 * time.Second
)

// longestMessage is how many signs a message may have: with more, which only very long names bring, it would cover the page.
const longestMessage = 180

// messageBar says what just happened, in the room of the header that nothing else uses, so that it moves and covers nothing.
type messageBar struct {
	widget.BaseWidget
	text  *widget.Label
	do    *control.Button
	close *control.Button

	gone    *time.Timer
	left    func() // hears that the message went while the keyboard was in it
	turn    int    // counts messages, so that an old timer does not hide a new one
	hovered bool
	waiting string // what is said when the message on screen has gone
}

func newMessageBar() *messageBar {
	m := &messageBar{text: widget.NewLabel("")}
	m.text.Wrapping = fyne.TextWrapWord
	m.do = control.NewButton("", nil)
	m.do.Hide()
	m.do.Importance = widget.HighImportance
	m.close = control.NewButtonWithIcon("", theme.CancelIcon(), m.Hide)
	m.close.Importance = widget.LowImportance
	m.ExtendBaseWidget(m)
	m.Hide()
	return m
}

// say shows text, with a button that does something about it unless do is nil.
func (m *messageBar) say(text, button string, do func()) {
	stay := shortStay
	m.do.Hide()
	if do != nil {
		stay = undoStay
		m.do.Text, m.do.OnTapped = button, func() {
			m.Hide()
			do()
		}
		m.do.Refresh()
		m.do.Show()
	}
	if runes := []rune(text); len(runes) > longestMessage {
		text = string(runes[:longestMessage-1]) + "…"
	}
	m.text.SetText(text)
	m.Show()
	m.Refresh()
	m.leaveAfter(stay)
}

// murmur shows text when nothing with a button is on screen; of several that wait only the last one is said.
func (m *messageBar) murmur(text string) {
	if m.Visible() && m.do.Visible() {
		m.waiting = text
		return
	}
	m.say(text, "", nil)
}

// Hide implements fyne.CanvasObject.
func (m *messageBar) Hide() {
	focused := m.hasFocus()
	m.BaseWidget.Hide()
	if m.left != nil && focused {
		m.left()
	}
	if next := m.waiting; next != "" {
		m.waiting = ""
		m.say(next, "", nil)
	}
}

// hasFocus tells whether one of the message's buttons has the keyboard.
func (m *messageBar) hasFocus() bool {
	c := fyne.CurrentApp().Driver().CanvasForObject(m)
	return c != nil && (c.Focused() == fyne.Focusable(m.do) || c.Focused() == fyne.Focusable(m.close))
}

func (m *messageBar) leaveAfter(stay time.Duration) {
	if m.gone != nil {
		m.gone.Stop()
	}
	m.turn++
	turn := m.turn
	if task.Inline {
		return
	}
	m.gone = time.AfterFunc(stay, func() {
		fyne.Do(func() {
			switch {
			case m.turn != turn:
			case m.hovered || m.hasFocus(): // somebody reads it or is about to press a button
				m.leaveAfter(shortStay)
			default:
				m.Hide()
			}
		})
	})
}

// stop ends the timer of the message on screen.
func (m *messageBar) stop() {
	if m.gone != nil {
		m.gone.Stop()
	}
}

func (m *messageBar) MouseIn(*desktop.MouseEvent)    { m.hovered = true }
func (m *messageBar) MouseMoved(*desktop.MouseEvent) {}
func (m *messageBar) MouseOut()                      { m.hovered = false }

func (m *messageBar) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(theme.Color(theme.ColorNameOverlayBackground))
	row := container.NewBorder(nil, nil, nil, container.NewHBox(m.do, m.close), m.text)
	return &messageRenderer{WidgetRenderer: widget.NewSimpleRenderer(container.NewStack(back,
		container.New(layout.NewCustomPaddedLayout(0, 0, 4, 0), row))), back: back}
}

type messageRenderer struct {
	fyne.WidgetRenderer
	back *canvas.Rectangle
}

func (r *messageRenderer) Refresh() {
	r.back.FillColor = theme.Color(theme.ColorNameOverlayBackground)
	r.back.StrokeColor = theme.Color(theme.ColorNameInputBorder)
	r.back.StrokeWidth = 1
	r.back.CornerRadius = 6
	r.back.Shadow = canvas.Shadow{Color: theme.Color(theme.ColorNameShadow), BlurRadius: 6, Offset: fyne.NewPos(0, 2)}
	r.back.Refresh()
	r.WidgetRenderer.Refresh()
}

// betweenTabs lays its only object between the tabs and the search of the header, no wider than a line that is easily read.
type betweenTabs struct{ tabs, search fyne.CanvasObject }

const messageWidth = 560

func (betweenTabs) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l betweenTabs) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	bar := objects[0]
	const gap = 16
	left, right := l.tabs.MinSize().Width+gap, l.search.MinSize().Width+2*gap
	width := min(messageWidth, size.Width-left-right)
	bar.Resize(fyne.NewSize(width, bar.MinSize().Height)) // the text wraps to the width and then knows its height
	bar.Resize(fyne.NewSize(width, bar.MinSize().Height))
	bar.Move(fyne.NewPos(left+(size.Width-left-right-width)/2, 3))
}
