package grid

import (
	"time"

	"consign/ui/task"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

const tipDelay = 500 * time.Millisecond

// tip shows the whole of a cut text beside the pointer. It is part of the table and not an overlay, which would swallow clicks.
type tip struct {
	box   *canvas.Rectangle
	text  *canvas.Text
	timer *time.Timer
	of    cut
}

// cut is a text that is not shown whole, and where: row -1 is the header. The zero cut is none.
type cut struct {
	text        string
	row, column int
}

func newTip() *tip {
	p := &tip{box: &canvas.Rectangle{CornerRadius: 4, StrokeWidth: 1}, text: &canvas.Text{}}
	p.box.Hide()
	p.text.Hide()
	return p
}

func (p *tip) restyle(th fyne.Theme, v fyne.ThemeVariant) {
	p.box.FillColor = th.Color(theme.ColorNameOverlayBackground, v)
	p.box.StrokeColor = th.Color(theme.ColorNameInputBorder, v)
	p.text.Color = th.Color(theme.ColorNameForeground, v)
	p.text.TextSize = th.Size(theme.SizeNameCaptionText) + 1
}

// show shows the text near a place, within the size of the table.
func (p *tip) show(near fyne.Position, within fyne.Size) {
	p.text.Text = p.of.text
	size := p.text.MinSize()
	box := fyne.NewSize(size.Width+12, size.Height+8)
	at := fyne.NewPos(min(near.X+8, within.Width-box.Width-2), near.Y+18)
	if at.Y+box.Height > within.Height {
		at.Y = near.Y - box.Height - 6
	}
	at.X = max(2, at.X)
	p.box.Move(at)
	p.box.Resize(box)
	p.text.Move(at.AddXY(6, 4))
	p.text.Resize(size)
	p.box.Show()
	p.text.Show()
}

func (p *tip) hide() {
	if p.timer != nil {
		p.timer.Stop()
	}
	p.of = cut{}
	setVisible(p.box, false)
	setVisible(p.text, false)
}

// offerTip shows a cut text whole once the pointer rests; the zero cut hides what is shown.
func (t *Table[R]) offerTip(of cut, near fyne.Position) {
	p := t.parts.tip
	if of == p.of {
		return
	}
	p.hide()
	t.parts.repaint()
	if of.text == "" {
		return
	}
	p.of = of
	show := func() {
		if p.of == of {
			p.show(near, t.Size())
			t.parts.repaint()
		}
	}
	if task.Inline {
		show()
		return
	}
	p.timer = time.AfterFunc(tipDelay, func() { t.post(show) })
}
