package grid

import "fyne.io/fyne/v2"

const (
	leastSearch = 240 // the width of a search box that shares its line
	toolGap     = 4
)

// toolLines lays out a search box, the first object, and filters: in one line while there is room, else the filters below the box in
// as many lines as they need.
type toolLines struct {
	lines int
	// again lays out what holds the tools, when they take another number of lines.
	again func()
}

// Layout implements fyne.Layout.
func (l *toolLines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return // not shown yet
	}
	search, filters := objects[0], objects[1:]
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
	if width > 0 && size.Width-width < leastSearch {
		search.Resize(fyne.NewSize(size.Width, height))
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
	lines := float32(max(1, l.lines))
	return fyne.NewSize(leastSearch, lines*lineHeight(objects)+(lines-1)*toolGap)
}

func lineHeight(objects []fyne.CanvasObject) float32 {
	var height float32
	for _, o := range objects {
		height = max(height, o.MinSize().Height)
	}
	return height
}
