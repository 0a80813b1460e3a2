package overview

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/data"
	"consign/ui/control"
	"consign/ui/page"
)

// figure is one number with its name; a click, or Enter with the focus, opens the list that it counts.
type figure struct {
	widget.BaseWidget
	name   string
	of     func(data.Overview) int
	alarm  fyne.ThemeColorName // colours a number above zero, if set
	open   func()
	number int

	hovered, focused bool
}

var (
	_ fyne.Focusable     = (*figure)(nil)
	_ fyne.Tappable      = (*figure)(nil)
	_ desktop.Hoverable  = (*figure)(nil)
	_ desktop.Cursorable = (*figure)(nil)
)

// figure makes the figure of one number of the overview, with the page and filters that it opens.
func (o *overview) figure(name, list string, filters map[string]string, of func(data.Overview) int, alarm fyne.ThemeColorName) *figure {
	f := &figure{name: name, of: of, alarm: alarm, open: func() { o.list(list, filters) }}
	f.ExtendBaseWidget(f)
	return f
}

func (f *figure) set(v data.Overview) {
	f.number = f.of(v)
	f.Refresh()
}

// Caption is what people see on the figure besides its number.
func (f *figure) Caption() string { return f.name }

// Tapped implements fyne.Tappable.
func (f *figure) Tapped(*fyne.PointEvent) { f.open() }

// MouseIn implements desktop.Hoverable.
func (f *figure) MouseIn(*desktop.MouseEvent) { f.hovered = true; f.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (f *figure) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (f *figure) MouseOut() { f.hovered = false; f.Refresh() }

// Cursor implements desktop.Cursorable.
func (f *figure) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained implements fyne.Focusable.
func (f *figure) FocusGained() { f.focused = true; f.Refresh() }

// FocusLost implements fyne.Focusable.
func (f *figure) FocusLost() { f.focused = false; f.Refresh() }

// TypedRune implements fyne.Focusable.
func (f *figure) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (f *figure) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		f.open()
	default:
		control.PassOn(f, e)
	}
}

// CreateRenderer implements fyne.Widget.
func (f *figure) CreateRenderer() fyne.WidgetRenderer {
	r := &figureRenderer{figure: f, box: canvas.NewRectangle(color.Transparent), name: canvas.NewText("", color.Transparent),
		number: canvas.NewText("", color.Transparent)}
	r.Refresh()
	return r
}

type figureRenderer struct {
	figure       *figure
	box          *canvas.Rectangle
	name, number *canvas.Text
}

const (
	figurePad   = 10
	figureLeast = 15 // the smallest size of a number
)

func (r *figureRenderer) Layout(size fyne.Size) {
	room := size.Width - 2*figurePad
	r.box.Resize(size)
	r.name.Move(fyne.NewPos(figurePad, 8))
	r.name.Resize(fyne.NewSize(room, r.name.MinSize().Height))
	r.number.TextSize = r.figure.Theme().Size(theme.SizeNameHeadingText)
	high := r.number.MinSize().Height
	for r.number.TextSize > figureLeast && r.number.MinSize().Width > room {
		r.number.TextSize--
	}
	height := r.number.MinSize().Height
	r.number.Move(fyne.NewPos(figurePad, 8+r.name.MinSize().Height+(high-height)/2))
	r.number.Resize(fyne.NewSize(room, height))
}

func (r *figureRenderer) MinSize() fyne.Size {
	high := fyne.MeasureText("0", r.figure.Theme().Size(theme.SizeNameHeadingText), r.number.TextStyle).Height
	width := fyne.MeasureText(r.number.Text, figureLeast, r.number.TextStyle).Width
	return fyne.NewSize(max(r.name.MinSize().Width, width)+2*figurePad, r.name.MinSize().Height+high+14)
}

func (r *figureRenderer) Refresh() {
	f := r.figure
	th, v := f.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	paintBox(r.box, th, v, f.hovered)
	if f.focused {
		r.box.StrokeColor, r.box.StrokeWidth = th.Color(theme.ColorNamePrimary, v), 2
	}
	r.name.Text, r.name.TextSize, r.name.Color = f.name, th.Size(theme.SizeNameCaptionText), th.Color(theme.ColorNamePlaceHolder, v)
	shade := theme.ColorNameForeground
	if f.number > 0 && f.alarm != "" {
		shade = f.alarm
	}
	r.number.Text, r.number.Color = page.Number(f.number), th.Color(shade, v)
	r.number.TextStyle.Bold = true
	r.Layout(f.Size())
	r.box.Refresh()
	r.name.Refresh()
	r.number.Refresh()
}

func (r *figureRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.box, r.name, r.number}
}

func (r *figureRenderer) Destroy() {}
