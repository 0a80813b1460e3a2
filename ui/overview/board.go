package overview

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"consign/ui/control"
)

const (
	boardGap   = 8
	panelLeast = 236 // the width below which panels stand in fewer columns
	panelMost  = 3   // columns
)

// panel is a box on the board and how many columns it would like to take.
type panel struct {
	box  fyne.CanvasObject
	span int
}

// board lays the figures out in one or more lines of equal boxes, and below them the panels in columns, as the width allows. Where the
// height is more than it needs the panels share it; where it is less the board scrolls.
type board struct {
	figures []*figure
	panels  []panel
	width   float32 // that the scroll around it has
	beside  float32 // of which the scroll bar takes so much
}

// besideBar is the room of a scroll bar.
const besideBar = 12

func newBoard(figures []*figure, panels ...panel) fyne.CanvasObject {
	b := &board{figures: figures, panels: panels}
	var objects []fyne.CanvasObject
	for _, f := range figures {
		objects = append(objects, f)
	}
	for _, p := range panels {
		objects = append(objects, p.box)
	}
	return container.New(&boardWidth{b}, container.NewVScroll(container.New(b, objects...)))
}

// boardWidth tells the board its width before the scroll asks for its height.
type boardWidth struct{ *board }

func (w *boardWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w.width, w.beside = size.Width, 0
	if w.board.MinSize(nil).Height > size.Height { // boxes end before the scroll bar
		w.beside = besideBar
		w.width -= w.beside
	}
	objects[0].Resize(size)
}

func (w *boardWidth) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// lines is the number of lines in which things stand when columns of them stand side by side.
func lines(things, columns int) int { return (things + columns - 1) / columns }

// figureColumns is how many figures stand side by side, in lines as equal as can be.
func (b *board) figureColumns() int {
	var widest float32
	for _, f := range b.figures {
		widest = max(widest, f.MinSize().Width)
	}
	fit := max(1, int((b.width+boardGap)/(widest+boardGap)))
	return lines(len(b.figures), lines(len(b.figures), fit))
}

func (b *board) figureHeight() float32 {
	var height float32
	for _, f := range b.figures {
		height = max(height, f.MinSize().Height)
	}
	return -floor(-height) // boxes stand on whole pixels
}

func (b *board) panelColumns() int {
	return max(1, min(panelMost, int((b.width+boardGap)/(panelLeast+boardGap))))
}

// rows gives every panel its row, column and columns.
func (b *board) rows() (places []struct{ row, column, span int }, rows int) {
	columns := b.panelColumns()
	row, column := 0, 0
	for i, p := range b.panels {
		span := min(p.span, columns)
		if column+span > columns {
			row, column = row+1, 0
		}
		if last := i == len(b.panels)-1; last {
			span = columns - column
		}
		places = append(places, struct{ row, column, span int }{row, column, span})
		column += span
	}
	return places, row + 1
}

func (b *board) panelHeight() float32 {
	var height float32
	for _, p := range b.panels {
		height = max(height, p.box.MinSize().Height)
	}
	return -floor(-height)
}

// MinSize implements fyne.Layout.
func (b *board) MinSize([]fyne.CanvasObject) fyne.Size {
	_, rows := b.rows()
	figures := float32(lines(len(b.figures), b.figureColumns())) * (b.figureHeight() + boardGap)
	return fyne.NewSize(panelLeast, figures+float32(rows)*(b.panelHeight()+boardGap)-boardGap)
}

// Layout implements fyne.Layout.
func (b *board) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	size.Width -= b.beside
	columns := b.figureColumns()
	width, height := (size.Width+boardGap)/float32(columns), b.figureHeight()+boardGap
	for i, f := range b.figures {
		place(f, float32(i%columns)*width, float32(i/columns)*height, width, height)
	}
	top := float32(lines(len(b.figures), columns)) * height
	places, rows := b.rows()
	width = (size.Width + boardGap) / float32(b.panelColumns())
	height = max(b.panelHeight()+boardGap, (size.Height+boardGap-top)/float32(rows))
	for i, p := range b.panels {
		at := places[i]
		place(p.box, float32(at.column)*width, top+float32(at.row)*height, float32(at.span)*width, height)
	}
}

// place puts a box and the gap after it into a part of the board, on whole pixels: a line between two of them is painted too far out,
// and the last one cut off.
func place(o fyne.CanvasObject, x, y, width, height float32) {
	left, top, right, bottom := floor(x), floor(y), floor(x+width), floor(y+height)
	o.Move(fyne.NewPos(left, top))
	o.Resize(fyne.NewSize(right-left-boardGap, bottom-top-boardGap))
}

// newPanel is a box with a heading.
func newPanel(title string, content fyne.CanvasObject) fyne.CanvasObject {
	heading := control.NewHeading(title, theme.SizeNameSubHeadingText, 0)
	body := container.New(layout.NewCustomPaddedLayout(0, 8, 10, 10), content)
	return container.NewStack(newBox(), container.NewBorder(container.New(layout.NewCustomPaddedLayout(2, 0, 5, 5), heading), nil, nil, nil,
		body))
}

// box is the quiet background of a panel.
type box struct{ widget.BaseWidget }

func newBox() *box {
	b := &box{}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *box) CreateRenderer() fyne.WidgetRenderer {
	r := &boxRenderer{box: b, rectangle: canvas.NewRectangle(color.Transparent)}
	r.Refresh()
	return r
}

type boxRenderer struct {
	box       *box
	rectangle *canvas.Rectangle
}

func (r *boxRenderer) Layout(size fyne.Size)        { r.rectangle.Resize(size) }
func (r *boxRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *boxRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.rectangle} }
func (r *boxRenderer) Destroy()                     {}
func (r *boxRenderer) Refresh() {
	paintBox(r.rectangle, r.box.Theme(), fyne.CurrentApp().Settings().ThemeVariant(), false)
	r.rectangle.Refresh()
}

// paintBox gives a rectangle the face of a box on the board.
func paintBox(r *canvas.Rectangle, th fyne.Theme, v fyne.ThemeVariant, hovered bool) {
	r.FillColor = color.Transparent
	if hovered {
		r.FillColor = th.Color(theme.ColorNameHover, v)
	}
	r.StrokeColor, r.StrokeWidth, r.CornerRadius = th.Color(theme.ColorNameSeparator, v), 1, 6
}

func floor(x float32) float32 { return float32(math.Floor(float64(x))) }
