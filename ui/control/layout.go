package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Wide is a layout that gives every object the same fixed width and, one under another, the height that it needs at that width. The
// last one takes what is left.
type Wide float32

// MinSize implements fyne.Layout.
func (w Wide) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(float32(w), 0)
	for _, o := range objects {
		if o.Size().Width != float32(w) {
			o.Resize(fyne.NewSize(float32(w), o.MinSize().Height)) // text that wraps needs its width to know its height
		}
		size.Height += o.MinSize().Height
	}
	return size
}

// Layout implements fyne.Layout.
func (w Wide) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for i, o := range objects {
		height := o.MinSize().Height
		if i == len(objects)-1 {
			height = max(height, size.Height-y)
		}
		o.Resize(fyne.NewSize(float32(w), height))
		o.Move(fyne.NewPos(0, y))
		y += height
	}
}

// Column lays objects one under another with a gap, and lets texts begin where the others begin: the toolkit gives labels room at their
// left.
type Column float32

// MinSize implements fyne.Layout.
func (c Column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		least := o.MinSize()
		if _, is := o.(*widget.Label); is {
			least.Width = max(0, least.Width-2*theme.InnerPadding())
		}
		if size.Height > 0 {
			size.Height += float32(c)
		}
		size = fyne.NewSize(max(size.Width, least.Width), size.Height+least.Height)
	}
	return size
}

// Layout implements fyne.Layout.
func (c Column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		x, width := float32(0), size.Width
		if _, is := o.(*widget.Label); is {
			x, width = -theme.InnerPadding(), size.Width+2*theme.InnerPadding()
		}
		o.Move(fyne.NewPos(x, y))
		Stretch(o, width)
		y += o.MinSize().Height + float32(c)
	}
}

// Stretch gives an object a width, and the height that it needs there: it knows its lines once it has a width, and anew when it holds
// others than before.
func Stretch(o fyne.CanvasObject, width float32) {
	for range 2 {
		size := fyne.NewSize(width, o.MinSize().Height)
		if c, is := o.(*fyne.Container); is && c.Size() == size && c.Layout != nil {
			c.Layout.Layout(c.Objects, size) // which a resize to the same size leaves out
		}
		o.Resize(size)
	}
}

// Between lays content between two objects, each of which may take another height where there is another width, or none.
func Between(top, content, bottom fyne.CanvasObject) *fyne.Container {
	return container.New(between{}, top, content, bottom)
}

type between struct{}

// MinSize implements fyne.Layout.
func (between) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		least := o.MinSize()
		size = fyne.NewSize(max(size.Width, least.Width), size.Height+least.Height)
	}
	return size.AddWidthHeight(0, beside(objects[0])+beside(objects[2]))
}

// beside is the gap between content and what stands over or under it.
func beside(o fyne.CanvasObject) float32 {
	if o.MinSize().Height == 0 {
		return 0
	}
	return theme.Padding()
}

// Layout implements fyne.Layout.
func (between) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top, content, bottom := objects[0], objects[1], objects[2]
	Stretch(top, size.Width)
	Stretch(bottom, size.Width)
	top.Move(fyne.Position{})
	from, to := top.MinSize().Height+beside(top), size.Height-bottom.MinSize().Height
	bottom.Move(fyne.NewPos(0, to))
	content.Move(fyne.NewPos(0, from))
	content.Resize(fyne.NewSize(size.Width, max(0, to-beside(bottom)-from)))
}

// InOrder is container.NewBorder with its objects in the order in which people read, which is the order of the Tab key. Any may be nil.
func InOrder(top, left, middle, right, bottom fyne.CanvasObject) *fyne.Container {
	c := container.New(layout.NewBorderLayout(top, bottom, left, right))
	for _, o := range []fyne.CanvasObject{top, left, middle, right, bottom} {
		if o != nil {
			c.Add(o)
		}
	}
	return c
}

// Row lays controls beside each other, with the gap that controls have.
func Row(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedHBoxLayout(buttonGap), objects...)
}

// Below lays content into the room below a line, which may take more lines than one where there is little width.
func Below(line, content fyne.CanvasObject) *fyne.Container {
	return container.New(below{theme.Padding()}, line, content)
}

// BelowButton is Below for a button at the left, as far from it as controls stand from each other.
func BelowButton(button, content fyne.CanvasObject) *fyne.Container {
	return container.New(below{buttonGap}, LeadingLines(button), content)
}

type below struct{ gap float32 }

// MinSize implements fyne.Layout.
func (l below) MinSize(objects []fyne.CanvasObject) fyne.Size {
	line, content := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(max(line.Width, content.Width), line.Height+l.gap+content.Height)
}

// Layout implements fyne.Layout.
func (l below) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	line, content := objects[0], objects[1]
	Stretch(line, size.Width)
	line.Move(fyne.Position{})
	y := line.MinSize().Height + l.gap
	content.Move(fyne.NewPos(0, y))
	content.Resize(fyne.NewSize(size.Width, max(0, size.Height-y)))
}

// InTheMiddle lays objects one under another into the middle of a room, as wide as it is but this width at most. Again lays out what holds
// the room, when they need another height because they have another width.
func InTheMiddle(most float32, again func(), objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&inTheMiddle{most: most, again: again}, container.NewVBox(objects...))
}

type inTheMiddle struct {
	most, height float32
	again        func()
}

// MinSize implements fyne.Layout.
func (l *inTheMiddle) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[0].MinSize() }

// Layout implements fyne.Layout.
func (l *inTheMiddle) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	o, width := objects[0], min(size.Width, l.most)
	Stretch(o, width)
	height := o.MinSize().Height
	o.Move(fyne.NewPos((size.Width-width)/2, max(0, (size.Height-height)/2)))
	if height != l.height {
		l.height = height
		l.again()
	}
}

// Centred is a title, a text and buttons in the middle of an otherwise empty page.
func Centred(title, text string, buttons ...fyne.CanvasObject) fyne.CanvasObject {
	head := widget.NewLabelWithStyle(title, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	head.SizeName = theme.SizeNameSubHeadingText
	body := widget.NewLabelWithStyle(text, fyne.TextAlignCenter, fyne.TextStyle{})
	body.Wrapping = fyne.TextWrapWord
	row := Row(buttons...)
	return container.NewCenter(container.NewVBox(head, container.New(Wide(420), body), container.NewCenter(row)))
}
