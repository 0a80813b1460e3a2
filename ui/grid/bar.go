package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// bar is a scroll bar over any number of rows or pixels. It counts in float64, so that it reaches each of ten million rows.
type bar struct {
	widget.BaseWidget
	across       bool
	onHold       func() // is called when it is taken in hand and when it is let go
	onMove       func(top float64)
	page, length float64
	top          float64
	hovered      bool
	held         bool
	grip         float32 // where the thumb is held, from its start

	track, thumb *canvas.Rectangle
}

var (
	_ desktop.Mouseable = (*bar)(nil)
	_ desktop.Hoverable = (*bar)(nil)
	_ fyne.Draggable    = (*bar)(nil)
)

func newBar(across bool, onHold func(), onMove func(float64)) *bar {
	b := &bar{across: across, onHold: onHold, onMove: onMove}
	b.ExtendBaseWidget(b)
	return b
}

// set says how much of how much is on screen, and where it begins.
func (b *bar) set(page, length, top float64) {
	if b.page == page && b.length == length && b.top == top {
		return
	}
	b.page, b.length, b.top = page, length, top
	b.put()
}

func (b *bar) along() float32 {
	if b.across {
		return b.Size().Width
	}
	return b.Size().Height
}

func (b *bar) of(p fyne.Position) float32 {
	if b.across {
		return p.X
	}
	return p.Y
}

// thumbSpan is where the thumb begins and how long it is.
func (b *bar) thumbSpan() (at, long float32) {
	track := b.along()
	if b.length <= b.page || track <= 0 {
		return 0, 0
	}
	long = min(track, max(24, float32(b.page/b.length)*track))
	return float32(b.top/(b.length-b.page)) * (track - long), long
}

// put draws the thumb in its place.
func (b *bar) put() {
	if b.thumb == nil {
		return
	}
	at, long := b.thumbSpan()
	setVisible(b.thumb, long > 0)
	setVisible(b.track, long > 0 && (b.hovered || b.held))
	b.track.Resize(b.Size())
	inset := float32(3)
	if b.hovered || b.held {
		inset = 2
	}
	pos, size := fyne.NewPos(inset, at), fyne.NewSize(b.Size().Width-2*inset, long)
	if b.across {
		pos, size = fyne.NewPos(at, inset), fyne.NewSize(long, b.Size().Height-2*inset)
	}
	b.thumb.CornerRadius = min(size.Width, size.Height) / 2
	b.thumb.Move(pos)
	b.thumb.Resize(size)
}

// drag moves the thumb so that it begins at a place on the track.
func (b *bar) drag(at float32) {
	_, long := b.thumbSpan()
	if room := b.along() - long; room > 0 {
		b.onMove(max(0, min(1, float64(at/room))) * (b.length - b.page))
	}
}

// MouseDown implements desktop.Mouseable: on the thumb it is held, on the track it jumps there.
func (b *bar) MouseDown(e *desktop.MouseEvent) {
	if e.Button != desktop.MouseButtonPrimary {
		return
	}
	b.onHold()
	at, long := b.thumbSpan()
	if p := b.of(e.Position); p >= at && p < at+long {
		b.grip = p - at
	} else {
		b.grip = long / 2
		b.drag(p - b.grip)
	}
	b.held = true
	b.put()
}

// MouseUp implements desktop.Mouseable.
func (b *bar) MouseUp(*desktop.MouseEvent) { b.release() }

// Dragged implements fyne.Draggable.
func (b *bar) Dragged(e *fyne.DragEvent) { b.drag(b.of(e.Position) - b.grip) }

// DragEnd implements fyne.Draggable. Where a drag ends outside, Fyne has just taken the keyboard from what is beside the bar.
func (b *bar) DragEnd() {
	b.release()
	b.onHold()
}

func (b *bar) release() {
	b.held = false
	b.put()
}

// MouseIn implements desktop.Hoverable.
func (b *bar) MouseIn(*desktop.MouseEvent) {
	b.hovered = true
	b.put()
}

// MouseMoved implements desktop.Hoverable.
func (b *bar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *bar) MouseOut() {
	b.hovered = false
	b.put()
}

// CreateRenderer implements fyne.Widget.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	b.track, b.thumb = &canvas.Rectangle{}, &canvas.Rectangle{}
	r := &barRenderer{b}
	r.Refresh()
	return r
}

type barRenderer struct{ bar *bar }

func (r *barRenderer) Layout(fyne.Size)   { r.bar.put() }
func (r *barRenderer) MinSize() fyne.Size { return fyne.NewSize(1, 1) }
func (r *barRenderer) Destroy()           {}
func (r *barRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.bar.track, r.bar.thumb}
}

func (r *barRenderer) Refresh() {
	v := fyne.CurrentApp().Settings().ThemeVariant()
	r.bar.track.FillColor = faint(r.bar.Theme().Color(theme.ColorNameForeground, v), 0.06)
	r.bar.thumb.FillColor = faint(r.bar.Theme().Color(theme.ColorNameForeground, v), 0.35)
	r.bar.put()
	r.bar.track.Refresh()
	r.bar.thumb.Refresh()
}
