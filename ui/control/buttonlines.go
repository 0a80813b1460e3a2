package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// ButtonLines lays buttons beside each other, ending at the right: in one line while there is room, else in as many as they need.
func ButtonLines(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&buttonLines{}, objects...)
}

// LeadingLines is ButtonLines beginning at the left.
func LeadingLines(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&buttonLines{leading: true}, objects...)
}

// InOneLine is the width with which the buttons of ButtonLines stand in one line.
func InOneLine(buttons *fyne.Container) float32 {
	return (&buttonLines{}).inOneLine(buttons.Objects)
}

// buttonLines knows its lines once it has a width.
type buttonLines struct {
	width float32
	least float32 // width of a button

	leading bool // they begin at the left
}

func (l *buttonLines) inOneLine(objects []fyne.CanvasObject) float32 {
	width := -float32(buttonGap)
	for _, o := range objects {
		if o.Visible() {
			width += buttonGap + l.size(o).Width
		}
	}
	return max(0, width)
}

// size is that of a button.
func (l *buttonLines) size(o fyne.CanvasObject) fyne.Size {
	return o.MinSize().Max(fyne.NewSize(l.least, 0))
}

// lines are the buttons of each line.
func (l *buttonLines) lines(objects []fyne.CanvasObject) (lines [][]fyne.CanvasObject) {
	var room float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		width := l.size(o).Width
		if len(lines) == 0 || room < buttonGap+width && l.width > 0 {
			lines, room = append(lines, nil), l.width+buttonGap+0.5
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], o)
		room -= buttonGap + width
	}
	return lines
}

// MinSize implements fyne.Layout.
func (l *buttonLines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, line := range l.lines(objects) {
		var height float32
		for _, o := range line {
			least := l.size(o)
			size.Width, height = max(size.Width, least.Width), max(height, least.Height)
		}
		if i > 0 {
			size.Height += buttonGap
		}
		size.Height += height
	}
	return size
}

// Layout implements fyne.Layout.
func (l *buttonLines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	y := float32(0)
	for _, line := range l.lines(objects) {
		x, height := size.Width+buttonGap, float32(0)
		for _, o := range line {
			x -= min(l.size(o).Width, size.Width) + buttonGap
		}
		if l.leading {
			x = 0
		}
		for _, o := range line {
			least := l.size(o)
			least.Width = min(least.Width, size.Width)
			o.Resize(least)
			o.Move(fyne.NewPos(x, y))
			x += least.Width + buttonGap
			height = max(height, least.Height)
		}
		y += height + buttonGap
	}
}

// TabLine lays tabs at the left and buttons at the right: in one line while there is room, else the buttons below. The first tab's text
// begins where the page does, and not the room around it.
func TabLine(tabs fyne.CanvasObject, buttons *fyne.Container) *fyne.Container {
	return container.New(tabLine{}, tabs, buttons)
}

type tabLine struct{}

func (tabLine) below(objects []fyne.CanvasObject, width float32) bool {
	return objects[0].MinSize().Width+buttonGap+InOneLine(objects[1].(*fyne.Container)) > width+tabPad
}

// MinSize implements fyne.Layout: of the lines that it was laid out in last.
func (tabLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	tabs, buttons := objects[0].MinSize(), objects[1].MinSize()
	height := max(tabs.Height, buttons.Height)
	if objects[1].Position().Y >= tabs.Height {
		height = tabs.Height + buttonGap/2 + buttons.Height
	}
	return fyne.NewSize(max(tabs.Width-tabPad, buttons.Width), height)
}

// Layout implements fyne.Layout.
func (l tabLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	tabs, buttons := objects[0], objects[1].(*fyne.Container)
	least := tabs.MinSize()
	tabs.Move(fyne.NewPos(-tabPad, 0))
	tabs.Resize(least)
	if l.below(objects, size.Width) {
		for range 2 {
			buttons.Resize(fyne.NewSize(size.Width, buttons.MinSize().Height))
		}
		buttons.Move(fyne.NewPos(0, least.Height+buttonGap/2))
		return
	}
	width := InOneLine(buttons)
	for range 2 {
		buttons.Resize(fyne.NewSize(width, buttons.MinSize().Height))
	}
	buttons.Move(fyne.NewPos(size.Width-width, max(0, (least.Height-buttons.MinSize().Height)/2)))
}

// TextLine lays buttons at the right of a text, which is cut: in one line where enough of the text has room, else below it.
func TextLine(text fyne.CanvasObject, buttons *fyne.Container) *fyne.Container {
	return container.New(textLine{}, text, buttons)
}

type textLine struct{}

// leastBeside is the room of a text that has buttons at its right.
const leastBeside = 160

// MinSize implements fyne.Layout: of the lines that it was laid out in last.
func (textLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	text, buttons := objects[0].MinSize(), objects[1].MinSize()
	if objects[1].Position().Y >= text.Height {
		return fyne.NewSize(max(text.Width, buttons.Width), text.Height+buttons.Height)
	}
	return fyne.NewSize(max(text.Width, buttons.Width), max(text.Height, buttons.Height))
}

// Layout implements fyne.Layout.
func (textLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	text, buttons := objects[0], objects[1].(*fyne.Container)
	least, width := text.MinSize(), InOneLine(buttons)
	if width > 0 && width+leastBeside > size.Width {
		text.Move(fyne.Position{})
		text.Resize(fyne.NewSize(size.Width, least.Height))
		buttons.Move(fyne.NewPos(0, least.Height))
		Stretch(buttons, size.Width)
		return
	}
	Stretch(buttons, width)
	height := max(least.Height, buttons.MinSize().Height)
	buttons.Move(fyne.NewPos(size.Width-width, (height-buttons.MinSize().Height)/2))
	text.Move(fyne.NewPos(0, (height-least.Height)/2))
	text.Resize(fyne.NewSize(size.Width-width-min(width, buttonGap), least.Height))
}

// GivingWay is a layout of controls beside each other of which the first is narrower, down to this width, where all have no room. The last
// one, a text that is cut, takes what is left, and that is little as long as the first one is much narrower than it would be.
type GivingWay float32

// fairFirst is the width of the first one from which on the text has its room, too.
const fairFirst = 200

// leastText is the room of a text of which little more than an ellipsis is left.
const leastText = 36

// MinSize implements fyne.Layout.
func (l GivingWay) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(-buttonGap, 0)
	for i, o := range objects {
		least := o.MinSize()
		switch i {
		case 0:
			least.Width = min(least.Width, float32(l))
		case len(objects) - 1:
			least.Width = min(least.Width, leastText)
		}
		size = fyne.NewSize(size.Width+buttonGap+least.Width, max(size.Height, least.Height))
	}
	return size
}

// Layout implements fyne.Layout.
func (l GivingWay) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	first := objects[0].MinSize().Width
	room := size.Width - l.MinSize(objects).Width
	spare := max(room-max(0, objects[len(objects)-1].MinSize().Width-leastText), min(room, fairFirst-float32(l)))
	x := float32(0)
	for i, o := range objects {
		width := o.MinSize().Width
		switch i {
		case 0:
			width = min(first, float32(l)+max(0, spare))
		case len(objects) - 1:
			width = max(min(width, leastText), size.Width-x)
		}
		o.Move(fyne.NewPos(x, (size.Height-o.MinSize().Height)/2))
		o.Resize(fyne.NewSize(width, o.MinSize().Height))
		x += width + buttonGap
	}
}
