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

// messageLines is how many lines of small letters a message has, so that the header has room for it. A longer one, which only very long
// names bring, ends in an ellipsis, and a tip says it whole.
const messageLines = 2

// messageBar says what just happened, in the room of the header that nothing else uses, so that it moves and covers nothing.
type messageBar struct {
	widget.BaseWidget
	whole string        // the message
	text  *widget.Label // as much of it as has room
	do    *control.Button
	close *control.Button

	gone    *time.Timer
	left    func()        // hears that the message went while the keyboard was in it
	resized func()        // has the bar laid out for another message
	shown   func(is bool) // hears that a message is on screen, or no longer
	turn    int           // counts messages, so that an old timer does not hide a new one
	hovered bool
	waiting string // what is said when the message on screen has gone
}

func newMessageBar() *messageBar {
	m := &messageBar{text: widget.NewLabel("")}
	m.text.Wrapping, m.text.SizeName = fyne.TextWrapWord, theme.SizeNameCaptionText
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
	m.whole = text
	m.text.SetText(text)
	m.Show()
	m.shown(true)
	m.Refresh()
	m.resized()
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

// fit cuts the message to the lines that it may have in a width, of which the buttons take their part.
func (m *messageBar) fit(width float32) {
	size := m.text.Theme().Size(m.text.SizeName)
	pad := 2 * m.text.Theme().Size(theme.SizeNameInnerPadding)
	most := messageLines*fyne.MeasureText("Ag", size, fyne.TextStyle{}).Height + pad + 1
	fits := func(text string) bool {
		m.text.SetText(text)
		m.text.Resize(fyne.NewSize(max(1, width-m.beside()), 0)) // the text breaks to the width and then knows its height
		return m.text.MinSize().Height <= most
	}
	if fits(m.whole) {
		return
	}
	runes := []rune(m.whole)
	short, long := 0, len(runes)
	for short+1 < long {
		if mid := (short + long) / 2; fits(string(runes[:mid]) + "…") {
			short = mid
		} else {
			long = mid
		}
	}
	fits(string(runes[:short]) + "…")
}

// needs is the width with which the message stands on one line.
func (m *messageBar) needs() float32 {
	th := m.text.Theme()
	return fyne.MeasureText(m.whole, th.Size(m.text.SizeName), fyne.TextStyle{}).Width + 2*th.Size(theme.SizeNameInnerPadding) + m.beside() + 1
}

// beside is the width that the buttons take, and the bar's own edge.
func (m *messageBar) beside() float32 {
	width := messageEdge + m.close.MinSize().Width + 2*theme.Padding()
	if m.do.Visible() {
		width += m.do.MinSize().Width
	}
	return width
}

// Hide implements fyne.CanvasObject.
func (m *messageBar) Hide() {
	control.OfferTip(m, "", fyne.Position{})
	focused := m.hasFocus()
	m.BaseWidget.Hide()
	if m.shown != nil {
		m.shown(false)
	}
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

func (m *messageBar) MouseIn(e *desktop.MouseEvent) {
	m.hovered = true
	if m.text.Text != m.whole {
		control.OfferTip(m, m.whole, fyne.NewPos(0, m.Size().Height-14))
	}
}
func (m *messageBar) MouseMoved(*desktop.MouseEvent) {}
func (m *messageBar) MouseOut() {
	m.hovered = false
	control.OfferTip(m, "", fyne.Position{})
}

func (m *messageBar) CreateRenderer() fyne.WidgetRenderer {
	back := canvas.NewRectangle(theme.Color(theme.ColorNameOverlayBackground))
	text := container.New(midway{}, m.text)
	row := container.NewBorder(nil, nil, nil, container.NewHBox(container.NewCenter(m.do), container.NewCenter(m.close)), text)
	return &messageRenderer{WidgetRenderer: widget.NewSimpleRenderer(container.NewStack(back,
		container.New(layout.NewCustomPaddedLayout(0, 0, messageEdge, 0), row))), back: back}
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

// midway lays a text in the middle of a height, with less room over and under it than a label asks for.
type midway struct{}

// MinSize implements fyne.Layout.
func (midway) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[0].MinSize().AddWidthHeight(0, 2*messageRise)
}

// Layout implements fyne.Layout.
func (midway) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := objects[0].MinSize().Height
	objects[0].Resize(fyne.NewSize(size.Width, height))
	objects[0].Move(fyne.NewPos(0, (size.Height-height)/2))
}

// betweenTabs lays the message between the tabs and the search of the header, as wide as it needs.
type betweenTabs struct{ tabs, search fyne.CanvasObject }

const (
	messageEdge  = 4
	messageRise  = -3 // the room over and under the text is less than a label's, so that two lines fit into the header
	headerHeight = 38
)

func (betweenTabs) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

func (l betweenTabs) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	bar := objects[0].(*messageBar)
	const gap = 16
	left, right := l.tabs.MinSize().Width+gap, l.search.MinSize().Width+2*gap
	room := max(0, size.Width-left-right)
	width := min(bar.needs(), room)
	bar.fit(width)
	bar.Resize(fyne.NewSize(width, bar.MinSize().Height))
	height := bar.MinSize().Height
	bar.Resize(fyne.NewSize(width, height))
	bar.Move(fyne.NewPos(left+(room-width)/2, max(1, (headerHeight-height)/2)))
}
