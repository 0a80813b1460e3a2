package control

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// proposals is the list below a field, in the room for tips: an overlay would keep clicks from what is beside it. The field keeps its keys.
type proposals struct {
	widget.BaseWidget
	entry   *Proposing
	layer   *tipLayer
	found   []Proposal
	typed   string
	at      int
	pressed bool // by the mouse
}

var (
	_ fyne.Tappable     = (*proposals)(nil)
	_ desktop.Hoverable = (*proposals)(nil)
	_ desktop.Mouseable = (*proposals)(nil)
)

func newProposals(e *Proposing, found []Proposal, typed string, layer *tipLayer) *proposals {
	l := &proposals{entry: e, layer: layer, found: found, typed: strings.ToLower(strings.TrimSpace(typed))}
	l.ExtendBaseWidget(l)
	return l
}

// proposed are the proposals on screen, nil for none.
var proposed *proposals

// proposalsPad is the room of the list above and below its rows.
const proposalsPad = 4

func (l *proposals) rowHeight() float32 { return theme.Size(theme.SizeNameText) * 2 }

func (l *proposals) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(l.entry.whole)
}

// place puts the list below the field or, where that has no room, above it.
func (l *proposals) place() {
	driver, field, room := fyne.CurrentApp().Driver(), l.entry.whole, l.canvas().Size()
	at := driver.AbsolutePositionForObject(field)
	size := fyne.NewSize(min(max(field.Size().Width, l.needs()), room.Width-8), l.rowHeight()*float32(len(l.found))+2*proposalsPad)
	box := fyne.NewPos(max(4, min(at.X, room.Width-size.Width-4)), at.Y+field.Size().Height+2)
	if box.Y+size.Height > room.Height {
		box.Y = max(0, at.Y-size.Height-2)
	}
	l.Move(box.Subtract(driver.AbsolutePositionForObject(l.layer)))
	l.Resize(size)
}

// needs is the width of the longest proposal, within reason.
func (l *proposals) needs() float32 {
	const most = 420
	var width float32
	for _, p := range l.found {
		width = max(width, fyne.MeasureText(p.Text+"   "+p.Note, theme.Size(theme.SizeNameText), fyne.TextStyle{Bold: true}).Width+24)
	}
	return min(width, most)
}

func (l *proposals) walk(by int) {
	l.at = (l.at + by + len(l.found)) % len(l.found)
	l.Refresh()
}

// rowAt is the proposal at a place.
func (l *proposals) rowAt(p fyne.Position) int {
	return max(0, min(int((p.Y-proposalsPad)/l.rowHeight()), len(l.found)-1))
}

// MouseDown implements desktop.Mouseable: it comes before the driver takes the keyboard from the field.
func (l *proposals) MouseDown(*desktop.MouseEvent) { l.pressed = true }

// MouseUp implements desktop.Mouseable.
func (l *proposals) MouseUp(*desktop.MouseEvent) {}

// Tapped implements fyne.Tappable.
func (l *proposals) Tapped(e *fyne.PointEvent) { l.entry.take(l.found[l.rowAt(e.Position)]) }

// MouseIn implements desktop.Hoverable.
func (l *proposals) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (l *proposals) MouseMoved(e *desktop.MouseEvent) {
	if i := l.rowAt(e.Position); i != l.at {
		l.at = i
		l.Refresh()
	}
}

// MouseOut implements desktop.Hoverable: who pressed and goes away takes nothing.
func (l *proposals) MouseOut() {
	if l.pressed && l.entry.list == l {
		l.pressed = false
		l.entry.whole.(fyne.Focusable).FocusLost()
	}
}

// CreateRenderer implements fyne.Widget.
func (l *proposals) CreateRenderer() fyne.WidgetRenderer {
	r := &proposalsRenderer{list: l}
	r.Refresh()
	return r
}

type proposalsRenderer struct {
	list    *proposals
	objects []fyne.CanvasObject
}

func (r *proposalsRenderer) Layout(fyne.Size)             { r.Refresh() }
func (r *proposalsRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *proposalsRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *proposalsRenderer) Destroy()                     {}

// Refresh draws the proposals anew, what matches in bold.
func (r *proposalsRenderer) Refresh() {
	l := r.list
	th, v := l.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	rowH := l.rowHeight()
	box := &canvas.Rectangle{FillColor: th.Color(theme.ColorNameOverlayBackground, v), StrokeColor: th.Color(theme.ColorNameInputBorder, v),
		StrokeWidth: 1, CornerRadius: 4}
	box.Resize(l.Size())
	mark := canvas.NewRectangle(th.Color(theme.ColorNameSelection, v))
	mark.Move(fyne.NewPos(4, proposalsPad+rowH*float32(l.at)))
	mark.Resize(fyne.NewSize(max(0, l.Size().Width-8), rowH))
	r.objects = []fyne.CanvasObject{box, mark}
	for i, p := range l.found {
		r.row(p, fyne.NewPos(12, proposalsPad+rowH*float32(i)), rowH)
	}
	canvas.Refresh(l)
}

// row draws one proposal at a place.
func (r *proposalsRenderer) row(p Proposal, at fyne.Position, height float32) {
	l, th, v := r.list, r.list.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	end := l.Size().Width - 10
	say := func(text string, ink fyne.ThemeColorName, bold bool) {
		t := &canvas.Text{Text: text, Color: th.Color(ink, v), TextSize: th.Size(theme.SizeNameText), TextStyle: fyne.TextStyle{Bold: bold}}
		if room := end - at.X; t.MinSize().Width > room {
			t.Text = Cut(text, room, t.TextSize, t.TextStyle)
		}
		t.Move(at.AddXY(0, (height-t.MinSize().Height)/2))
		at.X += t.MinSize().Width
		r.objects = append(r.objects, t)
	}
	before, match, after := p.Text, "", ""
	if i := strings.Index(strings.ToLower(p.Text), l.typed); i >= 0 && len(strings.ToLower(p.Text)) == len(p.Text) {
		before, match, after = p.Text[:i], p.Text[i:i+len(l.typed)], p.Text[i+len(l.typed):]
	}
	say(before, theme.ColorNameForeground, false)
	say(match, theme.ColorNamePrimary, true)
	say(after, theme.ColorNameForeground, false)
	if p.Note != "" {
		at.X += 12
		say(p.Note, theme.ColorNamePlaceHolder, false)
	}
}
