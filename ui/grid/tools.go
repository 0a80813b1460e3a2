package grid

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

const (
	leastSearch = 240 // the width of a search box that shares its line
	toolGap     = 8
	lineSearch  = 200 // the same in one line that scrolls, rather than the line
	lineBar     = 6   // the room below that line for its scroll bar
	lineEdge    = 1   // that below other lines: in a dialog they begin between two pixels, and the edge of the last is cut off
	lowView     = 280 // the height below which rows need the lines of the filters
)

// viewLines lays out the tools of a view, its rows and its status line. In a low view the tools are one line that scrolls.
type viewLines struct{ tools *toolLines }

// Layout implements fyne.Layout.
func (l *viewLines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	tools, rows, status := objects[0], objects[1], objects[2]
	if low := size.Height < lowView; low != l.tools.one {
		l.tools.one = low
		tools.Refresh()
	}
	tools.Resize(fyne.NewSize(size.Width, tools.MinSize().Height)) // it knows its lines once it has a width
	tools.Resize(fyne.NewSize(size.Width, tools.MinSize().Height))
	above, below := tools.MinSize().Height+toolGap, status.MinSize().Height+toolGap
	rows.Move(fyne.NewPos(0, above))
	rows.Resize(fyne.NewSize(size.Width, size.Height-above-below))
	status.Move(fyne.NewPos(0, size.Height-below+toolGap))
	status.Resize(fyne.NewSize(size.Width, below-toolGap))
}

// MinSize implements fyne.Layout. It leaves out the further lines of the tools, which a low view does not have.
func (l *viewLines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	rows, status := objects[1].MinSize(), objects[2].MinSize()
	tools := lineHeight(objects[0].(*container.Scroll).Content.(*fyne.Container).Objects)
	return fyne.NewSize(max(leastSearch, rows.Width), tools+lineEdge+rows.Height+status.Height+2*toolGap)
}

// toolLines lays out a search box, what clears the search and the filters, and these: in one line while there is room, else the filters
// below the box, and what clears them beside it, in as many lines as they need.
type toolLines struct {
	lines int
	one   bool // line, whatever room it takes
	// again lays out what holds the tools, when they take another number of lines.
	again func()
}

// Layout implements fyne.Layout.
func (l *toolLines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return // not shown yet
	}
	search, filters := objects[0], slices.Clone(objects[1:])
	height := lineHeight(objects)
	var width float32
	for _, o := range filters {
		if o.Visible() {
			width += toolGap + o.MinSize().Width
		}
	}
	at, lines := fyne.NewPos(size.Width-width+toolGap, 0), 1
	search.Move(fyne.NewPos(0, 0))
	search.Resize(fyne.NewSize(max(0, size.Width-width), height))
	below := width > 0 && size.Width-width < leastSearch && !l.one
	if len(filters) > 0 && !below {
		filters = append(filters[1:], filters[0]) // what clears them stands behind them
	}
	if below {
		clear := filters[0]
		filters = filters[1:]
		w := clear.MinSize().Width
		clear.Move(fyne.NewPos(size.Width-w, 0))
		clear.Resize(fyne.NewSize(w, height))
		search.Resize(fyne.NewSize(size.Width-w-toolGap, height))
		at, lines = fyne.NewPos(0, height+toolGap), 2
	}
	for _, o := range filters {
		if !o.Visible() {
			continue
		}
		w := o.MinSize().Width
		if at.X > 0 && at.X+w > size.Width+1 {
			at, lines = fyne.NewPos(0, at.Y+height+toolGap), lines+1
		}
		o.Move(at)
		o.Resize(fyne.NewSize(min(w, size.Width), height))
		at.X += w + toolGap
	}
	if lines != l.lines {
		l.lines = lines
		l.again()
	}
}

// MinSize implements fyne.Layout.
func (l *toolLines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if l.one {
		width := float32(lineSearch)
		for _, o := range objects[1:] {
			if o.Visible() {
				width += toolGap + o.MinSize().Width
			}
		}
		return fyne.NewSize(width, lineHeight(objects)+lineBar)
	}
	lines := float32(max(1, l.lines))
	return fyne.NewSize(leastSearch, lines*lineHeight(objects)+(lines-1)*toolGap+lineEdge)
}

func lineHeight(objects []fyne.CanvasObject) float32 {
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return float32(math.Ceil(float64(height))) // the line below the last one is cut off where it ends between two pixels
}
