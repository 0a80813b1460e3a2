package review

import (
	"fyne.io/fyne/v2"

	"consign/ui/control"
)

// headLines lays out the choices of a list, the chips of its verdicts, which scroll, and its tools: in one line where the chips have
// room, else the tools below them.
type headLines struct{}

const (
	headGap    = 4
	leastChips = 150
)

// below tells whether the tools stand below the chips.
func (headLines) below(objects []fyne.CanvasObject, width float32) bool {
	choices, tools := objects[0].(*fyne.Container), objects[2].(*fyne.Container)
	return width > 0 && control.InOneLine(choices)+leastChips+control.InOneLine(tools)+2*headGap > width
}

// MinSize implements fyne.Layout: of the lines that it was laid out in last.
func (headLines) MinSize(objects []fyne.CanvasObject) fyne.Size {
	choices, chips, tools := objects[0].MinSize(), objects[1].MinSize(), objects[2].MinSize()
	size := fyne.NewSize(max(choices.Width+headGap+chips.Width, tools.Width), max(choices.Height, chips.Height))
	if objects[2].Position().Y > 0 {
		return fyne.NewSize(size.Width, size.Height+headGap+tools.Height)
	}
	return fyne.NewSize(size.Width, max(size.Height, tools.Height))
}

// Layout implements fyne.Layout.
func (l headLines) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	choices, chips, tools := objects[0].(*fyne.Container), objects[1], objects[2].(*fyne.Container)
	before, after := control.InOneLine(choices), control.InOneLine(tools)
	height := max(choices.MinSize().Height, chips.MinSize().Height)
	at, room := fyne.NewPos(size.Width-after, 0), size.Width-after-headGap
	if l.below(objects, size.Width) {
		at, room, after = fyne.NewPos(0, height+headGap), size.Width, size.Width
	}
	before = min(before, max(0, room-leastChips))
	control.Stretch(choices, before)
	if before > 0 {
		before += headGap
	}
	chips.Move(fyne.NewPos(before, 0))
	chips.Resize(fyne.NewSize(max(0, room-before), height))
	tools.Move(at)
	control.Stretch(tools, after)
}
