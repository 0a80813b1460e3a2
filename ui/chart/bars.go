package chart

import (
	"fyne.io/fyne/v2"
)

// Bars draws one named bar per line with its value at the right, the longest first as they come. It shows as many items as there is
// room for; a name that is cut is told beside the pointer.
type Bars struct {
	plot
	rows int
}

// NewBars makes an empty plot with room for at least rows items, that writes numbers with format.
func NewBars(rows int, format func(int) string) *Bars {
	b := &Bars{plot: plot{format: format, active: -1}, rows: rows}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	d := newDrawing(&b.plot, func(s style) fyne.Size { return fyne.NewSize(180, float32(b.rows)*barRow(s)) })
	d.arrange = func(s style) { b.arrange(d, s) }
	return d
}

const (
	barThick  = 10   // at least; a bar grows with its line
	barShare  = 0.42 // of the height of its line
	barGap    = 10   // between name, bar and value
	nameShare = 0.45 // of the width at most

	barRowMost = 72
)

// barRow is the least height of a line; lines grow to barRowMost where there is room.
func barRow(s style) float32 { return whole(s.height + 10) }

func (b *Bars) arrange(d *drawing, s style) {
	size, row := b.Size(), barRow(s)
	items := b.items[:min(len(b.items), int(size.Height/row))]
	row = min(barRowMost, max(row, float32(int(size.Height)/max(1, len(items)))))
	var name, value float32
	for _, item := range items {
		name = max(name, s.width(item.Label))
		value = max(value, s.width(b.format(item.Value)))
	}
	name = min(name, size.Width*nameShare)
	thick := whole(max(barThick, row*barShare))
	room := max(0, size.Width-name-value-2*barGap)
	highest := float32(b.highest())
	for i := range items {
		b.spots = append(b.spots, spot{fyne.NewPos(0, float32(i)*row), fyne.NewSize(size.Width, row), i})
	}
	if b.active >= 0 && b.active < len(items) {
		d.band(s, b.spots[b.active])
	}
	for i, item := range items {
		y := float32(i) * row
		text := whole(y + (row-s.height)/2)
		shown := s.cut(item.Label, name)
		b.hides(i, shown)
		d.text(shown, s.text, fyne.NewPos(0, text))
		number := b.format(item.Value)
		d.text(number, s.text, fyne.NewPos(size.Width-s.width(number), text))
		if length := room * float32(item.Value) / highest; item.Value > 0 {
			d.shape(s.fill(item, i == b.active), name+barGap, y+(row-thick)/2, max(2, length), thick, 2)
		}
	}
}

// inset is how far the band that marks a line reaches beyond it, to keep off its texts.
const inset = 4
