package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Tab is one of several texts in a row, of which one is chosen and underlined: in the header, and in pages of several parts.
type Tab struct {
	widget.BaseWidget
	text     string
	count    string // what stands beside it, "" for nothing
	onTapped func()

	chosen, hovered, focused bool
}

var (
	_ fyne.Focusable    = (*Tab)(nil)
	_ fyne.Tappable     = (*Tab)(nil)
	_ desktop.Hoverable = (*Tab)(nil)
)

// NewTab makes a tab that is not chosen.
func NewTab(text string, onTapped func()) *Tab {
	t := &Tab{text: text, onTapped: onTapped}
	t.ExtendBaseWidget(t)
	return t
}

// Caption is the text that people see.
func (t *Tab) Caption() string { return t.text }

// SetCount puts a number beside the text, or nothing for "".
func (t *Tab) SetCount(count string) {
	if t.count != count {
		t.count = count
		t.Refresh()
	}
}

// shown is the text with the number.
func (t *Tab) shown() string {
	if t.count == "" {
		return t.text
	}
	return t.text + "  " + t.count
}

// Choose underlines the tab, or no longer.
func (t *Tab) Choose(chosen bool) {
	if t.chosen != chosen {
		t.chosen = chosen
		t.Refresh()
	}
}

// Chosen tells whether the tab is the shown one.
func (t *Tab) Chosen() bool { return t.chosen }

// Tapped implements fyne.Tappable.
func (t *Tab) Tapped(*fyne.PointEvent) { t.onTapped() }

// MouseIn implements desktop.Hoverable.
func (t *Tab) MouseIn(*desktop.MouseEvent) { t.hovered = true; t.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (t *Tab) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *Tab) MouseOut() { t.hovered = false; t.Refresh() }

// FocusGained implements fyne.Focusable.
func (t *Tab) FocusGained() { t.focused = true; t.Refresh(); bringIntoSight(t) }

// FocusLost implements fyne.Focusable.
func (t *Tab) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune implements fyne.Focusable.
func (t *Tab) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (t *Tab) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeySpace || isEnter(k.Name) {
		t.onTapped()
		return
	}
	PassOn(t, k)
}

// CreateRenderer implements fyne.Widget.
func (t *Tab) CreateRenderer() fyne.WidgetRenderer {
	r := &tabRenderer{tab: t, back: &canvas.Rectangle{}, mark: &canvas.Rectangle{}, text: &canvas.Text{Text: t.shown()}}
	r.objects = []fyne.CanvasObject{r.back, r.mark, r.text}
	r.Refresh()
	return r
}

type tabRenderer struct {
	tab        *Tab
	back, mark *canvas.Rectangle
	text       *canvas.Text
	objects    []fyne.CanvasObject
}

const (
	tabHeight = 36
	tabPad    = 12
	tabMark   = 3
)

// MinSize implements fyne.WidgetRenderer: the width of the text in bold, so that choosing moves nothing.
func (r *tabRenderer) MinSize() fyne.Size {
	bold := fyne.MeasureText(r.tab.shown(), r.tab.Theme().Size(theme.SizeNameText), fyne.TextStyle{Bold: true})
	return fyne.NewSize(bold.Width+2*tabPad, tabHeight)
}

// Layout implements fyne.WidgetRenderer.
func (r *tabRenderer) Layout(size fyne.Size) {
	text := r.text.MinSize()
	r.back.Move(fyne.NewPos(0, 4))
	r.back.Resize(fyne.NewSize(size.Width, max(0, size.Height-8)))
	r.text.Move(fyne.NewPos((size.Width-text.Width)/2, (size.Height-text.Height)/2))
	r.mark.Move(fyne.NewPos(tabPad-2, size.Height-tabMark))
	r.mark.Resize(fyne.NewSize(max(0, size.Width-2*(tabPad-2)), tabMark))
}

// Refresh implements fyne.WidgetRenderer.
func (r *tabRenderer) Refresh() {
	t, th, v := r.tab, r.tab.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	ink := theme.ColorNameForeground
	if t.chosen {
		ink = theme.ColorNamePrimary
	}
	MarkFocus(r.back, th, v, t.focused, t.hovered)
	r.mark.FillColor, r.mark.CornerRadius, r.mark.Hidden = th.Color(theme.ColorNamePrimary, v), tabMark/2, !t.chosen
	r.text.Text, r.text.Color, r.text.TextSize, r.text.TextStyle.Bold = t.shown(), th.Color(ink, v), th.Size(theme.SizeNameText), t.chosen
	r.Layout(t.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

// Objects implements fyne.WidgetRenderer.
func (r *tabRenderer) Objects() []fyne.CanvasObject { return r.objects }

// Destroy implements fyne.WidgetRenderer.
func (r *tabRenderer) Destroy() {}

// MarkFocus gives the area behind a text its look: a ring where the keyboard is, which is seen on every surface, and a veil under the
// pointer.
func MarkFocus(area *canvas.Rectangle, th fyne.Theme, v fyne.ThemeVariant, focused, hovered bool) {
	area.FillColor, area.StrokeColor, area.StrokeWidth = nil, nil, 0
	area.CornerRadius = th.Size(theme.SizeNameButtonRadius)
	if hovered {
		area.FillColor = th.Color(theme.ColorNameHover, v)
	}
	if focused && area.Size().Width > 0 && area.Size().Height > 0 {
		area.StrokeColor, area.StrokeWidth = th.Color(theme.ColorNamePrimary, v), ringWidth
	}
}
