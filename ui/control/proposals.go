package control

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// proposals is the list below a field, over everything else. The field keeps its keys through it.
type proposals struct {
	widget.BaseWidget
	entry *Proposing
	// canvas is what the list lies over: the driver does not know it before the list was painted, and who types fast is faster.
	canvas fyne.Canvas
	found  []Proposal
	typed  string
	at     int
	keys   *passingKeys
	box    fyne.Position
	width  float32
}

var (
	_ fyne.Tappable     = (*proposals)(nil)
	_ desktop.Hoverable = (*proposals)(nil)
)

func newProposals(e *Proposing, found []Proposal, typed string) *proposals {
	l := &proposals{entry: e, found: found, typed: strings.ToLower(strings.TrimSpace(typed)), keys: newPassingKeys(e)}
	l.ExtendBaseWidget(l)
	return l
}

func (l *proposals) rowHeight() float32 { return theme.Size(theme.SizeNameText) * 2 }

// place puts the list below the field or, where that has no room, above it.
func (l *proposals) place(c fyne.Canvas) {
	field := l.entry.whole
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(field)
	height := l.rowHeight()*float32(len(l.found)) + 8
	l.width = max(field.Size().Width, l.needs())
	l.width = min(l.width, c.Size().Width-8)
	l.box = fyne.NewPos(max(4, min(at.X, c.Size().Width-l.width-4)), at.Y+field.Size().Height+2)
	if l.box.Y+height > c.Size().Height {
		l.box.Y = max(0, at.Y-height-2)
	}
	l.Resize(c.Size())
	l.Refresh()
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

// rowAt is the proposal at a place, -1 beside them.
func (l *proposals) rowAt(p fyne.Position) int {
	i := int((p.Y - l.box.Y - 4) / l.rowHeight())
	if p.X < l.box.X || p.X > l.box.X+l.width || p.Y < l.box.Y+4 || i >= len(l.found) {
		return -1
	}
	return i
}

// Tapped implements fyne.Tappable: a click beside the proposals closes them.
func (l *proposals) Tapped(e *fyne.PointEvent) {
	if i := l.rowAt(e.Position); i >= 0 {
		l.entry.take(l.found[i])
		return
	}
	l.entry.close()
}

// MouseIn implements desktop.Hoverable.
func (l *proposals) MouseIn(e *desktop.MouseEvent) { l.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (l *proposals) MouseMoved(e *desktop.MouseEvent) {
	if i := l.rowAt(e.Position); i >= 0 && i != l.at {
		l.at = i
		l.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (l *proposals) MouseOut() {}

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

func (r *proposalsRenderer) Layout(fyne.Size)             {}
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
	box.Move(l.box)
	box.Resize(fyne.NewSize(l.width, rowH*float32(len(l.found))+8))
	mark := canvas.NewRectangle(th.Color(theme.ColorNameSelection, v))
	mark.Move(l.box.AddXY(4, 4+rowH*float32(l.at)))
	mark.Resize(fyne.NewSize(l.width-8, rowH))
	r.objects = []fyne.CanvasObject{l.keys, box, mark}
	for i, p := range l.found {
		r.row(p, l.box.AddXY(12, 4+rowH*float32(i)), rowH)
	}
}

// row draws one proposal at a place.
func (r *proposalsRenderer) row(p Proposal, at fyne.Position, height float32) {
	l, th, v := r.list, r.list.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	end := l.box.X + l.width - 10
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
