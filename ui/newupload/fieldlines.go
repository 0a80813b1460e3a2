package newupload

import "fyne.io/fyne/v2"

// fieldLines lays fields of one width beside each other where they have room, else in two lines.
type fieldLines struct {
	columns       int
	width, height float32 // that there is, and that they need there
	again         func()  // lays out what holds them, when they need another height
}

const fieldGap = 8

// least is the size of a field.
func (l *fieldLines) least(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// half is how many stand in a line where there are two.
func (l *fieldLines) half() int { return (l.columns + 1) / 2 }

func across(columns int, width float32) float32 { return float32(columns)*(width+fieldGap) - fieldGap }

// fit is how many stand in a line of a width.
func (l *fieldLines) fit(objects []fyne.CanvasObject) int {
	if across(l.columns, l.least(objects).Width) <= l.width {
		return l.columns
	}
	return l.half()
}

// MinSize implements fyne.Layout.
func (l *fieldLines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := l.least(objects)
	size := fyne.NewSize(across(l.half(), least.Width), least.Height)
	if l.fit(objects) < l.columns {
		size.Height = 2*least.Height + fieldGap
	}
	return size
}

// Layout implements fyne.Layout.
func (l *fieldLines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	columns, least := l.fit(objects), l.least(objects)
	width := (size.Width+fieldGap)/float32(columns) - fieldGap
	for i, o := range objects {
		o.Move(fyne.NewPos(float32(i%columns)*(width+fieldGap), float32(i/columns)*(least.Height+fieldGap)))
		o.Resize(fyne.NewSize(width, least.Height))
	}
	if height := l.MinSize(objects).Height; height != l.height {
		l.height = height
		l.again()
	}
}
